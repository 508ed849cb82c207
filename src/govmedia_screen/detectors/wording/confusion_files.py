"""The proof-reading model's files: weights and config, as ``classifier/files.py`` reads them."""

from __future__ import annotations

from importlib.resources.abc import Traversable
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np

from govmedia_screen.classifier import files
from govmedia_screen.detectors.wording.confusion_model import KINDS, ConfusionModel, Sounds
from govmedia_screen.detectors.wording.ngrams import Ngrams
from govmedia_screen.detectors.wording.trees import Trees
from govmedia_screen.errors import ModelError

FORMAT = 2
FILES = ("weights.npz", "reference.json")
TABLES = ("one", "two", "three", "four", "word", "words")
TREES = ("roots", "feature", "threshold", "left", "right", "value")


def save(model: ConfusionModel, folder: Path, more: dict[str, Any]) -> None:
    """Write config.json and weights.npz; reference.json must be there."""
    if model.trees is None:
        raise ValueError("a model without trees")
    arrays: dict[str, Any] = {
        "table": model.table, "chars": np.array([ord(char) for char in model.chars], np.uint32),
        "starts": model.starts.astype(np.uint32), "targets": model.targets, "kinds": model.kinds, "sieve": model.sieve,
    }  # fmt: skip
    arrays |= {name: getattr(model.ngrams, name) for name in TABLES}
    arrays |= {f"sound_{name}": getattr(model.sounds, name) for name in Sounds.__dataclass_fields__}
    arrays |= {f"tree_{name}": getattr(model.trees, name) for name in TREES}
    np.savez(folder / "weights.npz", **arrays)
    config = {
        "name": "proofread", "format": FORMAT, "limit": model.limit, "review": model.review, "sieve_limit": model.sieve_limit,
        "base": model.trees.base, "depth": model.trees.depth, "kinds": KINDS, **more,
    }  # fmt: skip
    files.write(folder, config, {name: (folder / name).read_bytes() for name in FILES})


def load(folder: Traversable | Path | None = None) -> ConfusionModel:
    """Read the shipped model, or one in a folder.

    Raises:
        ModelError: it is missing, altered or of another format.
    """
    config, contents = files.read("proofread" if folder is None else folder, FILES, FORMAT)
    try:
        with np.load(BytesIO(contents[0]), allow_pickle=False) as arrays:
            data = {name: arrays[name] for name in arrays.files}
        model = ConfusionModel(
            data["table"],
            "".join(map(chr, data["chars"].tolist())),
            Ngrams(*(data[name] for name in TABLES)),
            (data["starts"], data["targets"], data["kinds"]),
            Sounds(*(data[f"sound_{name}"] for name in Sounds.__dataclass_fields__)),
        )
        model.sieve = data["sieve"]
        trees = {name: data[f"tree_{name}"] for name in TREES}
        model.trees = Trees(**trees, base=float(config["base"]), depth=int(config["depth"]))
        model.limit, model.review, model.sieve_limit = (float(config[name]) for name in ("limit", "review", "sieve_limit"))
    except (ValueError, KeyError) as error:
        raise ModelError(f"校对模型的内容不完整：{error!r}") from None
    return model
