"""Tags inside what is masked stay whole, and what stands between them is masked as it would be without them."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govmedia_screen import Post, Screener
from govmedia_screen.report.masks import beside_tags, mask

SCREENER = Screener()
TAG = re.compile(r"<[^<>]*>")
NUMBER = "610104198506120010"


@pytest.mark.parametrize(
    "body",
    [
        "<p>身份证号61010<b>4198506</b>120010，已受理。</p>",
        '<p>电话139<span class="x9 y8">9123</span>4567，联系人周文彬。</p>',
        '<p>举报人：周<b>文</b>彬，家住城关镇新街村<a href="x">23号3单元</a>402室</p>',
    ],
)
def test_a_masked_page_has_the_tags_that_it_had(body: str) -> None:
    masked = SCREENER.screen(Post(body)).redacted()["body"]

    assert masked != body
    assert TAG.findall(masked) == TAG.findall(body)
    plain = SCREENER.screen(Post(TAG.sub("", body))).redacted()["body"]
    assert TAG.sub("", masked) == plain


@given(st.lists(st.tuples(st.integers(0, 18), st.sampled_from(["<b>", "</b>", '<i class="a1">', "<br>", "<wbr/>"])), max_size=6))
def test_tags_anywhere_in_a_number(tags: list[tuple[int, str]]) -> None:
    text = NUMBER
    for place, tag in sorted(tags, reverse=True):
        text = text[:place] + tag + text[place:]
    masked = beside_tags(text, lambda shown: mask((6, 4), shown))

    assert TAG.findall(masked) == TAG.findall(text)
    assert TAG.sub("", masked) == mask((6, 4), NUMBER)


def test_what_is_no_tag_is_masked() -> None:
    assert beside_tags("a<3>b<", lambda shown: "＊" * len(shown)) == "＊" * 6
