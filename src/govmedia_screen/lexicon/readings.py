"""Other readings of a text: without what was put between a term's characters, with letters for digits, turned round.

Each reading is a few dozen characters of the text, written anew, with the way back. The terms found in it
that need it (a term that stands in the text itself is found anyway) are hits like any other, disguised by ``Fold.LETTERS``.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from govmedia_screen.lexicon.hits import verify
from govmedia_screen.lexicon.index import Entry, Index
from govmedia_screen.matching.bridges import bridges
from govmedia_screen.matching.fold import Fold
from govmedia_screen.matching.text import Sheet, Text
from govmedia_screen.system import lazy

#: How far to either side of an insertion a reading goes, in code points.
REACH = 24
#: Letters that digits and signs are typed for (leet).
LEET = str.maketrans("013457@$", "oieastas")
#: A Latin term needs so many letters.
SHORTEST_LATIN = 4
OVERRIDE, POP, ENDS = "\u202e", "\u202c", lazy.pattern("[\u202c\n]")


class Other(NamedTuple):
    """One reading.

    Attributes:
        text: its characters.
        places: for each its place in the part.
        changed: places in ``text`` at which it differs: a hit must hold one, or begin before and end after it.
    """

    text: str
    places: Sequence[int]
    changed: Sequence[int]


def more_hits(index: Index, sheet: Sheet, texts: Sequence[Text]) -> Iterator[tuple[int, Entry, int, int, Fold]]:
    """The hits of all other readings of a sheet: which part, entry, start and end in it, disguise."""
    for part, other in others(index, sheet, texts):
        small = Sheet([other.text])
        text = Text("", other.text, small, 0)
        for last, number in index.matcher.find(small.view):
            for entry in index.entries(number):
                if entry.rule is None or entry.variant or Fold.LETTERS not in entry.rule.folds or not is_fit(entry.term):
                    continue
                place = verify(entry, small, text, last - entry.size, last)
                if place and any(place[0] < at < place[1] for at in other.changed):
                    covered = other.places[place[0] : place[1]]
                    yield part, entry, min(covered), max(covered) + 1, place[2] | Fold.LETTERS


def is_fit(term: str) -> bool:
    """Whether a term is of Han only, or of Latin letters only and long enough."""
    if term.isascii():
        return len(term) >= SHORTEST_LATIN and term.replace(" ", "").isalpha()
    return not any(char.isascii() and char.isalnum() for char in term)


def others(index: Index, sheet: Sheet, texts: Sequence[Text]) -> Iterator[tuple[int, Other]]:
    """The other readings of a sheet, each with its part."""
    for first, last in index.matcher.across(sheet.view, bridges(sheet.view, index.pairs), 2 * REACH):
        part = sheet.part_at(sheet.where[first])
        begin, end = sheet.where[first - 1] - texts[part].start + 1, sheet.where[last] - texts[part].start
        yield from ((part, one) for one in around(texts[part].raw, begin, end))
    if OVERRIDE in sheet.joined:
        for part, text in enumerate(texts):
            if OVERRIDE in text.raw:
                yield part, turned(text.raw)


def around(raw: str, begin: int, end: int) -> Iterator[Other]:
    """The readings around one insertion: all like it left out, and, between Latin letters, letters for digits."""
    first, last = max(0, begin - REACH), min(len(raw), end + REACH)
    if any(char.isalnum() and not is_plain(char) for char in raw[begin:end]):
        return
    latin = is_plain(raw[begin - 1])
    places: list[int] = []
    changed: list[int] = []
    place = first
    while place < last:
        stop = place
        while stop < last and is_plain(raw[stop]) and (raw[stop].isdecimal() or not latin):
            stop += 1
        inside = first < place < stop < last and raw[place - 1].isalpha() and raw[stop].isalpha()
        if stop > place and inside and is_plain(raw[place - 1]) == is_plain(raw[stop]) == latin:
            changed.append(len(places))
        else:
            stop = max(stop, place + 1)
            places.extend(range(place, stop))
        place = stop
    yield Other("".join([raw[place] for place in places]), places, changed)
    if latin:
        text = raw[first:last].translate(LEET)
        signs = [place - first for place in range(first, last) if text[place - first] != raw[place]]
        yield Other(text, range(first, last), signs)


def is_plain(char: str) -> bool:
    """Whether a character is a letter or digit that is not Han, and no numeral."""
    return char.isalnum() and not "\u3007" <= char < "\ua000"


def turned(raw: str) -> Other:
    """The text as it is shown: what stands behind a right-to-left override turned round."""
    places: list[int] = []
    changed: list[int] = []
    place = 0
    while place < len(raw):
        start = raw.find(OVERRIDE, place)
        if start < 0:
            break
        close = ENDS.search(raw, start)
        end = close.start() if close else len(raw)
        places.extend(range(place, start))
        changed.extend(range(len(places), len(places) + end - start))
        places.extend(range(end - 1, start, -1))
        place = end
    places.extend(range(place, len(raw)))
    return Other("".join([raw[one] for one in places]), places, changed)
