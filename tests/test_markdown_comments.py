"""Comments in Markdown: what browsers hide is left out, and what they show is screened."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govmedia_screen.documents import parse

SECRET = "内参底稿"


@pytest.mark.parametrize(
    "text",
    [
        "```\n<!-- 内参底稿 -->\n```", "~~~html\n<!-- 内参底稿 -->\n~~~", "```\n<!-- 内参底稿 -->", "写作 `<!-- 内参底稿 -->` 即可", "段落\n\n    <!-- 内参底稿 -->\n",
        "\t<!-- 内参底稿 -->", "\\<!-- 内参底稿 -->", "<!--> 内参底稿 <!-- -->", "<!---> 内参底稿 <!-- -->", "<!-- x --!> 内参底稿 <!-- -->",
        "<!-- 一 --> 内参底稿 <!-- 二 -->", "<!-- 没有合上 内参底稿", "<!-- ` --> `<!-- 内参底稿 -->`",
    ],
)  # fmt: skip
def test_what_readers_see_is_screened(text: str) -> None:
    assert SECRET in parse(f"# 通知\n\n今日晴。\n\n{text}\n".encode(), "a.md").post.body


@pytest.mark.parametrize(
    "text",
    [
        "<!-- 内参底稿 -->",
        "今日 <!-- 内参底稿 --> 晴",
        "<!--\n内参\n-->\n<!-- 内参底稿 -->",
        "```\n代码\n```\n<!-- 内参底稿 -->",
        "`代码` <!-- 内参底稿 -->",
    ],
)
def test_what_no_reader_sees_is_left_out(text: str) -> None:
    assert SECRET not in parse(f"# 通知\n\n今日晴。\n\n{text}\n".encode(), "a.md").post.body


@given(st.lists(st.sampled_from(["<!--", "-->", "--!>", "<!-->", "`", "```\n", "\n", "    ", "\\", "字", "-", ">"]), max_size=30))
def test_every_part_is_found_again_in_the_file(pieces: list[str]) -> None:
    text = "今日" + "".join(pieces)
    document = parse(text.encode(), "a.md")
    for part in document.post.parts:
        for place, char in enumerate(document.post.part(part)):
            start, end = document.places[part].span(place, place + 1)
            assert document.text[start:end] == char
