"""A document that is being written: the same findings as a full screening, for a fraction of its cost."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govmedia_screen import Post, Screener
from govmedia_screen.documents import of_text
from govmedia_screen.lsp.lines import Lines
from govmedia_screen.lsp.session import Session

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
def test_after_a_pause_it_is_what_a_full_screening_gives(name: str, text: str, changes: list[tuple[float, float, str]]) -> None:
    session = Session(SCREENER, name, text)
    for change in changes:
        text = edited(text, *change)
        session.change(text)
        for finding in session.findings:
            assert session.document.post.part(finding.part)[finding.start : finding.end] == finding.text
    session.settle()

    try:
        document = of_text(text, name)
    except Exception:
        assert session.problem
        return
    assert session.document.post == document.post
    assert session.findings == SCREENER.screen(document.post).findings
    assert {part: spots.pieces for part, spots in session.document.places.items()} == {
        part: spots.pieces for part, spots in document.places.items()
    }


LOCAL = ("市政府召开会议，部署防汛工作。", "己经完成", "攻坚克隆", "\n", "\n\n", "😀", "，", "。", "会议强调，要压实责任。", "\t", "\r\n")
local_texts = st.lists(st.sampled_from(LOCAL), min_size=5, max_size=60).map("".join)
local_edits = st.lists(
    st.tuples(st.floats(0, 1), st.floats(0, 1), st.lists(st.sampled_from([*LOCAL, "己", "经", "攻坚"]), max_size=2).map("".join)),
    min_size=1,
    max_size=8,
)


@given(local_texts, local_edits)
def test_where_context_does_not_change_the_keystroke_itself_gives_it(text: str, changes: list[tuple[float, float, str]]) -> None:
    session = Session(SCREENER, "a.txt", text)
    for change in changes:
        text = edited(text, *change)
        session.change(text)
        told = [one for one in session.findings if one.family == "wording" and "character" in one.rule]
        assert told == [one for one in SCREENER.screen(Post(text)).findings if one.family == "wording" and "character" in one.rule]


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


def article(size: int) -> str:
    """A post as offices write them, of that many code points."""
    paragraphs = [
        f"第{number}条消息。本县2026年{number % 12 + 1}月召开第{number}次工作会议，传达上级精神，部署防汛抗旱、安全生产和营商环境等{number}项重点任务，"
        "要求各镇各部门压实责任、细化措施，确保各项工作按期完成。群众可拨打12345政务服务热线反映情况，也可到政务服务大厅咨询办理。\n"
        for number in range(1, 80)
    ]
    return "".join(paragraphs)[:size]


def test_a_keystroke_screens_its_paragraph_only(monkeypatch: pytest.MonkeyPatch) -> None:
    text, place, read = article(3000), 1500, []
    session = Session(SCREENER, "a.md", text)
    screen = session.paragraphs.screen
    monkeypatch.setattr(session.paragraphs, "screen", lambda post: read.append(len(post.body)) or screen(post))
    monkeypatch.setattr(session, "screen", lambda: read.append(len(text)))
    for char in "会议还听取了各镇各部门的工作汇报并研究了下一步安排":
        text = text[:place] + char + text[place:]
        place += 1
        session.change(text)

    assert 0 < max(read) <= 150
    monkeypatch.undo()
    before = session.findings
    session.settle()
    assert session.findings == before


def test_broken_front_matter_is_told_and_the_text_still_screened() -> None:
    session = Session(SCREENER, "a.md", "---\ntitle: 甲\n来源：乙\n---\n己经完成。\n")

    assert "a.md:3" in session.problem
    assert session.findings
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
