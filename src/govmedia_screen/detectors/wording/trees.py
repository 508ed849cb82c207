"""Boosted decision trees as arrays: what judges a proposed change, with nothing but numpy at hand."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True)
class Trees:
    """A forest whose leaves add up to log-odds.

    Attributes:
        roots: each tree's first node.
        feature: the column that a node asks; -1 in a leaf.
        threshold: a row goes left if its value is not above this.
        left: the next node on the left; a leaf's is itself.
        right: the next node on the right; a leaf's is itself.
        value: what a leaf adds.
        base: the log-odds before any tree.
        depth: how many steps lead from a root to the farthest leaf.
    """

    roots: NDArray[np.int32]
    feature: NDArray[np.int16]
    threshold: NDArray[np.float64]
    left: NDArray[np.int32]
    right: NDArray[np.int32]
    value: NDArray[np.float64]
    base: float
    depth: int

    def score(self, rows: NDArray[np.float64]) -> NDArray[np.float64]:
        """The log-odds of each row."""
        node = np.broadcast_to(self.roots, (len(rows), self.roots.size))
        own = np.arange(len(rows))[:, None]
        for _ in range(self.depth):
            goes_left = rows[own, np.maximum(self.feature[node], 0)] <= self.threshold[node]
            node = np.where(goes_left, self.left[node], self.right[node])
        total: NDArray[np.float64] = self.value[node].sum(1) + self.base
        return total
