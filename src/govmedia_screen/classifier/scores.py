"""Scan: what a model says of many parts, and of their paragraphs.

A feature counts once in a text however often it occurs there, so that a list of prices or a
row of exclamation marks is heard once. The compiled core scores by a set of bits; ``Arrays`` is
its twin, which finds equal features by sorting. Both add up whole numbers, so a part scores
exactly the same alone and in any batch, on any machine.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import NamedTuple, Protocol

from govmedia_screen.matching.fold import BREAK

#: A label's index, and the span of a part (code points) that deserves a closer look.
Raised = tuple[int, int, int]


class Head(NamedTuple):
    """How one label's sum of weights becomes log-odds, and from where on these are looked at closely.

    Attributes:
        slope: log-odds per unit of weight, before division by the root of the length.
        intercept: the log-odds of an empty text.
        whole: the limit of a part as a whole.
        line: the limit of one paragraph of a part; one shorter than ``few`` is not judged by itself.
        short: the limit of a part shorter than ``few`` code points.
        few: see ``short``.
    """

    slope: float
    intercept: float
    whole: float
    line: float
    short: float
    few: int

    def odds(self, total: int, size: int) -> float:
        """The log-odds of a text with that sum of weights and that many code points."""
        return self.slope * total / math.sqrt(max(size, 1)) + self.intercept


#: More words that speak for a label than this are no further evidence.
MOST_WORDS = 3


class Limits(NamedTuple):
    """From where on what was looked at closely is a finding.

    Attributes:
        whole: the log-odds of a part as a whole.
        line: those of one paragraph, of a title, of a reply.
        least: less evidence than this says nothing.
        enough: with as much evidence, in different Chinese characters, the log-odds count as they are.
        word: a listed word that speaks for the label is worth as many characters of evidence.
        scarce: what is taken from the log-odds where there is no evidence at all; in between in proportion.
        voices: what a word of each list adds to the log-odds.
        most: what all lists together add at most.
        worst: what they take at most.
    """

    whole: float
    line: float
    least: int
    enough: int
    word: int
    scarce: float
    voices: Mapping[str, float]
    most: float
    worst: float

    def evidence(self, letters: int, words: int) -> int:
        """How much a text says: its different Chinese characters, and more for words that speak for the label."""
        return letters + self.word * min(words, MOST_WORDS)

    def doubt(self, letters: int, words: int) -> float:
        """What is taken from the log-odds of a text that says so much."""
        return self.scarce * max(0.0, 1 - self.evidence(letters, words) / self.enough)

    def leaning(self, lean: float) -> float:
        """What lists add to the log-odds, within bounds."""
        return min(max(lean, -self.worst), self.most)


class Scorer(Protocol):
    """What scores; the two implementations give the same numbers."""

    def scan(self, joined: str) -> tuple[list[tuple[int, int]], list[tuple[int, int, int, int]]]:
        """For each part, all closed by U+FFFF, both labels' sums of weights; and part, label, start and end of all that is over a limit."""
        ...

    def running(self, text: str, silenced: Sequence[tuple[int, int]]) -> tuple[Sequence[int], Sequence[int]]:
        """For each label the sums of weights before each place of the text, and of all; what is silenced weighs nothing."""
        ...


class Scan:
    """Scores of many parts.

    Attributes:
        scorer: what scored.
        labels: what is heard.
        heads: how it is heard.
        limits: from where on it is a finding.
        sums: for each part the sum of its features' weights, one number for each label.
        starts: where each part begins in the joined text.
        raised: for each part with something worth a closer look, what it is: the whole part, or one paragraph.
    """

    __slots__ = ("heads", "labels", "limits", "raised", "scorer", "size", "starts", "sums")

    def __init__(
        self, scorer: Scorer, labels: Sequence[str], heads: Sequence[Head], limits: Sequence[Limits], joined: str, starts: Sequence[int]
    ) -> None:
        self.scorer, self.labels, self.heads, self.limits = scorer, labels, heads, limits
        self.starts, self.size = starts, len(joined)
        self.sums, raised = scorer.scan(joined)
        self.raised: dict[int, list[Raised]] = {}
        for part, label, start, end in raised:
            self.raised.setdefault(part, []).append((label, start, end))

    def probabilities(self, part: int) -> dict[str, float]:
        """The probability of each label for a part."""
        size = (self.starts[part + 1] if part + 1 < len(self.starts) else self.size) - self.starts[part] - 1
        rows = zip(self.labels, self.heads, self.sums[part], strict=True)
        return {label: probability(head.odds(total, size)) for label, head, total in rows}


def closed(text: str) -> str:
    """A text as one part by itself."""
    return text.replace(BREAK, "\ufffe") + BREAK


def probability(odds: float) -> float:
    """The probability of log-odds."""
    return 1 / (1 + math.exp(-odds)) if odds > -700 else 0.0
