"""From a part back to its file and there again, at the edges of every piece."""

from __future__ import annotations

import pytest

from govmedia_screen.documents.places import Builder, Piece, Places, joined, whole


def built() -> tuple[str, Places]:
    """``前后&里外`` of a file ``前<!--x-->后&amp;里``, 外 standing nowhere."""
    builder = Builder()
    builder.add("前", 0)
    builder.add("", 1)
    builder.add("后", 9)
    builder.add("&", 10, 15)
    builder.add("里", 15)
    builder.add("外")
    return builder.finish()


FILE = "前<!--x-->后&amp;里"


def test_pieces_that_follow_each_other_are_one() -> None:
    builder = Builder()
    for start, text in ((3, "一二"), (5, "三"), (7, "四")):
        builder.add(text, start)

    assert builder.finish()[1].pieces == (Piece(0, 3, 3, 6), Piece(3, 4, 7, 8))
    assert [piece.copied for piece in built()[1].pieces] == [True, True, False, True]


@pytest.mark.parametrize(
    ("start", "end", "wanted"),
    [
        (0, 1, (0, 1)), (1, 2, (9, 10)), (0, 2, (0, 10)), (2, 3, (10, 15)), (1, 3, (9, 15)), (3, 4, (15, 16)), (2, 4, (10, 16)),
        (3, 5, (15, 16)), (4, 5, (16, 16)), (1, 1, (9, 9)), (0, 0, (0, 0)), (3, 3, (15, 15)), (5, 5, (16, 16)),
    ],
)  # fmt: skip
def test_span(start: int, end: int, wanted: tuple[int, int]) -> None:
    assert built()[1].span(start, end) == wanted


def test_a_finding_right_after_a_comment_does_not_swallow_it() -> None:
    text, places = built()

    assert text == "前后&里外"
    assert FILE[slice(*places.span(1, 2))] == "后"
    assert FILE[slice(*places.span(2, 3))] == "&amp;"


def test_no_pieces_and_whole() -> None:
    assert Places(()).span(3, 5) == (0, 0)
    assert Places(()).part_offset(5) == 0
    assert whole("一二三", 4).span(1, 3) == (5, 7)
    assert whole("一二三").span(0, 3) == (0, 3)


def test_a_part_that_begins_with_what_stands_nowhere() -> None:
    places = Places((Piece(2, 4, 10, 12), Piece(4, 5, 20, 25)))

    assert places.span(0, 1) == (10, 10)
    assert places.span(0, 3) == (10, 11)
    assert places.span(5, 6) == (25, 25)


@pytest.mark.parametrize(("offset", "wanted"), [(0, 0), (1, 1), (5, 1), (9, 1), (10, 2), (12, 2), (14, 2), (15, 3), (16, 4), (99, 4)])
def test_part_offset(offset: int, wanted: int) -> None:
    assert built()[1].part_offset(offset) == wanted


@pytest.mark.parametrize(
    ("start", "end", "wanted"),
    [(0, 1, (0, 1)), (0, 2, None), (2, 3, (10, 15)), (3, 4, (15, 16)), (4, 5, None), (2, 4, None), (5, 6, None)],
)
def test_run_is_what_stands_together(start: int, end: int, wanted: tuple[int, int] | None) -> None:
    assert built()[1].run(start, end) == wanted


def test_part_of_an_entity_is_no_run() -> None:
    places = Places((Piece(0, 2, 0, 7), Piece(2, 4, 9, 11)))

    assert places.run(0, 1) is None
    assert places.run(0, 2) == (0, 7)
    assert places.run(3, 4) == (10, 11)


@pytest.mark.parametrize(("place", "wanted"), [(0, (0, 0)), (1, (1, 1)), (2, (10, 10)), (3, (15, 15)), (4, (16, 16)), (5, None), (6, None)])
def test_gap(place: int, wanted: tuple[int, int] | None) -> None:
    assert built()[1].gap(place) == wanted


@pytest.mark.parametrize(
    ("start", "old", "new", "wanted"),
    [
        (0, "前", "钱", [(0, 1, "钱")]),
        (0, "前后", "钱候", [(0, 1, "钱"), (9, 10, "候")]),
        (0, "前后", "前中后", [(1, 1, "中")]),
        (0, "前后&里", "前候＆里", [(9, 10, "候"), (10, 15, "＆")]),
        (1, "后&里", "后里", [(10, 15, "")]),
        (0, "前后", "后", [(0, 1, "")]),
        (0, "前后&", "前&", [(9, 10, "")]),
        (3, "里外", "里内", None),
        (0, "前后", "前后", []),
    ],
)
def test_edits_touch_only_what_differs(start: int, old: str, new: str, wanted: list[tuple[int, int, str]] | None) -> None:
    assert built()[1].edits(start, old, new) == wanted


def test_extend_and_joined() -> None:
    builder = Builder()
    builder.add("题", 3)
    builder.extend("前后", whole("前后", 8))
    text, places = builder.finish()
    assert (text, places.span(1, 3), places.span(0, 1)) == ("题前后", (8, 10), (3, 4))

    body, spots = joined([("头", whole("头", 1)), ("", whole("")), ("尾", whole("尾", 5))], ("正文", whole("正文", 20)))
    assert body == "头\n尾\n正文"
    assert [spots.span(*span) for span in ((0, 1), (2, 3), (4, 6), (5, 6))] == [(1, 2), (5, 6), (20, 22), (21, 22)]
