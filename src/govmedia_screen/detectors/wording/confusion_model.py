"""Characters that the neighbours do not expect, where one change makes the text far likelier.

A model of official prose (``models/proofread``: n-gram counts and confusion sets, numbers only) judges each
Han character against those it is mistaken for by sound or shape; names, titles, numerals and terms are
left alone (``protect.py``). Off unless the profile sets ``settings.proofread``; findings are notes, and for
review above the model's second limit. One sentence gives one finding at most: the surest.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources.abc import Traversable
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from govmedia_screen.chinese.sentences import STOPS
from govmedia_screen.detectors.wording.exclusions import is_protected
from govmedia_screen.detectors.wording.ngrams import Ids, Ngrams
from govmedia_screen.errors import ModelError
from govmedia_screen.matching.text import Text

KINDS = ("同音", "同音不同调", "近音", "形近")
PENALTY = np.array([1.0, 2.0, 3.0, 3.5])
#: A change that gains less is not looked at (natural logarithm).
LEAST_GAIN = 3.0
FORMAT = 1
#: A character whose three n-grams are at least so likely together is expected where it stands.
EXPECTED = -13.0
#: A longer sentence is cut.
LONGEST = 200
#: Which features are multiplied with all others.
CROSSED = 4


@dataclass
class Candidates:
    """The best change at each place that has one; arrays in step."""

    places: NDArray[np.intp]
    sentences: NDArray[np.intp]
    new: Ids
    kinds: NDArray[np.uint8]
    columns: NDArray[np.float64]


class Model:
    """Counts, confusion sets and the weights that judge a change."""

    def __init__(
        self,
        table: NDArray[np.uint16],
        chars: str,
        ngrams: Ngrams,
        starts: NDArray[np.uint32],
        targets: NDArray[np.uint16],
        kinds: NDArray[np.uint8],
    ) -> None:
        self.table, self.chars, self.ngrams = table, chars, ngrams
        self.starts, self.targets, self.kinds = starts.astype(np.intp), targets, kinds
        self.first_han = chars.index("A") + 1
        self.limit = self.review = 99.0

    def judge(self, weights: NDArray[np.float64], bias: float, mean: NDArray[np.float64], deviation: NDArray[np.float64]) -> None:
        """Take the weights."""
        self.weights, self.bias, self.mean, self.deviation = weights, bias, mean, deviation

    def scores(self, found: Candidates) -> NDArray[np.float64]:
        """How sure each change is, as log-odds."""
        return crossed((features(found) - self.mean) / self.deviation) @ self.weights + self.bias

    def best(self, text: str) -> float:
        """The surest change of a text; a low number if there is none."""
        found = candidates(self, text)
        return -99.0 if found is None else float(self.scores(found).max())

    def save(self, folder: Path, limit: float, review: float, kinds: tuple[str, ...], more: dict[str, Any]) -> None:
        """Write config.json and weights.npz."""
        folder.mkdir(parents=True, exist_ok=True)
        arrays: dict[str, Any] = {
            "table": self.table, "chars": np.array([ord(char) for char in self.chars], np.uint32), "one": self.ngrams.one, "two": self.ngrams.two,
            "three": self.ngrams.three, "starts": self.starts.astype(np.uint32), "targets": self.targets, "kinds": self.kinds,
            "weights": self.weights, "mean": self.mean, "deviation": self.deviation,
        }  # fmt: skip
        np.savez_compressed(folder / "weights.npz", **arrays)
        config = {"name": folder.name, "format": FORMAT, "limit": limit, "review": review, "bias": self.bias, "kinds": kinds, **more}
        (folder / "config.json").write_text(json.dumps(config, ensure_ascii=False, indent=1) + "\n", "utf-8")

    @classmethod
    def load(cls, folder: Traversable | Path | None = None) -> Model:
        """Read the shipped model, or one in a folder.

        Raises:
            ModelError: it is missing or of another format.
        """
        if folder is None:
            from govmedia_screen.classifier.model import find

            folder = find("proofread")
        try:
            config = json.loads(folder.joinpath("config.json").read_text("utf-8"))
            with np.load(BytesIO(folder.joinpath("weights.npz").read_bytes()), allow_pickle=False) as arrays:
                data = {name: arrays[name] for name in arrays.files}
        except (OSError, ValueError, KeyError) as error:
            raise ModelError(f"校对模型读不出来：{error}") from None
        if config.get("format") != FORMAT:
            raise ModelError(f"校对模型的格式是 {config.get('format')!r}，本版本只认 {FORMAT}")
        chars = "".join(map(chr, data["chars"].tolist()))
        model = cls(data["table"], chars, Ngrams(data["one"], data["two"], data["three"]), data["starts"], data["targets"], data["kinds"])
        model.judge(data["weights"], float(config["bias"]), data["mean"], data["deviation"])
        model.limit, model.review = float(config["limit"]), float(config["review"])
        return model


def candidates(model: Model, text: str, starts: tuple[int, ...] = (0,)) -> Candidates | None:
    """The best change at each Han character for which there is one; None if there is none.

    Args:
        model: the model.
        text: a text.
        starts: where its sentences begin; a sentence does not see its neighbours.
    """
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), "<u4")
    if not codes.size:
        return None
    begins = np.array(starts, np.intp)
    sizes = np.diff(begins, append=codes.size)
    owner = np.repeat(np.arange(begins.size), sizes)
    spots = np.arange(codes.size) + 2 * (owner + 1)  # two empty places before every sentence and after the last
    ids = np.zeros(codes.size + 2 * (begins.size + 1), np.uint32)
    ids[spots] = model.table[np.minimum(codes, 65535)]
    n = model.ngrams
    logs = np.zeros(ids.size)
    logs[2:] = n.log(ids[:-2], ids[1:-1], ids[2:])
    averages = np.add.reduceat(logs[spots], begins) / sizes
    windows = logs[spots] + logs[spots + 1] + logs[spots + 2]
    places = ((ids[spots] >= model.first_han) & (windows < EXPECTED)).nonzero()[0]
    if not places.size:
        return None
    old = ids[spots[places]]
    first, many = model.starts[old], model.starts[old + 1] - model.starts[old]
    row = np.repeat(np.arange(places.size), many)
    flat = np.arange(int(many.sum())) - np.repeat(np.cumsum(many) - many, many) + first[row]
    new = model.targets[flat].astype(np.uint32)
    at = spots[places[row]]
    left, right = n.pairs(ids[at - 1], new), n.pairs(new, ids[at + 1])
    keep = ((left > 0) & (ids[at - 1] > 0)) | ((right > 0) & (ids[at + 1] > 0))
    row, new, at, flat = row[keep], new[keep], at[keep], flat[keep]
    if not row.size:
        return None
    a, b, d, e = ids[at - 2], ids[at - 1], ids[at + 1], ids[at + 2]
    likely = n.log(a, b, new) + n.log(b, new, d) + n.log(new, d, e)
    kinds = model.kinds[flat]
    gain = likely - windows[places[row]] - PENALTY[kinds]
    order = np.lexsort((-gain, row))
    chosen = order[np.unique(row[order], return_index=True)[1]]
    chosen = chosen[gain[chosen] > LEAST_GAIN]
    if not chosen.size:
        return None
    row, new, at, kinds = row[chosen], new[chosen], at[chosen], kinds[chosen]
    a, b, x, d, e = ids[at - 2], ids[at - 1], ids[at], ids[at + 1], ids[at + 2]
    logged = np.log1p
    columns = np.stack(
        [
            gain[chosen], windows[places[row]], likely[chosen], averages[owner[places[row]]],
            logged(n.pairs(b, new)), logged(n.pairs(new, d)), logged(n.triples(a, b, new)), logged(n.triples(b, new, d)), logged(n.triples(new, d, e)),
            logged(n.triples(a, b, x)), logged(n.triples(b, x, d)), logged(n.triples(x, d, e)), logged(n.pairs(b, x)), logged(n.pairs(x, d)),
            logged(n.one[x].astype(float)), logged(n.one[new].astype(float)),
            *(kinds == kind for kind in range(len(KINDS))), sizes[owner[places[row]]] ** 0.5,
        ],
        axis=1,
    ).astype(np.float64)  # fmt: skip
    return Candidates(places[row], owner[places[row]], new, kinds, columns)


def features(found: Candidates) -> NDArray[np.float64]:
    """What a change is judged by."""
    return found.columns


def crossed(rows: NDArray[np.float64]) -> NDArray[np.float64]:
    """The features and the products of the first few with all."""
    return np.hstack([rows] + [rows[:, [i]] * rows[:, i:] for i in range(CROSSED)])


def doubts(model: Model, text: Text) -> Iterator[tuple[int, str, float, str]]:
    """Of each sentence the surest change, if it is sure enough: place, character meant, log-odds, kind of confusion."""
    found = candidates(model, text.raw, sentences(text.raw))
    if found is None:
        return
    scores = model.scores(found)
    done = -1
    for one in np.lexsort((-scores, found.sentences)).tolist():
        sentence, score, place = int(found.sentences[one]), float(scores[one]), int(found.places[one])
        if sentence == done or score <= model.limit or is_protected(text.raw, place, text.folded):
            continue
        done = sentence
        yield place, model.chars[int(found.new[one])], score, KINDS[int(found.kinds[one])]


def sentences(raw: str) -> tuple[int, ...]:
    """Where the sentences of a text begin; a very long one is cut."""
    starts = [0]
    for place, char in enumerate(raw[:-1], 1):
        if char in STOPS or place - starts[-1] >= LONGEST:
            starts.append(place)
    return tuple(starts)
