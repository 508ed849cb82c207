"""Reports as one self-contained page that opens offline: the text with its findings marked in place."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from importlib import resources

from govmedia_screen.documents import Document
from govmedia_screen.finding import Finding
from govmedia_screen.render.text import PARTS, TIERS, visible
from govmedia_screen.report.policy import Decision
from govmedia_screen.report.report import Report

#: Parts that need no heading.
PARTS_BARE = ("title", "body")


def shown(text: str) -> str:
    """The text for HTML; line ends stay, what would disturb is one sign each."""
    return escape("\n".join(visible(line) for line in text.replace("\r\n", "\n").split("\n")))


def marked(part: str, findings: Sequence[tuple[int, Finding]]) -> str:
    """A part with every finding marked; where findings overlap each piece belongs to the gravest."""
    edges = sorted({0, len(part), *(one.start for _, one in findings), *(one.end for _, one in findings)})
    starts: dict[int, list[tuple[int, Finding]]] = {}
    ends: dict[int, list[tuple[int, Finding]]] = {}
    for numbered in findings:
        starts.setdefault(numbered[1].start, []).append(numbered)
        ends.setdefault(numbered[1].end, []).append(numbered)
    pieces: list[str] = []
    live: list[tuple[int, Finding]] = []
    known: set[int] = set()
    for edge, following in zip(edges, [*edges[1:], len(part)], strict=True):
        live = [one for one in live if one not in ends.get(edge, [])]
        for number, finding in starts.get(edge, []):
            pieces.append("" if number in known else f'<a class="anchor" id="m{number}"></a>')
            known.add(number)
            if finding.start == finding.end:
                pieces.append(f'<a class="gap {finding.level}" href="#f{number}" title="{escape(finding.message)}">‸</a>')
            else:
                live.append((number, finding))
        piece = shown(part[edge:following])
        if live and piece:
            number, worst = max(live, key=lambda one: (one[1].level, one[1].start - one[1].end))
            pieces.append(f'<a class="{worst.level}" href="#f{number}" title="{escape(worst.message)}">{piece}</a>')
        else:
            pieces.append(piece)
    return "".join(pieces)


def row(number: int, document: Document, finding: Finding) -> str:
    """One finding in the table."""
    line, column = document.locate(finding)
    suggestion = "" if finding.suggestion is None else shown(finding.suggestion) or "删去"
    text = finding.text if len(finding.text) <= 80 else finding.text[:60] + "…"
    return (
        f'<tr id="f{number}" data-level="{finding.level}"><td><span class="tag {finding.level}">{finding.level.label}</span></td>'
        f'<td><a href="#m{number}">{PARTS.get(finding.part, finding.part)} {line}:{column}</a></td>'
        f"<td><q>{shown(text)}</q></td><td>{shown(finding.message)}<small>{escape(finding.rule)} · {shown(finding.basis)}</small></td>"
        f"<td>{suggestion}</td><td>{shown('；'.join(finding.evidence))}</td></tr>"
    )


def section(base: int, document: Document, report: Report) -> str:
    """One post."""
    numbered = list(enumerate(report.findings, base))
    parts = []
    for name in report.post.parts:
        if part := report.post.part(name):
            inside = marked(part, [one for one in numbered if one[1].part == name])
            label = "" if name in PARTS_BARE else f"<small>{shown(PARTS.get(name, name))}</small> "
            parts.append(f'<h3 class="post">{inside}</h3>' if name == "title" else f'<div class="post">{label}{inside}</div>')
    rows = "".join(row(number, document, finding) for number, finding in numbered)
    table = (
        f"<table><thead><tr><th>级别</th><th>位置</th><th>原文</th><th>问题</th><th>建议</th><th>线索</th></tr></thead><tbody>{rows}</tbody></table>"
        if rows
        else "<p>没有发现问题。</p>"
    )
    gaps = "".join(f"<p class='review'>未审完：{PARTS.get(gap.part, gap.part)}，{shown(gap.reason)}</p>" for gap in report.incomplete)
    spared = "".join(f"<li>{escape(one.rule)} {shown(one.text)}：{shown(why.reason)}（{why.lasts}）</li>" for one, why in report.exempted)
    return (
        f'<section><h2><span class="tag {report.decision}">{report.decision.label}</span> {shown(document.name)} <small>{TIERS[report.review_tier]}</small></h2>'
        f"{gaps}{table}{f'<p>已豁免：</p><ul>{spared}</ul>' if spared else ''}<details {'open' if report.findings else ''}><summary>原文</summary>{''.join(parts)}</details></section>"
    )


def render(results: Sequence[tuple[Document, Report]]) -> str:
    """All reports as one page; no script, no font and no picture comes from elsewhere."""
    style = resources.files("govmedia_screen.render").joinpath("page.css").read_text("utf-8")
    counts = "".join(
        f'<li><span class="tag {decision}">{decision.label}</span> {sum(report.decision == decision for _, report in results)}</li>'
        for decision in reversed(Decision)
    )
    sections, base = [], 1
    for document, report in results:
        sections.append(section(base, document, report))
        base += len(report.findings)
    versions = results[0][1].versions if results else {}
    foot = " · ".join(f"{escape(key)} {escape(value)}" for key, value in versions.items() if value)
    return (
        '<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">'
        f"<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\"><title>审查报告</title><style>{style}</style></head>"
        f"<body><header><h1>审查报告</h1><ul>{counts}</ul></header>{''.join(sections)}<footer>{foot}</footer></body></html>\n"
    )
