"""Queue: submit → findings → decisions by tier → receipt → proof that what is published is what was approved (第十七条).

Example:
    >>> from govmedia_screen import Post, Screener
    >>> from govmedia_screen.review.queue import Queue
    >>> queue = Queue("送审.sqlite")  # doctest: +SKIP
    >>> number = queue.submit(Screener().screen(Post("…", title="…")), author="张某").number  # doctest: +SKIP
    >>> receipt = queue.decide(number, "approve", "王某", tier=2)  # doctest: +SKIP
    >>> queue.verify(Post("…", title="…")).approved  # doctest: +SKIP
    True
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any

from govmedia_screen.documents.markup import see
from govmedia_screen.errors import InputError
from govmedia_screen.ledger.ledger import Approvals
from govmedia_screen.ledger.record import Record, Screened, chained, content, following, held, parsed, written
from govmedia_screen.post import Post
from govmedia_screen.report.report import Report
from govmedia_screen.review.database import Database, opened

#: What may become of a submission.
WAITING, APPROVED, RETURNED = "waiting", "approved", "returned"


@dataclass(frozen=True, slots=True)
class Submission:
    """A post that was submitted.

    Attributes:
        number: its number in the queue, from 1.
        at: when (ISO 8601 with offset).
        author: who wrote it.
        required: the tier that must sign.
        state: ``waiting``, ``approved`` or ``returned``.
        post: the post's fields.
        report: its report when it was submitted, as ``Report.to_dict``; and ``redacted``, its parts as ``Report.redacted`` gives them.
    """

    number: int
    at: str
    author: str
    required: int
    state: str
    post: dict[str, Any]
    report: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Proof:
    """Whether a text is one that was approved.

    Attributes:
        approved: whether exactly this text was approved by the tier that it needed, and not returned since.
        reason: why not, for an editor; empty if it was.
        receipt: the record that decided, or None if there is none.
    """

    approved: bool
    reason: str
    receipt: Record | None


#: No database numbers its rows beyond 32 bits' worth of submissions (PostgreSQL's integer).
LARGEST = 2**31


class Queue:
    """Submissions and their decisions in one database.

    Args:
        place: a file (SQLite) or a ``postgresql://`` address.
        self_approval: whether an author may approve what is their own.
        key: signs receipts (HMAC-SHA-256), so that who lacks it cannot make one; None for unsigned receipts.

    Raises:
        InputError: the database cannot be opened.
        MissingExtra: PostgreSQL needs its extra.
    """

    def __init__(self, place: str, self_approval: bool = False, key: bytes | None = None) -> None:
        self.name, self.self_approval, self.key = place.rpartition("@")[2], self_approval, key
        self.database: Database = opened(place)

    def submit(self, report: Report, author: str) -> Submission:
        """Put a post into the queue; it is on the disk when this returns.

        Raises:
            InputError: the author is not named.
        """
        if not author.strip():
            raise InputError("送审须写明作者")
        post = {name: value for name, value in asdict(report.post).items() if value not in (None, "", {})}
        at = datetime.now().astimezone().isoformat(timespec="seconds")
        made = Submission(
            0, at, author.strip(), max(1, report.review_tier), WAITING, post, report.to_dict() | {"redacted": report.redacted()}
        )
        with self.database.transaction() as execute:
            number = execute("SELECT COALESCE(MAX(number), 0) + 1 FROM submissions").fetchone()[0]
            execute(
                "INSERT INTO submissions VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                (number, at, made.author, content(report.post), made.required, WAITING, plain(post), plain(made.report)),
            )
        return replace(made, number=number)

    def waiting(self, tier: int = 3) -> list[Submission]:
        """What waits for a signature of that tier or below, the oldest first."""
        rows = self.database.rows("SELECT * FROM submissions WHERE state = ? AND required <= ? ORDER BY number", (WAITING, tier))
        return [submission(row) for row in rows]

    def get(self, number: int) -> Submission:
        """One submission.

        Raises:
            InputError: there is none of that number.
        """
        rows = self.database.rows("SELECT * FROM submissions WHERE number = ?", (number,)) if abs(number) < LARGEST else []
        if not rows:
            raise InputError(f"没有编号为 {number} 的送审稿件")
        return submission(rows[0])

    def decide(self, number: int, action: str, person: str, tier: int, note: str = "", opinions: Iterable[tuple[int, bool]] = ()) -> Record:
        """Approve or return a submission; the record that this makes is the receipt.

        A signature below the required tier is recorded, and the submission goes on waiting for a higher one.

        Args:
            number: the submission.
            action: ``approve`` or ``return``.
            person: who signs.
            tier: at which tier, 1–3.
            note: a remark.
            opinions: for findings of the report, by place, whether they are right; false alarms are counted by rule.

        Raises:
            InputError: there is no such submission, it was decided already, or its author signs.
        """
        given = self.get(number)
        if given.state != WAITING:
            raise InputError(f"编号 {number} 的稿件已经{'审定' if given.state == APPROVED else '退回'}，不能再签")
        if action == "approve" and person.strip() == given.author and not self.self_approval:
            raise InputError("作者不能审定自己的稿件（方案里 self_approval = true 方可）")
        report = Restored(given)
        with self.database.transaction() as execute:
            state = execute("SELECT state FROM submissions WHERE number = ?", (number,)).fetchone()[0]
            if state != WAITING:
                raise InputError(f"编号 {number} 的稿件刚被别人签过，请刷新")
            last = execute("SELECT line FROM records ORDER BY number DESC LIMIT 1").fetchone()
            record = following(parsed(last[0], self.name, "末条") if last else None, action, report, person, tier, given.author, note)
            execute("INSERT INTO records VALUES (?, ?)", (record.number, written(record)))
            state = RETURNED if action == "return" else APPROVED if tier >= given.required else WAITING
            execute("UPDATE submissions SET state = ? WHERE number = ?", (state, number))
            for place, right in opinions:
                if place < len(given.report["findings"]):
                    rule = given.report["findings"][place]["rule"]
                    execute("INSERT INTO opinions VALUES (?, ?, ?, ?, ?)", (number, rule, int(right), record.person, record.at))
        return record

    def signature(self, record: Record) -> str:
        """The receipt's signature, empty without a key."""
        return hmac.new(self.key, record.hash.encode(), hashlib.sha256).hexdigest() if self.key else ""

    def records(self) -> Iterator[Record]:
        """Every decision, the chain checked on the way.

        Raises:
            LedgerError: a record was changed, taken out, put in or put elsewhere.
        """
        return chained((line for (line,) in self.database.rows("SELECT line FROM records ORDER BY number")), self.name)

    def check(self, anchor: str = "") -> tuple[int, str]:
        """Check the whole chain; see ``Ledger.verify``.

        Raises:
            LedgerError: the chain is broken, or the anchor is not in it.
        """
        return held(self.records(), self.name, anchor)

    def verify(self, post: Post) -> Proof:
        """Whether the text about to be published is the text that was approved.

        Raises:
            LedgerError: the chain is broken.
        """
        approvals = Approvals(self.records())
        same, others = approvals.of(post)
        if not same and (seen := see(post)):  # the markup that a content system puts around it is not another text
            same = approvals.of(seen[0])[0]
        if not same:
            return Proof(False, "同一编号审定的是另一份文字" if others else "这份文字没有审定记录", others[-1] if others else None)
        last = same[-1]
        if last.action == "return":
            return Proof(False, "这份文字已被退回", last)
        enough = max((one for one in same if one.action == "approve"), key=lambda one: one.tier)
        if enough.tier < max(1, enough.required):
            return Proof(False, f"签发级别不够：须{enough.required}级，现为{enough.tier}级", enough)
        return Proof(True, "", last)

    def false_alarms(self) -> list[tuple[str, int, int]]:
        """By rule: how many of its findings reviewers judged, and how many they called wrong; the most often wrong first."""
        return [
            (rule, int(count), int(wrong))
            for rule, count, wrong in self.database.rows(
                "SELECT rule, COUNT(*), SUM(1 - is_right) FROM opinions GROUP BY rule ORDER BY SUM(1 - is_right) DESC, rule"
            )
        ]

    def export(self) -> Iterator[str]:
        """The ledger as lines of a ``.jsonl`` file that ``ledger verify`` and ``check --ledger`` read."""
        return (line for (line,) in self.database.rows("SELECT line FROM records ORDER BY number"))

    def close(self) -> None:
        """Let go of the database."""
        self.database.close()


class Restored(Screened):
    """A stored report, as far as a record needs it."""

    def __init__(self, given: Submission) -> None:
        self.given = given

    @property
    def post(self) -> Post:
        """What was screened."""
        return Post(**({"body": ""} | self.given.post))

    @property
    def findings(self) -> tuple[Any, ...]:
        """What was found."""
        from govmedia_screen.finding import Finding, Level

        return tuple(Finding(one["rule"], Level.of(one["level"]), one["part"], one["start"], one["end"], one["text"], one["message"]) for one in self.given.report["findings"])  # fmt: skip

    @property
    def decision(self) -> object:
        """pass, review or block."""
        return self.given.report["decision"]

    @property
    def review_tier(self) -> int:
        """Who must sign."""
        return self.given.required

    @property
    def digest(self) -> str:
        """SHA-256 of the parts."""
        return str(self.given.report["digest"])

    @property
    def versions(self) -> dict[str, str]:
        """What screened it."""
        return dict(self.given.report["versions"])


def plain(value: object) -> str:
    """JSON that any database holds: lone surrogates and U+0000 are escaped."""
    return json.dumps(value, ensure_ascii=True, default=str)


def submission(row: tuple[Any, ...]) -> Submission:
    """A row as a submission."""
    number, at, author, _, required, state, post, report = row
    return Submission(number, at, author, required, state, json.loads(post), json.loads(report))
