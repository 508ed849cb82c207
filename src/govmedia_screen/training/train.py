"""Train a model of one's own: from labelled files alone, or starting from a shipped model."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from govmedia_screen.errors import InputError
from govmedia_screen.model import LABELS, Model
from govmedia_screen.text import SENTENCE_END
from govmedia_screen.training.company import Company
from govmedia_screen.training.data import CLASSES, Example, read
from govmedia_screen.training.export import Trained, base_heads, write
from govmedia_screen.training.features import Alphabet
from govmedia_screen.training.fit import Head, fit, shares
from govmedia_screen.training.symbols import symbols

Progress = Callable[[str, float], None]
BITS = 18
#: How far the weights may go: from zero, and from a shipped model's.
FREEDOM, FREEDOM_FROM_BASE = 3.0, 1.0
#: Sentences of a text are taught beside it, at half its weight, so that paragraphs are heard too.
SENTENCES, SENTENCE_FROM, SENTENCE_SHARE = 2, 12, 0.5
#: Fewer examples of a class teach nothing.
FEWEST = {None: 50, "base": 5}
FOLDS = 5
#: Of the official texts that training did not see, at most this share may be raised.
RAISED = 0.015
LOWEST, HIGHEST = 0.5, 0.999


def train(
    data_paths: Iterable[str | Path],
    out: str | Path,
    base: str | Path | None = None,
    seed: int = 0,
    *,
    name: str | None = None,
    version: str = "1",
    progress: Progress | None = None,
) -> Model:
    """Train on labelled JSONL files and write a model's folder.

    Args:
        data_paths: files of examples, see ``training.data``.
        out: the folder to write.
        base: a shipped model's name or a model's folder to start from; None starts from nothing.
        seed: orders the folds; the same data and seed give the same bytes.
        name: the model's name; the folder's by default.
        version: what its config shall call it.
        progress: called with a stage in Chinese and the share of the work done, 0–1.

    Raises:
        InputError: the data cannot be used; the message has the lines.
        ModelError: ``base`` cannot be loaded.
    """
    say = progress or (lambda stage, done: None)
    say("读取数据", 0.0)
    examples = read(data_paths)
    enough(examples, FEWEST[None if base is None else "base"])
    started = None if base is None else Model.load(base)
    trained = learn(examples, started, seed, say)
    say("写出模型", 0.97)
    folder = Path(out)
    about = {
        "base": None if started is None else f"{started.name} {started.version}",
        "seed": seed,
        "examples": {label: sum(example.label == label for example in examples) for label in CLASSES},
        "domains": len({example.domain for example in examples}),
    }
    model = write(trained, folder, name=name or folder.name, version=version, about=about)
    say("完成", 1.0)
    return model


def enough(examples: Sequence[Example], fewest: int) -> None:
    """Refuse data that lacks a class."""
    for label in CLASSES:
        count = sum(example.label == label for example in examples)
        if count < fewest:
            raise InputError(f"{label} 的样例只有 {count} 条，至少要 {fewest} 条才能训练")


def learn(examples: Sequence[Example], base: Model | None, seed: int, say: Progress) -> Trained:
    """Fit both heads, calibrate them on texts they did not see, choose thresholds."""
    table = symbols()
    alphabet = Alphabet(table, BITS if base is None else base.bits)
    say("统计特征", 0.05)
    labels = np.array([CLASSES.index(example.label) for example in examples])
    domains = [example.domain for example in examples]
    folds = fold_of(labels, domains, seed)
    lesson = Lesson.of(examples, alphabet)
    texts = lesson.rows[: len(examples)]
    starts = None if base is None else base_heads(base)
    unseen = np.zeros((len(examples), len(LABELS)))
    heads: list[Head] = []
    for fold in (*range(FOLDS), None):
        say("训练" if fold is None else "交叉检验", 0.1 + 0.85 * (FOLDS if fold is None else fold) / (FOLDS + 1))
        kept = np.ones(len(examples), dtype=bool) if fold is None else folds != fold
        heads = lesson.taught(kept, seed, starts)
        if fold is not None:
            for head, found in enumerate(heads):
                unseen[~kept, head] = found.odds(texts[~kept])
    calibration, thresholds = [], {}
    for head, label in enumerate(LABELS):
        share = shares(labels, domains, labels == head + 1)
        slope, shift = calibrate(unseen[:, head], labels == head + 1, share)
        official = slope * unseen[labels == 0, head] + shift
        calibration.append((slope, shift))
        thresholds[label] = threshold(official, share[labels == 0], base, head)
    return Trained(alphabet, tuple(heads), tuple(calibration), thresholds)


@dataclass(frozen=True, slots=True)
class Lesson:
    """Examples as rows, each text first, then the sentences taken from them.

    Attributes:
        rows: the features of texts and sentences.
        parent: for each row the example that it comes from.
        labels: for each row its class.
        domains: for each row its domain.
    """

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
        return cls(alphabet.matrix(texts), np.array(parent), labels, tuple(examples[place].domain for place in parent))

    def taught(self, kept: NDArray[np.bool_], seed: int, bases: Sequence[Head] | None = None) -> list[Head]:
        """The heads that the kept examples teach, from nothing or from a model's own heads."""
        chosen = kept[self.parent]
        rows, labels = self.rows[chosen], self.labels[chosen]
        domains = [domain for domain, keep in zip(self.domains, chosen, strict=True) if keep]
        part = np.where(np.flatnonzero(chosen) < kept.size, 1.0, SENTENCE_SHARE)
        company = Company.of(rows, seed) if bases is None else None
        beside = None if company is None else company.beside(rows)
        heads = []
        for head in range(len(LABELS)):
            wanted = labels == head + 1
            share = shares(labels, domains, wanted) * part
            freedom, base = (FREEDOM, None) if bases is None else (FREEDOM_FROM_BASE, bases[head])
            found = fit(rows, wanted, share, freedom, base, beside)
            heads.append(found if company is None else Head(company.folded(found.weights), found.intercept))
        return heads


def longest(text: str) -> list[str]:
    """The longest sentences of a text that has several."""
    found = [sentence.strip() for sentence in SENTENCE_END.split(text)]
    found = [sentence for sentence in found if len(sentence) >= SENTENCE_FROM]
    return sorted(found, key=len, reverse=True)[:SENTENCES] if len(found) > 1 else []


def fold_of(labels: NDArray[np.int64], domains: Sequence[str], seed: int) -> NDArray[np.int64]:
    """The fold of each example: whole domains where a class has enough of them, else single examples."""
    random = np.random.default_rng(seed)
    folds = np.zeros(len(domains), dtype=np.int64)
    for label in range(len(CLASSES)):
        mine = np.flatnonzero(labels == label)
        names = sorted({domains[place] for place in mine.tolist()})
        if len(names) >= FOLDS:
            dealt = {name: place % FOLDS for place, name in enumerate(random.permutation(names).tolist())}
            folds[mine] = [dealt[domains[place]] for place in mine.tolist()]
        else:
            folds[mine] = random.permutation(np.arange(mine.size) % FOLDS)
    return folds


def calibrate(odds: NDArray[np.float64], wanted: NDArray[np.bool_], share: NDArray[np.float64]) -> tuple[float, float]:
    """Slope and shift that turn raw odds into log-odds of being wanted (Platt)."""
    from sklearn.linear_model import LogisticRegression

    fitted = LogisticRegression(C=1e4).fit(odds[:, None], wanted, sample_weight=share * odds.size)
    return max(float(fitted.coef_[0, 0]), 1e-3), float(fitted.intercept_[0])


def threshold(official: NDArray[np.float64], share: NDArray[np.float64], base: Model | None, head: int) -> dict[str, Any]:
    """The probabilities at which a head speaks: those of the base, or such that few official texts are raised."""
    if base is not None:
        limit = base.limits[head]
        names = {"whole": limit.whole, "line": limit.line, "short": limit.short}
        return {**{key: round(float(1 / (1 + np.exp(-odds))), 6) for key, odds in names.items()}, "few": limit.few}
    order = np.argsort(official)
    reached = np.cumsum(share[order]) / share.sum()
    odds = float(official[order][min(int(np.searchsorted(reached, 1 - RAISED)), official.size - 1)])
    whole = float(np.clip(1 / (1 + np.exp(-odds)), LOWEST, HIGHEST))
    return {"whole": round(whole, 6), "line": round(min(whole**0.5, HIGHEST), 6), "short": round(min(whole**0.5, HIGHEST), 6), "few": 20}
