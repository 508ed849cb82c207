"""Replies: relevance, lateness, and that other posts are left alone."""

from __future__ import annotations


import pytest

from hang import ends

from screeners import SCREENER
from govmedia_screen import Post
from govmedia_screen.lexicon import lexicon as lexicons
from govmedia_screen.detectors.reply.relevance import Relevance, sub_questions

RELEVANCE = Relevance(lexicons.load())
PAIRS = [
    ("村口的路灯坏了两个月，晚上走路很危险，什么时候能修？", "您好，村口路灯系线路老化，已安排电工更换线路和灯头，三月五日恢复照明。"),
    (
        "请问公租房申请需要什么条件，外地户口可以申请吗？",
        "您好，公租房面向城镇中低收入住房困难家庭，外地户口持居住证满一年、缴纳社保满一年的可以申请。",
    ),
    (
        "我家承包地被修路占了，补偿款一直没有发，找了几次村委会。",
        "您好，经核实，该段道路占用您家承包地零点八亩，青苗和土地补偿款将在四月底前打入一卡通账户。",
    ),
    (
        "幼儿园要求家长统一购买校服，一套四百多元，太贵了。",
        "您好，教育局已约谈该幼儿园，校服由家长自愿购买，园方不得强制，已收款项将全额退还。",
    ),
    (
        "医保在外地住院怎么备案，手机上能不能办？",
        "您好，异地就医备案可在国家医保服务平台手机客户端办理，住院前后均可，报销比例按参保地政策执行。",
    ),
    ("养猪场臭气熏天，污水直接排到河里，没有人管。", "您好，环境执法人员到养殖场检查，发现粪污池防渗不到位，已责令停产整改并立案查处。"),
]


@pytest.mark.parametrize(("question", "answer"), PAIRS)
def test_true_pairs_are_related(question: str, answer: str) -> None:
    """A reply that answers is not called unrelated."""
    found = {one.rule for one in SCREENER.screen(Post(body=answer, kind="reply", question=question)).findings}

    assert "reply.unrelated" not in found


@pytest.mark.parametrize("shift", range(1, len(PAIRS)))
def test_shuffled_pairs_score_lower(shift: int) -> None:
    """Another question's reply scores lower than the question's own, for each question."""
    for number, (question, answer) in enumerate(PAIRS):
        other = PAIRS[(number + shift) % len(PAIRS)][1]

        assert RELEVANCE.score(question, other) < RELEVANCE.score(question, answer)


def test_most_shuffled_pairs_are_called_unrelated() -> None:
    """Of thirty shuffled pairs at least 25 are found."""
    called = 0
    for number, (question, _) in enumerate(PAIRS):
        for other, (_, answer) in enumerate(PAIRS):
            if other != number:
                report = SCREENER.screen(Post(body=answer, kind="reply", question=question))
                called += any(one.rule == "reply.unrelated" for one in report.findings)

    assert called >= 25


def test_sub_questions() -> None:
    """A question is cut where its question marks are, numbering left out."""
    assert sub_questions("1、学校九月能不能开学？2、食堂由哪家承包？谢谢！") == ["学校九月能不能开学", "食堂由哪家承包"]


def test_unanswered_names_the_question() -> None:
    """The finding's evidence is the part that was not answered."""
    post = Post(
        body="您好，城西小学主体工程已完工，计划今年九月开学，招生范围为城西街道。",
        kind="reply",
        question="请问新建的城西小学今年九月能开学吗？学校食堂由哪家承包经营？",
    )

    (finding,) = [one for one in SCREENER.screen(post).findings if one.rule == "reply.unanswered"]

    assert finding.evidence == ("学校食堂由哪家承包经营",)
    assert finding.start == finding.end == len(post.body)


def test_asker_in_meta() -> None:
    """The asker's name given by the caller decides whom the reply must greet."""
    reply = "王女士您好，医保关系转移请到政务大厅3号窗口办理。"
    right = SCREENER.screen(Post(body=reply, kind="reply", meta={"asker": "王芳"}))
    wrong = SCREENER.screen(Post(body=reply, kind="reply", meta={"asker": "李明"}))

    assert not any(one.rule == "reply.addressee" for one in right.findings)
    assert any(one.rule == "reply.addressee" and one.text == "王女士" for one in wrong.findings)


@pytest.mark.parametrize("kind", ["article", "repost", "notice"])
def test_other_kinds_are_left_alone(kind: str) -> None:
    """Phrases of bad replies are nobody's business outside replies."""
    report = SCREENER.screen(Post(body="此事不归我们管，请找其他部门。无可奉告。", kind=kind, source="新华社"))

    assert not any(one.family == "reply" for one in report.findings)


@pytest.mark.parametrize("body", ["", " ", "\n", "。", "您好", "🙂", "\ud800", "X" * 5000, "（" * 3000, "XX" * 3000])
def test_odd_replies_raise_nothing(body: str) -> None:
    """Nothing that a reply says makes the detector raise."""
    post = Post(body=body, kind="reply", question="路灯坏了何时修？" + body, asked_at="昨天", published_at="不详")
    report = SCREENER.screen(post)

    assert all(body[one.start : one.end] == one.text for one in report.findings if one.part == "body")


@pytest.mark.parametrize("unit", ["您好", "已转", "XX", "3号楼2单元", "（", "将您的举报", "1、", "？", "138", "请问"])
def test_time_is_linear(unit: str) -> None:
    """Thirty thousand repetitions come to an end."""
    assert ends(lambda: SCREENER.screen(Post(body=unit * 30_000, kind="reply", question=unit * 30_000)))
