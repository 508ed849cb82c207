"""Text: as written, as matched, and the way back.

A ``Sheet`` is one or many parts laid end to end, folded in one go; a ``Text`` is one part of
it. The folded view drops noise and repetition, and ``where`` leads from every place of
the view back to the caller's own code point.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from typing import Any

from govmedia_screen.chinese.sentences import bounds
from govmedia_screen.matching.fold import BREAK, codes_of, folded, numbers, projected, tables
from govmedia_screen.system.native import core

#: Where a sentence ends (GB/T 15834: 句号、问号、叹号、分号) and where a line does.


#: What has not been looked for yet.
UNKNOWN = object()


class Sheet:
    """Parts laid end to end, each closed by a break that no term and no pattern crosses.

    Attributes:
        joined: all parts in one, each closed by a break.
        view: the folded code points (dropped characters left out, repeats once), 16 bits each as this machine writes them.
        where: for each place in ``view`` its index in ``joined``.
        letters: the projection to ASCII letters and digits, one byte for each code point of ``joined``.
        starts: where each part begins in ``joined``.
    """

    __slots__ = ("_letters", "joined", "parts", "starts", "view", "where")

    def __init__(self, parts: Sequence[str]) -> None:
        joined = BREAK.join(parts) + BREAK if len(parts) > 1 else parts[0] + BREAK
        if joined.count(BREAK) > len(parts):  # a caller's own U+FFFF must not look like a break
            parts = [part.replace(BREAK, "\ufffe") for part in parts]
            joined = BREAK.join(parts) + BREAK
        self.parts = parts
        starts, start = [], 0
        for part in parts:
            starts.append(start)
            start += len(part) + 1
        self.starts = starts
        self.joined = joined
        self.view, self.where = folded_view(joined)
        self._letters: bytes | None = None

    @property
    def letters(self) -> bytes:
        """The projection to ASCII, made when first asked for."""
        if self._letters is None:
            self._letters = projected(self.joined, tables().letters)
        return self._letters

    def part_at(self, index: int) -> int:
        """Which part holds that index of ``joined``."""
        return bisect_right(self.starts, index) - 1


class Text:
    """One part of one post, as written and as matched.

    Attributes:
        part: the part's name, ``title`` or ``body``.
        raw: the part as the caller gave it.
        start: where it begins on its sheet.
        index: which of the sheet's parts it is.
        runs: where it has letters and digits, see ``patterns.runs``; ``UNKNOWN`` until somebody asks.
    """

    __slots__ = ("_ascii", "_folded", "index", "part", "raw", "runs", "sheet", "start")

    def __init__(self, part: str, raw: str, sheet: Sheet, index: int) -> None:
        self.part, self.raw, self.sheet, self.index = part, raw, sheet, index
        self.start = sheet.starts[index]
        self.runs: Any = UNKNOWN
        self._folded: str | None = None
        self._ascii: bytes | None = None

    def __repr__(self) -> str:
        return f"Text({self.part!r}, {self.raw[:20]!r}…)"

    @property
    def folded(self) -> str:
        """The part with width, case, traditional forms and digit styles folded; same length, same offsets."""
        if self._folded is None:
            self._folded = folded(self.sheet.parts[self.index])
        return self._folded

    @property
    def ascii(self) -> bytes:
        """The part's ASCII letters, digits and punctuation, one byte a code point; same length, same offsets."""
        if self._ascii is None:
            self._ascii = self.sheet.letters[self.start : self.start + len(self.raw)]
        return self._ascii

    def window(self, start: int, end: int, reach: int = 20) -> str:
        """The folded text from ``reach`` code points before the span to ``reach`` after it."""
        return self.folded[max(0, start - reach) : end + reach]

    def sentence(self, start: int, end: int, reach: int = 400) -> tuple[int, int]:
        """The bounds of the sentence, or sentences, that hold the span; at most ``reach`` code points to either side of it."""
        return bounds(self.raw, start, end, reach, reach)


def folded_view(text: str) -> tuple[bytes, Sequence[int]]:
    """The folded code points, dropped ones left out and repeats once, and for each its place in the text."""
    table = tables().fold
    if core is not None:
        view, places = core.fold(text, table)
        return view, memoryview(places).cast("I")
    import numpy as np

    codes = numbers(table).take(codes_of(text))
    where = codes.nonzero()[0]
    kept = codes.take(where)
    first = np.empty(kept.size, dtype=bool)
    first[:1] = True
    np.not_equal(kept[1:], kept[:-1], out=first[1:])
    return kept[first].tobytes(), where[first].astype(np.uint32).data


def one(text: str, part: str = "body") -> Text:
    """A text by itself."""
    return Text(part, text, Sheet([text]), 0)
