"""Working days of mainland China: weekends, public holidays and make-up workdays (调休) counted.

The calendar is the ``chinesecalendar`` package, loaded when a day is first asked about. For
years that it does not know, and where it is not installed, Monday to Friday are working days;
``known`` says so.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from functools import cache


@cache
def calendar() -> Callable[[date], bool] | None:
    """The calendar's own test for a working day, or None if it is not installed."""
    try:
        from chinese_calendar import is_workday as by_calendar
    except ImportError:
        return None
    return by_calendar  # type: ignore[no-any-return]


@cache
def known(year: int) -> bool:
    """Whether the year's holidays and make-up workdays are known."""
    by_calendar = calendar()
    if by_calendar is None:
        return False
    try:
        by_calendar(date(year, 1, 1))
    except NotImplementedError:
        return False
    return True


def is_workday(day: date) -> bool:
    """Whether offices work on that day."""
    by_calendar = calendar()
    if by_calendar is not None and known(day.year):
        return by_calendar(day)
    return day.weekday() < 5


def between(start: date, end: date) -> int:
    """How many working days have passed: those after ``start`` up to and including ``end``.

    Negative if ``end`` is before ``start``. Spans of more than ten years are counted by weeks.
    """
    if end < start:
        return -between(end, start)
    days = (end - start).days
    if days > 3660:
        return days * 5 // 7
    return sum(is_workday(start + timedelta(days=number)) for number in range(1, days + 1))


def add(start: date, days: int) -> date:
    """The last day of a limit of so many working days that begins the day after ``start``."""
    day = start
    while days > 0:
        day += timedelta(days=1)
        days -= is_workday(day)
    return day


def as_date(value: object) -> date | None:
    """A date out of what people write: ISO text, ``2026/3/2 8:05``, ``2026年3月2日``, a date, a datetime; else None."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if not isinstance(value, str):
        return None
    numbers = "".join(char if char in "0123456789" else " " for char in value[:40]).split()
    if len(numbers) == 1 and len(numbers[0]) == 8:
        numbers = [numbers[0][:4], numbers[0][4:6], numbers[0][6:]]
    if len(numbers) < 3 or len(numbers[0]) != 4:
        return None
    try:
        return date(int(numbers[0]), int(numbers[1]), int(numbers[2]))
    except ValueError:
        return None
