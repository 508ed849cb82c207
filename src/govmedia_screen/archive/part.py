"""Part: what a worker reports of the stretch of an archive that it has written, and the catalogue's tables that keep it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple

from govmedia_screen.archive.readers.chunk import Rejected

#: A source as it was given, and as an absolute path.
Source = tuple[str, str]
TABLES = """
CREATE TABLE IF NOT EXISTS about (name TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS parts (
    name TEXT PRIMARY KEY, number INTEGER, run INTEGER, rules TEXT, source TEXT, first INTEGER, posts INTEGER, findings INTEGER,
    rejected INTEGER, skipped INTEGER, screened INTEGER, sums TEXT
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS posts (key BLOB, part TEXT, place INTEGER, PRIMARY KEY (key, part, place)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS fresh (key BLOB, part TEXT, place INTEGER);
CREATE TABLE IF NOT EXISTS rejected (part TEXT, source TEXT, row INTEGER, reason TEXT, raw TEXT);
CREATE TABLE IF NOT EXISTS remarks (part TEXT, source TEXT, row INTEGER, reason TEXT, raw TEXT);
CREATE TABLE IF NOT EXISTS spans (
    part TEXT, source TEXT, account TEXT, platform TEXT, department TEXT, posts INTEGER, undated INTEGER, first TEXT, last TEXT
);
CREATE TABLE IF NOT EXISTS counts (part TEXT, rule TEXT, level TEXT, findings INTEGER, PRIMARY KEY (part, rule, level)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS changes (
    part TEXT, run INTEGER, number INTEGER, source TEXT, row INTEGER, id TEXT, account TEXT, day TEXT, change TEXT, rule TEXT, level TEXT, text TEXT
);
CREATE TABLE IF NOT EXISTS runs (run INTEGER PRIMARY KEY, day TEXT, posts INTEGER, screened INTEGER);
CREATE TABLE IF NOT EXISTS standing (key BLOB, rule TEXT, account TEXT, first TEXT, run INTEGER, PRIMARY KEY (key, rule)) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS rejected_part ON rejected (part);
CREATE INDEX IF NOT EXISTS remarks_part ON remarks (part);
CREATE INDEX IF NOT EXISTS spans_part ON spans (part);
CREATE INDEX IF NOT EXISTS changes_part ON changes (part);
"""


class Span(NamedTuple):
    """What a part has of one account.

    Attributes:
        source: the table, or the folder of the documents.
        account: its name, empty for posts that name none.
        platform: its platform as the archive has it.
        department: the unit.
        posts: how many.
        undated: how many of them tell no day.
        first: the first day (ISO), or None.
        last: the last one.
    """

    source: str
    account: str
    platform: str
    department: str
    posts: int
    undated: int
    first: str | None
    last: str | None


#: Ends the name of a part in which a screening failed: under its own name the part is still to be done.
FAILED = "-failed"


@dataclass(frozen=True, slots=True)
class Part:
    """What a worker reports of a part that it has written.

    Attributes:
        name: the name of its files, without ending.
        number: its place among the parts.
        source: the source of its chunk.
        first: the chunk's first row.
        keys: the keys of its posts, in order.
        findings: how many findings.
        counts: rule and level → findings.
        rejected: what could not be read.
        skipped: how many posts are older than what was asked for.
        screened: how many of its posts were screened now; the others' results were taken over.
        sums: a hash of its files.
        changes: what changed for posts that were known, as rows.
        remarks: what had to be supposed or left out to read it.
        spans: for each account in it from when to when it has posts.
    """

    name: str
    number: int
    source: str
    first: int
    keys: tuple[bytes, ...]
    findings: int
    counts: dict[tuple[str, str], int]
    rejected: tuple[Rejected, ...]
    skipped: int
    screened: int
    sums: str
    changes: tuple[tuple[Any, ...], ...] = ()
    remarks: tuple[Rejected, ...] = ()
    spans: tuple[Span, ...] = ()
