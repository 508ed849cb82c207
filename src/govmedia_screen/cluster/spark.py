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
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from govmedia_screen.batch.arrow import SCHEMA, fields_of, kept, screen_table
from govmedia_screen.cluster.shipment import Shipment
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
def shipment_of(data: bytes) -> Shipment:
    """The shipment of those bytes, once in this process."""
    shipment: Shipment = pickle.loads(data)  # noqa: S301  (Spark itself ships functions by pickle, from driver to worker)
    return shipment


def screen_frame(
    frame: DataFrame, screener: Screener | None = None, *, keep: Sequence[str] = (), columns: Mapping[str, str] | None = None
) -> DataFrame:
    """Screen every row of a DataFrame; lazy, as all of Spark is.

    Args:
        frame: one row per post; the columns as in ``govmedia_screen.batch.arrow``.
        screener: by default one of the default profile.
        keep: columns of the input to keep beside the reports' own (not one that the reports have).
        columns: column → field of Post, beyond the names that are known.

    Raises:
        InputError: at once, if there is no column for the body or one to keep is missing.
        DriftError: from the workers, if their program, model or lexicons are not the sender's.
    """
    fields_of(frame.columns, columns)
    kept(frame.columns, keep)
    data, wanted, given = pickle.dumps(Shipment.of(screener or Screener())), tuple(keep), dict(columns or {})

    def screen(batches: Iterable[pyarrow.RecordBatch]) -> Iterator[pyarrow.RecordBatch]:
        import pyarrow

        from govmedia_screen.cluster.spark import shipment_of

        screener = shipment_of(data).screener()
        for batch in batches:
            yield from screen_table(screener, pyarrow.Table.from_batches([batch]), wanted, given).to_batches()

    schema = StructType([*from_arrow_schema(SCHEMA).fields, *(frame.schema[name] for name in wanted)])
    return frame.mapInArrow(screen, schema)
