"""The text of WordprocessingML: paragraphs and tables in order, tracked changes both ways, hidden text, text boxes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from govmedia_screen.documents.locations import Lines, Location
from govmedia_screen.system import lazy

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
V = "{urn:schemas-microsoft-com:vml}"
WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
#: What older programs show in place of something newer: the same text once more.
FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
MARKS = {f"{W}tab": "\t", f"{W}br": "\n", f"{W}cr": "\n", f"{W}noBreakHyphen": "-", f"{W}ptab": "\t"}
TEXTS = frozenset({f"{W}t", f"{M}t", f"{A}t", f"{CHART}v"})
GONE = frozenset({f"{W}del", f"{W}moveFrom"})
NEW = frozenset({f"{W}ins", f"{W}moveTo"})
HYPERLINK = lazy.pattern(r'(?:HYPERLINK|INCLUDEPICTURE)\s+"([^"]{1,2000})"')
TELLING = lazy.pattern("[\u4e00-\u9fff]|[0-9]{6}")
INSERTED, STRUCK, HIDDEN = "修订中插入的文字", "修订中已删除的文字", "隐藏文字"
OFF = ("0", "false", "off")


@dataclass(slots=True)
class Piece:
    """A run of text of a paragraph, with the element that holds it."""

    text: str
    element: Any
    state: str = ""


def paragraphs_of(root: Any) -> Iterator[Any]:
    """Every paragraph below an element, those of fallbacks left out."""
    for one in root.iter(f"{W}p", f"{A}p"):
        if not any(above.tag == FALLBACK for above in one.iterancestors()):
            yield one


class Story:
    """Gathers the parts of one file."""

    def __init__(self, titles: frozenset[str]) -> None:
        self.titles = titles
        self.title, self.body, self.deleted, self.linked = Lines(), Lines(), Lines(), Lines()
        self.comment_lines, self.properties, self.pictures = Lines(), Lines(), Lines()
        self.body_elements: list[tuple[int, Any]] = []
        self.title_elements: list[tuple[int, Any]] = []
        self.struck: list[tuple[int, int]] = []
        self.relations: dict[str, tuple[str, str, bool]] = {}
        self.followed: set[str] = set()
        self.pictured: dict[str, Location] = {}
        self.commented: dict[str, Location] = {}
        self.count = self.tables = 0

    def flow(self, container: Any, at: Location) -> None:
        """The paragraphs and tables of a container, one after the other."""
        for child in container:
            if child.tag == f"{W}p":
                self.count += 1
                self.paragraph(child, replace(at, paragraph=self.count))
            elif child.tag == f"{W}tbl":
                self.tables += 1
                self.table(child, replace(at, table=self.tables))
            elif isinstance(child.tag, str) and child.tag not in (FALLBACK, f"{W}sectPr"):
                self.flow(child, at)

    def aside(self, root: Any, called: str, number: int) -> None:
        """A header, footer, the notes, a diagram: every paragraph that says something is a line."""
        for count, one in enumerate(paragraphs_of(root), 1):
            note = next((above.get(f"{W}id") for above in one.iterancestors(f"{W}footnote", f"{W}endnote")), None)
            at = Location(story=called, number=int(note) if note and note.isdecimal() else number, paragraph=0 if note else count)
            self.paragraph(one, at, quiet=True)
        values = [one.text for one in root.iter(f"{CHART}v") if one.text and TELLING.search(one.text)]
        if values:
            self.body.line("\t".join(values), Location(story=called, number=number))

    def comments(self, root: Any) -> None:
        """Comments, each with the paragraph that it stands at."""
        for number, comment in enumerate(root.iter(f"{W}comment"), 1):
            at = self.commented.get(comment.get(f"{W}id", ""), Location())
            place = replace(at, story="批注", number=number, state="批注，不印出来，但在文件里", character=0)
            for one in paragraphs_of(comment):
                text = "".join(piece.text for piece in self.pieces(one, place)[0])
                if text.strip():
                    self.comment_lines.line(text, place)

    def paragraph(self, element: Any, at: Location, *, quiet: bool = False) -> None:
        """A paragraph as a line of the body or as the title; ``quiet`` leaves out an empty one."""
        pieces, after = self.pieces(element, at)
        shown = [piece for piece in pieces if piece.state != STRUCK]
        style = element.find(f"{W}pPr/{W}pStyle")
        said = any(piece.text.strip() for piece in shown)
        if said and not self.title and style is not None and style.get(f"{W}val") in self.titles:
            self.put(self.title, shown, at, self.title_elements)
        elif said or not quiet:
            self.body.between()
            if not self.body.pieces:
                self.body.glue("")
            self.put(self.body, shown, at, self.body_elements)
        self.original(pieces, at)
        for text, place in after:
            self.body.line(text, place)
        self.boxes(element, at)

    def original(self, pieces: list[Piece], at: Location) -> None:
        """What the paragraph was before its changes, if something was struck from it."""
        if not any(piece.state == STRUCK and piece.text.strip() for piece in pieces):
            return
        self.deleted.between()
        place = 0
        for piece in pieces:
            if piece.state == INSERTED:
                continue
            if piece.state == STRUCK:
                self.struck.append((self.deleted.size, self.deleted.size + len(piece.text)))
            self.deleted.piece(piece.text, replace(at, state=piece.state), place)
            place += len(piece.text)

    def boxes(self, element: Any, at: Location) -> None:
        """The text boxes anchored at a paragraph, after it."""
        for box in element.iter(f"{W}txbxContent"):
            above = {one.tag for one in box.iterancestors()}
            if FALLBACK in above or next(box.iterancestors(f"{W}p"), None) is not element:
                continue
            for number, one in enumerate(box.iter(f"{W}p"), 1):
                if next(one.iterancestors(f"{W}txbxContent"), None) is box and FALLBACK not in {up.tag for up in one.iterancestors()}:
                    said = f"{at.story}{at.number or ''}的文本框" if at.story else "文本框"
                    self.paragraph(one, replace(at, story=said, number=number, character=0), quiet=True)

    @staticmethod
    def put(lines: Lines, pieces: list[Piece], at: Location, elements: list[tuple[int, Any]]) -> None:
        """Append pieces, one stretch for those of the same state."""
        place, state = 0, None
        for piece in pieces:
            elements.append((lines.size, piece.element))
            if piece.state != state:
                lines.piece(piece.text, replace(at, state=piece.state), place)
                state = piece.state
            else:
                lines.glue(piece.text)
            place += len(piece.text)
        if not pieces:
            lines.piece("", at)

    def table(self, element: Any, at: Location) -> None:
        """A table: a row is a line, its cells parted by tabs; a cell of several paragraphs keeps their line ends."""
        row = 0
        for one in rows_of(element):
            row += 1
            column = 1
            self.body.between()
            later: list[tuple[Any, Location]] = []
            for cell in one.iter(f"{W}tc"):
                if next(cell.iterancestors(f"{W}tr"), None) is not one:
                    continue
                span = cell.find(f"{W}tcPr/{W}gridSpan")
                wide = number(span.get(f"{W}val")) if span is not None else 1
                if column > 1:
                    self.body.glue("\t")
                place = replace(at, row=row, column=column)
                self.cell(cell, place, later)
                if wide > 1:
                    self.body.glue("\t" * (min(wide, 64) - 1))
                column += wide
            for paragraph, place in later:
                self.boxes(paragraph, place)

    def cell(self, cell: Any, at: Location, later: list[tuple[Any, Location]]) -> None:
        """The text of a cell, that of tables inside it too."""
        begun = False
        for one in paragraphs_of(cell):
            if any(above.tag == f"{W}txbxContent" for above in between(one, cell)):
                continue
            pieces, after = self.pieces(one, at)
            shown = [piece for piece in pieces if piece.state != STRUCK]
            if any(piece.text.strip() for piece in shown):
                if begun:
                    self.body.glue("\n")
                begun = True
                self.put(self.body, shown, at, self.body_elements)
            self.original(pieces, at)
            for text, place in after:
                self.body.line(text, place)
            later.append((one, at))

    def pieces(self, paragraph: Any, at: Location) -> tuple[list[Piece], list[tuple[str, Location]]]:
        """The runs of a paragraph in order, and what stands apart from them: alternative texts, readings, lettering."""
        found: list[Piece] = []
        after: list[tuple[str, Location]] = []
        waiting: list[tuple[Any, str]] = [(child, "") for child in reversed(paragraph)]
        while waiting:
            one, state = waiting.pop()
            tag = one.tag
            if not isinstance(tag, str) or tag in (f"{W}p", f"{A}p", FALLBACK, f"{W}pPr", f"{W}rPr", f"{CHART}v"):
                continue
            if tag in TEXTS or tag == f"{W}delText":
                if one.text:
                    found.append(Piece(one.text, one, STRUCK if tag == f"{W}delText" else state))
            elif tag in MARKS:
                found.append(Piece(MARKS[tag], one, state))
            elif tag == f"{W}instrText":
                for match in HYPERLINK.finditer(one.text or ""):
                    self.linked.line(match[1], replace(at, state="链接的地址"))
            elif tag == f"{W}rt":
                reading = "".join(piece.text or "" for piece in one.iter(f"{W}t"))
                if TELLING.search(reading):
                    after.append((reading, replace(at, state="注音")))
            elif tag == f"{W}commentReference":
                self.commented[one.get(f"{W}id", "")] = at
            else:
                self.noted(one, tag, at, after)
                if tag in GONE:
                    state = STRUCK
                elif tag in NEW and state != STRUCK:
                    state = INSERTED
                elif tag == f"{W}r" and not state and hidden(one):
                    state = HIDDEN
                waiting += [(child, state) for child in reversed(one)]
        return found, after

    def noted(self, one: Any, tag: str, at: Location, after: list[tuple[str, Location]]) -> None:
        """What the attributes of an element say or refer to."""
        if tag == f"{W}hyperlink" or tag.endswith("}hlinkClick"):
            kind = self.relations.get(one.get(f"{R}id", ""))
            if kind and kind[2]:
                self.followed.add(one.get(f"{R}id", ""))
                self.linked.line(kind[1], replace(at, state="链接的地址"))
        elif tag == f"{WP}docPr":
            for key in ("descr", "title"):
                if TELLING.search(one.get(key, "")):
                    after.append((one.get(key), replace(at, state="图片的替代文字")))
        elif tag in (f"{A}blip", f"{V}imagedata"):
            kind = self.relations.get(one.get(f"{R}embed") or one.get(f"{R}id") or "")
            if kind:
                self.pictured.setdefault(kind[1].rpartition("/")[2], at)
        elif tag == f"{V}textpath" and one.get("string"):
            after.append((one.get("string"), replace(at, state="艺术字")))


def rows_of(table: Any) -> Iterator[Any]:
    """The rows of a table itself."""
    for row in table.iter(f"{W}tr"):
        if next(row.iterancestors(f"{W}tbl"), None) is table:
            yield row


def between(inner: Any, outer: Any) -> Iterator[Any]:
    """The elements above one and below another."""
    for above in inner.iterancestors():
        if above is outer:
            return
        yield above


def hidden(run: Any) -> bool:
    """Whether a run is not shown."""
    said = run.find(f"{W}rPr/{W}vanish")
    return said is not None and said.get(f"{W}val") not in OFF


def number(text: str | None) -> int:
    """A count in an attribute, 1 if there is none."""
    return int(text) if text and text.isdecimal() and len(text) < 5 else 1
