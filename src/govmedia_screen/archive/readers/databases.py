"""Parquet and SQLite: streamed by rows."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from govmedia_screen.archive.readers.chunk import ROWS, Chunk, Rejected
from govmedia_screen.archive.readers.header import VALUES, lacking, unknown
from govmedia_screen.archive.readers.json_lines import broken
from govmedia_screen.archive.readers.values import link_column
from govmedia_screen.errors import MissingExtra
from govmedia_screen.io.columns import assign


def read_parquet(path: Path, name: str, given: dict[str, str]) -> Iterator[Chunk]:
    """The chunks of a Parquet file; of its columns only those that are fields of Post."""
    try:
        import pyarrow
        from pyarrow import parquet
    except ImportError as error:
        raise MissingExtra("Parquet 文件", "archive") from error
    row, size = 1, path.stat().st_size
    try:
        with parquet.ParquetFile(path) as file:
            total = max(file.metadata.num_rows, 1)
            names = file.schema_arrow.names
            fields = assign(names, given)
            known = bool({"body", "title"} & set(fields.values()))
            columns = [*fields, *([link] if (link := link_column(tuple(names))) and link not in fields else [])]
            begin = [list(row.values()) for some in islice(file.iter_batches(VALUES), 1) for row in some.to_pylist()]
            said = "" if known else unknown(names, begin)
            missing = lacking(names, begin, given) if known else ""
            remarks = (Rejected(name, 0, missing),) if missing else ()
            for batch in file.iter_batches(ROWS, columns=columns if known else []):
                if said:
                    told = tuple(Rejected(name, row + place, said) for place in range(batch.num_rows))
                    yield Chunk(name, row, "rows", [], (), size * row // total, told)
                    row += batch.num_rows
                    continue
                sink = pyarrow.BufferOutputStream()
                with pyarrow.ipc.new_stream(sink, batch.schema) as stream:
                    stream.write_batch(batch)
                yield Chunk(name, row, "arrow", sink.getvalue().to_pybytes(), tuple(batch.schema.names), size * row // total, (), remarks)
                remarks = ()
                row += batch.num_rows
    except (pyarrow.ArrowException, OSError, EOFError) as error:
        yield broken(name, row if row > 1 else 0, error, size)


def read_sqlite(path: Path, name: str, given: dict[str, str]) -> Iterator[Chunk]:
    """The chunks of a database: of every table that has a body or a title."""
    size, row, source = path.stat().st_size, 1, name
    try:
        connection = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)
        connection.text_factory = text_of
        try:
            tables = sorted(
                row[0]
                for row in connection.execute(
                    "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite!_%' ESCAPE '!'"
                )
            )
            for table in tables:
                source, row = f"{name}#{table}", 1
                names = tuple(info[1] for info in connection.execute(f"PRAGMA table_info({quoted(table)})"))
                fields = assign(names, given)
                begin = connection.execute(f"SELECT * FROM {quoted(table)} LIMIT {VALUES}").fetchall()  # noqa: S608  (quoted)
                if not {"body", "title"} & set(fields.values()):
                    said = unknown(names, begin)
                    (count,) = connection.execute(f"SELECT count(*) FROM {quoted(table)}").fetchone()  # noqa: S608
                    for first in range(1, count + 1, ROWS):
                        told = tuple(Rejected(source, number, said) for number in range(first, min(first + ROWS, count + 1)))
                        yield Chunk(source, first, "rows", [], (), 0, told)
                    continue
                link = link_column(names)
                columns = (*fields, *((link,) if link and link not in fields else ()))
                missing = lacking(names, begin, given)
                remarks = (Rejected(source, 0, missing),) if missing else ()
                cursor = connection.execute(f"SELECT {', '.join(map(quoted, columns))} FROM {quoted(table)}")  # noqa: S608  (names come from the file and are quoted)
                while rows := cursor.fetchmany(ROWS):
                    yield Chunk(source, row, "rows", list(enumerate(rows, row)), columns, 0, (), remarks)
                    remarks = ()
                    row += len(rows)
        finally:
            connection.close()
    except sqlite3.Error as error:
        yield broken(source, row if source != name else 0, error, size)


def quoted(name: str) -> str:
    """A name as SQL writes it."""
    return '"' + name.replace('"', '""') + '"'


def text_of(data: bytes) -> str | bytes:
    """A text, or its bytes if it is not UTF-8."""
    try:
        return data.decode()
    except UnicodeDecodeError:
        return data
