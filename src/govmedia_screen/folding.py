"""Fold: the disguises that are seen through, as tables over code points.

Every table is indexed by code point and made by ``tools/make_fold_table.py``, which names
its sources. Lexicons and texts are folded by the same tables, so whatever a fold does
to a text it does to the terms looked for in it.
"""

from __future__ import annotations

import enum
from functools import cache
from importlib import resources
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

PLACEHOLDER = 0xFFFD
BREAK = "\uffff"


class Fold(enum.IntFlag):
    """One kind of disguise. ``Fold.NOISE`` and ``REPEAT`` drop characters, the others exchange them."""

    WIDTH = 1  # 全角/半角与兼容字形：Ａ→A ㈱ ⼤→大
    CASE = 2  # 大小写
    TRADITIONAL = 4  # 繁体：賭→赌
    DIGITS = 8  # 数字样式：①⑴⒈壹一２→1
    INVISIBLE = 16  # 零宽、双向控制等不可见字符
    NOISE = 32  # 插入的符号、空格、表情、换行
    HOMOGLYPH = 64  # 形似字母：а(西里尔)→a 𝐀→a
    REPEAT = 128  # 重复：赌赌博博→赌博

    @classmethod
    def of(cls, names: list[str]) -> Fold:
        """The union of the folds of those names; KeyError names the first unknown one."""
        result = cls(0)
        for name in names:
            result |= cls[name.upper()]
        return result

    @property
    def names(self) -> tuple[str, ...]:
        """Its members' names as lexicons write them."""
        return tuple(str(member.name).lower() for member in Fold if member in self)


EVERY = Fold(255)
#: What a plain list of words sees through by itself: how it was typed, not how it was hidden.
TYPED = Fold.WIDTH | Fold.CASE | Fold.INVISIBLE
#: Folds whose use inside a term is evidence that somebody hides it.
HIDING = Fold.DIGITS | Fold.INVISIBLE | Fold.NOISE | Fold.HOMOGLYPH | Fold.REPEAT
LABELS = {
    Fold.WIDTH: "全半角",
    Fold.CASE: "大小写",
    Fold.TRADITIONAL: "繁体",
    Fold.DIGITS: "数字样式",
    Fold.INVISIBLE: "不可见字符",
    Fold.NOISE: "插入符号",
    Fold.HOMOGLYPH: "形似字母",
    Fold.REPEAT: "重复字符",
}


class Tables(NamedTuple):
    """The tables, each with one entry for every code point.

    Attributes:
        fold: the folded code point, 0 if the character is dropped; beyond the basic plane and
            for lone surrogates one placeholder.
        kind: which folds that took, as bits of ``Fold``.
        same: the folded code point, nothing dropped, numerals and punctuation kept.
        letters: one byte: letters, digits and punctuation of ASCII (width and rings seen through,
            case kept), 0x80 for Han, 0x20 and 0x0a for white space, 0x81 for anything else.
    """

    fold: NDArray[np.uint16]
    kind: NDArray[np.uint8]
    same: NDArray[np.uint16]
    letters: NDArray[np.uint8]


@cache
def tables() -> Tables:
    """Load the tables once (about 2 ms)."""
    size = 0x110000
    with resources.files("govmedia_screen").joinpath("data/fold.npz").open("rb") as file:
        data = np.load(file, allow_pickle=False)
        low = {name: data[name] for name in Tables._fields}
        high = data["high"]
    filler = {"fold": PLACEHOLDER, "kind": 0, "same": PLACEHOLDER, "letters": 0x81}
    whole = {}
    for name, table in low.items():
        whole[name] = np.full(size, filler[name], dtype=table.dtype)
        whole[name][: table.size] = table
    whole["fold"][high[:, 0]] = high[:, 1]
    whole["kind"][high[:, 0]] = high[:, 2]
    letter = high[:, 1] > 0
    whole["same"][high[letter, 0]] = high[letter, 1]
    whole["letters"][high[letter, 0]] = high[letter, 1]
    for code in (0xE0001, *range(0xE0020, 0xE0080), *range(0xE0100, 0xE01F0)):  # tags, variation selectors
        whole["fold"][code], whole["kind"][code] = 0, Fold.INVISIBLE
    return Tables(**whole)


def codes_of(text: str) -> NDArray[np.uint32]:
    """The text's code points; lone surrogates are code points like any other."""
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4")


def fold(text: str, folds: Fold = EVERY) -> str:
    """The text folded by exactly these folds. The slow, plain way: for lexicons and for single hits."""
    table = tables()
    result: list[str] = []
    for char in text:
        code = ord(char)
        kind = Fold(int(table.kind[code]))
        if kind and kind in folds:
            value = chr(table.fold[code]) if table.fold[code] else ""
        elif kind & folds & ~(Fold.NOISE | Fold.INVISIBLE):
            value = partly(char, kind, folds)
        else:
            value = char
        if value and not (Fold.REPEAT in folds and result and result[-1] == value):
            result.append(value)
    return "".join(result)


def partly(char: str, kind: Fold, folds: Fold) -> str:
    """A character that takes several folds, of which only some are wanted: Ａ is wide and a capital."""
    if kind == Fold.WIDTH | Fold.CASE:
        return char.lower() if Fold.CASE in folds else chr(int(tables().fold[ord(char)])).upper()
    return char
