"""Ray Data: screen a dataset on a cluster, with one screener in each worker.

    import ray
    from govmedia_screen.cluster.ray import screen_dataset

    reports = screen_dataset(ray.data.read_parquet("posts/"), workers=8)
    reports.write_parquet("reports/")

Each actor of the pool loads lexicons, profile and model once; batches travel as Arrow tables.
The result has the columns of ``govmedia_screen.batch.arrow.SCHEMA`` and those that were asked to be kept.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from govmedia_screen.batch.arrow import screen_table
from govmedia_screen.errors import MissingExtra
from govmedia_screen.screener import Screener

try:
    import ray.data
except ImportError as error:
    raise MissingExtra("Ray", "ray") from error

if TYPE_CHECKING:
    import pyarrow

#: How many posts are one batch.
BATCH = 4096
#: What an actor reserves, in cores. It uses a whole one while it screens; the rest is left free so that the
#: tasks that read and write find room even if there are as many actors as cores (else Ray Data waits for ever).
CORES = 0.5


class Screening:
    """What an actor does: loads a screener once, screens batch after batch.

    Args:
        screener: pickled by its settings, so what travels is small; the actor loads lexicons and model itself.
        keep: columns of the input that are wanted in the output.
    """

    def __init__(self, screener: Screener, keep: Sequence[str] = ()) -> None:
        self.screener, self.keep = screener, tuple(keep)

    def __call__(self, table: pyarrow.Table) -> pyarrow.Table:
        """One batch of posts → one batch of reports."""
        return screen_table(self.screener, table, self.keep)


def screen_dataset(
    dataset: ray.data.Dataset,
    screener: Screener | None = None,
    *,
    workers: int | tuple[int, int] = 1,
    keep: Sequence[str] = (),
    **options: Any,
) -> ray.data.Dataset:
    """Screen every row of a dataset; lazy, as all of Ray Data is.

    Args:
        dataset: one row per post; the columns as in ``govmedia_screen.batch.arrow``.
        screener: by default one of the default profile.
        workers: actors, at most one for each core; a pair lets the pool grow and shrink between two sizes.
        keep: columns of the input to keep beside the reports' own (not one that the reports have).
        options: handed on to ``Dataset.map_batches``.

    Raises:
        InputError: raised by the actors if there is no column for the body.
    """
    pool = (
        ray.data.ActorPoolStrategy(min_size=workers[0], max_size=workers[1])
        if isinstance(workers, tuple)
        else ray.data.ActorPoolStrategy(size=workers)
    )
    settings = {"batch_size": BATCH, "batch_format": "pyarrow", "compute": pool, "zero_copy_batch": True, "num_cpus": CORES, **options}
    return dataset.map_batches(Screening, fn_constructor_args=(screener or Screener(), tuple(keep)), **settings)
