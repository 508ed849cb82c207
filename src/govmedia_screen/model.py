"""The stance classifier: is this post selling something, is it somebody's own opinion?

Two linear heads over hashed characters and pairs of characters, scored by table look-ups with
numpy alone. A model is a folder of plain numbers: ``weights.npz``, ``config.json`` with the
thresholds, ``reference.json`` with recorded probabilities, ``README.md`` with what it was
taught, what it is good at and what it misses.

A feature counts once in a text however often it occurs there. Weights are whole numbers and
both heads travel in one 64-bit integer, the first label in its low half: sums of whole numbers
do not depend on their order, so a part scores exactly the same alone and in any batch.
"""

from __future__ import annotations

import hashlib
import io
import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from govmedia_screen.errors import ModelError
from govmedia_screen.folding import codes_of
from govmedia_screen.scan import Scan

FORMAT = 1
BREAK = 0xFFFF
SYMBOLS = 0x10001  # every code point of the basic plane, and one entry for all beyond it
LABELS = ("commercial", "opinion")
FILES = ("config.json", "weights.npz", "reference.json")
MULTIPLIER = np.uint32(0x9E3779B1)
#: The slot that weighs nothing.
NOTHING = 0
LINE_ENDS = (0x0A, 0x0D)
#: No weight is larger, so all features together cannot run over their half of an integer.
LARGEST = 4095
#: More texts than this are summed in halves; their numbers stand above the slots in 32 bits.
MANY = 1 << 12
#: How far a recorded probability may be from the computed one.
TOLERANCE = 1e-6


@dataclass(frozen=True, slots=True)
class Limits:
    """Where a head's score becomes a finding, as log-odds.

    Attributes:
        whole: for a part as a whole.
        line: for one paragraph of a part; one shorter than ``few`` is not judged by itself.
        short: for a part shorter than ``few`` code points.
        few: see ``short``.
    """

    whole: float
    line: float
    short: float
    few: int


@dataclass(frozen=True, slots=True)
class Model:
    """A loaded model; safe to share between threads.

    Attributes:
        name: its folder's name.
        version: the version that its card and ``models/CHANGELOG.md`` speak of.
        labels: what its heads hear.
        thresholds: for each label the probability at which a part becomes a finding.
        limits: the same and those of paragraphs and short texts, as log-odds.
        slopes: for each label, log-odds per unit of weight, before division by the root of the length.
        intercepts: for each label, the log-odds of an empty text.
        weights: both labels' weights of each slot.
        single: the slot of each character by itself.
        mixed: each character's symbol, spread over 32 bits, from which pairs are hashed.
        bits: there are ``2**bits`` slots.
    """

    name: str
    version: str
    labels: tuple[str, ...]
    thresholds: dict[str, float]
    limits: tuple[Limits, ...]
    slopes: tuple[float, ...]
    intercepts: tuple[float, ...]
    weights: NDArray[np.int64]
    single: NDArray[np.uint32]
    mixed: NDArray[np.uint32]
    bits: int

    @classmethod
    def load(cls, name_or_path: str | Path = "default") -> Model:
        """Load and check a model.

        Args:
            name_or_path: the name of a shipped model, or the path of a model's folder.

        Raises:
            ModelError: it is missing, altered, of another format, or does not score as recorded.
        """
        folder = find(name_or_path)
        try:
            config, weights, reference = (folder.joinpath(name).read_bytes() for name in FILES)
            settings = json.loads(config)
        except (OSError, ValueError) as error:
            raise ModelError(f"模型 {name_or_path} 读不出来：{error}") from error
        if settings.get("format") != FORMAT:
            raise ModelError(f"模型 {name_or_path} 的格式是 {settings.get('format')!r}，本版本只认 {FORMAT}")
        for name, content in zip(FILES[1:], (weights, reference), strict=True):
            if hashlib.sha256(content).hexdigest() != settings.get("sha256", {}).get(name):
                raise ModelError(f"模型 {name_or_path} 的 {name} 与 config.json 记录的校验值不符，文件已损坏或被改动")
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
        with np.load(io.BytesIO(weights), allow_pickle=False) as data:
            symbols, heads = data["symbols"], data["weights"]
        bits = int(settings["bits"])
        labels = tuple(settings["labels"])
        if labels != LABELS or heads.shape != (len(LABELS), 1 << bits) or symbols.shape != (2, symbols.size // 2):
            raise ValueError("shapes")
        if not 8 <= bits <= 20 or np.abs(heads).max() > LARGEST or heads[:, NOTHING].any():
            raise ValueError("weights")
        table = np.arange(SYMBOLS, dtype=np.uint32)
        table[symbols[0]] = symbols[1]
        mixed = mix(table)
        return cls(
            name=str(settings["name"]),
            version=str(settings["version"]),
            labels=labels,
            thresholds={label: float(settings["thresholds"][label]["whole"]) for label in labels},
            limits=tuple(limits(settings["thresholds"][label]) for label in labels),
            slopes=tuple(float(settings["slopes"][label]) for label in labels),
            intercepts=tuple(float(settings["intercepts"][label]) for label in labels),
            weights=packed(heads.astype(np.int64)),
            single=singles(mixed, bits),
            mixed=mixed,
            bits=bits,
        )

    def scan(self, codes: NDArray[np.uint32], starts: Sequence[int] | NDArray[np.intp]) -> Scan:
        """Score many parts in one pass.

        Args:
            codes: the code points of all parts, each part closed by U+FFFF (the last one may lack it).
            starts: the index in ``codes`` at which each part begins; the first is 0.
        """
        if not codes.size or codes[-1] != BREAK:
            codes = np.append(codes, np.uint32(BREAK))
        return Scan(self, codes, starts)

    def slots(self, codes: NDArray[np.uint32]) -> NDArray[np.uint32]:
        """Where the weights stand: a row for characters, a row for pairs by their first one.

        A pair across a break or a line end is no feature (slot 0); the caller sees to that, but for the last.
        """
        mixed = self.mixed.take(codes, mode="clip")
        slots = np.empty((2, codes.size), dtype=np.uint32)
        self.single.take(codes, mode="clip", out=slots[0])
        np.multiply(mixed, MULTIPLIER, out=slots[1])
        pairs = slots[1, :-1]
        pairs ^= mixed[1:]
        pairs >>= np.uint32(32 - self.bits)
        slots[1, -2:] = NOTHING
        return slots

    def total(self, slots: NDArray[np.uint32]) -> int:
        """The sum of weights of the different features among slots, both labels in one integer."""
        slots = np.sort(slots, axis=None)
        first = slots[1:] != slots[:-1]
        return int(self.weights[slots[0]]) + int(self.weights.take(slots[1:] * first).sum())

    def totals(self, slots: NDArray[np.uint32], lengths: NDArray[np.intp]) -> NDArray[np.int64]:
        """The same for the texts that lie end to end in ``slots``, each of one place or more."""
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

    def classify(self, text: str) -> dict[str, float]:
        """The probability of each label for one text."""
        return self.scan(codes_of(text.replace(chr(BREAK), "\ufffe")), (0,)).probabilities(0)

    def log_odds(self, sums: Sequence[int] | NDArray[np.int64], size: int) -> tuple[float, ...]:
        """For each label the log-odds of a text with those sums of weights and that many code points."""
        root = math.sqrt(max(size, 1))
        rows = zip(self.slopes, sums, self.intercepts, strict=True)
        return tuple(slope * int(total) / root + intercept for slope, total, intercept in rows)

    def at(self, thresholds: Mapping[str, float]) -> Model:
        """The same model with an office's own thresholds, label → probability; the others stay."""
        limits = tuple(
            moved(limit, logit(thresholds[label])) if label in thresholds else limit
            for label, limit in zip(self.labels, self.limits, strict=True)
        )
        return replace(self, thresholds={**self.thresholds, **thresholds}, limits=limits)


def find(name_or_path: str | Path) -> Traversable:
    """The folder of a shipped model, or the folder at that path.

    Raises:
        ModelError: there is neither.
    """
    shipped = resources.files("govmedia_screen").joinpath("models")
    if not shipped.is_dir():  # an editable install: the package is mapped, not nested
        shipped = resources.files("govmedia_screen.models")
    named = shipped.joinpath(str(name_or_path)) if "/" not in str(name_or_path) else None
    for folder in (named, Path(name_or_path)):
        if folder is not None and folder.joinpath("config.json").is_file():
            return folder
    names = sorted(entry.name for entry in shipped.iterdir() if entry.joinpath("config.json").is_file())
    raise ModelError(f"找不到模型 {name_or_path!r}；随包提供的有：{'、'.join(names) or '无'}")


def limits(thresholds: dict[str, Any]) -> Limits:
    """The limits of one head from its thresholds, which are probabilities."""
    odds = {key: logit(float(value)) for key, value in thresholds.items() if key != "few"}
    return Limits(odds["whole"], odds["line"], odds["short"], int(thresholds["few"]))


def moved(limit: Limits, whole: float) -> Limits:
    """The limits with another one for whole parts, the others as far above it as before."""
    step = whole - limit.whole
    return replace(limit, whole=whole, line=limit.line + step, short=limit.short + step)


def logit(probability: float) -> float:
    """The log-odds of a probability; 0 and 1 are taken as the nearest that have any."""
    probability = min(max(probability, 1e-9), 1 - 1e-9)
    return math.log(probability / (1 - probability))


def packed(heads: NDArray[np.int64]) -> NDArray[np.int64]:
    """Both heads' weights in one integer each: the second label's in the high half."""
    both_heads: NDArray[np.int64] = heads[0] + (heads[1] << 32)
    return both_heads


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
