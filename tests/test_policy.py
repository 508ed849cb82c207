"""From findings to a decision, at the edges of every comparison."""

from __future__ import annotations

from datetime import date

import pytest

from govmedia_screen.finding import Finding, Level, Traits
from govmedia_screen.post import Post
from govmedia_screen.profile import Exemption, Profile
from govmedia_screen.report.policy import SURE, Decision, Intervals, decide, exempted, holds, leveled, order, settle

TEXT = "零一二三四五六七八九"
TODAY = date(2026, 6, 30)


def made(
    rule: str = "wording.a",
    start: int = 2,
    end: int = 4,
    level: Level = Level.REVIEW,
    part: str = "body",
    score: float = 1.0,
    **traits: bool,
) -> Finding:
    return Finding(rule, level, part, start, end, TEXT[start:end], "问题", score=score, traits=Traits(**traits))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("spans", "taken"),
    [
        ([(2, 4), (4, 6)], [True, True]),
        ([(4, 6), (2, 4)], [True, True]),
        ([(2, 4), (3, 6)], [True, False]),
        ([(4, 6), (2, 5)], [True, False]),
        ([(2, 8), (4, 5)], [True, False]),
        ([(4, 5), (2, 8)], [True, False]),
        ([(0, 2), (6, 8), (2, 6)], [True, True, True]),
        ([(0, 2), (6, 8), (2, 7), (1, 6)], [True, True, False, False]),
        ([(2, 4), (2, 4)], [True, False]),
    ],
)
def test_intervals_that_touch_do_not_overlap(spans: list[tuple[int, int]], taken: list[bool]) -> None:
    intervals = Intervals()

    assert [intervals.add(*span) for span in spans] == taken


def test_of_overlapping_findings_the_gravest_stays_then_the_surest_then_the_longest() -> None:
    grave, long = made(level=Level.BLOCK), made("wording.b", 2, 6)
    sure, weighed = made("wording.c", score=SURE), made("wording.d", 2, 8, score=SURE - 0.01)

    assert settle([long, grave]) == [grave]
    assert settle([made("wording.c"), long]) == [long]
    assert settle([weighed, sure]) == [sure]
    assert settle([made("wording.b"), made("wording.a")]) == [made("wording.a")]


def test_what_does_not_overlap_or_covers_or_is_of_another_family_stays() -> None:
    side, wide, other = made("wording.b", 4, 6), made("wording.c", 0, 9, covers=True), made("privacy.a", 3, 5)
    elsewhere, empty = made(part="title"), made("wording.d", 3, 3)

    assert settle([made(), side, wide, other, elsewhere, empty]) == sorted([made(), side, wide, other, elsewhere, empty], key=order)
    assert settle([made("stability.a", 2, 4, harmful=True), made("unlawful.a", 3, 6, harmful=True)]) == [
        made("unlawful.a", 3, 6, harmful=True)
    ]


def test_what_comes_after_one_that_yields_is_looked_at_too() -> None:
    grave, same, later = made(level=Level.BLOCK), made(), made(start=6, end=8)

    assert settle([same, later, grave]) == [grave, later]


def test_from_which_score_on_a_finding_is_sure() -> None:
    long, short = made("wording.b", 2, 8, score=0.44), made("wording.c", score=0.45)

    assert settle([long, short]) == [short]
    assert settle([made("wording.b", 2, 8, score=0.45), made(score=1.0)]) == [made("wording.b", 2, 8, score=0.45)]


def test_the_order_is_title_body_others_then_place_then_rule() -> None:
    wanted = [
        made(part="title", start=5, end=6), made(start=1, end=3), made(start=1, end=4), made("wording.b", 1, 4), made(part="summary", start=0, end=1),
    ]  # fmt: skip
    jumbled = wanted[::-1]

    assert sorted(jumbled, key=order) == wanted


def people(count: int, level: Level = Level.REVIEW) -> list[Finding]:
    return [made("privacy.mobile", place, place + 1, level) for place in range(count)]


@pytest.mark.parametrize(
    ("others", "stays"),
    [
        (people(3), False),
        (people(2), True),
        (people(3, Level.NOTE), True),
        ([made("privacy.list", 1, 5, covers=True)], False),
        ([made("privacy.list", 6, 9, covers=True)], True),
        ([made("privacy.list", 5, 9, covers=True)], False),
        ([made("wording.a", 1, 5, covers=True)], True),
        ([made("privacy.list", 1, 5, part="title", covers=True)], True),
        ([*people(2), made("privacy.mobile", 8, 9)], True),
        ([*people(2), made("privacy.mobile", 6, 7)], True),
    ],
)
def test_advertising_yields_to_a_list_of_people(others: list[Finding], stays: bool) -> None:
    sale = made("commercial.stance", 0, 6, covers=True, yields=True)

    assert (sale in settle([sale, *others])) is stays
    assert made("opinion.stance", 0, 6, covers=True) in settle([made("opinion.stance", 0, 6, covers=True), *others])


def test_a_profile_switches_off_and_changes_levels() -> None:
    profile = Profile(families={"privacy": False}, levels={"wording.a": Level.BLOCK, "wording.b": None})
    found = list(leveled([made(), made("wording.b"), made("privacy.a"), made("wording.c")], profile))

    assert [(one.rule, one.level) for one in found] == [("wording.a", Level.BLOCK), ("wording.c", Level.REVIEW)]


@pytest.mark.parametrize(
    ("phrase", "held"),
    [
        ("二三", True),
        ("二", True),
        ("一二三四", True),
        ("二三四五", True),
        ("零一二三", True),
        ("三四", False),
        ("一二", False),
        ("零一二", False),
        ("五六", False),
    ],
)
def test_an_accepted_phrase_stands_over_the_finding_or_in_it(phrase: str, held: bool) -> None:
    assert holds(TEXT, made(), phrase) is held


def test_an_accepted_phrase_is_looked_for_where_the_finding_is() -> None:
    """It stands before and after, and not here."""
    text = "二三四" + "零一二三五" + "二三四"
    finding = Finding("wording.a", Level.REVIEW, "body", 5, 7, text[5:7], "问题")

    assert not holds(text, finding, "二三四")
    assert holds(text, finding, "二三五")


@pytest.mark.parametrize(
    ("exemption", "covers"),
    [
        (Exemption("wording.a", "", TODAY, phrase="二三"), True),
        (Exemption("wording", "", TODAY, phrase="二三"), True),
        (Exemption("wording.b", "", TODAY, phrase="二三"), False),
        (Exemption("wording.a", "", date(2026, 6, 29), phrase="二三"), False),
        (Exemption("wording.a", "", TODAY, phrase="八九"), False),
        (Exemption("wording.a", "", TODAY, post="7"), True),
        (Exemption("wording.a", "", TODAY, post="8"), False),
    ],
)
def test_which_exemption_covers(exemption: Exemption, covers: bool) -> None:
    other = Exemption("privacy", "", TODAY, phrase="二三")

    assert exempted(made(), Post(TEXT, id=7), [other, exemption], TODAY) == (exemption if covers else None)


@pytest.mark.parametrize(
    ("levels", "complete", "wanted"),
    [
        ([], True, (Decision.PASS, 0)),
        ([Level.NOTE], True, (Decision.PASS, 1)),
        ([Level.NOTE, Level.REVIEW], True, (Decision.REVIEW, 2)),
        ([Level.BLOCK, Level.NOTE], True, (Decision.BLOCK, 3)),
        ([], False, (Decision.REVIEW, 2)),
        ([Level.BLOCK], False, (Decision.BLOCK, 3)),
    ],
)
def test_decision_and_tier(levels: list[Level], complete: bool, wanted: tuple[Decision, int]) -> None:
    assert decide([made(level=level) for level in levels], Profile(), complete) == wanted


def test_a_familys_tier_counts_from_review_up() -> None:
    profile = Profile(family_tiers={"wording": 3})

    assert decide([made(level=Level.NOTE)], profile, complete=True) == (Decision.PASS, 1)
    assert decide([made(level=Level.REVIEW)], profile, complete=True) == (Decision.REVIEW, 3)
    assert decide([made("link.a", level=Level.REVIEW)], profile, complete=True) == (Decision.REVIEW, 2)


def test_decisions_have_their_words() -> None:
    assert [(one.label, str(one)) for one in Decision] == [("通过", "pass"), ("送审", "review"), ("拦截", "block")]
