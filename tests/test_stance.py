"""Judging the post and pointing at the span: what is heard, what is silence, which words are shown."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from screeners import SCREENER
from govmedia_screen import Post
from govmedia_screen.detectors.stance import StanceDetector, spans
from govmedia_screen.detectors.stance.evidence import MOST, strongest
from govmedia_screen.detectors.stance.spans import joined, trimmed, without
from govmedia_screen.finding import Finding
from govmedia_screen.lexicon import lexicon

DETECTOR = StanceDetector(lexicon.load())
RULES = ("commercial.stance", "commercial.tail-paragraph", "opinion.stance")
AD = "城西新开的轮滑馆开卡季，年卡原价1980，现在只要980，到店就送护具一套，名额有限，加微信报名，先到先得！"
MOAN = "我真的服了，这破电梯又坏了，爬了十八楼，气死个人，谁爱管谁管，反正我是不想忍了！"
NOTICE = "县图书馆定于本周六上午在一楼报告厅举办阅读分享会，欢迎市民参加。"
PIECES = st.sampled_from(
    [AD, MOAN, NOTICE, "\n", "\u3000\n", "\r\n", "“", "”", "他说：", "|", "![图](", ")", "https://a.cn/b", "```\n", "电话：", " "]
)
TEXTS = st.lists(st.one_of(PIECES, st.text(max_size=12)), max_size=14).map("".join)


def stance(text: str, kind: str = "article", title: str = "") -> list[Finding]:
    return [found for found in SCREENER.screen(Post(text, title=title, kind=kind)).findings if found.rule in RULES]


@settings(max_examples=150, deadline=None)
@given(TEXTS)
def test_findings_are_slices_without_blank_ends_and_never_two_voices_in_one_place(text: str) -> None:
    found = stance(text)

    for one in found:
        assert one.start < one.end
        assert text[one.start : one.end] == one.text == one.text.strip()
        assert 0 < len(one.evidence) <= MOST
        assert all(cue in one.text for cue in one.evidence)
    for place, one in enumerate(found):
        assert all(one.end <= other.start or other.end <= one.start for other in found[place + 1 :])


@pytest.mark.parametrize("before", ["\n", "\u3000\n", "\r\n\r\n", "  \n\n\t\n", "\ufeff\n"])
@pytest.mark.parametrize("text", [AD, MOAN])
def test_blank_lines_before_a_post_change_nothing(before: str, text: str) -> None:
    plain, shifted = stance(text), stance(before + text)

    assert plain
    assert [(one.rule, one.text) for one in shifted] == [(one.rule, one.text) for one in plain]


@settings(max_examples=150, deadline=None)
@given(TEXTS)
def test_the_compiled_core_and_its_twin_carry_the_same_sentences(text: str) -> None:
    sums = [0]
    for place, character in enumerate(text):
        sums.append(sums[-1] + (ord(character) * 7919 + place) % 201 - 100)
    compiled = spans.carried(text, memoryview(bytes(8 * len(sums))).cast("q"), (0, len(text)), 0.3, -0.1)
    mine, spans.core = spans.core, None
    try:
        plain = spans.carried(text, [0] * len(sums), (0, len(text)), 0.3, -0.1)
    finally:
        spans.core = mine

    assert compiled == plain


@pytest.mark.parametrize(
    "text",
    [
        "咨询电话：0912-8765432",
        "联系人：王老师　电话：8765432",
        "（一）报名网址：https://www.example.gov.cn/baoming?id=20240506",
        "| 姓名 | 单位 | 岗位 |",
        "![活动海报](images/2024/05/haibao_final.jpg)",
        "`make install && ./run --all`",
        "责任编辑：李某某",
        "欢迎关注“某县发布”微信公众号",
        "邮箱：bangongshi@example.gov.cn",
    ],
)
def test_what_is_no_prose_is_silence(text: str) -> None:
    assert not re.sub(r"[\W_]", "", without(text, (0, len(text)), DETECTOR.prose.silenced(text)))


@pytest.mark.parametrize("text", ["咨询电话：今日下单立减100元", "扫码关注公众号，领取满减优惠券", NOTICE, "他说的时间：记不清了" * 20])
def test_what_sells_or_tells_is_heard(text: str) -> None:
    assert without(text, (0, len(text)), DETECTOR.prose.silenced(text)) == text


def test_a_promotional_paragraph_at_the_end_of_a_notice_is_the_finding() -> None:
    text = f"{NOTICE}\n咨询电话：0912-8765432\n\n{AD}"
    (found,) = stance(text)

    assert (found.rule, found.text) == ("commercial.tail-paragraph", AD)


def test_a_notice_with_its_contact_lines_is_no_promotion() -> None:
    lines = [
        "时间：5月18日9:00",
        "地点：县图书馆一楼",
        "费用：免费",
        "报名方式：扫描海报二维码或拨打0912-8765432",
        "欢迎关注“某县图书馆”微信公众号",
    ]

    assert stance("\n".join([NOTICE, *lines])) == []


@pytest.mark.parametrize(
    "text", ["年度", "0912-8765432", "38:f9:d3:4b:f5:51", "2024-05-06 08:30:00", "https://www.example.gov.cn/a/b.html", "邮编：719000"]
)
def test_too_little_says_nothing(text: str) -> None:
    assert stance(text) == []


def test_confidence_grows_with_evidence() -> None:
    some, more = stance(AD[:24]), stance(AD)

    assert (some[0].score if some else 0) < more[0].score


def test_evidence_is_whole_words_and_short_clauses_the_strongest_first() -> None:
    raw = "本店周年庆，全场五折，名额有限，欢迎选购各式各样说也说不完的大小商品"
    sums = [0]
    weights = {"周年庆": 3, "全场五折": 9, "名额有限": 5}
    for place in range(len(raw)):
        sums.append(sums[-1] + next((weight for word, weight in weights.items() if raw.startswith(word, place)), 0))

    assert strongest(raw, sums, (0, len(raw)), [(2, 5), (11, 15)]) == ("全场五折", "名额有限", "本店周年庆")


def test_spans() -> None:
    assert joined([(5, 8), (0, 2)], [(1, 4), (8, 9)]) == [(0, 4), (5, 9)]
    assert without("甲乙丙丁戊", (1, 5), [(0, 2), (3, 4)]) == "\n丙\n戊"
    assert trimmed(" \n\u3000", 0, 3) == (0, 0)


@pytest.mark.parametrize(("text", "clause"), [("每个返0.2元，攒够再换", "每个返0.2元"), ("早上8:30开门，晚了没有", "早上8:30开门")])
def test_a_clause_does_not_end_inside_a_number(text: str, clause: str) -> None:
    sums = [100 * min(place, len(clause)) for place in range(len(text) + 1)]

    assert strongest(text, sums, (0, len(text)), ())[0] == clause


def test_everybody_is_not_the_writer() -> None:
    voices = DETECTOR.voices

    assert voices.words("让我们一起出发", ("stance.self",)) == {"stance.self": set()}
    assert voices.words("让我一个人出发", ("stance.self",)) == {"stance.self": {"让我"}}


def test_a_blunt_phrase_says_twice_as_much_as_a_word() -> None:
    """Ten letters alone are too little; with a phrase that no office uses they are enough."""
    assert not [one for one in stance("这座桥修得真慢。") if one.rule == "opinion.stance"]
    assert [one.rule for one in stance("早该换人，差不多得了。")] == ["opinion.stance"]
