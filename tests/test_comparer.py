"""Which places of an expression's pieces are worth a comparison: the compiled core and Python, right, wrong and far from it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govmedia_screen.lexicon import comparer as module
from govmedia_screen.lexicon.comparer import Comparer
from govmedia_screen.lexicon.compiled import compile_terms
from govmedia_screen.lexicon.index import COMPARED
from govmedia_screen.matching.automaton import Matcher, build
from govmedia_screen.matching.comparison import pieces
from govmedia_screen.matching.text import Sheet
from govmedia_screen.system.native import core

EXPRESSIONS = ("社会主义核心价值观", "人类命运共同体", "绿水青山就是金山银山", "共同富裕示范区", "社会主义先进文化", "中央委员会")


def setting(compiled: bool = True) -> tuple[Comparer, Matcher]:
    """A comparer of the expressions and the matcher of their pieces."""
    made = compile_terms([], [(0, one[start:end], COMPARED) for one in EXPRESSIONS for start, end in pieces(one)])
    with pytest.MonkeyPatch.context() as patch:
        if not compiled:
            patch.setattr(module, "core", None)
        return Comparer(EXPRESSIONS, module.with_joints(made, EXPRESSIONS)), build(made.forms)


def worth(text: str, compiled: bool = True) -> list[tuple[int, int]]:
    """The hits in a text that are worth a comparison."""
    comparer, matcher = setting(compiled)
    return list(comparer.find(matcher, Sheet([text])))


@pytest.mark.parametrize("compiled", [pytest.param(True, marks=pytest.mark.skipif(core is None, reason="no compiled core")), False])
@pytest.mark.parametrize(
    ("text", "is_worth"),
    [
        ("弘扬社会主义核心价值观，", False),
        ("弘扬社会主义核心价直观，", True),
        ("弘扬社会主义核心价观，", True),
        ("弘扬社会主主义核心价值观，", True),
        ("弘扬社会主义核心价值观观，", True),
        ("弘扬社会义主核心价值观，", True),
        ("弘杨社会主义核心价直观", True),
        ("社会主义建设的伟大成就", False),
        ("人类命运攸关的时刻", False),
        ("绿水青山就是金银山山，", True),
        ("绿水青山之间", False),
    ],
)
def test_what_is_right_or_far_from_it_is_passed_over(text: str, is_worth: bool, compiled: bool) -> None:
    assert bool(worth(text, compiled)) is is_worth


@pytest.mark.skipif(core is None, reason="no compiled core")
@given(
    st.sampled_from(EXPRESSIONS),
    st.sampled_from("值直主、的x"),
    st.integers(0, 12),
    st.integers(0, 4),
    st.text("社会主义核心人类，。", max_size=4),
)
def test_every_single_error_inside_is_seen_by_both(right: str, char: str, place: int, kind: int, around: str) -> None:
    """What the compiled core passes on, Python passes on too; and a doubled or exchanged character is passed on by both."""
    place %= len(right) - 1
    wrong = [
        right[:place] + char + right[place + 1 :],
        right[:place] + right[place + 1 :],
        right[:place] + char + right[place:],
        right[:place] + right[place] + right[place:],
        right[:place] + right[place + 1] + right[place] + right[place + 2 :],
    ][kind]
    text = around + wrong + around
    compiled = worth(text)

    assert set(compiled) <= set(worth(text, compiled=False))
    if kind == 3 and place > 0 and right not in text:
        assert compiled


@pytest.mark.skipif(core is None, reason="no compiled core")
@given(st.text(st.sampled_from("社会主义核心价值观人类命运共同体绿水青山就是金山银，。 a\n"), max_size=40))
def test_no_text_breaks_it(text: str) -> None:
    """Whatever stands at the ends of a text, a hit is kept or left out."""
    assert set(worth(text)) <= set(worth(text, compiled=False))


def test_the_candidates_are_those_that_nearly_stand() -> None:
    comparer, _ = setting()
    text = "坚持社会主义核心价直观"
    found = comparer.candidates(text, 2, 6)

    assert found in (None, [("社会主义核心价值观", 0)])
    assert (found is None) is (core is None)
