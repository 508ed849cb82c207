"""The one reader of dates: what people write in a field, and days in running text, in every spelling.

2026-11-30, 2026/11/30 8:05, 2026.11.30, 20261130, 2026年11月30日, 二〇二六年十一月三十日, full width too.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache

from govmedia_screen.system import lazy

#: Figures in every spelling, one for one.
FIGURES = str.maketrans("０１２３４５６７８９〇零○一二三四五六七八九", "0123456789000123456789")
HAN_FIGURES = frozenset("〇零○一二三四五六七八九十")
#: How far before 月 a day in Chinese numerals begins at most, in code points.
LONGEST_YEAR = 8
WEEKDAYS = "一二三四五六日"
ONES = "[一二三四五六七八九]"
#: A month or a day in numerals: 七, 〇七, 十一, 三十一, 三〇; 七八九 is none.
NUMERAL = f"(?:[一二三四五六七八九]?十{ONES}?|[〇零○]?{ONES}|[一二三][〇零○])"
#: A day in Chinese numerals: 二〇二六年十一月三十日.
HAN_DAY = lazy.pattern(rf"(?:(?P<year>[一二][〇零○一二三四五六七八九]{{3}})年)?(?P<month>{NUMERAL})月(?P<day>{NUMERAL})(?P<end>[日号])")
#: A day in figures: 2026-11-30, 2026/11/30, 2026.11.30; not a part of a longer number.
FIGURE_DAY = lazy.pattern(
    r"(?<![\d.．/A-Za-z-])(?P<year>(?:19|20)\d\d)(?P<mark>[-/.])(?P<month>\d{1,2})(?P=mark)(?P<day>\d{1,2})(?![\d/A-Za-z-]|[.．]\d)"
)
WEEKDAY = lazy.pattern(r"[ \u3000]?[（(]?(?:星期|周|礼拜)(?P<weekday>[一二三四五六日天])(?![一二三四五六日天至到、])")
#: How many code points of a field are read.
LONGEST_FIELD = 40


@dataclass(frozen=True, slots=True)
class WrittenDay:
    """A day as a text has it; it need not exist.

    Attributes:
        year: its year, 0 if none is written.
        month: the number before 月.
        day: the number before 日.
        start: first code point.
        end: one past the last.
    """

    year: int
    month: int
    day: int
    start: int
    end: int

    @property
    def exists(self) -> bool:
        """Whether the calendar has it; without a year, whether some year has it."""
        return exists(self.year, self.month, self.day)


def exists(year: int, month: int, day: int) -> bool:
    """Whether the calendar has that day; without a year (0), whether some year has it."""
    return 1 <= month <= 12 and 1 <= day <= monthrange(year or 2024, month)[1]


def small_number(text: str) -> int:
    """A number below a hundred in figures or Chinese numerals: 30, 三十, 卅 is not read, 三〇.

    >>> [small_number(one) for one in ("三十一", "十", "二十", "〇五", "11")]
    [31, 10, 20, 5, 11]
    """
    tens, ten, ones = text.partition("十")
    if not ten:
        return int(text.translate(FIGURES))
    return 10 * int(tens.translate(FIGURES) or 1) + int(ones.translate(FIGURES) or 0)


def read_date(value: object) -> date | None:
    """The day that a field tells: a date, a datetime, or text in any of the spellings; None if it tells none."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    return read_text(value) if isinstance(value, str) else None


@lru_cache(4096)
def read_text(value: str) -> date | None:
    """The day at the beginning of a field's text."""
    head = value.strip()[:LONGEST_FIELD]
    try:
        if han := HAN_DAY.match(head):
            return date(int((han["year"] or "0").translate(FIGURES)), small_number(han["month"]), small_number(han["day"]))
        numbers = re.findall(r"[0-9]{1,14}", head.translate(FIGURES))
        if numbers and len(numbers[0]) in (8, 14):
            numbers = [numbers[0][:4], numbers[0][4:6], numbers[0][6:8]]
        if len(numbers) < 3 or len(numbers[0]) != 4:
            return None
        return date(*map(int, numbers[:3]))
    except ValueError:
        return None


def spelled_days(text: str) -> Iterator[WrittenDay]:
    """The days in a text that are spelled 二〇二六年十一月三十日 or 2026-11-30; those with 年月日 in figures are ``wording.number``'s."""
    place = text.find("月")
    while place >= 0:
        if text[place - 1] in HAN_FIGURES:
            begins = range(max(0, place - LONGEST_YEAR), place)
            match = next((one for begin in begins if (one := HAN_DAY.match(text, begin)) and one.end("month") == place), None)
            if match:
                year = int((match["year"] or "0").translate(FIGURES))
                yield WrittenDay(year, small_number(match["month"]), small_number(match["day"]), *match.span())
        place = text.find("月", place + 1)
    if "-" in text or "/" in text or "." in text:
        for match in FIGURE_DAY.finditer(text):
            yield WrittenDay(int(match["year"]), int(match["month"]), int(match["day"]), *match.span())


def nearest_year(month: int, day: int, published: date) -> int:
    """The year in which a day without a year lies nearest to the day of publication."""
    years = [year for year in (published.year - 1, published.year, published.year + 1) if exists(year, month, day)]
    return min(years or [published.year], key=lambda year: abs((date(year, month, min(day, 28)) - published).days))
