"""Marks and characters that stand twice, and marks that have no partner.

Words written wrongly are lists (``lexicons/wording/words/``); here is what a list cannot say.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import ClassVar

from govmedia_screen.detectors.base import Reading
from govmedia_screen.detectors.wording.repeats import across_lines, repeated_character
from govmedia_screen.finding import Finding, Level
from govmedia_screen.lexicon.lexicon import Lexicon
from govmedia_screen.matching.fold import doubled
from govmedia_screen.matching.text import Text
from govmedia_screen.profile import Profile
from govmedia_screen.system.lazy import pattern

PAIRS = (("《", "》"), ("“", "”"), ("（", "）"), ("【", "】"), ("〔", "〕"), ("「", "」"), ("『", "』"))
#: Half-width brackets that may stand for a full-width partner.
HALF = {"（": "(", "）": ")"}
#: A text that does not end so may be an excerpt.
COMPLETE = "。！？…”》）】」』!?.~～↓"
#: How near to the edge of a text a partner is not missed, in code points.
EDGE = 2
#: After this begins a quotation that an excerpt of a law may cut off, and a paragraph of one whose line ends are lost.
AMENDED = pattern(r"(?:(?:修改|修正|改|如下|规定)(?:为)?|作为第[一二三四五六七八九十百零]{1,6}条)：\Z")
PARAGRAPH = "。；：？！"
#: A closing bracket after a number or a letter counts points: 1）、a）、①）、一）.
COUNTING = pattern(r"(?:^|[\s，。；：、\n（])?[\d一二三四五六七八九十a-zA-Z①-⑳]{1,3}\Z")


class CharacterDetector:
    """Find doubled marks and characters, and unmatched marks."""

    family: ClassVar[str] = "wording"

    def __init__(self, lexicon: Lexicon, profile: Profile) -> None:
        self.repeat = lexicon["wording.character.repeat"]
        self.unmatched = lexicon["wording.character.unmatched"]
        self.line_end = frozenset(lexicon.cue("wording.line-end").written)

    def find(self, reading: Reading) -> Iterable[Finding]:
        """Yield the findings of every part."""
        found: list[Finding] = []
        for text in reading.texts:
            raw = text.raw
            for place in doubled(raw):
                if span := repeated_character(raw, place):
                    suggestion = raw[span[0] : span[1] - 1]
                    found.append(self.repeat.finding(text, *span, level=Level.NOTE, suggestion=suggestion))
            if "\n" in raw:
                found.extend(self.repeat.finding(text, *span, level=Level.NOTE) for span in across_lines(raw, self.line_end))
            if raw.rstrip()[-1:] not in COMPLETE:
                continue
            for opening, closing in PAIRS:
                if raw.count(opening) != raw.count(closing) if opening in raw else closing in raw:
                    found.extend(one for one in self.lonely(text, opening, closing) if is_inside(raw, one.start))
        return found

    def lonely(self, text: Text, opening: str, closing: str) -> Iterator[Finding]:
        """Marks of one kind without a partner in their paragraph.

        A quotation of several paragraphs opens each and closes the last; such a one is whole, on one line or on many.
        """
        start = 0
        raw = text.raw
        if opening in HALF:  # the same length, so that places stay
            raw = raw.replace(HALF[opening], opening).replace(HALF[closing], closing)
            if raw.count(opening) == raw.count(closing):
                return
        pending: int | None = None  # an opening quotation mark that its paragraph did not close
        for line in raw.split("\n"):
            open_at: list[int] = []
            for offset in places_of(line, opening, closing):
                place = start + offset
                if line[offset] == opening:
                    if not (opening == "“" and open_at and line[offset - 1] in PARAGRAPH):
                        open_at.append(place)
                elif open_at:
                    open_at.pop()
                elif pending is not None:
                    pending = None
                elif not (closing == "）" and COUNTING.search(line[: place - start][-5:])):
                    yield self.unmatched.finding(text, place, place + 1)
            start += len(line) + 1
            if not line.strip():
                continue
            if pending is not None and not (opening == "“" and line.lstrip()[:1] == opening):
                yield self.unmatched.finding(text, pending, pending + 1)
                pending = None
            if open_at:
                if opening == "“":
                    pending = open_at[-1] if pending is None else pending
                    rest = open_at[:-1]
                else:
                    rest = open_at
                for place in rest:
                    yield self.unmatched.finding(text, place, place + 1)
        if pending is not None and not AMENDED.search(raw, max(0, pending - 12), pending):
            yield self.unmatched.finding(text, pending, pending + 1)


def places_of(line: str, *marks: str) -> list[int]:
    """Where the marks stand in a line, in order."""
    places = []
    for mark in marks:
        place = line.find(mark)
        while place >= 0:
            places.append(place)
            place = line.find(mark, place + 1)
    return sorted(places)


def is_inside(raw: str, place: int) -> bool:
    """Whether the text goes on long enough on both sides: at the edge of an excerpt a partner may be cut off."""
    return EDGE <= place < len(raw.rstrip()) - EDGE
