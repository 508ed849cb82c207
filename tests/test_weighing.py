"""Evidence that is weighed: what is enough, what speaks against it, what an editor is told."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screeners import SCREENER
from govmedia_screen import Post, Screener
from govmedia_screen.errors import LexiconError
from govmedia_screen.lexicon.lexicon import load
from govmedia_screen.lexicon.weighing import compile_weighing, problems, triggers_of

LEXICON = load()
WEIGHED = [rule for rule in LEXICON if rule.weighed]
OFFICE = """
[[rule]]
id = "conduct.office"
level = "review"
message = "测试"
basis = "第十九条"
scope = "passage"
weighed = '''
{lines}
'''
enough = {enough}
hit = ["请大家给报摊送花。晚上要排名。"]
miss = ["花开了"]

[[cue]]
id = "conduct.flowers"
trigger = true
terms = '''
送花
'''
"""
LINES = "必 {conduct.flowers}\n2 (大家|人人)\n2 (排名|统计)\n-3 (自愿)"


def office(folder: Path, lines: str = LINES, enough: int = 4) -> Path:
    """An office's own lexicon with one weighed rule."""
    (folder / "conduct").mkdir()
    (folder / "conduct" / "office.toml").write_text(OFFICE.replace("{lines}", lines).replace("{enough}", str(enough)), "utf-8")
    return folder


@pytest.mark.parametrize(("body", "found"), [
    ("请大家给报摊送花。晚上要排名。", True),
    ("晚上要排名！请大家给报摊送花。", True),
    ("请大家给报摊送花。", False),
    ("请大家给报摊送花，大家都来，人人都来。", False),
    ("请大家给报摊送花，自愿参加。晚上要排名。", False),
    ("请大家给报摊送花。天气晴好。晚上要排名。", False),
    ("请大家送水。晚上要排名。", False),
])  # fmt: skip
def test_slots_add_up_in_any_order_within_neighbouring_sentences(tmp_path: Path, body: str, found: bool) -> None:
    findings = Screener(lexicons=office(tmp_path)).screen(body).findings

    assert any(one.rule == "conduct.office" for one in findings) == found


def test_a_finding_names_the_words_that_made_it(tmp_path: Path) -> None:
    [finding] = [
        one for one in Screener(lexicons=office(tmp_path)).screen("请大家给报摊送花。晚上要排名。").findings if one.rule == "conduct.office"
    ]

    assert finding.text == "大家给报摊送花。晚上要排名"
    assert finding.evidence == ("大家", "送花", "排名")


@pytest.mark.parametrize(("lines", "enough", "told"), [
    (LINES, 9, "enough = 9"),
    (LINES, 0, "enough = 0"),
    ("2 (大家|人人)\n2 (排名)", 4, "trigger = true"),
    ("大家 {conduct.flowers}", 1, "必 或分量"),
    ("2 {conduct.flowers} + 大家", 2, "必 或分量"),
    ("2 {conduct.nobody}", 2, "没有这个词表"),
    ("2 ({conduct.flowers}|大家", 2, "括号没有配对"),
])  # fmt: skip
def test_an_editor_is_told_what_is_wrong(tmp_path: Path, lines: str, enough: int, told: str) -> None:
    with pytest.raises(LexiconError, match=told):
        load([office(tmp_path, lines, enough)])


def test_rules_for_titles_look_at_titles_alone() -> None:
    for rule in WEIGHED:
        for example in rule.hit if rule.scope == "title" else ():
            title = example.split("‖")[0].removeprefix("title=")
            assert not any(one.rule == rule.id and one.part == "body" for one in SCREENER.screen(Post(title)).findings)


@pytest.mark.parametrize("rule", WEIGHED, ids=lambda rule: rule.id)
def test_shipped_rules_are_sound_and_set_to_work_by_something(rule: object) -> None:
    assert not [*problems(rule, LEXICON.cues)]  # type: ignore[arg-type]
    assert triggers_of(rule, LEXICON.cues) or rule.kinds == ("reply",)  # type: ignore[arg-type,attr-defined]


@given(st.data())
def test_more_that_speaks_for_it_never_undoes_a_finding(data: st.DataObject) -> None:
    rule = LEXICON["conduct.pressed"]
    weighing = compile_weighing(rule, LEXICON.cues)
    words = ["点赞", "务必", "截图", "通报", "各单位", "每人"]
    some = data.draw(st.lists(st.sampled_from(words), min_size=1, max_size=4, unique=True))
    text = "，".join(some)
    more = "，".join([*some, data.draw(st.sampled_from(words))])
    if places := weighing.places(text, 0, len(text)):
        assert weighing.places(more, 0, len(more))
        assert all(0 <= start < end <= len(text) for start, end in places)
