"""Joints: the expressions that have a piece in common, and which of them a place in a text may be."""

from __future__ import annotations

from dataclasses import dataclass

from govmedia_screen.lexicon.rule import Rule
from govmedia_screen.matching.comparison import SLACK

NEVER = 9999
#: Stands for any neighbour, where the expression has only one character more on that side.
ANY = "*"


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
    """The expressions that have a piece, by what stands next to it in them.

    One error leaves, on one side of the piece at least, one of the two next characters within one place of where it should stand.
    """

    __slots__ = ("after", "before", "lefts", "rights", "wholes")

    def __init__(self) -> None:
        self.before: set[str] = set()
        self.after: set[str] = set()
        self.lefts: dict[str, list[tuple[Expression, int, int]]] = {}
        self.rights: dict[str, list[tuple[Expression, int, int]]] = {}
        self.wholes: list[tuple[str, int]] = []

    def add(self, one: Expression, start: int, end: int) -> None:
        """Take in an expression whose characters from ``start`` to ``end`` are the piece."""
        self.wholes.append((one.text, start))
        for char in dict.fromkeys(one.text[max(0, start - 2) : start] + ANY * (start == 1)):
            self.lefts.setdefault(char, []).append((one, start, end))
            self.before.add(char)
        for char in dict.fromkeys(one.text[end : end + 2] + ANY * (end == len(one.text) - 1)):
            self.rights.setdefault(char, []).append((one, start, end))
            self.after.add(char)

    def concerns(self, text: str, start: int, end: int) -> bool:
        """Whether the piece at ``text[start:end]`` may belong to an expression that is not simply right.

        Most places are told here: the one expression of the piece stands there as it should, or nothing of any stands beside it.
        """
        if len(self.wholes) == 1:
            whole, first = self.wholes[0]
            begin = start - first
            if begin >= 0 and text.startswith(whole, begin):
                close = begin + len(whole)
                return text[close : close + 1] == whole[-1] or (begin > 0 and text[begin - 1] == whole[0])
        if not (ANY in self.before or ANY in self.after) and (
            self.before.isdisjoint(text[max(0, start - 2) : start]) and self.after.isdisjoint(text[end : end + 2])
        ):
            return False
        return bool(self.candidates(text, start, end, *(self.stands(text, start) or (-1, -1))))

    def stands(self, raw: str, start: int) -> tuple[int, int] | None:
        """Where the longest expression stands that is right here, its first and last character not doubled; or None."""
        longest = None
        for text, first in self.wholes:
            begin = start - first
            if begin >= 0 and raw.startswith(text, begin) and (longest is None or len(text) > longest[1] - longest[0]):
                close = begin + len(text)
                if raw[close : close + 1] != text[-1] and (not begin or raw[begin - 1] != text[0]):
                    longest = begin, close
        return longest

    def candidates(self, raw: str, start: int, end: int, begin: int, close: int) -> list[tuple[Expression, int, int]]:
        """The expressions that the piece may belong to where it stands in a text, those within ``raw[begin:close]`` left out."""
        found: list[tuple[Expression, int, int]] = []
        for table, beside in ((self.lefts, raw[max(0, start - 2) : start]), (self.rights, raw[end : end + 2])):
            for char in beside + ANY:
                for each in table.get(char, ()):
                    at = start - each[1]
                    if begin <= at and at + len(each[0].text) <= close + 1:
                        continue
                    if each not in found and may_be(raw, start, end, each):
                        found.append(each)
        return found


def may_be(raw: str, start: int, end: int, each: tuple[Expression, int, int]) -> bool:
    """Whether, beside the piece, what is left of the expression may stand with one error: one half of it at least stands about where it should.

    Two neighbours in the other order may stand where the halves meet; then what is before and after them does.
    """
    one, first, last = each
    right = one.text
    if first:
        half = first // 2
        near = raw[max(0, start - first - SLACK) : start]
        if not (near.endswith(right[half:first]) or right[:half] in near):
            return first > 3 and near.endswith(right[half + 1 : first]) and right[: half - 1] in near
    rest = len(right) - last
    if rest:
        half = last + (rest + 1) // 2
        near = raw[end : end + rest + SLACK]
        if not (near.startswith(right[last:half]) or right[half:] in near):
            return rest > 3 and near.startswith(right[last : half - 1]) and right[half + 1 :] in near
    return True
