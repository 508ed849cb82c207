"""What every detector gets and gives: Reading and the protocol Detector."""

from __future__ import annotations

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

NO_HITS: list[Hit] = []
NO_CUES: list[tuple[Text, int, int]] = []


class Reading:
    """One post as the detectors see it.

    A Reading answers for its post: ``reading.body`` is ``reading.post.body``.

    Attributes:
        post: the post.
        texts: its published parts (title, body) that are not empty.
        stance: the classifier's scan of the sheet that holds the texts, or None if it is switched off.
        gaps: what could not be screened, part and reason; see ``gap``.
        notes: what detectors of one post have worked out and share, by a name of their own.
    """

    __slots__ = ("cue_hits", "gaps", "hit_lists", "notes", "post", "stance", "texts")

    def __init__(self, post: Post, texts: tuple[Text, ...], stance: Scan | None = None) -> None:
        self.post, self.texts, self.stance = post, texts, stance
        self.hit_lists: dict[str, list[Hit]] | None = None
        self.cue_hits: dict[str, list[tuple[Text, int, int]]] | None = None
        self.gaps: list[tuple[str, str]] | None = None
        self.notes: dict[str, Any] = {}

    def __getattr__(self, name: str) -> Any:
        return getattr(self.post, name)

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


__all__ = ["Detector", "Lexicon", "Reading"]
