"""Findings on characters that a model of official prose doubts; see ``suspect``, which is loaded only if the profile asks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import ClassVar

from govmedia_screen.classifier.scores import probability
from govmedia_screen.detectors.base import Reading
from govmedia_screen.finding import Finding, Level
from govmedia_screen.lexicon.lexicon import Lexicon
from govmedia_screen.matching.text import Text
from govmedia_screen.profile import Profile


class SuspectDetector:
    """Propose single characters that were probably meant otherwise, if the profile sets ``settings.proofread``."""

    family: ClassVar[str] = "wording"

    def __init__(self, lexicon: Lexicon, profile: Profile) -> None:
        self.rule = lexicon["wording.suspect.character"]
        self.idle = not profile.settings.get("proofread")
        if not self.idle:
            from govmedia_screen.detectors.wording.confusion_model import Model, doubts

            self.model, self.doubts = Model.load(), doubts

    def find(self, reading: Reading) -> Iterable[Finding]:
        """Yield the findings of every part."""
        return () if self.idle else [found for text in reading.texts for found in self.of_text(text)]

    def of_text(self, text: Text) -> Iterator[Finding]:
        """One finding for each doubt."""
        for place, right, score, kind in self.doubts(self.model, text):
            yield self.rule.finding(
                text,
                place,
                place + 1,
                level=Level.REVIEW if score > self.model.review else Level.NOTE,
                suggestion=right,
                score=probability(score),
                evidence=(f"{text.raw[place]}→{right}", kind),
            )
