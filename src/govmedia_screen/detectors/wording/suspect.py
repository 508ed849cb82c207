"""Characters that the neighbours do not expect, where one change makes the text far likelier.

A model of official prose (``models/proofread``: n-gram counts and confusion sets, numbers only) judges each
Han character against those it is mistaken for by sound or shape. Off unless the profile sets
``settings.proofread``; findings are notes, and for review above the model's second limit.
Quotations, names known to jieba and what stands beside Latin letters are left alone.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib import resources
from importlib.resources.abc import Traversable
from io import BytesIO
from pathlib import Path
from typing import Any, ClassVar

import numpy as np
from numpy.typing import NDArray

from govmedia_screen.detectors.base import Reading
from govmedia_screen.detectors.wording.ngrams import Ids, Ngrams
from govmedia_screen.errors import ModelError
from govmedia_screen.finding import Finding, Level
from govmedia_screen.lexicon import Lexicon
from govmedia_screen.profile import Profile
from govmedia_screen.text import Text

KINDS = ("同音", "同音不同调", "近音", "形近")
PENALTY = np.array([1.0, 2.0, 3.0, 3.5])
#: A change that gains less is not looked at (natural logarithm).
LEAST_GAIN = 3.0
FORMAT = 1
#: Which features are multiplied with all others.
CROSSED = 4


@dataclass
class Candidates:
    """The best change at each place that has one; arrays in step."""

    places: NDArray[np.intp]
    old: Ids
    new: Ids
    kinds: NDArray[np.uint8]
    columns: NDArray[np.float64]


class Model:
    """Counts, confusion sets and the weights that judge a change."""

    def __init__(
        self, table: NDArray[np.uint16], chars: str, ngrams: Ngrams, starts: NDArray[np.uint32], targets: NDArray[np.uint16], kinds: NDArray[np.uint8]
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
        arrays = {
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
        folder = folder or resources.files("govmedia_screen").joinpath("models", "proofread")
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


def candidates(model: Model, text: str) -> Candidates | None:
    """The best change at each Han character for which there is one; None if there is none."""
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), "<u4")
    ids = np.zeros(codes.size + 4, np.uint32)
    ids[2:-2] = model.table[np.minimum(codes, 65535)]
    n = model.ngrams
    logs = np.zeros(ids.size)
    logs[2:] = n.log(ids[:-2], ids[1:-1], ids[2:])
    average = float(logs[2:-2].mean()) if codes.size else 0.0
    windows = logs[2:-2] + logs[3:-1] + logs[4:]
    places = ((ids[2:-2] >= model.first_han) & (windows < -(LEAST_GAIN + 1.0 + 3.0))).nonzero()[0]
    if not places.size:
        return None
    old = ids[places + 2]
    begins, sizes = model.starts[old], model.starts[old + 1] - model.starts[old]
    row = np.repeat(np.arange(places.size), sizes)
    flat = np.arange(int(sizes.sum())) - np.repeat(np.cumsum(sizes) - sizes, sizes) + begins[row]
    new = model.targets[flat].astype(np.uint32)
    at = places[row] + 2
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
            gain[chosen], windows[places[row]], likely[chosen], np.full(row.size, average),
            logged(n.pairs(b, new)), logged(n.pairs(new, d)), logged(n.triples(a, b, new)), logged(n.triples(b, new, d)), logged(n.triples(new, d, e)),
            logged(n.triples(a, b, x)), logged(n.triples(b, x, d)), logged(n.triples(x, d, e)), logged(n.pairs(b, x)), logged(n.pairs(x, d)),
            logged(n.one[x].astype(float)), logged(n.one[new].astype(float)),
            *(kinds == kind for kind in range(len(KINDS))), np.full(row.size, codes.size**0.5),
        ],
        axis=1,
    ).astype(np.float64)  # fmt: skip
    return Candidates(at - 2, x, new, kinds, columns)


def features(found: Candidates) -> NDArray[np.float64]:
    """What a change is judged by."""
    return found.columns


def crossed(rows: NDArray[np.float64]) -> NDArray[np.float64]:
    """The features and the products of the first few with all."""
    return np.hstack([rows] + [rows[:, [i]] * rows[:, i:] for i in range(CROSSED)])


class SuspectDetector:
    """Propose single characters that were probably meant otherwise."""

    family: ClassVar[str] = "wording"

    def __init__(self, lexicon: Lexicon, profile: Profile) -> None:
        self.rule = lexicon["wording.suspect.character"]
        self.model = Model.load() if profile.settings.get("proofread") else None

    def find(self, reading: Reading) -> Iterable[Finding]:
        """Yield the findings of every part, if the profile asks for them."""
        if self.model is None:
            return ()
        return [found for text in reading.texts for found in self.of_text(self.model, text)]

    def of_text(self, model: Model, text: Text) -> Iterator[Finding]:
        """Sentence by sentence, the surest change of each."""
        for start, sentence in sentences(text.raw):
            found = candidates(model, sentence)
            if found is None:
                continue
            scores = model.scores(found)
            best = int(scores.argmax())
            score = float(scores[best])
            if score <= model.limit:
                continue
            place = start + int(found.places[best])
            right = model.chars[int(found.new[best])]
            level = Level.REVIEW if score > model.review else Level.NOTE
            kind = KINDS[int(found.kinds[best])]
            yield self.rule.finding(
                text, place, place + 1, level=level, suggestion=right, score=float(1 / (1 + np.exp(-score))), evidence=(f"{text.raw[place]}→{right}", kind)
            )


def sentences(raw: str) -> Iterator[tuple[int, str]]:
    """The sentences of a text with their beginnings; a very long one is cut."""
    start = 0
    for place, char in enumerate(raw):
        if char in "。！？；!?\n" or place - start >= 200:
            if place > start:
                yield start, raw[start : place + 1]
            start = place + 1
    if start < len(raw):
        yield start, raw[start:]
