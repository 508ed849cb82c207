"""A document that is being written: always what a full screening gives, a very long one when the writer pauses."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govmedia_screen import Screener
from govmedia_screen.documents import of_text
from govmedia_screen.lsp.lines import Lines
from govmedia_screen.lsp.session import AT_ONCE, Session

SCREENER = Screener(lexicons=Path(__file__).parent / "data/office")
PIECES = (
    "市政府召开会议，部署防汛工作。", "己经完成", "攻坚克隆", "线上赌场", "加微信abc12345", "严禁", "警方提醒", "身份证号11010519491231002X", "13812345678",
    "\n", "\r\n", "\n\n", "\r", "😀", "𠮷", "\t", "“", "”", "《", "》", "，", "。", "的", "今天是2026年2月30日。", "国办发〔2018123号", "\u200b", "<!-- 注 -->", "# 标题\n", "---\n", "title: 标题\n",
)  # fmt: skip
texts = st.lists(st.sampled_from(PIECES), max_size=30).map("".join)
edits = st.lists(
    st.tuples(st.floats(0, 1), st.floats(0, 1), st.lists(st.sampled_from(PIECES), max_size=2).map("".join)), min_size=1, max_size=6
)
names = st.sampled_from(["a.md", "a.txt", "a.html"])


def edited(text: str, first: float, share: float, new: str) -> str:
    """The text with some of it (mostly little) replaced."""
    start = int(first * len(text))
    end = start + int(share**3 * (len(text) - start))
    return text[:start] + new + text[end:]


@given(names, texts, edits)
def test_after_every_change_it_is_what_a_full_screening_gives(name: str, text: str, changes: list[tuple[float, float, str]]) -> None:
    session = Session(SCREENER, name, text)
    for change in changes:
        text = edited(text, *change)
        session.change(text)
        try:
            document = of_text(text, name)
        except Exception:
            assert session.problem
            continue
        assert session.exact
        assert session.document.post == document.post
        assert session.report == SCREENER.screen(document.post)
        assert {part: spots.pieces for part, spots in session.document.places.items()} == {
            part: spots.pieces for part, spots in document.places.items()
        }


@given(st.text(st.characters(exclude_categories=()), max_size=80), st.sampled_from(["utf-8", "utf-16", "utf-32"]))
def test_positions_and_offsets_are_each_other_s_way_back(text: str, encoding: str) -> None:
    text = text.encode("utf-8", "replace").decode()  # the protocol is JSON in UTF-8: no lone surrogate comes through it
    lines = Lines(text, encoding)
    for offset in range(len(text) + 1):
        back = lines.offset(*lines.position(offset))
        assert back == offset or text[back:offset] in ("\r", "\n", "\r\n")


def test_positions_are_utf_16() -> None:
    lines = Lines("a😀b\r\n𠮷己经")

    assert lines.position(2) == (0, 3)
    assert lines.position(6) == (1, 2)
    assert lines.offset(1, 3) == 7
    assert lines.offset(1, 1) == 5
    assert lines.offset(0, 99) == 3
    assert lines.offset(9, 0) == 8


def test_a_very_long_document_waits_for_a_pause() -> None:
    text = "县政府召开会议，部署防汛工作。\n" * (AT_ONCE // 15)
    session = Session(SCREENER, "a.md", text)
    session.change(text + "己经完成")

    assert not session.exact
    assert session.settle()
    assert [one.text for one in session.report.findings] == ["己经"]
    assert not session.settle()


def test_broken_front_matter_is_told_and_the_text_still_screened() -> None:
    session = Session(SCREENER, "a.md", "---\ntitle: 甲\n来源：乙\n---\n己经完成。\n")

    assert "a.md:3" in session.problem
    assert session.report.findings
    session.change("---\ntitle: 甲\n来源: 乙\n---\n己经完成。\n")
    assert (session.problem, session.document.post.source) == ("", "乙")


@pytest.mark.parametrize("name", ["a.md", "a.html"])
def test_a_waived_finding_is_not_shown(name: str) -> None:
    session = Session(SCREENER, name, "己经完成。\n")
    assert session.visible()[0]

    session.change("己经完成。<!-- govmedia: allow wording — 照录 -->\n")
    assert session.visible() == ((), [])
    session.change("已经完成。<!-- govmedia: allow wording — 照录 -->\n")
    assert "没有用到" in session.visible()[1][0]
