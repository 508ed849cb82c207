"""Reports for a terminal: each finding with its line, underlined."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from govmedia_screen.documents import Document
from govmedia_screen.finding import Finding, Level
from govmedia_screen.report.policy import Decision
from govmedia_screen.report.report import Report
from govmedia_screen.system import lazy

COLOURS = {Level.NOTE: "36", Level.REVIEW: "33", Level.BLOCK: "31"}
DECISIONS = {Decision.PASS: "32", Decision.REVIEW: "33", Decision.BLOCK: "31"}
PARTS = {
    "title": "标题", "body": "正文", "summary": "摘要", "subtitle": "副标题", "author": "作者", "tags": "标签", "cover": "封面文字", "contact": "联系人",
    "comments": "批注", "deleted": "已删文字", "properties": "文件属性", "links": "链接", "pictures": "图片文字", "formulas": "公式", "texts": "表外文字",
}  # fmt: skip
TIERS = ("免签", "编辑自查", "部门复审", "领导终审")
CONTROL = lazy.pattern(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ud800-\udfff]")
#: How many columns of a long line are shown around a finding.
REACH = 30


def place(document: Document, finding: Finding) -> str:
    """Where a finding stands, for a person: part, line and column, or paragraph, cell, page."""
    where = document.where(finding)
    return visible(where if document.origin is not None and document.origin.spots else f"{PARTS.get(finding.part, finding.part)} {where}")


def paint(text: str, code: str, colour: bool) -> str:
    """The text in a colour, if colours are wanted."""
    return f"\x1b[{code}m{text}\x1b[0m" if colour else text


def width(text: str) -> int:
    """How many columns a text takes: two for wide characters, none for combining marks."""
    return sum(0 if unicodedata.combining(char) else 2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)


def visible(text: str) -> str:
    """The text with characters that would disturb a terminal shown as one sign each, tabs as one space."""
    return CONTROL.sub("�", text).replace("\t", " ")


def excerpt(part: str, finding: Finding, colour: bool) -> list[str]:
    """The line of the finding, cut to what is near, and the marks below it."""
    begin = max(part.rfind("\n", 0, finding.start), part.rfind("\r", 0, finding.start)) + 1
    stop = min([place for place in (part.find("\n", finding.start), part.find("\r", finding.start)) if place >= 0] or [len(part)])
    left, right = max(begin, finding.start - REACH), min(stop, max(finding.end, finding.start) + REACH)
    end = min(finding.end, right)
    before, inside, after = (visible(one) for one in (part[left : finding.start], part[finding.start : end], part[end:right]))
    head = "…" if left > begin else ""
    tail = "…" if right < stop or finding.end > right else ""
    marks = "^" * max(1, width(inside))
    return [
        f"    {head}{before}{inside}{after}{tail}",
        "    " + " " * (width(before) + (1 if head else 0)) + paint(marks, COLOURS[finding.level], colour),
    ]


def lines_of(document: Document, report: Report, colour: bool) -> list[str]:
    """One report in lines."""
    label = paint(report.decision.label, DECISIONS[report.decision], colour)
    spared = f"，{len(report.exempted)} 处已豁免" if report.exempted else ""
    name = visible(document.name).replace("\n", "�")
    lines = [f"{name}: {label}（{TIERS[report.review_tier]}），{len(report.findings)} 处发现{spared}"]
    for finding in report.findings:
        level = paint(finding.level.label, COLOURS[finding.level], colour)
        lines += ["", f"  {name}:{visible(document.where(finding))}  {level}  {finding.rule}  {finding.message}（{finding.basis}）"]
        lines += excerpt(report.post.part(finding.part), finding, colour)
        if finding.suggestion is not None:
            lines.append(f"    建议：{visible(finding.suggestion) or '删去'}")
        if finding.evidence:
            lines.append(f"    线索：{visible('；'.join(finding.evidence))}")
    for gap in report.incomplete:
        lines += [
            "",
            f"  {paint('未审完', COLOURS[Level.REVIEW], colour)}  {visible(PARTS.get(gap.part, gap.part))}：{visible(gap.reason)}",
        ]
    for finding, exemption in report.exempted:
        lines += ["", f"  已豁免  {finding.rule}  {visible(finding.text)}：{exemption.reason}（{exemption.lasts}）"]
    return lines


def render(results: Sequence[tuple[Document, Report]], colour: bool = False, quiet: bool = False) -> str:
    """All reports; ``quiet`` leaves out those without findings, and the closing line."""
    blocks = []
    for document, report in results:
        if not quiet or report.findings or report.incomplete:
            blocks.append("\n".join(lines_of(document, report, colour)) + "\n")
    if not quiet and len(results) > 1:
        counts = [f"{decision.label} {sum(report.decision == decision for _, report in results)}" for decision in Decision]
        blocks.append(f"共 {len(results)} 篇：{'，'.join(counts)}\n")
    return "\n".join(blocks)
