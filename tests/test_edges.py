"""The limits that a slip of one would move, each held by the smallest case that sees it."""

from __future__ import annotations

from datetime import date

import pytest

from screeners import SCREENER
from govmedia_screen import Post
from govmedia_screen.acceptance.baseline import LOOK, REACH, fingerprint
from govmedia_screen.chinese.sentences import bounds
from govmedia_screen.classifier.model import Model
from govmedia_screen.documents.places import Builder
from govmedia_screen.finding import Finding, Level
from govmedia_screen.formats.labels import Labels
from govmedia_screen.formats.rows import Rows
from govmedia_screen.profile import Exemption
from govmedia_screen.report.policy import Intervals, exempted


def finding(text: str, start: int, end: int, rule: str = "public-security.gambling") -> Finding:
    """A finding at a place of a body."""
    return Finding(rule, Level.REVIEW, "body", start, end, text[start:end], "问题", None, "第十三条(三)")


@pytest.mark.parametrize("phrase", ["赌博网站", "整治赌博", "整治赌博网站", "赌博", "博"])
def test_an_exemption_covers_a_finding_that_its_phrase_holds_or_that_holds_it(phrase: str) -> None:
    body = "开展整治赌博网站行动"
    exemption = Exemption("public-security", "专项行动的名称", date(2099, 1, 1), phrase)

    assert exempted(finding(body, 4, 6), Post(body), [exemption], date(2026, 1, 1)) == exemption


@pytest.mark.parametrize("phrase", ["治赌", "博网", "开展"])
def test_an_exemption_covers_nothing_that_only_touches_its_phrase(phrase: str) -> None:
    body = "开展整治赌博网站行动"
    exemption = Exemption("public-security", "专项行动的名称", date(2099, 1, 1), phrase)

    assert exempted(finding(body, 4, 6), Post(body), [exemption], date(2026, 1, 1)) is None


def test_an_exemption_holds_on_its_last_day_and_not_after_it() -> None:
    body = "赌博"
    exemption = Exemption("public-security.gambling", "引文", date(2026, 6, 30), "赌博")

    assert exempted(finding(body, 0, 2), Post(body), [exemption], date(2026, 6, 30)) == exemption
    assert exempted(finding(body, 0, 2), Post(body), [exemption], date(2026, 7, 1)) is None


def test_intervals_that_touch_do_not_overlap() -> None:
    taken = Intervals()

    assert taken.add(4, 6)
    assert taken.add(2, 4)
    assert taken.add(6, 8)
    assert not taken.add(7, 9)
    assert not taken.add(1, 3)


def test_an_accepted_finding_is_known_by_what_stands_right_beside_it() -> None:
    far, near = "远" * LOOK, "近" * REACH
    body = f"{far}{near}赌博{near}{far}"
    place = body.index("赌博")
    known = fingerprint(Post(body), finding(body, place, place + 2))

    def again(changed: str) -> str:
        return fingerprint(Post(changed), finding(changed, place, place + 2))

    assert again("新" + body[1:]) == known
    assert again(body[:-1] + "新") == known
    assert again(body[: place - 1] + "新" + body[place:]) != known
    assert again(body[: place + 2] + "新" + body[place + 3 :]) != known
    assert again(body[: place - REACH] + "新" + body[place - REACH + 1 :]) != known


def test_what_follows_a_removed_comment_is_not_the_comment() -> None:
    file = "甲<!-- 注 -->乙丙"
    builder = Builder()
    builder.add("甲", 0)
    builder.add("乙丙", file.index("乙"))
    part, places = builder.finish()

    assert part == "甲乙丙"
    assert [file[slice(*places.span(start, start + 1))] for start in range(3)] == ["甲", "乙", "丙"]
    assert file[slice(*places.span(0, 2))] == "甲<!-- 注 -->乙"
    assert places.span(1, 1) == (file.index("乙"),) * 2


def test_a_sentence_ends_before_its_mark() -> None:
    text = "甲。网上赌博能赚钱吗？都是骗局。"

    assert text[slice(*bounds(text, 4, 6))] == "网上赌博能赚钱吗"
    assert text[bounds(text, 4, 6)[1]] == "？"


@pytest.mark.parametrize("text", ["这真是个大·麻·烦", "遇到大 麻 烦找社区"])
def test_a_disguised_innocent_phrase_still_wins(text: str) -> None:
    assert [one.rule for one in SCREENER.screen(text).findings if one.family == "public-security"] == []


def test_an_office_s_threshold_moves_every_limit_of_its_head() -> None:
    model = Model.load()
    label = model.labels[0]
    stricter = model.at({label: 0.999})
    step = stricter.heads[0].whole - model.heads[0].whole

    assert step > 0
    for name in ("line", "short"):
        assert getattr(stricter.heads[0], name) - getattr(model.heads[0], name) == pytest.approx(step)
    assert stricter.heads[1] == model.heads[1]


def test_half_a_row_stands_under_no_header() -> None:
    labels = Labels({"name": ["姓名"], "id": ["身份证号"], "phone": ["电话"], "bank": ["银行卡"]})
    header = "姓名\t身份证号\t电话\t银行卡"
    whole, half = f"{header}\n张三\t1\t2\t3", f"{header}\n张三\t1"

    over = Rows(whole, labels).over(whole.index("1"))
    assert over is not None
    assert over.kind == "id"
    assert Rows(half, labels).over(half.index("1")) is None
