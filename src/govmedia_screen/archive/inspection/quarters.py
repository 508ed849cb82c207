"""Quarters: ``2026Q3`` and the days in it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from govmedia_screen.errors import InputError

FORM = re.compile(r"(\d{4})[-年]?(?:Q|q|第)?([1-4一二三四])(?:季度)?")


@dataclass(frozen=True, order=True)
class Quarter:
    """One quarter of one year."""

    year: int
    number: int

    @classmethod
    def of(cls, text: str) -> Quarter:
        """``2026Q3`` or ``2026年第三季度``.

        Raises:
            InputError: it is neither.
        """
        match = FORM.fullmatch(text.strip())
        if not match:
            raise InputError(f"{text} 不是季度，应如 2026Q3")
        return cls(int(match[1]), "一二三四".find(match[2]) + 1 or int(match[2]))

    @property
    def first(self) -> date:
        """Its first day."""
        return date(self.year, self.number * 3 - 2, 1)

    @property
    def last(self) -> date:
        """Its last day."""
        return (Quarter(self.year + 1, 1) if self.number == 4 else Quarter(self.year, self.number + 1)).first - timedelta(days=1)

    @property
    def before(self) -> Quarter:
        """The quarter before it."""
        return Quarter(self.year - 1, 4) if self.number == 1 else Quarter(self.year, self.number - 1)

    @property
    def title(self) -> str:
        """As an office writes it."""
        return f"{self.year}年第{'一二三四'[self.number - 1]}季度"

    def __str__(self) -> str:
        return f"{self.year}Q{self.number}"
