"""How far the weight of each feature may go: further for one that leans to one side.

A penalty that is the same for all features lets the many that say nothing share out what the
few that speak should carry. Here each column is first scaled by its log-count ratio, as in the
naive Bayes support vector machine (Wang and Manning 2012). The scale is multiplied into the
weights afterwards and costs nothing when a text is scored.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

Floats = NDArray[np.float64]
#: Added to both sides' share of texts with a feature, so that a seldom one does not lean far.
SELDOM = 1e-4
#: The scale of a feature that leans to neither side, before all are made even.
EVEN = 0.5


def leaning(rows: sparse.csr_matrix, wanted: NDArray[np.bool_], share: Floats) -> Floats:
    """The scale of each column; its mean square over the columns in use is 1.

    Args:
        rows: one row for each text, zero where it lacks a feature.
        wanted: whether the head should fire on it.
        share: how much each row counts.
    """
    present = rows.copy()
    present.data = np.ones_like(present.data)
    here, there = (present[side].T @ (share[side] / share[side].sum()) for side in (wanted, ~wanted))
    scale = EVEN + np.abs(np.log((here + SELDOM) / (there + SELDOM)))
    used = np.unique(rows.indices)
    result: Floats = scale / np.sqrt(np.mean(np.square(scale[used])))
    return result
