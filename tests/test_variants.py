"""Other spellings of listed terms: what is made, how much of it, and what a hit says."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govmedia_screen.lexicon.compiled import COMPARED
from govmedia_screen import LexiconError, Screener
from govmedia_screen.finding import Finding
from govmedia_screen.lexicon.compiled import Compiled, compile_terms
from govmedia_screen.lexicon.lexicon import load
from govmedia_screen.lexicon.rule import Rule
from govmedia_screen.matching.variants import LABELS, LIMITS, variants

RULE = """[[rule]]
id = "stability.sample"
level = "review"
message = "示例"
basis = "第十三条(三)"
variants = {kinds}
terms = \'\'\'
{terms}
\'\'\'
hit = ["有{first}"]
miss = ["没有"]
"""


def office(tmp_path: Path, kinds: str, *terms: str) -> Screener:
    """A screener with one rule of an office."""
    (tmp_path / "a.toml").write_text(RULE.format(kinds=kinds, terms="\n".join(terms), first=terms[0]), "utf-8")
    return Screener(lexicons=tmp_path)


def found(screener: Screener, text: str) -> Finding | None:
    """The office's finding in a text."""
    return next((one for one in screener.screen(text).findings if one.rule == "stability.sample"), None)


@pytest.mark.parametrize(
    ("term", "kind", "form"),
    [
        ("办证刻章", "pinyin", "banzhengkezhang"),
        ("真人荷官", "pinyin", "zhen人荷官"),
        ("长期代开发票", "pinyin", "长期代开fapiao"),
        ("银行卡", "pinyin", "yinhangka"),
        ("办证刻章", "initials", "bzkz"),
        ("长期代开发票", "initials", "长期代开fp"),
        ("办证刻章", "homophone", "办正刻章"),
        ("长期代开发票", "homophone", "长期带开发漂"),
        ("楼凤信息", "split", "木娄凤信息"),
        ("赌球平台", "split", "贝者球平台"),
        ("楼凤信息", "reverse", "息信凤楼"),
        ("飞叶子群", "reverse", "叶飞子群"),
    ],
)
def test_spelling_is_made(term: str, kind: str, form: str) -> None:
    """Each kind makes what advertisers write."""
    assert (form, kind) in variants(term, [kind])


@pytest.mark.parametrize("kind", LABELS)
def test_two_characters_need_something_else(kind: str) -> None:
    """A spelling of a two-character term stands only where the rule asks for other words near it."""
    assert variants("冰毒", [kind]) == []


@given(st.text(st.sampled_from("办证刻章代开发票微信赌博abＡ1〇 *卖"), min_size=1, max_size=30), st.booleans())
def test_spellings_are_bounded_and_none_is_the_term(term: str, short: bool) -> None:
    """However long the term."""
    made = variants(term, list(LABELS), short)

    assert len(made) <= sum(LIMITS.values()) <= 90
    assert term not in dict(made)
    assert len(dict(made)) == len(made)


def test_no_shipped_spelling_is_a_word() -> None:
    """Nothing that jieba's dictionary knows as a word is looked for as a disguise."""
    import jieba

    with jieba.get_dict_file() as file:
        words = {line.decode("utf-8").split(" ")[0] for line in file}

    compiled = load().index.compiled
    disguises = {form for form, kind in zip(compiled.spellings, compiled.kinds, strict=True) if kind != COMPARED}

    assert not words & disguises


def test_spellings_do_not_more_than_double_the_automaton() -> None:
    """Their number is a promise about memory and about the first call."""
    compiled = load().index.compiled

    pieces = sum(kind == COMPARED for kind in compiled.kinds)

    assert 5000 < len(compiled.kinds) - pieces < (len(compiled.forms) - pieces) / 2


@pytest.mark.parametrize(
    ("text", "label"),
    [("甲乙堵场", "谐音"), ("jiayiduchang", "拼音"), ("jia yi du chang", "拼音"), ("甲乙贝者场", "拆字"), ("甲 乙 堵 场", "谐音")],
)
def test_finding_names_entry_surface_and_disguise(tmp_path: Path, text: str, label: str) -> None:
    """And stands one level higher than the plain term."""
    screener = office(tmp_path, '["pinyin", "homophone", "split"]', "甲乙赌场")

    finding = found(screener, f"这里{text}，请进")

    assert finding is not None
    assert finding.text == text
    assert finding.evidence[0] == "甲乙赌场"
    assert label in finding.evidence
    assert str(finding.level) == "block"
    assert str(found(screener, "这里甲乙赌场").level) == "review"


@pytest.mark.parametrize("text", ["xjiayiduchang", "jiayiduchangs", "https://a.example.cn/jiayiduchang", "甲乙 ducha"])
def test_latin_spellings_are_whole_tokens(tmp_path: Path, text: str) -> None:
    """And never part of an address."""
    assert found(office(tmp_path, '["pinyin"]', "甲乙赌场"), text) is None


@pytest.mark.parametrize("text", ["甲乙堵场", "jiayiduchang", "丙丁贝者球"])
def test_nothing_is_made_unless_asked_for(tmp_path: Path, text: str) -> None:
    """A rule without the key finds its terms as they are."""
    assert found(office(tmp_path, "[]", "甲乙赌场", "丙丁赌球"), text) is None


@pytest.mark.parametrize("kinds", ['["pinyn"]', '"pinyin"', "[1]"])
def test_unknown_kind_is_refused(tmp_path: Path, kinds: str) -> None:
    """With file, line and the names there are."""
    with pytest.raises(LexiconError) as caught:
        office(tmp_path, kinds, "甲乙赌场")

    assert caught.value.problems[0].startswith("a.toml:6: variants 应写成")
    assert "homophone" in caught.value.problems[0]


def test_accepted_phrase_spares_a_spelling(tmp_path: Path) -> None:
    """The office's accept list wins over other spellings too."""
    (tmp_path / "accept.txt").write_text("甲乙堵场馆\n", "utf-8")
    screener = office(tmp_path, '["homophone"]', "甲乙赌场")

    assert found(screener, "参观甲乙堵场馆") is None
    assert found(screener, "甲乙堵场") is not None


def test_term_wins_over_a_spelling_of_another(tmp_path: Path) -> None:
    """Where both are listed the finding is the plain term's."""
    screener = office(tmp_path, '["homophone"]', "甲乙赌场", "甲乙堵场")

    assert str(found(screener, "甲乙堵场").level) == "review"


def test_rule_and_compiled_survive_the_cache(tmp_path: Path) -> None:
    """What is kept is what was made."""
    index = office(tmp_path, '["pinyin", "split"]', "甲乙赌场", "+V", "高仿", "甲乙赌场机", "丙丁赌球", "甲乙賭场").lexicon.index
    rule = load([tmp_path])["stability.sample"]

    assert Rule.of_plain(rule.to_plain()) == rule
    assert rule.variants == ("pinyin", "split")
    assert Compiled.of_plain(index.compiled.to_plain()) == index.compiled


@given(st.lists(st.text(st.sampled_from("仿\U00020000一赌a1①* ﾠ付"), min_size=1, max_size=5), max_size=8))
def test_any_terms_survive_the_cache(terms: list[str]) -> None:
    """Characters whose halves look like the seam, terms that fold alike or to nothing."""
    compiled = compile_terms(terms, [(0, term + "赌", "split") for term in terms[:2]])

    again = Compiled.of_plain(compiled.to_plain())

    assert again == compiled
    assert len(again.sizes) == len(terms)
    assert sorted(place for number in range(len(again.forms)) for place in again.places(number)) == [
        place for place in range(len(terms) + len(again.kinds)) if place not in again.bare
    ]
