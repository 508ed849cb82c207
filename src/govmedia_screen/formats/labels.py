"""Labels: the words that say what a number is (身份证号、联系电话、订单编号), beside it or over its column."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

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
        self.starting: dict[str, list[str]] = {}
        for word in sorted(self.kinds, key=len, reverse=True):
            self.starting.setdefault(word[0], []).append(word)

    def last(self, left: str) -> Label | None:
        """The last label of a text that ends where the number begins."""
        found = None
        for found in self.places(left):  # noqa: B007 - the last one is wanted
            pass
        return Label(self.kinds[found[1]], found[1], len(left) - found[0] - len(found[1])) if found else None

    def all(self, text: str) -> list[Label]:
        """Every label of a text, in order."""
        return [Label(self.kinds[word], word, place) for place, word in self.places(text)]

    def places(self, text: str) -> Iterator[tuple[int, str]]:
        """Where labels stand, from left to right, none over another.

        By the first character: an alternation of some hundred words would try them all at every place.
        """
        starting, free = self.starting, 0
        for place, char in enumerate(text):
            if char in starting and place >= free:
                for word in starting[char]:
                    if text.startswith(word, place):
                        yield place, word
                        free = place + len(word)
                        break


def left_of(folded: str, start: int, reach: int = REACH) -> str:
    """The text before a number: of its own line, or, if the line begins with it, the end of the line above."""
    first = max(0, start - reach)
    line = folded.rfind("\n", first, start) + 1
    left = folded[line or first : start]
    if line and not left.strip(" \t\u3000（(+"):
        above = folded[max(first, line - 14) : line - 1]
        return above[above.rfind("\n") + 1 :] + "\n" + left
    return left
