"""Safe replacements as edits of the file that a post was read from."""

from __future__ import annotations

from collections.abc import Iterable

from govmedia_screen.documents import Document
from govmedia_screen.documents.protected import Protected
from govmedia_screen.finding import Finding
from govmedia_screen.report.report import clusters, is_safe

Edit = tuple[int, int, str]


def safe_edits(document: Document, findings: Iterable[Finding]) -> list[Edit]:
    """Start, end (code points of the file) and new text of every safe replacement, by place; none overlaps another."""
    return divided(document, findings)[0]


def divided(document: Document, findings: Iterable[Finding]) -> tuple[list[Edit], list[Finding]]:
    """The edits of the safe replacements, and the findings whose replacement would touch more than prose."""
    protected = Protected(document.text)
    edits: list[Edit] = []
    left: list[Finding] = []
    for _, _, group in clusters(one for one in findings if is_safe(one)):
        one = group[0]
        places = document.places.get(one.part)
        found = places.edits(one.start, one.text, str(one.suggestion)) if places else None
        span = document.span(one)
        if found is None or span is None or protected.quoted(*span) or any(protected.holds(start, end) for start, end, _ in found):
            left.append(one)
        else:
            edits += found
    return sorted(edits), left


def mended(text: str, edits: Iterable[Edit]) -> str:
    """The text with the edits made."""
    for start, end, new in sorted(edits, reverse=True):
        text = text[:start] + new + text[end:]
    return text
