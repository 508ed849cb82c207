"""Of the places where a piece of a right expression stands, those that are worth a comparison.

Most are not: the expression stands there as it should, or nothing like it. So the pieces of many expressions
cost little on a text that has them right. What is worth it is settled by ``detectors/wording/fixed.py``.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cached_property
from typing import Any

from govmedia_screen.lexicon.compiled import Compiled, forms_of
from govmedia_screen.matching.automaton import Matcher, Native
from govmedia_screen.matching.comparison import SLACK, bears, errors_of, forms, least, pieces
from govmedia_screen.matching.likeness import looking_pairs, sound_classes
from govmedia_screen.matching.seams import NUMERALS
from govmedia_screen.matching.text import Sheet
from govmedia_screen.system.native import core

#: Numbers a joint is written with: the piece's in the matcher, the expression's, where in it the piece begins, how long it is.
WIDTH = 4
#: Added to the length of a piece that is a term by itself, and so is always told.
SHARED = 0x8000


class Comparer:
    """The joints of expressions and pieces.

    Args:
        expressions: the right expressions.
        compiled: what ``with_joints`` added to it.
    """

    def __init__(self, expressions: Sequence[str], compiled: Compiled) -> None:
        self._native: Any = None
        self._expressions = expressions
        self._places = joints = compiled.joints
        self._reach = max(map(len, expressions), default=0) + SLACK
        self._joints: dict[int, list[tuple[str, int, int]]] = {}
        if core is not None:
            numerals = "".join(sorted(NUMERALS))
            self._native = core.Comparer("\n".join(expressions), numerals, compiled.sounds, compiled.looks, compiled.bears, joints)
        else:
            for place in range(0, len(joints), WIDTH):
                number, expression, first, size = joints[place : place + WIDTH]
                if size < SHARED:
                    self._joints.setdefault(number, []).append((expressions[expression], first, first + size))

    def find(self, matcher: Matcher, sheet: Sheet) -> Iterable[tuple[int, int]]:
        """What a matcher finds in a sheet's view, ``(end, number)``: all other terms, and the pieces that are worth a comparison."""
        if isinstance(matcher, Native) and self._native is not None:
            found: list[tuple[int, int]] = self._native.find(matcher.automaton, sheet.view, sheet.where, sheet.joined)
            return found
        return self._plainly(matcher.find(sheet.view), sheet)

    @cached_property
    def _numbers(self) -> dict[str, int]:
        """Piece → its number."""
        numbers = {}
        for place in range(0, len(self._places), WIDTH):
            number, expression, first, size = self._places[place : place + WIDTH]
            numbers[self._expressions[expression][first : first + size % SHARED]] = number
        return numbers

    def candidates(self, text: str, start: int, end: int) -> list[tuple[str, int]] | None:
        """What nearly stands where a piece does, at ``text[start:end]``: expressions, and where in each the piece begins.

        Returns:
            None if that cannot be told here: every expression of the piece may then be meant.
        """
        number = self._numbers.get(text[start:end]) if self._native is not None else None
        if number is None:
            return None
        begin = max(0, start - self._reach)  # a copy is made of what is handed over
        found = self._native.candidates(number, text[begin : end + self._reach], start - begin)
        return None if found is None else [(self._expressions[expression], first) for expression, first in found]

    def _plainly(self, hits: Iterable[tuple[int, int]], sheet: Sheet) -> Iterator[tuple[int, int]]:
        where, text = sheet.where, sheet.joined
        for end, number in hits:
            joints = self._joints.get(number)
            if joints:
                size = joints[0][2] - joints[0][1]
                start = where[end - size]
                written = where[end - 1] + 1 - start
                if written > size + 1 or (written == size and not concerns(joints, text, start, start + size)):
                    continue  # one more is a character twice
            yield end, number


def concerns(joints: Iterable[tuple[str, int, int]], text: str, start: int, end: int) -> bool:
    """Whether one of a piece's expressions stands at its place in a text with as many errors as it may bear, but not with none."""
    piece, beside, before = text[start:end], text[end : end + 2], text[max(0, start - 2) : start]
    for right, first, last in joints:
        if right[first:last] != piece:
            return True
        if not (is_near(before, right[max(0, first - 2) : first]) or is_near(beside, right[last : last + 2])):
            continue
        errors = errors_of(right)
        total = least(right[:first][::-1], text[max(0, start - first - errors) : start][::-1], errors)
        if total <= errors:
            total += least(right[last:], text[end : end + len(right) - last + errors], errors - total)
        if total > errors:
            continue
        begin, close = start - first, start - first + len(right)
        if total or text[close : close + 1] == right[-1] or (begin > 0 and text[begin - 1] == right[0]):
            return True
    return False


def is_near(seen: str, wanted: str) -> bool:
    """Whether one of up to two characters beside a piece may be one of its expression's; of one alone nothing is known."""
    return len(wanted) == 1 or any(char in wanted for char in seen)


def with_joints(compiled: Compiled, expressions: Sequence[str]) -> Compiled:
    """What a comparer of the expressions needs: the joints of all pieces whose number in the matcher stands for no wrong form."""
    numbers = {form: number for number, form in enumerate(compiled.forms)}
    spans = [(place, *span) for place, expression in enumerate(expressions) for span in pieces(expression)]
    wrong = set(forms_of([form for expression in expressions for form in forms(expression)]))
    other: set[int] = set()
    found: list[tuple[int, int, int, int]] = []
    for form, (place, start, end) in zip(forms_of([expressions[place][start:end] for place, start, end in spans]), spans, strict=True):
        number = numbers.get(form)
        if number is None:
            continue
        if form in wrong or len(form) != 2 * (end - start):
            other.add(number)
        is_shared = number in compiled.shared or compiled.places(number)[0] < compiled.terms
        found.append((number, place, start, end - start + SHARED * is_shared))
    joints = array("I", (value for joint in sorted(found) if joint[0] not in other for value in joint))
    return replace(compiled, joints=joints, bears=array("I", map(bears, expressions)), sounds=sound_classes(), looks=looking_pairs())
