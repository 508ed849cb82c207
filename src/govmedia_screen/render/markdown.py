"""Reports as Markdown: a table of findings for each post, to paste into a review."""

from __future__ import annotations

from collections.abc import Sequence

from govmedia_screen.documents import Document
from govmedia_screen.render.text import PARTS, TIERS, place, visible
from govmedia_screen.report.report import Report
from govmedia_screen.system import lazy

SPECIAL = lazy.pattern(r"([\\`*_{}\[\]<>|#~])")


def plain(text: str) -> str:
    """The text so that Markdown shows it as it is, on one line."""
    return SPECIAL.sub(r"\\\1", visible(text).replace("\r", " ").replace("\n", "↵"))


def render(results: Sequence[tuple[Document, Report]]) -> str:
    """All reports, each with a heading."""
    lines = ["# 审查报告", ""]
    for document, report in results:
        lines += [f"## {plain(document.name)}：{report.decision.label}（{TIERS[report.review_tier]}）", ""]
        if report.findings:
            lines += ["| 位置 | 级别 | 规则 | 原文 | 问题 | 建议 | 依据 |", "|---|---|---|---|---|---|---|"]
        for one in report.findings:
            text = one.text if len(one.text) <= 60 else one.text[:40] + "…" + one.text[-15:]
            suggestion = "" if one.suggestion is None else plain(one.suggestion or "删去")
            cells = (
                plain(place(document, one)),
                one.level.label,
                f"`{one.rule}`",
                plain(text),
                plain(one.message),
                suggestion,
                plain(one.basis),
            )
            lines.append(f"| {' | '.join(cells)} |")
        lines += [f"- **未审完** {PARTS.get(gap.part, gap.part)}：{plain(gap.reason)}" for gap in report.incomplete]
        lines += [
            f"- 已豁免 `{finding.rule}` {plain(finding.text)}：{plain(exemption.reason)}（{exemption.lasts}）"
            for finding, exemption in report.exempted
        ]
        if not (report.findings or report.incomplete or report.exempted):
            lines.append("没有发现问题。")
        lines.append("")
    return "\n".join(lines)
