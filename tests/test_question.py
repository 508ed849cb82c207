"""The question that is published with a reply: personal data in it is found, masked in reports and copies, and nothing else is said of it."""

from __future__ import annotations

import pytest

from govmedia_screen import Post, Screener
from govmedia_screen.documents import parse
from govmedia_screen.render import FORMATS, renderer
from govmedia_screen.report.shown import shown

SCREENER = Screener()
NUMBER = "61010419850612001X"
ASKED = f"我叫周文彬，身份证号{NUMBER}，家门口的井盖坏了一个多月，什么时候能换？"
ANSWER = "您好！您反映的井盖破损问题，我局已于3月4日更换新井盖并加固井圈。感谢您的监督。"
FILE = f"---\nkind: reply\nquestion: {ASKED}\n---\n{ANSWER}\n"


def reply(question: str) -> Post:
    """A reply to a question."""
    return Post(ANSWER, kind="reply", question=question)


def test_personal_data_in_a_question_is_found_where_it_stands() -> None:
    report = SCREENER.screen(reply(ASKED))

    found = [one for one in report.findings if one.part == "question"]
    assert [one.rule for one in found if one.text == NUMBER] == ["privacy.resident-id"]
    assert all(report.post.part("question")[one.start : one.end] == one.text for one in found)
    assert str(report.decision) == "block"
    assert [str(one.decision) for one in SCREENER.screen_many([reply(ASKED), reply("井盖坏了。"), reply(ASKED)])] == [
        "block",
        "pass",
        "block",
    ]


@pytest.mark.parametrize(
    "question",
    [
        "家门口的井盖坏了一个多月，什么时候能换？",
        "我帐户登陆不上，倒底怎么回事？？急急急",
        "住在12号楼，3月5日停水到6日，找谁？",
        "垃圾物业！必须退钱，不退就曝光！",
    ],
)
def test_a_citizens_wording_is_not_judged(question: str) -> None:
    assert [one for one in SCREENER.screen(reply(question)).findings if one.part == "question"] == []


def test_it_is_masked_in_copies_and_reports() -> None:
    report = SCREENER.screen(reply(ASKED))
    masked = report.redacted()["question"]

    assert NUMBER not in masked
    assert len(masked) == len(ASKED)
    assert "question" not in SCREENER.screen(reply("井盖坏了。")).redacted()
    assert NUMBER not in shown(report).to_json()
    again = SCREENER.screen(reply(masked))
    assert [one for one in again.findings if one.part == "question"] == []


@pytest.mark.parametrize("form", FORMATS)
def test_every_format_tells_it_and_none_shows_it(form: str) -> None:
    document = parse(FILE.encode(), "答复.md")
    output = renderer(form)([(document, shown(SCREENER.screen(document.post)))])

    assert "privacy.resident-id" in output
    assert NUMBER not in output
