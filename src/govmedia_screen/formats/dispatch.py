"""Dispatch: each run of a scan picks the few patterns that can begin with it.

``plain`` is the same search without any choosing: every pattern over the whole text. It is what
``find`` must equal, and is here for the test that proves it and for the benchmark.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from govmedia_screen.formats.numbers import JOINERS, PATTERNS, Pattern
from govmedia_screen.formats.runs import RUN, Runs, digits_of
from govmedia_screen.system import lazy

DIGIT_OR_AT = lazy.pattern(rb"[0-9@]")
LONGEST = 64
#: No number of digits alone has fewer.
SHORTEST = min(one.least for one in PATTERNS if one.name != "email" and any(digit in one.first for digit in b"0123456789"))
#: What a number written in Chinese numerals can be: the patterns of its digits without anything between.
RESIDENT = tuple(one for one in PATTERNS if one.name == "resident")[:1]
MOBILE = tuple(one for one in PATTERNS if one.name == "mobile")[:1]


class Number(NamedTuple):
    """One place that a pattern fits.

    Attributes:
        name: the pattern's name.
        start: first code point in the part.
        end: one past the last.
        value: the letters and digits without what parts them.
        verdict: what the pattern's check says of it.
    """

    name: str
    start: int
    end: int
    value: str
    verdict: str


@cache
def choices(byte: int, size: int, room: int, at: bool) -> tuple[tuple[int, Pattern], ...]:
    """The patterns to try at a run, with their places in the list.

    Args:
        byte: the run's first letter or digit.
        size: its length, 64 for 64 and more.
        room: what is left of its chain, as long at most.
        at: whether the text has an ``@``; without one there is no address.
    """
    return tuple(
        (place, one)
        for place, one in enumerate(PATTERNS)
        if byte in one.first and size in one.runs and one.least <= room and (at or one.name != "email")
    )


def judged(one: Pattern, letters: bytes, start: int, end: int) -> Number | None:
    """The number at a place where the pattern fits, if its check stands."""
    value = letters[start:end].translate(None, JOINERS) if one.name not in KEEP else letters[start:end]
    text = value.decode("latin-1")
    verdict = one.check(text)
    return Number(one.name, start, end, text, verdict) if verdict else None


#: Formats in which dots and hyphens are part of the value.
KEEP = frozenset({"email"})


def find(runs: Runs) -> list[Number]:
    """Every number of every pattern, by pattern, then by place; those of different patterns may overlap."""
    letters = runs.letters
    at = b"@" in letters
    found: dict[int, list[Number]] = {}
    done: dict[int, int] = {}
    for first, last in runs.chains:
        if (last - first < SHORTEST and letters[first:last].isdigit()) or not DIGIT_OR_AT.search(letters, first, last):
            continue
        for run in RUN.finditer(letters, first, last):
            start, end = run.span()
            for place, one in choices(letters[start], min(end - start, LONGEST), min(last - start, LONGEST), at):
                if start < done.get(place, 0):
                    continue
                match = one.regex.match(letters, start)
                if match:
                    number = judged(one, letters, start, match.end())
                    if number:
                        done[place] = number.end
                        found.setdefault(place, []).append(number)
    return [number for place in sorted(found) for number in found[place]]


def plain(letters: bytes) -> list[Number]:
    """The same, one pattern after another over the whole text."""
    return [number for one in PATTERNS for number in one_by_one(one, letters)]


def one_by_one(one: Pattern, letters: bytes) -> Iterator[Number]:
    """The numbers of one pattern, leftmost first, without overlaps."""
    place = 0
    while match := one.regex.search(letters, place):
        number = judged(one, letters, *match.span())
        if number:
            yield number
        place = match.end() if number else match.start() + 1


def spelled(runs: Runs, raw: str) -> Iterator[Number]:
    """Mobile and identity numbers written in Chinese numerals; a numeral that ends a name before them is left out."""
    for start, end in runs.numerals:
        digits = digits_of(raw[start:end])
        for size in (18, 11):
            for offset in {0, len(digits) - size}:
                if not 0 <= offset <= 1 or len(digits) - offset != size:
                    continue
                for one in RESIDENT if size == 18 else MOBILE:
                    verdict = one.check(digits[offset:])
                    if verdict and verdict != "invalid":
                        yield Number(one.name, start + offset, end, digits[offset:], verdict)
