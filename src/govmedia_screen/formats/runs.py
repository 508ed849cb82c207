"""Runs: where a text has letters and digits enough for a number, an account or a key.

A *run* is a stretch of letters and digits (full width, rings and digits of other scripts seen through). A *chain*
is runs joined by at most three spaces, line ends, hyphens, dots, brackets or other marks that part a number,
with five letters or digits at least: every number that a pattern knows stands in one chain,
however it is split. What a reader does not see (zero width, combining marks, the ring of a keycap; the same list
as for words) is left out beforehand. Most posts have no chain, so most posts cost one table look-up and
one search.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from functools import cache

from govmedia_screen.matching.fold import Fold, projected, tables
from govmedia_screen.matching.text import UNKNOWN, Text
from govmedia_screen.system import lazy
from govmedia_screen.system.native import core

#: So many letters or digits make a chain, with up to so many joiners between any two.
LEAST, GAP = 5, 3
CHAIN = lazy.pattern(rb"[13](?:0{0,3}[13]){4,}")
RUN = lazy.pattern(rb"[0-9A-Za-z]+")
#: So many numerals in a row, one of them Chinese: the shortest number that is worth reading (a mobile number).
LEAST_NUMERALS = 11
NUMERALS = lazy.pattern(rb"[23](?:0?[23]){10,}")
NUMERAL_VALUES = {
    char: str(value)
    for value, chars in enumerate(("〇零○", "一壹幺", "二贰", "三叁", "四肆", "五伍", "六陆", "七柒", "八捌", "九玖"))
    for char in chars
}
DASHES = "-–—‐‑‒―−﹣－_＿·•・"
#: Marks by which people mask a digit.
MASKS = "*＊×✱✲∗●◯█■□▇◆"
#: What a reader does not see, in a run's letters.
VANISHED = 0x01
ALPHANUMERIC = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz@"


class Runs:
    r"""What one scan found, in a text from which what nobody sees is left out.

    Attributes:
        text: that text.
        letters: one byte for each code point of it: letters and digits as themselves, every dash ``-``,
            every mask ``*``, line end ``\n``, tab ``\t``, other white space ``' '``,
            Han 0x80, ASCII punctuation as itself, a comma for 、, anything else 0x81.
        chains: start and end of each chain, in code points of ``text``.
        numerals: start and end of each stretch of eleven or more numerals of which some are Chinese.
        places: for each code point of ``text`` and its end the place in the caller's text, or None if they are the same.
    """

    __slots__ = ("chains", "letters", "numerals", "places", "raw", "text")

    def __init__(self, raw: str, places: Sequence[int] | None, text: str, letters: bytes, spans: Spans) -> None:
        self.raw, self.places, self.text, self.letters = raw, places, text, letters
        self.chains, self.numerals = spans

    def placed(self, start: int, end: int) -> tuple[int, int]:
        """A span of ``text`` in the caller's text, with the marks that are drawn over its last character (a keycap's ring)."""
        if self.places is None:
            return start, end
        first, last = self.places[start], self.places[end - 1] + 1
        while last < self.places[end] and unicodedata.category(self.raw[last]) in {"Mn", "Me"}:
            last += 1
        return first, last


Spans = tuple[list[tuple[int, int]], list[tuple[int, int]]]


@cache
def projections() -> tuple[bytes, bytes]:
    """Two tables over all code points: the class, and the letters.

    The classes are ``1`` letter, ``3`` digit, ``0`` joiner, ``2`` Chinese numeral, ``4`` what is not seen, a comma for the rest.
    """
    known = tables()
    letters = bytearray(known.letters)
    vanished = known.kind.translate(bytes(kind == Fold.INVISIBLE for kind in range(256)))
    place = vanished.find(1)
    while place >= 0:
        if known.fold[place] == 0:
            letters[place] = VANISHED
        place = vanished.find(1, place + 1)
    for chars, byte in ((DASHES, 0x2D), (MASKS, 0x2A), ("、", 0x2C), ("\t", 0x09), ("\r", 0x20)):
        for char in chars:
            letters[ord(char)] = byte
    meaning = dict.fromkeys(ALPHANUMERIC, "1") | dict.fromkeys(b"0123456789", "3")
    meaning |= dict.fromkeys(b" \n\t-.()/,|*+~\\", "0") | {VANISHED: "4"}
    classes = letters.translate(bytes(ord(meaning.get(byte, ",")) for byte in range(256)))
    for char in NUMERAL_VALUES:
        classes[ord(char)] = ord("2")
    return bytes(classes), bytes(letters)


def scan(text: str) -> Runs | None:
    """The chains of a text, or None if it has none."""
    by_class, by_letter = projections()
    found = chains_of(text, by_class)
    if not found[0] and not found[1]:
        return None
    letters = projected(text, by_letter)
    if VANISHED not in letters:
        return Runs(text, None, text, letters, found)
    places = [place for place, byte in enumerate(letters) if byte != VANISHED]
    seen = "".join([text[place] for place in places])
    return Runs(text, [*places, len(text)], seen, letters.replace(b"\x01", b""), chains_of(seen, by_class))


def chains_of(text: str, by_class: bytes) -> Spans:
    """The chains of a text and its stretches of Chinese numerals."""
    if core is None:
        return spans(projected(text, by_class))
    found: Spans = core.chains(text, by_class, LEAST, GAP, LEAST_NUMERALS)
    return found


def spans(classes: bytes) -> Spans:
    """The chains and the stretches of numerals of a text, by the classes of its characters."""
    places: Sequence[int] = range(len(classes))
    if b"4" in classes:
        places = [place for place, byte in enumerate(classes) if byte != 0x34]
        classes = classes.replace(b"4", b"")
    matches = [*CHAIN.finditer(classes)], [*NUMERALS.finditer(classes)] if b"2" in classes else []
    chains, numerals = (
        [(places[one.start()], places[one.end() - 1] + 1) for one in found if wanted in one[0]]
        for found, wanted in zip(matches, (b"", b"2"), strict=True)
    )
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
