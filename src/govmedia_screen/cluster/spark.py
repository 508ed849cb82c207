"""Spark: screen a DataFrame with ``mapInArrow``, with one screener in each Python worker.

    from govmedia_screen.cluster.spark import screen_frame

    reports = screen_frame(spark.read.parquet("posts/"))
    reports.write.parquet("reports/")

Lexicons, profile and model are loaded once in each Python worker process, which Spark keeps and
reuses (``spark.python.worker.reuse``, on by default). The result has the columns of
``govmedia_screen.batch.arrow.SCHEMA`` and those that were asked to be kept.
"""

from __future__ import annotations

import pickle
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from govmedia_screen.batch.arrow import SCHEMA, screen_table
from govmedia_screen.errors import MissingExtra
from govmedia_screen.screener import Screener

try:
    from pyspark.sql import DataFrame
    from pyspark.sql.pandas.types import from_arrow_schema
    from pyspark.sql.types import StructType
except ImportError as error:
    raise MissingExtra("Spark", "spark") from error

if TYPE_CHECKING:
    import pyarrow


@lru_cache(maxsize=4)
def loaded(settings: bytes) -> Screener:
    """The screener of those settings, loaded once in this process."""
    screener: Screener = pickle.loads(settings)  # noqa: S301  (Spark itself ships functions by pickle, from driver to worker)
    return screener


def screen_frame(frame: DataFrame, screener: Screener | None = None, *, keep: Sequence[str] = ()) -> DataFrame:
    """Screen every row of a DataFrame; lazy, as all of Spark is.

    Args:
        frame: one row per post; the columns as in ``govmedia_screen.batch.arrow``.
        screener: by default one of the default profile.
        keep: columns of the input to keep beside the reports' own (not one that the reports have).

    Raises:
        InputError: raised by the workers if there is no column for the body.
    """
    settings, kept = pickle.dumps(screener or Screener()), tuple(keep)

    def screen(batches: Iterable[pyarrow.RecordBatch]) -> Iterator[pyarrow.RecordBatch]:
        import pyarrow

        from govmedia_screen.cluster.spark import loaded

        for batch in batches:
            yield from screen_table(loaded(settings), pyarrow.Table.from_batches([batch]), kept).to_batches()

    schema = StructType([*from_arrow_schema(SCHEMA).fields, *(frame.schema[name] for name in kept)])
    return frame.mapInArrow(screen, schema)
