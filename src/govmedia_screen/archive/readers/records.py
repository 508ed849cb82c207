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
from govmedia_screen.archive.readers.header import VALUES, unknown
from govmedia_screen.archive.readers.values import inside, link_column, link_of, prepared
from govmedia_screen.chinese.dates import read_date
from govmedia_screen.documents import Document, parse
from govmedia_screen.errors import InputError, ScreenError
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
        link: its address, if the archive tells one.
        remarks: what had to be supposed or left out to read it.
    """

    source: str
    row: int
    post: Post
    key: bytes
    document: Document | None = None
    link: str | None = None
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Made:
    """A post, and what its row says beside it."""

    post: Post
    link: str | None
    remarks: tuple[str, ...]


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
            yield made if isinstance(made, Record) else Record(source, row, made.post, key_of(made.post), None, made.link, made.remarks)


def made_of(row: Mapping[str, Any], fields_of: Mapping[str, str], names: tuple[str, ...], cells: bool = False) -> Made:
    """A row as a post.

    Raises:
        InputError: it cannot be one.
    """
    ready, remarks = prepared(row, fields_of)
    return Made(to_post(ready, fields_of, cells=cells), link_of(row, names), remarks)


def reason(error: Exception) -> str:
    """An exception as a reason."""
    if isinstance(error, UnicodeDecodeError):
        return f"不是 UTF-8 编码（第 {error.start} 字节）"
    if isinstance(error, json.JSONDecodeError):
        return f"不是有效的 JSON（{error.msg}，第 {error.pos} 字符）"
    if isinstance(error, RecursionError):
        return "嵌套过深"
    return str(error) or type(error).__name__


Item = tuple[str, int, "bytes | str", Callable[[], Made | Record]]


def from_lines(chunk: Chunk, given: Mapping[str, str]) -> Iterator[Item]:
    """The lines of JSON lines."""
    data: bytes = chunk.payload
    if chunk.first == 1:
        data = data.removeprefix(b"\xef\xbb\xbf")
    lines = data.split(b"\n")
    shapes = Shapes(lines, given)
    for number, line in enumerate(lines, chunk.first):
        line = line.strip()
        if line:
            yield chunk.source, number, line, lambda line=line: shapes.post(line)  # type: ignore[misc]


class Shapes:
    """What the names in the objects of a chunk mean; each set of names is looked at once."""

    def __init__(self, lines: list[bytes], given: Mapping[str, str]) -> None:
        self.lines = lines
        self.fields_of = columns(tuple(given.items()))
        self.told: dict[tuple[str, ...], str] = {}

    def post(self, line: bytes) -> Made:
        """One line as a post."""
        row = object_of(line)
        names = tuple(row)
        fields_of = self.fields_of(names)
        if not {"body", "title"} & set(fields_of.values()):
            raise InputError(self.unknown(names))
        return made_of(row, fields_of, names)

    def unknown(self, names: tuple[str, ...]) -> str:
        """What to say of objects in which neither body nor title was recognised."""
        if names not in self.told:
            alike: list[list[Any]] = []
            for line in self.lines:
                try:
                    row = object_of(line)
                except (ValueError, RecursionError):
                    continue
                if tuple(row) == names:
                    alike.append(list(row.values()))
                if len(alike) == VALUES:
                    break
            self.told[names] = unknown(names, alike)
        return self.told[names]


def object_of(line: bytes) -> dict[str, Any]:
    """The object in a line.

    Raises:
        ValueError: there is none.
    """
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
    return row


def names_in(chunk: Chunk) -> Iterator[tuple[str, ...]]:
    """The names of the columns of a chunk: of its table, or of its objects."""
    if chunk.form != "lines":
        yield chunk.names
        return
    for line in chunk.payload.removeprefix(b"\xef\xbb\xbf").split(b"\n"):
        try:
            yield tuple(object_of(line))
        except (ValueError, RecursionError):
            continue


def columns(given: tuple[tuple[str, str], ...]) -> Callable[[tuple[str, ...]], dict[str, str]]:
    """``assign``, remembering what it said of the same columns."""
    table = dict(given)
    return lru_cache(512)(lambda names: assign(names, table))


def from_rows(chunk: Chunk, given: Mapping[str, str]) -> Iterator[Item]:
    """The rows of a table."""
    fields_of = assign(chunk.names, given)
    for number, cells in chunk.payload:
        row = dict(zip(chunk.names, cells, strict=False))
        yield chunk.source, number, repr(cells), lambda row=row: made_of(row, fields_of, chunk.names, cells=True)  # type: ignore[misc]


def from_arrow(chunk: Chunk, given: Mapping[str, str]) -> Iterator[Item]:
    """The rows of a record batch."""
    import pyarrow

    with pyarrow.ipc.open_stream(chunk.payload) as stream:
        table = stream.read_all()
    fields_of = assign(chunk.names, given)
    wanted = [*fields_of, *([link] if (link := link_column(chunk.names)) and link not in fields_of else [])]
    lists = {name: table.column(name).to_pylist() for name in wanted}
    for place in range(table.num_rows):
        row = {name: values[place] for name, values in lists.items()}
        yield chunk.source, chunk.first + place, str(row)[:300], lambda row=row: made_of(row, fields_of, chunk.names)  # type: ignore[misc]


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
    day = inside(read_date(value))
    return day.isoformat() if day else None


FORMS: dict[str, Callable[[Chunk, Mapping[str, str]], Iterator[Any]]] = {
    "lines": from_lines,
    "rows": from_rows,
    "arrow": from_arrow,
    "files": from_files,
}
