"""Quotation marks and titles: whether a place is somebody else's words, or the name of a text.

GB/T 15834-2011 4.8 (引号), 4.15 (书名号). A mark that is never closed encloses nothing.
"""

from __future__ import annotations

#: Opening marks and what closes them.
QUOTATION_MARKS = {"“": "”", "‘": "’", "「": "」", "『": "』"}
TITLE_MARKS = {"《": "》"}
#: How far a mark may stand from what it encloses, in code points.
REACH = 200


def enclosing(text: str, start: int, end: int, marks: dict[str, str], reach: int = REACH) -> tuple[int, int] | None:
    """The span inside the nearest pair of marks that encloses a span, or None.

    Args:
        text: the text.
        start: first code point of the span.
        end: one past its last.
        marks: opening marks and what closes them.
        reach: how far to either side a mark is looked for, in code points.
    """
    for opening, closing in marks.items():
        left = text.rfind(opening, max(0, start - reach), start)
        if left >= 0 and text.find(closing, left, start) < 0:
            right = text.find(closing, end, end + reach)
            if right >= 0:
                return left + 1, right
    return None


def is_quoted(text: str, start: int, end: int, reach: int = REACH) -> bool:
    """Whether a span stands inside quotation marks."""
    return enclosing(text, start, end, QUOTATION_MARKS, reach) is not None


def title_of(text: str, start: int, end: int, reach: int = REACH) -> str | None:
    """The title in 《》 that holds a span, or None."""
    found = enclosing(text, start, end, TITLE_MARKS, reach)
    return text[slice(*found)] if found else None
