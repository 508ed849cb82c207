"""Fit one head: weighted logistic regression, pulled towards zero or towards a shipped model."""

from __future__ import annotations

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


def fit(rows: sparse.csr_matrix, wanted: NDArray[np.bool_], share: Floats, freedom: float, base: Head | None = None) -> Head:
    """The head that tells the wanted rows from the others.

    Args:
        rows: one row for each text.
        wanted: whether the head should fire on it.
        share: how much each row counts; scaled so that the mean is 1.
        freedom: the larger, the further the weights may go from those of ``base``.
        base: where the weights are pulled to; None is zero.
    """
    used = np.unique(rows.indices)
    part = rows.tocsc()[:, used].tocsr().astype(np.float64)
    turned = part.T.tocsr()
    sign = np.where(wanted, 1.0, -1.0)
    share = share / share.mean()
    given = np.zeros(rows.shape[1]) if base is None else base.weights
    offset = part @ given[used]
    first = np.zeros(used.size + 1)
    first[-1] = 0.0 if base is None else base.intercept

    def loss(x: Floats) -> tuple[float, Floats]:
        margin = sign * (offset + part @ x[:-1] + x[-1])
        pull = -share * sign * expit(-margin)
        value = float(share @ np.logaddexp(0, -margin)) + x[:-1] @ x[:-1] / (2 * freedom)
        return value, np.append(turned @ pull + x[:-1] / freedom, pull.sum())

    found = minimize(loss, first, jac=True, method="L-BFGS-B", options={"maxiter": STEPS, "ftol": PRECISION})
    weights = given.copy()
    weights[used] += found.x[:-1]
    return Head(weights, float(found.x[-1]))


def shares(labels: NDArray[np.int64], domains: list[str], most: int, head: int) -> Floats:
    """How much each example counts for a head: no domain for more than ``most`` texts, both sides equal."""
    counts: dict[tuple[int, str], int] = {}
    for label, domain in zip(labels.tolist(), domains, strict=True):
        counts[label, domain] = counts.get((label, domain), 0) + 1
    share = np.array([min(1.0, most / counts[key]) for key in zip(labels.tolist(), domains, strict=True)])
    wanted = labels == head
    for side in (wanted, ~wanted):
        if side.any():
            share[side] /= share[side].sum()
    return share
