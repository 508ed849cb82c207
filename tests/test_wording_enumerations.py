"""Fixed enumerations: as listed they are right; out of order, or with a member left out, they are found, wherever that is."""

from __future__ import annotations

import pytest

from screeners import SCREENER
from govmedia_screen import Level, Post
from govmedia_screen.detectors.wording.enumerations import Enumeration
from govmedia_screen.finding import Finding

LEXICON = SCREENER.lexicon
CLOSED = [Enumeration.of(line) for line in LEXICON.cue("wording.closed-order").written]
OPEN = [Enumeration.of(line) for line in LEXICON.cue("wording.fixed-order").written]
SIGNS = frozenset(LEXICON.cue("wording.order-sign").written)


def found(text: str, day: str = "") -> list[Finding]:
    """The findings on enumerations; each can be cut out of the text."""
    report = SCREENER.screen(Post(text, published_at=day or None))
    findings = [one for one in report.findings if one.rule in ("wording.term.order", "wording.term.enumeration")]
    assert all(text[one.start : one.end] == one.text for one in findings)
    return findings


@pytest.mark.parametrize("one", CLOSED + OPEN, ids=lambda one: one.members[0])
def test_as_listed_it_is_right(one: Enumeration) -> None:
    """With marks or 和 before the last member, with and without its name."""
    members = "、".join(one.members)
    for text in (members, f"{'、'.join(one.members[:-1])}和{one.members[-1]}", *(f"“{name}”（{members}）" for name in one.names)):
        assert found(f"会议指出，{text}。") == []


@pytest.mark.parametrize("one", CLOSED + OPEN, ids=lambda one: one.members[0])
def test_two_members_exchanged(one: Enumeration) -> None:
    """Whichever two neighbours change places, the order of the list is suggested."""
    for place in range(len(one.members) - 1):
        members = list(one.members)
        members[place : place + 2] = reversed(members[place : place + 2])
        name = f"{one.names[0]}：" if one.names else ""
        last = min(one.last - 1, 2026)
        findings = found(f"会议指出，{name}{'、'.join(members)}。", f"{last}-11-02")

        assert [(each.rule, each.suggestion) for each in findings] == [("wording.term.order", "、".join(one.members))]


@pytest.mark.parametrize("one", CLOSED, ids=lambda one: one.members[0])
def test_a_member_left_out(one: Enumeration) -> None:
    """Whichever it is, if the list is one that nobody shortens."""
    for place in range(len(one.members)):
        members = one.members[:place] + one.members[place + 1 :]
        findings = found(f"会议指出，{'、'.join(members)}。") if len(members) > 2 else []

        assert [each.suggestion for each in findings] == ["、".join(one.members)] * (len(members) > 2)


@pytest.mark.parametrize("one", [one for one in OPEN if one.names], ids=lambda one: one.members[0])
def test_a_member_left_out_or_replaced_beside_its_name(one: Enumeration) -> None:
    """Called by its name any list must be whole; without its name it may be somebody's own."""
    day = f"{min(one.last - 1, 2026)}-11-02"
    for place in range(1, len(one.members) - 1):
        short = "、".join(one.members[:place] + one.members[place + 1 :])
        other = "、".join((*one.members[:place], "勤俭", *one.members[place + 1 :]))
        if len(one.members) > 3:
            assert [each.level for each in found(f"“{one.names[0]}”（{short}）", day)] == [Level.REVIEW]
        assert [each.suggestion for each in found(f"“{one.names[0]}”（{other}）", day)] == ["、".join(one.members)]
        assert found(f"会议指出，要坚持{short}的办法。", day) == []


@pytest.mark.parametrize(
    "text",
    [
        "牢记政治意识、大局意识、核心意识，还要有看齐意识",
        "政治意识、大局意识、核心意识等，都要增强",
        "产业兴旺、生态宜居、乡风文明、文化繁荣、治理有效、生活富裕",
    ],
)
def test_what_goes_on_is_not_short(text: str) -> None:
    """A member that follows, 等, or somebody's own longer list."""
    assert found(text) == []


def test_before_its_time() -> None:
    """Three kinds of confidence were all in 2014."""
    assert found("坚定道路自信、理论自信、制度自信。", "2014-07-01") == []
    assert found("坚定道路自信、理论自信、制度自信。", "2024-07-01") != []


def test_every_list_has_its_signs() -> None:
    """Whichever member is left out, a sign stays, or the name is one."""
    for one in CLOSED + OPEN:
        assert sum(member in SIGNS for member in one.members) >= 2 or any(name in SIGNS for name in one.names), one.members
