"""Characters and words that stand twice: real words side by side are right, everything else that no word explains is found."""

from __future__ import annotations

import pytest

from screeners import SCREENER
from govmedia_screen.detectors.wording.repeats import across_lines, neighbours, repeated_character
from govmedia_screen.matching.likeness import short_words


@pytest.mark.parametrize("char", [char for char in neighbours() if neighbours()[char][0] != "-"])
def test_word_after_word_is_right(char: str) -> None:
    """One word ends with the character, the next begins with it; with a mark after it, it is one too many."""
    after = neighbours()[char][0][0]

    assert any(word.startswith(char + after) for word in short_words())
    assert repeated_character(f"某{char}{char}{after}。", 1) is None
    assert repeated_character(f"某{char}{char}。", 1) == (1, 3)


@pytest.mark.parametrize("text", ["一项项民生实事", "方方面面的力量", "人民民主", "财政政策", "体制制度", "那笔账不了了之", "为了了解情况"])
def test_right_doubles(text: str) -> None:
    """Idioms, reduplication, and words that meet."""
    assert [one for one in SCREENER.screen(text).findings if one.rule == "wording.character.repeat"] == []


@pytest.mark.parametrize(("text", "place"), [("工作取得了了成效", 4), ("农业发展展势头", 3), ("人民群众们们", 4)])
def test_finding_can_be_cut_out(text: str, place: int) -> None:
    """With the character once as suggestion."""
    (one,) = (one for one in SCREENER.screen(text).findings if one.rule == "wording.character.repeat")

    assert (one.start, one.text, one.suggestion) == (place, text[place] * 2, text[place])


def test_across_lines() -> None:
    """Only words that end no title, and only where a line is there before."""
    words = {"切实", "进一步"}

    assert list(across_lines("各单位要切实\n切实抓好", words)) == [(4, 9)]
    assert list(across_lines("请各单位进一步\n进一步落实\n\n落实", words)) == [(4, 11)]
    assert list(across_lines("抓好防汛\n防汛方案", words)) == []
    assert list(across_lines("切实\n切实", words)) == []
