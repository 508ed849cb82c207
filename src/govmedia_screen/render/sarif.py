"""Reports as SARIF 2.1.0, for code review and code scanning.

Columns are counted in code points and the run says so (``columnKind``); a finding that is
accepted stays in the log with its suppression.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import PurePath
from typing import Any
from urllib.parse import quote

from govmedia_screen.acceptance.baseline import fingerprint
from govmedia_screen.acceptance.waivers import Waiver
from govmedia_screen.documents import Document
from govmedia_screen.finding import Finding, Level
from govmedia_screen.report.report import Report
from govmedia_screen.version import __version__

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
LEVELS = {Level.NOTE: "note", Level.REVIEW: "warning", Level.BLOCK: "error"}


def uri(name: str) -> str:
    """A file's name as a URI reference."""
    path = PurePath(name)
    return path.as_uri() if path.is_absolute() else quote(path.as_posix())


def region(document: Document, finding: Finding) -> dict[str, int]:
    """Where a finding stands in its file; columns in code points from 1."""
    (line, column), (end_line, end_column) = document.region(finding)
    result = {"startLine": line, "startColumn": column, "endLine": end_line, "endColumn": end_column}
    if span := document.span(finding):
        result |= {"charOffset": span[0], "charLength": span[1] - span[0]}
    return result


def result(document: Document, report: Report, finding: Finding, rules: dict[str, int]) -> dict[str, Any]:
    """One finding."""
    artifact, spot = {"uri": uri(document.name)}, region(document, finding)
    entry: dict[str, Any] = {
        "ruleId": finding.rule,
        "ruleIndex": rules[finding.rule],
        "level": LEVELS[finding.level],
        "message": {"text": message(finding)},
        "locations": [{"physicalLocation": {"artifactLocation": artifact, "region": spot}} | logical(document, finding)],
        "partialFingerprints": {"govmediaScreen/v1": fingerprint(report.post, finding)},
        "rank": round(finding.score * 100, 1),
        "properties": {"level": str(finding.level), "part": finding.part, "evidence": list(finding.evidence)},
    }
    if finding.suggestion is not None and finding.suggestion != finding.text and "charOffset" in spot:
        replacement = {"deletedRegion": spot, "insertedContent": {"text": finding.suggestion}}
        change = {"artifactLocation": artifact, "replacements": [replacement]}
        entry["fixes"] = [{"description": {"text": f"改为：{finding.suggestion}"}, "artifactChanges": [change]}]
    return entry


def logical(document: Document, finding: Finding) -> dict[str, Any]:
    """The paragraph, cell or page of a finding, in files that have no lines of text."""
    if document.origin is None or not document.origin.spots:
        return {}
    return {"logicalLocations": [{"fullyQualifiedName": document.where(finding)}]}


def message(finding: Finding) -> str:
    """What is wrong, on which basis, and what to write instead."""
    basis = f"（{finding.basis}）" if finding.basis else ""
    advice = "" if finding.suggestion is None else f"；建议：{finding.suggestion or '删去'}"
    return f"{finding.message}{basis}{advice}"


def results_of(document: Document, report: Report, rules: dict[str, int]) -> Iterator[dict[str, Any]]:
    """The findings of one report, then those that are accepted."""
    for finding in report.findings:
        yield result(document, report, finding, rules)
    for finding, exemption in report.exempted:
        kind = "inSource" if isinstance(exemption, Waiver) else "external"
        yield result(document, report, finding, rules) | {
            "suppressions": [{"kind": kind, "status": "accepted", "justification": exemption.reason}]
        }


def notification(document: Document, reason: str) -> dict[str, Any]:
    """Something that was not screened."""
    location = {"physicalLocation": {"artifactLocation": {"uri": uri(document.name)}}}
    return {"level": "warning", "message": {"text": reason}, "locations": [location]}


def render(results: Sequence[tuple[Document, Report]]) -> str:
    """All reports as one run."""
    found: dict[str, Finding] = {}
    for _, report in results:
        for finding in (*report.findings, *(one for one, _ in report.exempted)):
            found.setdefault(finding.rule, finding)
    rules = {rule: index for index, rule in enumerate(sorted(found))}
    descriptors = [
        {
            "id": rule,
            "shortDescription": {"text": found[rule].message},
            "help": {"text": found[rule].basis or found[rule].message},
            "defaultConfiguration": {"level": LEVELS[found[rule].level]},
            "properties": {"tags": [found[rule].family]},
        }
        for rule in rules
    ]
    driver = {"name": "govmedia-screen", "semanticVersion": __version__, "language": "zh-CN", "rules": descriptors}
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "invocations": [
            {
                "executionSuccessful": True,
                "toolExecutionNotifications": [
                    notification(document, gap.reason) for document, report in results for gap in report.incomplete
                ],
            }
        ],
        "artifacts": [{"location": {"uri": uri(document.name)}} for document, _ in results],
        "results": [entry for document, report in results for entry in results_of(document, report, rules)],
        "properties": {"versions": dict(results[0][1].versions) if results else {}},
    }
    log = {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}
    return json.dumps(log, ensure_ascii=False, indent=2) + "\n"
