"""Dates, amounts and festivals: computed, so tested against the calendar and by going there and back."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screeners import SCREENER
from govmedia_screen.detectors.wording.amount import read_amount, written
from govmedia_screen.detectors.wording.lunar import FIRST, YEARS, gregorian, new_year
from govmedia_screen.detectors.wording.number import exists, start_of

DIGITS = "零壹贰叁肆伍陆柒捌玖"


def in_words(yuan: int) -> str:
    """An amount below a hundred million in words, as a bank form has it."""

    def section(number: int) -> str:
        result, zero = "", False
        for place, name in ((1000, "仟"), (100, "佰"), (10, "拾"), (1, "")):
            digit = number // place % 10
            if digit:
                result += ("零" if zero and result else "") + DIGITS[digit] + name
                zero = False
            else:
                zero = True
        return result

    high, low = divmod(yuan, 10_000)
    words = f"{section(high)}万" if high else ""
    if low:
        words += ("零" if high and low < 1000 else "") + section(low)
    return words + "元整"


@given(st.integers(1, 99_999_999))
def test_amounts_in_words_are_read_back(yuan: int) -> None:
    """What is written in words is the number that it was written from."""
    assert read_amount(in_words(yuan)) == yuan


@pytest.mark.parametrize(
    ("words", "yuan"),
    [("壹佰贰拾万元整", 1_200_000), ("拾元整", 10), ("叁亿元整", 3e8), ("壹亿贰仟万元整", 1.2e8), ("伍元肆角贰分", 5.42), ("零元整", 0)],
)
def test_amounts(words: str, yuan: float) -> None:
    """Forms that the there-and-back test does not make."""
    assert read_amount(words) == pytest.approx(yuan)


@pytest.mark.parametrize("words", ["壹佰万", "万元整", "整", "元整", "壹佰石元整"])
def test_what_is_no_amount(words: str) -> None:
    """A mark without a number, or a character that is none."""
    assert read_amount(words) is None


def test_written() -> None:
    """Figures with separators and scale."""
    assert written("1,234.5", None) == 1234.5
    assert written("1.2", "亿") == 1.2e8


@pytest.mark.parametrize(
    ("name", "year", "day"),
    [
        ("春节", 2024, (2024, 2, 10)),
        ("春节", 2025, (2025, 1, 29)),
        ("春节", 2033, (2033, 1, 31)),
        ("春节", 2034, (2034, 2, 19)),
        ("除夕", 2026, (2026, 2, 16)),
        ("元宵节", 2024, (2024, 2, 24)),
        ("端午节", 2025, (2025, 5, 31)),
        ("中秋节", 2020, (2020, 10, 1)),
        ("中秋节", 2025, (2025, 10, 6)),
        ("重阳节", 2024, (2024, 10, 11)),
        ("七夕节", 2023, (2023, 8, 22)),
    ],
)
def test_festivals(name: str, year: int, day: tuple[int, int, int]) -> None:
    """Known days, leap months before and after them among the years."""
    assert gregorian(name, year) == day


def test_lunar_years_follow_each_other() -> None:
    """The lengths of a year's months lead from its New Year's day to the next one."""
    for place, packed in enumerate(YEARS[:-1]):
        year = FIRST + place
        months = 13 if packed >> 13 & 15 else 12
        days = sum(29 + (packed >> 12 - month & 1) for month in range(months))

        assert (new_year(year + 1) - new_year(year)).days == days, year


def test_unknown_years_and_names_are_not_guessed() -> None:
    """Outside the table nothing is said."""
    assert gregorian("春节", 1989) is None
    assert gregorian("春节", 2061) is None
    assert gregorian("国庆节", 2024) is None


@given(st.dates(date(1950, 1, 1), date(2090, 12, 31)))
def test_no_real_day_is_reported(day: date) -> None:
    """A day of the calendar with its own weekday is never a finding."""
    text = f"定于{day.year}年{day.month}月{day.day}日（星期{'一二三四五六日'[day.weekday()]}）召开"

    assert exists(day.year, day.month, day.day)
    assert not [one for one in SCREENER.screen(text).findings if one.rule.startswith("wording.number")]


@given(st.dates(date(1950, 1, 1), date(2090, 12, 31)), st.integers(1, 6))
def test_every_wrong_weekday_is_found(day: date, shift: int) -> None:
    """A day with any other weekday always is."""
    text = f"定于{day.year}年{day.month}月{day.day}日（星期{'一二三四五六日'[(day.weekday() + shift) % 7]}）召开"

    assert [one.rule for one in SCREENER.screen(text).findings if one.family == "wording"] == ["wording.number.weekday"]


@pytest.mark.parametrize(("month", "day"), [(0, 1), (13, 1), (2, 30), (4, 31), (6, 0), (11, 31)])
def test_days_that_do_not_exist(month: int, day: int) -> None:
    """Neither with a year nor without one."""
    assert not exists(0, month, day)
    assert not exists(2024, month, day)


def test_leap_day_needs_a_leap_year() -> None:
    """Without a year some year has it."""
    assert exists(0, 2, 29)
    assert exists(2024, 2, 29)
    assert not exists(2023, 2, 29)
    assert not exists(2100, 2, 29)


def test_date_begins_at_its_year() -> None:
    """Only a year of four digits belongs to a date."""
    assert start_of("于2024年5月", 7) == 1
    assert start_of("于24年5月", 5) == 4
    assert start_of("5月", 1) == 0
