"""Right expressions, and what is one character away from them.

The expressions are those of all rules with ``expressions`` (``lexicons/wording/fixed.toml``). The automaton sees their pieces and,
of short ones, their likeliest wrong forms; here the place is compared with the whole expression. What is
right by itself is let alone: another listed expression, an innocent phrase of the rule (``unless``), a real word in
the place of a real word (``misreadings.py``).
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from typing import ClassVar

from govmedia_screen.chinese.dates import read_date
from govmedia_screen.detectors.base import Reading
from govmedia_screen.detectors.wording.joints import Expression, Joint
from govmedia_screen.detectors.wording.misreadings import Misreading, broken, is_error
from govmedia_screen.finding import Finding
from govmedia_screen.lexicon.compiled import COMPARED
from govmedia_screen.lexicon.lexicon import Lexicon
from govmedia_screen.matching.comparison import SHORT, SLACK, Edit, backwards, errors_of, exchanged, han, masks, pieces, readings
from govmedia_screen.matching.fold import folded
from govmedia_screen.matching.likeness import is_alike
from govmedia_screen.matching.text import Text
from govmedia_screen.matching.variants import sounds
from govmedia_screen.profile import Profile

#: What an editor reads of each kind of error.
LABELS = {"substituted": "错字", "missing": "漏字", "inserted": "多字", "doubled": "重字", "swapped": "字序颠倒"}


class FixedDetector:
    """Find what is nearly, but not quite, a listed expression."""

    family: ClassVar[str] = "wording"

    def __init__(self, lexicon: Lexicon, profile: Profile) -> None:
        self.rules = [rule for rule in lexicon if rule.expressions]
        self.comparer, self.shorts = lexicon.index.comparer, lexicon.index.shorts

    @cached_property
    def known(self) -> dict[str, Expression]:
        """Every expression by its wording."""
        every = (Expression.of(rule, entry) for rule in self.rules for entry in rule.expressions)
        return {one.text: one for one in every}

    @cached_property
    def joints(self) -> dict[str, Joint]:
        """Piece → the expressions that have it."""
        table: dict[str, Joint] = {}
        for one in self.known.values():
            for start, end in pieces(one.text):
                table.setdefault(han(one.text[start:end]), Joint()).add(one, start, end)
        return table

    @cached_property
    def masked(self) -> dict[str, list[Expression]]:
        """A short expression with one character masked → the expressions."""
        table: dict[str, list[Expression]] = {}
        for one in self.known.values():
            if len(one.text) <= SHORT + 1:
                for mask in masks(one.text):
                    table.setdefault(mask, []).append(one)
        return table

    @cached_property
    def right(self) -> frozenset[str]:
        """Everything that is right by itself."""
        return frozenset((*self.known, *(phrase for rule in self.rules for phrase in rule.unless)))

    @cached_property
    def beginning(self) -> dict[str, tuple[str, ...]]:
        """What is right by itself, by its first two characters."""
        table: dict[str, list[str]] = {}
        for text in self.right:
            table.setdefault(text[:2], []).append(text)
        return {pair: tuple(texts) for pair, texts in table.items()}

    @cached_property
    def longest(self) -> int:
        """The length of the longest of it, in code points."""
        return max(map(len, self.right), default=0)

    def find(self, reading: Reading) -> Iterable[Finding]:
        """Yield the findings of every part, of overlapping ones the one that explains most."""
        found: list[tuple[Expression, Text, Misreading]] = []
        seen: set[tuple[str, str, int]] = set()
        day = read_date(reading.post.published_at) if reading.post.published_at else None
        for text, start, end in reading.cues(COMPARED):
            raw = text.raw
            for one, first, last in self.candidates(raw, start, end):
                key = text.part, one.text, start - first
                if key in seen or (day is not None and day.year < one.first):
                    continue
                seen.add(key)
                if misreading := self.misread(raw, start, end, one.text, first, last):
                    found.append((one, text, misreading))
        for text in reading.texts:
            for right, start, size in self.shorts.find(text.raw):
                one = self.known[right]
                if (day is None or day.year >= one.first) and (misreading := self.misread_short(text.raw, start, size, right)):
                    found.append((one, text, misreading))
        return [finding for finding in best(found) if not is_listed(reading, finding)] if found else ()

    def candidates(self, raw: str, start: int, end: int) -> Iterable[tuple[Expression, int, int]]:
        """The expressions that may be meant where ``raw[start:end]`` was seen, and which part of them that is."""
        told = self.comparer.candidates(raw, start, end)
        if told is not None:
            return [(self.known[text], first, first + end - start) for text, first in told]
        joint = self.joints.get(raw[start:end]) or self.joints.get(han(raw[start:end]))
        return joint.candidates(raw, start) if joint else self.unpieced(raw[start:end])

    def unpieced(self, surface: str) -> list[tuple[Expression, int, int]]:
        """The expressions that a wrong form may stand for; nothing of them stands there for sure."""
        found = [one for mask in masks(surface) for one in self.masked.get(mask, ())]
        found += [self.known[other] for other in exchanged(surface) if other in self.known]
        return [(one, 0, 0) for one in found]

    def misread(self, raw: str, start: int, end: int, right: str, first: int, last: int) -> Misreading | None:
        """How the expression is misread where ``right[first:last]`` stands at ``raw[start:end]``, or None if it is right or something else."""
        size = len(right)
        if first == last:
            end = start
        elif raw[start:end] == right[first:last] and start >= first and raw.startswith(right, start - first):
            return self.doubled_edge(raw, start - first, right)
        errors = errors_of(right)
        inside = within(raw[start:end], right[first:last], first)
        if inside is None:
            return None
        lefts = list(readings(right[:first][::-1], raw[max(0, start - first - SLACK) : start][::-1], errors)) if first else [((), 0)]
        likeliest: Misreading | None = None
        for follow, after in readings(right[last:], raw[end : end + size - last + SLACK], errors - len(inside)):
            for left, before in lefts:
                if not 0 < len(left) + len(inside) + len(follow) <= errors:
                    continue
                edits = (*backwards(left, first), *inside, *(edit._replace(place=edit.place + last) for edit in follow))
                edits = tuple(again(edit, right) for edit in edits)
                misreading = Misreading(right, raw, start - before, end + after, edits)
                if (likeliest is None or worth(misreading) < worth(likeliest)) and is_error(misreading) and not self.is_right(misreading):
                    likeliest = misreading
        return likeliest

    def misread_short(self, raw: str, start: int, size: int, right: str) -> Misreading | None:
        """How a short expression is misread where ``raw[start:start + size]`` stands, or None if that is something else."""
        surface = raw[start : start + size]
        differ = [place for place in range(size) if surface[place] != right[place]] if size == len(right) else []
        if size <= SHORT and len(differ) == 1 and not is_alike(surface[differ[0]], right[differ[0]]):
            return None
        for edits, length in readings(right, surface, 1):
            misreading = Misreading(right, raw, start, start + size, edits)
            if edits and length == size and is_error(misreading) and not self.is_right(misreading):
                return misreading
        return None

    def doubled_edge(self, raw: str, start: int, right: str) -> Misreading | None:
        """A right expression whose first or last character stands twice."""
        end = start + len(right)
        for place, span in ((0, (start - 1, end)), (len(right), (start, end + 1))):
            char = right[0] if place == 0 else right[-1]
            if span[0] >= 0 and raw[span[0] if place == 0 else end : span[0] + 1 if place == 0 else end + 1] == char:
                misreading = Misreading(right, raw, *span, (Edit("doubled", place, char),))
                if is_error(misreading) and not self.is_right(misreading):
                    return misreading
        return None

    def is_right(self, misreading: Misreading) -> bool:
        """Whether something that is right by itself stands over the place where the expression is broken."""
        raw, right, edit = misreading.raw, misreading.right, misreading.edits[0]
        around = raw[max(0, misreading.start - 1) : misreading.end + 1]
        if edit.kind != "doubled" and folded(right) in folded(around):  # 人民代表大會
            return True
        if edit.kind in ("missing", "substituted") and len(misreading.edits) == 1:
            rest = right[1:] if edit.place == 0 else right[:-1] if edit.place == len(right) - 1 else ""
            if rest in self.right:
                return True
        first, last = broken(misreading)
        for begin in range(max(0, last - self.longest), first + 1):
            for text in self.beginning.get(raw[begin : begin + 2], ()):
                if begin + len(text) >= last and raw.startswith(text, begin):
                    return True
        return False


def is_listed(reading: Reading, finding: Finding) -> bool:
    """Whether a list of wrong forms has the same error: its rule says more about it."""
    return any(
        hit.replacement and hit.text.part == finding.part and hit.start < finding.end and finding.start < hit.end and not hit.rule.near
        for hit in reading.hits("wording")
    )


def worth(misreading: Misreading) -> tuple[int, bool]:
    """What orders readings of one place, the likeliest first: the fewest errors, and none of them at an edge."""
    edits, size = misreading.edits, len(misreading.right)
    return len(edits), any(edit.kind in ("substituted", "missing") and edit.place in (0, size - 1) for edit in edits)


def within(surface: str, piece: str, first: int) -> tuple[Edit, ...] | None:
    """What is wrong in a piece that the automaton saw: nothing, or one character twice; None if the piece is something else."""
    if surface == piece or not surface:
        return ()
    if len(surface) == len(piece) + 1:
        for place in range(1, len(surface)):
            if surface[place] == surface[place - 1] and surface[:place] + surface[place + 1 :] == piece:
                return (Edit("doubled", first + place, surface[place]),)
    return None


def again(edit: Edit, right: str) -> Edit:
    """The same error, called doubled if what was inserted is what stands beside it."""
    if edit.kind == "inserted" and edit.seen in right[max(0, edit.place - 1) : edit.place + 1]:
        return edit._replace(kind="doubled")
    return edit


def strangeness(misreading: Misreading) -> int:
    """How many of the wrong characters do not have the very syllable of the right ones."""
    syllables = sounds().characters
    return sum(
        edit.kind == "substituted" and syllables.get(edit.seen, "") != syllables.get(misreading.right[edit.place])
        for edit in misreading.edits
    )


def best(found: list[tuple[Expression, Text, Misreading]]) -> list[Finding]:
    """Of overlapping misreadings the one with the fewest errors, then of the longest expression, then what sounds exactly alike."""
    kept: list[Finding] = []
    taken: list[tuple[str, int, int]] = []
    for one, text, reading in sorted(found, key=lambda each: (len(each[2].edits), -len(each[0].text), each[2].start, strangeness(each[2]))):
        start, end = reading.start, reading.end
        if any(part == text.part and start < stop and begin < end for part, begin, stop in taken):
            continue
        taken.append((text.part, start, end))
        labels = tuple(LABELS[edit.kind] for edit in reading.edits)
        kept.append(
            one.rule.finding(
                text, start, end, suggestion=one.text, score=0.9 if len(one.text) > SHORT else 0.8, evidence=(one.text, *labels)
            )
        )
    return kept
