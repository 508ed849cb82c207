"""Scan: what a model says of many parts, and of their paragraphs.

A feature counts once in a text however often it occurs there, so that a list of prices or a
row of exclamation marks is heard once. The compiled core scores by a set of bits; ``Arrays`` is
its twin, which finds equal features by sorting. Both add up whole numbers, so a part scores
exactly the same alone and in any batch, on any machine.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple, Protocol

from govmedia_screen.matching.fold import BREAK
from govmedia_screen.system.native import core

#: A label's index, and the span of a part (code points) that is over the label's limit.
Raised = tuple[int, int, int]


class Head(NamedTuple):
    """How one label's sum of weights becomes log-odds, and from where on these are a finding.

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
        sums: for each part the sum of its features' weights, one number for each label.
        starts: where each part begins in the joined text.
        raised: for each part with something over a limit, what is over it: the whole part, or one paragraph.
    """

    __slots__ = ("heads", "labels", "raised", "scorer", "size", "starts", "sums")

    def __init__(self, scorer: Scorer, labels: Sequence[str], heads: Sequence[Head], joined: str, starts: Sequence[int]) -> None:
        self.scorer, self.labels, self.heads, self.starts, self.size = scorer, labels, heads, starts, len(joined)
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


def heaviest(sums: Sequence[int], start: int, end: int, width: int, most: int) -> list[int]:
    """Where, from ``start``, the windows of that width begin that weigh most and more than nothing, the heaviest first.

    Args:
        sums: the running sums of one label.
        start: the first place.
        end: one past the last.
        width: the windows' width, at most ``end - start``.
        most: so many windows at most.
    """
    if core is not None:
        found: list[int] = core.heaviest(sums, start, end, width, most)
        return found
    weights = [sums[place + width] - sums[place] for place in range(start, end - width + 1)]
    order = sorted(range(len(weights)), key=weights.__getitem__, reverse=True)[:most]
    return [place for place in order if weights[place] > 0]


def probability(odds: float) -> float:
    """The probability of log-odds."""
    return 1 / (1 + math.exp(-odds)) if odds > -700 else 0.0
