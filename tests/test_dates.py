"""The one reader of dates: a day comes back from every spelling of it, and nothing else is a day."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screeners import SCREENER
from govmedia_screen import Post
from govmedia_screen.chinese.dates import nearest_year, read_date, small_number, spelled_days
from govmedia_screen.detectors.wording.person import day_of

DIGITS = "〇一二三四五六七八九"
DAYS = st.dates(date(1950, 1, 1), date(2099, 12, 31))


def han(number: int) -> str:
    """A number below a hundred in Chinese numerals."""
    tens, ones = divmod(number, 10)
    return (DIGITS[tens] if tens > 1 else "") + ("十" if tens else "") + (DIGITS[ones] if ones else "")


def spellings(day: date) -> list[str]:
    """A day as people write it."""
    year, month, number = day.year, day.month, day.day
    return [
        day.isoformat(), f"{year}/{month}/{number}", f"{year}.{month:02}.{number:02}", f"{year}年{month}月{number}日", f"{year}{month:02}{number:02}",
        f"{year}-{month:02}-{number:02}T08:05:00+08:00", f"{year}/{month}/{number} 8:05", f"{year}{month:02}{number:02}080500",
        "".join(DIGITS[int(char)] for char in str(year)) + f"年{han(month)}月{han(number)}日",
    ]  # fmt: skip


@given(DAYS)
def test_every_spelling_of_a_field(day: date) -> None:
    """The same day in all of them."""
    assert {read_date(text) for text in spellings(day)} == {day}


@given(DAYS)
def test_every_spelling_in_a_text(day: date) -> None:
    """A day that exists is found where it stands, and is no finding."""
    for text in (spellings(day)[0], spellings(day)[1], spellings(day)[-1]):
        found = list(spelled_days(f"于{text}，"))
        assert [(one.year, one.month, one.day) for one in found] == [(day.year, day.month, day.day)]
        assert found[0].exists
        assert (found[0].start, found[0].end) == (1, 1 + len(text))


@given(st.integers(1, 99))
def test_small_numbers(number: int) -> None:
    """Chinese numerals below a hundred."""
    assert small_number(han(number)) == small_number(str(number)) == number


@given(DAYS, st.integers(-150, 150))
def test_the_nearest_year(published: date, apart: int) -> None:
    """A day within five months of the day of publication has that year."""
    day = published + timedelta(days=apart)
    if (day.month, day.day) != (2, 29):
        assert nearest_year(day.month, day.day, published) == day.year


@pytest.mark.parametrize("text", ["", "去年", "3月2日", "2026-02-30", "二〇二六年十一月三十一日", None, 5, "2026", "三月七八九号"])
def test_what_is_no_day(text: object) -> None:
    """None, never an exception."""
    assert read_date(text) is None


@pytest.mark.parametrize("published", ["2024年3月2日", "2024/3/2 08:00", "2024-03-02", "二〇二四年三月二日", date(2024, 3, 2)])
def test_a_roster_is_asked_about_the_day_that_is_written(published: object) -> None:
    """Never about today."""
    assert day_of(published) == date(2024, 3, 2)


@pytest.mark.parametrize(("published", "found"), [("2024-05-01", 1), ("2024年5月1日", 1), (None, 0), ("2019-05-01", 0)])
def test_a_weekday_without_a_year_is_read_by_the_day_of_publication(published: str | None, found: int) -> None:
    """5月6日 was a Monday in 2024, and in 2019."""
    report = SCREENER.screen(
        Post(body="定于5月6日（星期四）召开。" if found or not published else "定于5月6日（星期一）召开。", published_at=published)
    )

    assert [one.rule for one in report.findings] == ["wording.number.weekday"] * found
