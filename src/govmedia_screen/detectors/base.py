"""What every detector gets and gives: Reading and the protocol Detector."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any, ClassVar, Protocol

from govmedia_screen.finding import Finding
from govmedia_screen.formats.runs import runs_of
from govmedia_screen.lexicon.hits import Hit
from govmedia_screen.lexicon.index import Entry
from govmedia_screen.lexicon.lexicon import Lexicon
from govmedia_screen.matching.fold import Fold
from govmedia_screen.matching.text import Text
from govmedia_screen.post import Post

if TYPE_CHECKING:
    from govmedia_screen.classifier.scores import Scan

LOG = logging.getLogger("govmedia_screen")
#: What an editor is told when a detector fails, and when it points at a place that there is not.
FAILED = "{detector} 出错（{error}），这一项没有审完"
MISPLACED = "{detector} 报了一处与原文对不上的发现，已略去"
NO_HITS: list[Hit] = []
NO_CUES: list[tuple[Text, int, int]] = []


class Reading:
    """One post as the detectors see it.

    Attributes:
        post: the post.
        texts: its published parts (title, body) that are not empty.
        stance: the classifier's scan of the sheet that holds the texts, or None if it is switched off.
        gaps: what could not be screened, part and reason; see ``gap``.
        failed: the detectors that failed, by name; see ``found``.
        notes: what detectors of one post have worked out and share, by a name of their own.
    """

    __slots__ = ("cue_hits", "failed", "gaps", "hit_lists", "notes", "post", "stance", "texts")

    def __init__(self, post: Post, texts: tuple[Text, ...], stance: Scan | None = None) -> None:
        self.post, self.texts, self.stance = post, texts, stance
        self.hit_lists: dict[str, list[Hit]] | None = None
        self.cue_hits: dict[str, list[tuple[Text, int, int]]] | None = None
        self.gaps: list[tuple[str, str]] | None = None
        self.failed: tuple[str, ...] = ()
        self.notes: dict[str, Any] = {}

    @property
    def title(self) -> str:
        """The post's title."""
        return self.post.title

    @property
    def body(self) -> str:
        """The post's body."""
        return self.post.body

    def add(self, entry: Entry, text: Text, start: int, end: int, disguise: Fold) -> None:
        """Take in a verified place: a hit of its rule's family, or a trigger's."""
        if entry.rule is not None:
            if self.hit_lists is None:
                self.hit_lists = {}
            hit = Hit(entry.rule, entry.listed, entry.replacement, text, start, end, disguise, entry.boundary, entry.variant)
            self.hit_lists.setdefault(entry.rule.family, []).append(hit)
        elif entry.cue is not None:
            if self.cue_hits is None:
                self.cue_hits = {}
            self.cue_hits.setdefault(entry.cue.id, []).append((text, start, end))

    def gap(self, part: str, reason: str) -> None:
        """Say that something could not be screened; the post's decision is then at least REVIEW."""
        self.gaps = [*(self.gaps or ()), (part, reason)]

    def fails(self, detector: str, reason: str) -> None:
        """Say that a detector failed on this post."""
        self.failed += (detector,)
        self.gap(self.texts[-1].part if self.texts else "body", reason)

    def hits(self, family: str) -> list[Hit]:
        """The verified hits of a family's terms, by place."""
        return self.hit_lists.get(family, NO_HITS) if self.hit_lists else NO_HITS

    def cues(self, cue_id: str) -> list[tuple[Text, int, int]]:
        """Where a trigger list's words stand: part, start, end (code points)."""
        return self.cue_hits.get(cue_id, NO_CUES) if self.cue_hits else NO_CUES


class Detector(Protocol):
    """What finds one family's findings.

    A class may say what a post must have for it to be asked at all: ``needs = "cues"`` (a trigger
    was seen), ``"runs"`` (that, or a few letters or digits together, see ``patterns.runs``), ``"hits"``
    (a term was seen), ``"stance"`` (the classifier raised something) or ``"reply"`` (it is one); and an instance that has nothing to
    look for may say so by ``idle``.

    ``find`` never raises because of what a post says, keeps no state between posts, and costs
    next to nothing on a post that has nothing for it.
    """

    family: ClassVar[str]

    def find(self, reading: Reading, /) -> Iterable[Finding]:
        """The findings in one post, in any order."""
        ...


#: What looks for one family's findings.
Finder = Callable[[Reading], Iterable[Finding]]


def finders_of(detectors: Iterable[Detector]) -> dict[str, tuple[Finder, ...]]:
    """The detectors that have something to look for, by what a post must have for them; "" is nothing in particular."""
    finders: dict[str, tuple[Finder, ...]] = dict.fromkeys(("", "stance", "runs", "cues", "hits", "reply"), ())
    for detector in detectors:
        if not getattr(detector, "idle", False):
            finders[getattr(detector, "needs", "")] += (detector.find,)
    return finders


def asked(finders: dict[str, tuple[Finder, ...]], reading: Reading) -> tuple[Finder, ...]:
    """Those that a post has something for."""
    chosen = finders[""]
    if reading.stance is not None and reading.stance.raised:
        chosen += finders["stance"]
    if reading.cue_hits:
        chosen += finders["runs"] + finders["cues"]
    elif any(runs_of(text) is not None for text in reading.texts):
        chosen += finders["runs"]
    if reading.hit_lists:
        chosen += finders["hits"]
    if reading.post.kind == "reply":
        chosen += finders["reply"]
    return chosen


def found(finders: dict[str, tuple[Finder, ...]], reading: Reading) -> list[Finding]:
    """What the detectors find in one post; one that fails costs itself alone, and the post is then incomplete."""
    findings: list[Finding] = []
    for find in asked(finders, reading):
        before = len(findings)
        try:
            if here := find(reading):
                findings.extend(here)
            misplaced = len(findings) > before and not all(stands(one, reading.post) for one in findings[before:])
        except Exception as error:  # whatever it is, the other detectors go on
            LOG.debug("a detector failed", exc_info=True)
            reading.fails(name_of(find), FAILED.format(detector=name_of(find), error=type(error).__name__))
            misplaced = True
        else:
            if misplaced:
                reading.fails(name_of(find), MISPLACED.format(detector=name_of(find)))
        if misplaced:
            findings[before:] = [one for one in findings[before:] if stands(one, reading.post)]
    return findings


def stands(finding: object, post: Post) -> bool:
    """Whether a finding is one, and its text stands where it says."""
    if not isinstance(finding, Finding):
        return False
    text = getattr(post, finding.part, None)
    return 0 <= finding.start <= finding.end and (text or "")[finding.start : finding.end] == finding.text


def name_of(find: Finder) -> str:
    """The name of the detector that a finder belongs to."""
    return type(getattr(find, "__self__", find)).__name__


__all__ = ["Detector", "Lexicon", "Reading"]
