"""What keeps the same company means much the same: features lent each other's weight.

What shoe shops say teaches little about tea shops as long as every word stands by itself.
Latent semantic analysis finds directions in which features occur together; a head learns a
weight for each direction beside one for each feature. The directions are linear, so in the
end they are folded back into the features' own weights and cost nothing when a text is scored.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

Floats = NDArray[np.float64]
DIRECTIONS = 100
#: A feature of fewer texts says nothing about company.
RAREST = 5
#: How much the directions count beside the features themselves.
STRENGTH = 1.0
ROUNDS = 3


@dataclass(frozen=True, slots=True)
class Company:
    """Directions over features.

    Attributes:
        columns: the features that have a place in them.
        directions: a row for each of these, a column for each direction.
    """

    columns: NDArray[np.int64]
    directions: Floats

    @classmethod
    def of(cls, rows: sparse.csr_matrix, seed: int) -> Company:
        """The directions in which the features of these rows occur together."""
        from sklearn.utils.extmath import randomized_svd

        texts = np.bincount(rows.indices, minlength=rows.shape[1])
        columns = np.flatnonzero(texts >= RAREST)
        rare = np.log(rows.shape[0] / texts[columns])
        part = rows[:, columns]
        weighed = part @ sparse.diags(rare)
        length = np.sqrt(np.asarray(weighed.multiply(weighed).sum(axis=1)).ravel())
        even = (sparse.diags(1 / np.maximum(length, 1e-9)) @ weighed).tocsr().astype(np.float32)
        count = min(DIRECTIONS, min(even.shape) - 1)
        _, _, found = randomized_svd(even, count, n_iter=ROUNDS, random_state=seed)
        directions = rare[:, None] * found.T.astype(np.float64)
        size = np.sqrt(np.mean(np.sum(np.square(part @ directions), axis=1)))
        return cls(columns, directions * (STRENGTH / max(size, 1e-9)))

    def beside(self, rows: sparse.csr_matrix) -> Floats:
        """How far each row goes in each direction."""
        return np.asarray(rows[:, self.columns] @ self.directions)

    def folded(self, weights: Floats) -> Floats:
        """The weights of features, followed by those of directions, as weights of features alone."""
        count = self.directions.shape[1]
        result = weights[: weights.size - count].copy()
        result[self.columns] += self.directions @ weights[weights.size - count :]
        return result
