"""Store: the Parquet files of one part, written whole or not at all.

``posts/part-….parquet`` has one row per post, ``findings/part-….parquet`` one per finding; both
folders are datasets that pyarrow, DuckDB, Polars, Spark and Ray read as they are. The files'
names hold a hash of what they were made of, so a file that has its name has its content.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from govmedia_screen.archive.readers.records import Record, day_of
from govmedia_screen.batch.arrow import clean, strings
from govmedia_screen.errors import MissingExtra
from govmedia_screen.finding import Finding, Level
from govmedia_screen.report.policy import Decision
from govmedia_screen.report.report import Incomplete

try:
    import pyarrow
    from pyarrow import compute, parquet
except ImportError as error:  # pragma: no cover
    raise MissingExtra("scan", "archive") from error

_TEXT, _INT = pyarrow.string(), pyarrow.int32()
#: One row per post. ``key`` is the same for posts that are the same in every field.
POSTS = pyarrow.schema([
    ("key", pyarrow.binary(16)), ("source", _TEXT), ("row", pyarrow.int64()), ("id", _TEXT), ("account", _TEXT), ("platform", _TEXT),
    ("department", _TEXT), ("kind", _TEXT), ("title", _TEXT), ("published_at", _TEXT), ("day", _TEXT), ("characters", _INT),
    ("decision", _TEXT), ("review_tier", pyarrow.int8()), ("findings", _INT), ("incomplete", _TEXT), ("exempted", _TEXT),
    ("link", _TEXT), ("contacts", pyarrow.list_(_TEXT)), ("signature", pyarrow.binary()),
])  # fmt: skip
#: One row per finding; ``place`` is the row of its post in the posts file of the same name.
FINDINGS = pyarrow.schema([
    ("place", _INT), ("key", pyarrow.binary(16)), ("source", _TEXT), ("row", pyarrow.int64()), ("id", _TEXT), ("account", _TEXT), ("platform", _TEXT),
    ("title", _TEXT), ("link", _TEXT), ("day", _TEXT), ("rule", _TEXT), ("family", _TEXT), ("level", _TEXT), ("part", _TEXT), ("start", _INT), ("end", _INT), ("text", _TEXT),
    ("context", _TEXT), ("message", _TEXT), ("suggestion", _TEXT), ("basis", _TEXT), ("score", pyarrow.float64()),
    ("evidence", pyarrow.list_(_TEXT)),
])  # fmt: skip
#: How much text around a finding is kept, in code points on each side.
AROUND = 20


@dataclass(frozen=True, slots=True)
class Result:
    """What is known of one post once it is screened.

    Attributes:
        findings: its findings.
        decision: the decision.
        tier: the review tier.
        incomplete: what could not be screened.
        exempted: exempted findings, each as JSON-ready dictionary.
    """

    findings: tuple[Finding, ...]
    decision: Decision
    tier: int
    incomplete: tuple[Incomplete, ...] = ()
    exempted: tuple[dict[str, Any], ...] = ()


@dataclass(frozen=True, slots=True)
class Traits:
    """What is kept of a post for comparison with others: contacts in it and a MinHash of its text."""

    contacts: tuple[str, ...] = ()
    signature: bytes | None = None


NO_TRAITS = Traits()


def graves(folder: Path, names: Iterable[str]) -> Iterator[tuple[bytes, str, str]]:
    """Post, rule and account of each finding of BLOCK in those parts, each once."""
    for name in names:
        table = parquet.read_table(folder / "findings" / f"{name}.parquet", columns=["key", "rule", "account", "level"])
        table = table.filter(compute.equal(table["level"], "block"))
        yield from dict.fromkeys((row["key"], row["rule"], row["account"] or "") for row in table.to_pylist())


def write(
    folder: Path, name: str, records: Sequence[Record], results: Sequence[Result], traits: Sequence[Traits], notes: Mapping[str, str]
) -> str:
    """Write the two files of a part; when it returns they are on the disk, whole. Their ``sums``."""
    posts = [row_of_post(*pair) for pair in zip(records, results, traits, strict=True)]
    findings = [
        row_of_finding(place, record, one)
        for place, (record, result) in enumerate(zip(records, results, strict=True))
        for one in result.findings
    ]
    put(folder / "posts" / f"{name}.parquet", table(posts, POSTS, notes))
    put(folder / "findings" / f"{name}.parquet", table(findings, FINDINGS, notes))
    return sums(folder, name)


def sums(folder: Path, name: str) -> str:
    """A hash of both files of a part; empty if one of them cannot be read."""
    result = hashlib.blake2b(digest_size=16)
    try:
        for kind in ("posts", "findings"):
            with (folder / kind / f"{name}.parquet").open("rb") as file:
                while block := file.read(1 << 20):
                    result.update(block)
            result.update(kind.encode())
    except OSError:
        return ""
    return result.hexdigest()


def table(rows: Sequence[tuple[Any, ...]], schema: pyarrow.Schema, notes: Mapping[str, str]) -> pyarrow.Table:
    """Rows as a table."""
    columns = list(zip(*rows, strict=True)) or [()] * len(schema)
    arrays = [
        strings(values) if field.type == _TEXT else pyarrow.array(values, field.type) for values, field in zip(columns, schema, strict=True)
    ]
    return pyarrow.Table.from_arrays(arrays, schema=schema.with_metadata(dict(notes)))


def put(path: Path, content: pyarrow.Table) -> None:
    """Write a file beside its place, make sure of it, and only then move it there."""
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    with beside.open("wb") as file:
        parquet.write_table(content, file, compression="zstd", use_dictionary=True, write_statistics=True)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)
    sync(path.parent)


def sync(folder: Path) -> None:
    """Make sure that a folder's entries are on the disk, where the system can."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def iso(value: str | date | datetime | None) -> str | None:
    """A date as text."""
    return value if value is None or isinstance(value, str) else value.isoformat()


def row_of_post(record: Record, result: Result, traits: Traits) -> tuple[Any, ...]:
    """A row of ``POSTS``."""
    post = record.post
    return (
        record.key, record.source, record.row, None if post.id is None else str(post.id), post.account, post.platform, post.department,
        post.kind, post.title, iso(post.published_at), day_of(post.published_at), len(post.title) + len(post.body),
        str(result.decision), result.tier, len(result.findings),
        compact([(one.part, one.reason, one.start, *([True] if one.fault else [])) for one in result.incomplete]), compact(result.exempted),
        record.link, traits.contacts, traits.signature,
    )  # fmt: skip


def compact(items: Iterable[Any]) -> str | None:
    """A list as JSON, None if it is empty."""
    content = list(items)
    return json.dumps(content, ensure_ascii=True) if content else None


def row_of_finding(place: int, record: Record, one: Finding) -> tuple[Any, ...]:
    """A row of ``FINDINGS``."""
    post = record.post
    text = post.part(one.part)
    return (
        place, record.key, record.source, record.row, None if post.id is None else str(post.id), post.account, post.platform, post.title,
        record.link, day_of(post.published_at),
        one.rule, one.family, str(one.level), one.part, one.start, one.end, one.text, text[max(0, one.start - AROUND) : one.end + AROUND],
        one.message, one.suggestion, one.basis, one.score, [clean(item) for item in one.evidence],
    )  # fmt: skip


def read_back(folder: Path, name: str) -> list[tuple[Result, Traits]]:
    """The results of a part, in the order of its posts.

    A finding's text was cleaned when it was written; the caller cuts it anew from its own post.
    """
    posts = parquet.read_table(
        folder / "posts" / f"{name}.parquet", columns=["decision", "review_tier", "incomplete", "exempted", "contacts", "signature"]
    )
    found: dict[int, list[Finding]] = {}
    for row in parquet.read_table(folder / "findings" / f"{name}.parquet").to_pylist():
        one = Finding(
            row["rule"], Level.of(row["level"]), row["part"], row["start"], row["end"], row["text"], row["message"], row["suggestion"],
            row["basis"], row["score"], tuple(row["evidence"]),
        )  # fmt: skip
        found.setdefault(row["place"], []).append(one)
    return [
        (
            Result(
                tuple(found.get(place, ())),
                Decision[row["decision"].upper()],
                row["review_tier"],
                tuple(Incomplete(*one) for one in json.loads(row["incomplete"] or "[]")),
                tuple(json.loads(row["exempted"] or "[]")),
            ),
            Traits(tuple(row["contacts"]), row["signature"]),
        )
        for place, row in enumerate(posts.to_pylist())
    ]


def listed(path: Path, rows: Iterable[dict[str, Any]]) -> None:
    """Write JSON lines, whole or not at all."""
    beside = path.with_name(f".{path.name}")
    with beside.open("w", encoding="utf-8", newline="\n") as file:
        for row in rows:
            file.write(json.dumps(row, ensure_ascii=False) + "\n")
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)
    sync(path.parent)
