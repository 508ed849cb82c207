"""The lines of a PDF page where they stand, and which of them go on with the paragraph above."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from govmedia_screen.system import lazy

#: Left, bottom, right, top, in points from the bottom of the page.
Box = tuple[float, float, float, float]
BULLET = lazy.pattern(r"\s*(?:[（(]?[一二三四五六七八九十0-9]{1,3}[、.．)）]|[①-⑳]|[-•·●■▪])")


def measured(text: str, text_page: Any) -> list[tuple[str, Box | None]]:
    """The lines of a page, each with left, bottom, right, top of its first and last character together."""
    found: list[tuple[str, Box | None]] = []
    place = 0
    for line in text.split("\r\n"):
        first, last = place, place + len(line.rstrip())
        place += len(line) + 2
        shown = line.rstrip().replace("\x02", "").replace("\ufffe", "").replace("\0", "")
        if not shown.strip():
            continue
        box = None
        with suppress(Exception):
            begin, end = text_page.get_charbox(first), text_page.get_charbox(max(first, last - 1))
            box = (min(begin[0], end[0]), min(begin[1], end[1]), max(begin[2], end[2]), max(begin[3], end[3]))
        found.append((shown, box))
    return found


def continues(before: str, above: Box, line: str, box: Box, left: float, right: float) -> bool:
    """Whether a line goes on with the paragraph of the line above it."""
    size = max(1.0, min(above[3] - above[1], 40.0))
    full = above[2] > right - 2.2 * size
    indented = box[0] > left + 1.2 * size
    return full and not indented and above[1] > box[1] and above[1] - box[3] < 2.5 * size and not BULLET.match(line) and "\t" not in before


def flipped(box: Box | None, height: float) -> tuple[int, int, int, int] | None:
    """A box from the top of the page."""
    return (round(box[0]), round(height - box[3]), round(box[2]), round(height - box[1])) if box else None
