"""Joints: the expressions that have a piece in common, and which of them a place in a text may be."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from govmedia_screen.lexicon.rule import Rule

NEVER = 9999


@dataclass(frozen=True, slots=True, eq=False)
class Expression:
    """One right expression: its rule, its wording, and the first and last year in which it is in use."""

    rule: Rule
    text: str
    first: int
    last: int

    @classmethod
    def of(cls, rule: Rule, entry: str) -> Expression:
        """An entry of ``Rule.expressions``."""
        text, _, years = entry.partition(" ")
        first, _, last = years.partition("-")
        return cls(rule, text, int(first or 0), int(last or NEVER))


class Joint:
    """The expressions that have a piece."""

    __slots__ = ("members",)

    def __init__(self) -> None:
        self.members: list[tuple[Expression, int, int]] = []

    def add(self, one: Expression, start: int, end: int) -> None:
        """Take in an expression whose characters from ``start`` to ``end`` are the piece."""
        self.members.append((one, start, end))

    def stands(self, raw: str, start: int) -> tuple[int, int]:
        """Where the longest expression stands that is right here, its first and last character not doubled; (-1, -1) for none."""
        longest = -1, -1
        for one, first, _ in self.members:
            text, begin = one.text, start - first
            if begin >= 0 and len(text) > longest[1] - longest[0] and raw.startswith(text, begin):
                close = begin + len(text)
                if raw[close : close + 1] != text[-1] and (not begin or raw[begin - 1] != text[0]):
                    longest = begin, close
        return longest

    def candidates(self, raw: str, start: int) -> Iterator[tuple[Expression, int, int]]:
        """The expressions that the piece at a place may belong to, those within one that is right there left out."""
        begin, close = self.stands(raw, start)
        for each in self.members:
            at = start - each[1]
            if not (begin <= at and at + len(each[0].text) <= close + 1):
                yield each
