"""Screen Parquet with Ray Data: python examples/ray_example.py posts/ reports/ [workers]."""

import sys

import ray

from govmedia_screen.cluster.ray import screen_dataset


def main(source: str, target: str, workers: int = 2) -> None:
    posts = ray.data.read_parquet(source)
    reports = screen_dataset(posts, workers=workers, keep=["account"] if "account" in posts.schema().names else [])
    reports.write_parquet(target)


if __name__ == "__main__":
    main(*sys.argv[1:3], *map(int, sys.argv[3:4]))
