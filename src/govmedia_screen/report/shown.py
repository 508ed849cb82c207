"""A report as it may be shown: the personal data and secrets that it warns about are masked in it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from govmedia_screen.finding import Finding
from govmedia_screen.post import Post
from govmedia_screen.profile import Exemption
from govmedia_screen.report.report import Report, digest

#: In evidence: what may be somebody's number.
NUMBER = re.compile(r"[0-9０-９Xx]{6,}")


@dataclass(frozen=True)
class Shown(Report):
    """A report whose post is masked; its digest is that of the post as it is.

    Attributes:
        whole: the post as it is.
    """

    whole: Post | None = None

    @property
    def digest(self) -> str:
        """SHA-256 of the parts of the post as it is."""
        return digest(self.whole or self.post)


def shown(report: Report) -> Report:
    """The report with the findings that somebody could use (``hidden``) masked wherever they stand; every place stays where it is."""
    everything = (*report.findings, *(one for one, _ in report.exempted))
    if not any(one.traits.hidden for one in everything):
        return report
    post = report.post
    masked: Mapping[str, str] = report.without([one for one in everything if one.traits.hidden or one.traits.mask])
    if any(len(text) != len(post.part(part)) for part, text in masked.items()):  # a mask that moves places shows nothing
        masked = {part: "＊" * len(post.part(part)) for part in masked}
    extra, question = {part: masked[part] for part in post.extra_parts}, masked.get("question", post.question)
    bare = replace(post, title=masked["title"], body=masked["body"], question=question, extra_parts=extra)

    def cut(finding: Finding) -> Finding:
        text = bare.part(finding.part)[finding.start : finding.end] if finding.part in masked else finding.text
        return replace(finding, text=text, evidence=tuple(NUMBER.sub(stars, one) for one in finding.evidence))

    findings = tuple(map(cut, report.findings))
    exempted: tuple[tuple[Finding, Exemption], ...] = tuple((cut(one), why) for one, why in report.exempted)
    return Shown(bare, findings, report.decision, report.review_tier, report.incomplete, exempted, report.versions, post)


def stars(match: re.Match[str]) -> str:
    """As many marks as there were signs."""
    return "＊" * len(match[0])
