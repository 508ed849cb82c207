"""A report of what a post's readers see, told in the places of the post as it was handed over."""

from __future__ import annotations

from dataclasses import replace

from govmedia_screen.documents.markup import restored
from govmedia_screen.documents.places import Places
from govmedia_screen.finding import Finding
from govmedia_screen.post import Post
from govmedia_screen.report.policy import order
from govmedia_screen.report.report import Report


def as_given(report: Report, post: Post, view: tuple[Post, dict[str, Places]] | None) -> Report:
    """The report of what a post's readers see as one of the post as it was handed over."""
    if view is None:
        return report

    def back(finding: Finding) -> Finding:
        return restored(finding, post.part(finding.part), view[1][finding.part]) if finding.part in view[1] else finding

    findings = tuple(sorted(map(back, report.findings), key=order))
    exempted = tuple((back(finding), exemption) for finding, exemption in report.exempted)
    return replace(report, post=post, findings=findings, exempted=exempted)
