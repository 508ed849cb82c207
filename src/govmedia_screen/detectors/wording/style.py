"""Titles that shout, stock phrases without anything between them, and, where the profile asks, what is vague or unexplained.

Clickbait, slang and vulgar words are lists in ``lexicons/wording/style-words.toml``. ``settings.ambiguity``
and ``settings.abbreviations`` (both off in the default profile) switch on the rest.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import ClassVar

from govmedia_screen.detectors.base import Reading
from govmedia_screen.finding import Finding
from govmedia_screen.lexicon.lexicon import Lexicon
from govmedia_screen.matching.text import Text
from govmedia_screen.profile import Profile
from govmedia_screen.system.lazy import pattern

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
#: A paragraph is empty talk with so many stock phrases at least, and so many in 100 characters.
LEAST_PHRASES, DENSE = 6, 4.0
#: What says which departments, which rules, which day: 住建、环保等有关部门, 《条例》等有关规定, 近日（5月6日）.
WHO = pattern(r"(?:[、等]|[局委办厅院部署司处科室队站所镇乡街道县市])\Z")
WHICH = pattern(r"》(?:（[^（）]{1,20}）)?[^，。；]{0,12}\Z|[》等]的?\Z|第[\d一二三四五六七八九十百]{1,5}条[^，。；]{0,8}\Z")
DAY = pattern(r"[，]?[（(]?(?:\d{1,2}月)?\d{1,2}[日号]")
KINDS = {"部门": WHO, "单位": WHO, "方面": WHO, "规定": WHICH, "要求": WHICH, "政策": WHICH}


class StyleDetector:
    """Find titles in the wrong tone; on request vague words and unexplained abbreviations."""

    family: ClassVar[str] = "wording"

    def __init__(self, lexicon: Lexicon, profile: Profile) -> None:
        self.title = lexicon["wording.style.title"]
        self.empty = lexicon["wording.style.empty"]
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
        if reading.cue_hits and len(phrases := reading.cues("wording.empty")) >= LEAST_PHRASES:
            found.extend(self.empty_talk(phrases))
        if self.more:
            for text in reading.texts:
                found.extend(self.of_text(text))
        return found

    def empty_talk(self, phrases: list[tuple[Text, int, int]]) -> Iterator[Finding]:
        """Paragraphs made of stock phrases."""
        paragraphs: dict[tuple[int, int], list[tuple[Text, int, int]]] = {}
        last = (-1, -1)
        for text, start, end in sorted(phrases, key=lambda one: (one[0].index, one[1], -one[2])):
            if last[0] == text.index and start < last[1]:
                continue  # 狠抓 in 狠抓落实
            last = (text.index, end)
            paragraphs.setdefault((text.index, text.raw.rfind("\n", 0, start)), []).append((text, start, end))
        for (_, before), places in paragraphs.items():
            text = places[0][0]
            end = text.raw.find("\n", before + 1)
            size = (end if end >= 0 else len(text.raw)) - before - 1
            if len(places) >= LEAST_PHRASES and len(places) * 100 >= DENSE * size:
                seen = tuple(dict.fromkeys(text.raw[first:last] for _, first, last in places))
                yield self.empty.finding(text, places[0][1], places[-1][2], evidence=(f"{size}字中{len(places)}处", *seen[:5]))

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
                said = KINDS.get(word[-2:])
                place = raw.find(word)
                while place >= 0:
                    end = place + len(word)
                    if not (said.search(raw, max(0, place - 24), place) if said else DAY.match(raw, end)):
                        yield self.vague.finding(text, place, end)
                        break  # once is told
                    place = raw.find(word, end)
        if self.abbreviations:
            seen: set[str] = set()
            for match in ABBREVIATION.finditer(raw):
                if match[0] not in KNOWN and match[0] not in seen:
                    seen.add(match[0])
                    yield self.abbreviation.finding(text, *match.span())
