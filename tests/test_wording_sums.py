"""Sums, ages and durations: what adds up is silent, what is off by one is found, and no text raises."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screeners import SCREENER
from govmedia_screen import Post
from govmedia_screen.detectors.wording.ages import year_of
from govmedia_screen.detectors.wording.sums import Cell, cells

PARTS = st.lists(st.integers(1, 99_999), min_size=3, max_size=12)


def of(body: str, published: str | None = None) -> list[tuple[str, tuple[str, ...]]]:
    """The rules of the number findings, with what they say should be."""
    report = SCREENER.screen(Post(body, published_at=published))
    return [(one.rule, one.evidence) for one in report.findings if one.rule.startswith("wording.number")]


@given(PARTS, st.sampled_from(["共计", "合计", "总计"]), st.integers(-3, 3))
def test_parts_in_a_sentence(parts: list[int], word: str, off: int) -> None:
    """A total is found exactly when neither all its parts nor the last of them make it."""
    total = sum(parts) + off
    text = "、".join(f"{name}村{part}户" for name, part in zip("甲乙丙丁戊己庚辛壬癸东西", parts, strict=False)) + f"，{word}{total}户。"
    tails = {sum(parts[place:]) for place in range(len(parts) - 1)}

    assert of(text) == ([] if total in tails else [("wording.number.sum", (f"合计应为{sum(parts):g}",))])


@given(PARTS, st.sampled_from(["\t", "|"]), st.integers(-3, 3))
def test_parts_in_a_table(parts: list[int], mark: str, off: int) -> None:
    """The same for a column and the row of its total."""
    total = sum(parts) + off
    rows = [
        ["村名", "户数"],
        *([f"村{'甲乙丙丁戊己庚辛壬癸东西'[place]}", str(part)] for place, part in enumerate(parts)),
        ["合计", str(total)],
    ]
    text = "\n".join(mark.join(["", *row, ""]) if mark == "|" else mark.join(row) for row in rows)

    assert of(text) == ([("wording.number.sum", (f"合计应为{sum(parts)}",))] if off and total else [])


@given(st.text(alphabet="合计总小\t|\n-0123456789.,，、万元人户年月日岁今生于至（）一等奖名", max_size=120))
def test_no_text_raises(text: str) -> None:
    """Broken tables and broken sentences are read as far as they go."""
    for one in SCREENER.screen(text).findings:
        assert text[one.start : one.end] == one.text


@pytest.mark.parametrize(
    ("published", "age", "found"),
    [
        ("2026-03-01", 75, 0),
        ("2026-03-01", 76, 0),
        ("2026-03-01", 77, 0),
        ("2026-03-01", 70, 1),
        ("2021", 76, 1),
        (None, 76, 0),
        (None, 99, 1),
    ],
)
def test_age_by_the_day_of_publication(published: str | None, age: int, found: int) -> None:
    """With a day of publication 今年 has a year; without one only an age of the future is wrong."""
    assert len(of(f"他1950年出生，今年{age}岁。", published)) == found


def test_age_by_the_date_of_signing() -> None:
    """A text that ends in its date says which year 今年 is."""
    assert of("他1950年出生，今年76岁。\n2026年3月1日") == []
    assert of("他1950年出生，今年66岁。\n2026年3月1日") == [("wording.number.age", ("2026－1950＝76",))]


@given(st.dates(date(2001, 1, 1), date(2030, 12, 1)), st.integers(3, 25), st.integers(-3, 3))
def test_days_of_a_holiday(first: date, days: int, off: int) -> None:
    """A holiday has its first day and its last."""
    last = first + timedelta(days=days)
    text = f"{first.year}年{first.month}月{first.day}日至{last.year}年{last.month}月{last.day}日放假，共{days + 1 + off}天。"

    assert [rule for rule, _ in of(text)] == (["wording.number.duration"] if off else [])


def test_cells() -> None:
    """Cells know their place, whatever separates them."""
    line = "| 东村 | 1,200.50 | - |"

    assert [(cell.text, line[cell.start : cell.start + len(cell.text)]) for cell in cells(line, 0)] == [
        ("东村", "东村"),
        ("1,200.50", "1,200.50"),
        ("-", "-"),
    ]
    assert [Cell(text, 0).number for text in ("1,200.50", "-", "", "1 200", "12人", "1,20")] == [1200.5, 0, 0, None, None, None]


def test_year_of_a_day() -> None:
    """ISO text, a date, or nothing."""
    assert (year_of("2026-03-01T08:00"), year_of(date(2025, 1, 1)), year_of(None), year_of("昨天")) == (2026, 2025, None, None)
