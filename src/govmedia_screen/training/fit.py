"""Fit one head: weighted logistic regression, pulled towards zero or towards a shipped model."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.optimize import minimize
from scipy.special import expit

Floats = NDArray[np.float64]
STEPS = 200
PRECISION = 1e-5


@dataclass(frozen=True, slots=True)
class Head:
    """One linear head: a weight for each column, and an intercept."""

    weights: Floats
    intercept: float

    def odds(self, rows: sparse.csr_matrix) -> Floats:
        """The log-odds of each row."""
        return np.asarray(rows @ self.weights + self.intercept, dtype=np.float64)


def fit(
    rows: sparse.csr_matrix,
    wanted: NDArray[np.bool_],
    share: Floats,
    freedom: float,
    base: Head | None = None,
    beside: Floats | None = None,
) -> Head:
    """The head that tells the wanted rows from the others.

    Args:
        rows: one row for each text.
        wanted: whether the head should fire on it.
        share: how much each row counts; scaled so that the mean is 1.
        freedom: the larger, the further the weights may go from those of ``base``.
        base: where the weights are pulled to; None is zero.
        beside: further columns, few and dense; their weights come after those of ``rows``.
    """
    used = np.unique(rows.indices)
    part = rows[:, used].astype(np.float64)
    turned = part.T.tocsr()
    dense = np.zeros((rows.shape[0], 0)) if beside is None else beside
    sign = np.where(wanted, 1.0, -1.0)
    share = share / share.mean()
    given = np.zeros(rows.shape[1]) if base is None else base.weights
    offset = part @ given[used]
    first = np.zeros(used.size + dense.shape[1] + 1)
    first[-1] = 0.0 if base is None else base.intercept

    def loss(x: Floats) -> tuple[float, Floats]:
        margin = sign * (offset + part @ x[: used.size] + dense @ x[used.size : -1] + x[-1])
        pull = -share * sign * expit(-margin)
        value = float(share @ np.logaddexp(0, -margin)) + float(x[:-1] @ x[:-1]) / (2 * freedom)
        slope: Floats = np.concatenate((turned @ pull, dense.T @ pull, [pull.sum()]))
        slope[:-1] += x[:-1] / freedom
        return value, slope

    found = minimize(loss, first, jac=True, method="L-BFGS-B", options={"maxiter": STEPS, "ftol": PRECISION})
    weights = np.concatenate((given, found.x[used.size : -1]))
    weights[used] += found.x[: used.size]
    return Head(weights, float(found.x[-1]))


def shares(labels: NDArray[np.int64], domains: Sequence[str], wanted: NDArray[np.bool_]) -> Floats:
    """How much each example counts: a domain for the root of its number of texts, both sides the same."""
    counts = Counter(zip(labels.tolist(), domains, strict=True))
    share = np.array([counts[key] ** -0.5 for key in zip(labels.tolist(), domains, strict=True)])
    for side in (wanted, ~wanted):
        if side.any():
            share[side] /= share[side].sum()
    return share
