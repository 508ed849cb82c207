"""The roster: an invented office, its titles, its order and its slips."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from screeners import SCREENER
from govmedia_screen import LexiconError, Post, Screener
from govmedia_screen.detectors.wording.person import day_of, fits
from govmedia_screen.detectors.wording.roster import load

ROSTER = """
[[person]]
name  = "赵明远"
title = "县长"
since = 2024-03-01
rank  = 2

[[person]]
name  = "赵明远"
title = "副县长"
until = 2024-02-29

[[person]]
name  = "钱文博"
title = "县委书记"
rank  = 1
"""


@pytest.fixture(scope="module")
def screener(tmp_path_factory: pytest.TempPathFactory) -> Screener:
    """A screener with the office's folder."""
    folder = tmp_path_factory.mktemp("office")
    (folder / "roster.toml").write_text(ROSTER, "utf-8")
    return Screener(lexicons=folder)


@pytest.mark.parametrize(
    ("text", "day", "found"),
    [
        ("县长赵明远出席会议", "2026-01-02", []),
        ("县长 赵明远同志讲话", "2026-01-02", []),
        ("赵明远县长强调", "2026-01-02", []),
        ("云溪县县长赵明远调研", "2026-01-02", []),
        ("时任副县长赵明远回忆", "2026-01-02", []),
        ("副县长赵明远出席", "2024-01-02", []),
        ("钱文博、赵明远出席", "2026-01-02", []),
        ("县长办公会议召开", "2026-01-02", []),
        ("县委书记赵明远出席", "2026-01-02", [("wording.person.title", "县委书记赵明远", None)]),
        ("副县长赵明远出席", "2026-01-02", [("wording.person.former", "副县长赵明远", None)]),
        ("县长赵明运出席", "2026-01-02", [("wording.person.name", "赵明运", "赵明远")]),
        ("赵明远、钱文博出席", "2026-01-02", [("wording.person.order", "赵明远、钱文博", "钱文博、赵明远")]),
    ],
)
def test_roster(screener: Screener, text: str, day: str, found: list[tuple[str, str, str | None]]) -> None:
    """What agrees with the roster is silent; each kind of slip is one finding."""
    report = screener.screen(Post(text, published_at=day))

    assert [(one.rule, one.text, one.suggestion) for one in report.findings if one.family == "wording"] == found


def test_no_roster_no_finding() -> None:
    """Nothing is shipped, so nothing is known of anybody."""
    assert [one for one in SCREENER.screen("县委书记赵明远出席").findings if one.rule.startswith("wording.person")] == []


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ('[[person]]\nname = "赵明远"\n', "缺少 title"),
        ('[[person]]\nname = "Z"\ntitle = "县长"\n', "name"),
        ('[[person]]\nname = "赵明远"\ntitle = "县长"\nsince = "去年"\n', "roster.toml:4: since 应写成 日期"),
        ('[[person]]\nname = "赵明远"\ntitle = "县长"\nsince = 2025-01-01\nuntil = 2024-01-01\n', "晚于"),
        ('[[person]]\nname = "赵明远"\ntitle = "县长"\nphone = "1"\n', "不认识的键“phone”"),
        ('[[people]]\nname = "赵明远"\n', "不认识的表"),
        ("[[person]", "roster.toml:1: 格式不对"),
    ],
)
def test_roster_is_refused_exactly(tmp_path: Path, text: str, says: str) -> None:
    """Every problem is named in Chinese."""
    path = tmp_path / "roster.toml"
    path.write_text(text, "utf-8")

    with pytest.raises(LexiconError, match=says):
        load(path)


def test_titles_fit_with_and_without_their_place() -> None:
    """云溪县县长 is 县长; 副县长 is not."""
    assert fits("县长", "云溪县县长")
    assert fits("云溪县县长", "县长")
    assert not fits("县长", "副县长")
    assert not fits("县委书记", "县长")


def test_day_of_a_post() -> None:
    """Whatever form the day has; today if it has none."""
    assert day_of("2026-01-02T08:00:00") == date(2026, 1, 2)
    assert day_of(date(2026, 1, 2)) == date(2026, 1, 2)
    assert day_of("昨天") == date.today()
    assert day_of(None) == date.today()
