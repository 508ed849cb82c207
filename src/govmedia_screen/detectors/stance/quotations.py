"""What a named speaker says inside quotation marks: not the account's own voice."""

from __future__ import annotations

import re
from collections.abc import Sequence

from govmedia_screen.lexicon.any_of import any_of
from govmedia_screen.system import lazy

QUOTATION = lazy.pattern(r"“[^“”\n]{4,400}”|「[^「」\n]{4,400}」|\"[^\"\n]{4,400}\"")
MARKS = '“「"'
#: How far before the opening mark and after the closing one a word of saying may stand, in code points.
BEFORE, AFTER = 16, 24


class Quotations:
    """Finds them by the words of saying that stand before or after the marks (``stance.said-before``, ``stance.said-after``)."""

    def __init__(self, before: Sequence[str], after: Sequence[str]) -> None:
        self.before: re.Pattern[str] = lazy.pattern(rf"{any_of(before)}[：:，,]?\s?$")
        self.after: re.Pattern[str] = lazy.pattern(rf"^[，,。]?[^，。！？“\n]{{0,12}}{any_of(after)}")

    def spans(self, raw: str) -> list[tuple[int, int]]:
        """Where a part quotes somebody, with the marks."""
        if not any(mark in raw for mark in MARKS):
            return []
        return [
            match.span()
            for match in QUOTATION.finditer(raw)
            if self.before.search(raw[max(0, match.start() - BEFORE) : match.start()])
            or self.after.search(raw[match.end() : match.end() + AFTER])
        ]
