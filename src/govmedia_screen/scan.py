"""Scan: what a model says of many parts, and of their paragraphs.

A feature counts once in a text however often it occurs there, so that a list of prices or a
row of exclamation marks is heard once. Equal features are found by sorting: one sort serves a
single post and a whole batch, and gives both exactly the same sums.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from govmedia_screen.model import Model

HALF = 1 << 31
LOW = (1 << 32) - 1
NEWLINE = 0x0A
#: Fewer code points than this say nothing.
LEAST = 6
#: Up to this many line ends, a loop is faster than arrays.
FEW_LINES = 40


class Scan:
    """Scores of many parts.

    Attributes:
        model: the model that scored.
        raised: for each part with something over a limit, the labels' indices and the span
            (code points of the part) that is over it: the whole part, or one paragraph.
        sums: for each part the sum of its features' weights, one number for each label.
        sizes: for each part its length in code points.
        slots: where the weights of each code point and of each pair stand.
        starts: where each part begins in ``slots``.
    """

    __slots__ = ("model", "raised", "sizes", "slots", "starts", "sums")

    def __init__(self, model: Model, codes: NDArray[np.uint32], starts: Sequence[int] | NDArray[np.intp]) -> None:
        self.model, self.starts = model, starts
        self.raised: dict[int, list[tuple[int, int, int]]] = {}
        size = codes.size - 1
        self.slots = slots = model.slots(codes)
        lines = (codes == NEWLINE).nonzero()[0]
        if len(starts) == 1:
            if lines.size:
                slots[1, lines] = slots[1, lines - 1] = 0
            total = lanes(model.total(slots[:, :size]) if size else 0)
            self.sums: Sequence[tuple[int, int]] | NDArray[np.int64] = (total,)
            self.sizes: Sequence[int] | NDArray[np.intp] = (size,)
            self.judge(total, size)
            if lines.size > FEW_LINES:
                self.paragraphs(slots, np.zeros(1, dtype=np.intp), lines)
            elif lines.size:
                self.judge_lines(slots, [0, *(lines + 1).tolist(), size + 1])
            return
        first = np.asarray(starts, dtype=np.intp)
        ends = np.append(first[1:], codes.size) - 1
        self.sizes = ends - first
        for edges in (ends, lines):
            slots[1, edges] = slots[1, edges - 1] = 0
        self.sums = both(model.totals(slots, self.sizes + 1))
        self.note(self.sums, self.sizes, np.zeros_like(first), None)
        if lines.size:
            self.paragraphs(slots, first, lines)

    def judge(self, sums: tuple[int, int], size: int) -> None:
        """Fill in ``raised`` for one part of one paragraph."""
        if size < LEAST:
            return
        for label, odds in enumerate(self.model.log_odds(sums, size)):
            limit = self.model.limits[label]
            if odds >= (limit.short if size < limit.few else limit.whole):
                self.raised.setdefault(0, []).append((label, 0, size))

    def judge_lines(self, slots: NDArray[np.uint32], cuts: list[int]) -> None:
        """Fill in ``raised`` for the paragraphs of one part."""
        model = self.model
        lengths = [after - start for start, after in pairwise(cuts)]
        totals = model.totals(slots, np.array(lengths)).tolist()
        heads = tuple(enumerate(zip(model.slopes, model.intercepts, model.limits, strict=True)))
        for start, length, total in zip(cuts, lengths, totals, strict=False):
            if length < LEAST:
                continue
            halves, root = lanes(total), math.sqrt(length - 1)
            for label, (slope, intercept, limit) in heads:
                if length > limit.few and slope * halves[label] / root + intercept >= limit.line:
                    self.raised.setdefault(0, []).append((label, start, start + length - 1))

    def paragraphs(self, slots: NDArray[np.uint32], starts: NDArray[np.intp], lines: NDArray[np.intp]) -> None:
        """Fill in ``raised`` for the paragraphs of the parts that have several."""
        cuts = np.sort(np.concatenate((starts, lines + 1)))
        owner = np.searchsorted(starts, cuts, side="right") - 1
        lengths = np.append(cuts[1:], slots.shape[1]) - cuts
        sums = both(self.model.totals(slots, lengths))
        several = np.bincount(owner, minlength=starts.size)[owner] > 1
        offsets = cuts - starts[owner]
        self.note(sums[several], lengths[several] - 1, offsets[several], owner[several])

    def note(self, sums: NDArray[np.int64], sizes: NDArray[np.intp], offsets: NDArray[np.intp], owner: NDArray[np.intp] | None) -> None:
        """Note what is over the limit: whole parts, or with ``owner`` the paragraphs of those parts."""
        model = self.model
        roots = np.sqrt(np.maximum(sizes, 1))
        for label, limit in enumerate(model.limits):
            odds = model.slopes[label] * sums[:, label] / roots + model.intercepts[label]
            few = sizes < limit.few
            over = odds >= np.where(few, limit.short, limit.whole) if owner is None else (odds >= limit.line) & ~few
            over &= sizes >= LEAST
            for place in over.nonzero()[0].tolist():
                part = place if owner is None else int(owner[place])
                start = int(offsets[place])
                self.raised.setdefault(part, []).append((label, start, start + int(sizes[place])))

    def spread(self, part: int) -> NDArray[np.int64]:
        """Each label's weights along a part, a row for each label, at every place where a feature occurs."""
        start = int(self.starts[part])
        slots = self.slots[:, start : start + int(self.sizes[part])]
        return both(self.model.weights.take(slots).sum(axis=0)).T

    def probabilities(self, part: int) -> dict[str, float]:
        """The probability of each label for a part."""
        odds = self.model.log_odds(self.sums[part], int(self.sizes[part]))
        return dict(zip(self.model.labels, map(probability, odds), strict=True))


def lanes(total: int) -> tuple[int, int]:
    """The two halves of one integer, each with its sign."""
    low = ((total + HALF) & LOW) - HALF
    return low, (total - low) >> 32


def both(totals: NDArray[np.int64]) -> NDArray[np.int64]:
    """The two halves of many integers, as two columns."""
    low = ((totals + HALF) & LOW) - HALF
    return np.stack((low, (totals - low) >> 32), axis=1)


def probability(odds: float) -> float:
    """The probability of log-odds."""
    return 1 / (1 + math.exp(-odds)) if odds > -700 else 0.0
