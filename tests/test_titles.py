"""Reposts against their originals: 200 distorted titles are found, 200 faithful shortenings are let alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from govmedia_screen.lexicon import lexicon
from govmedia_screen.detectors.source.bodies import body_changes
from govmedia_screen.detectors.source.change import Words
from govmedia_screen.chinese.numerals import numbers
from govmedia_screen.detectors.source.titles import title_changes

WORDS = Words(lexicon.load())


def read(name: str) -> list[list[str]]:
    """The pairs of a file."""
    lines = (Path(__file__).parent / "data" / name).read_text("utf-8").splitlines()
    return [line.split("\t") for line in lines if line and not line.startswith("#")]


PAIRS, MORE = read("title_pairs.tsv"), read("title_pairs_more.tsv")
DISTORTED = [pair for pair in PAIRS if pair[0] != "ok"]
FAITHFUL = [pair for pair in PAIRS if pair[0] == "ok"]


def test_distortions_are_found() -> None:
    """At least nine in ten distorted titles are found."""
    missed = [f"{original} => {title}" for _, original, title in DISTORTED if not title_changes(original, title, WORDS)]

    assert len(DISTORTED) == 200
    assert len(missed) <= 20, missed


def test_faithful_shortenings_are_let_alone() -> None:
    """At most one in twenty faithful titles is told of."""
    told = [f"{original} => {title}" for _, original, title in FAITHFUL if title_changes(original, title, WORDS)]

    assert len(FAITHFUL) == 200
    assert len(told) <= 10, told


def test_headlines() -> None:
    """The same of headlines that were written later, of many offices and subjects."""
    told = [(kind == "ok", f"{original} => {title}") for kind, original, title in MORE if title_changes(original, title, WORDS)]

    assert sum(kind == "ok" for kind, _, _ in MORE) == 220
    assert len([one for faithful, one in told if not faithful]) >= 0.9 * 140
    assert len([one for faithful, one in told if faithful]) <= 0.05 * 220, told


@pytest.mark.parametrize("pair", [*PAIRS, *MORE], ids=lambda pair: pair[2])
def test_places(pair: list[str]) -> None:
    """Every change stands inside the new title; the original against itself changes nothing."""
    _, original, title = pair
    for change in title_changes(original, title, WORDS):
        assert 0 <= change.start <= change.end <= len(title)
    assert title_changes(original, original, WORDS) == []


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("增长6.3%，达3.26万亩", [6.3, 32600]),
        ("32,600亩", [32600]),
        ("三百二十人", [320]),
        ("二〇二四年", [2024]),
        ("两家企业", [2]),
        ("一起事故，一律停用，统一部署", []),
        ("1.2亿元", [120_000_000]),
        ("十二月二十日", [12, 20]),
    ],
)
def test_numbers(text: str, values: list[float]) -> None:
    """Numbers are read by value, words that only look like numbers are not."""
    assert [number.value for number in numbers(text)] == values


@pytest.mark.parametrize(
    ("original", "title"),
    [("全县造林3.2万亩", "全县造林32000亩"), ("全县造林32168亩", "全县造林超3万亩"), ("2024年全县造林32168亩", "24年全县造林32168亩")],
)
def test_same_number(original: str, title: str) -> None:
    """Another unit, rounding with 超, a short year are no change."""
    assert title_changes(original, title, WORDS) == []


def test_abridged_body_is_no_change() -> None:
    """Whole sentences may be left out."""
    original = "第一句说明背景。第二句给出数据，共120户。第三句是下一步打算。"

    assert body_changes(original, "第一句说明背景。第三句是下一步打算。", WORDS) == []


def test_body_change_is_placed() -> None:
    """The changed span of the body, and what the original has there."""
    original, body = "第一句说明背景。第二句给出数据，共120户。", "第一句说明背景。第二句给出数据，共210户。"

    (change,) = body_changes(original, body, WORDS)

    assert (change.kind, body[change.start : change.end], change.old) == ("number", "210", "120")


def test_long_bodies_are_compared_in_time() -> None:
    """A body of 40,000 characters with every sentence changed ends within seconds."""
    original = "".join(f"第{number}段介绍了项目的进展情况和下一步安排。" for number in range(2000))
    body = original.replace("进展", "成果")

    assert len(body_changes(original, body, WORDS)) == 2000
