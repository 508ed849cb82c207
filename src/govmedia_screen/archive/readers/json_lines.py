"""JSON lines: cut a stream into stretches of whole lines, in bounded memory, however long a line is."""

from __future__ import annotations

import codecs
import gzip
import io
import json
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

from govmedia_screen.archive.readers.chunk import LONGEST, ROWS, SIZE, Chunk, Rejected, shown
from govmedia_screen.errors import InputError
from govmedia_screen.io.encoding import decode

BROKEN = (OSError, EOFError, zlib.error)


def opened(path: Path) -> tuple[Any, IO[bytes]]:
    """The file unpacked, and the file itself, whose place tells how far reading has come.

    Raises:
        InputError: it cannot be opened.
    """
    try:
        raw = path.open("rb")
    except OSError as error:
        raise InputError(f"{path}: 无法读取（{error.strerror}）") from None
    return (gzip.GzipFile(fileobj=raw) if path.name.lower().endswith(".gz") else raw), raw


def read(path: Path, name: str) -> Iterator[Chunk]:
    """The file's chunks, each of whole lines."""
    stream, raw = opened(path)
    line, rest = 1, b""
    with raw:
        try:
            head = stream.peek(64)
        except BROKEN:
            head = b""
        if head[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
            stream = io.BufferedReader(Recoded(stream))
            head = stream.peek(64)
        begin = head.lstrip(b"\xef\xbb\xbf \t\r\n")[:1]
        if begin == b"[":
            yield from array(stream, raw, name)
            return
        if begin == b"{" and name.lower().endswith(".json") and (found := wrapped(path)) is not None:
            yield from members(found, raw, name)
            return
        while True:
            block, error = filled(stream)
            data = rest + block
            cut = data.rfind(b"\n") + 1
            if error is not None:
                if cut:
                    yield Chunk(name, line, "lines", data[:cut], read=raw.tell())
                yield broken(name, line + data.count(b"\n"), error, raw.tell(), data[cut:])
                return
            if not block:
                if data:
                    yield Chunk(name, line, "lines", data, read=raw.tell())
                return
            if cut:
                yield Chunk(name, line, "lines", data[:cut], read=raw.tell())
                line += data.count(b"\n", 0, cut)
            rest = data[cut:]
            if len(rest) > LONGEST:
                reason = Rejected(name, line, f"这一行超过 {LONGEST >> 20} MB，没有读", shown(rest))
                rest = skip_line(stream)
                yield Chunk(name, line, "lines", b"", read=raw.tell(), rejected=(reason,))
                line += 1


class Recoded(io.RawIOBase):
    """A stream of UTF-16 as one of UTF-8."""

    def __init__(self, stream: Any) -> None:
        self.stream, self.rest = stream, b""
        self.decoder = codecs.getincrementaldecoder("utf-16")("replace")

    def readable(self) -> bool:
        """It is."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Fill the buffer as far as there is something."""
        while not self.rest:
            block = self.stream.read1(1 << 16)
            self.rest = self.decoder.decode(block, final=not block).encode("utf-8", "surrogatepass")
            if not block:
                break
        size = min(len(buffer), len(self.rest))
        buffer[:size], self.rest = self.rest[:size], self.rest[size:]
        return size


def array(stream: Any, raw: IO[bytes], name: str) -> Iterator[Chunk]:
    """The chunks of a file that is one JSON array: each of its members as a line."""
    data = stream.read(LONGEST + 1)
    if len(data) > LONGEST:
        yield broken(name, 1, ValueError(f"整个数组超过 {LONGEST >> 20} MB，请改存为一行一条的 jsonl"), raw.tell())
        return
    try:
        found = json.loads(decode(data, name)[0], object_pairs_hook=Pairs)
    except (ValueError, RecursionError, InputError) as error:
        yield broken(name, 1, error, raw.tell(), data[:300])
        return
    yield from members(found, raw, name)


def members(found: list[Any], raw: IO[bytes], name: str) -> Iterator[Chunk]:
    """The chunks of the members of an array."""
    rows = [written(one).encode("utf-8", "surrogatepass") for one in found]
    for first in range(0, len(rows), ROWS):
        yield Chunk(name, first + 1, "lines", b"\n".join(rows[first : first + ROWS]), read=raw.tell())


def wrapped(path: Path) -> list[Any] | None:
    """The posts of a file that is one object of JSON: the one list of objects in it, as databases export them, else the object itself.

    None if the file is not one object.
    """
    if path.stat().st_size > LONGEST:
        return None
    try:
        found = json.loads(decode(path.read_bytes(), path.name)[0], object_pairs_hook=Pairs)
    except (ValueError, RecursionError, InputError, OSError):
        return None
    lists = [value for _, value in found if isinstance(value, list) and value and all(isinstance(one, Pairs) for one in value)]
    if len(lists) == 1 and not isinstance(lists[0], Pairs):
        return list(lists[0])
    return [found]


class Pairs(list[tuple[str, Any]]):
    """An object of JSON with its names as they stand, doubles included."""


def written(value: Any) -> str:
    """A value as JSON again."""
    if isinstance(value, Pairs):
        return "{" + ",".join(f"{json.dumps(key)}:{written(one)}" for key, one in value) + "}"
    if isinstance(value, list):
        return "[" + ",".join(map(written, value)) + "]"
    return json.dumps(value)


def filled(stream: Any) -> tuple[bytes, Exception | None]:
    """Up to ``SIZE`` bytes; on an error what could be read before it, and the error."""
    blocks, wanted = [], SIZE
    try:
        while wanted and (block := stream.read1(wanted)):
            blocks.append(block)
            wanted -= len(block)
    except BROKEN as error:
        return b"".join(blocks), error
    return b"".join(blocks), None


def skip_line(stream: IO[bytes]) -> bytes:
    """Read to the end of the line; what was read beyond it."""
    while block := filled(stream)[0]:
        end = block.find(b"\n")
        if end >= 0:
            return block[end + 1 :]
    return b""


def broken(name: str, row: int, error: Exception, place: int, raw: bytes = b"") -> Chunk:
    """A chunk that says that the source cannot be read further."""
    return Chunk(name, row, "lines", b"", read=place, rejected=(Rejected(name, row, f"从这里起读不下去（{error}）", shown(raw)),))
