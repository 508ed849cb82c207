"""Examples of rules: their marks are read exactly, and a rule is proved by itself."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import ClassVar

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govmedia_screen import Finding, Level, Screener
from govmedia_screen.detectors import Reading
from govmedia_screen.lexicon_tools.check import check
from govmedia_screen.lexicon_tools.examples import slip
from govmedia_screen.lexicon_tools.marks import MARK, unmarked
from govmedia_screen.profile import Profile

RULES = """
[[rule]]
id      = "office.slip"
level   = "note"
message = "错字"
basis   = "第十四条"
terms   = '''
甲甲乙丙 → 甲乙丙
丁丁戊己
'''
hit     = ["HIT"]
miss    = ["甲乙丙"]
"""


def problems(tmp_path: Path, hit: str) -> str:
    """What the check says of a rule with that example."""
    (tmp_path / "a.toml").write_text(RULES.replace("HIT", hit), "utf-8")
    found, _ = check([tmp_path])
    return "".join(found)


@pytest.mark.parametrize(
    ("hit", "told"),
    [
        ("要甲甲乙丙了", ""),
        ("要⟦甲甲乙丙⟧了", ""),
        ("要⟦甲甲乙丙→甲乙丙⟧了", ""),
        ("要⟦甲甲乙丙|office.slip→甲乙丙⟧了", ""),
        ("⟦甲甲乙丙→甲乙丙⟧，⟦丁丁戊己⟧", ""),
        ("title=⟦丁丁戊己⟧‖body=要⟦甲甲乙丙→甲乙丙⟧了", ""),
        ("要⟦甲甲乙⟧丙了", "没有命中“甲甲乙”，多命中“甲甲乙丙”"),
        ("⟦甲甲乙丙⟧，丁丁戊己", "多命中“丁丁戊己”"),
        ("title=丁丁戊己‖body=⟦甲甲乙丙⟧", "多命中“丁丁戊己”"),
        ("⟦甲甲乙丙→甲甲⟧", "改法应是“甲甲”，给出的是“甲乙丙”"),
        ("⟦甲甲乙丙→⟧", "改法应是“”，给出的是“甲乙丙”"),
        ("⟦丁丁戊己→丁戊己⟧", "给出的是没有改法"),
        ("⟦甲甲乙丙|office.other⟧", "标的是别的规则 office.other"),
        ("⟦甲甲乙丙，无尾", "标记不成对"),
        ("没有这个词", "没有命中"),
    ],
)
def test_marks_are_held_exactly(tmp_path: Path, hit: str, told: str) -> None:
    said = problems(tmp_path, hit)

    assert told in said
    assert bool(said) == bool(told)


def test_a_miss_has_no_marks(tmp_path: Path) -> None:
    (tmp_path / "a.toml").write_text(RULES.replace("HIT", "甲甲乙丙").replace('["甲乙丙"]', '["⟦甲乙丙⟧"]'), "utf-8")

    assert "只有稿件的命中例句能标" in "".join(check([tmp_path])[0])


class FollowsOthers:
    """A detector that finds a rule's place only where another rule has a hit: what no rule may rest on."""

    family: ClassVar[str] = "office"

    def find(self, reading: Reading) -> Iterator[Finding]:
        if any(hit.rule.id == "wording.slip.already" for hits in (reading.hit_lists or {}).values() for hit in hits):
            yield Finding("office.slip", Level.NOTE, "body", 0, 1, reading.body[:1], "错字")


def test_a_rule_is_proved_without_the_others(tmp_path: Path) -> None:
    """An example that only another rule's hit brings to light is refused; one that the rule finds itself is not."""
    (tmp_path / "a.toml").write_text(RULES.replace("HIT", "甲甲乙丙"), "utf-8")
    screener = Screener(Profile(families={"commercial": False, "opinion": False}), tmp_path, extra=[FollowsOthers()])
    rule = screener.lexicon["office.slip"]

    assert slip(screener, rule, "工程以经完工", hit=True) == "要靠别的规则才命中"
    assert slip(screener, rule, "甲甲乙丙", hit=True) == ""


@given(st.lists(st.tuples(st.text("甲乙，a\n"), st.text("丙丁b"), st.none() | st.text("戊己")), max_size=5), st.text("甲乙"))
def test_marks_and_text_come_apart(pieces: list[tuple[str, str, str | None]], tail: str) -> None:
    """Whatever is marked, the text is what stands without marks, and each mark is a slice of it."""
    example = "".join(f"{before}⟦{text}{'' if to is None else f'→{to}'}⟧" for before, text, to in pieces) + tail
    bare, marks = unmarked(example)

    assert bare == "".join(before + text for before, text, _ in pieces) + tail == MARK.sub(lambda match: match["text"], example)
    assert [(mark.text, mark.replacement) for mark in marks] == [(text, to) for _, text, to in pieces]
    assert all(bare[mark.start : mark.end] == mark.text for mark in marks)
