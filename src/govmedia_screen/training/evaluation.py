"""Judge a model on labelled texts: per class, per corpus, calibration, confusion, the worst errors."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from govmedia_screen.classifier.model import LABELS, Model
from govmedia_screen.matching.text import Sheet
from govmedia_screen.training.data import CLASSES, Example, read
from govmedia_screen.training.verdicts import Verdicts

Floats = NDArray[np.float64]
BATCH = 512
BINS = 10
WORST = 20
#: Texts shorter than these many code points make a band of their own; the first is of texts that say little.
BANDS = ((20, "不足 20 字"), (60, "20–59 字"), (200, "60–199 字"))
LONGEST = "200 字以上"
#: Points kept of a precision-recall curve.
POINTS = 60


@dataclass(frozen=True, slots=True)
class Row:
    """Figures of one class, corpus, kind of text or band of length.

    Attributes:
        name: the class, the corpus (``domain``), the kind, the band.
        label: the class that its texts have.
        count: how many texts.
        accuracy: the share that the model alone puts in the right one of three classes, at even odds.
        raised: for each label the share that becomes a finding in a whole screening: recall for the
            texts' own label, false alarms for any other.
    """

    name: str
    label: str
    count: int
    accuracy: float
    raised: dict[str, float]


@dataclass(frozen=True, slots=True)
class Bin:
    """Texts of nearly the same probability: what was said, and what came true."""

    label: str
    low: float
    high: float
    count: int
    said: float
    true: float


@dataclass(frozen=True, slots=True)
class Mistake:
    """One text that the model gets wrong, with the words that weighed most."""

    text: str
    domain: str
    label: str
    predicted: str
    probabilities: dict[str, float]
    evidence: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Evaluation:
    """What the model does with the texts.

    Attributes:
        model: the model's name and version.
        thresholds: the model's own, at which a text is raised.
        accuracy: mean over the classes of the mean accuracy over their corpora.
        classes: one row for each class.
        corpora: one row for each corpus and class.
        kinds: one row for each kind of text and class, if the examples say their kind.
        bands: one row for each band of length and class.
        confusion: counts, ``confusion[true][predicted]``, in the order of ``CLASSES``.
        calibration: ten bins of probability for each label.
        curves: for each label (recall, precision, threshold) from strict to lenient.
        mistakes: the worst ones first.
    """

    model: str
    thresholds: dict[str, float]
    accuracy: float
    classes: tuple[Row, ...]
    corpora: tuple[Row, ...]
    kinds: tuple[Row, ...]
    bands: tuple[Row, ...]
    confusion: tuple[tuple[int, ...], ...]
    calibration: tuple[Bin, ...]
    curves: dict[str, tuple[tuple[float, float, float], ...]]
    mistakes: tuple[Mistake, ...]

    def to_dict(self) -> dict[str, Any]:
        """Everything as plain values."""
        return asdict(self)

    def to_json(self) -> str:
        """Everything as JSON."""
        return json.dumps(self.to_dict(), ensure_ascii=False, indent=2)


def evaluate(data_paths: Iterable[str | Path], model: Model | str | Path = "default") -> Evaluation:
    """Judge a model on labelled JSONL files, see ``training.data``.

    Raises:
        InputError: the data cannot be used.
        ModelError: the model cannot be loaded.
    """
    examples = read(data_paths)
    return judge(examples, model if isinstance(model, Model) else Model.load(model))


def judge(examples: Sequence[Example], model: Model) -> Evaluation:
    """Judge a model on examples."""
    scores = score([example.text for example in examples], model)
    labels = np.array([CLASSES.index(example.label) for example in examples])
    predicted = np.where(scores.max(axis=1) < 0.5, 0, scores.argmax(axis=1) + 1)
    right = predicted == labels
    verdicts = Verdicts(model)
    raised = verdicts.raised([example.text for example in examples])

    def row(name: str, label: int, chosen: NDArray[np.bool_]) -> Row:
        shares = {head: float(raised[chosen, place].mean()) for place, head in enumerate(LABELS)}
        return Row(name, CLASSES[label], int(chosen.sum()), float(right[chosen].mean()), shares)

    def rows(names: Sequence[str]) -> list[Row]:
        """A row for each name and class."""
        found = np.array(names)
        pairs = sorted({(int(label), name) for label, name in zip(labels, names, strict=True)})
        return [row(name, label, (labels == label) & (found == name)) for label, name in pairs]

    corpora = rows([example.domain for example in examples])
    kinds = [one for one in rows([example.kind for example in examples]) if one.name]
    classes = [row(CLASSES[label], label, labels == label) for label in sorted(set(labels.tolist()))]
    means = [np.mean([one.accuracy for one in corpora if one.label == name.label]) for name in classes]
    confusion = [[int(((labels == true) & (predicted == said)).sum()) for said in range(3)] for true in range(3)]
    return Evaluation(
        f"{model.name} {model.version}",
        dict(model.thresholds),
        float(np.mean(means)),
        tuple(classes),
        tuple(corpora),
        tuple(kinds),
        tuple(rows([band(example.text) for example in examples])),
        tuple(map(tuple, confusion)),
        tuple(one for head in range(len(LABELS)) for one in bins(head, scores[:, head], labels == head + 1)),
        {label: curve(scores[:, head], labels == head + 1) for head, label in enumerate(LABELS)},
        mistakes(examples, scores, labels, predicted, verdicts),
    )


def band(text: str) -> str:
    """The band of length that a text belongs to."""
    return next((name for below, name in BANDS if len(text) < below), LONGEST)


def score(texts: Sequence[str], model: Model) -> Floats:
    """The probabilities of many texts, a column for each label."""
    rows: list[list[float]] = []
    for start in range(0, len(texts), BATCH):
        batch = texts[start : start + BATCH]
        sheet = Sheet(batch)
        scan = model.scan(sheet.joined, sheet.starts)
        rows += [list(scan.probabilities(part).values()) for part in range(len(batch))]
    return np.array(rows, dtype=np.float64).reshape(len(texts), len(LABELS))


def bins(head: int, scores: Floats, wanted: NDArray[np.bool_]) -> Iterable[Bin]:
    """Ten bins of equal width; empty ones are left out."""
    place = np.minimum((scores * BINS).astype(int), BINS - 1)
    for number in range(BINS):
        inside = place == number
        if inside.any():
            said, true = float(scores[inside].mean()), float(wanted[inside].mean())
            yield Bin(LABELS[head], number / BINS, (number + 1) / BINS, int(inside.sum()), said, true)


def curve(scores: Floats, wanted: NDArray[np.bool_]) -> tuple[tuple[float, float, float], ...]:
    """Recall, precision and threshold, from the strictest threshold to the most lenient."""
    if not wanted.any():
        return ()
    order = np.argsort(-scores, kind="stable")
    hits = np.cumsum(wanted[order])
    taken = np.arange(1, order.size + 1)
    places = np.unique(np.linspace(0, order.size - 1, POINTS).astype(int))
    rows = zip(hits[places] / hits[-1], hits[places] / taken[places], scores[order][places], strict=True)
    return tuple((float(recall), float(precision), float(threshold)) for recall, precision, threshold in rows)


def mistakes(
    examples: Sequence[Example], scores: Floats, labels: NDArray[np.int64], predicted: NDArray[np.int64], verdicts: Verdicts
) -> tuple[Mistake, ...]:
    """The errors that the model is surest of."""
    full = np.column_stack((1 - scores.max(axis=1), scores))
    sure = full[np.arange(labels.size), predicted] - full[np.arange(labels.size), labels]
    wrong = np.flatnonzero(predicted != labels)
    worst = wrong[np.argsort(-sure[wrong], kind="stable")][:WORST]
    result = []
    for place in worst.tolist():
        example, said = examples[place], int(predicted[place])
        head = said - 1 if said else int(labels[place]) - 1
        evidence = verdicts.evidence(example.text, head)
        probabilities = {label: round(float(scores[place, at]), 4) for at, label in enumerate(LABELS)}
        result.append(Mistake(example.text, example.domain, example.label, CLASSES[said], probabilities, evidence))
    return tuple(result)
