"""Rows: a text as lines under headers, and places that lie so near each other that they make a list."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field

from govmedia_screen.chinese.sentences import STOP
from govmedia_screen.formats.labels import Label, Labels
from govmedia_screen.system import lazy

#: How far below a header its columns still count, in code points, and how long a header line can be.
BELOW = 20_000
LONGEST_HEADER = 120
SEPARATORS = ("\t", "|", "｜", ",", "，", "、", "/", " ")
DIGITS = lazy.pattern(r"[0-9]{5}")
CELLS = lazy.pattern(r"[ \t\u3000|｜,]+")
SPACES = lazy.pattern(r"[ \u3000\xa0]+")


@dataclass(slots=True, eq=False)
class Header:
    """A line of labels.

    Attributes:
        start: where the line begins.
        end: where it ends.
        labels: its labels in order.
        separator: what parts its cells.
        cells: for each cell its label or None.
    """

    start: int
    end: int
    labels: list[Label]
    separator: str = ""
    cells: list[Label | None] = field(default_factory=list)


class Rows:
    """The headers of a text: lines with two labels or more, or with one in a row of short cells; no numbers, no sentences."""

    def __init__(self, folded: str, labels: Labels) -> None:
        self.folded = folded
        self.headers: list[Header] = []
        start = 0
        for line in folded.split("\n"):
            if 3 < len(line) <= LONGEST_HEADER and not DIGITS.search(line) and not STOP.search(line):
                found = labels.all(line)
                if len({label.kind for label in found}) > 1 or (found and is_short_row(line)):
                    self.headers.append(self.read(line, start, found, labels))
            start += len(line) + 1
        self.starts = [header.start for header in self.headers]

    @staticmethod
    def read(line: str, start: int, found: list[Label], labels: Labels) -> Header:
        """A header with its cells, if one mark parts them."""
        header = Header(start, start + len(line), found)
        for separator in SEPARATORS:
            cells = cells_of(line, separator)
            if len(cells) >= max(2, len({label.kind for label in found})):
                header.separator = separator
                header.cells = [labels.last(cell) for cell in cells]
                break
        return header

    def at(self, place: int) -> Header | None:
        """The header in whose line a place is."""
        index = bisect_right(self.starts, place) - 1
        return self.headers[index] if index >= 0 and place < self.headers[index].end else None

    def header(self, place: int) -> Header | None:
        """The header that a place stands under."""
        index = bisect_right(self.starts, place) - 1
        if index < 0:
            return None
        header = self.headers[index]
        return header if header.end <= place <= header.end + BELOW else None

    def over(self, place: int) -> Label | None:
        """The label over the column of a place: of its very cell, if rows are parted as the header is."""
        header = self.header(place)
        if header is None:
            return None
        line = self.folded.rfind("\n", 0, place) + 1
        if header.separator:
            end = self.folded.find("\n", place)
            size = len(cells_of(self.folded[line : end if end >= 0 else len(self.folded)], header.separator))
            column = len(cells_of(self.folded[line:place], header.separator)) - 1
            if column < len(header.cells) and 2 * size > len(header.cells):  # less is a piece of a broken row
                label = header.cells[column]
                return None if label and label.kind == "serial" and size < len(header.cells) else label
        return None


def is_short_row(line: str) -> bool:
    """Whether a line is two to eight short cells, so that one label makes it a header (项目 编号 金额)."""
    cells = [cell for cell in CELLS.split(line.strip()) if cell]
    return 2 <= len(cells) <= 8 and max(map(len, cells)) <= 8


def cells_of(line: str, separator: str) -> list[str]:
    """A line's cells; several spaces are one separator."""
    return SPACES.split(line.lstrip()) if separator == " " else line.split(separator)


def apart(spans: Sequence[tuple[int, int]]) -> list[int]:
    """Indices of the spans that do not overlap one before them in the sequence, by place."""
    starts: list[int] = []
    kept: list[tuple[int, int, int]] = []
    for index, (start, end) in enumerate(spans):
        place = bisect_right(starts, start)
        if (place and kept[place - 1][1] > start) or (place < len(kept) and kept[place][0] < end):
            continue
        starts.insert(place, start)
        kept.insert(place, (start, end, index))
    return [index for _, _, index in kept]


def clusters(spans: Sequence[tuple[int, int]], gap: int) -> list[tuple[int, int]]:
    """Indices (first, one past last) of spans in order that follow each other within ``gap`` code points."""
    result: list[tuple[int, int]] = []
    first = 0
    for index in range(1, len(spans) + 1):
        if index == len(spans) or spans[index][0] - spans[index - 1][1] > gap:
            result.append((first, index))
            first = index
    return result if spans else []
