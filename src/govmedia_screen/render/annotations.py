"""Reports as annotations of code review: GitHub workflow commands, GitLab code quality."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Sequence
from pathlib import PurePath

from govmedia_screen.acceptance.baseline import fingerprint
from govmedia_screen.documents import Document
from govmedia_screen.finding import Level
from govmedia_screen.render.sarif import message
from govmedia_screen.report.report import Report

COMMANDS = {Level.NOTE: "notice", Level.REVIEW: "warning", Level.BLOCK: "error"}
SEVERITIES = {Level.NOTE: "info", Level.REVIEW: "major", Level.BLOCK: "blocker"}


def data(text: str) -> str:
    """The message of a workflow command."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def value(text: str) -> str:
    """A property of a workflow command."""
    return data(text).replace(":", "%3A").replace(",", "%2C")


def render_github(results: Sequence[tuple[Document, Report]]) -> str:
    """One workflow command a finding; columns are left out where a finding has several lines, as GitHub wants."""
    lines = []
    for document, report in results:
        name = PurePath(document.name).as_posix()
        for finding in report.findings:
            (line, column), (end_line, end_column) = document.region(finding)
            place = f"file={value(name)},line={line},endLine={end_line}"
            if line == end_line:
                place += f",col={column},endColumn={end_column}"
            lines.append(f"::{COMMANDS[finding.level]} {place},title={value(finding.rule)}::{data(message(finding))}\n")
        lines += [f"::warning file={value(name)}::{data(gap.reason)}\n" for gap in report.incomplete]
    return "".join(lines)


def render_gitlab(results: Sequence[tuple[Document, Report]]) -> str:
    """A code quality report; its fingerprints are unique, and the same as long as rule and surroundings are."""
    entries, seen = [], Counter[str]()
    for document, report in results:
        name = PurePath(document.name).as_posix()
        for finding in report.findings:
            (line, _), (end_line, _) = document.region(finding)
            key = f"{name}\0{fingerprint(report.post, finding)}"
            seen[key] += 1
            entries.append(
                {
                    "description": message(finding),
                    "check_name": finding.rule,
                    "fingerprint": hashlib.sha256(f"{key}\0{seen[key]}".encode("utf-8", "surrogatepass")).hexdigest(),
                    "severity": SEVERITIES[finding.level],
                    "location": {"path": name, "lines": {"begin": line, "end": end_line}},
                }
            )
    return json.dumps(entries, ensure_ascii=False, indent=2) + "\n"
