"""A lesson: examples as rows of features, and the heads that they teach.

The two heads learn in different ways, each in the one that did best on corpora it never saw.
Advertising is a vocabulary with many trades, so its head also learns from single sentences and
lends weight between words of the same company; an opinion is a tone of the whole text, and its
head learns from whole texts alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from govmedia_screen.chinese.sentences import END
from govmedia_screen.classifier.model import LABELS
from govmedia_screen.training.data import CLASSES, COMMERCIAL, Example
from govmedia_screen.training.features import Alphabet
from govmedia_screen.training.fit import Head, fit, shares
from govmedia_screen.training.latent_semantics import Company
from govmedia_screen.training.log_count_ratio import leaning

#: How far the weights may go: from zero, and from a shipped model's.
FREEDOM, FREEDOM_FROM_BASE = 3.0, 1.0
#: The longest sentences of a text are taught beside it, at half its weight.
SENTENCES, SENTENCE_FROM, SENTENCE_SHARE = 2, 12, 0.5
#: How much advertising counts beside official texts as what an opinion is not: the other head knows it anyway.
RIVAL_SHARE = 0.25
#: Added to an opinion's log-odds, so that of corpora never seen the three classes are judged about equally well.
LEAN = 0.55


@dataclass(frozen=True, slots=True)
class Lesson:
    """Examples as rows, each text first, then the sentences taken from them.

    Attributes:
        count: how many texts.
        rows: the features of texts and sentences.
        parent: for each row the example that it comes from.
        labels: for each row its class.
        domains: for each row its domain.
    """

    count: int
    rows: sparse.csr_matrix
    parent: NDArray[np.int64]
    labels: NDArray[np.int64]
    domains: tuple[str, ...]

    @classmethod
    def of(cls, examples: Sequence[Example], alphabet: Alphabet) -> Lesson:
        """The lesson of examples."""
        texts, parent = [example.text for example in examples], list(range(len(examples)))
        for place, example in enumerate(examples):
            for sentence in longest(example.text):
                texts.append(sentence)
                parent.append(place)
        labels = np.array([CLASSES.index(examples[place].label) for place in parent])
        domains = tuple(examples[place].domain for place in parent)
        return cls(len(examples), alphabet.matrix(texts), np.array(parent), labels, domains)

    def odds(self, heads: Sequence[Head], chosen: NDArray[np.bool_]) -> NDArray[np.float64]:
        """The log-odds of the chosen texts, a column for each head."""
        rows = self.rows[: self.count][chosen]
        return np.column_stack([head.odds(rows) for head in heads])

    def taught(self, kept: NDArray[np.bool_], seed: int, bases: Sequence[Head] | None = None) -> list[Head]:
        """The heads that the kept examples teach, from nothing or from a model's own heads."""
        return [self.head(label, kept, seed, bases[place] if bases else None) for place, label in enumerate(LABELS)]

    def head(self, label: str, kept: NDArray[np.bool_], seed: int, base: Head | None) -> Head:
        """The head of one label."""
        wide = label == COMMERCIAL and base is None
        chosen = kept[self.parent]
        if not wide:
            chosen[self.count :] = False
        rows, labels = self.rows[chosen], self.labels[chosen]
        domains = [domain for domain, keep in zip(self.domains, chosen, strict=True) if keep]
        wanted = labels == CLASSES.index(label)
        share = shares(labels, domains, wanted)
        share[np.flatnonzero(chosen) >= self.count] *= SENTENCE_SHARE
        if not wide and base is None:
            share[labels == CLASSES.index(COMMERCIAL)] *= RIVAL_SHARE
            share[~wanted] /= share[~wanted].sum()
        if base is not None:
            return fit(rows, wanted, share, FREEDOM_FROM_BASE, base)
        scale = leaning(rows, wanted, share)
        scaled = (rows @ sparse.diags(scale)).tocsr()
        if not wide:
            found = fit(scaled, wanted, share, FREEDOM)
            return Head(found.weights * scale, found.intercept + LEAN)
        company = Company.of(rows, seed)
        found = fit(scaled, wanted, share, FREEDOM, None, company.beside(rows))
        found.weights[: scale.size] *= scale
        return Head(company.folded(found.weights), found.intercept)


def longest(text: str) -> list[str]:
    """The longest sentences of a text that has several."""
    found = [sentence.strip() for sentence in END.split(text)]
    found = [sentence for sentence in found if len(sentence) >= SENTENCE_FROM]
    return sorted(found, key=len, reverse=True)[:SENTENCES] if len(found) > 1 else []
