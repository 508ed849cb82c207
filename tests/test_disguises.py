"""Disguises: bridges with and without the compiled core, folds that never lose a term, masks that leave no two characters of a name."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from govmedia_screen.finding import Level
from govmedia_screen.lexicon.index import Index
from govmedia_screen.lexicon.readings import more_hits
from govmedia_screen.lexicon.rule import Rule
from govmedia_screen.lexicon.hits import verify
from govmedia_screen.matching import bridges
from govmedia_screen.matching.fold import EVERY, Fold
from govmedia_screen.matching.text import Sheet, Text
from govmedia_screen.report.masks import person
from govmedia_screen.system.native import core

TERMS = ("秃鹰气枪", "邪恶教派", "办证刻章", "冰毒", "wholesale")
SPELLED = "\uffff".join(TERMS).encode("utf-16-be")
BITMAP = bridges.pairs(SPELLED)
NAMES = st.sampled_from(["王伟", "李建国", "欧阳雪梅", "司马明", "买买提·艾力", "阿依古丽·买买提·吐尔逊", "欧阳娜"])


def spans(text: str, folds: Fold = EVERY) -> set[tuple[int, int]]:
    """Where the terms stand, disguised or not."""
    rule = Rule(
        "unlawful.sample",
        Level.BLOCK,
        "示例",
        "第十三条",
        ("甲",),
        ("乙",),
        terms=tuple((term, None) for term in TERMS),
        folds=folds,
        boundary=False,
    )
    index, sheet = Index([rule], [], ()), Sheet([text])
    one = Text("body", text, sheet, 0)
    found = {(start, end) for _, _, start, end, _ in more_hits(index, sheet, [one])}
    for last, number in index.matcher.find(sheet.view):
        found |= {place[:2] for entry in index.entries(number) if (place := verify(entry, sheet, one, last - entry.size, last))}
    return found


@pytest.mark.skipif(core is None, reason="the compiled core is not installed: no C compiler was at hand")
@given(st.text(st.sampled_from("秃鹰气枪冰毒邪教abz019。 \n\uffff"), max_size=60))
def test_bridges_are_the_same_with_and_without_the_compiled_core(text: str) -> None:
    """The bitmap and the places."""
    view = Sheet([text]).view
    compiled = bridges.bridges(view, BITMAP)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(bridges, "core", None)
        assert bridges.pairs(SPELLED) == BITMAP
        assert bridges.bridges(view, BITMAP) == compiled


@settings(max_examples=300)
@given(st.sampled_from(TERMS[:4]), st.data(), st.text("甲乙，。丙", max_size=6), st.text("甲乙，。丙", max_size=6))
def test_letters_between_never_lose_a_term(term: str, data: st.DataObject, before: str, after: str) -> None:
    """Letters and digits at any junctions, up to eight at each; without the fold the term is gone."""
    gaps = data.draw(st.lists(st.text("abcxyz0123456789", max_size=8), min_size=len(term) - 1, max_size=len(term) - 1).filter(any))
    hidden = "".join(char + gap for char, gap in zip(term, [*gaps, ""], strict=True))

    assert (len(before), len(before) + len(hidden)) in spans(before + hidden + after)
    assert not spans(before + hidden + after, EVERY ^ Fold.LETTERS)


@given(st.sampled_from(TERMS), st.data())
def test_no_fold_loses_a_plain_term(term: str, data: st.DataObject) -> None:
    """Whichever folds a rule has, the term as it is written is found."""
    folds = Fold(data.draw(st.integers(0, int(EVERY))))

    assert (1, 1 + len(term)) in spans("。" + term + "。", folds)


@given(st.sampled_from(TERMS[:2]), st.data())
def test_long_runs_of_odd_signs_never_lose_a_term(term: str, data: st.DataObject) -> None:
    """Three odd signs and more between two characters, however many; brackets with nothing in them."""
    place = data.draw(st.integers(1, len(term) - 1))
    run = data.draw(st.text("!@#$%^&*_+=~", max_size=30)) + "^*$"
    gap = data.draw(st.sampled_from([run, "（）", "[]", "【】"]))
    hidden = term[:place] + gap + term[place:]

    assert (0, len(hidden)) in spans(hidden)


@given(NAMES, st.sampled_from(["", "，患有精神分裂症", "（女，13岁）", "肢体残疾二级"]), st.sampled_from("＊*█"))
def test_no_two_neighbouring_characters_of_a_name_survive(name: str, after: str, mask: str) -> None:
    """Whole names are masked but for the first character, and masking again changes nothing."""
    masked = person(name + after, mask)

    assert len(masked) == len(name + after)
    assert not any(name[at : at + 2] in masked for at in range(len(name) - 1))
    assert masked[0] == name[0]
    assert person(masked, mask) == masked
