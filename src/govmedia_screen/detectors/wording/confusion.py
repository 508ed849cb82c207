"""Findings on characters that a model of official prose doubts; see ``confusion_model``, which is loaded when first asked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import TYPE_CHECKING, ClassVar

from govmedia_screen.classifier.scores import probability
from govmedia_screen.detectors.base import Reading
from govmedia_screen.finding import Finding, Level
from govmedia_screen.lexicon.lexicon import Lexicon
from govmedia_screen.matching.text import Text
from govmedia_screen.profile import Profile

if TYPE_CHECKING:
    from govmedia_screen.detectors.wording.confusion_model import ConfusionModel

#: A shorter text has no neighbours to judge by.
SHORTEST = 8


class SuspectDetector:
    """Propose characters that were probably meant otherwise, by the profile's ``settings.proofread``.

    ``true`` tells them as notes, ``"review"`` those for review that are above the model's second limit, ``false`` none.
    """

    family: ClassVar[str] = "wording"

    def __init__(self, lexicon: Lexicon, profile: Profile) -> None:
        self.rule = lexicon["wording.suspect.character"]
        setting = profile.settings.get("proofread")
        self.idle = not setting
        self.reviews = setting == "review"

    @cached_property
    def model(self) -> ConfusionModel:
        """The shipped model.

        Raises:
            ModelError: it is missing, altered or of another format.
        """
        from govmedia_screen.detectors.wording.confusion_files import load

        return load()

    def find(self, reading: Reading) -> Iterable[Finding]:
        """Yield the findings of every part, but for what a listed term already tells."""
        if self.idle:
            return ()
        told = [hit for hits in (reading.hit_lists or {}).values() for hit in hits]
        return [
            found
            for text in reading.texts
            if len(text.raw) >= SHORTEST
            for found in self.of_text(text)
            if not any(hit.text is text and hit.start < found.end and found.start < hit.end for hit in told)
        ]

    def of_text(self, text: Text) -> Iterator[Finding]:
        """One finding for each doubt."""
        from govmedia_screen.detectors.wording.doubts import doubts

        for place, right, score, kind in doubts(self.model, text):
            end = place + len(right)
            yield self.rule.finding(
                text,
                place,
                end,
                level=Level.REVIEW if self.reviews and score > self.model.review else Level.NOTE,
                suggestion=right,
                score=probability(score),
                evidence=(f"{text.raw[place:end]}→{right}", kind),
            )
