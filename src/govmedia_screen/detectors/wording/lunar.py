"""Festivals and lunar dates of 1990–2060, and the Gregorian days beside them.

Imported only when a post names one. The table is calendar data (lengths of months, leap months,
New Year's days), packed one year to an integer: 13 bits a month's length each (1: 30 days), 4
bits the leap month, then the days from 1 January to New Year's day.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from govmedia_screen.system.lazy import pattern

FIRST = 1990
YEARS = (
    0x34A92F, 0x5A092E, 0x440C96, 0x2C6D4A, 0x501D4A, 0x3D0D65, 0x620B58, 0x4A156C,
    0x36B26D, 0x5C125C, 0x46192C, 0x2E9A95, 0x541A94, 0x3E1B4A, 0x2A4B55, 0x4E0AD4,
    0x38F55B, 0x6004BA, 0x4A125A, 0x32B92B, 0x58152A, 0x421694, 0x2C96AA, 0x5015AA,
    0x3D2AB5, 0x620974, 0x4C14B6, 0x36CA57, 0x5C0A56, 0x461526, 0x308E95, 0x540D54,
    0x3E15AA, 0x2A49B5, 0x50096C, 0x38D4AE, 0x5E149C, 0x481A4C, 0x32BD26, 0x561AA6,
    0x420B54, 0x2C6D6A, 0x5212DA, 0x3D695D, 0x62095A, 0x4C149A, 0x36DA4B, 0x5A1A4A,
    0x441AA4, 0x2EBB54, 0x5416B4, 0x3E0ADA, 0x2A495B, 0x500936, 0x3AF497, 0x5E1496,
    0x48154A, 0x32B6A5, 0x580DA4, 0x4015B4, 0x2C6AB6, 0x52126E, 0x3F092F, 0x62092E,
    0x4C0C96, 0x36CD4A, 0x5A1D4A, 0x440D54, 0x2E956C, 0x54155C, 0x40125C,
)  # fmt: skip
#: Month and day of the lunar year; 除夕 is the eve of the first.
DAYS = {
    "正月初一": (1, 1), "大年初一": (1, 1), "春节": (1, 1), "正月十五": (1, 15), "元宵节": (1, 15), "五月初五": (5, 5),
    "端午节": (5, 5), "七月初七": (7, 7), "七夕节": (7, 7), "八月十五": (8, 15), "中秋节": (8, 15), "九月初九": (9, 9),
    "重阳节": (9, 9),
}  # fmt: skip
BEFORE = pattern(r"((?:19|20)\d\d)年(\d{1,2})月(\d{1,2})日[（(](?:星期.|周.)?[，,、 ]?(?:即|农历|夏历|是)?\Z")
YEAR_BEFORE = pattern(r"((?:19|20)\d\d)年(?:的)?(?:农历)?\Z")
AFTER = pattern(r"[（(](?:即)?(?:((?:19|20)\d\d)年)?(\d{1,2})月(\d{1,2})日(?=[）)，,])")


def beside(text: str, start: int, end: int) -> Iterator[tuple[int, int, str]]:
    """Gregorian days that stand beside the festival or lunar date at ``text[start:end]`` and are not it.

    Yields start and end of day and festival together, and the right day in words.
    """
    name = text[start:end]
    if before := BEFORE.search(text, max(0, start - 30), start):
        if text[end : end + 1] in "）),，":
            year, month, day = map(int, before.groups())
            right = gregorian(name, year)
            if right and right != (year, month, day):
                yield before.start(), end, f"{right[1]}月{right[2]}日"
    elif after := AFTER.match(text, end):
        ahead = YEAR_BEFORE.search(text, max(0, start - 10), start)
        given = int(after[1] or 0) or (int(ahead[1]) if ahead else 0)
        right = gregorian(name, given)
        if right and right[1:] != (int(after[2]), int(after[3])):
            yield start, after.end(), f"{right[1]}月{right[2]}日"


def gregorian(name: str, year: int) -> tuple[int, int, int] | None:
    """The day of a festival or lunar date in a Gregorian year; None if it is not known."""
    if not FIRST <= year < FIRST + len(YEARS):
        return None
    if name in ("除夕", "腊月三十"):
        found = new_year(year) - timedelta(days=1)
        return found.year, found.month, found.day
    if name not in DAYS:
        return None
    month, day = DAYS[name]
    packed = YEARS[year - FIRST]
    leap = packed >> 13 & 15
    months = month - 1 + (0 < leap < month)
    days = sum(29 + (packed >> 12 - place & 1) for place in range(months)) + day - 1
    found = new_year(year) + timedelta(days=days)
    return found.year, found.month, found.day


def new_year(year: int) -> date:
    """The first day of the lunar year that begins in a Gregorian year."""
    return date(year, 1, 1) + timedelta(days=YEARS[year - FIRST] >> 17)
