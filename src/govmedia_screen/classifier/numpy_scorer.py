"""Arrays: the scorer in numpy, for where there is no compiled core.

Both heads travel in one 64-bit integer, the first label in its low half, and equal features are
found by sorting: one sort serves a single part and a whole batch.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from govmedia_screen.classifier.scores import Head
from govmedia_screen.matching.fold import codes_of

BREAK = 0xFFFF
SYMBOLS = 0x10001  # every code point of the basic plane, and one entry for all beyond it
MULTIPLIER = np.uint32(0x9E3779B1)
#: The slot that weighs nothing.
NOTHING = 0
NEWLINE = 0x0A
NEWLINE_CHAR = chr(NEWLINE)
LINE_ENDS = (NEWLINE, 0x0D)
#: Fewer code points than this say nothing.
LEAST = 6
#: More texts than this are summed in halves; their numbers stand above the slots in 32 bits.
MANY = 1 << 12
HALF = 1 << 31
LOW = (1 << 32) - 1


class Arrays:
    """Score by numpy's look-ups and sorts; see ``scan.Scorer``."""

    def __init__(self, symbols: bytes, weights: bytes, bits: int, heads: Sequence[Head]) -> None:
        changed = np.frombuffer(symbols, dtype="<u4").reshape(2, -1)
        table = np.arange(SYMBOLS, dtype=np.uint32)
        table[changed[0]] = changed[1]
        self.mixed = mix(table)
        self.single = singles(self.mixed, bits)
        first, second = np.frombuffer(weights, dtype="<i2").reshape(2, 1 << bits).astype(np.int64)
        self.weights: NDArray[np.int64] = first + (second << 32)
        self.bits, self.heads = bits, heads

    def scan(self, joined: str) -> tuple[list[tuple[int, int]], list[tuple[int, int, int, int]]]:
        """The sums of all parts and what is over a limit; see ``scan.Scorer``."""
        codes = codes_of(joined)
        slots = self.slots(codes)
        ends = (codes == BREAK).nonzero()[0]
        if ends.size == 1 and NEWLINE_CHAR not in joined:
            return self.single_part(slots, codes.size - 1)
        starts = np.append(0, ends[:-1] + 1)
        sizes = ends - starts
        sums = both(self.totals(slots, sizes + 1))
        raised = list(self.over(sums, sizes, np.zeros_like(starts), np.arange(starts.size), whole=True))
        lines = (codes == NEWLINE).nonzero()[0]
        if lines.size:
            cuts = np.sort(np.concatenate((starts, lines + 1)))
            owner = np.searchsorted(starts, cuts, side="right") - 1
            lengths = np.append(cuts[1:], codes.size) - cuts
            several = np.bincount(owner, minlength=starts.size)[owner] > 1
            paragraphs = both(self.totals(slots, lengths))[several]
            offsets = (cuts - starts[owner])[several]
            raised += self.over(paragraphs, lengths[several] - 1, offsets, owner[several], whole=False)
        return [(first, second) for first, second in sums.tolist()], raised

    def single_part(self, slots: NDArray[np.uint32], size: int) -> tuple[list[tuple[int, int]], list[tuple[int, int, int, int]]]:
        """The same for one part of one paragraph, in fewer steps."""
        keys = np.sort(slots, axis=None)
        different = keys[1:] != keys[:-1]  # the first is NOTHING's
        total = int(self.weights.take(keys[1:] * different).sum())
        low = ((total + HALF) & LOW) - HALF
        sums = (low, (total - low) >> 32)
        raised = []
        for label, head in enumerate(self.heads):
            limit = head.short if size < head.few else head.whole
            if size >= LEAST and head.odds(sums[label], size) >= limit:
                raised.append((0, label, 0, size))
        return [sums], raised

    def slots(self, codes: NDArray[np.uint32]) -> NDArray[np.uint32]:
        """Where the weights stand: a row for characters, a row for pairs by their first one; none across a break or a line end."""
        mixed = self.mixed.take(codes, mode="clip")
        slots = np.empty((2, codes.size), dtype=np.uint32)
        self.single.take(codes, mode="clip", out=slots[0])
        np.multiply(mixed, MULTIPLIER, out=slots[1])
        pairs = slots[1, :-1]
        pairs ^= mixed[1:]
        pairs >>= np.uint32(32 - self.bits)
        edges = ((codes == BREAK) | (codes == NEWLINE)).nonzero()[0]
        slots[1, edges] = slots[1, edges - 1] = NOTHING
        return slots

    def totals(self, slots: NDArray[np.uint32], lengths: NDArray[np.intp]) -> NDArray[np.int64]:
        """The sum of weights of the different features of each text that lies in ``slots``, both labels in one integer."""
        if lengths.size > MANY:
            half = lengths.size // 2
            middle = int(lengths[:half].sum())
            return np.concatenate((self.totals(slots[:, :middle], lengths[:half]), self.totals(slots[:, middle:], lengths[half:])))
        order = np.arange(lengths.size, dtype=np.uint32) << np.uint32(self.bits)
        keys = (slots + np.repeat(order, lengths)).ravel()
        keys.sort()
        first = np.empty(keys.size, dtype=bool)
        first[0] = True
        np.not_equal(keys[1:], keys[:-1], out=first[1:])
        found = self.weights.take((keys & np.uint32((1 << self.bits) - 1)) * first)
        return np.add.reduceat(found, np.searchsorted(keys, order))

    def over(
        self, sums: NDArray[np.int64], sizes: NDArray[np.intp], offsets: NDArray[np.intp], owner: NDArray[np.intp], *, whole: bool
    ) -> list[tuple[int, int, int, int]]:
        """What is over its limit: whole parts, or paragraphs."""
        raised: list[tuple[int, int, int, int]] = []
        roots = np.sqrt(np.maximum(sizes, 1))
        for label, head in enumerate(self.heads):
            odds = head.slope * sums[:, label] / roots + head.intercept
            few = sizes < head.few
            passed = odds >= np.where(few, head.short, head.whole) if whole else (odds >= head.line) & ~few
            for place in (passed & (sizes >= LEAST)).nonzero()[0].tolist():
                start = int(offsets[place])
                raised.append((int(owner[place]), label, start, start + int(sizes[place])))
        return raised

    def running(self, text: str, silenced: Sequence[tuple[int, int]]) -> tuple[Sequence[int], Sequence[int]]:
        """The running sums of both labels; see ``scan.Scorer``."""
        places = both(self.weights.take(self.slots(codes_of(text + chr(BREAK)))).sum(axis=0)[:-1])
        for start, end in silenced:
            places[start:end] = 0
        sums = np.zeros((2, len(text) + 1), dtype=np.int64)
        np.cumsum(places.T, axis=1, out=sums[:, 1:])
        return sums[0].tolist(), sums[1].tolist()


def both(totals: NDArray[np.int64]) -> NDArray[np.int64]:
    """The two halves of many integers, as two columns."""
    low = ((totals + HALF) & LOW) - HALF
    return np.stack((low, (totals - low) >> 32), axis=1)


def singles(mixed: NDArray[np.uint32], bits: int) -> NDArray[np.uint32]:
    """For each code point the slot of the character by itself; breaks and line ends have none."""
    slots = (mixed * MULTIPLIER) >> np.uint32(32 - bits)
    slots[[BREAK, *LINE_ENDS]] = NOTHING
    return slots


def mix(symbols: NDArray[np.uint32]) -> NDArray[np.uint32]:
    """Spread symbols evenly over 32 bits."""
    value = symbols * MULTIPLIER
    value ^= value >> np.uint32(15)
    value *= np.uint32(0x85EBCA77)
    value ^= value >> np.uint32(13)
    value *= np.uint32(0xC2B2AE3D)
    value ^= value >> np.uint32(16)
    return value
