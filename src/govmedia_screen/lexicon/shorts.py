"""Where right expressions of three to five characters stand with one error.

What is left of such a short one is too common to look for, two characters or three. So every four characters of a text are looked at:
without one of them, in any order, and, where a character stands twice, without it. Of five characters only an error in the middle is
looked for: any other leaves three at an end, which the automaton sees.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from govmedia_screen.matching.comparison import SHORT, exchanged, masks
from govmedia_screen.matching.fold import doubled
from govmedia_screen.matching.seams import is_han
from govmedia_screen.system.native import core


class Shorts:
    """The short ones of right expressions, those of Han characters alone.

    Args:
        expressions: right expressions of any length.
    """

    def __init__(self, expressions: Iterable[str]) -> None:
        self._expressions = [one for one in expressions if SHORT - 1 <= len(one) <= SHORT + 1 and is_han(one)]
        self._native: Any = core.Shorts("\n".join(self._expressions)) if core is not None else None
        self._known = frozenset(self._expressions) if core is None else frozenset()
        self._masked: dict[str, list[str]] = {}
        if core is None:
            for one in self._expressions:
                for mask in masks(one) if len(one) == SHORT else (around(one),) if len(one) > SHORT else ():
                    self._masked.setdefault(mask, []).append(one)

    def find(self, text: str) -> Iterable[tuple[str, int, int]]:
        """The expressions that stand in a text with a character changed, two neighbours exchanged, one inside twice, or one of five left out.

        Returns:
            The expression, where in the text it begins, and how much of the text it takes, in code points.
        """
        if self._native is None:
            return self._plainly(text)
        found = self._native.find(text)
        return [(self._expressions[place], start, size) for place, start, size in found] if found else ()

    def _plainly(self, text: str) -> Iterator[tuple[str, int, int]]:
        for start in range(len(text) - SHORT + 1):
            seen = text[start : start + SHORT]
            if is_han(seen) and seen not in self._known:
                yield from ((one, start, SHORT) for mask in masks(seen) for one in self._masked.get(mask, ()))
                yield from ((one, start, SHORT) for one in exchanged(seen) if one in self._known)
            if is_han(seen):
                yield from ((one, start, SHORT) for one in self._masked.get(f"{seen[:2]}_{seen[2:]}", ()))
                five = text[start : start + SHORT + 1]
                if len(five) > SHORT and is_han(five):
                    yield from ((one, start, SHORT + 1) for one in self._masked.get(around(five), ()) if one != five)
        for twice in doubled(text):
            for size in (SHORT - 1, SHORT):
                for start in range(twice - size + 2, twice):
                    one = text[start : twice + 1] + text[twice + 2 : start + size + 1]
                    if start >= 0 and one in self._known:
                        yield one, start, size + 1


def around(text: str) -> str:
    """Five characters with the one in the middle masked.

    >>> around("甲乙丙丁戊")
    '甲乙_丁戊'
    """
    return f"{text[:2]}_{text[3:]}"
