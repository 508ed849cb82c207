"""Where the queue is kept: SQLite in one file, or PostgreSQL where an office has one, through the same few statements.

A transaction takes the write lock at its beginning, so that two reviewers never both append after the same record;
when it has ended well, what it wrote is on the disk.
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from govmedia_screen.errors import InputError, MissingExtra

TABLES = (
    "CREATE TABLE IF NOT EXISTS records (number INTEGER PRIMARY KEY, line TEXT NOT NULL)",
    """CREATE TABLE IF NOT EXISTS submissions (number INTEGER PRIMARY KEY, at TEXT NOT NULL, author TEXT NOT NULL, content TEXT NOT NULL,
    required INTEGER NOT NULL, state TEXT NOT NULL, post TEXT NOT NULL, report TEXT NOT NULL)""",
    "CREATE INDEX IF NOT EXISTS submissions_by_state ON submissions (state, number)",
    "CREATE TABLE IF NOT EXISTS opinions (submission INTEGER NOT NULL, rule TEXT NOT NULL, is_right INTEGER NOT NULL, person TEXT NOT NULL, at TEXT NOT NULL)",
)
#: Nobody who comes through this program can change a record; who opens the file by other means breaks the chain.
GUARDS = (
    "CREATE TRIGGER IF NOT EXISTS records_stay BEFORE UPDATE ON records BEGIN SELECT RAISE(ABORT, 'append-only'); END",
    "CREATE TRIGGER IF NOT EXISTS records_remain BEFORE DELETE ON records BEGIN SELECT RAISE(ABORT, 'append-only'); END",
)
#: How long a writer waits for another, in seconds.
PATIENCE = 30.0
POSTGRES = ("postgresql://", "postgres://")


class Sqlite:
    """One file; write-ahead log, and every commit on the disk before it is told."""

    def __init__(self, path: str) -> None:
        try:
            if not Path(path).exists():
                os.close(os.open(path, os.O_CREAT | os.O_WRONLY, 0o600))
            self.connection = sqlite3.connect(path, timeout=PATIENCE, isolation_level=None, check_same_thread=False)
            self.connection.execute("PRAGMA journal_mode = WAL")
            self.connection.execute("PRAGMA synchronous = FULL")
            for statement in (*TABLES, *GUARDS):
                self.connection.execute(statement)
        except (OSError, sqlite3.Error) as error:
            raise InputError(f"{path}: 无法打开送审数据库（{error}）") from None
        self.lock = threading.Lock()

    def rows(self, statement: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """What a query gives."""
        with self.lock:
            return self.connection.execute(statement, values).fetchall()

    @contextlib.contextmanager
    def transaction(self) -> Iterator[Any]:
        """Statements that all count, or none; nobody else writes meanwhile."""
        with self.lock:
            self.connection.execute("BEGIN IMMEDIATE")
            try:
                yield self.connection.execute
            except BaseException:
                self.connection.execute("ROLLBACK")
                raise
            self.connection.execute("COMMIT")

    def close(self) -> None:
        """Let go of the file."""
        self.connection.close()


class Postgres:
    """A PostgreSQL database of the office's."""

    def __init__(self, address: str) -> None:
        try:
            import psycopg
        except ImportError as error:
            raise MissingExtra("PostgreSQL", "postgres") from error
        try:
            self.connection = psycopg.connect(address, autocommit=True)
            for statement in TABLES:
                self.connection.execute(statement)
        except psycopg.Error as error:
            raise InputError(f"无法连接送审数据库（{str(error).splitlines()[0]}）") from None
        self.lock = threading.Lock()

    def rows(self, statement: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """What a query gives."""
        with self.lock:
            return list(self.connection.execute(statement.replace("?", "%s"), values).fetchall())

    @contextlib.contextmanager
    def transaction(self) -> Iterator[Any]:
        """Statements that all count, or none; nobody else writes meanwhile."""
        with self.lock, self.connection.transaction():
            self.connection.execute("LOCK TABLE records, submissions IN EXCLUSIVE MODE")
            yield lambda statement, values=(): self.connection.execute(statement.replace("?", "%s"), values)

    def close(self) -> None:
        """End the connection."""
        self.connection.close()


Database = Sqlite | Postgres


def opened(place: str) -> Database:
    """The database at a path or a ``postgresql://`` address; its tables are made if it has none.

    Raises:
        InputError: it cannot be opened.
        MissingExtra: PostgreSQL needs its extra.
    """
    return Postgres(place) if place.startswith(POSTGRES) else Sqlite(place)
