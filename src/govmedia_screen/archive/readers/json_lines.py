"""JSON lines: cut a stream into stretches of whole lines, in bounded memory, however long a line is."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

from govmedia_screen.archive.readers.chunk import LONGEST, SIZE, Chunk, Rejected, shown
from govmedia_screen.errors import InputError

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
    return (gzip.GzipFile(fileobj=raw) if path.name.endswith(".gz") else raw), raw


def read(path: Path, name: str) -> Iterator[Chunk]:
    """The file's chunks, each of whole lines."""
    stream, raw = opened(path)
    line, rest = 1, b""
    with raw:
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
