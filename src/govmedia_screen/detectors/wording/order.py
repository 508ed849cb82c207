"""Fixed enumerations out of order, with a member left out, or with something else in a member's place.

The enumerations are the cue lists ``wording.fixed-order`` and ``wording.closed-order`` (``lexicons/wording/enumeration.toml``); of the second
a member left out is told even where the text does not call the enumeration by its name. The trigger list ``wording.order-sign``
has the names and members by which one is noticed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import ClassVar

from govmedia_screen.chinese.dates import read_date
from govmedia_screen.detectors.base import Reading
from govmedia_screen.detectors.wording.enumerations import Enumeration
from govmedia_screen.finding import Finding, Level
from govmedia_screen.lexicon.lexicon import Lexicon
from govmedia_screen.matching.text import Text
from govmedia_screen.profile import Profile

#: What an editor reads of each fault.
LABELS = {"missing": "漏项", "replaced": "有一项不对"}


class OrderDetector:
    """Find enumerations that are not what they should be."""

    family: ClassVar[str] = "wording"
    needs: ClassVar[str] = "cues"

    def __init__(self, lexicon: Lexicon, profile: Profile) -> None:
        self.lexicon = lexicon
        self.order, self.members = lexicon["wording.term.order"], lexicon["wording.term.enumeration"]

    @cached_property
    def known(self) -> dict[str, tuple[tuple[Enumeration, bool], ...]]:
        """Sign → the enumerations that it is a sign of, each with whether it is told without its name."""
        every = [
            (Enumeration.of(line), closed)
            for name, closed in (("wording.fixed-order", False), ("wording.closed-order", True))
            for line in self.lexicon.cue(name).written
        ]
        signs = self.lexicon.cue("wording.order-sign").written
        return {sign: tuple(each for each in every if sign in (*each[0].members, *each[0].names)) for sign in signs}

    def find(self, reading: Reading) -> Iterable[Finding]:
        """Yield what is wrong with the enumerations of every part."""
        found: dict[Finding, None] = {}
        day = None
        for text, start, end in reading.cues("wording.order-sign"):
            day = day or (read_date(reading.post.published_at) if reading.post.published_at else None)
            for one, closed in self.known.get(text.raw[start:end], ()):
                if day is None or one.first <= day.year <= one.last:
                    found |= dict.fromkeys(self.judge(text, start, end, one, closed))
        return list(found)

    def judge(self, text: Text, start: int, end: int, one: Enumeration, closed: bool) -> Iterator[Finding]:
        """The findings on the runs of one enumeration round a sign."""
        for run in one.runs(text.raw, start, end):
            if len(run.seen) + 1 < len(one.members):
                continue
            named = one.is_named(text.raw, run)
            fault = one.fault(text.raw, run, named)
            if fault == "order" and (named or closed or len(run.seen) == len(one.members)):
                level = Level.REVIEW if named else Level.NOTE
                yield self.order.finding(text, run.start, run.end, level=level, suggestion=one.righted(run, fault))
            elif fault and fault != "order" and (named or closed):
                level = Level.REVIEW if named else Level.NOTE
                yield self.members.finding(
                    text, run.start, run.end, level=level, suggestion=one.righted(run, fault), evidence=(*one.names[:1], LABELS[fault])
                )
