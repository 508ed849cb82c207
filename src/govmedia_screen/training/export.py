"""Write a model's folder: whole-number weights, settings, recorded scores. Same model, same bytes."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from govmedia_screen.classifier import files
from govmedia_screen.classifier.model import FORMAT, LABELS, LARGEST, Model
from govmedia_screen.classifier.numpy_scorer import NOTHING, SYMBOLS
from govmedia_screen.training.features import Alphabet
from govmedia_screen.training.fit import Head
from govmedia_screen.training.limits import VOICES

#: Texts whose scores are recorded with every model; they are nobody's.
RECORDED = (
    "我局将于下周一至周五开展春季传染病防控培训，请各单位提前做好准备。",
    "开业大酬宾！全场五折起，加微信抢优惠券，名额有限，先到先得！",
    "说实话，我真的很失望，这种做法简直让人无语！",
    "经核查，网友反映的路灯不亮问题已于6月3日修复，感谢您的监督。",
    "ＡＢＣ１２３ 繁體字與😀混排，2024年第3期",
    "",
)


@dataclass(frozen=True, slots=True)
class Trained:
    """What training found: the heads over an alphabet's columns, and how their odds are calibrated."""

    alphabet: Alphabet
    heads: tuple[Head, ...]
    calibration: tuple[tuple[float, float], ...]
    thresholds: Mapping[str, Mapping[str, float]]


def write(trained: Trained, out: Path, *, name: str, version: str, about: Mapping[str, Any]) -> Model:
    """Write the folder and load it again, so that what cannot be loaded is never left unnoticed."""
    step = max(float(np.abs(head.weights).max()) for head in trained.heads) / LARGEST or 1.0
    whole = np.stack([np.rint(head.weights / step) for head in trained.heads]).astype(np.int16)
    whole[:, NOTHING] = 0
    weights = npz(symbols=changed(trained.alphabet.symbols), weights=whole)
    rows = list(zip(LABELS, trained.heads, trained.calibration, strict=True))
    settings: dict[str, Any] = {
        "format": FORMAT,
        "name": name,
        "version": version,
        "labels": list(LABELS),
        "bits": trained.alphabet.bits,
        "slopes": {label: round(slope * step, 12) for label, _, (slope, _) in rows},
        "intercepts": {label: round(slope * head.intercept + shift, 9) for label, head, (slope, shift) in rows},
        "thresholds": {label: dict(trained.thresholds[label]) for label in LABELS},
        "voices": {label: dict(VOICES[label]) for label in LABELS},
        "about": dict(about),
    }
    model = Model.of(settings, weights)
    reference = files.dumped({"scores": [{"text": text, **model.classify(text)} for text in RECORDED]})
    files.write(out, settings, {"weights.npz": weights, "reference.json": reference})
    return Model.load(out)


def changed(symbols: NDArray[np.uint32]) -> NDArray[np.uint32]:
    """The code points that are not their own symbol, and the symbols that they are."""
    where = np.flatnonzero(symbols != np.arange(SYMBOLS))
    return np.stack((where, symbols[where])).astype(np.uint32)


def npz(**arrays: NDArray[Any]) -> bytes:
    """The arrays as an ``.npz`` file; its bytes depend on nothing else (no time, no machine)."""
    buffer = io.BytesIO()
    little: dict[str, Any] = {key: array.astype(array.dtype.newbyteorder("<")) for key, array in arrays.items()}
    np.savez(buffer, **little)
    return buffer.getvalue()


def base_heads(model: Model) -> tuple[Head, ...]:
    """A model's heads, to start from: their odds are calibrated already."""
    weights = np.frombuffer(model.weights, dtype="<i2").reshape(len(LABELS), -1)
    return tuple(Head(row * head.slope, head.intercept) for row, head in zip(weights, model.heads, strict=True))


__all__: Sequence[str] = ("Trained", "base_heads", "write")
