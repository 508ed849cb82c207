"""Train a model of one's own: from labelled files alone, or starting from a shipped model."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from govmedia_screen.classifier.model import LABELS, Model
from govmedia_screen.errors import InputError
from govmedia_screen.training.data import CLASSES, Example, read
from govmedia_screen.training.export import Trained, base_heads, write
from govmedia_screen.training.features import Alphabet
from govmedia_screen.training.fit import Head, shares
from govmedia_screen.training.limits import CAUTION, of_model
from govmedia_screen.training.symbols import symbols
from govmedia_screen.training.training_set import Lesson

Progress = Callable[[str, float], None]
BITS = 18
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
    thresholds: Mapping[str, Mapping[str, float]] | None = None,
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
        thresholds: label → ``whole`` and ``line`` (probabilities) or any of ``training.limits.CAUTION``, in
            place of those that are chosen.
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
    chosen = {label: {**trained.thresholds[label], **(thresholds or {}).get(label, {})} for label in LABELS}
    trained = replace(trained, thresholds=chosen)
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
    lesson = Lesson.of(examples, alphabet)
    labels, domains = lesson.labels[: lesson.count], lesson.domains[: lesson.count]
    folds = fold_of(labels, domains, seed)
    starts = None if base is None else base_heads(base)
    unseen = np.zeros((len(examples), len(LABELS)))
    heads: list[Head] = []
    for fold in (*range(FOLDS), None):
        say("训练" if fold is None else "交叉检验", 0.1 + 0.85 * (FOLDS if fold is None else fold) / (FOLDS + 1))
        kept = np.ones(len(examples), dtype=bool) if fold is None else folds != fold
        heads = lesson.taught(kept, seed, starts)
        if fold is not None:
            unseen[~kept] = lesson.odds(heads, ~kept)
    calibration, thresholds = [], {}
    for head, label in enumerate(LABELS):
        share = shares(labels, domains, labels == head + 1)
        slope, shift = calibrate(unseen[:, head], labels == head + 1, share)
        official = slope * unseen[labels == 0, head] + shift
        calibration.append((slope, shift))
        thresholds[label] = threshold(official, share[labels == 0], base, label)
    return Trained(alphabet, tuple(heads), tuple(calibration), thresholds)


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


def threshold(official: NDArray[np.float64], share: NDArray[np.float64], base: Model | None, label: str) -> dict[str, Any]:
    """The limits of a head: those of the base, or probabilities at which few official texts are raised."""
    if base is not None:
        return of_model(base, label)
    order = np.argsort(official)
    reached = np.cumsum(share[order]) / share.sum()
    odds = float(official[order][min(int(np.searchsorted(reached, 1 - RAISED)), official.size - 1)])
    whole = float(np.clip(1 / (1 + np.exp(-odds)), LOWEST, HIGHEST))
    return {"whole": round(whole, 6), "line": round(min(whole**0.5, HIGHEST), 6), **CAUTION[label]}
