"""Findings and a profile → what stands, the decision, and who must sign (第十七条：分级分类审核、先审后发)."""

from __future__ import annotations

import enum
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from govmedia_screen.finding import Finding, Level
from govmedia_screen.post import PUBLISHED, Post
from govmedia_screen.profile import Exemption, Profile

#: How many people's data are a list, whatever its layout.
CROWD = 3
#: From this score on a finding rests on a listed term or a grammar; what is only weighed stays below it and yields to them.
SURE = 0.45


class Decision(enum.IntEnum):
    """What becomes of the post: 通过, 送审, 拦截."""

    PASS = 0
    REVIEW = 2
    BLOCK = 3

    @property
    def label(self) -> str:
        """The word that an editor reads."""
        return {0: "通过", 2: "送审", 3: "拦截"}[self]

    def __str__(self) -> str:
        return self.name.lower()


def order(finding: Finding) -> tuple[int, str, int, int, str]:
    """The order of a report: title before body before the rest, then by place, then by rule."""
    place = PUBLISHED.index(finding.part) if finding.part in PUBLISHED else len(PUBLISHED)
    return place, finding.part, finding.start, finding.end, finding.rule


def settle(findings: Iterable[Finding]) -> list[Finding]:
    """One finding per place: of overlapping ones of a family, or harmful ones, the gravest stays, but what is only weighed yields; then the longest."""
    findings = without_sales_over_lists(list(findings))
    kept: dict[Finding, None] = {}
    groups: dict[tuple[str, str], Intervals] = {}
    for finding in sorted(
        findings, key=lambda one: (-min(one.level, Level.REVIEW), one.score < SURE, -one.level, one.start - one.end, *order(one))
    ):
        if not finding.traits.covers and finding.start < finding.end:
            family = "harmful" if finding.traits.harmful else finding.family
            if not groups.setdefault((finding.part, family), Intervals()).add(finding.start, finding.end):
                continue
        kept[finding] = None
    return sorted(kept, key=order)


def without_sales_over_lists(findings: list[Finding]) -> list[Finding]:
    """The findings without those that call a list of people advertising: names and numbers are nobody's sales talk."""
    if not any(one.traits.yields for one in findings):
        return findings
    lists = [one for one in findings if one.family == "privacy" and one.traits.covers]
    people = [one for one in findings if one.family == "privacy" and one.level >= Level.REVIEW]
    if not lists and len(people) < CROWD:
        return findings
    return [one for one in findings if not one.traits.yields or not (covers(one, lists, 1) or covers(one, people, CROWD))]


def covers(wide: Finding, findings: list[Finding], least: int) -> bool:
    """Whether a finding lies over at least so many of the others."""
    return sum(one.part == wide.part and one.start < wide.end and wide.start < one.end for one in findings) >= least


class Intervals:
    """Intervals that do not overlap."""

    __slots__ = ("ends", "starts")

    def __init__(self) -> None:
        self.starts: list[int] = []
        self.ends: list[int] = []

    def add(self, start: int, end: int) -> bool:
        """Add an interval if it overlaps none; whether it was added."""
        place = bisect_left(self.starts, end)
        if place and self.ends[place - 1] > start:
            return False
        self.starts.insert(place, start)
        self.ends.insert(place, end)
        return True


def leveled(findings: Iterable[Finding], profile: Profile) -> Iterable[Finding]:
    """The findings at the levels that the profile gives them; those that it switches off are left out."""
    for finding in findings:
        if not profile.on(finding.family):
            continue
        if finding.rule in profile.levels:
            level = profile.levels[finding.rule]
            if level is None:
                continue
            finding = replace(finding, level=level)
        yield finding


def exempted(finding: Finding, post: Post, exemptions: Iterable[Exemption], today: date) -> Exemption | None:
    """The exemption in force that covers the finding, or None."""
    for exemption in exemptions:
        if exemption.until < today or exemption.rule not in (finding.rule, finding.family):
            continue
        if exemption.post is not None and str(post.id) == exemption.post:
            return exemption
        if exemption.phrase is not None and holds(post.part(finding.part), finding, exemption.phrase):
            return exemption
    return None


def holds(text: str, finding: Finding, phrase: str) -> bool:
    """Whether the phrase stands in the text over the finding, or in the finding."""
    if phrase in finding.text:
        return True
    start = text.find(phrase, max(0, finding.end - len(phrase)))
    return 0 <= start <= finding.start


def decide(findings: Iterable[Finding], profile: Profile, complete: bool) -> tuple[Decision, int]:
    """The decision and the review tier (0–3): by level, and by family from REVIEW up.

    A post that could not be screened whole is at least for review: nothing unread passes.
    """
    worst, tier = 0, 0
    for finding in findings:
        worst = max(worst, finding.level)
        tier = max(tier, profile.tiers[finding.level])
        if finding.level >= Level.REVIEW:
            tier = max(tier, profile.family_tiers.get(finding.family, 0))
    if not complete:
        worst, tier = max(worst, Level.REVIEW), max(tier, profile.tiers[Level.REVIEW])
    return Decision(worst if worst >= Level.REVIEW else 0), tier
