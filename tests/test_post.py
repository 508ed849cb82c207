"""A post takes what can be one, and says in one sentence what cannot."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pytest

from govmedia_screen import InputError, Post
from govmedia_screen.documents import read


@pytest.mark.parametrize("value", ["2026-13-01", "2026-02-30", " 2026/2/31 08:00", "2026.0.1", "2026年4月31日", "2025-02-29T08:00:00"])
@pytest.mark.parametrize("field", ["published_at", "asked_at"])
def test_a_day_that_no_calendar_has_is_refused(field: str, value: str) -> None:
    with pytest.raises(ValueError, match=f"Post.{field} is .*no such day"):
        Post("今日晴。", **{field: value})


@pytest.mark.parametrize(
    "value",
    [
        None,
        "",
        "2024-02-29",
        "2026-12-31T08:00:00+08:00",
        "2026/1/5 8:05",
        "20261130",
        "二〇二六年一月五日",
        "近日",
        date(2026, 1, 5),
        datetime(2026, 1, 5),
    ],
)
def test_any_other_day_is_taken(value: object) -> None:
    assert Post("今日晴。", published_at=value).published_at == value  # type: ignore[arg-type]


@pytest.mark.parametrize(("name", "value"), [("body", 5), ("title", None), ("source", 5), ("department", b"x")])
def test_a_part_that_is_no_text_is_refused(name: str, value: object) -> None:
    with pytest.raises(TypeError, match=f"Post.{name} must be str"):
        Post(**{"body": "今日晴。", name: value})  # type: ignore[arg-type]


def test_a_kind_that_there_is_not_is_refused() -> None:
    with pytest.raises(ValueError, match="article, repost, reply, notice"):
        Post("今日晴。", kind="news")


def test_front_matter_with_such_a_day_is_refused_in_chinese(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("---\ndate: 2026-13-01\n---\n今日晴。\n", "utf-8")

    with pytest.raises(InputError, match="没有“2026-13-01”这一天"):
        read(tmp_path / "a.md")
