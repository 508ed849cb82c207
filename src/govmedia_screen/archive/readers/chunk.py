"""Chunk and Rejected: what readers hand to workers, and what nobody could read."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Any

#: About how much of a source is one chunk, in bytes.
SIZE = 4 << 20
#: How many rows of a table are one chunk.
ROWS = 4096
#: The longest record that is read, in bytes; a longer one is rejected and never held in memory.
LONGEST = 40 << 20
#: Changes with every change of what readers make of a source; results of another one are not taken over.
READERS = 3


@dataclass(frozen=True, slots=True)
class Rejected:
    """A record that could not be read.

    Attributes:
        source: the file, with ``#sheet`` or ``#table`` where there are several.
        row: the line or row in it, from 1; 0 is the file as a whole.
        reason: why, in Chinese.
        raw: how it begins.
    """

    source: str
    row: int
    reason: str
    raw: str = ""

    def to_dict(self) -> dict[str, Any]:
        """A line of ``rejected.jsonl``."""
        return {"source": self.source, "row": self.row, "reason": self.reason, "raw": self.raw}


@dataclass(frozen=True, slots=True)
class Chunk:
    """A stretch of a source: the unit of work, of resuming, and of the output's files.

    Attributes:
        source: the file, with ``#sheet`` or ``#table``.
        first: the row that it begins with.
        form: how ``payload`` is to be read: ``lines``, ``rows``, ``arrow`` or ``files``.
        payload: the raw material, read by a worker.
        names: the columns' names, for rows.
        read: how many bytes of the source have been read when it ends, for the progress bar.
        rejected: what the reader itself had to reject.
        remarks: what has to be said of the source, with the row from which on it holds.
    """

    source: str
    first: int
    form: str
    payload: Any
    names: tuple[str, ...] = ()
    read: int = 0
    rejected: tuple[Rejected, ...] = ()
    remarks: tuple[Rejected, ...] = ()

    def digest(self) -> str:
        """A hash of all that the chunk's results depend on but screening itself."""
        result = hashlib.blake2b(digest_size=16)
        result.update(
            repr((READERS, self.source, self.first, self.form, self.names, self.rejected, self.remarks)).encode("utf-8", "surrogatepass")
        )
        if self.form == "files":
            for name, data in self.payload:
                result.update(f"{name}\0{len(data)}\0".encode("utf-8", "surrogatepass"))
                result.update(data)
        else:
            data = self.payload
            result.update(data if isinstance(data, bytes) else repr(data).encode("utf-8", "surrogatepass"))
        return result.hexdigest()


def shown(raw: bytes | str, limit: int = 300) -> str:
    """How a record begins, as text that any file can hold."""
    if isinstance(raw, bytes):
        return raw[:limit].decode("utf-8", "backslashreplace")
    return raw[:limit].encode("utf-8", "backslashreplace").decode()
