"""Baselines: what was accepted stays accepted wherever it moves, and nothing else does."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from test_cli import run

from govmedia_screen import Decision, Finding, InputError, Level, Profile, Report, Screener
from govmedia_screen.acceptance.baseline import Baseline
from govmedia_screen.documents import of_text
from govmedia_screen.acceptance.waivers import screened

OFFICE = Path(__file__).parent / "data/office"
SCREENER = Screener(Profile(families={"commercial": False, "opinion": False}), OFFICE)
TODAY, LATER = date(2026, 3, 1), date(2026, 12, 31)
TEXT = "第一段。\n普法案例中提到线上赌场四个字。\n"


def accept(text: str = TEXT, until: date = LATER) -> Baseline:
    results, _ = screened([of_text(text, "a.txt")], SCREENER)
    return Baseline(today=TODAY).updated(results, "张编辑", "普法引文", until)


def judged(baseline: Baseline, text: str, name: str = "a.txt") -> Report:
    return screened([of_text(text, name)], SCREENER, baseline)[0][0][1]


@pytest.mark.parametrize(
    "text",
    [
        TEXT,
        "新的一段。\n\n\n" + TEXT,
        TEXT.replace("\n", "\r\n"),
        TEXT.replace("案例中", "案例 中"),
        "另一篇\n" + TEXT.partition("\n")[2],
    ],
)
def test_moved_text_stays_accepted(text: str) -> None:
    report = judged(accept(), text)

    assert (report.findings, report.decision, report.review_tier) == ((), Decision.PASS, 0)
    assert [exemption.reason for _, exemption in report.exempted] == ["普法引文（张编辑）"]


@pytest.mark.parametrize(
    "text",
    [
        TEXT.replace("提到", "欢迎来"),
        TEXT.replace("四个字", "五个字"),
        TEXT.replace("线上赌场", "線上赌场"),
        TEXT + TEXT,
    ],
)
def test_changed_or_repeated_text_is_new(text: str) -> None:
    baseline = accept()
    found = len(SCREENER.screen(text).findings)

    assert found > len(judged(baseline, text).exempted)


def test_expired_ones_come_back_and_are_told() -> None:
    baseline = accept(until=date(2026, 2, 28))

    assert judged(baseline, TEXT).findings
    assert ["到期" in told for told in baseline.problems()] == [True]


def test_unused_ones_are_told_if_their_file_was_screened() -> None:
    baseline = accept()
    judged(baseline, "无事。")

    assert "没有用到" in baseline.problems(["a.txt"])[0]
    assert baseline.problems(["b.txt"]) == []


def test_update_keeps_what_is_in_force_and_drops_what_is_not(tmp_path: Path) -> None:
    path = tmp_path / "accepted.json"
    accept().save(path)
    results, _ = screened([of_text("己经完成。\n" + TEXT, "a.txt")], SCREENER)

    new = Baseline.load(path, TODAY).updated(results, "李编辑", "另一理由", LATER)
    assert {entry.text: entry.who for entry in new.entries.values()} == {"线上赌场": "张编辑", "己经": "李编辑"}
    results, _ = screened([of_text("己经完成。\n", "a.txt")], SCREENER)
    assert {entry.text for entry in new.updated(results, "李编辑", "另一理由", LATER).entries.values()} == {"己经"}


def test_same_content_same_bytes_and_no_lines_in_it(tmp_path: Path) -> None:
    accept().save(tmp_path / "a.json")
    accept("再加一段。\n" + TEXT).save(tmp_path / "b.json")

    assert (tmp_path / "a.json").read_bytes() == (tmp_path / "b.json").read_bytes()
    assert b"line" not in (tmp_path / "a.json").read_bytes()


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"until": "明年"}, "第 1 条：until 应写成"),
        ({"why": " "}, "第 1 条：why 应写成"),
        ({"count": 0}, "第 1 条：count 应写成 不小于 1 的整数"),
        ({"line": 3}, "第 1 条：不认识的键"),
    ],
)
def test_a_broken_entry_is_named(tmp_path: Path, change: dict[str, object], says: str) -> None:
    path = tmp_path / "accepted.json"
    accept().save(path)
    content = json.loads(path.read_text("utf-8"))
    content["accepted"][0] |= change
    path.write_text(json.dumps(content), "utf-8")

    with pytest.raises(InputError, match=says):
        Baseline.load(path)


def test_command_line(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT, "utf-8")
    accepted = tmp_path / "accepted.json"
    check = ("check", tmp_path / "a.txt", "--lexicons", OFFICE, "--fail-on", "note")

    assert run(*check)[0] == 1
    assert run(*check, "--baseline", accepted)[0] == 2
    code, _, err = run(
        "baseline", "update", tmp_path / "a.txt", "--lexicons", OFFICE, "--baseline", accepted, "--why", "普法引文", "--who", "张编辑"
    )
    assert (code, "新增 1" in err) == (0, True)
    assert run(*check, "--baseline", accepted, "-q") == (0, "", "")
    assert "张编辑：普法引文" in run("baseline", "show", "--baseline", accepted)[1]
    (tmp_path / "a.txt").write_text("无事。\n", "utf-8")
    assert "没有用到" in run(*check, "--baseline", accepted)[2]
    assert run("baseline", "update", tmp_path / "a.txt", "--baseline", accepted, "--why", "")[0] == 2


def test_personal_data_is_not_written_down(tmp_path: Path) -> None:
    text = "联系人身份证号11010519491231002X。\n"
    finding = Finding("commercial.stance", Level.REVIEW, "body", 0, len(text), text, "整段")
    results = [
        (document, replace(report, findings=(*report.findings, finding)))
        for document, report in screened([of_text(text, "a.txt")], SCREENER)[0]
    ]
    Baseline(today=TODAY).updated(results, "张编辑", "样例", LATER).save(tmp_path / "a.json")

    assert "11010519491231002" not in (tmp_path / "a.json").read_text("utf-8")
