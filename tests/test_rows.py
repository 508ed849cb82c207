"""Headers, columns and runs of places, at the edges."""

from __future__ import annotations

import pytest

from govmedia_screen.detectors.privacy.labelled import Words
from govmedia_screen.formats.rows import BELOW, LONGEST_HEADER, Rows, apart, cells_of, clusters, is_short_row
from govmedia_screen.lexicon.lexicon import load

LABELS = Words(load()).labels


def rows(text: str) -> Rows:
    return Rows(text, LABELS)


@pytest.mark.parametrize(
    ("spans", "gap", "wanted"),
    [
        ([], 5, []),
        ([(0, 2)], 5, [(0, 1)]),
        ([(0, 2), (7, 9)], 5, [(0, 2)]),
        ([(0, 2), (8, 9)], 5, [(0, 1), (1, 2)]),
        ([(0, 2), (7, 9), (20, 22), (23, 24)], 5, [(0, 2), (2, 4)]),
    ],
)
def test_clusters(spans: list[tuple[int, int]], gap: int, wanted: list[tuple[int, int]]) -> None:
    assert clusters(spans, gap) == wanted


@pytest.mark.parametrize(
    ("spans", "wanted"),
    [
        ([], []),
        ([(0, 2), (2, 4)], [0, 1]),
        ([(2, 4), (0, 2)], [1, 0]),
        ([(0, 3), (2, 4)], [0]),
        ([(0, 9), (20, 22), (5, 6)], [0, 1]),
        ([(0, 2), (4, 9), (5, 6)], [0, 1]),
        ([(2, 4), (0, 3)], [0]),
        ([(2, 4), (2, 4)], [0]),
        ([(5, 9), (6, 7), (1, 5), (9, 10), (0, 20)], [2, 0, 3]),
    ],
)
def test_apart(spans: list[tuple[int, int]], wanted: list[int]) -> None:
    assert apart(spans) == wanted


@pytest.mark.parametrize(
    ("line", "short"),
    [
        ("项目 编号 金额", True), ("项目", False), ("项目 编号", True), ("一 二 三 四 五 六 七 八", True), ("一 二 三 四 五 六 七 八 九", False),
        ("一二三四五六七八 编号", True), ("一二三四五六七八九 编号", False), (" 项目｜编号，金额 ", True), ("", False),
    ],
)  # fmt: skip
def test_a_short_row(line: str, short: bool) -> None:
    assert is_short_row(line) is short


def test_cells() -> None:
    assert cells_of("a,,b", ",") == ["a", "", "b"]
    assert cells_of("  a   b", " ") == ["a", "b"]


@pytest.mark.parametrize(
    ("line", "is_header"),
    [
        ("姓名\t手机号码", True), ("姓名 编号 金额", True), ("姓名，手机号码。", False), ("姓名\t手机号码\t12345", False), ("姓名\t手机号码\t1234", True),
        ("今日晴", False), ("姓名", False), ("姓名\t手机号码\t" + "x" * (LONGEST_HEADER - 8), True), ("姓名\t手机号码\t" + "x" * (LONGEST_HEADER - 7), False),
    ],
)  # fmt: skip
def test_what_is_a_header(line: str, is_header: bool) -> None:
    assert bool(rows(line).headers) is is_header


def test_what_parts_the_cells_of_a_header() -> None:
    assert [rows(line).headers[0].separator for line in ("姓名 编号 金额", "姓名\t手机号码", "姓名｜手机号码", "姓名，手机号码")] == [
        " ",
        "\t",
        "｜",
        "，",
    ]


def test_where_a_header_stands_and_reaches() -> None:
    text = "说明\n姓名\t手机号码\n李四\t138\n"
    made = rows(text)
    (header,) = made.headers

    assert text[header.start : header.end] == "姓名\t手机号码"
    assert [made.at(place) is header for place in (2, 3, 9, 10)] == [False, True, True, False]
    assert [made.header(place) is header for place in (2, 9, 10, header.end + BELOW, header.end + BELOW + 1)] == [
        False,
        False,
        True,
        True,
        False,
    ]


@pytest.mark.parametrize(
    ("text", "mark", "kind"),
    [
        ("姓名\t手机号码\n李四\t⟦13800", "⟦", "phone"),
        ("姓名,手机号码\n李四,⟦13800", "⟦", "phone"),
        ("姓名 手机号码\n李四   ⟦13800", "⟦", "phone"),
        ("姓名\t手机号码\n⟦李四\t13800", "⟦", "name"),
        ("姓名\t手机号码\t备注\n李四\t13800\t⟦无", "⟦", None),
        ("姓名\t手机号码\n李四\t13800\t⟦无", "⟦", None),
        ("今日晴\n李四\t⟦13800", "⟦", None),
        ("\n姓名\t手机号码\n李四\t⟦13800", "⟦", "phone"),
        ("姓名\t手机号码\t备注\t地址\n李四\t⟦13800", "⟦", None),
        ("姓名\t手机号码\t备注\n李四\t⟦13800\n王五", "⟦", "phone"),
    ],
)
def test_the_label_over_a_cell(text: str, mark: str, kind: str | None) -> None:
    place = text.index(mark)
    label = rows(text.replace(mark, "")).over(place)

    assert (label.kind if label else None) == kind
