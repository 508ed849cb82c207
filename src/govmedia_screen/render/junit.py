"""Reports as JUnit XML, for build servers: a post is a test, a finding that counts is its failure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from xml.sax.saxutils import escape, quoteattr

from govmedia_screen.documents import Document
from govmedia_screen.finding import Finding, Level
from govmedia_screen.render.sarif import message
from govmedia_screen.report.report import Report

#: What XML 1.0 does not allow.
FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def attribute(text: str) -> str:
    """A quoted attribute."""
    return quoteattr(FORBIDDEN.sub("\ufffd", text), {"\n": "&#10;", "\r": "&#13;", "\t": "&#9;"})


def line_of(document: Document, finding: Finding) -> str:
    """One finding in a line of text."""
    text = finding.text if len(finding.text) <= 60 else finding.text[:40] + "…"
    return escape(
        FORBIDDEN.sub(
            "\ufffd", f"{document.name}:{document.where(finding)}: {finding.level.label} {finding.rule} “{text}” {message(finding)}"
        )
    )


def case(document: Document, report: Report, fail_on: Level) -> str:
    """One post."""
    failures = report.at_least(fail_on)
    others = [finding for finding in report.findings if finding not in failures]
    inside = [
        f"<failure type={attribute(finding.rule)} message={attribute(message(finding))}>{line_of(document, finding)}</failure>"
        for finding in failures
    ]
    if not failures and report.decision >= fail_on:
        reason = "；".join(gap.reason for gap in report.incomplete)
        inside.append(f'<failure type="incomplete" message={attribute(reason)}/>')
    if others:
        inside.append("<system-out>" + "\n".join(line_of(document, finding) for finding in others) + "</system-out>")
    return f'<testcase classname="govmedia-screen" name={attribute(document.name)} file={attribute(document.name)}>{"".join(inside)}</testcase>'


def render(results: Sequence[tuple[Document, Report]], fail_on: Level = Level.REVIEW) -> str:
    """All reports as one test suite; findings below ``fail_on`` are output, not failures."""
    failed = sum(bool(report.at_least(fail_on)) or report.decision >= fail_on for _, report in results)
    cases = "\n".join(case(document, report, fail_on) for document, report in results)
    counts = f'tests="{len(results)}" failures="{failed}" errors="0"'
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<testsuites {counts}><testsuite name="govmedia-screen" {counts}>\n{cases}\n</testsuite></testsuites>\n'
