"""The stance classifier: is this post selling something, is it somebody's own opinion?

Two linear heads over hashed characters and pairs of characters, scored by table look-ups. A model
is a folder of plain numbers: ``weights.npz``, ``config.json`` with the thresholds,
``reference.json`` with recorded probabilities, ``README.md`` with what it was taught, what it is
good at and what it misses.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from govmedia_screen.classifier import files
from govmedia_screen.classifier.scores import Head, Limits, Scan, Scorer, closed, probability
from govmedia_screen.errors import ModelError
from govmedia_screen.system import npz
from govmedia_screen.system.native import core

FORMAT = 2
LABELS = ("commercial", "opinion")
FILES = ("weights.npz", "reference.json")
#: No weight is larger, so all features together cannot run over their half of an integer.
LARGEST = 4095
#: How far a recorded probability may be from the computed one.
TOLERANCE = 1e-6


@dataclass(frozen=True, slots=True)
class Model:
    """A loaded model; safe to share between threads.

    Attributes:
        name: its folder's name.
        version: the version that its card and ``models/CHANGELOG.md`` speak of.
        labels: what its heads hear.
        thresholds: for each label the probability at which a part becomes a finding.
        heads: how sums become log-odds, and from where on the scan raises them.
        limits: for each label from where on what was raised is a finding.
        symbols: the code points that are not read as themselves, then as what; 32 bits each, little-endian.
        weights: each label's weights of all slots; 16 bits each, little-endian.
        bits: there are ``2**bits`` slots.
        scorer: what scores by them.
    """

    name: str
    version: str
    labels: tuple[str, ...]
    thresholds: dict[str, float]
    heads: tuple[Head, ...]
    limits: tuple[Limits, ...]
    symbols: bytes
    weights: bytes
    bits: int
    scorer: Scorer = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "scorer", scorer(self.symbols, self.weights, self.bits, self.heads))

    @classmethod
    def load(cls, name_or_path: str | Path = "default") -> Model:
        """Load and check a model.

        Args:
            name_or_path: the name of a shipped model, or the path of a model's folder.

        Raises:
            ModelError: it is missing, altered, of another format, or does not score as recorded.
        """
        settings, (weights, reference) = files.read(name_or_path, FILES, FORMAT)
        try:
            model = cls.of(settings, weights)
            recorded = json.loads(reference)["scores"]
        except (KeyError, ValueError, TypeError, OSError) as error:
            raise ModelError(f"模型 {name_or_path} 的内容不完整：{error!r}") from error
        for row in recorded[:3]:
            scores = model.classify(row["text"])
            if any(abs(scores[label] - row[label]) > TOLERANCE for label in model.labels):
                raise ModelError(f"模型 {name_or_path} 算不出 reference.json 记录的分数，不能使用")
        return model

    @classmethod
    def of(cls, settings: dict[str, Any], weights: bytes) -> Model:
        """A model of the content of its files."""
        data = npz.arrays(weights)
        (kind, shape, heads), (symbol_kind, symbol_shape, symbols) = data["weights"], data["symbols"]
        bits = int(settings["bits"])
        labels = tuple(settings["labels"])
        if labels != LABELS or (kind, shape) != ("<i2", (len(LABELS), 1 << bits)):
            raise ValueError("weights")
        if symbol_kind != "<u4" or symbol_shape[:1] != (2,) or not 8 <= bits <= 20:
            raise ValueError("symbols")
        return cls(
            name=str(settings["name"]),
            version=str(settings["version"]),
            labels=labels,
            thresholds={label: float(settings["thresholds"][label]["whole"]) for label in labels},
            heads=tuple(
                head(float(settings["slopes"][label]), float(settings["intercepts"][label]), settings["thresholds"][label])
                for label in labels
            ),
            limits=tuple(limits(settings["thresholds"][label], settings["voices"][label]) for label in labels),
            symbols=symbols,
            weights=heads,
            bits=bits,
        )

    def scan(self, joined: str, starts: Sequence[int]) -> Scan:
        """Score many parts in one pass.

        Args:
            joined: all parts, each closed by U+FFFF (``Sheet.joined``).
            starts: the index in ``joined`` at which each part begins; the first is 0.
        """
        return Scan(self.scorer, self.labels, self.heads, self.limits, joined, starts)

    def classify(self, text: str) -> dict[str, float]:
        """The probability of each label for one text."""
        return self.scan(closed(text), (0,)).probabilities(0)

    def line(self, label: str) -> float:
        """The probability at which a single paragraph becomes a finding of that label."""
        return probability(self.limits[self.labels.index(label)].line)

    def at(self, thresholds: Mapping[str, float]) -> Model:
        """The same model with an office's own thresholds, label → probability; the others stay."""
        steps = [
            logit(thresholds[label]) - limit.whole if label in thresholds else 0.0
            for label, limit in zip(self.labels, self.limits, strict=True)
        ]
        heads = tuple(
            head._replace(whole=head.whole + step, line=head.line + step, short=head.short + step)
            for head, step in zip(self.heads, steps, strict=True)
        )
        moved = tuple(
            limit._replace(whole=limit.whole + step, line=limit.line + step) for limit, step in zip(self.limits, steps, strict=True)
        )
        return replace(self, thresholds={**self.thresholds, **thresholds}, heads=heads, limits=moved)


def scorer(symbols: bytes, weights: bytes, bits: int, heads: Sequence[Head]) -> Scorer:
    """The compiled scorer, or its twin in numpy.

    Raises:
        ValueError: a table is not what it should be.
    """
    if core is not None:
        native: Scorer = core.Scorer(symbols, weights, bits, *heads)
        return native
    from govmedia_screen.classifier.numpy_scorer import Arrays

    return Arrays(symbols, weights, bits, heads)


def head(slope: float, intercept: float, thresholds: Mapping[str, Any]) -> Head:
    """One head; it raises what lists of words could still lift over a limit."""
    whole, line = logit(float(thresholds["whole"])), logit(float(thresholds["line"]))
    most = float(thresholds["most"])
    return Head(slope, intercept, whole - most, line - most, whole - most, int(thresholds["few"]))


def limits(thresholds: Mapping[str, Any], voices: Mapping[str, Any]) -> Limits:
    """One label's limits, of thresholds that are probabilities and of the shares of lists."""
    return Limits(
        logit(float(thresholds["whole"])),
        logit(float(thresholds["line"])),
        int(thresholds["least"]),
        int(thresholds["enough"]),
        int(thresholds["word"]),
        float(thresholds["scarce"]),
        {name: float(share) for name, share in voices.items()},
        float(thresholds["most"]),
        float(thresholds["worst"]),
    )


def logit(probability: float) -> float:
    """The log-odds of a probability; 0 and 1 are taken as the nearest that have any."""
    probability = min(max(probability, 1e-9), 1 - 1e-9)
    return math.log(probability / (1 - probability))
