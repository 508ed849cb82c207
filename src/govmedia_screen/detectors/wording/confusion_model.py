"""Characters and words that their neighbours do not expect, where one change makes the text far likelier.

A model of official prose (``models/proofread``: counts, confusion sets and trees, numbers only) judges each
Han character against those it is mistaken for by sound or shape, and each two against the words that sound so.
A change that gains enough is weighed by the counts around it, and what still stands by its words
(``word_context.py``). Names, titles, numerals and terms are left alone (``exclusions.py``). One sentence
gives one finding at most: the surest.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from govmedia_screen.detectors.wording.ngrams import Ids, Ngrams
from govmedia_screen.detectors.wording.trees import Trees
from govmedia_screen.detectors.wording.word_context import word_features
from govmedia_screen.system.lazy import pattern

KINDS = ("同音", "同音不同调", "近音", "形近", "词音同", "词音近")
#: What a change must gain beyond the likelihood, by its kind (natural logarithm): chosen on the training half of the pairs.
PENALTY = np.array([1.0, 2.0, 3.0, 3.5, 3.5, 5.5])
#: A change that gains less is not weighed: of those that the model accepts, one in a hundred gains less.
LEAST_GAIN = 6.0
#: A character whose three n-grams are at least so likely together is expected where it stands.
EXPECTED = -18.0
#: How many changes of a place are compared by their triples.
FOREMOST = 6
#: A longer sentence is cut.
LONGEST = 200
#: Empty places before every sentence and after the last.
PADDING = 3
MARK = pattern("[。！？；!?\n]")
FIRST_HAN, LAST_HAN = 0x4E00, 0x9FFF


@dataclass
class Candidates:
    """The best changes; arrays in step.

    Attributes:
        places: where each begins.
        sentences: the number of its sentence.
        lengths: how many characters it changes: 1 or 2.
        before: the eight numbers around as they are; the change begins at the fourth.
        after: the same as they would be.
        gains: what it gains.
        kinds: the kind of confusion, as in ``KINDS``.
        averages: how likely a character of the sentence is on average.
        sizes: the length of the sentence.
    """

    places: NDArray[np.intp]
    sentences: NDArray[np.intp]
    lengths: NDArray[np.intp]
    before: Ids
    after: Ids
    gains: NDArray[np.float64]
    kinds: NDArray[np.intp]
    averages: NDArray[np.float64]
    sizes: NDArray[np.intp]

    def __len__(self) -> int:
        return len(self.places)

    def only(self, keep: NDArray[np.intp] | NDArray[np.bool_]) -> Candidates:
        """Some of them."""
        return Candidates(*(getattr(self, name)[keep] for name in self.__dataclass_fields__))


@dataclass
class Sounds:
    """Which characters and two-character words sound alike.

    Attributes:
        exact: for each character its syllables without tone, as numbers; 0 for none.
        near: the same with z/zh, n/l, n/ng and the like as one.
        keys: two near syllables as one number, ascending; a word stands under each of its readings.
        words: the two characters of the word at each key.
    """

    exact: NDArray[np.uint16]
    near: NDArray[np.uint16]
    keys: NDArray[np.uint32]
    words: NDArray[np.uint16]


class ConfusionModel:
    """Counts, confusion sets and the trees that judge a change."""

    def __init__(
        self,
        table: NDArray[np.uint16],
        chars: str,
        ngrams: Ngrams,
        confusions: tuple[NDArray[np.uint32], NDArray[np.uint16], NDArray[np.uint8]],
        sounds: Sounds,
    ) -> None:
        self.table, self.chars, self.ngrams, self.sounds = table, chars, ngrams, sounds
        self.starts, self.targets, self.kinds = confusions[0].astype(np.intp), confusions[1], confusions[2]
        self.first_han = chars.index("A") + 1
        self.limit = self.review = self.sieve_limit = 99.0
        self.sieve: NDArray[np.float64] = np.zeros(0)
        self.trees: Trees | None = None

    def weighed(self, found: Candidates) -> tuple[Candidates, NDArray[np.float64]]:
        """Those that the counts around them do not rule out, and their features."""
        rows = ngram_features(self, found)
        keep = (rows @ self.sieve[:-1] + self.sieve[-1] > self.sieve_limit).nonzero()[0]
        return found.only(keep), rows[keep]

    def scores(self, text: str, starts: tuple[int, ...], found: Candidates) -> tuple[Candidates, NDArray[np.float64]]:
        """How sure each change is, as log-odds; those that are ruled out at once are left out."""
        found, rows = self.weighed(found)
        if not len(found) or self.trees is None:
            return found, np.zeros(len(found))
        return found, self.trees.score(np.hstack([rows, word_features(self.ngrams, text, starts, self.proposals(found))]))

    def proposals(self, found: Candidates) -> list[tuple[int, int, int, str]]:
        """Sentence, place, length and the characters meant of each change."""
        return [
            (int(sentence), int(place), int(length), "".join(self.chars[number] for number in row[PADDING : PADDING + length]))
            for sentence, place, length, row in zip(found.sentences, found.places, found.lengths, found.after.tolist(), strict=True)
        ]

    def best(self, text: str) -> float:
        """The surest change of a text read as one sentence; a low number if there is none."""
        found = candidates(self, text)
        if found is None:
            return -99.0
        found, scores = self.scores(text, (0,), found)
        return float(scores.max(initial=-99.0))


@dataclass
class Line:
    """A text as numbers, every sentence set apart."""

    ids: Ids
    spots: NDArray[np.intp]
    owner: NDArray[np.intp]
    logs: NDArray[np.float64]
    windows: NDArray[np.float64]
    sizes: NDArray[np.intp]
    averages: NDArray[np.float64]


def candidates(model: ConfusionModel, text: str, starts: tuple[int, ...] = (0,), least: float = LEAST_GAIN) -> Candidates | None:
    """The best change of each character and of each two for which there is one; None if there is none.

    Args:
        model: the model.
        text: a text.
        starts: where its sentences begin; a sentence does not see its neighbours.
        least: what a change must gain.
    """
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), "<u4")
    if not codes.size:
        return None
    begins = np.array(starts, np.intp)
    sizes = np.diff(begins, append=codes.size)
    owner = np.repeat(np.arange(begins.size), sizes)
    spots = np.arange(codes.size) + PADDING * (owner + 1)
    ids = np.zeros(codes.size + PADDING * (begins.size + 1) + 5, np.uint32)
    ids[spots] = model.table[np.minimum(codes, 65535)]
    logs = np.zeros(ids.size)
    pairs = model.ngrams.pairs(ids[:-1], ids[1:])
    logs[2:] = model.ngrams.logs(ids[:-2], ids[1:-1], ids[2:], pairs[:-1], pairs[1:], model.ngrams.triples(ids[:-2], ids[1:-1], ids[2:]))
    windows = logs[spots] + logs[spots + 1] + logs[spots + 2]
    odd = ((codes >= FIRST_HAN) & (codes <= LAST_HAN) & (windows < EXPECTED)).nonzero()[0]
    if not odd.size:
        return None
    line = Line(ids, spots, owner, logs, windows, sizes, np.add.reduceat(logs[spots], begins) / sizes)
    single, double = singles(model, line, odd, least), doubles(model, line, odd, codes, least)
    places, lengths, gains, kinds = (np.concatenate([single[part], double[part]]) for part in (0, 1, 3, 4))
    new = np.concatenate([single[2], double[2]])
    if not places.size:
        return None
    around = spots[places][:, None] + np.arange(-PADDING, 8 - PADDING)
    after = ids[around]
    after[:, PADDING] = new[:, 0]
    second = lengths == 2
    after[second, PADDING + 1] = new[second, 1]
    sentence = owner[places]
    return Candidates(places, sentence, lengths, ids[around], after, gains, kinds, line.averages[sentence], sizes[sentence])


Found = tuple[NDArray[np.intp], NDArray[np.intp], Ids, NDArray[np.float64], NDArray[np.intp]]


def best_of(places: NDArray[np.intp], gains: NDArray[np.float64], least: float) -> NDArray[np.intp]:
    """Of the changes at each place the one that gains most, if it gains enough."""
    order = np.lexsort((-gains, places))
    chosen = order[np.unique(places[order], return_index=True)[1]]
    result: NDArray[np.intp] = chosen[gains[chosen] > least]
    return result


def foremost(row: NDArray[np.intp], fit: NDArray[np.float64]) -> NDArray[np.intp]:
    """Of the changes at each place those few that fit its two neighbours best."""
    order = np.lexsort((-fit, row))
    ranked = row[order]
    first = np.searchsorted(ranked, ranked, "left")
    result: NDArray[np.intp] = order[(np.arange(order.size) - first < FOREMOST) & np.isfinite(fit[order])]
    return result


def singles(model: ConfusionModel, line: Line, odd: NDArray[np.intp], least: float) -> Found:
    """The best other character at each odd place."""
    ids, n = line.ids, model.ngrams
    old = ids[line.spots[odd]]
    first, many = model.starts[old], model.starts[old + 1] - model.starts[old]
    row = np.repeat(np.arange(odd.size), many)
    flat = np.arange(int(many.sum())) - np.repeat(np.cumsum(many) - many, many) + first[row]
    new, at = model.targets[flat].astype(np.uint32), line.spots[odd[row]]
    beside = n.pairs(np.stack([ids[at - 1], new]), np.stack([new, ids[at + 1]])) * np.stack([ids[at - 1] > 0, ids[at + 1] > 0])
    fit = np.log1p(beside).sum(0) - PENALTY[model.kinds[flat]]
    keep = foremost(row, np.where(beside.any(0), fit, -np.inf))
    row, new, at, flat = row[keep], new[keep], at[keep], flat[keep]
    around = ids[at[:, None] + np.arange(-2, 3)]
    around[:, 2] = new
    likely = n.chain(around).sum(1)
    kinds = model.kinds[flat].astype(np.intp)
    gains = likely - line.windows[odd[row]] - PENALTY[kinds]
    chosen = best_of(row, gains, least)
    return odd[row[chosen]], np.ones(chosen.size, np.intp), np.stack([new[chosen]] * 2, 1), gains[chosen], kinds[chosen]


def doubles(model: ConfusionModel, line: Line, odd: NDArray[np.intp], codes: NDArray[np.uint32], least: float) -> Found:
    """The best word that sounds like two characters of which one is odd."""
    ids, n, sounds = line.ids, model.ngrams, model.sounds
    firsts = np.unique(np.concatenate([odd - 1, odd]))
    firsts = firsts[(firsts >= 0) & (firsts + 1 < codes.size)]
    firsts = firsts[line.owner[firsts] == line.owner[firsts + 1]]
    x, y = ids[line.spots[firsts]], ids[line.spots[firsts] + 1]
    near = sounds.near[x].astype(np.uint32)[:, :, None] << np.uint32(16) | sounds.near[y].astype(np.uint32)[:, None, :]
    known = (sounds.near[x] > 0)[:, :, None] & (sounds.near[y] > 0)[:, None, :]
    owner = np.broadcast_to(np.arange(firsts.size)[:, None, None], near.shape)[known]
    keys = near[known]
    begin, end = np.searchsorted(sounds.keys, keys, "left"), np.searchsorted(sounds.keys, keys, "right")
    many = end - begin
    row = np.repeat(owner, many)
    flat = np.arange(int(many.sum())) - np.repeat(np.cumsum(many) - many, many) + np.repeat(begin, many)
    c, d = sounds.words[flat, 0].astype(np.uint32), sounds.words[flat, 1].astype(np.uint32)
    keep = (c != x[row]) & (d != y[row])
    row, c, d = row[keep], c[keep], d[keep]
    at = line.spots[firsts[row]]
    around = ids[at[:, None] + np.arange(-2, 4)]
    around[:, 2], around[:, 3] = c, d
    likely = n.chain(around).sum(1)
    same = alike(sounds.exact[c], sounds.exact[x[row]]) & alike(sounds.exact[d], sounds.exact[y[row]])
    kinds = np.where(same, 4, 5)
    gains = likely - line.logs[at] - line.logs[at + 1] - line.logs[at + 2] - line.logs[at + 3] - PENALTY[kinds]
    chosen = best_of(row, gains, least)
    return firsts[row[chosen]], np.full(chosen.size, 2), np.stack([c[chosen], d[chosen]], 1), gains[chosen], kinds[chosen]


def alike(one: NDArray[np.uint16], other: NDArray[np.uint16]) -> NDArray[np.bool_]:
    """Whether characters share a syllable."""
    result: NDArray[np.bool_] = ((one[:, :, None] == other[:, None, :]) & (one[:, :, None] > 0)).any((1, 2))
    return result


def ngram_features(model: ConfusionModel, found: Candidates) -> NDArray[np.float64]:
    """The counts around each change, before and after it."""
    n, double = model.ngrams, found.lengths == 2
    ids = np.concatenate([found.before, found.after])
    both = np.concatenate([double, double])
    logged = np.log1p
    pairs = n.pairs(ids[:, 1:6], ids[:, 2:7])  # from (1, 2) to (5, 6)
    triples = n.triples(ids[:, 1:5], ids[:, 2:6], ids[:, 3:7])
    quads = n.quads(ids[:, 0:5], ids[:, 1:6], ids[:, 2:7], ids[:, 3:8])
    quads[:, 4] = np.where(both, quads[:, 4], 0)
    logs = n.logs(ids[:, 1:5], ids[:, 2:6], ids[:, 3:7], pairs[:, :4], pairs[:, 1:5], triples)
    single = n.one[ids[:, 3:5]].astype(np.float64)
    columns = np.column_stack(
        [
            logged(pairs[:, 1]), logged(np.where(both, pairs[:, 3], pairs[:, 2])), logged(np.where(both, pairs[:, 2], 0)),
            logged(triples[:, :3]), logged(np.where(both, triples[:, 3], 0)), logged(quads), logged(quads.max(1)),
            logs[:, :3].sum(1) + np.where(both, logs[:, 3], 0), logged(single[:, 0]), logged(np.where(both, single[:, 1], 0)),
        ]
    )  # fmt: skip
    half = len(found)
    kinds = found.kinds[:, None] == np.arange(len(KINDS))
    rest = [found.gains, found.averages, found.sizes**0.5, found.lengths, kinds, found.before[:, 2] > 0]
    return np.column_stack([columns[:half], columns[half:], *rest]).astype(np.float64)
