"""Personal data: numbers, addresses, conditions tied to a name, and lists of them (第二十条).

A weak pattern finds a place, a check digit or the words around it decide: 办公电话 and 订单编号
are nobody's data, masked values (610881********1234) are good practice. The sentences that an
editor reads and all the words are in ``lexicons/privacy/``; formats and check digits in
``govmedia_screen.formats``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Any, ClassVar

from govmedia_screen.detectors.base import Reading
from govmedia_screen.detectors.privacy.labelled import Item, Place, Words
from govmedia_screen.detectors.privacy.lists import Listing, graded, lists_of
from govmedia_screen.detectors.privacy.numbers import judge
from govmedia_screen.detectors.privacy.phrases import TRIGGERS
from govmedia_screen.finding import Finding, Level
from govmedia_screen.formats.dispatch import Number, every
from govmedia_screen.formats.rows import apart
from govmedia_screen.formats.runs import runs_of
from govmedia_screen.lexicon.lexicon import Lexicon
from govmedia_screen.matching.text import Text

#: How near each other two items of one person stand, in code points.
BESIDE = 60
COLUMN_CUE = "privacy.sensitive-column"
OWN_CUES = frozenset({*TRIGGERS, COLUMN_CUE})


class PrivacyDetector:
    """Find personal data and lists of it."""

    family: ClassVar[str] = "privacy"
    needs: ClassVar[str] = "runs"

    def __init__(self, lexicon: Lexicon, profile: Any = None) -> None:
        self.lexicon = lexicon
        self.words = Words(lexicon)

    def find(self, reading: Reading) -> Iterable[Finding]:
        """Single items, then the lists that they make."""
        cues = reading.cue_hits is not None and not reading.cue_hits.keys().isdisjoint(OWN_CUES)
        findings: list[Finding] = []
        for text in reading.texts:
            runs = runs_of(text)
            numbers = every(runs) if runs is not None else []
            if numbers or cues:
                findings.extend(self.look(reading, text, numbers, cues))
        return findings

    def look(self, reading: Reading, text: Text, numbers: Sequence[Number], cues: bool) -> Iterator[Finding]:
        """The findings of one text."""
        place = Place(text, self.words, reading.post)
        items: list[Item] = judge(numbers, place) if numbers else []
        if cues:
            items = merged(items, self.triggered(reading, text, place))
        for one, other in pairwise(items):  # a number beside a name's other data is that person's
            for item, beside in ((one, other), (other, one)):
                if (
                    item.rule == "privacy.mobile"
                    and item.level == Level.NOTE
                    and not item.official
                    and beside.level > Level.NOTE
                    and other.start - one.end < BESIDE
                ):
                    item.level = Level.REVIEW
        listings = [*lists_of(items, place)] if len(items) > 2 else []
        for listing in listings:
            for item in items[slice(*listing.items)]:
                if listing.level == Level.NOTE and item.rule == "privacy.mobile":
                    item.level = Level.NOTE
                elif listing.level > Level.NOTE and item.level == Level.NOTE and not item.official and self.lexicon[item.rule].in_list:
                    item.level = Level.REVIEW
        for header in dict.fromkeys(place.rows.at(at) for one, at, _ in reading.cues(COLUMN_CUE) if one is text):
            names, tables = graded(place, header)
            items = merged(items, names) if names else items
            listings += [one for one in tables if not any(one.start < other.end and other.start < one.end for other in listings)]
        for item in items:
            yield self.lexicon[item.rule].finding(
                text, item.start, item.end, level=item.level, score=1.0 if item.proven else 0.7, evidence=item.evidence
            )
        for listing in listings:
            if listing.level > Level.NOTE:
                yield self.listed(listing, text)

    def triggered(self, reading: Reading, text: Text, place: Place) -> Iterator[Item]:
        """What the trigger words lead to."""
        for cue, look in TRIGGERS.items():
            for one, start, end in reading.cues(cue):
                if one is text:
                    yield from look(place, start, end)

    def listed(self, listing: Listing, text: Text) -> Finding:
        """The finding over a list, its columns named."""
        rule = self.lexicon["privacy.list"]
        message = rule.message.replace("{columns}", "、".join(listing.columns))
        return replace(
            rule.finding(text, listing.start, listing.end, level=min(listing.level, rule.level), evidence=listing.columns), message=message
        )


def merged(items: list[Item], more: Iterable[Item]) -> list[Item]:
    """Items in order; of those that overlap the graver stays, then the longer, then the first."""
    ranked = sorted([*items, *more], key=lambda item: (-item.level, item.start - item.end, item.start))
    return [ranked[index] for index in apart([(item.start, item.end) for item in ranked])]
