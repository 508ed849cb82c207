"""Waivers in comments: where they hold, and what is told of those that do nothing."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from screeners import WITHOUT_MODEL as SCREENER
from govmedia_screen import Decision, Profile, Screener
from govmedia_screen.acceptance.waivers import apply, screened
from govmedia_screen.archive.scan import scan
from govmedia_screen.documents import of_text
from govmedia_screen.ledger.ledger import Ledger

ALLOW = "<!-- govmedia: allow wording.character — 照录 -->"


def judged(text: str, name: str = "a.md") -> tuple[list[int], list[str]]:
    """The lines with findings left, and what is told."""
    results, told = screened([of_text(text, name)], SCREENER)
    document, report = results[0]
    return [document.locate(finding)[0] for finding in report.findings], told


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("己经完成。\n\n己经开始。\n", [1, 3]),
        (f"己经完成。{ALLOW}\n己经开始。\n", [2]),
        (f"{ALLOW}\n己经完成，\n己经开始。\n\n己经结束。\n", [5]),
        (f"{ALLOW}\r\n\r\n己经完成。\r\n\r\n己经结束。\r\n", [5]),
        (f"己经完成。\n\n{ALLOW}\n己经开始。\n", [1]),
        ("己经完成。\n\n己经开始。\n<!-- govmedia: allow-file wording — 照录 -->\n", []),
        ("己经完成。\n<!-- govmedia：allow-file  wording.character.word、privacy：照录 -->\n", []),
        ("己经完成。\n<!-- govmedia: allow-file stability — 照录 -->\n", [1]),
    ],
)
def test_where_a_waiver_holds(text: str, left: list[int]) -> None:
    text = text.replace("wording.character ", "wording.character.word ")

    assert judged(text)[0] == left


@pytest.mark.parametrize(
    ("text", "left"),
    [
        (f"<p>己经完成。</p>\n{ALLOW}\n<p>己经\n开始己经。</p>\n<p>己经结束。</p>", [1, 5]),
        (f"<p>己经完成。{ALLOW}</p>\n<p>己经结束。</p>", [2]),
        ("<h1>己经</h1><p>己经完成。</p><!-- govmedia: allow-file wording — 照录 -->", []),
    ],
)
def test_where_a_waiver_holds_in_html(text: str, left: list[int]) -> None:
    assert judged(text.replace("wording.character ", "wording.character.word "), "a.html")[0] == left


@pytest.mark.parametrize(
    ("comment", "says"),
    [
        ("<!-- govmedia: allow wording.character.word -->", "没有写理由"),
        ("<!-- govmedia: allow wording.character.word — -->", "没有写理由"),
        ("<!-- govmedia: allow privacy — 理由 -->", "没有用到"),
        ("<!-- govmedia: allow wording.nothing — 理由 -->", "没有这条规则"),
        ("<!-- govmedia: ignore everything -->", "应写成"),
        ("<!-- govmedia: allow — 理由 -->", "应写成"),
    ],
)
def test_a_waiver_that_does_nothing_is_told(comment: str, says: str) -> None:
    left, told = judged(f"无事。\n\n{comment}\n己经完成。\n")

    assert left == [4]
    assert len(told) == 1
    assert told[0].startswith("a.md:3: ")
    assert says in told[0]


def test_plain_text_has_no_waivers() -> None:
    assert judged(f"己经完成。{ALLOW}\n", "a.txt")[0] == [1]


def test_other_comments_are_no_waivers() -> None:
    assert judged("<!-- 关于 govmedia 的说明 -->\n己经完成。\n") == ([2], [])


GRAVE = "机密★10年，身份证号11010519491231002X。"


@pytest.mark.parametrize(
    "comment",
    [
        "<!-- govmedia: allow-file secrecy, privacy — 已请示 -->",
        "<!-- govmedia: allow secrecy.mark、privacy.resident-id — 已请示 -->",
        "<!-- govmedia: allow-file secrecy.mark, privacy.resident-id — 已请示 -->",
    ],
)
@pytest.mark.parametrize("name", ["a.md", "a.html"])
def test_what_blocks_and_what_is_secret_is_not_the_authors_to_waive(comment: str, name: str) -> None:
    results, told = screened([of_text(f"{comment}\n{GRAVE}\n", name)], SCREENER)

    assert results[0][1].decision is Decision.BLOCK
    assert any("不起作用" in one for one in told)


def test_a_profile_may_allow_it_or_refuse_all() -> None:
    text = "<!-- govmedia: allow-file privacy, secrecy — 已请示 -->\n" + GRAVE
    allowing = Screener(Profile(settings={"waivable": ["privacy.resident-id", "secrecy"]}))
    refusing = Screener(Profile(settings={"waivers": False}))

    assert screened([of_text(text, "a.md")], allowing)[0][0][1].decision is Decision.PASS
    assert screened([of_text(f"己经完成。{ALLOW.replace('character', 'character.word')}", "a.md")], refusing)[0][0][1].findings


def test_an_approval_cannot_be_waived(tmp_path: Path) -> None:
    ledger = tmp_path / "ledger.jsonl"
    plain = "罚款12元。\n"
    Ledger(ledger).record("approve", Screener().screen(of_text(plain, "a.md").post), "王某", 3)
    changed = of_text("<!-- govmedia: allow-file approval — 已请示 -->\n罚款12000元。\n", "a.md")
    holding = Screener(Profile(settings={"ledger": str(ledger), "waivable": ["approval"]}))

    results, _ = screened([changed], holding)
    assert results[0][1].decision >= Decision.REVIEW


@pytest.mark.parametrize(
    "unit", ["己经完成 <!-- govmedia: allow wording.character.word — 乙 -->\n", "己经 <!-- govmedia: allow wording — 乙 -->"]
)
@pytest.mark.parametrize("name", ["a.md", "a.html"])
def test_many_waivers_cost_what_they_are(unit: str, name: str) -> None:
    """A waiver a line, or all of them on one line: eight times as many in less than thirty times the work."""

    def calls(count: int) -> int:
        document, seen = of_text(unit * count, name), 0

        def count_lines(frame: object, event: str, _: object) -> object:
            nonlocal seen
            seen += event == "line"
            return count_lines

        report = SCREENER.screen(document.post)
        document.positions  # noqa: B018
        sys.settrace(count_lines)
        try:
            left, _ = apply(document, report, SCREENER.profile)
        finally:
            sys.settrace(None)
        assert not left.findings
        return seen

    assert calls(400) < 12 * calls(50)


def test_scan_and_check_agree(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in/a.md").write_text(f"己经完成。{ALLOW.replace('character', 'character.word')}\n", "utf-8")

    assert scan([tmp_path / "in"], tmp_path / "out", SCREENER).findings == 0
    (tmp_path / "in/a.md").write_text("己经完成。<!-- 无 -->\n", "utf-8")
    assert scan([tmp_path / "in"], tmp_path / "out", SCREENER).findings == 1
