"""Safe replacements as edits of the file that a post was read from."""

from __future__ import annotations

from collections.abc import Iterable

from govmedia_screen.documents import Document
from govmedia_screen.finding import Finding
from govmedia_screen.report.report import clusters, is_safe

Edit = tuple[int, int, str]


def safe_edits(document: Document, findings: Iterable[Finding]) -> list[Edit]:
    """Start, end (code points of the file) and new text of every safe replacement, by place; none overlaps another."""
    edits: list[Edit] = []
    for _, _, group in clusters(one for one in findings if is_safe(one)):
        if span := document.span(group[0]):
            edits.append((*span, str(group[0].suggestion)))
    return sorted(edits)


def mended(text: str, edits: Iterable[Edit]) -> str:
    """The text with the edits made."""
    for start, end, new in sorted(edits, reverse=True):
        text = text[:start] + new + text[end:]
    return text
