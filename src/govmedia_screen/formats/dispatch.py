"""Dispatch: each run of a scan picks the few patterns that can begin with it.

``plain`` is the same search without any choosing: every pattern over the whole text. It is what
``find`` must equal, and is here for the test that proves it and for the benchmark.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from govmedia_screen.formats.numbers import JOINERS, LOOSE, PATTERNS, Pattern
from govmedia_screen.formats.runs import RUN, Runs, digits_of
from govmedia_screen.system import lazy

DIGIT_OR_AT = lazy.pattern(rb"[0-9@]")
LONGEST = 64
#: Marks that part a number only behind its label, all read as one.
WIDE = b"/,|*+~\\().\t \n"
PARTED = lazy.pattern(rb"[0-9][-/,|*+~\\().\t \n]{1,3}[0-9]")
WIDELY = bytes(0x2D if byte in WIDE else byte for byte in range(256))
#: A mobile number with the numeral one for a dash: 138一1234一5678.
DASHED = lazy.pattern(r"(1[3-9][0-9])一([0-9]{4})一([0-9]{4})\Z")
#: No number of digits alone has fewer.
SHORTEST = min(one.least for one in PATTERNS if one.name != "email" and any(digit in one.first for digit in b"0123456789"))
#: What a number written in Chinese numerals can be: the patterns of its digits without anything between.
RESIDENT = tuple(one for one in PATTERNS if one.name == "resident")[:1]
MOBILE = tuple(one for one in PATTERNS if one.name == "mobile")[:1]
CARD = tuple(one for one in LOOSE if one.name == "card-loose")
SPELLED = ((18, RESIDENT), (11, MOBILE), *((size, CARD) for size in (16, 17, 18, 19)))


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


def judged(one: Pattern, letters: bytes, match: re.Match[bytes]) -> Number | None:
    """The number at a place where the pattern fits, if its check stands; a pattern's first group is the number itself."""
    start, end = match.span(match.re.groups and 1)
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
                    number = judged(one, letters, match)
                    if number:
                        done[place] = match.end()
                        found.setdefault(place, []).append(number)
    return [number for place in sorted(found) for number in found[place]]


def every(runs: Runs) -> list[Number]:
    """The numbers of ``find``, those parted by any marks, and those in Chinese numerals, at their places in the caller's text."""
    letters = runs.letters
    numbers = find(runs)
    for first, last in runs.chains:
        if last - first > SHORTEST and PARTED.search(letters, first, last):
            numbers.extend(parted(letters, first, last))
    if runs.numerals:
        numbers.extend(spelled(runs))
    if runs.places is None:
        return numbers
    return [Number(one.name, *runs.placed(one.start, one.end), *one[3:]) for one in numbers]


def parted(letters: bytes, first: int, last: int) -> Iterator[Number]:
    """What a chain holds if every mark in it may part a number."""
    widely = letters[:last].translate(WIDELY) + letters[last : last + 1]
    for one in LOOSE:
        done = first
        for run in RUN.finditer(widely, first, last):
            if run.start() >= done and letters[run.start()] in one.first and (match := one.regex.match(widely, run.start())):
                value = match[0].replace(b"-", b"").decode("latin-1")
                verdict = one.check(value)
                if verdict and len(value) < match.end() - match.start():
                    yield Number(one.name, *match.span(), value, verdict)
                    done = match.end()


def plain(letters: bytes) -> list[Number]:
    """The same, one pattern after another over the whole text."""
    return [number for one in PATTERNS for number in one_by_one(one, letters)]


def one_by_one(one: Pattern, letters: bytes) -> Iterator[Number]:
    """The numbers of one pattern, leftmost first, without overlaps."""
    place = 0
    while match := one.regex.search(letters, place):
        number = judged(one, letters, match)
        if number:
            yield number
        place = match.end() if number else match.start() + 1


def spelled(runs: Runs) -> Iterator[Number]:
    """Mobile and identity numbers some of whose digits are Chinese numerals.

    They begin where the stretch or a group in it does, or one later, since a numeral may end a name before them.
    """
    for start, end in runs.numerals:
        text = digits_of(runs.text[start:end])
        places = [place for place, char in enumerate(text) if char.isdecimal()]
        digits = "".join([text[place] for place in places])
        groups = [number for number, place in enumerate(places) if number and places[number - 1] != place - 1]
        for size, patterns in SPELLED:
            for first in dict.fromkeys((0, 1, *groups)):
                last = first + size
                if last != len(digits) and last not in groups:
                    continue
                begin, stop = start + places[first], start + places[last - 1] + 1
                if runs.text[begin:stop].isascii():
                    continue
                yield from checked(patterns, begin, stop, digits[first:last])
        if match := DASHED.search(runs.text, start, end):
            yield from checked(MOBILE, match.start(), match.end(), "".join(match.groups()))


def checked(patterns: tuple[Pattern, ...], start: int, end: int, digits: str) -> Iterator[Number]:
    """The number that digits make, if one of the patterns' checks holds."""
    for one in patterns:
        verdict = one.check(digits)
        if verdict and verdict != "invalid":
            yield Number(one.name, start, end, digits, verdict)
