"""Short right expressions: whatever one error is made in them, and wherever they stand, they are proposed; and the plain way finds the same."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from govmedia_screen.lexicon import shorts
from govmedia_screen.lexicon.shorts import Shorts
from govmedia_screen.system.native import core

WORDS = ["全力推进", "领导班子", "一一对应", "阜新市", "自由行", "融媒体中心", "珠江三角洲", "天天向上"]
CHARS = st.sampled_from("".join(sorted(set("".join(WORDS)))) + "，a\n〇")
TEXTS = st.text(CHARS, max_size=30)
NATIVE = Shorts(WORDS)


def plainly(words: list[str], monkeypatch: pytest.MonkeyPatch) -> Shorts:
    """The same without the compiled core."""
    with monkeypatch.context() as patch:
        patch.setattr(shorts, "core", None)
        return Shorts(words)


@given(
    st.sampled_from([word for word in WORDS if len(word) == 4]),
    st.integers(0, 3),
    st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF),
    TEXTS,
)
def test_any_other_character(word: str, place: int, other: str, before: str) -> None:
    """Of four characters any one may be another."""
    wrong = word[:place] + other + word[place + 1 :]
    if wrong not in WORDS:
        assert (word, len(before), 4) in NATIVE.find(before + wrong + "。")


@given(st.sampled_from([word for word in WORDS if len(word) == 4]), st.integers(0, 2), TEXTS)
def test_two_exchanged(word: str, place: int, before: str) -> None:
    """Two different neighbours."""
    wrong = word[:place] + word[place + 1] + word[place] + word[place + 2 :]
    if wrong != word:
        assert (word, len(before), 4) in NATIVE.find(before + wrong + "，")


@given(st.sampled_from([word for word in WORDS if len(word) < 5]), TEXTS)
def test_one_inside_twice(word: str, before: str) -> None:
    """At every place but the ends."""
    for place in range(1, len(word) - 1):
        wrong = word[: place + 1] + word[place:]
        assert (word, len(before), len(word) + 1) in NATIVE.find(before + wrong)


@given(st.sampled_from([word for word in WORDS if len(word) == 5]), st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF), TEXTS)
def test_the_middle_of_five(word: str, other: str, before: str) -> None:
    """Another, or none."""
    assert (word, len(before), 4) in NATIVE.find(before + word[:2] + word[3:])
    if other != word[2]:
        assert (word, len(before), 5) in NATIVE.find(before + word[:2] + other + word[3:])


@given(TEXTS)
def test_what_is_right_is_let_alone(before: str) -> None:
    """A listed expression is no error of another."""
    for word in WORDS:
        assert not [one for one in NATIVE.find(f"，{word}，") if one[2] == len(word)]


@pytest.mark.skipif(core is None, reason="there is no compiled core to compare with")
@given(TEXTS)
@example("全力推推进全利推进领导班班子阜新新市珠江角洲融媒民中心")
def test_the_core_finds_what_python_finds(text: str) -> None:
    """In whatever order."""
    with pytest.MonkeyPatch.context() as monkeypatch:
        plain = plainly(WORDS, monkeypatch)

    assert sorted(set(plain.find(text))) == sorted(set(NATIVE.find(text)))


@pytest.mark.skipif(core is None, reason="there is no compiled core")
def test_the_core_refuses_other_lengths() -> None:
    """Rather than read beyond them."""
    for texts in ("甲乙", "甲乙丙丁戊己", "甲乙丙丁\n"):
        with pytest.raises(ValueError, match="three to five"):
            core.Shorts(texts)
    assert core.Shorts("").find("甲乙丙丁戊") == []
