"""Values as archives have them: days in every form that programs export, kinds of other systems, a post's address.

What is understood is written anew in the form that everything else reads; what is not is told with the record and
never taken for another day.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime, timedelta, timezone
from functools import lru_cache
from typing import Any

from govmedia_screen.chinese.dates import read_date
from govmedia_screen.io.columns import KIND_NAMES, LINKS, folded
from govmedia_screen.post import KINDS

#: No archive is older than the first page on the web, and none younger than this.
FIRST, LAST = date(1991, 8, 6), date(2099, 12, 31)
#: Clocks on exports without a zone, and days of stamps with one, are China's.
CHINA = timezone(timedelta(hours=8))
#: Day 0 of Excel's calendar as it counts from March 1900 on.
EXCEL = date(1899, 12, 30)
ISO = re.compile(r"(?:19|20)\d\d-\d\d-\d\d(?:[ T]\d\d:\d\d(?::\d\d)?)?")
ZONED = re.compile(r"\d{4}-\d\d-\d\d[ T]\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(?:Z|[+-]\d\d:?\d\d)")
NUMBER = re.compile(r"(\d{5,16})(?:\.\d{1,12})?")
#: 26-08-01, 26年8月1日: the year first, as Chinese programs write it. With strokes it could be the American order, unless the first is no month.
SHORT = re.compile(r"(\d\d)([-./年])(\d{1,2})([-./月])(\d{1,2})(?!\d)")
DATES = ("published_at", "asked_at")


def inside(day: date | None) -> date | None:
    """The day, if an archive can have it."""
    return day if day and FIRST <= day <= LAST else None


def day_of_number(value: float) -> date | None:
    """A number as Excel's count of days, or as seconds, milliseconds or microseconds since 1970."""
    if 33_000 <= value < 73_051:
        return inside(EXCEL + timedelta(days=int(value)))
    for unit in (1, 1_000, 1_000_000):
        if 6.5e8 <= value / unit < 4.2e9:
            return inside(datetime.fromtimestamp(value / unit, CHINA).date())
    return None


def understood(value: Any) -> Any:
    """A date as everything else reads it: the value itself if it is clear, an ISO day if it had to be worked out, None if it tells no day."""
    if isinstance(value, datetime):
        moved = value.astimezone(CHINA) if value.tzinfo else value
        return moved if inside(moved.date()) else None
    if isinstance(value, date):
        return value if inside(value) else None
    if isinstance(value, str):
        return value if ISO.fullmatch(value) and inside(read_date(value)) else understood_text(value)
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return understood_text(str(int(value)) if float(value).is_integer() else str(value))
    return None


@lru_cache(4096)
def understood_text(text: str) -> str | None:
    """``understood`` of a text that is not plainly ISO."""
    text = text.strip()
    if ZONED.fullmatch(text):
        try:
            return datetime.fromisoformat(text).astimezone(CHINA).isoformat()
        except ValueError:
            return None
    if (number := NUMBER.fullmatch(text)) and len(number[1]) not in (8, 14):
        day = day_of_number(float(text))
        return day.isoformat() if day else None
    if short := SHORT.match(text):
        year, first, month, second, of_month = int(short[1]), short[2], int(short[3]), short[4], int(short[5])
        if (first, second) not in (("-", "-"), (".", "."), ("/", "/"), ("年", "月")) or (first == "/" and 1 <= year <= 12):
            return None
        try:
            day = inside(date((2000 if year < 90 else 1900) + year, month, of_month))
        except ValueError:
            return None
        return day.isoformat() if day else None
    return text if inside(read_date(text)) else None


def prepared(row: Mapping[str, Any], fields_of: Mapping[str, str]) -> tuple[Mapping[str, Any], tuple[str, ...]]:
    """A row with its dates and its kind understood, and what has to be said of it."""
    changed: dict[str, Any] = {}
    remarks: list[str] = []
    for name, field in fields_of.items():
        if field in DATES:
            value = row.get(name)
            if value is None or value == "":
                continue
            known = understood(value)
            if known is None:
                remarks.append(f"“{name}”认不出是哪一天，按没有日期处理")
            if known is not value:
                changed[name] = known
        elif field == "kind":
            value = row.get(name)
            if isinstance(value, str) and value.strip() and value.strip() not in KINDS and value.strip() not in KIND_NAMES:
                remarks.append(f"“{name}”是“{value.strip()[:20]}”，不是已知的文种，按文章（article）审查")
                changed[name] = "article"
    return ({**row, **changed} if changed else row), tuple(remarks)


@lru_cache(512)
def link_column(names: tuple[str, ...]) -> str | None:
    """The column with the post's address."""
    return next((name for name in names if folded(name) in LINKS), None)


def link_of(row: Mapping[str, Any], names: tuple[str, ...]) -> str | None:
    """The post's address, if the row tells one."""
    column = link_column(names)
    value = row.get(column) if column else None
    return value.strip()[:500] if isinstance(value, str) and value.strip() else None
