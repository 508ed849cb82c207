"""Parquet and SQLite: streamed by rows."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

from govmedia_screen.archive.readers.chunk import ROWS, Chunk
from govmedia_screen.archive.readers.json_lines import broken
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
            columns = list(assign(file.schema_arrow.names, given))
            for batch in file.iter_batches(ROWS, columns=columns or None):
                sink = pyarrow.BufferOutputStream()
                with pyarrow.ipc.new_stream(sink, batch.schema) as stream:
                    stream.write_batch(batch)
                yield Chunk(name, row, "arrow", sink.getvalue().to_pybytes(), tuple(batch.schema.names), size * row // total)
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
            tables = sorted(row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'"))
            for table in tables:
                source, row = f"{name}#{table}", 1
                names = tuple(info[1] for info in connection.execute(f"PRAGMA table_info({quoted(table)})"))
                columns = tuple(assign(names, given))
                if not {"body", "title"} & set(assign(names, given).values()):
                    continue
                cursor = connection.execute(f"SELECT {', '.join(map(quoted, columns))} FROM {quoted(table)}")  # noqa: S608  (names come from the file and are quoted)
                while rows := cursor.fetchmany(ROWS):
                    yield Chunk(source, row, "rows", list(enumerate(rows, row)), columns, 0)
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
