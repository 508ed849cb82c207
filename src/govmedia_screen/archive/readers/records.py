"""Chunk → posts: the worker's half of reading."""

from __future__ import annotations

import hashlib
import json
import marshal
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from operator import attrgetter
from typing import Any

from govmedia_screen.acceptance.waivers import MARK
from govmedia_screen.archive.readers.chunk import Chunk, Rejected, shown
from govmedia_screen.chinese.dates import read_date
from govmedia_screen.documents import Document, parse
from govmedia_screen.errors import ScreenError
from govmedia_screen.io.columns import FIELDS, assign, to_post
from govmedia_screen.io.json_once import once
from govmedia_screen.post import Post

_fields = attrgetter(*FIELDS, "extra_parts")
FAULTS = (ScreenError, TypeError, ValueError, KeyError, RecursionError)


@dataclass(frozen=True, slots=True)
class Record:
    """One post of an archive.

    Attributes:
        source: where it stands: the file, with ``#sheet`` or ``#table``,
        row: and the line or row in it.
        post: the post.
        key: a hash of all its fields: the same key is the same post.
        document: the file that it is, if that says what is waived in it.
    """

    source: str
    row: int
    post: Post
    key: bytes
    document: Document | None = None


def key_of(post: Post) -> bytes:
    """16 bytes that are the same for posts that are the same in every field (``meta`` left out)."""
    values = _fields(post)
    try:
        data = marshal.dumps(
            (*values[:-1], sorted(values[-1].items())) if values[-1] else values[:-1], 2
        )  # the plainest form: no references, so equal values give equal bytes
    except ValueError:  # a date
        data = repr(values).encode("utf-8", "surrogatepass")
    return hashlib.blake2b(data, digest_size=16).digest()


def records(chunk: Chunk, given: Mapping[str, str]) -> Iterator[Record | Rejected]:
    """Every record of a chunk, as a post or with the reason why it is none, in order."""
    yield from chunk.rejected
    for source, row, raw, make in FORMS[chunk.form](chunk, given):
        try:
            made = make()
        except FAULTS as error:
            yield Rejected(source, row, reason(error), shown(raw))
        except Exception as error:  # a parser of documents may raise anything on a broken file
            yield Rejected(source, row, f"{type(error).__name__}: {error}", shown(raw))
        else:
            yield made if isinstance(made, Record) else Record(source, row, made, key_of(made))


def reason(error: Exception) -> str:
    """An exception as a reason."""
    if isinstance(error, UnicodeDecodeError):
        return f"不是 UTF-8 编码（第 {error.start} 字节）"
    if isinstance(error, json.JSONDecodeError):
        return f"不是有效的 JSON（{error.msg}，第 {error.pos} 字符）"
    if isinstance(error, RecursionError):
        return "嵌套过深"
    return str(error)


Item = tuple[str, int, "bytes | str", Callable[[], Post | Record]]


def from_lines(chunk: Chunk, given: Mapping[str, str]) -> Iterator[Item]:
    """The lines of JSON lines."""
    data: bytes = chunk.payload
    known = columns(tuple(given.items()))
    if chunk.first == 1:
        data = data.removeprefix(b"\xef\xbb\xbf")
    for number, line in enumerate(data.split(b"\n"), chunk.first):
        line = line.strip()
        if line:
            yield chunk.source, number, line, lambda line=line: from_json(line, known)  # type: ignore[misc]


def from_json(line: bytes, known: Callable[[tuple[str, ...]], dict[str, str]]) -> Post:
    """One line as a post."""
    try:
        text = line.decode()
    except UnicodeDecodeError as error:
        try:
            text = line.decode("gb18030")
        except UnicodeDecodeError:
            raise error from None
    row = json.loads(text, object_pairs_hook=once)
    if not isinstance(row, dict):
        raise ValueError(f"应为一个对象，这里是 {type(row).__name__}")
    return to_post(row, known(tuple(row)))


def columns(given: tuple[tuple[str, str], ...]) -> Callable[[tuple[str, ...]], dict[str, str]]:
    """``assign``, remembering what it said of the same columns."""
    table = dict(given)
    return lru_cache(512)(lambda names: assign(names, table))


def from_rows(chunk: Chunk, given: Mapping[str, str]) -> Iterator[Item]:
    """The rows of a table."""
    fields_of = assign(chunk.names, given)
    for number, cells in chunk.payload:
        row = dict(zip(chunk.names, cells, strict=False))
        yield chunk.source, number, repr(cells), lambda row=row: to_post(row, fields_of, cells=True)  # type: ignore[misc]


def from_arrow(chunk: Chunk, given: Mapping[str, str]) -> Iterator[Item]:
    """The rows of a record batch."""
    import pyarrow

    with pyarrow.ipc.open_stream(chunk.payload) as stream:
        table = stream.read_all()
    fields_of = assign(chunk.names, given)
    lists = {name: table.column(name).to_pylist() for name in fields_of}
    for place in range(table.num_rows):
        row = {name: values[place] for name, values in lists.items()}
        yield chunk.source, chunk.first + place, str(row)[:300], lambda row=row: to_post(row, fields_of)  # type: ignore[misc]


def from_files(chunk: Chunk, _: Mapping[str, str]) -> Iterator[Item]:
    """Documents."""
    for name, data in chunk.payload:
        yield name, 0, data[:300], lambda name=name, data=data: of_file(data, name)  # type: ignore[misc]


def of_file(data: bytes, name: str) -> Record:
    """One document as a post."""
    document = parse(data, name)
    post = document.post
    if not post.body.strip() and not post.title.strip():
        raise ValueError("没有正文，也没有标题")
    key = key_of(post)
    if MARK not in document.text:
        return Record(name, 0, post, key)
    text = document.text.encode("utf-8", "surrogatepass")
    return Record(name, 0, post, hashlib.blake2b(key + text, digest_size=16).digest(), document)


def day_of(value: str | date | datetime | None) -> str | None:
    """The calendar day of a post's date as ISO text, or None if it tells none."""
    day = read_date(value)
    return day.isoformat() if day else None


FORMS: dict[str, Callable[[Chunk, Mapping[str, str]], Iterator[Any]]] = {
    "lines": from_lines,
    "rows": from_rows,
    "arrow": from_arrow,
    "files": from_files,
}
