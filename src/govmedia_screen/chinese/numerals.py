"""Numbers in Chinese text, by value: 3.26万, 32,600, 三百二十, 两, 6.3%."""

from __future__ import annotations

from dataclasses import dataclass

from govmedia_screen.system import lazy

DIGITS = {char: value for value, char in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
UNITS = {"十": 10, "百": 100, "千": 1000}
SCALES = {"万": 10_000, "亿": 100_000_000}
NUMBER = lazy.pattern(r"(?P<arabic>\d[\d,，]*(?:\.\d+)?)(?P<scale>[万亿]{0,2})|(?P<han>[零〇一二两三四五六七八九十百千万亿]+)")
#: Where the numeral is part of a word and counts nothing.
WORDS = lazy.pattern(
    r"一(?:起|次|律|切|般|定|些|直|样|体|线|并|致|项|张|处|个|名|位|批|家|座|条|所|种|场|下|道|键|带|路|流|审|把|手|时|旦|同|共|度|方|面)|万[一全家众]|千万|第一时间|统一|万元|亿元"
)


@dataclass(frozen=True, slots=True)
class Number:
    """One number of a text.

    Attributes:
        value: what it amounts to.
        bare: what it amounts to without 万 and 亿.
        start: first code point.
        end: one past the last.
        text: as written.
    """

    value: float
    bare: float
    start: int
    end: int
    text: str


def numbers(text: str) -> list[Number]:
    """The numbers of a text, those in words (一起, 统一) left out."""
    found = []
    for match in NUMBER.finditer(text):
        if match["arabic"]:
            bare = float(match["arabic"].replace(",", "").replace("，", "") or 0)
            value = bare
            for scale in match["scale"]:
                value *= SCALES[scale]
        else:
            if WORDS.match(text, match.start()) or text[max(0, match.start() - 1) : match.end()] == "统一":
                continue
            bare = value = han_value(match["han"])
            if match["han"][0] in "万亿":
                continue
        found.append(Number(round(value, 4), round(bare, 4), *match.span(), match[0]))
    return found


def han_value(text: str) -> float:
    """The value of Chinese numerals: 三百二十 → 320, 二〇二四 → 2024."""
    if not any(char in UNITS or char in SCALES for char in text):
        return float(int("".join(str(DIGITS[char]) for char in text)))
    total = section = digit = 0
    for char in text:
        if char in DIGITS:
            digit = DIGITS[char]
        elif char in UNITS:
            section += (digit or 1) * UNITS[char]
            digit = 0
        else:
            total = (total + section + digit) * SCALES[char] if char == "亿" else total + (section + digit) * SCALES[char]
            section = digit = 0
    return float(total + section + digit)
