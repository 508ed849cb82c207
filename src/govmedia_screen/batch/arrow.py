"""The Arrow seam: a record batch of posts in, a record batch of reports out, one row for each.

Everything that speaks Arrow screens through it: Ray Data, Spark, DuckDB, Polars, pandas; see docs/scale.md.

In: one column for each field of ``Post`` that there is, by its English or Chinese name (``body`` or ``正文``, …;
``govmedia_screen.io.columns.ALIASES`` has them all). Only the body's is required. Other columns are ignored.

Out (``SCHEMA``), whatever came in:

=============  ============================================================================
id             string; the post's own, or null
decision       string; ``pass``, ``review``, ``block``
review_tier    int8; 0–3
digest         string; SHA-256 of title and body
findings       list of struct: rule, level, part, start, end (code points), text, message,
               suggestion, basis, score, evidence
incomplete     list of struct: part, reason, start
exempted       list of struct: rule, part, start, end, reason, until (ISO date)
versions       string; program, lexicons, model, profile and fingerprint as JSON
=============  ============================================================================

A row that cannot be a post (no body, an unknown kind) does not stop a cluster's work: it is
``incomplete`` with the reason, and so at least for review.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from itertools import accumulate
from typing import Any

from govmedia_screen.batch.screens import Screens
from govmedia_screen.errors import InputError, MissingExtra
from govmedia_screen.finding import Finding
from govmedia_screen.io.columns import FIELDS, PARTS, assign, to_post
from govmedia_screen.post import Post
from govmedia_screen.profile import Exemption
from govmedia_screen.report.policy import Decision
from govmedia_screen.report.report import Incomplete, Report, digest

try:
    import pyarrow
except ImportError as error:
    raise MissingExtra("Arrow", "archive") from error

_TEXT = pyarrow.string()
_PLACE = [("part", _TEXT), ("start", pyarrow.int32()), ("end", pyarrow.int32())]
FINDING = pyarrow.struct([
    ("rule", _TEXT), ("level", _TEXT), *_PLACE, ("text", _TEXT), ("message", _TEXT), ("suggestion", _TEXT),
    ("basis", _TEXT), ("score", pyarrow.float32()), ("evidence", pyarrow.list_(_TEXT)),
])  # fmt: skip
INCOMPLETE = pyarrow.struct([("part", _TEXT), ("reason", _TEXT), ("start", pyarrow.int32())])
EXEMPTED = pyarrow.struct([("rule", _TEXT), *_PLACE, ("reason", _TEXT), ("until", _TEXT)])
#: What ``screen_batch`` gives.
SCHEMA = pyarrow.schema([
    ("id", _TEXT), ("decision", _TEXT), ("review_tier", pyarrow.int8()), ("digest", _TEXT),
    ("findings", pyarrow.list_(FINDING)), ("incomplete", pyarrow.list_(INCOMPLETE)), ("exempted", pyarrow.list_(EXEMPTED)),
    ("versions", _TEXT),
])  # fmt: skip


def fields_of(names: Sequence[str], columns: Mapping[str, str] | None = None) -> dict[str, str]:
    """Which column is which field of Post.

    Args:
        names: the columns.
        columns: column → field, beyond the names that are known.

    Raises:
        InputError: there is no column for the body, ``columns`` names a column that is not there or a field that Post has not.
    """
    given = dict(columns or {})
    if missing := [name for name in given if name not in names]:
        raise InputError(f"没有列 {'、'.join(missing)}；这里有 {'、'.join(names) or '无'}")
    if wrong := [field for field in given.values() if field not in FIELDS and field not in PARTS]:
        raise InputError(f"没有字段 {'、'.join(wrong)}；可用：{'、'.join((*FIELDS, *PARTS))}")
    found = assign(names, given)
    if "body" not in found.values():
        raise InputError(
            f'没有正文列：应有名为 body（或 正文、内容、text、content）的列，或用 columns={{"列名": "body"}} 说明；这里有 {"、".join(names) or "无"}'
        )
    return found


def screen_batch(screener: Screens, batch: pyarrow.RecordBatch, columns: Mapping[str, str] | None = None) -> pyarrow.RecordBatch:
    """Screen an Arrow batch: one row per post in, one row per post out, in the same order.

    Args:
        screener: the screener.
        batch: the posts.
        columns: column → field of Post, beyond the names that are known.

    Raises:
        InputError: the batch has no column for the body.
    """
    columns = fields_of(batch.schema.names, columns)
    values = {name: batch.column(batch.schema.names.index(name)).to_pylist() for name in columns}
    posts: list[Post] = []
    broken: dict[int, str] = {}
    for number in range(batch.num_rows):
        row = {name: column[number] for name, column in values.items()}
        try:
            posts.append(to_post(row, columns))
        except (InputError, TypeError, ValueError) as error:
            broken[number] = str(error)
            posts.append(salvaged(row, columns))
    reports = list(screener.screen_many(posts))
    for number, reason in broken.items():
        reports[number] = unread(reports[number], reason)
    return to_batch(reports)


def screen_table(
    screener: Screens, table: pyarrow.Table, keep: Sequence[str] = (), columns: Mapping[str, str] | None = None
) -> pyarrow.Table:
    """Screen a whole table, as ``screen_batch`` does; ``keep`` names columns to carry over beside the reports' own.

    Raises:
        InputError: there is no column for the body, or a column to keep is missing or has a name of the reports'.
    """
    kept(table.column_names, keep)
    batches = table.to_batches() or [pyarrow.RecordBatch.from_pylist([], schema=table.schema)]
    result = pyarrow.Table.from_batches([screen_batch(screener, batch, columns) for batch in batches], schema=SCHEMA)
    for name in keep:
        result = result.append_column(table.schema.field(name), table.column(name))
    return result


def kept(names: Sequence[str], keep: Iterable[str]) -> None:
    """Make sure that columns can be carried over.

    Raises:
        InputError: one is missing, or the reports have one of its name.
    """
    for name in keep:
        if name not in names or name in SCHEMA.names:
            raise InputError(f"不能保留列 {name}：{'与结果的列重名' if name in SCHEMA.names else '没有这一列'}")


def salvaged(row: Mapping[str, Any], columns: Mapping[str, str]) -> Post:
    """What can be screened of a row that cannot be a post: the texts that are texts."""
    found: dict[str, Any] = {
        field: row[name] for name, field in columns.items() if field in ("title", "body", "id") and isinstance(row[name], (str, int))
    }
    texts: dict[str, Any] = {field: found[field] if isinstance(found.get(field), str) else "" for field in ("title", "body")}
    return Post(id=found.get("id"), **texts)


def unread(report: Report, reason: str) -> Report:
    """The report of a row that cannot be a post: never a pass."""
    incomplete = (*report.incomplete, Incomplete("body", reason))
    return Report(
        report.post, report.findings, max(report.decision, Decision.REVIEW), max(report.review_tier, 2), incomplete, report.exempted,
        report.versions,
    )  # fmt: skip


def to_batch(reports: Sequence[Report]) -> pyarrow.RecordBatch:
    """Reports as a record batch of ``SCHEMA``."""
    columns = [
        strings(None if one.post.id is None else str(one.post.id) for one in reports),
        strings(str(one.decision) for one in reports),
        pyarrow.array([one.review_tier for one in reports], pyarrow.int8()),
        strings(digest(one.post) for one in reports),
        lists([one.findings for one in reports], FINDING, of_finding),
        lists([one.incomplete for one in reports], INCOMPLETE, lambda one: (clean(one.part), clean(one.reason), one.start)),
        lists([one.exempted for one in reports], EXEMPTED, of_exempted),
        strings([versions_of(reports[0])] * len(reports) if reports else []),  # one screener, so one for all
    ]
    return pyarrow.RecordBatch.from_arrays(columns, schema=SCHEMA)


def versions_of(report: Report) -> str:
    """What a report rests on, as JSON."""
    return json.dumps(dict(report.versions), ensure_ascii=False, sort_keys=True, default=str)


def of_finding(one: Finding) -> tuple[Any, ...]:
    """A finding as a row of ``FINDING``."""
    return (
        one.rule, str(one.level), one.part, one.start, one.end, clean(one.text), clean(one.message), clean(one.suggestion), one.basis,
        one.score, [clean(item) for item in one.evidence],
    )  # fmt: skip


def of_exempted(pair: tuple[Finding, Exemption]) -> tuple[Any, ...]:
    """An exempted finding as a row of ``EXEMPTED``."""
    one, exemption = pair
    return one.rule, one.part, one.start, one.end, clean(exemption.reason), exemption.until.isoformat()


def clean(text: str | None) -> str | None:
    """The text as Arrow can hold it: lone surrogates become U+FFFD."""
    if text is None or text.isascii():
        return text
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return text


def strings(values: Iterable[str | None]) -> pyarrow.Array:
    """A column of strings, whatever is in them."""
    items = list(values)
    try:
        return pyarrow.array(items, _TEXT)
    except (UnicodeEncodeError, pyarrow.ArrowInvalid):
        return pyarrow.array([clean(item) for item in items], _TEXT)


def lists(rows: Sequence[Sequence[Any]], of: pyarrow.StructType, row: Any) -> pyarrow.Array:
    """A column of lists of structs."""
    offsets = pyarrow.array([0, *accumulate(map(len, rows))], pyarrow.int32())
    members = list(zip(*(row(one) for items in rows for one in items), strict=True)) or [()] * of.num_fields
    arrays = [pyarrow.array(values, of.field(number).type) for number, values in enumerate(members)]
    return pyarrow.ListArray.from_arrays(offsets, pyarrow.StructArray.from_arrays(arrays, fields=list(of)))
