"""Ray Data: screen a dataset on a cluster, with one screener in each worker.

    import ray
    from govmedia_screen.cluster.ray import screen_dataset

    reports = screen_dataset(ray.data.read_parquet("posts/"), workers=8)
    reports.write_parquet("reports/")

Each actor of the pool makes its screener once, and refuses if it is not the sender's (``cluster.shipment``); batches travel as Arrow tables.
The result has the columns of ``govmedia_screen.batch.arrow.SCHEMA`` and those that were asked to be kept.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from govmedia_screen.batch.arrow import fields_of, kept, screen_table
from govmedia_screen.cluster.shipment import Shipment
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
    """What an actor does: makes its screener once, screens batch after batch.

    Args:
        shipment: the screener: lexicon folders and profile as content, with what it must rest on here.
        keep: columns of the input that are wanted in the output.
        columns: column → field of Post.

    Raises:
        DriftError: the actor's program, model or lexicons are not the sender's.
    """

    def __init__(self, shipment: Shipment, keep: Sequence[str] = (), columns: Mapping[str, str] | None = None) -> None:
        self.screener, self.keep, self.columns = shipment.screener(), tuple(keep), dict(columns or {})

    def __call__(self, table: pyarrow.Table) -> pyarrow.Table:
        """One batch of posts → one batch of reports."""
        return screen_table(self.screener, table, self.keep, self.columns)


def screen_dataset(
    dataset: Any,
    screener: Screener | None = None,
    *,
    workers: int | tuple[int, int] = 1,
    keep: Sequence[str] = (),
    columns: Mapping[str, str] | None = None,
    **options: Any,
) -> ray.data.Dataset:
    """Screen every row of a dataset; lazy, as all of Ray Data is.

    Args:
        dataset: one row per post, a dataset of Ray or a DataFrame of pandas or a table of pyarrow; the columns as in
            ``govmedia_screen.batch.arrow``.
        screener: by default one of the default profile.
        workers: actors, at most one for each core; a pair lets the pool grow and shrink between two sizes.
        keep: columns of the input to keep beside the reports' own (not one that the reports have).
        columns: column → field of Post, beyond the names that are known.
        options: handed on to ``Dataset.map_batches``.

    Raises:
        InputError: at once, if there is no column for the body or one to keep is missing.
        DriftError: from the actors, if their program, model or lexicons are not the sender's.
    """
    if not isinstance(dataset, ray.data.Dataset):
        dataset = ray.data.from_arrow(dataset) if hasattr(dataset, "to_batches") else ray.data.from_pandas(dataset)
    names = dataset.schema().names
    fields_of(names, columns)
    kept(names, keep)
    pool = (
        ray.data.ActorPoolStrategy(min_size=workers[0], max_size=workers[1])
        if isinstance(workers, tuple)
        else ray.data.ActorPoolStrategy(size=workers)
    )
    settings = {"batch_size": BATCH, "batch_format": "pyarrow", "compute": pool, "zero_copy_batch": True, "num_cpus": CORES, **options}
    return dataset.map_batches(
        Screening, fn_constructor_args=(Shipment.of(screener or Screener()), tuple(keep), dict(columns or {})), **settings
    )
