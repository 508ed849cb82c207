"""Generated lists of persons: what is found, what is found wrongly, and that masking cleans them."""

from __future__ import annotations

from functools import cache

import pytest
from public_lists import LAYOUTS, PublicList, public_list

from screeners import SCREENER
from govmedia_screen import Level, Screener
from govmedia_screen.finding import Finding

EACH = 40


@cache
def screener() -> Screener:
    return SCREENER


def privacy(text: str) -> list[Finding]:
    return [finding for finding in screener().screen(text).findings if finding.family == "privacy"]


def score(one: PublicList) -> tuple[int, int, int]:
    """Right, missed and wrong findings; the list itself counts as one."""
    found = privacy(one.text)
    singles = {(finding.rule, *finding.span) for finding in found if finding.rule != "privacy.list"}
    wanted = set(one.expected)
    begin, end = one.rows[0], max(end for _, _, end in one.expected)
    lists = [finding for finding in found if finding.rule == "privacy.list"]
    good = [
        finding for finding in lists if finding.start <= begin and finding.end >= end and finding.end - finding.start <= end - begin + 160
    ]
    right = len(singles & wanted) + bool(good)
    return right, len(wanted - singles) + (not good), len(singles - wanted) + len(lists) - bool(good)


@pytest.mark.parametrize("layout", LAYOUTS)
def test_lists_of_a_layout(layout: str) -> None:
    scores = [score(public_list(layout, seed)) for seed in range(EACH)]
    right, missed, wrong = (sum(column) for column in zip(*scores, strict=True))
    assert right / (right + missed) >= 0.98
    assert right / (right + wrong) >= 0.97


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_list_blocks_and_names_its_columns(layout: str) -> None:
    lists = [finding for seed in range(10) for finding in privacy(public_list(layout, seed).text) if finding.rule == "privacy.list"]
    assert lists
    assert all(finding.level == Level.BLOCK and "{columns}" not in finding.message and finding.evidence for finding in lists)


@pytest.mark.parametrize("layout", LAYOUTS)
def test_masked_lists_are_clean(layout: str) -> None:
    for seed in range(10):
        report = screener().screen(public_list(layout, seed).text)
        body = report.redacted()["body"]
        assert not privacy(body)
        assert screener().screen(body).redacted()["body"] == body
