"""Ledger: who approved which text, append-only and tamper-evident (第十七条：分级分类审核、先审后发).

One JSON object a line. Each line holds the hash of the one before it, so that whatever is
changed, taken out or put in breaks the chain from there on; what is cut off at the end is seen by
whoever noted the last hash elsewhere (``verify(anchor=…)``). No text of a post is kept, only digests of it.

Example:
    >>> from govmedia_screen import Screener
    >>> from govmedia_screen.ledger.ledger import Ledger
    >>> receipt = Ledger("ledger.jsonl").record("approve", Screener().screen("今日晴。"), "王某", tier=2)  # doctest: +SKIP
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from govmedia_screen.errors import InputError, LedgerError
from govmedia_screen.ledger.likeness import likely, sketch
from govmedia_screen.ledger.record import Record, Screened, chained, content, following, held, parsed, validate, written
from govmedia_screen.post import Post
from govmedia_screen.system import lazy
from govmedia_screen.system.locks import locked

#: The end of a file's name: a dot and an ending.
FILE_NAME = lazy.pattern(r"\.[A-Za-z][A-Za-z0-9]{0,7}\Z")
#: How far back the last line is looked for at first, in bytes; hardly a record is as long.
TAIL = 65_536


class Ledger:
    """The ledger in one file; any number of processes may add to it.

    Args:
        path: a ``.jsonl`` file; it is made by the first record.
    """

    def __init__(self, path: str | Path) -> None:
        self.path = Path(path)

    def record(
        self, action: str, report: Screened, person: str, tier: int, author: str = "", note: str = "", at: datetime | None = None
    ) -> Record:
        """Add one record; it is on the disk when this returns.

        Args:
            action: ``approve`` or ``return``.
            report: the screening of what is approved or returned.
            person: who signs.
            tier: at which tier, 1–3.
            author: who wrote it.
            note: a remark.
            at: when; now if None.

        Raises:
            LedgerError: the ledger's last record is broken.
            InputError: an argument says nothing, or the file cannot be written.
        """
        validate(action, person, tier)  # before the file is made
        lock = self.path.with_name(f".{self.path.name}.lock")
        try:
            with locked(lock, f"{self.path}: 另一个程序正在写台账"), self.path.open("ab+") as file:
                sealed = following(self.last(file), action, report, person, tier, author, note, at)
                file.write(written(sealed).encode("utf-8", "backslashreplace") + b"\n")
                file.flush()
                os.fsync(file.fileno())
        except OSError as error:
            raise InputError(f"{self.path}: 无法写入台账（{error.strerror}）") from None
        return sealed

    def last(self, file: Any) -> Record | None:
        """The last record of the open file, or None if there is none."""
        size, back, data = file.seek(0, os.SEEK_END), TAIL, b""
        while size and b"\n" not in data.rstrip():
            file.seek(max(0, size - back))
            data = file.read()
            if back >= size:
                break
            back *= 4
        if not data.strip():
            return None
        if data.rpartition(b"\n")[2].strip():
            raise LedgerError(f"{self.path}: 最后一行不完整，多半是写入时断电；它没有生效，请运行 govmedia-screen ledger repair 移出后再记")
        return parsed(data.rstrip().rpartition(b"\n")[2], str(self.path), "最后一行")

    def records(self) -> Iterator[Record]:
        """Every record, the chain checked on the way.

        Raises:
            LedgerError: a record was changed, taken out or put in, or its line is incomplete; says which line.
            InputError: the file cannot be read.
        """
        try:
            with self.path.open("rb") as file:
                yield from chained(file, str(self.path))
        except FileNotFoundError:
            raise InputError(f"{self.path}: 找不到台账文件") from None
        except OSError as error:
            raise InputError(f"{self.path}: 无法读取台账（{error.strerror}）") from None

    def verify(self, anchor: str = "") -> tuple[int, str]:
        """Check the whole chain.

        Without an anchor this proves only that the records hold together: a chain that was made anew from its beginning, or cut
        off at its end, does so, too.

        Args:
            anchor: a hash noted earlier (from its first eight digits on); the ledger must still hold it.

        Returns:
            How many records, and the last one's hash: the next anchor.

        Raises:
            LedgerError: the chain is broken, or the anchor is not in it.
        """
        return held(self.records(), str(self.path), anchor)

    def repair(self) -> Path | None:
        """Move an incomplete last line, which never came into force, into a file beside; that file, or None if all lines are whole."""
        try:
            with locked(self.path.with_name(f".{self.path.name}.lock"), f"{self.path}: 另一个程序正在写台账"):
                data = self.path.read_bytes()
                end = data.rfind(b"\n") + 1
                if not data[end:].strip():
                    return None
                beside = self.path.with_name(f"{self.path.name}.incomplete")
                with beside.open("ab") as kept:
                    kept.write(data[end:] + b"\n")
                with self.path.open("rb+") as file:
                    file.truncate(end)
                return beside
        except OSError as error:
            raise InputError(f"{self.path}: 无法修复（{error.strerror}）") from None


class Approvals:
    """What was approved, by text and by post."""

    def __init__(self, records: Iterable[Record]) -> None:
        self.by_content: dict[str, list[Record]] = {}
        self.by_post: dict[str, list[Record]] = {}
        self.sketched: list[Record] = []
        for record in records:
            self.by_content.setdefault(record.content, []).append(record)
            if record.post:
                self.by_post.setdefault(record.post, []).append(record)
            if record.sketch:
                self.sketched.append(record)

    def of(self, post: Post) -> tuple[list[Record], list[Record]]:
        """The records of exactly this text, and those of the same post (id and account) with another text.

        A file's name is no lasting id: of a text that nobody signed under a name that nobody knows, the records of
        the same post are those of files whose text was nearly the same (``likeness``).
        """
        same = self.by_content.get(content(post), [])
        others = self.by_post.get(str(post.id), []) if post.id is not None else []
        if not same and not others and is_file_name(post.id):
            others = [one for one in self.alike(post) if is_file_name(one.post or None)]
        return same, [one for one in others if one not in same and (not one.account or not post.account or one.account == post.account)]

    def alike(self, post: Post) -> list[Record]:
        """The records of texts that were nearly this one, whatever their post was called; in order."""
        if not self.sketched:
            return []
        wanted = sketch(post)
        return [one for one in self.sketched if likely(one.sketch, wanted)]


def is_file_name(name: object) -> bool:
    """Whether a post's id is only the name of its file, or there is none."""
    return name is None or name == "-" or (isinstance(name, str) and FILE_NAME.search(name) is not None)
