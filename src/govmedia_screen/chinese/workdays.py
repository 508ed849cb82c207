"""Working days of mainland China: weekends, public holidays and make-up workdays (调休) counted.

The calendar is the ``chinesecalendar`` package, loaded when a day is first asked about. For
years that it does not know, and where it is not installed, Monday to Friday are working days;
``known`` says so.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
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
