"""Bridges: letters and digits put between two characters of a term (赌1博, 邪de教), found by a bitmap of the terms' pairs.

Most posts have digits between Han characters, and hardly any of those characters stand side by side in
a term, so one look at a bitmap passes over nearly all of them. Twins of ``pairs`` and ``bridges`` are in ``fold.c``.
"""

from __future__ import annotations

import re
from itertools import pairwise

from govmedia_screen.matching.automaton import decode
from govmedia_screen.system import lazy
from govmedia_screen.system.native import core

PAIR_BITS = 20
#: So many letters or digits are an insertion; more are a word of their own.
LONGEST = 8
RUN = lazy.pattern(r"[0-9a-z]+")
BETWEEN = lazy.pattern(r"(?<=[a-z])[0-9]+(?=[a-z])")


def pair_bit(first: int, second: int) -> int:
    """A pair's place in the bitmap."""
    return ((first * 0x9E3779B1 & 0xFFFFFFFF) ^ (second * 0x85EBCA77 & 0xFFFFFFFF)) >> (32 - PAIR_BITS)


def pairs(spelled: bytes) -> bytes:
    """The bitmap of all characters that stand side by side in terms, which are big-endian 16-bit code points parted by U+FFFF."""
    if core is not None:
        made: bytes = core.pairs(spelled)
        return made
    bits = bytearray(1 << (PAIR_BITS - 3))
    codes = memoryview(spelled[: len(spelled) // 2 * 2]).tolist()
    units = [codes[place] << 8 | codes[place + 1] for place in range(0, len(codes), 2)]
    for first, second in set(pairwise(units)):
        if first != 0xFFFF and second != 0xFFFF:
            bit = pair_bit(first, second)
            bits[bit >> 3] |= 1 << (bit & 7)
    return bytes(bits)


def bridges(view: bytes, bitmap: bytes) -> list[tuple[int, int]]:
    """Start and end, in the view, of letters and digits between Han of a pair, and of digits between letters."""
    if core is not None:
        found: list[tuple[int, int]] = core.bridges(view, bitmap, LONGEST)
        return found
    text = decode(view)
    return [span for match in RUN.finditer(text) for span in bridges_of(match, bitmap)]


def bridges_of(match: re.Match[str], bitmap: bytes) -> list[tuple[int, int]]:
    """Those of one run of letters and digits."""
    text = match.string
    start, end = match.span()
    found = []
    before, after = ord(text[start - 1]) if start else 0, ord(text[end]) if end < len(text) else 0
    if end - start <= LONGEST and 0x3400 <= before < 0xA000 and 0x3400 <= after < 0xA000:
        bit = pair_bit(before, after)
        if bitmap[bit >> 3] >> (bit & 7) & 1:
            found.append((start, end))
    if not match[0].isdecimal():
        inner = (one.span() for one in BETWEEN.finditer(text, start, end))
        found += [span for span in inner if span[1] - span[0] <= LONGEST]
    return found
