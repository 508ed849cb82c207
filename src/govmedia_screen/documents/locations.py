"""Where in a file something stands, as a person finds it: paragraph, table cell, sheet and cell, page and line, box of a picture."""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, fields, replace
from typing import Protocol

from govmedia_screen.finding import Finding
from govmedia_screen.post import Post

#: Families that look at what is asked of a text that is printed: they say nothing about deleted text, comments and properties.
OF_PRINT = frozenset({"wording", "source", "commercial", "opinion", "stance", "reply", "collection", "approval", "cadence", "account"})


@dataclass(frozen=True, slots=True)
class Location:
    """One place of a file; what does not apply is 0 or empty. All numbers count from 1, as programs show them.

    Attributes:
        story: what it belongs to if not the text itself: 页眉、页脚、脚注、批注、文本框、文件属性 …
        number: which of several (footnotes, comments, pictures).
        paragraph: the paragraph, tables left out.
        table: the table.
        row: the row of that table, or of a sheet.
        column: the column, by the table's grid.
        sheet: the sheet's name.
        cell: the cell's address on it.
        page: the page.
        line: the line of the page, or of a text file.
        box: left, top, right, bottom from the top left corner: of a page in points, of a picture in pixels.
        state: what a reader would not see: 隐藏的列、修订中已删除的文字 …
        character: which character of the paragraph, cell or line it begins with.
    """

    story: str = ""
    number: int = 0
    paragraph: int = 0
    table: int = 0
    row: int = 0
    column: int = 0
    sheet: str = ""
    cell: str = ""
    page: int = 0
    line: int = 0
    box: tuple[int, int, int, int] | None = None
    state: str = ""
    character: int = 0

    @property
    def label(self) -> str:
        """The place in words: ``第3段第5字（修订中插入的文字）``."""
        words = f"{self.story}{self.number or ''}" if self.story else ""
        if self.page:
            words += f"第{self.page}页"
        if self.sheet:
            words += f"工作表“{self.sheet}”"
        if self.table:
            words += f"表{self.table}第{self.row}行第{self.column}列"
        words += self.cell
        if self.paragraph:
            words += f"第{self.paragraph}段"
        if self.line:
            words += f"第{self.line}行"
        if self.character:
            words += f"第{self.character}字"
        if self.box and not self.line:
            words += f"（{self.box[0]},{self.box[1]}—{self.box[2]},{self.box[3]}）"
        return words + (f"（{self.state}）" if self.state else "")

    def to_dict(self) -> dict[str, object]:
        """What applies, JSON-ready, with the words."""
        said = {one.name: getattr(self, one.name) for one in fields(self)}
        return {"label": self.label} | {name: list(value) if name == "box" else value for name, value in said.items() if value}


class Spots(Protocol):
    """The locations of one part."""

    def at(self, text: str, offset: int) -> Location:
        """Where the code point at an offset of the part's text stands."""
        ...


@dataclass(slots=True)
class Stretches:
    """Locations of stretches of a part: each begins at ``starts`` and holds until the next one.

    ``behind`` says how many characters of its paragraph stand before a stretch that is not its beginning.
    """

    starts: array[int] = field(default_factory=lambda: array("L"))
    places: list[Location] = field(default_factory=list)
    behind: array[int] = field(default_factory=lambda: array("L"))

    def add(self, start: int, place: Location, behind: int = 0) -> None:
        """A further stretch."""
        self.starts.append(start)
        self.places.append(place)
        self.behind.append(behind)

    def at(self, text: str, offset: int) -> Location:
        """Where the code point at an offset stands."""
        index = bisect_right(self.starts, offset) - 1
        if index < 0:
            return Location()
        place = self.places[index]
        return replace(place, character=offset - self.starts[index] + self.behind[index] + 1)


class Lines:
    """Puts a part together line by line, each with its location."""

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.spots = Stretches()
        self.size = 0

    def line(self, text: str, place: Location) -> None:
        """Append a line."""
        self.between()
        self.piece(text, place)

    def between(self) -> None:
        """End the line before, if there is one."""
        if self.pieces:
            self.glue("\n")

    def glue(self, text: str) -> None:
        """Append what stands nowhere."""
        self.pieces.append(text)
        self.size += len(text)

    def piece(self, text: str, place: Location, behind: int = 0) -> None:
        """Append a stretch of a line."""
        self.spots.add(self.size, place, behind)
        self.glue(text)

    @property
    def text(self) -> str:
        """The part."""
        return "".join(self.pieces)

    def __bool__(self) -> bool:
        return any(piece.strip() for piece in self.pieces)


@dataclass(frozen=True)
class Origin:
    """The file that a post was read from; ``Post.meta["origin"]``.

    Attributes:
        name: the file, ``archive.zip!/file`` in an archive.
        spots: for each part, where its text stands.
        unread: what of the file could not be read, and why: the post is then for review at least.
        aside: the parts that are in the file but not printed: only what must not leave the office is looked for.
        within: for a part, the spans that findings must touch (deleted text among what surrounds it).
        again: for a part, spans that repeat others (a table's header over its further rows): findings in them are none.
    """

    name: str
    spots: dict[str, Spots] = field(default_factory=dict)
    unread: tuple[str, ...] = ()
    aside: frozenset[str] = frozenset()
    within: dict[str, Sequence[tuple[int, int]]] = field(default_factory=dict)
    again: dict[str, Sequence[tuple[int, int]]] = field(default_factory=dict)

    def location(self, part: str, text: str, offset: int) -> Location | None:
        """Where the code point at an offset of a part stands; None if that is not known."""
        spots = self.spots.get(part)
        return spots.at(text, offset) if spots else None

    def kept(self, findings: Iterable[Finding]) -> list[Finding]:
        """The findings that count."""
        result = []
        for one in findings:
            if one.part in self.aside and one.family in OF_PRINT:
                continue
            spans = self.within.get(one.part)
            if spans is not None and not any(start < one.end and one.start < end for start, end in spans):
                continue
            if any(start <= one.start and one.end <= end for start, end in self.again.get(one.part, ())):
                continue
            result.append(one)
        return result


def origin_of(post: Post) -> Origin | None:
    """The file that a post was read from, if it was read from one."""
    origin = post.meta.get("origin")
    return origin if isinstance(origin, Origin) else None
