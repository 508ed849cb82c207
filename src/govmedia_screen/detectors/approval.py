"""Whether a published post was approved, in this wording, by the right person, before it came out (第十七条).

Asked only where ``settings.ledger`` names a ledger (``scan --ledger``, ``check --ledger``): a draft has no approval yet.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any, ClassVar

from govmedia_screen.detectors.base import Reading
from govmedia_screen.finding import Finding
from govmedia_screen.lexicon.lexicon import Lexicon
from govmedia_screen.matching.text import one

if TYPE_CHECKING:
    from govmedia_screen.ledger.ledger import Approvals
    from govmedia_screen.ledger.record import Record


class ApprovalDetector:
    """Find posts without an approval, changed after it, or approved too low or too late.

    The findings are about the whole post: their place is the beginning of its body, and nothing long.
    """

    family: ClassVar[str] = "approval"

    def __init__(self, lexicon: Lexicon, profile: Any = None) -> None:
        self.lexicon = lexicon
        self.ledger = profile.settings.get("ledger") if profile else None
        self.idle = not self.ledger
        if self.ledger:
            self.approvals  # noqa: B018  (a broken ledger is told of at once)

    @cached_property
    def approvals(self) -> Approvals:
        """The ledger's records, by text and by post."""
        from govmedia_screen.ledger.ledger import Approvals, Ledger  # most screeners have no ledger

        return self.ledger if isinstance(self.ledger, Approvals) else Approvals(Ledger(str(self.ledger)).records())

    def find(self, reading: Reading) -> Iterable[Finding]:
        """At most one finding, the gravest shortcoming, and beside it an author's own signature."""
        post = reading.post
        text = next((text for text in reading.texts if text.part == "body"), None) or one(post.body)
        same, others = self.approvals.of(post)
        for rule, evidence in judged(same, others, post.published_at):
            if rule == "approval.missing":
                evidence = tuple(f"与第{one.number}条（{one.post}，{said(one)}）大半相同" for one in self.approvals.alike(post)[-1:])
            yield self.lexicon[rule].finding(text, 0, 0, evidence=evidence)


def judged(same: Sequence[Record], others: Sequence[Record], published: Any) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The rules that a post breaks, with evidence.

    Args:
        same: the records of exactly this text, in order.
        others: those of the same post with another text.
        published: when it came out.
    """
    if not same:
        approved = [one for one in others if one.action == "approve"]
        if approved:
            yield "approval.changed", (said(approved[-1]), f"回执 {approved[-1].hash[:12]}")
        elif others:
            yield "approval.returned", (said(others[-1]), "改后未再送审")
        else:
            yield "approval.missing", ()
        return
    if same[-1].action == "return":
        yield "approval.returned", (said(same[-1]), same[-1].note) if same[-1].note else (said(same[-1]),)
        return
    returned = max((place for place, one in enumerate(same) if one.action == "return"), default=-1)
    approvals = same[returned + 1 :]
    required = max(one.required for one in same)
    enough = [one for one in approvals if one.tier >= required]
    if not enough:
        best = max(approvals, key=lambda one: one.tier)
        yield "approval.tier", (f"须{required}级签发，只到{best.tier}级", said(best))
        return
    if enough[0].later_than(published):
        yield "approval.late", (f"发布 {published}", said(enough[0]))
    if all(one.author and one.person == one.author for one in enough):
        yield "approval.self", (said(enough[0]),)


def said(record: Record) -> str:
    """A record in words."""
    return f"{record.at[:16].replace('T', ' ')} {record.person}（{record.tier}级）{'审定' if record.action == 'approve' else '退回'}"
