"""Grammar of sentences: what a template says, what sets it to work, and what an editor is told."""

from __future__ import annotations

import random
import re
from pathlib import Path

import pytest

from govmedia_screen import Screener
from govmedia_screen.errors import LexiconError
from govmedia_screen.lexicon.lexicon import load
from govmedia_screen.lexicon.rule import Cues, Rule
from govmedia_screen.lexicon.sentence import BUILT_IN, PLUS, TOKEN, compile_sentence, trigger_of
from govmedia_screen.matching.fold import folded

LEXICON = load()
LINES = [pytest.param(rule, line, id=f"{rule.id}:{line}") for rule in LEXICON for line in rule.sentences]
#: What may stand for a built-in slot, and in a gap.
SAMPLES = {
    "数": "20",
    "钱": "300元",
    "日": "明天",
    "人名": "张某",
    "联系": "微信abc12345",
    "首": "",
    "姓名": "：李强、",
    "某人": "张某某",
    "长": "长" * 120,
}
OFFICE = """
[[rule]]
id = "conduct.office"
level = "review"
message = "测试"
basis = "第十九条"
sentences = '''
{line}
'''
hit = ["请大家给报摊送花"]
miss = ["花开了"]

[[cue]]
id = "conduct.flowers"
trigger = {trigger}
terms = '''
送花
'''
"""


def written(line: str, dice: random.Random) -> str:
    """A sentence that a template describes: one word for each slot, nothing or something in each gap."""
    pieces = []
    for piece in line.split(PLUS):
        words = []
        for slot, wide, gap, look, choice, maybe, literal in TOKEN.findall(piece):
            if slot in BUILT_IN:
                words.append(SAMPLES[slot])
            elif slot:
                words.append(dice.choice(LEXICON.cues[slot].words).replace("…", ""))
            elif wide or gap:
                words.append(dice.choice(["", "本次", "的"]))
            elif literal:
                words.append(literal)
            elif not look and not (maybe and dice.random() < 0.5):
                words.append(dice.choice(choice.split("|")).replace("…", ""))
        pieces.append("".join(words))
    return "，".join(pieces)


@pytest.mark.parametrize(("rule", "line"), LINES)
def test_a_line_finds_what_it_describes_and_its_trigger_stands_there(rule: Rule, line: str) -> None:
    dice = random.Random(line)
    sentence = compile_sentence(rule, line, LEXICON.cues)
    for _ in range(40):
        text = folded(written(line, dice))
        assert sentence.span(text, 0, len(text)) is not None, text
        assert sentence.trigger is None or any(word in text for word in LEXICON.cues[sentence.trigger].words), text


@pytest.mark.parametrize(("rule", "line"), LINES)
def test_only_rules_for_replies_do_without_a_trigger(rule: Rule, line: str) -> None:
    assert trigger_of(line, LEXICON.cues) or rule.kinds == ("reply",)


@pytest.mark.parametrize(("line", "trigger", "told"), [
    ("{conduct.who-knows}……{conduct.flowers}", "true", "没有这个词表"),
    ("请……{conduct.flowers}", "false", "trigger = true"),
    ("(请……{conduct.flowers}", "true", "括号没有配对"),
])  # fmt: skip
def test_an_editor_is_told_what_is_wrong(tmp_path: Path, line: str, trigger: str, told: str) -> None:
    folder = tmp_path / "conduct"
    folder.mkdir()
    (folder / "office.toml").write_text(OFFICE.replace("{line}", line).replace("{trigger}", trigger), "utf-8")
    with pytest.raises(LexiconError, match=told):
        load([tmp_path])


def test_an_office_writes_its_own_grammar(tmp_path: Path) -> None:
    folder = tmp_path / "conduct"
    folder.mkdir()
    (folder / "office.toml").write_text(OFFICE.replace("{line}", "请…{conduct.flowers}").replace("{trigger}", "true"), "utf-8")
    found = Screener(lexicons=tmp_path).screen("请大家给报摊送花。").findings

    assert [(one.rule, one.text) for one in found if one.family == "conduct"] == [("conduct.office", "请大家给报摊送花")]


def test_pieces_stand_in_any_order_and_gaps_stay_in_their_sentence() -> None:
    cues = {"a.x": Cues("a.x", ("甲词",), trigger=True), "a.y": Cues("a.y", ("乙词",))}
    rule = next(iter(LEXICON))
    either, wide, narrow = (compile_sentence(rule, line, cues) for line in ("{a.x} + {a.y}", "{a.x}……{a.y}", "{a.x}…{a.y}"))

    assert either.span("乙词在前，甲词在后", 0, 9) == (0, 7)
    assert wide.span("甲词，隔一个逗号，乙词", 0, 11) == (0, 11)
    assert wide.span("甲词。乙词", 0, 5) is None
    assert narrow.span("甲词，乙词", 0, 5) is None


def test_templates_have_no_endless_repeat() -> None:
    for rule in LEXICON:
        for line in rule.sentences:
            for piece in compile_sentence(rule, line, LEXICON.cues).pieces:
                assert not re.search(r"(?<!\\)[*+](?![?+])", re.sub(r"\[[^\]]*\]", "", piece.pattern)), line
