"""Titles that shout, and, where the profile asks, what is vague or unexplained.

Clickbait, slang and vulgar words are lists in ``lexicons/wording-style.toml``. ``settings.ambiguity``
and ``settings.abbreviations`` (both off in the default profile) switch on the rest.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import ClassVar

from govmedia_screen.detectors.base import Reading
from govmedia_screen.finding import Finding
from govmedia_screen.lazy import pattern
from govmedia_screen.lexicon import Lexicon
from govmedia_screen.profile import Profile
from govmedia_screen.text import Text

#: The longest title that WeChat takes, in characters.
LONGEST_TITLE = 64
MOST_EXCLAMATIONS = 2
SHOUT = pattern(r"[！!？?]{3,20}|速看|速转|必看|必转")
ABBREVIATION = pattern(r"(?<![A-Za-z0-9（(./_-])[A-Z]{2,6}(?![A-Za-z0-9）)./_-])")
#: Abbreviations that everybody reads.
KNOWN = frozenset({
    "AI", "APEC", "APP", "AR", "CBA", "CCTV", "CNG", "CPI", "CT", "DNA", "ETC", "GDP", "GPS", "ICU", "IT", "KTV", "LED", "LNG", "MV",
    "NBA", "PDF", "PM", "PMI", "PPI", "PVC", "QQ", "SOS", "USB", "VIP", "VR", "WIFI", "WTO",
})  # fmt: skip


class StyleDetector:
    """Find titles in the wrong tone; on request vague words and unexplained abbreviations."""

    family: ClassVar[str] = "wording"

    def __init__(self, lexicon: Lexicon, profile: Profile) -> None:
        self.title = lexicon["wording.style.title"]
        self.vague = lexicon["wording.style.vague"]
        self.abbreviation = lexicon["wording.style.abbreviation"]
        self.words = lexicon.cue("wording.vague").words
        self.ambiguity = bool(profile.settings.get("ambiguity"))
        self.abbreviations = bool(profile.settings.get("abbreviations"))
        self.more = self.ambiguity or self.abbreviations

    def find(self, reading: Reading) -> Iterable[Finding]:
        """Yield the findings of the title, and of every part if the profile asks."""
        found: list[Finding] = []
        first = reading.texts[0] if reading.texts else None
        if first is not None and first.part == "title":
            found.extend(self.of_title(first))
        if self.more:
            for text in reading.texts:
                found.extend(self.of_text(text))
        return found

    def of_title(self, text: Text) -> Iterator[Finding]:
        """A title that is too long or shouts."""
        raw = text.raw
        if len(raw) > LONGEST_TITLE:
            yield self.title.finding(text, 0, len(raw), evidence=(f"{len(raw)}字",))
        elif match := SHOUT.search(raw):
            yield self.title.finding(text, *match.span())
        elif raw.count("！") + raw.count("!") > MOST_EXCLAMATIONS:
            yield self.title.finding(text, 0, len(raw), evidence=("叹号过多",))

    def of_text(self, text: Text) -> Iterator[Finding]:
        """Words that do not say when or who, and Latin abbreviations that are not explained."""
        raw = text.raw
        if self.ambiguity:
            for word in self.words:
                place = raw.find(word)
                if place >= 0:
                    yield self.vague.finding(text, place, place + len(word))
        if self.abbreviations:
            seen: set[str] = set()
            for match in ABBREVIATION.finditer(raw):
                if match[0] not in KNOWN and match[0] not in seen:
                    seen.add(match[0])
                    yield self.abbreviation.finding(text, *match.span())
