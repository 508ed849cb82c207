"""Punctuation in its two styles."""

from __future__ import annotations

import pytest

from govmedia_screen import Post, Screener
from govmedia_screen.profile import Profile

POST = Screener()
STRICT = Screener(profile=Profile(name="papers", settings={"punctuation": "strict", "ambiguity": True, "abbreviations": True}))


def rules(screener: Screener, text: str) -> list[str]:
    """The last segments of the rules of the family's findings."""
    return [one.rule.rsplit(".", 1)[1] for one in screener.screen(text).findings if one.family == "wording"]


@pytest.mark.parametrize(
    ("text", "rule", "fixed"),
    [
        ("会议指出,要抓好落实", "half-width", "会议指出，要抓好落实"),
        ("请大家放心!", "half-width", "请大家放心！"),
        ('开展"我为群众办实事"活动', "straight-quote", "开展“我为群众办实事”活动"),
        ("印发《方案》、《细则》", "between", "印发《方案》《细则》"),
        ("他想了想。。。还是报了名", "ellipsis", "他想了想……还是报了名"),
        ("苹果、梨……等水果", "ellipsis", "苹果、梨等水果"),
        ("乡村振兴--我们在行动", "dash", "乡村振兴——我们在行动"),
        ("推进简政放权 、放管结合", "space", "推进简政放权、放管结合"),
        ("同比增长15 %", "space", "同比增长15%"),
        ("快来报名！！！！", "repeated", "快来报名！"),
        ("参加ＡＰＥＣ会议", "full-width-letter", "参加APEC会议"),
    ],
)
def test_strict_style(text: str, rule: str, fixed: str) -> None:
    """Papers: each slip is found and mended; posts: the same text is left in peace."""
    assert rules(STRICT, text) == [rule]
    assert STRICT.screen(text).fixed()["body"] == fixed
    assert rules(POST, text) == []


@pytest.mark.parametrize(
    "text",
    [
        "会议指出，要抓好落实。",
        "3,000名志愿者参加，比例为2:1。",
        "详见 https://www.example.gov.cn/a,b.html 。",
        "2019年06月26号 2019-06-26 12:00",
        "变量 $x$ 代表数量",
        "使用 Vue.js 开发",
        "印发《方案》（试行）、《细则》",
        "他想了想……还是报了名",
    ],
)
def test_strict_style_leaves_in_peace(text: str) -> None:
    """Numbers, addresses, code and Latin words keep their own marks."""
    assert [rule for rule in rules(STRICT, text) if rule != "space"] == []


def test_title_end() -> None:
    """A title takes no stop; a title's ellipsis and a body's sentence do."""
    assert [one.rule for one in POST.screen(Post("正文。", title="关于开展检查的通知。")).findings] == ["wording.punctuation.title-end"]
    assert POST.screen(Post("正文。", title="春天来了……")).findings == ()
    assert [one for one in POST.screen("我们关于此事的意见。大家可以再议。").findings if one.family == "wording"] == []


def test_vague_words_and_abbreviations_only_on_request() -> None:
    """近日、有关部门、EPC are ordinary in a post."""
    text = "近日，有关部门推进EPC模式"

    assert rules(STRICT, text) == ["vague", "vague", "abbreviation"]
    assert rules(POST, text) == []


@pytest.mark.parametrize(
    ("title", "found"),
    [
        ("快看！今天！马上！开抢！", True),
        ("太美了！！！", True),
        ("速看，停水通知", True),
        ("我县春耕备耕工作有序推进", False),
        ("加油，神木！", False),
        ("长" * 65, True),
    ],
)
def test_titles(title: str, found: bool) -> None:
    """A title that shouts or runs on is a note."""
    report = POST.screen(Post("正文内容如下。", title=title))

    assert ("wording.style.title" in {one.rule for one in report.findings}) == found
