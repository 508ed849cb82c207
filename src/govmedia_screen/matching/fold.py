"""Fold: the disguises that are seen through, as tables over code points.

Every table is indexed by code point and made by ``tools/make_fold_table.py``, which names
its sources. Lexicons and texts are folded by the same tables, so whatever a fold does
to a text it does to the terms looked for in it.
"""

from __future__ import annotations

import enum
import hashlib
import struct
import sys
from array import array
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any, NamedTuple

from govmedia_screen.errors import TableError
from govmedia_screen.system.native import core

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

PLACEHOLDER = 0xFFFD
BREAK = "\uffff"
#: 16-bit code points as this machine writes them.
UTF16 = "utf-16-le" if sys.byteorder == "little" else "utf-16-be"


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
    LETTERS = 256  # 夹在汉字间的字母数字：赌1博→赌博；以数字代字母：wh0re→whore；倒排的文字。见 lexicon/readings.py

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


EVERY = Fold(511)
#: What a plain list of words sees through by itself: how it was typed, not how it was hidden.
TYPED = Fold.WIDTH | Fold.CASE | Fold.INVISIBLE
#: Folds that leave characters out.
DROPPING = Fold.NOISE | Fold.INVISIBLE
#: Folds whose use inside a term is evidence that somebody hides it.
HIDING = Fold.DIGITS | Fold.INVISIBLE | Fold.NOISE | Fold.HOMOGLYPH | Fold.REPEAT | Fold.LETTERS
LABELS = {
    Fold.WIDTH: "全半角",
    Fold.CASE: "大小写",
    Fold.TRADITIONAL: "繁体",
    Fold.DIGITS: "数字样式",
    Fold.INVISIBLE: "不可见字符",
    Fold.NOISE: "插入符号",
    Fold.HOMOGLYPH: "形似字母",
    Fold.REPEAT: "重复字符",
    Fold.LETTERS: "夹字母数字",
}


class Tables(NamedTuple):
    """The tables, each with one entry for every code point.

    Attributes:
        fold: the folded code point, 0 if the character is dropped; beyond the basic plane and
            for lone surrogates one placeholder. 16 bits each.
        kind: which folds that took, as bits of ``Fold``. 8 bits each.
        same: the folded code point, nothing dropped, numerals and punctuation kept. 16 bits each.
        letters: one byte: letters, digits and punctuation of ASCII (width and rings seen through,
            case kept), 0x80 for Han, 0x20 and 0x0a for white space, 0x81 for anything else.
    """

    fold: memoryview
    kind: bytes
    same: memoryview
    letters: bytes


#: What the file of the tables begins with: its format, then the SHA-256 of the rest.
MAGIC = b"GMF1"
PLANE = 0x10000
BEYOND = 0x100000


@cache
def tables() -> Tables:
    """Load the tables once (about 1 ms).

    Raises:
        TableError: the file is not the one that ``tools/make_fold_table.py`` wrote.
    """
    return read(resources.files("govmedia_screen").joinpath("data/fold.bin").read_bytes())


def read(content: bytes) -> Tables:
    """The tables of a file's content; see ``tables``."""
    head = len(MAGIC) + 32
    data = content[head:]
    if content[:head] != MAGIC + hashlib.sha256(data).digest() or len(data) < 6 * PLANE:
        raise TableError("data/fold.bin 不是本版本的折叠表，或已损坏：折叠出来的都不可信，请重新安装")
    fold = column(data, 0, "H", PLACEHOLDER)
    kind = column(data, 2 * PLANE, "B", 0)
    same = column(data, 3 * PLANE, "H", PLACEHOLDER)
    letters = column(data, 5 * PLANE, "B", 0x81)
    for code, value, kinds in struct.iter_unpack("<IHH", data[6 * PLANE :]):
        fold[code], kind[code] = value, kinds
        if value:
            same[code], letters[code] = value, min(value, 0x80)
    for code in (0xE0001, *range(0xE0020, 0xE0080), *range(0xE0100, 0xE01F0)):  # tags, variation selectors
        fold[code], kind[code] = 0, Fold.INVISIBLE
    return Tables(memoryview(fold), bytes(kind), memoryview(same), bytes(letters))


def column(data: bytes, start: int, size: str, filler: int) -> array[int]:
    """One table of the file, which holds the basic plane in little-endian order, with a filler for all code points beyond."""
    values: array[int] = array(size)
    values.frombytes(data[start : start + PLANE * values.itemsize])
    if sys.byteorder == "big":
        values.byteswap()
    return values + array(size, [filler]) * BEYOND


def codes_of(text: str) -> NDArray[np.uint32]:
    """The text's code points; lone surrogates are code points like any other."""
    import numpy as np

    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4")


def numbers(table: memoryview | bytes) -> NDArray[Any]:
    """One of the tables as a numpy array."""
    import numpy as np

    return np.frombuffer(table, dtype=np.uint16 if isinstance(table, memoryview) else np.uint8)


def folded(text: str) -> str:
    """The text as ``Text.folded`` shows it: width, case, traditional forms and digit styles folded, the same length, the same places."""
    same = tables().same
    if core is not None:
        result: str = core.exchange(text, same)
        return result
    units: bytes = numbers(same).take(codes_of(text)).tobytes()
    return units.decode(UTF16, "replace")


def projected(text: str, table: bytes) -> bytes:
    """One byte for each code point, by a table over all of them."""
    if core is not None:
        projection: bytes = core.project(text, table)
        return projection
    taken: bytes = numbers(table).take(codes_of(text)).tobytes()
    return taken


def doubled(text: str) -> list[int]:
    """The places whose character stands at the next place too."""
    if core is not None:
        places: list[int] = core.doubled(text)
        return places
    codes = codes_of(text)
    found: list[int] = (codes[1:] == codes[:-1]).nonzero()[0].tolist()
    return found


def fold(text: str, folds: Fold = EVERY) -> str:
    """The text folded by exactly these folds. The slow, plain way: for lexicons and for single hits."""
    values, kinds = tables()[:2]
    wanted, replaced, repeated = int(folds), int(folds & ~DROPPING), int(folds & Fold.REPEAT)
    result: list[str] = []
    last = ""
    for char in text:
        code = ord(char)
        kind = kinds[code]
        if not kind & wanted:
            value = char
        elif not kind & ~wanted:
            value = chr(values[code]) if values[code] else ""
        else:
            value = partly(char, kind, folds) if kind & replaced else char
        if value and not (repeated and last == value):
            result.append(value)
            last = value
    return "".join(result)


def partly(char: str, kind: int, folds: Fold) -> str:
    """A character that takes several folds, of which only some are wanted: Ａ is wide and a capital."""
    if kind == Fold.WIDTH | Fold.CASE:
        return char.lower() if Fold.CASE in folds else chr(tables().fold[ord(char)]).upper()
    return char
