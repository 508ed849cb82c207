"""What the proof-reading model doubts in a text: of each sentence the surest change."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from govmedia_screen.detectors.wording.confusion_model import KINDS, LONGEST, MARK, ConfusionModel, candidates
from govmedia_screen.detectors.wording.exclusions import is_protected
from govmedia_screen.matching.text import Text


def doubts(model: ConfusionModel, text: Text) -> Iterator[tuple[int, str, float, str]]:
    """Of each sentence the surest change, if it is sure enough: place, characters meant, log-odds, kind of confusion."""
    starts = sentences(text.raw)
    found = candidates(model, text.raw, starts)
    if found is None:
        return
    found, scores = model.scores(text.raw, starts, found)
    proposals = model.proposals(found)
    done = -1
    for one in np.lexsort((-scores, found.sentences)).tolist():
        sentence, place, length, right = proposals[one]
        score = float(scores[one])
        if sentence == done or score <= model.limit:
            continue
        if any(is_protected(text.raw, spot, text.folded) for spot in range(place, place + length)):
            continue
        done = sentence
        yield place, right, score, KINDS[int(found.kinds[one])]


def sentences(raw: str) -> tuple[int, ...]:
    """Where the sentences of a text begin, each at the mark that ends the one before; a very long one is cut."""
    starts = [0]
    for place in [*(match.start() for match in MARK.finditer(raw, 1, max(1, len(raw) - 1))), len(raw) - 1]:
        starts += range(starts[-1] + LONGEST, place, LONGEST)
        if starts[-1] < place < len(raw) - 1:
            starts.append(place)
    return tuple(starts)
