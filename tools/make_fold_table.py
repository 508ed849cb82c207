"""Make ``src/govmedia_screen/data/fold.bin``, the tables behind ``govmedia_screen.matching.text``.

Sources: Unicode's own database (``unicodedata``: compatibility forms, case, categories),
OpenCC's conversion ``t2s`` (traditional → simplified, Apache-2.0), and the
look-alike letters listed below. Run once, offline, when one of them changes::

    pip install opencc && python tools/make_fold_table.py
"""

from __future__ import annotations

import hashlib
import struct
import unicodedata
from pathlib import Path

import numpy as np

OUT = Path(__file__).parents[1] / "src/govmedia_screen/data/fold.bin"
WIDTH, CASE, TRADITIONAL, DIGITS, INVISIBLE, NOISE, HOMOGLYPH = (1 << bit for bit in range(7))
PLACEHOLDER = 0xFFFD
BREAK = 0xFFFF

# Letters of other scripts that are drawn like Latin ones (Unicode TR39, the plain cases).
LOOKALIKES = dict(
    zip(
        "аАВвсСԁеЕһНіІјЈкКмМоОрРѕЅтТуУхХѵԛԝ" + "αΑΒϲΕΗΙΚΜΝοΟρΡΤυΥΧΖν",
        "aabbccdeehhiijjkkmmoopps" + "sttyyxxvqw" + "aabcehikmnooppt" + "yyxzv",
        strict=True,
    )
)
# Letters on a coloured ground, for which Unicode has no compatibility form: 🅐 🅰.
LOOKALIKES |= {chr(first + place): chr(97 + place) for first in (0x1F150, 0x1F170) for place in range(26)}
# Radicals of the supplement that are written for the character itself.
EQUIVALENT = dict(
    zip(
        "⺌⺍⺎⺗⺟⺠⺩⺼⻁⻄⻅⻆⻈⻉⻋⻓⻔⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻨⻩⻪⻬⻮⻰⻳",
        "小小兀心母民王肉虎西见角讠贝车长门青韦页风飞食马骨鬼鱼鸟麦黄黾齐齿龙龟",
        strict=True,
    )
)
# Old and variant forms that OpenCC leaves.
VARIANTS = dict(zip("灋囯囻圀衺敎㓛呌", "法国国国邪教功叫", strict=True))
NUMERALS = {
    char: str(value)
    for value, chars in enumerate(("〇零", "一壹弌", "二贰貳弍", "三叁參弎", "四肆", "五伍", "六陆陸", "七柒", "八捌", "九玖"))
    for char in chars
}
NUMERALS.pop("參")  # 參 is 参 far more often than 叁


def traditional() -> dict[str, str]:
    """Characters that are only traditional: not in GB 2312, the set that simplified text is written in."""
    import opencc

    convert = opencc.OpenCC("t2s").convert
    pairs = {}
    for code in [*range(0x3400, 0xA000), *range(0xF900, 0xFB00)]:
        char = chr(code)
        simple = convert(unicodedata.normalize("NFKC", char))
        if simple != char and len(simple) == 1 and ord(simple) < 0x10000 and (char in "後於夥菸麽" or not is_gb2312(char)):
            pairs[char] = simple
    return pairs


def is_gb2312(char: str) -> bool:
    """Whether the character is in GB 2312."""
    try:
        return bool(char.encode("gb2312"))
    except UnicodeEncodeError:
        return False


def fold_one(char: str, simplify: dict[str, str]) -> tuple[str, int]:
    """The folded character ('' = dropped, or the same) and which folds it took."""
    kind = 0
    code = ord(char)
    category = unicodedata.category(char)
    if char in LOOKALIKES:
        return LOOKALIKES[char], HOMOGLYPH
    if category in {"Cf", "Cc", "Mn", "Me"} and char not in "\n\t\r\v\f":
        return "", INVISIBLE
    if char in "\u115f\u1160\u3164\uffa0\u2800\ufffc\ufffd" or category in {"Co", "Cs"}:  # blank or a box to the eye
        return "", INVISIBLE
    if char in EQUIVALENT:
        return EQUIVALENT[char], WIDTH
    if char in VARIANTS:
        return VARIANTS[char], TRADITIONAL
    value = unicodedata.normalize("NFKC", char)
    if char == "〇":
        value = char
    if value != char:
        bare = [part for part in value if part.isalnum()]
        if len(bare) == 1 and len(value) <= 3:  # ⑴ is (1), ⒈ is 1., ㊣ is 正
            value = bare[0]
        if len(value) != 1:
            return (char, 0) if any(part.isalnum() for part in value) else ("", NOISE)
        if unicodedata.category(value) == "Nd" and not 0xFF10 <= code <= 0xFF19:
            kind |= DIGITS
        elif code > 0xFFFF or 0x2100 <= code <= 0x214F or 0x2460 <= code <= 0x24FF or 0x1D00 <= code <= 0x1DBF:
            kind |= HOMOGLYPH
        else:
            kind |= WIDTH
    if unicodedata.category(value)[0] in "PSZ" or value in "\n\t\r\v\f ":
        return "", NOISE
    if value in LOOKALIKES:
        value, kind = LOOKALIKES[value], kind | HOMOGLYPH
    if value in simplify:
        value, kind = simplify[value], kind | TRADITIONAL
    lower = value.lower()
    if lower != value and len(lower) == 1:
        value, kind = lower, kind | CASE
    if len(value) == 1 and value.isdigit() and not value.isascii() and unicodedata.digit(value, None) is not None:
        value, kind = str(unicodedata.digit(value)), kind | DIGITS
    if value in NUMERALS:
        value, kind = NUMERALS[value], kind | DIGITS
    return (value, kind) if ord(value) < 0x10000 else (char, 0)


def main() -> None:
    """Write the tables: the basic plane whole, the others as the code points that fold."""
    simplify = traditional()
    size = 0x10000
    fold = np.arange(size, dtype=np.uint16)
    kind = np.zeros(size, dtype=np.uint8)
    same = np.arange(size, dtype=np.uint16)  # one to one: nothing dropped, numerals and punctuation kept
    letters = np.full(size, 0x81, dtype=np.uint8)
    high: list[tuple[int, int, int]] = []
    digits = [code for code in range(size, 0x1D400) if unicodedata.category(chr(code)) == "Nd"]
    for code in [*range(size), *digits, *range(0x1D400, 0x1D800), *range(0x1F000, 0x1FC00), *range(0x2F800, 0x2FA20)]:
        char = chr(code)
        if code < size and unicodedata.category(char) == "Cn" and code != BREAK:
            continue
        value, bits = fold_one(char, simplify) if code != BREAK else (char, 0)
        if code >= size:
            unassigned = unicodedata.category(char) == "Cn"
            if unassigned and code < 0x1F000:
                continue
            if unassigned and code >= 0x2F800:
                continue
            if value == char or unassigned:
                value, bits = "", NOISE
            high.append((code, ord(value) if value else 0, bits))
            continue
        fold[code], kind[code] = (ord(value) if value else 0), bits
        if 0xD800 <= code < 0xE000:
            same[code] = PLACEHOLDER
            continue
        wide = unicodedata.normalize("NFKC", char)
        bare = [part for part in wide if part.isalnum()]
        if value and not (bits & DIGITS and char in NUMERALS):
            same[code] = ord(value)
        elif char in "＠．／＿＋＝＃％＆＊－～｜＼＜＞":
            same[code] = ord(wide)
        # The projection to letters and digits keeps case and sees through width and rings.
        if char == "\n":
            letters[code] = 0x0A
        elif char.isspace() or (bits & INVISIBLE and char == "\u200b"):
            letters[code] = 0x20
        elif code < 0x80:
            letters[code] = code
        elif len(wide) == 1 and wide.isascii() and wide.isprintable():
            letters[code] = ord(wide)
        elif len(bare) == 1 and bare[0].isascii() and len(wide) <= 3:
            letters[code] = ord(bare[0])
        elif char in LOOKALIKES:
            letters[code] = ord(LOOKALIKES[char])
        elif value.isascii() and value.isdigit() and char not in NUMERALS:  # ➀ ❶ ٣ ३: digits of other styles and scripts
            letters[code] = ord(value)
        elif 0x3400 <= code < 0xA000 or code == 0x3007:
            letters[code] = 0x80
    letters[BREAK] = 0x00
    OUT.parent.mkdir(exist_ok=True)
    tables = (fold.astype("<u2"), kind, same.astype("<u2"), letters)
    content = b"".join(table.tobytes() for table in tables) + b"".join(struct.pack("<IHH", *row) for row in high)
    OUT.write_bytes(b"GMF1" + hashlib.sha256(content).digest() + content)
    print(f"{OUT}: {len(simplify)} traditional forms, {int((kind > 0).sum())} code points folded, {len(high)} beyond the basic plane")


if __name__ == "__main__":
    main()
