"""Labels: the words that say what a number is (身份证号、联系电话、订单编号), beside it or over its column."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from govmedia_screen import lazy

REACH = 30


class Label(NamedTuple):
    """A label found: its kind, the word, and how far its end stands from the number (code points)."""

    kind: str
    word: str
    distance: int


class Labels:
    """Label words by kind.

    Args:
        lists: for each kind its words, folded as texts are. Of two words at one place the longer counts.
    """

    def __init__(self, lists: Mapping[str, tuple[str, ...]]) -> None:
        self.kinds = {word: kind for kind, words in lists.items() for word in words}
        words = sorted(self.kinds, key=len, reverse=True)
        self.regex = lazy.pattern("|".join(map(re.escape, words)) or r"(?!)")

    def last(self, left: str) -> Label | None:
        """The last label of a text that ends where the number begins."""
        matches = [*self.regex.finditer(left)]
        found = matches[-1] if matches else None
        return Label(self.kinds[found[0]], found[0], len(left) - found.end()) if found else None

    def all(self, text: str) -> list[Label]:
        """Every label of a text, in order."""
        return [Label(self.kinds[match[0]], match[0], match.start()) for match in self.regex.finditer(text)]


def left_of(folded: str, start: int, reach: int = REACH) -> str:
    """The text before a number: of its own line, or, if the line begins with it, the end of the line above."""
    first = max(0, start - reach)
    line = folded.rfind("\n", first, start) + 1
    left = folded[line or first : start]
    if line and not left.strip(" \t\u3000（(+"):
        above = folded[max(first, line - 14) : line - 1]
        return above[above.rfind("\n") + 1 :] + "\n" + left
    return left
