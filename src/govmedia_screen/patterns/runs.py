"""Runs: where a text has letters and digits enough for a number, an account or a key.

A *run* is a stretch of ASCII letters and digits (full width and rings seen through). A *chain*
is runs joined by at most three spaces, line ends, hyphens, dots, brackets or invisible characters,
with five letters or digits at least: every number that a pattern knows stands in one chain,
however it is split. Most posts have no chain, so most posts cost one table look-up and
one search.
"""

from __future__ import annotations

from functools import cache
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from govmedia_screen import lazy
from govmedia_screen.folding import tables

#: Five letters or digits with up to three joiners between any two.
CHAIN = lazy.pattern(rb"1(?:0{0,3}1){4,}")
RUN = lazy.pattern(rb"[0-9A-Za-z]+")
#: Eleven Chinese numerals in a row: the shortest number that is worth reading (a mobile number).
NUMERALS = lazy.pattern(rb"2{11,}")
LEAST_NUMERALS = b"2" * 11
NUMERAL_VALUES = {
    char: str(value)
    for value, chars in enumerate(("〇零○", "一壹幺", "二贰", "三叁", "四肆", "五伍", "六陆", "七柒", "八捌", "九玖"))
    for char in chars
}
DASHES = "-–—‐‑‒―−﹣－_＿·•・"
INVISIBLE = "\u200b\u200c\u200d\u2060\ufeff\u00ad\u200e\u200f\u202a\u202b\u202c\u202d\u202e"


class Source(Protocol):
    """What a scan needs of a text: its code points, one number each."""

    @property
    def codes(self) -> NDArray[np.uint32]:
        """The code points."""


class Runs:
    r"""What one scan found.

    Attributes:
        letters: one byte for each code point: letters and digits as themselves, every dash and
            every invisible character ``-``, line end ``\n``, tab ``\t``, other white space ``' '``,
            Han 0x80, ASCII punctuation as itself, anything else 0x81.
        chains: start and end of each chain, in code points.
        numerals: start and end of each stretch of eleven or more Chinese numerals.
    """

    __slots__ = ("chains", "letters", "numerals")

    def __init__(self, letters: bytes, chains: list[tuple[int, int]], numerals: list[tuple[int, int]]) -> None:
        self.letters, self.chains, self.numerals = letters, chains, numerals


@cache
def projections() -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
    """Two tables over all code points: the class (``1`` letter or digit, ``0`` joiner, ``2`` Chinese numeral), the letters."""
    letters = tables().letters.copy()
    for char in DASHES + INVISIBLE:
        letters[ord(char)] = 0x2D
    letters[0x09] = 0x09
    classes = np.full(letters.size, ord(","), dtype=np.uint8)
    wanted = np.zeros(256, dtype=bool)
    wanted[[*b"0123456789", *b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz@"]] = True
    classes[wanted.take(letters)] = ord("1")
    joiners = np.zeros(256, dtype=bool)
    joiners[[*b" \n\t-.()"]] = True
    classes[joiners.take(letters)] = ord("0")
    for char in NUMERAL_VALUES:
        classes[ord(char)] = ord("2")
    return classes, letters


def scan(text: Source) -> Runs | None:
    """The chains of a text, or None if it has none."""
    by_class, by_letter = projections()
    codes = text.codes
    classes = by_class.take(codes).tobytes()
    chains = [match.span() for match in CHAIN.finditer(classes)] if classes.count(b"1") > 4 else []
    numerals = [match.span() for match in NUMERALS.finditer(classes)] if LEAST_NUMERALS in classes else []
    if not chains and not numerals:
        return None
    return Runs(by_letter.take(codes).tobytes(), chains, numerals)


def digits_of(numerals: str) -> str:
    """Chinese numerals as ASCII digits; other characters as they are."""
    return "".join(NUMERAL_VALUES.get(char, char) for char in numerals)


class Shared(Protocol):
    """What ``runs_of`` needs of a reading: a place for what detectors of one post share."""

    notes: dict[str, Any]


def runs_of(reading: Shared, text: Any) -> Runs | None:
    """The scan of one of a reading's texts, made once for all detectors."""
    key = "runs of " + str(text.part)
    try:
        found: Runs | None = reading.notes[key]
    except KeyError:
        found = reading.notes[key] = scan(text)
    return found
