"""Waivers in comments: where they hold, and what is told of those that do nothing."""

from __future__ import annotations

import pytest

from govmedia_screen import Profile, Screener
from govmedia_screen.documents import of_text
from govmedia_screen.acceptance.waivers import screened

SCREENER = Screener(Profile(families={"commercial": False, "opinion": False}))
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
