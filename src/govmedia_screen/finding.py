"""Level and Finding: what is wrong, where exactly, how grave, and on which article it rests."""

from __future__ import annotations

import enum
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field

from govmedia_screen.system import lazy

LINE_END = lazy.pattern(r"\r\n|\r|\n")
ASTRAL = lazy.pattern("[\U00010000-\U0010ffff]")


class Level(enum.IntEnum):
    """How grave a finding is: 提示, 送审, 拦截."""

    NOTE = 1
    REVIEW = 2
    BLOCK = 3

    @classmethod
    def of(cls, name: str) -> Level:
        """The level of that name (``note``, ``review``, ``block``); KeyError if there is none."""
        return cls[name.upper()]

    @property
    def label(self) -> str:
        """The word that an editor reads."""
        return ("提示", "送审", "拦截")[self - 1]

    def __str__(self) -> str:
        return self.name.lower()


@dataclass(frozen=True, slots=True)
class Traits:
    """What a rule says of all its findings, beside what an editor reads; see lexicons/README.md.

    Attributes:
        covers: it covers a list or passage, beside the single findings inside it.
        safe: its suggestion can be put in without asking.
        mask: how its text is masked: how many letters and digits stay in front and at the end, or the name of a custom
            (``person``, ``phone``, ``email``, ``address``, ``day``, ``digits``, ``whole``); "" is the family's own way.
        masked: its text is masked in a copy for publication.
        hidden: its text is masked in reports too.
        harmful: of harmful findings of whatever rule and family that overlap one stays.
        waive: who may accept it: its ``author`` in the text, only the ``profile`` or a baseline, or ``nobody``.
        yields: it calls a passage advertising, and yields to people's data in it.
    """

    covers: bool = False
    safe: bool = False
    mask: tuple[int, int] | str = ""
    masked: bool = False
    hidden: bool = False
    harmful: bool = False
    waive: str = "author"
    yields: bool = False


PLAIN = Traits()


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing found in one part of a post.

    ``getattr(post, part)[start:end] == text`` holds for every finding, whatever folding did.
    Offsets are code points (Python's own), in the part as the caller gave it.
    A finding about something that is missing has ``start == end``.

    Attributes:
        rule: the rule's id, e.g. ``privacy.resident-id``; ids are permanent.
        level: how grave.
        part: ``title``, ``body`` or another text field of the post.
        start: first code point of the finding in that part.
        end: one past its last code point.
        text: the slice itself, as the caller wrote it.
        message: what is wrong, for an editor (Chinese).
        suggestion: the text to put in its place, or None if there is none that is safe to offer.
        basis: the article or standard it rests on, e.g. ``第二十条``.
        score: how sure, 0–1.
        evidence: the spans or cues that decided it, in words.
        traits: what its rule says of all its findings.
    """

    rule: str
    level: Level
    part: str
    start: int
    end: int
    text: str
    message: str
    suggestion: str | None = None
    basis: str = ""
    score: float = 1.0
    evidence: tuple[str, ...] = ()
    traits: Traits = field(default=PLAIN, compare=False, repr=False)

    @property
    def family(self) -> str:
        """The first segment of the rule's id."""
        return self.rule.partition(".")[0]

    @property
    def span(self) -> tuple[int, int]:
        """``(start, end)`` in code points."""
        return self.start, self.end

    def to_dict(self, positions: Positions | None = None) -> dict[str, object]:
        """A JSON-ready dictionary.

        Args:
            positions: those of the finding's part; given, the dictionary also has ``line`` and
                ``column`` (from 1, in code points) and ``utf16_start``/``utf16_end`` (from 0, in
                UTF-16 code units, for JavaScript and LSP clients).
        """
        result: dict[str, object] = {
            "rule": self.rule,
            "level": str(self.level),
            "part": self.part,
            "start": self.start,
            "end": self.end,
            "text": self.text,
            "message": self.message,
            "suggestion": self.suggestion,
            "basis": self.basis,
            "score": round(self.score, 4),
            "evidence": list(self.evidence),
        }
        if positions is not None:
            result["line"], result["column"] = positions.line_column(self.start)
            result["end_line"], result["end_column"] = positions.line_column(self.end)
            result["utf16_start"] = positions.utf16(self.start)
            result["utf16_end"] = positions.utf16(self.end)
        return result


class Positions:
    r"""Where the code points of a text stand, in the units of those who count otherwise.

    Args:
        text: a whole part. Its lines end at ``\n``, ``\r\n`` or ``\r``.
    """

    __slots__ = ("astral", "begins")

    def __init__(self, text: str) -> None:
        self.begins = [0, *(match.end() for match in LINE_END.finditer(text))]
        self.astral = [match.start() for match in ASTRAL.finditer(text)]

    def line_column(self, offset: int) -> tuple[int, int]:
        """Line and column of a code point, both from 1."""
        line = bisect_right(self.begins, offset)
        return line, offset - self.begins[line - 1] + 1

    def utf16(self, offset: int) -> int:
        """How many UTF-16 code units stand before a code point; a lone surrogate is one."""
        return offset + bisect_left(self.astral, offset)
