"""The matcher: both engines find what a plain search finds, in the same order."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govmedia_screen.matching.fold import UTF16
from govmedia_screen.matching.automaton import ENGINES, build, letters
from govmedia_screen.system.native import core

# Few letters, among them such whose halves look like other letters, so that terms meet and overlap.
letter = st.sampled_from("赌博场a\u0101\u6161\u6101\u0161ÿĀ\u4e00\u004e")
words = st.lists(st.text(letter, min_size=1, max_size=4), min_size=1, max_size=12, unique=True)


def array(text: str) -> bytes:
    """A view as the sheet would give it."""
    return text.encode(UTF16)


def spelled(text: str) -> str:
    """A term as the matchers take it."""
    return letters(array(text))


def plain(terms: list[str], text: str) -> list[tuple[int, int]]:
    """Every occurrence by ``str.startswith``, by end, longest first."""
    found = [(start + len(term), number) for number, term in enumerate(terms) for start in range(len(text)) if text.startswith(term, start)]
    return sorted(found, key=lambda one: (one[0], -len(terms[one[1]])))


def needed(engine: str) -> str:
    """The engine's name, if it is installed."""
    if engine == "native" and core is None:
        pytest.skip("the compiled core is not installed: no C compiler was at hand")
    if engine == "daachorse":
        pytest.importorskip("daachorse", reason='needs the extra: pip install "govmedia-screen[fast]"')
    return engine


@pytest.mark.parametrize("engine", ENGINES)
@given(words, st.text(letter, max_size=40))
def test_finds_every_occurrence(engine: str, terms: list[str], text: str) -> None:
    """Overlapping, at letter edges only."""
    matcher = build([*map(spelled, terms)], needed(engine))

    assert list(matcher.find(array(text))) == plain(terms, text)


@pytest.mark.parametrize("engine", [*ENGINES, "auto"])
def test_no_terms(engine: str) -> None:
    """A matcher without terms finds nothing."""
    assert list(build([], needed(engine)).find(array("赌博"))) == []


@pytest.mark.parametrize("engine", ENGINES)
def test_built_anew_and_from_the_cache_is_the_same(engine: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A large automaton is kept, and what is kept finds what was built."""
    monkeypatch.setenv("GOVMEDIA_SCREEN_CACHE", str(tmp_path))
    terms = [spelled(f"{chr(0x4E00 + number % 97)}{chr(0x5E00 + number)}x") for number in range(2500)]
    view = array("".join(f"{chr(0x4E00 + number % 97)}{chr(0x5E00 + number)}x。" for number in range(0, 2500, 7)))

    built = list(build(terms, needed(engine)).find(view))

    assert len(built) == 358
    assert list(build(terms, engine).find(view)) == built


@pytest.mark.parametrize("harm", [b"", b"x" * 100, None])
def test_a_damaged_automaton_is_refused(harm: bytes | None) -> None:
    """Bytes that are no automaton, or whose nodes lead astray."""
    native = pytest.importorskip("govmedia_screen._native", reason="the compiled core is not installed")
    kept = bytearray(native.Automaton(spelled("赌博").encode("latin-1")).dump())
    if harm is None:
        kept[16 + 4 * (1 << 13) + 4 * 0x10000] = 200  # where the root's children begin
        harm = bytes(kept)

    with pytest.raises(ValueError, match="automaton"):
        native.Automaton(harm, kept=True)
