"""Links: what is offered in place of a broken one, and that nothing makes the detector slow or raise."""

from __future__ import annotations


import pytest
from hypothesis import given
from hypothesis import strategies as st

from hang import ends

from screeners import SCREENER


def links(text: str) -> list[tuple[str, str, str | None]]:
    """Rule, text and suggestion of the findings about links."""
    return [(one.rule, one.text, one.suggestion) for one in SCREENER.screen(text).findings if one.family == "link"]


@pytest.mark.parametrize(
    ("broken", "right"),
    [
        ("http：//www.shibei.gov.cn", "http://www.shibei.gov.cn"),
        ("http:/www.shibei.gov.cn/a", "http://www.shibei.gov.cn/a"),
        ("htpp://www.shibei.gov.cn", "http://www.shibei.gov.cn"),
        ("https；//zwfw.shibei.gov.cn", "https://zwfw.shibei.gov.cn"),
        ("www,shibei,gov,cn", "www.shibei.gov.cn"),
        ("www。shibei。gov。cn", "www.shibei.gov.cn"),
        ("wwww.shibei.gov.cn", "www.shibei.gov.cn"),
        ("http:\\\\www.shibei.gov.cn", "http://www.shibei.gov.cn"),
    ],
)
def test_broken_links_are_mended(broken: str, right: str) -> None:
    """The whole broken link is the finding, and the right one is offered."""
    assert links(f"请登录{broken}查询。") == [("link.malformed", broken, right)]


def test_plain_entry_is_offered_with_https() -> None:
    """The suggestion of an entry without encryption is the same link with it."""
    assert links("请登录 http://zwfw.shibei.gov.cn/login 填报。") == [
        ("link.insecure", "http://zwfw.shibei.gov.cn/login", "https://zwfw.shibei.gov.cn/login"),
    ]


@pytest.mark.parametrize("end", ["。", "，", "）", "”", ".", ",", ")", "!", "？", "查询", " "])
def test_link_ends_where_it_ends(end: str) -> None:
    """The sentence's own marks are no part of a link."""
    assert links(f"好物：https://item.taobao.com/item.htm?id=1{end}") == [
        ("link.commercial", "https://item.taobao.com/item.htm?id=1", None)
    ]


def test_secrets_are_found_beside_the_domain() -> None:
    """A link may leak and go to the wrong place at once; the graver finding stands."""
    found = links("https://item.taobao.com/a?token=9f8a7c6b5d4e")

    assert [rule for rule, _, _ in found] == ["link.credential"]


@pytest.mark.parametrize("unit", ["http://", "www.", "a.", "www,", "h.t.t.p", "http：/", "https://a.b/?x=", "://", "w w w ."])
def test_time_is_linear(unit: str) -> None:
    """Forty thousand repetitions come to an end."""
    assert ends(lambda: links(unit * 40_000))


@given(st.text(alphabet="htps:/.w,。：cnogv@?=&%a1 \n中", max_size=120))
def test_spans_hold(text: str) -> None:
    """Whatever the text, each finding is a slice of it."""
    for one in SCREENER.screen(text).findings:
        assert text[one.start : one.end] == one.text
