"""Counts of characters, pairs, triples and fours of official prose, and of its words and pairs of words, in hashed tables.

A slot has 16 bits: ten of the key's hash, so that another key hardly passes for it (one in five
hundred), and six for three times the binary logarithm of its count. A key stands in one of two
slots; one that finds both taken by commoner keys is left out.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

PAIR_BITS, TRIPLE_BITS, FOUR_BITS = 20, 22, 21
WORD_BITS, WORD_PAIR_BITS = 18, 20
LEVEL_BITS = 6
A, B, C, D = np.uint32(0x9E3779B1), np.uint32(0x85EBCA77), np.uint32(0xC2B2AE3D), np.uint32(0x27D4EB2F)
Ids = NDArray[np.uint32]
Slots = NDArray[np.uint16]
#: How much of a context is trusted: its count against these.
TRUST_TWO, TRUST_ONE = 6.0, 60.0


def mixed(value: Ids) -> Ids:
    """A hash with its bits well mixed."""
    value = value ^ value >> np.uint32(15)
    value = value * D
    value = value ^ value >> np.uint32(13)
    value = value * B
    return value ^ value >> np.uint32(16)


def places(bits: int, *ids: Ids) -> tuple[Ids, Ids, Slots]:
    """The two slots of a key and its mark, the upper ten bits of a slot (never all zero)."""
    first = second = np.zeros_like(ids[0])
    for one, left, right in zip(ids, (B, C, D), (C, A, B), strict=False):
        first = first * A + one * left
        second = second * D + one * right + A
    first, second = mixed(first), mixed(second)
    shift = np.uint32(32 - bits)
    mark = (((first ^ second) & np.uint32(1023)) | np.uint32(1)) << np.uint32(LEVEL_BITS)
    return first >> shift, second >> shift, mark.astype(np.uint16)


def look(table: Slots, bits: int, *ids: Ids) -> NDArray[np.intp]:
    """The levels of keys; 0 for a key that is not there."""
    first, second, mark = places(bits, *ids)
    one, two = table[first], table[second]
    keep = np.uint16(0xFFFF << LEVEL_BITS & 0xFFFF)
    found = np.where((one & keep) == mark, one, np.where((two & keep) == mark, two, np.uint16(0)))
    return (found & np.uint16((1 << LEVEL_BITS) - 1)).astype(np.intp)


def fill(bits: int, counts: NDArray[np.int64], *ids: Ids) -> Slots:
    """A table of keys and their counts; the commonest go first."""
    table = np.zeros(1 << bits, np.uint16)
    order = np.argsort(-counts, kind="stable")
    first, second, mark = (part[order] for part in places(bits, *ids))
    slots = mark | np.clip(np.rint(np.log2(counts[order]) * 3) + 1, 1, (1 << LEVEL_BITS) - 1).astype(np.uint16)
    left = np.arange(order.size)
    for where in (first, second, first, second):
        chosen, index = np.unique(where[left], return_index=True)
        free = table[chosen] == 0
        table[chosen[free]] = slots[left[index[free]]]
        left = np.delete(left, index[free])
    return table


def fours(first: Ids, second: Ids, third: Ids, fourth: Ids) -> tuple[Ids, Ids]:
    """Four characters as a key of two parts."""
    return mixed(first * A + second * C + B), mixed(third * B + fourth * A + D)


@dataclass
class Ngrams:
    """The counts.

    Attributes:
        one: how often each character occurs.
        two: the table of pairs.
        three: the table of triples.
        four: the table of fours that occur twice and more.
        word: the table of words, by the CRC-32 of their UTF-8.
        words: the table of pairs of words that occur twice and more.
    """

    one: NDArray[np.uint32]
    two: Slots
    three: Slots
    four: Slots
    word: Slots
    words: Slots

    @cached_property
    def counts(self) -> NDArray[np.float32]:
        """The count that a level stands for."""
        result = np.exp2((np.arange(1 << LEVEL_BITS) - 1) / 3).astype(np.float32)
        result[0] = 0
        return result

    @cached_property
    def total(self) -> float:
        """How many characters were counted."""
        return float(self.one.sum())

    def pairs(self, first: Ids, second: Ids) -> NDArray[np.float32]:
        """How often the pairs occur."""
        return self.counts[look(self.two, PAIR_BITS, first, second)]

    def triples(self, first: Ids, second: Ids, third: Ids) -> NDArray[np.float32]:
        """How often the triples occur."""
        return self.counts[look(self.three, TRIPLE_BITS, first, second, third)]

    def quads(self, first: Ids, second: Ids, third: Ids, fourth: Ids) -> NDArray[np.float32]:
        """How often the fours occur, if twice and more."""
        return self.counts[look(self.four, FOUR_BITS, *fours(first, second, third, fourth))]

    def log(self, first: Ids, second: Ids, third: Ids) -> NDArray[np.float64]:
        """The natural logarithm of the chance of the third character after the first two."""
        return self.logs(first, second, third, self.pairs(first, second), self.pairs(second, third), self.triples(first, second, third))

    def chain(self, rows: Ids) -> NDArray[np.float64]:
        """For rows of characters the logarithm of the chance of each from the third on; one look-up a table for all."""
        pairs = self.pairs(rows[:, :-1], rows[:, 1:])
        triples = self.triples(rows[:, :-2], rows[:, 1:-1], rows[:, 2:])
        return self.logs(rows[:, :-2], rows[:, 1:-1], rows[:, 2:], pairs[:, :-1], pairs[:, 1:], triples)

    def logs(
        self, first: Ids, second: Ids, third: Ids, before: NDArray[np.float32], pair: NDArray[np.float32], triple: NDArray[np.float32]
    ) -> NDArray[np.float64]:
        """The same where the counts of the first two, of the last two and of all three are at hand."""
        single = self.one[second].astype(np.float64)
        low = (self.one[third] + 0.1) / self.total
        trust = np.where(second > 0, single / (single + TRUST_ONE), 0.0)
        chance = trust * np.minimum(pair / np.maximum(single, 1), 1) + (1 - trust) * low
        context = np.where((first > 0) & (second > 0), before, 0.0)
        trust = context / (context + TRUST_TWO)
        result: NDArray[np.float64] = np.log(trust * np.minimum(triple / np.maximum(context, 1), 1) + (1 - trust) * chance)
        return result
