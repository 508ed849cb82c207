"""What becomes of labelled texts in a whole screening: raised or not, and by which words."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from govmedia_screen.classifier.model import LABELS, Model
from govmedia_screen.detectors.base import Reading
from govmedia_screen.detectors.stance import StanceDetector
from govmedia_screen.detectors.stance.detector import Heard
from govmedia_screen.lexicon import lexicon as lexicons
from govmedia_screen.matching.text import Sheet, Text, one
from govmedia_screen.post import Post

BATCH = 512


class Verdicts:
    """A model with the shipped lists of words, as the stance detector asks both."""

    def __init__(self, model: Model) -> None:
        self.model, self.detector = model, StanceDetector(lexicons.load())

    def raised(self, texts: Sequence[str]) -> NDArray[np.bool_]:
        """Whether each text has a finding of each label."""
        result = np.zeros((len(texts), len(LABELS)), dtype=bool)
        for start in range(0, len(texts), BATCH):
            sheet = Sheet(texts[start : start + BATCH])
            scan = self.model.scan(sheet.joined, sheet.starts)
            for part in scan.raised:
                text = Text("body", sheet.parts[part], sheet, part)
                for finding in self.detector.find(Reading(Post(text.raw), (text,), scan)):
                    result[start + part, LABELS.index(finding.rule.partition(".")[0])] = True
        return result

    def evidence(self, text: str, label: int) -> tuple[str, ...]:
        """The words of a text that weigh most for a label."""
        alone = one(text)
        heard = Heard(self.detector, self.model.scan(alone.sheet.joined, alone.sheet.starts), alone)
        return heard.strongest(label, 0, len(text))
