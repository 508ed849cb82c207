"""Reports as one self-contained page that opens offline: the text with its findings marked in place, the list beside it.

The only script is the page's own, named by its hash in the page's policy: whatever a post holds cannot run.
"""

from __future__ import annotations

import base64
import hashlib
import tomllib
from collections import Counter
from collections.abc import Sequence
from functools import cache
from html import escape
from importlib import resources

from govmedia_screen.documents import Document
from govmedia_screen.finding import Finding, Level
from govmedia_screen.render.text import PARTS, TIERS, place, visible
from govmedia_screen.report.policy import Decision
from govmedia_screen.report.report import Report

#: Parts that need no heading.
PARTS_BARE = ("title", "body")
#: Longer findings are cut in the list.
LONGEST = 80


@cache
def families() -> dict[str, str]:
    """What families are called."""
    text = resources.files("govmedia_screen.lexicons").joinpath("families.toml").read_text("utf-8")
    return {one["id"]: one["name"] for one in tomllib.loads(text)["family"]}


def shown(text: str) -> str:
    """The text for HTML; line ends stay, what would disturb is one sign each."""
    return escape("\n".join(visible(line) for line in text.replace("\r\n", "\n").split("\n")))


def marked(part: str, findings: Sequence[tuple[int, Finding]]) -> str:
    """A part with every finding marked; where findings overlap each piece looks like the gravest and names them all."""
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
                pieces.append(mark(number, finding, str(number), "‸", "gap "))
            else:
                live.append((number, finding))
        piece = shown(part[edge:following])
        if live and piece:
            number, worst = max(live, key=lambda one: (one[1].level, one[1].start - one[1].end))
            pieces.append(mark(number, worst, " ".join(str(one) for one, _ in live), piece))
        else:
            pieces.append(piece)
    return "".join(pieces)


def mark(number: int, finding: Finding, numbers: str, inside: str, kind: str = "") -> str:
    """A marked piece, which leads to the finding in the list."""
    return f'<a class="{kind}{finding.level}" href="#f{number}" data-f="{numbers}" title="{finding.level.label}：{escape(finding.message)}">{inside}</a>'


def item(number: int, document: Document, finding: Finding) -> str:
    """One finding in the list."""
    text = finding.text if len(finding.text) <= LONGEST else finding.text[: LONGEST - 20] + "…"
    suggestion = "" if finding.suggestion is None else f"<p>建议：<b>{shown(finding.suggestion) or '删去'}</b></p>"
    evidence = f"<p><small>线索：{shown('；'.join(finding.evidence))}</small></p>" if finding.evidence else ""
    family = families().get(finding.family, finding.family)
    return (
        f'<li id="f{number}" class="finding {finding.level}" data-level="{finding.level}" data-family="{escape(finding.family)}" tabindex="-1">'
        f'<p><span class="tag {finding.level}">{finding.level.label}</span> <a href="#m{number}"><q>{shown(text)}</q></a>'
        f" <small>{shown(place(document, finding))}</small></p>"
        f"<p>{shown(finding.message)}</p>{suggestion}"
        f"<p><small>{escape(family)} · {escape(finding.rule)}{' · 依据：' + shown(finding.basis) if finding.basis else ''}</small></p>{evidence}</li>"
    )


def section(base: int, document: Document, report: Report) -> str:
    """One post: its text, and its findings beside it."""
    numbered = list(enumerate(report.findings, base))
    parts = []
    for name in report.post.parts:
        if part := report.post.part(name):
            inside = marked(part, [one for one in numbered if one[1].part == name])
            label = "" if name in PARTS_BARE else f"<small>{shown(PARTS.get(name, name))}</small> "
            parts.append(f'<h3 class="post">{inside}</h3>' if name == "title" else f'<div class="post">{label}{inside}</div>')
    items = "".join(item(number, document, finding) for number, finding in numbered)
    found = f'<ol class="findings">{items}</ol>' if items else "<p>没有发现问题。</p>"
    gaps = "".join(
        f"<p class='review'>未审完：{shown(PARTS.get(gap.part, gap.part))}，{shown(gap.reason)}</p>" for gap in report.incomplete
    )
    spared = "".join(f"<li>{escape(one.rule)} {shown(one.text)}：{shown(why.reason)}（{why.lasts}）</li>" for one, why in report.exempted)
    return (
        f'<section class="report {report.decision}"><h2><span class="tag {report.decision}">{report.decision.label}</span> {shown(document.name)}'
        f" <small>{TIERS[report.review_tier]}，{len(numbered)} 处发现</small></h2>{gaps}"
        f'<div class="columns"><div class="text">{"".join(parts)}</div><div class="beside">{found}</div></div>'
        f"{f'<p>已豁免：</p><ul>{spared}</ul>' if spared else ''}</section>"
    )


def summary(results: Sequence[tuple[Document, Report]]) -> str:
    """How many findings each family has at each level; a family's name shows its findings only."""
    counts = Counter((finding.family, finding.level) for _, report in results for finding in report.findings)
    if not counts:
        return ""
    totals = Counter[str]()
    for (family, _), count in counts.items():
        totals[family] += count
    levels = tuple(reversed(Level))
    rows = "".join(
        f'<tr><th scope="row"><button type="button" data-only="{escape(family)}">{escape(families().get(family, family))}</button></th>'
        + "".join(f"<td>{counts[family, level] or ''}</td>" for level in levels)
        + f"<td>{total}</td></tr>"
        for family, total in sorted(totals.items(), key=lambda pair: (-max(level for name, level in counts if name == pair[0]), -pair[1]))
    )
    sums = "".join(f"<td>{sum(count for (_, one), count in counts.items() if one == level)}</td>" for level in levels)
    heads = "".join(f'<th scope="col"><span class="tag {level}">{level.label}</span></th>' for level in levels)
    return (
        f'<table class="summary"><caption>按家族汇总</caption><thead><tr><th scope="col">家族</th>{heads}<th scope="col">合计</th></tr></thead>'
        f'<tbody>{rows}</tbody><tfoot><tr><th scope="row">合计</th>{sums}<td>{counts.total()}</td></tr></tfoot></table>'
    )


def controls(results: Sequence[tuple[Document, Report]]) -> str:
    """What narrows the list; shown by the script."""
    there = sorted({finding.family for _, report in results for finding in report.findings})
    if not there:
        return ""
    options = "".join(f'<option value="{escape(one)}">{escape(families().get(one, one))}</option>' for one in there)
    levels = "".join(f'<option value="{level}">{level.label}</option>' for level in reversed(Level))
    return (
        '<div class="controls" id="controls" role="group" aria-label="筛选" hidden>'
        f'<label for="level">级别</label><select id="level"><option value="">全部</option>{levels}</select>'
        f'<label for="family">家族</label><select id="family"><option value="">全部</option>{options}</select>'
        '<button type="button" id="before">上一处（K）</button><button type="button" id="next">下一处（J）</button>'
        '<output id="count" aria-live="polite"></output></div>'
    )


def render(results: Sequence[tuple[Document, Report]]) -> str:
    """All reports as one page; no font, picture or script comes from elsewhere."""
    folder = resources.files("govmedia_screen.render")
    style, script = (folder.joinpath(name).read_text("utf-8") for name in ("page.css", "page.js"))
    seal = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-{seal}'; base-uri 'none'; form-action 'none'"
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
        f'<meta http-equiv="Content-Security-Policy" content="{policy}"><title>审查报告</title><style>{style}</style></head>'
        f"<body><header><h1>审查报告</h1><ul>{counts}</ul></header>{summary(results)}{controls(results)}<main>{''.join(sections)}</main>"
        f"<footer>{foot}</footer><script>{script}</script></body></html>\n"
    )
