"""One bad post, or one detector that fails, takes no other down: it is incomplete, for review, and names what failed."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import posts

from screeners import SCREENER
from govmedia_screen import Decision, Finding, Level, Post, Screener
from govmedia_screen.archive.scan import scan
from govmedia_screen.classifier import model
from govmedia_screen.cli import main
from govmedia_screen.detectors.wording.character import CharacterDetector
from govmedia_screen.lsp.session import Session

LEAK = "身份证号11010519491231002X"
VOICE = "大家好，我是河西“银杏苑”业主，我们小区的对外名称叫“银杏”，小区位于文昌路"


class Fails:
    """Fails on one word."""

    family = "test"

    def find(self, reading: Any) -> Iterable[Finding]:
        yield from ()
        if "炸" in reading.body:
            raise ZeroDivisionError(reading.body)


class Misplaces:
    """Points beyond the text."""

    family = "test"

    def find(self, reading: Any) -> Iterable[Finding]:
        return [Finding("test.place", Level.REVIEW, "body", 5, 3, "", "")]


@pytest.fixture
def failing(monkeypatch: pytest.MonkeyPatch) -> None:
    """A shipped detector that fails on one word."""
    shipped = CharacterDetector.find

    def find(self: CharacterDetector, reading: Any) -> Iterable[Finding]:
        if any("炸" in text.raw for text in reading.texts):
            raise KeyError("错")
        return shipped(self, reading)

    monkeypatch.setattr(CharacterDetector, "find", find)


@pytest.mark.parametrize("blank", ["\n", "\r\n", "\n\n", "\u3000\n", "\t\n\n", "\n \n"])
@pytest.mark.parametrize("text", [VOICE, "我们业主反映，售楼部虚假宣传，骗人！\n" + VOICE])
def test_a_blank_line_before_a_post_changes_no_voice(blank: str, text: str) -> None:
    bare = {one.rule for one in SCREENER.screen(text).findings}
    report = SCREENER.screen(blank + text)

    assert not report.incomplete
    assert {one.rule for one in report.findings} >= {rule for rule in bare if rule.endswith("stance")}
    assert all(one.text.strip() for one in report.findings if one.rule.endswith("stance"))


@given(st.sampled_from(["", "\n", "\r\n", "\u3000\n", "\n\n"]), posts)
def test_no_text_makes_a_shipped_detector_fail(blank: str, text: str) -> None:
    for kind in ("article", "reply", "repost", "notice"):
        report = SCREENER.screen(Post(blank + text, title=text[:20], kind=kind, question=text[::-1], original_body=text[2:]))
        assert not report.incomplete
        assert all(0 <= one.start <= one.end and report.post.part(one.part)[one.start : one.end] == one.text for one in report.findings)


def test_a_failing_detector_is_named_and_the_rest_goes_on() -> None:
    report = Screener(extra=(Fails(),)).screen("炸。" + LEAK)

    assert report.decision is Decision.BLOCK
    assert [one.rule for one in report.findings] == ["privacy.resident-id"]
    assert [one.reason for one in report.incomplete] == ["Fails 出错（ZeroDivisionError），这一项没有审完"]
    assert "炸" not in report.incomplete[0].reason
    assert Screener(extra=(Fails(),)).screen("炸。").decision is Decision.REVIEW


def test_a_finding_at_no_place_is_left_out_and_told() -> None:
    report = Screener(extra=(Misplaces(),)).screen("晴。")

    assert (report.findings, report.decision) == ((), Decision.REVIEW)
    assert "Misplaces" in report.incomplete[0].reason


def test_a_post_that_cannot_be_folded_costs_only_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    """Stages that many posts pass together: when one fails the posts are screened one by one."""
    shipped = model.Model.scan

    def scan(self: model.Model, joined: str, starts: Any) -> Any:
        if "炸" in joined:
            raise MemoryError
        return shipped(self, joined, starts)

    monkeypatch.setattr(model.Model, "scan", scan)

    assert [one.decision for one in SCREENER.screen_many(["晴。", "炸", LEAK])] == [Decision.PASS, Decision.REVIEW, Decision.BLOCK]


@pytest.mark.usefixtures("failing")
def test_check_names_the_failure_and_reports_the_other_files(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    files = [tmp_path / name for name in ("a.txt", "b.txt", "c.txt")]
    for path, text in zip(files, ("炸", LEAK, "晴。"), strict=True):
        path.write_text(text, "utf-8")

    code = main(["check", *map(str, files)])
    out = capsys.readouterr().out

    assert code == 1
    assert "CharacterDetector 出错（KeyError）" in out
    assert "privacy.resident-id" in out


@pytest.mark.usefixtures("failing")
def test_scan_goes_to_its_end_and_writes_the_post_to_its_rejects(tmp_path: Path) -> None:
    lines = [{"id": number, "body": "炸" if number == 7 else "晴。"} for number in range(20)]
    (tmp_path / "a.jsonl").write_text("".join(json.dumps(one) + "\n" for one in lines), "utf-8")

    summary = scan([tmp_path / "a.jsonl"], tmp_path / "out")
    rejected = [json.loads(line) for line in (tmp_path / "out/rejected.jsonl").read_text("utf-8").splitlines()]

    assert (summary.posts, summary.rejected) == (20, 1)
    assert (rejected[0]["row"], "CharacterDetector" in rejected[0]["reason"]) == (8, True)


@pytest.mark.usefixtures("failing")
def test_an_editor_is_told_and_goes_on() -> None:
    session = Session(Screener(), "a.txt", "晴。")
    session.change("炸。" + LEAK)
    session.settle()

    findings, told = session.visible()
    assert [one.rule for one in findings] == ["privacy.resident-id"]
    assert any("CharacterDetector" in one for one in told)


def test_a_screening_that_failed_is_done_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was not screened is not taken over by the next scan, even under the same rules."""
    (tmp_path / "a.jsonl").write_text(json.dumps({"body": "炸。" + LEAK}) + "\n", "utf-8")
    with monkeypatch.context() as patch:
        patch.setattr(CharacterDetector, "find", lambda self, reading: 1 / 0)
        scan([tmp_path / "a.jsonl"], tmp_path / "out")
    (tmp_path / "b.jsonl").write_text('{"body": "晴。"}\n', "utf-8")

    summary = scan([tmp_path / "b.jsonl", tmp_path / "a.jsonl"], tmp_path / "out")

    assert summary.rejected == 0
