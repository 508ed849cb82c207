"""Sheets → posts: rows as lines, cells parted by tabs, each with its address; the header again where a list is long.

The rules for lists read a header and the rows below it as far as a page reaches, so a long sheet is laid out as it is
printed: the header stands again above the rows of every page. A very long sheet is several posts, so that memory is bounded.
"""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from govmedia_screen.documents.locations import Lines, Location, Origin, Spots
from govmedia_screen.post import Post
from govmedia_screen.system import lazy

#: How much text stands below a header before it is repeated, in code points; rules look 20,000 below (``formats.rows.BELOW``).
PAGE = 15_000
#: How long a post of a sheet becomes before another is begun, in code points.
LONGEST = 400_000
#: Among how many rows the header is looked for, and how many cells it has at least.
HEADER_WITHIN, HEADER_CELLS = 10, 2
#: More empty cells than this between two others are written as one.
GAP = 64
#: The longest text of a cell that is read, in code points: Excel's own limit with room.
CELL = 100_000
BREAKS = lazy.pattern(r"[\t\r\n\v\f\x85\u2028\u2029]")
DIGITS = lazy.pattern(r"[0-9]{5}")
#: Names that programs give to sheets.
UNNAMED = lazy.pattern(r"(?i)(?:sheet|工作表|表)\s?\d*")


@dataclass(frozen=True, slots=True)
class Row:
    """One row as a reader has it.

    Attributes:
        sheet: the name of its sheet.
        number: its number.
        cells: column, from 1, and text of the cells that are not empty, in order.
        hidden: what hides it (隐藏的工作表、隐藏的行), or nothing.
        columns: the hidden columns.
    """

    sheet: str
    number: int
    cells: Sequence[tuple[int, str]]
    hidden: str = ""
    columns: frozenset[int] | range | tuple[range, ...] = frozenset()


@dataclass(slots=True)
class Grid:
    """The locations of rows: for each line of the part its row; the column is told by the tabs before."""

    starts: array[int] = field(default_factory=lambda: array("L"))
    numbers: array[int] = field(default_factory=lambda: array("L"))
    sheets: list[Row | None] = field(default_factory=list)
    odd: dict[int, tuple[int, ...]] = field(default_factory=dict)
    kinds: list[Row] = field(default_factory=list)

    def add(self, start: int, row: Row, columns: tuple[int, ...] | None) -> None:
        """A line that is a row; ``columns`` are given where they do not follow one another."""
        if not self.kinds or (self.kinds[-1].sheet, self.kinds[-1].hidden, self.kinds[-1].columns) != (row.sheet, row.hidden, row.columns):
            self.kinds.append(Row(row.sheet, 0, (), row.hidden, row.columns))
        if columns is not None:
            self.odd[len(self.starts)] = columns
        self.starts.append(start)
        self.numbers.append(row.number)
        self.sheets.append(self.kinds[-1])

    def at(self, text: str, offset: int) -> Location:
        """The cell in which the code point at an offset stands."""
        index = bisect_right(self.starts, offset) - 1
        if index < 0 or (kind := self.sheets[index]) is None:
            return Location()
        start = self.starts[index]
        if self.numbers[index] == 0:
            return Location(sheet=kind.sheet, state="工作表的名字" + (f"，{kind.hidden}" if kind.hidden else ""))
        tabs = text.count("\t", start, offset)
        columns = self.odd.get(index)
        column = columns[min(tabs, len(columns) - 1)] if columns else tabs + 1
        number = self.numbers[index]
        begin = max(start, text.rfind("\t", start, offset) + 1)
        hidden = [kind.hidden] if kind.hidden else []
        if within(column, kind.columns):
            hidden.append("隐藏的列")
        return Location(
            sheet=kind.sheet,
            cell=f"{letters(column)}{number}",
            row=number,
            column=column,
            state="、".join(hidden),
            character=offset - begin + 1,
        )


class Book:
    """Gathers rows into posts.

    Args:
        name: the file.
    """

    def __init__(self, name: str) -> None:
        self.name = name
        self.extra: dict[str, Lines] = {}
        self.unread: list[str] = []
        self.aside: frozenset[str] = frozenset()
        self.begin()

    def begin(self) -> None:
        """Begin a post."""
        self.lines: list[str] = []
        self.size = 0
        self.grid = Grid()
        self.again: list[tuple[int, int]] = []
        self.since = 0

    def posts(self, rows: Iterable[Row]) -> Iterator[Post]:
        """The posts of all rows; the last one has what stands beside the cells."""
        sheet: str | None = None
        header: Row | None = None
        looked = count = 0
        for row in rows:
            if row.sheet != sheet:
                sheet, header, looked = row.sheet, None, 0
                self.since = 0
                if sheet and not UNNAMED.fullmatch(sheet):
                    self.put(sheet, Row(sheet, 0, (), row.hidden), None)
            if header is None and looked < HEADER_WITHIN:
                looked += 1
                header = row if is_header(row) else None
            elif header is not None and self.since > PAGE:
                if self.size > LONGEST:
                    count += 1
                    yield self.post(count, last=False)
                    self.begin()
                self.repeat(header)
            elif self.size > 2 * LONGEST:
                count += 1
                yield self.post(count, last=False)
                self.begin()
            text, columns = laid_out(row.cells)
            self.put(text, row, columns)
        yield self.post(count + 1, last=True)

    def repeat(self, header: Row) -> None:
        """Let the header stand again above the rows that follow."""
        start = self.size
        text, columns = laid_out(header.cells)
        self.put(text, header, columns)
        self.again.append((start, self.size))
        self.since = 0

    def put(self, text: str, row: Row, columns: tuple[int, ...] | None) -> None:
        """Append a line."""
        self.grid.add(self.size, row, columns)
        self.lines.append(text)
        self.size += len(text) + 1
        self.since += len(text) + 1

    def post(self, count: int, *, last: bool) -> Post:
        """What was gathered as a post."""
        name = self.name if count == 1 else f"{self.name}#{count}"
        spots: dict[str, Spots] = {"body": self.grid}
        extra = {}
        if last:
            for part, lines in self.extra.items():
                if lines:
                    spots[part], extra[part] = lines.spots, lines.text
        origin = Origin(
            name, spots, tuple(self.unread) if last else (), self.aside, again={"body": tuple(self.again)} if self.again else {}
        )
        return Post(body="\n".join(self.lines), id=name, meta={"origin": origin}, extra_parts=extra)


def laid_out(cells: Sequence[tuple[int, str]]) -> tuple[str, tuple[int, ...] | None]:
    """A row's line; and its columns if far-away cells were drawn near."""
    pieces: list[str] = []
    columns: list[int] = []
    before = 0
    odd = False
    for column, text in cells:
        gap = column - before - 1
        if gap > GAP:
            odd = True
            gap = 1
        pieces += [""] * gap
        columns += range(column - gap, column)
        pieces.append(BREAKS.sub(" ", text[:CELL]))
        columns.append(column)
        before = column
    return "\t".join(pieces), tuple(columns) if odd else None


def is_header(row: Row) -> bool:
    """Whether a row may be a header: several short cells without numbers."""
    return len(row.cells) >= HEADER_CELLS and all(len(text) <= 40 and not DIGITS.search(text) for _, text in row.cells)


def within(column: int, hidden: frozenset[int] | range | tuple[range, ...]) -> bool:
    """Whether a column is among the hidden ones."""
    if isinstance(hidden, tuple):
        return any(column in some for some in hidden)
    return column in hidden


def letters(column: int) -> str:
    """A column's letters: 1 is A, 27 is AA."""
    result = ""
    while column > 0:
        column, rest = divmod(column - 1, 26)
        result = chr(65 + rest) + result
    return result
