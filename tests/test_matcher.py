"""The matcher: both engines find what a plain search finds, in the same order."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from govmedia_screen.matcher import AhoCorasick, Daachorse, build, letters

# Few letters, among them such whose halves look like other letters, so that terms meet and overlap.
letter = st.sampled_from("赌博场a\u0101\u6161\u6101\u0161ÿĀ\u4e00\u004e")
words = st.lists(st.text(letter, min_size=1, max_size=4), min_size=1, max_size=12, unique=True)


def array(text: str) -> np.ndarray:
    """A view as the sheet would give it."""
    return np.array([ord(char) for char in text], dtype=np.uint16)


def spelled(text: str) -> str:
    """A term as the matchers take it."""
    return letters(array(text))


def plain(terms: list[str], text: str) -> list[tuple[int, int]]:
    """Every occurrence by ``str.startswith``, by end, longest first."""
    found = [(start + len(term), number) for number, term in enumerate(terms) for start in range(len(text)) if text.startswith(term, start)]
    return sorted(found, key=lambda one: (one[0], -len(terms[one[1]])))


@given(words, st.text(letter, max_size=40))
def test_finds_every_occurrence(terms: list[str], text: str) -> None:
    """Overlapping, at letter edges only."""
    assert list(AhoCorasick([*map(spelled, terms)]).find(array(text))) == plain(terms, text)


@given(words, st.text(letter, max_size=40))
def test_engines_agree(terms: list[str], text: str) -> None:
    """daachorse gives the same hits in the same order."""
    pytest.importorskip("daachorse", reason='needs the extra: pip install "govmedia-screen[fast]"')
    views = [spelled(term) for term in terms]

    assert list(Daachorse(views).find(array(text))) == list(AhoCorasick(views).find(array(text)))


@pytest.mark.parametrize("engine", ["ahocorasick", "auto"])
def test_no_terms(engine: str) -> None:
    """A matcher without terms finds nothing."""
    assert list(build([], engine).find(array("赌博"))) == []
