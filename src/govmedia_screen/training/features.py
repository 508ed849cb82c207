"""Texts as rows of hashed counts, in exactly the slots that the model looks up."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from govmedia_screen.classifier.numpy_scorer import BREAK, LINE_ENDS, MULTIPLIER, NOTHING, SYMBOLS, mix, singles
from govmedia_screen.matching.fold import codes_of


class Alphabet:
    """Where characters and pairs of characters are counted: a column for each of the model's slots."""

    def __init__(self, symbols: NDArray[np.uint32], bits: int) -> None:
        self.symbols, self.bits = symbols, bits
        self.mixed = mix(symbols)
        self.single = singles(self.mixed, bits)
        self.width = 1 << bits

    def columns(self, text: str) -> NDArray[np.uint32]:
        """The columns of a text's features, each once."""
        codes = np.minimum(codes_of(text), SYMBOLS - 1)
        mixed = self.mixed[codes]
        pairs = ((mixed[:-1] * MULTIPLIER) ^ mixed[1:]) >> np.uint32(32 - self.bits)
        edge = np.isin(codes, (BREAK, LINE_ENDS[0]))
        pairs = pairs[~(edge[:-1] | edge[1:])]
        found = np.unique(np.concatenate((self.single[codes], pairs)))
        columns: NDArray[np.uint32] = found[found != NOTHING]
        return columns

    def matrix(self, texts: Iterable[str]) -> sparse.csr_matrix:
        """One row for each text: its features, divided by the square root of its length."""
        columns, values, ends = [], [], [0]
        for text in texts:
            where = self.columns(text)
            columns.append(where.astype(np.int32))
            values.append(np.full(where.size, 1 / max(len(text), 1) ** 0.5))
            ends.append(ends[-1] + where.size)
        data = (np.concatenate(values), np.concatenate(columns), np.asarray(ends))
        return sparse.csr_matrix(data, shape=(len(ends) - 1, self.width))
