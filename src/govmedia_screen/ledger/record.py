"""Record: one line of a ledger, sealed by a hash over itself and the record before.

No text of a post is kept, only digests of it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from typing import Any, Protocol

from govmedia_screen.chinese.dates import read_date
from govmedia_screen.errors import InputError, LedgerError
from govmedia_screen.finding import Finding, Level
from govmedia_screen.io.json_once import once
from govmedia_screen.ledger.likeness import sketch
from govmedia_screen.post import Post
from govmedia_screen.system import lazy

#: What can be recorded, and the word for it.
ACTIONS = {"approve": "审定", "return": "退回"}
#: The hash before the first record.
NOTHING = "0" * 64
#: What layout and copying add or take away: white space, invisible characters.
LAYOUT = lazy.pattern("[\\s\u00ad\u200b-\u200d\u2028\u2029\u2060-\u2064\ufeff]+")
#: White space that parts two numbers: 1 23 is not 12 3.
PARTED = lazy.pattern(r"(?<=[0-9０-９])\s+(?=[0-9０-９])")


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
    """SHA-256 of all published parts without white space and invisible characters: what an approval is bound to.

    What turns the order of signs round counts, and of an HTML file the targets of links, the pictures and the
    scripts do (``Post.meta["bound"]``).
    """
    extra = (text for pair in sorted(post.extra_parts.items()) for text in pair)
    bound = (str(post.meta["bound"]),) if "bound" in post.meta else ()
    text = "\0".join(LAYOUT.sub("", PARTED.sub("\x01", part)) for part in (post.title, post.body, *extra, *bound))
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
        sketch: what the text was like; see ``likeness``. Records of before it have none.
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
    sketch: str = ""

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
        values = {name: value for name, value in self.to_dict().items() if name != "hash"}
        return hashlib.sha256(json.dumps(values, ensure_ascii=True, sort_keys=True).encode()).hexdigest()

    def to_dict(self) -> dict[str, Any]:
        """A JSON-ready dictionary, without a sketch that is none."""
        values = asdict(self) | {"findings": list(self.findings)}
        return values if self.sketch != "" else {name: value for name, value in values.items() if name != "sketch"}


def validate(action: str, person: str, tier: int) -> None:
    """Refuse what no record may say.

    Raises:
        InputError: an argument says nothing.
    """
    if action not in ACTIONS or tier not in (1, 2, 3) or not person.strip():
        raise InputError("记入台账须有动作（approve 审定、return 退回）、签发人和签发级别（1–3）")


def following(
    last: Record | None, action: str, report: Screened, person: str, tier: int, author: str = "", note: str = "", at: datetime | None = None
) -> Record:
    """The record that comes after the last one, sealed; the arguments are those of ``Ledger.record``.

    Raises:
        InputError: an argument says nothing.
    """
    validate(action, person, tier)
    post = report.post
    moment = (at or datetime.now()).astimezone().isoformat(timespec="seconds")
    rules = tuple(sorted({one.rule for one in report.findings if one.level >= Level.REVIEW}))
    number, previous = (last.number + 1, last.hash) if last else (1, NOTHING)
    bare = Record(
        number, moment, action, person.strip(), tier, report.review_tier, str(report.decision), rules, content(post),
        report.digest, "" if post.id is None else str(post.id), post.account or "", author.strip(), note, dict(report.versions),
        previous, sketch=sketch(post),
    )  # fmt: skip
    return Record(**(asdict(bare) | {"hash": bare.sealed()}))


def parsed(line: str | bytes, name: str, where: str) -> Record:
    """One line as a record whose own hash is right.

    Raises:
        LedgerError: it is no record, or was changed; says in which ledger and where.
    """
    try:
        values = json.loads(line, object_pairs_hook=once)
        record = Record(**(values | {"findings": tuple(values["findings"])}))
        datetime.fromisoformat(record.at)
    except (ValueError, RecursionError) as error:
        raise LedgerError(f"{name}: {where}不是台账记录（{error}）") from None
    except (TypeError, AttributeError, KeyError):
        raise LedgerError(f"{name}: {where}不是台账记录（缺少字段，或有多余的字段）") from None
    if record.sealed() != record.hash:
        raise LedgerError(f"{name}: {where}的内容与它的校验值不符，被改动过")
    return record


def written(record: Record) -> str:
    """A record as its line, without the line's end."""
    return json.dumps(record.to_dict(), ensure_ascii=False)


def chained(lines: Iterable[str | bytes], name: str) -> Iterator[Record]:
    """The records of a ledger's lines, the chain checked on the way.

    Raises:
        LedgerError: a record was changed, taken out or put in, or its line is incomplete; says which line.
    """
    previous, number = NOTHING, 0
    for place, line in enumerate(lines, 1):
        if not line.strip():  # an editor's blank line takes nothing away
            continue
        number += 1
        if isinstance(line, bytes) and not line.endswith(b"\n"):
            raise LedgerError(f"{name}: 第{place}行不完整，多半是写入时断电；请运行 govmedia-screen ledger repair")
        record = parsed(line, name, f"第{place}行")
        if record.number != number or record.previous != previous:
            raise LedgerError(f"{name}: 第{place}行接不上前一条，此前有记录被删去、插入或调换")
        previous = record.hash
        yield record


def held(records: Iterable[Record], name: str, anchor: str = "") -> tuple[int, str]:
    """How many records there are, and the last one's hash; see ``Ledger.verify``.

    Raises:
        LedgerError: the anchor is not among them.
    """
    anchor = "".join(anchor.split()).lower()  # as it stands on paper, in groups
    count, head, found = 0, NOTHING, not anchor
    for record in records:
        count, head = record.number, record.hash
        found = found or (len(anchor) >= 8 and record.hash.startswith(anchor))
    if not found:
        raise LedgerError(f"{name}: 没有校验值为 {anchor} 的记录，台账被截短或换过")
    return count, head
