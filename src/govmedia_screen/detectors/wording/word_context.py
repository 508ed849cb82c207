"""How the words around a proposed change read before and after it: by jieba's dictionary and by counts of official prose.

Asked only of the few changes that the counts of characters do not rule out, so that jieba is loaded when the first is seen.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import cache
from itertools import pairwise
from typing import Any
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from govmedia_screen.detectors.wording.ngrams import WORD_BITS, WORD_PAIR_BITS, Ngrams, look
from govmedia_screen.lexicon.insertions import segmenter

#: How many code points on either side are cut into words.
REACH = 9
#: Stand for the edge of a run of Han characters and for any number.
BEGIN, END, FIGURE = "^", "$", "0"


@cache
def dictionary() -> tuple[Any, float]:
    """The segmenter jieba and the logarithm of all its counts."""
    jieba: Any = segmenter()
    jieba.initialize()
    return jieba, math.log(jieba.total)


def key(word: str) -> int:
    """What stands for a word in the tables."""
    return crc32(word.encode("utf-8", "surrogatepass"))


def is_han(char: str) -> bool:
    """Whether it is a Han character of the first block."""
    return "\u4e00" <= char <= "\u9fff"


def shown(word: str, edge: str) -> str:
    """The word as it is counted: figures are one word, what is not Han ends the line."""
    if word[0].isdigit():
        return FIGURE
    return word if word in (BEGIN, END) or is_han(word[0]) else edge


def word_features(ngrams: Ngrams, text: str, starts: Sequence[int], proposals: Sequence[tuple[int, int, int, str]]) -> NDArray[np.float64]:
    """For each change what the words around say, before, after, and the difference.

    Args:
        ngrams: the counts.
        text: the text.
        starts: where its sentences begin.
        proposals: sentence, place, length and the characters meant.
    """
    ends = [*starts[1:], len(text)]
    plain: list[list[float]] = []
    words: list[int] = []
    pairs: list[tuple[int, int]] = []
    spans: list[tuple[int, int, int]] = []  # covering words in ``words``, pairs between them in ``pairs``
    for sentence, place, length, right in proposals:
        first, last = max(starts[sentence], place - REACH), min(ends[sentence], place + length + REACH)
        for middle in (text[place : place + length], right):
            window = text[first:place] + middle + text[place + length : last]
            numbers, covering, before, after = cut(window, place - first, length)
            plain.append(numbers)
            spans.append((len(words), len(covering), len(pairs)))
            words += [key(word) for word in covering]
            line = [shown(before, BEGIN), *covering, shown(after, END)]
            pairs += [(key(one), key(other)) for one, other in pairwise(line)]
    counts = np.log1p(ngrams.counts[look(ngrams.word, WORD_BITS, np.array(words, np.uint32))])
    left, right_keys = np.array(pairs, np.uint32).T
    joints = np.log1p(ngrams.counts[look(ngrams.words, WORD_PAIR_BITS, left, right_keys)])
    rows = []
    for numbers, (word, many, pair) in zip(plain, spans, strict=True):
        own, inner = counts[word : word + many], joints[pair + 1 : pair + many]
        rows.append([*numbers, own[int(numbers[-1])], own.min(), joints[pair], joints[pair + many], inner.min() if many > 1 else 0.0])
    matrix = np.array(rows, np.float64)
    old, new = matrix[0::2], matrix[1::2]
    return np.hstack([old, new, new - old])


def cut(window: str, place: int, length: int) -> tuple[list[float], list[str], str, str]:
    """The words of a window: their figures, those that cover the change, and the words before and after them."""
    jieba, total = dictionary()
    known = jieba.FREQ
    score, alone, tokens, at = 0.0, 0, 0, 0
    covering: list[str] = []
    before, after = BEGIN, END
    last = BEGIN
    for word in jieba.cut(window, HMM=False):
        tokens += 1
        if is_han(word[0]):
            score += math.log(known.get(word) or 1) - total
            alone += len(word) == 1
        if at < place + length and at + len(word) > place:
            if not covering:
                before = last
            covering.append(word)
        elif covering and after == END:
            after = word
        last = word
        at += len(word)
    longest = max(range(len(covering)), key=lambda number: len(covering[number]))
    widest = covering[longest]
    return (
        [score, alone, tokens, len(widest), len(covering), math.log1p(known.get(widest) or 0), float(longest)],
        covering,
        before,
        after,
    )
