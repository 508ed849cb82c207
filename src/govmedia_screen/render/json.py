"""Reports as JSON (one array) and JSON Lines (one report a line); the shape is in docs/wire.md."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from govmedia_screen.documents import Document
from govmedia_screen.report.report import Report


def entry(document: Document, report: Report) -> dict[str, Any]:
    """A report's dictionary with its file, and each finding's line and column in that file."""
    result = report.to_dict() | {"file": document.name}
    for finding, one in zip(report.findings, result["findings"], strict=True):
        one["file_line"], one["file_column"] = document.locate(finding)
        one["location"] = document.location(finding).to_dict()
    return result


def render(results: Sequence[tuple[Document, Report]]) -> str:
    """All reports as one JSON array."""
    return json.dumps([entry(*one) for one in results], ensure_ascii=False, indent=2) + "\n"


def render_lines(results: Sequence[tuple[Document, Report]]) -> str:
    """One report a line."""
    return "".join(json.dumps(entry(*one), ensure_ascii=False) + "\n" for one in results)
