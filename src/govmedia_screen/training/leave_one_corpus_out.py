"""Leave one corpus out: how a way of learning does on corpora that it never saw.

A random split flatters: texts of one corpus are alike. Here each corpus (``domain``) in turn is
kept out of training altogether and judged by what the others teach.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from govmedia_screen.classifier.model import LABELS
from govmedia_screen.training.data import CLASSES, Example
from govmedia_screen.training.evaluation import Row
from govmedia_screen.training.features import Alphabet
from govmedia_screen.training.fit import shares
from govmedia_screen.training.symbols import symbols
from govmedia_screen.training.train import BITS, calibrate
from govmedia_screen.training.training_set import Lesson

Floats = NDArray[np.float64]
#: Of the official texts of a corpus, at most this share may be raised by a head.
RAISED = 0.01


class Learner(Protocol):
    """A way of learning that has read all examples and can be taught some of them."""

    def odds(self, kept: NDArray[np.bool_], judged: NDArray[np.bool_]) -> Floats:
        """Taught the kept examples: log-odds of the judged ones, a column for each label."""
        ...


class Ours:
    """The shipped way: hashed characters and pairs, see ``training.train``."""

    def __init__(self, examples: Sequence[Example]) -> None:
        self.lesson = Lesson.of(examples, Alphabet(symbols(), BITS))

    def odds(self, kept: NDArray[np.bool_], judged: NDArray[np.bool_]) -> Floats:
        """See ``Learner``."""
        return self.lesson.odds(self.lesson.taught(kept, seed=0), judged)


class Usual:
    """The usual way, to measure against: jieba words, TF-IDF, logistic regression."""

    def __init__(self, examples: Sequence[Example]) -> None:
        import jieba

        jieba.setLogLevel(60)
        self.words = [jieba.lcut(example.text) for example in examples]
        self.labels = np.array([CLASSES.index(example.label) for example in examples])
        self.domains = [example.domain for example in examples]

    def odds(self, kept: NDArray[np.bool_], judged: NDArray[np.bool_]) -> Floats:
        """See ``Learner``."""
        vectorizer, heads = self.taught(kept)
        tested = vectorizer.transform(self.words[place] for place in np.flatnonzero(judged))
        return np.column_stack([head.decision_function(tested) for head in heads])

    def taught(self, kept: NDArray[np.bool_]) -> tuple[Any, list[Any]]:
        """The vectorizer of words, and the fitted head of each label, that the kept examples teach."""
        from sklearn.feature_extraction.text import TfidfVectorizer
        from sklearn.linear_model import LogisticRegression

        vectorizer = TfidfVectorizer(analyzer=words, min_df=2, sublinear_tf=True)
        rows = vectorizer.fit_transform(self.words[place] for place in np.flatnonzero(kept))
        domains = [domain for domain, keep in zip(self.domains, kept, strict=True) if keep]
        heads = []
        for head in range(len(LABELS)):
            wanted = self.labels[kept] == head + 1
            weight = shares(self.labels[kept], domains, wanted) * wanted.size / 2
            heads.append(LogisticRegression(C=10, max_iter=200).fit(rows, wanted, sample_weight=weight))
        return vectorizer, heads


def words(cut: list[str]) -> list[str]:
    """Words and pairs of words."""
    return cut + [" ".join(pair) for pair in pairwise(cut)]


def leave_one_out(
    examples: Sequence[Example], learner: Learner, judged: Sequence[str], progress: Callable[[str], None] | None = None
) -> tuple[tuple[Row, ...], Floats]:
    """Judge each named corpus by what all the others teach.

    Args:
        examples: all examples; those of corpora that are not named are always taught.
        learner: the way of learning, made from the same examples.
        judged: the domains to keep out in turn.
        progress: called with each corpus before it is kept out.

    Returns:
        A row for each corpus and class, raised at the thresholds below which ``1 - RAISED`` of
        the average official corpus lies, and all log-odds (NaN where a text was not judged).
    """
    domains = np.array([example.domain for example in examples])
    labels = np.array([CLASSES.index(example.label) for example in examples])
    odds = np.full((len(examples), len(LABELS)), np.nan)
    for domain in judged:
        if progress:
            progress(domain)
        out = domains == domain
        odds[out] = learner.odds(~out, out)
    limits = [quiet(odds[:, head], labels, domains, judged) for head in range(len(LABELS))]
    predicted = np.where(odds.max(axis=1) < 0, 0, odds.argmax(axis=1) + 1)
    rows = []
    for label in range(len(CLASSES)):
        for domain in judged:
            chosen = (labels == label) & (domains == domain)
            if chosen.any():
                raised = {name: float((odds[chosen, head] >= limits[head]).mean()) for head, name in enumerate(LABELS)}
                rows.append(Row(domain, CLASSES[label], int(chosen.sum()), float((predicted[chosen] == label).mean()), raised))
    return tuple(rows), odds


def quiet(odds: Floats, labels: NDArray[np.int64], domains: NDArray[np.str_], judged: Sequence[str]) -> float:
    """The log-odds at which the average official corpus has ``RAISED`` of its texts raised."""
    corpora = [np.sort(odds[(labels == 0) & (domains == domain)]) for domain in judged]
    corpora = [corpus for corpus in corpora if corpus.size]
    low, high = -20.0, 20.0
    for _ in range(50):
        middle = (low + high) / 2
        share = np.mean([1 - np.searchsorted(corpus, middle) / corpus.size for corpus in corpora])
        low, high = (middle, high) if share > RAISED else (low, middle)
    return high


def mean_accuracy(rows: Sequence[Row]) -> float:
    """Mean over the classes of the mean accuracy over their corpora."""
    return float(np.mean([np.mean([row.accuracy for row in rows if row.label == label]) for label in {row.label for row in rows}]))


def calibrated(odds: Floats, examples: Sequence[Example]) -> Floats:
    """The probabilities of judged texts, each corpus calibrated on the odds of all the other corpora (if these have both sides).

    Args:
        odds: log-odds of texts that were not seen, from ``leave_one_out``; NaN where a text was not judged.
        examples: their examples.
    """
    domains = np.array([example.domain for example in examples])
    labels = np.array([CLASSES.index(example.label) for example in examples])
    judged = ~np.isnan(odds[:, 0])
    result = np.full_like(odds, np.nan)
    for domain in np.unique(domains[judged]):
        mine, others = judged & (domains == domain), judged & (domains != domain)
        for head in range(len(LABELS)):
            wanted = labels[others] == head + 1
            slope, shift = 1.0, 0.0
            if 0 < wanted.sum() < wanted.size:
                slope, shift = calibrate(odds[others, head], wanted, shares(labels[others], domains[others].tolist(), wanted))
            result[mine, head] = 1 / (1 + np.exp(-slope * odds[mine, head] - shift))
    return result
