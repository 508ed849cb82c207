"""How often accounts publish: two updates a week, no fortnight of silence, no flood."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govmedia_screen import profile as profiles
from govmedia_screen.accounts import check_cadence
from govmedia_screen.accounts.cadence import floods, longest_silence, thin_weeks

MONDAY = date(2026, 3, 2)


def days(*offsets: int) -> list[date]:
    """Days counted from a Monday."""
    return [MONDAY + timedelta(days=offset) for offset in offsets]


def rules(updates: list[date], until: date, since: date | None = MONDAY, profile: str | None = None) -> dict[str, str]:
    """The rules that fire, with their levels."""
    found = check_cadence({("石北教育", "微信"): updates}, profile=profiles.load(profile), since=since, until=until)
    return {one.rule: str(one.level) for one in found}


def test_two_a_week_is_enough() -> None:
    """Two updates in each whole week and nothing is said."""
    assert rules(days(0, 3, 7, 10, 14, 20), MONDAY + timedelta(days=20)) == {}


def test_a_thin_week() -> None:
    """One update in a week is told, with the week."""
    (finding,) = check_cadence({("石北教育", "微信"): days(0, 3, 10, 14, 20)}, since=MONDAY, until=MONDAY + timedelta(days=20))

    assert finding.rule == "cadence.few"
    assert finding.evidence == ("2026-03-09起一周1次",)


def test_weeks_that_are_cut_off_do_not_count() -> None:
    """The week in which the time begins or ends is not judged."""
    assert thin_weeks(days(9, 11), MONDAY + timedelta(days=2), MONDAY + timedelta(days=15), 2) == []


@pytest.mark.parametrize(("gap", "silent"), [(14, False), (15, False), (16, True)])
def test_a_fortnight(gap: int, silent: bool) -> None:
    """More than fourteen days without an update: the days between two updates are counted."""
    assert ("cadence.silent" in rules(days(0, 1, 1 + gap), MONDAY + timedelta(days=1 + gap))) == silent


def test_silence_at_the_end_counts() -> None:
    """An account that has stopped is silent and idle."""
    found = rules(days(0, 1), MONDAY + timedelta(days=60))

    assert {"cadence.silent", "account.idle", "cadence.few"} <= found.keys()


def test_no_update_at_all() -> None:
    """An account without a single update in the time is idle."""
    assert {"cadence.silent", "account.idle"} <= rules([], MONDAY + timedelta(days=30)).keys()


def test_flood() -> None:
    """A day with far more than usual is told."""
    assert floods(days(0, 1, 2, *[3] * 35), 30) == [(MONDAY + timedelta(days=3), 35)]
    assert floods(days(*[0] * 35, *[1] * 40), 30) == []


def test_indicators_block() -> None:
    """In the profile of the national indicators a fortnight of silence is a veto; two a week is not its business."""
    found = rules(days(0, 1, 30), MONDAY + timedelta(days=31), profile="indicators")

    assert found["cadence.silent"] == "block"
    assert found["cadence.few"] == "note"


def test_draft_profile_is_silent() -> None:
    """Drafts are not asked how often they appear."""
    assert rules(days(0, 30), MONDAY + timedelta(days=31), profile="draft") == {}


@given(st.lists(st.integers(0, 200), max_size=40), st.integers(0, 200))
def test_longest_silence_is_silent(offsets: list[int], last: int) -> None:
    """No update stands inside the silence, and no other gap is longer."""
    updates = sorted(day for day in days(*offsets) if day <= MONDAY + timedelta(days=last))
    length, first, end = longest_silence(updates, MONDAY, MONDAY + timedelta(days=last))

    assert not any(first < day < end for day in updates)
    assert length == (end - first).days - 1 or length == 0
    for before, after in pairwise(updates):
        assert (after - before).days - 1 <= max(length, 0)
