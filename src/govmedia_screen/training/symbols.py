"""The alphabet that a model reads: what is the same to it becomes one symbol.

A price, a date and a telephone number of another year are other digits but the same habit of
writing, so every digit is one symbol and every Latin letter another; width, case and
traditional forms are folded as everywhere in this package.
"""

from __future__ import annotations

import unicodedata

import numpy as np
from numpy.typing import NDArray

from govmedia_screen.classifier.numpy_scorer import BREAK, SYMBOLS
from govmedia_screen.matching.fold import tables

DIGIT, LETTER, SPACE, NEWLINE, EMOJI, OTHER = "0", "a", " ", "\n", "☺", "□"
QUOTES = dict.fromkeys("“”„‟「」『』＂〝〞", '"') | dict.fromkeys("‘’＇", "'") | {"～": "~", "∼": "~", "﹏": "_"}


def symbols() -> NDArray[np.uint32]:
    """For each code point of the basic plane, and for all others in one entry, the symbol."""
    same = tables().same
    table = np.arange(SYMBOLS, dtype=np.uint32)
    for code in range(SYMBOLS - 1):
        if code != BREAK:
            table[code] = ord(symbol(chr(code), chr(int(same[code]))))
    table[SYMBOLS - 1] = ord(EMOJI)
    return table


def symbol(written: str, folded: str) -> str:
    """The symbol of one character, given what ``Text.folded`` shows for it."""
    category = unicodedata.category(written)
    if written in "\r\n\u2028\u2029":
        return NEWLINE
    if written in QUOTES:
        return QUOTES[written]
    if category in ("Zs", "Cc", "Cf"):
        return SPACE
    if category in ("Cs", "Co", "Cn"):
        return OTHER
    if folded.isascii() and folded.isdigit():
        return DIGIT
    if folded.isascii() and folded.isalpha():
        return LETTER
    if category == "So" and written >= "\u2190":
        return EMOJI
    return folded
