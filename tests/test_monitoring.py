"""Daily monitoring: the scans' own record, what stands too long, and what the quarterly inspection makes of it."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from archives import jsonl

from govmedia_screen import Screener
from govmedia_screen.accounts import Standing, check_monitoring, load
from govmedia_screen.archive import scan as module
from govmedia_screen.archive.inspection.inspection import inspect
from govmedia_screen.archive.inspection.quarters import Quarter
from govmedia_screen.cli import main

LEAK = {"id": "leak", "account": "河口镇发布", "body": "身份证号11010519491231002X。", "published_at": "2026-07-01"}
GOOD = {"id": "good", "account": "河口镇发布", "body": "今日晴，气温适宜。", "published_at": "2026-07-02"}
OTHER = {"id": "other", "account": "没有登记的号", "body": "今日晴，气温适宜。", "published_at": "2026-07-02"}
REGISTER = "账号名称,平台,主办单位\n河口镇发布,微信公众号,河口镇人民政府\n从不发稿的号,微博,河口镇人民政府\n"


@pytest.fixture
def on(monkeypatch: pytest.MonkeyPatch):  # noqa: ANN201
    """Set today's date."""

    def set_day(day: str) -> None:
        class Today(date):
            @classmethod
            def today(cls) -> date:
                return date.fromisoformat(day)

        monkeypatch.setattr(module, "date", Today)

    return set_day


def test_the_first_day_of_a_finding_is_kept_until_it_is_dealt_with(tmp_path: Path, on) -> None:  # noqa: ANN001
    source, screener = tmp_path / "posts.jsonl", Screener()
    leaked = Standing("河口镇发布", "privacy.resident-id", date(2026, 7, 6))

    on("2026-07-06")
    assert module.scan([jsonl(source, [LEAK, GOOD])], tmp_path / "out", screener).standing == [leaked]
    on("2026-07-08")
    assert module.scan([jsonl(source, [LEAK, GOOD, OTHER])], tmp_path / "out", screener).standing == [leaked]
    on("2026-07-09")
    mended = LEAK | {"body": "身份证号110105********002X。"}
    assert module.scan([jsonl(source, [mended, GOOD, OTHER])], tmp_path / "out", screener).standing == []
    on("2026-07-10")
    again = module.scan([jsonl(source, [LEAK])], tmp_path / "out", screener)
    assert again.standing == [leaked._replace(first=date(2026, 7, 10))]


def test_inspection(tmp_path: Path, on, capsys: pytest.CaptureFixture[str]) -> None:  # noqa: ANN001
    source, register = jsonl(tmp_path / "posts.jsonl", [LEAK, GOOD, OTHER]), tmp_path / "register.csv"
    register.write_text(REGISTER, "utf-8")
    for day in ("2026-07-06", "2026-07-07", "2026-07-20"):
        on(day)
        assert main(["scan", str(source), "--out", str(tmp_path / "out")]) == 0
    assert "1 处拦截级问题以前已经发现，仍未处理（最早 2026-07-06）" in capsys.readouterr().out

    found = inspect(tmp_path / "out", Quarter(2026, 3), load(register), today=date(2026, 7, 20))
    checks = {one.name: Counter(check.rule for check in one.checks) for one in found.accounts}
    assert checks["河口镇发布"]["monitoring.unhandled"] == checks["河口镇发布"]["inspection.veto"] == 1
    assert checks["没有登记的号"]["account.unregistered"] == 1
    assert [check.rule for one in found.absent for check in one.checks if one.name == "从不发稿的号"].count("inspection.absent") == 1
    vetoes = {one.name: check.text for one in found.accounts for check in one.checks if check.rule == "inspection.veto"}
    assert "泄密、泄露个人信息等安全问题" in vetoes["河口镇发布"]
    assert "没有登记的号" not in vetoes
    gaps = [one for one in found.register if one.rule == "monitoring.gap"]
    assert [(one.text, one.evidence[0]) for one in gaps] == [("1处间断", "2026-07-07至2026-07-20相隔9个工作日")]


def test_one_scan_is_no_monitoring() -> None:
    old = [Standing("甲", "privacy.list", date(2026, 1, 1))]

    assert check_monitoring([date(2026, 7, 6)], old) == []
    assert check_monitoring([date(2026, 7, 6), date(2026, 7, 6)], old) == []
    assert [one.rule for one in check_monitoring([date(2026, 7, 6), date(2026, 7, 7)], old)] == ["monitoring.unhandled"]


def test_weekends_and_holidays_are_no_gap() -> None:
    assert check_monitoring([date(2026, 7, 3), date(2026, 7, 6)], []) == []  # Friday, Monday
    assert check_monitoring([date(2026, 9, 30), date(2026, 10, 8)], []) == []  # National Day


def test_strangers_are_told_from_a_list_of_posts(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source, register = jsonl(tmp_path / "posts.jsonl", [GOOD, OTHER]), tmp_path / "register.csv"
    register.write_text(REGISTER, "utf-8")

    assert main(["accounts", str(register), "--posts", str(source), "--today", "2026-07-04"]) == 1
    told = [line for line in capsys.readouterr().out.splitlines() if "account.unregistered" in line]
    assert len(told) == 1
    assert told[0].startswith("没有登记的号")
