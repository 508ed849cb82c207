"""Words of two and three characters, and the seams between them in an expression."""

from __future__ import annotations

from functools import lru_cache

from govmedia_screen.matching.likeness import short_words

NUMERALS = frozenset("〇零一二三四五六七八九十百千万亿两几第首次届1234567890")
#: Kinds of texts and bodies, whose names go on without them: 个人所得税 beside 个人所得税法.
OF_KINDS = frozenset("法部局厅署省市县")


def is_han(text: str) -> bool:
    """Whether every character is Han."""
    return all("\u3400" <= char <= "\u9fff" or char == "〇" for char in text)


def is_word(text: str) -> bool:
    """Whether it is a word of two or three characters."""
    return text in short_words()


@lru_cache(maxsize=1024)
def seams(right: str) -> frozenset[int]:
    """The places between the words of an expression, cut into as few words of up to three characters as can be."""
    size = len(right)
    best: list[tuple[int, tuple[int, ...]]] = [(0, ())]
    for end in range(1, size + 1):
        ways = [best[end - 1]]
        ways += [best[end - width] for width in (2, 3) if end >= width and is_word(right[end - width : end])]
        count, cuts = min(ways)
        best.append((count + 1, (*cuts, end)))
    return frozenset(best[size][1]) | {0}


def joined(right: str, place: int) -> bool:
    """Whether the character at a place belongs to a word of more than one character."""
    cuts = seams(right)
    return place not in cuts or place + 1 not in cuts


def is_bound(right: str, place: int) -> bool:
    """Whether the character at an edge is part of a longer word, and what is left of the word is none."""
    if right[place] in NUMERALS or not joined(right, place) or (place and right[place] in OF_KINDS):
        return False
    return not is_word(right[1:3]) if place == 0 else not is_word(right[-3:-1])
