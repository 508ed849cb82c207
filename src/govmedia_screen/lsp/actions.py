"""What an editor shows and offers on a finding: diagnostic, hover, replacements, acceptance with a reason."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from lsprotocol import types

from govmedia_screen.acceptance.fixes import Edit, safe_edits
from govmedia_screen.acceptance.waivers import barred
from govmedia_screen.documents import HTML, MARKDOWN, Document
from govmedia_screen.finding import Finding, Level
from govmedia_screen.lexicon.lexicon import Lexicon
from govmedia_screen.lsp.lines import Lines
from govmedia_screen.profile import Profile
from govmedia_screen.report.report import is_safe

SOURCE = "govmedia-screen"
SEVERITIES = {
    Level.NOTE: types.DiagnosticSeverity.Information,
    Level.REVIEW: types.DiagnosticSeverity.Warning,
    Level.BLOCK: types.DiagnosticSeverity.Error,
}
FIX_ALL = "source.fixAll.govmedia"
#: A problem as it is told elsewhere: file, line, what.
PROBLEM = re.compile(r".*?:(\d+): (.*)", re.DOTALL)


def span_of(document: Document, finding: Finding) -> tuple[int, int]:
    """The finding's span in the file; its beginning if the part does not stand there."""
    return document.span(finding) or (0, 0)


def range_of(lines: Lines, start: int, end: int) -> types.Range:
    """A span as the protocol has it."""
    return types.Range(types.Position(*lines.position(start)), types.Position(*lines.position(end)))


def diagnostic(document: Document, lines: Lines, finding: Finding) -> types.Diagnostic:
    """A finding as a diagnostic."""
    basis = f"（{finding.basis}）" if finding.basis else ""
    return types.Diagnostic(
        range=range_of(lines, *span_of(document, finding)),
        message=f"{finding.level.label}：{finding.message}{basis}",
        severity=SEVERITIES[finding.level],
        code=finding.rule,
        source=SOURCE,
        data={"suggestion": finding.suggestion, "part": finding.part},
    )


def problem(lines: Lines, told: str) -> types.Diagnostic:
    """A problem of the file itself (front matter, waivers) as a diagnostic on its line."""
    match = PROBLEM.match(told)
    line = min(int(match[1]) if match else 1, len(lines.begins)) - 1
    end = lines.begins[line + 1] if line + 1 < len(lines.begins) else len(lines.text)
    return types.Diagnostic(
        range=types.Range(types.Position(line, 0), types.Position(*lines.position(max(lines.begins[line], end - 1)))),
        message=match[2] if match else told,
        severity=types.DiagnosticSeverity.Warning,
        source=SOURCE,
    )


def hover(document: Document, lines: Lines, findings: Iterable[Finding], lexicon: Lexicon, offset: int) -> types.Hover | None:
    """What is known of the findings at a place."""
    here = [(span, one) for one in findings if (span := span_of(document, one))[0] <= offset <= span[1]]
    if not here:
        return None
    start, end = min((span for span, _ in here), key=lambda span: span[1] - span[0])
    value = "\n\n---\n\n".join(described(one, lexicon) for _, one in here)
    return types.Hover(types.MarkupContent(types.MarkupKind.Markdown, value), range_of(lines, start, end))


def described(finding: Finding, lexicon: Lexicon) -> str:
    """One finding in Markdown: message, basis, suggestion, what decided it, examples of the rule."""
    lines = [f"**{finding.level.label}**　{finding.message}　`{finding.rule}`"]
    if finding.basis:
        lines.append(f"依据：{finding.basis}")
    if finding.suggestion is not None:
        lines.append(f"建议：{finding.suggestion or '删去'}")
    if finding.evidence:
        lines.append(f"线索：{'；'.join(finding.evidence)}")
    rule = lexicon.rules.get(finding.rule)
    if rule:
        lines += [f"会报：{rule.hit[0]}", f"不报：{rule.miss[0]}"]
    return "\n\n".join(lines)


def code_actions(
    uri: str, document: Document, lines: Lines, findings: Sequence[Finding], first: int, last: int, reasons: Sequence[str], profile: Profile
) -> list[types.CodeAction]:
    """What can be done about the findings between two places of the file, and about the safe ones of all of it."""
    actions = []
    for finding in findings:
        start, end = span_of(document, finding)
        if start > last or end < first:
            continue
        about = [diagnostic(document, lines, finding)]
        if document.span(finding) and finding.suggestion not in (None, finding.text):
            edit = edited(uri, lines, [(start, end, str(finding.suggestion))])
            title = f"改为“{finding.suggestion}”" if finding.suggestion else f"删去“{finding.text}”"
            actions.append(types.CodeAction(title, types.CodeActionKind.QuickFix, about, is_preferred=is_safe(finding), edit=edit))
        for reason in reasons if document.name.lower().endswith(MARKDOWN + HTML) and not barred(finding, profile) else ():
            edit = edited(uri, lines, [waiver(document, finding, reason)])
            actions.append(
                types.CodeAction(f"接受 {finding.rule}（{reason or '请补写理由'}）", types.CodeActionKind.QuickFix, about, edit=edit)
            )
    if edits := safe_edits(document, findings):
        title = f"改正全部有把握的错误（{len(edits)} 处）"
        actions.append(types.CodeAction(title, FIX_ALL, edit=edited(uri, lines, edits)))
    return actions


def edited(uri: str, lines: Lines, edits: Iterable[Edit]) -> types.WorkspaceEdit:
    """Edits as the protocol has them."""
    return types.WorkspaceEdit({uri: [types.TextEdit(range_of(lines, start, end), text) for start, end, text in edits]})


def waiver(document: Document, finding: Finding, reason: str) -> Edit:
    """The comment that accepts a finding, where it covers it; without a reason it is not in force until one is written.

    In Markdown it stands over the paragraph, in HTML before the finding; what stands where no
    comment can (a title, an attribute) is accepted for the whole file, at its end.
    """
    text = document.text
    ending = "\r\n" if "\r\n" in text else "\n"
    start, _ = span_of(document, finding)
    comment = f"<!-- govmedia: allow {finding.rule} — {reason} -->"
    inside_tag = text.rfind("<", 0, start) > text.rfind(">", 0, start)
    if finding.part != "body" or finding.start == finding.end:
        inside_tag = True
    if document.name.lower().endswith(HTML) and not inside_tag:
        return start, start, comment
    if document.name.lower().endswith(MARKDOWN) and finding.part == "body" and finding.start < finding.end:
        first = paragraph(text, start, document.places["body"].span(0, 0)[0])
        return first, first, comment + ending
    gap = "" if text.endswith(("\n", "\r")) else ending
    return len(text), len(text), gap + comment.replace("allow", "allow-file", 1) + ending


def paragraph(text: str, offset: int, least: int) -> int:
    """Where the paragraph (lines without a blank one between them) that holds an offset begins, not before ``least``."""
    begin = offset
    while True:
        line = max(text.rfind("\n", 0, begin), text.rfind("\r", 0, begin)) + 1
        if not text[line:begin].strip() and begin != offset:
            return max(begin, least)
        if line <= least:
            return max(line, least)
        begin = line - (2 if text[line - 2 : line] == "\r\n" else 1)
        previous = max(text.rfind("\n", 0, begin), text.rfind("\r", 0, begin)) + 1
        if not text[previous:begin].strip():
            return max(line, least)
