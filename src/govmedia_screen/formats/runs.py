"""Runs: where a text has letters and digits enough for a number, an account or a key.

A *run* is a stretch of ASCII letters and digits (full width and rings seen through). A *chain*
is runs joined by at most three spaces, line ends, hyphens, dots, brackets or invisible characters,
with five letters or digits at least: every number that a pattern knows stands in one chain,
however it is split. Most posts have no chain, so most posts cost one table look-up and
one search.
"""

from __future__ import annotations

from functools import cache

from govmedia_screen.matching.fold import projected, tables
from govmedia_screen.matching.text import UNKNOWN, Text
from govmedia_screen.system import lazy
from govmedia_screen.system.native import core

#: So many letters or digits make a chain, with up to so many joiners between any two.
LEAST, GAP = 5, 3
CHAIN = lazy.pattern(rb"1(?:0{0,3}1){4,}")
RUN = lazy.pattern(rb"[0-9A-Za-z]+")
#: So many Chinese numerals in a row: the shortest number that is worth reading (a mobile number).
LEAST_NUMERALS = 11
NUMERALS = lazy.pattern(rb"2{11,}")
NUMERAL_VALUES = {
    char: str(value)
    for value, chars in enumerate(("〇零○", "一壹幺", "二贰", "三叁", "四肆", "五伍", "六陆", "七柒", "八捌", "九玖"))
    for char in chars
}
DASHES = "-–—‐‑‒―−﹣－_＿·•・"
INVISIBLE = "\u200b\u200c\u200d\u2060\ufeff\u00ad\u200e\u200f\u202a\u202b\u202c\u202d\u202e"


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
def projections() -> tuple[bytes, bytes]:
    """Two tables over all code points: the class (``1`` letter or digit, ``0`` joiner, ``2`` Chinese numeral), the letters."""
    letters = bytearray(tables().letters)
    for char in DASHES + INVISIBLE:
        letters[ord(char)] = 0x2D
    letters[0x09] = 0x09
    meaning = dict.fromkeys(b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz@", ord("1")) | dict.fromkeys(
        b" \n\t-.()", ord("0")
    )
    classes = letters.translate(bytes(meaning.get(byte, ord(",")) for byte in range(256)))
    for char in NUMERAL_VALUES:
        classes[ord(char)] = ord("2")
    return bytes(classes), bytes(letters)


def scan(text: str) -> Runs | None:
    """The chains of a text, or None if it has none."""
    by_class, by_letter = projections()
    if core is not None:
        chains, numerals = core.chains(text, by_class, LEAST, GAP, LEAST_NUMERALS)
    else:
        chains, numerals = spans(projected(text, by_class))
    return Runs(projected(text, by_letter), chains, numerals) if chains or numerals else None


def spans(classes: bytes) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
    """The chains and the stretches of numerals of a text, by the classes of its characters."""
    chains = [match.span() for match in CHAIN.finditer(classes)] if classes.count(b"1") >= LEAST else []
    numerals = [match.span() for match in NUMERALS.finditer(classes)] if b"2" * LEAST_NUMERALS in classes else []
    return chains, numerals


def digits_of(numerals: str) -> str:
    """Chinese numerals as ASCII digits; other characters as they are."""
    return "".join(NUMERAL_VALUES.get(char, char) for char in numerals)


def runs_of(text: Text) -> Runs | None:
    """The scan of a text, made once for all detectors."""
    if text.runs is UNKNOWN:
        text.runs = scan(text.sheet.parts[text.index])
    found: Runs | None = text.runs
    return found
