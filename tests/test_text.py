"""The text floor: folding keeps the way back, for every text and every fold."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import posts

from govmedia_screen.matching.fold import EVERY, Fold, fold, tables
from govmedia_screen.matching.automaton import decode
from govmedia_screen.matching.text import Sheet, Text, one


@given(posts)
def test_view_is_the_slow_fold(text: str) -> None:
    """The vectorised view says what folding character by character says."""
    sheet = Sheet([text])

    expected = "".join(
        char if ord(char) < 0x10000 and not 0xD800 <= ord(char) < 0xE000 else "\ufffd" for char in fold(text.replace("\uffff", "\ufffe"))
    )
    collapsed = "".join(char for place, char in enumerate(expected) if place == 0 or expected[place - 1] != char)
    assert decode(sheet.view[:-2]) == collapsed


@given(st.lists(posts, min_size=1, max_size=5))
def test_every_place_leads_back(parts: list[str]) -> None:
    """Each place of the view points at a code point of its own part that folds to it."""
    sheet = Sheet(parts)
    table = tables().fold

    for code, where in zip(memoryview(sheet.view).cast("H"), sheet.where, strict=True):
        part = sheet.part_at(where)
        offset = where - sheet.starts[part]
        if offset == len(parts[part]):
            assert code == 0xFFFF
        else:
            assert table[ord(parts[part][offset].replace("\uffff", "\ufffe"))] == code


@given(st.lists(posts, min_size=1, max_size=5))
def test_parts_on_one_sheet_are_what_they_are_alone(parts: list[str]) -> None:
    """Folded text and ASCII projection do not depend on the neighbours, and keep the length."""
    sheet = Sheet(parts)
    for index, part in enumerate(parts):
        together, alone = Text("body", part, sheet, index), one(part)

        assert together.folded == alone.folded
        assert together.ascii == alone.ascii
        assert len(alone.folded) == len(alone.ascii) == len(part)


@pytest.mark.parametrize(
    ("written", "folds", "expected"),
    [
        ("ＡＢｃ", Fold.WIDTH, "ABc"),
        ("ＡＢｃ", Fold.WIDTH | Fold.CASE, "abc"),
        ("ABc", Fold.CASE, "abc"),
        ("賭場", Fold.TRADITIONAL, "赌场"),
        ("賭場", Fold.CASE, "賭場"),
        ("①壹一２", Fold.DIGITS, "111２"),
        ("①壹一２", Fold.DIGITS | Fold.WIDTH, "1112"),
        ("赌\u200b\u202e博\ufe0f", Fold.INVISIBLE, "赌博"),
        ("赌 *😀\n博", Fold.NOISE, "赌博"),
        ("赌赌赌博博", Fold.REPEAT, "赌博"),
        ("аbс𝐝", Fold.HOMOGLYPH, "abcd"),
        ("乾著後於", EVERY, "乾著后于"),
        ("𠮷", EVERY, "𠮷"),
    ],
)
def test_folds_are_separate(written: str, folds: Fold, expected: str) -> None:
    """Each fold does its own work and no other's."""
    assert fold(written, folds) == expected


@given(posts, st.data())
def test_sentences_hold_their_span(text: str, data: st.DataObject) -> None:
    """The sentence of a span contains it and ends where sentences do."""
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))

    left, right = one(text).sentence(start, end)

    assert 0 <= left <= start <= end <= right <= len(text)


def test_a_window_reaches_to_both_sides_and_a_sentence_no_further_than_it_may() -> None:
    text = one("零一二三四五六七八九")

    assert (text.window(4, 6, 2), text.window(1, 2, 3)) == ("二三四五六七", "零一二三四")
    assert one("一" * 1000).sentence(500, 501) == (100, 901)
    assert repr(one("一" * 30)) == f"Text('body', '{'一' * 20}'…)"
