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

import hashlib
import json
import os
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any, Protocol

from govmedia_screen.chinese.dates import read_date
from govmedia_screen.errors import InputError, LedgerError
from govmedia_screen.finding import Finding, Level
from govmedia_screen.post import Post
from govmedia_screen.system import lazy
from govmedia_screen.system.locks import locked

#: What can be recorded, and the word for it.
ACTIONS = {"approve": "审定", "return": "退回"}
#: The hash before the first record.
NOTHING = "0" * 64
#: What layout and copying add or take away: white space, invisible characters.
LAYOUT = lazy.pattern("[\\s\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2064\u2066-\u2069\ufeff]+")
#: How far back the last line is looked for at first, in bytes; hardly a record is as long.
TAIL = 65_536


class Screened(Protocol):
    """What a record takes from a ``Report``, which stands on a higher floor."""

    @property
    def post(self) -> Post:
        """What was screened."""

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What was found."""

    @property
    def decision(self) -> object:
        """pass, review or block, as text."""

    @property
    def review_tier(self) -> int:
        """Who must sign."""

    @property
    def digest(self) -> str:
        """SHA-256 of the parts."""

    @property
    def versions(self) -> Mapping[str, str]:
        """What screened it."""


def content(post: Post) -> str:
    """SHA-256 of title and body without white space and invisible characters: what an approval is bound to."""
    text = "\0".join(re.sub(LAYOUT.pattern, "", part) for part in (post.title, post.body))
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


@dataclass(frozen=True, slots=True)
class Record:
    """One line of the ledger; an approval's is the receipt.

    Attributes:
        number: its place, from 1.
        at: when (ISO 8601 with offset).
        action: ``approve`` 审定 or ``return`` 退回.
        person: who.
        tier: at which review tier that person signs (1 editor, 2 department, 3 leader).
        required: the tier that the screening asked for.
        decision: what the screening decided: pass, review or block.
        findings: the rules of its findings at REVIEW and above.
        content: what was approved; see ``content``.
        digest: SHA-256 of the exact parts, as in ``Report.digest``.
        post: the post's own id, or nothing.
        account: the account, or nothing.
        author: who wrote it, or nothing.
        note: the signer's remark.
        versions: program, lexicons, model and profile of the screening.
        previous: the hash of the record before.
        hash: the hash of this one.
    """

    number: int
    at: str
    action: str
    person: str
    tier: int
    required: int
    decision: str
    findings: tuple[str, ...]
    content: str
    digest: str
    post: str = ""
    account: str = ""
    author: str = ""
    note: str = ""
    versions: Mapping[str, str] = field(default_factory=dict)
    previous: str = NOTHING
    hash: str = ""

    def later_than(self, published: str | date | datetime | None) -> bool:
        """Whether it was made after a post came out; days are compared where no time of day is told."""
        if isinstance(published, str):
            try:
                published = date.fromisoformat(published) if len(published) == 10 else datetime.fromisoformat(published)
            except ValueError:
                published = read_date(published)
        moment = datetime.fromisoformat(self.at)
        if isinstance(published, datetime):
            return published < (moment if published.tzinfo else moment.replace(tzinfo=None))
        return published is not None and published < moment.date()

    def sealed(self) -> str:
        """The hash that this record must have."""
        values = {name: value for name, value in asdict(self).items() if name != "hash"}
        return hashlib.sha256(json.dumps(values, ensure_ascii=True, sort_keys=True).encode()).hexdigest()

    def to_dict(self) -> dict[str, Any]:
        """A JSON-ready dictionary."""
        return asdict(self) | {"findings": list(self.findings)}


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
        if action not in ACTIONS or tier not in (1, 2, 3) or not person.strip():
            raise InputError("记入台账须有动作（approve 审定、return 退回）、签发人和签发级别（1–3）")
        post = report.post
        moment = (at or datetime.now()).astimezone().isoformat(timespec="seconds")
        rules = tuple(sorted({one.rule for one in report.findings if one.level >= Level.REVIEW}))
        lock = self.path.with_name(f".{self.path.name}.lock")
        try:
            with locked(lock, f"{self.path}: 另一个程序正在写台账"), self.path.open("ab+") as file:
                last = self.last(file)
                number, previous = (last.number + 1, last.hash) if last else (1, NOTHING)
                bare = Record(
                    number, moment, action, person.strip(), tier, report.review_tier, str(report.decision), rules, content(post),
                    report.digest, "" if post.id is None else str(post.id), post.account or "", author.strip(), note, dict(report.versions),
                    previous,
                )  # fmt: skip
                sealed = Record(**(asdict(bare) | {"hash": bare.sealed()}))
                file.write(json.dumps(sealed.to_dict(), ensure_ascii=False).encode("utf-8", "backslashreplace") + b"\n")
                file.flush()
                os.fsync(file.fileno())
        except OSError as error:
            raise InputError(f"{self.path}: 无法写入台账（{error.strerror}）") from None
        return sealed

    def last(self, file: Any) -> Record | None:
        """The last record of the open file, or None if there is none."""
        size, back, data = file.seek(0, os.SEEK_END), TAIL, b""
        while size and b"\n" not in data[:-1]:
            file.seek(max(0, size - back))
            data = file.read()
            if back >= size:
                break
            back *= 4
        if not data:
            return None
        if not data.endswith(b"\n"):
            raise LedgerError(f"{self.path}: 最后一行不完整，多半是写入时断电；它没有生效，请运行 govmedia-screen ledger repair 移出后再记")
        return self.parsed(data.rstrip(b"\n").rpartition(b"\n")[2], "最后一行")

    def parsed(self, line: bytes, where: str) -> Record:
        """One line as a record whose own hash is right."""
        try:
            values = json.loads(line)
            record = Record(**(values | {"findings": tuple(values["findings"])}))
            datetime.fromisoformat(record.at)
        except ValueError as error:
            raise LedgerError(f"{self.path}: {where}不是台账记录（{error}）") from None
        except (TypeError, AttributeError, KeyError):
            raise LedgerError(f"{self.path}: {where}不是台账记录（缺少字段，或有多余的字段）") from None
        if record.sealed() != record.hash:
            raise LedgerError(f"{self.path}: {where}的内容与它的校验值不符，被改动过")
        return record

    def records(self) -> Iterator[Record]:
        """Every record, the chain checked on the way.

        Raises:
            LedgerError: a record was changed, taken out or put in, or its line is incomplete; says which line.
            InputError: the file cannot be read.
        """
        try:
            with self.path.open("rb") as file:
                previous = NOTHING
                for number, line in enumerate(file, 1):
                    if not line.endswith(b"\n"):
                        raise LedgerError(f"{self.path}: 第{number}行不完整，多半是写入时断电；请运行 govmedia-screen ledger repair")
                    record = self.parsed(line, f"第{number}行")
                    if record.number != number or record.previous != previous:
                        raise LedgerError(f"{self.path}: 第{number}行接不上前一条，此前有记录被删去、插入或调换")
                    previous = record.hash
                    yield record
        except FileNotFoundError:
            raise InputError(f"{self.path}: 找不到台账文件") from None
        except OSError as error:
            raise InputError(f"{self.path}: 无法读取台账（{error.strerror}）") from None

    def verify(self, anchor: str = "") -> tuple[int, str]:
        """Check the whole chain.

        Args:
            anchor: a hash noted earlier (from its first eight digits on); the ledger must still hold it.

        Returns:
            How many records, and the last one's hash: the next anchor.

        Raises:
            LedgerError: the chain is broken, or the anchor is not in it.
        """
        count, head, held = 0, NOTHING, not anchor
        for record in self.records():
            count, head = record.number, record.hash
            held = held or (len(anchor) >= 8 and record.hash.startswith(anchor))
        if not held:
            raise LedgerError(f"{self.path}: 没有校验值为 {anchor} 的记录，台账被截短或换过")
        return count, head

    def repair(self) -> Path | None:
        """Move an incomplete last line, which never came into force, into a file beside; that file, or None if all lines are whole."""
        try:
            with locked(self.path.with_name(f".{self.path.name}.lock"), f"{self.path}: 另一个程序正在写台账"):
                data = self.path.read_bytes()
                end = data.rfind(b"\n") + 1
                if end == len(data):
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
        for record in records:
            self.by_content.setdefault(record.content, []).append(record)
            if record.post:
                self.by_post.setdefault(record.post, []).append(record)

    def of(self, post: Post) -> tuple[list[Record], list[Record]]:
        """The records of exactly this text, and those of the same post (id and account) with another text."""
        same = self.by_content.get(content(post), [])
        others = self.by_post.get(str(post.id), []) if post.id is not None else []
        return same, [one for one in others if one not in same and (not one.account or not post.account or one.account == post.account)]
