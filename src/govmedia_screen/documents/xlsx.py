"""Excel workbooks (.xlsx, .xlsm) → posts, streamed row by row: all sheets, hidden ones too, comments, text boxes, headers.

openpyxl's streaming reader tells nothing of hidden columns and rows and takes ten times as long, so the sheets' XML is
read here; what numbers are dates, and which, openpyxl says.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from govmedia_screen.documents import embedded
from govmedia_screen.documents.bounds import BROKEN, SHEETS
from govmedia_screen.documents.locations import Lines, Location
from govmedia_screen.documents.package import LINK, Package
from govmedia_screen.documents.sheets import Book, Row, letters
from govmedia_screen.errors import InputError
from govmedia_screen.post import Post
from govmedia_screen.system import lazy

N = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
REL = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"
#: The furthest cell that a sheet can have.
ROWS, COLUMNS = 1_048_576, 16_384
#: How many formulas without a stored value are named.
NAMED = 3
WORDS = lazy.pattern('"[^"]*[\u4e00-\u9fff0-9]{2}[^"]*"')
CODES = lazy.pattern(r'&(?:"[^"]{0,100}"|K[0-9A-F]{6}|[0-9]{1,3}|[A-Z])')
HIDDEN = {"hidden": "隐藏的工作表", "veryHidden": "深度隐藏的工作表"}


def posts(data: bytes, name: str) -> Iterator[Post]:
    """The posts of a workbook: one, or several if it is very long.

    Raises:
        InputError: it is broken, encrypted or beyond bounds.
        MissingExtra: lxml or openpyxl is not installed.
    """
    return Workbook(data, name).posts()


class Workbook:
    """Reads one workbook."""

    def __init__(self, data: bytes, name: str) -> None:
        self.package = Package(data, name, SHEETS)
        self.name = name
        self.book = Book(name)
        self.book.aside = frozenset({"comments", "properties", "formulas"})
        self.book.extra = {part: Lines() for part in ("comments", "texts", "links", "formulas", "properties", "pictures")}
        self.unstored: list[str] = []
        mains = [part for part, kind in self.package.types.items() if kind.endswith(".main+xml") and part in self.package.members]
        if not mains:
            raise InputError(f"{name}: 不是有效的 Excel 文件（没有工作簿）")
        self.main = mains[0]
        self.strings = self.shared()
        self.dates = self.styles()
        self.pictured: dict[str, Location] = {}

    def posts(self) -> Iterator[Post]:
        """The posts, the sheets in their order."""
        yield from self.book.posts(self.rows())

    def rows(self) -> Iterator[Row]:
        """The rows of all sheets that are not empty, then what stands beside them."""
        root = self.package.xml(self.main)
        targets = self.package.relations(self.main)
        first = 0
        for one in root.iter(f"{N}workbookPr"):
            first = 1462 if one.get("date1904") in ("1", "true") else 0
        for sheet in root.iter(f"{N}sheet"):
            kind, target, _ = targets.get(sheet.get(f"{REL}id", ""), ("", "", False))
            part = resolved(self.main, target)
            if part not in self.package.members:
                self.book.unread.append(f"工作表“{sheet.get('name')}”的内容找不到")
            elif kind.endswith("/worksheet"):
                title, state = sheet.get("name", ""), HIDDEN.get(sheet.get("state", ""), "")
                yield from self.sheet(part, title, state, first)
                self.beside(part, title, state)
        embedded.properties(self.package, self.book.extra["properties"])
        self.book.unread += embedded.pictures(self.package, "xl/media/", self.pictured, self.book.extra["pictures"])
        self.book.unread += embedded.foreign(self.package)
        if self.unstored:
            shown = "、".join(self.unstored[:NAMED])
            self.book.unread.append(f"有 {len(self.unstored)} 个公式没有存下结果（{shown}），请在 Excel 或 WPS 里打开、保存一次再审")

    def sheet(self, part: str, title: str, state: str, first: int) -> Iterator[Row]:
        """The rows of a sheet."""
        columns: tuple[range, ...] = ()
        number = 0
        with self.package.file.open(self.package.members[part]) as stream:
            tags = tuple(f"{N}{name}" for name in ("row", "col", "headerFooter", "hyperlink", "dataValidation"))
            events = self.package.etree.iterparse(
                stream, events=("end",), tag=tags, resolve_entities=False, no_network=True, load_dtd=False
            )
            try:
                for _, one in events:
                    if one.tag == f"{N}col":
                        if one.get("hidden") in ("1", "true"):
                            columns += (range(whole(one.get("min")), min(whole(one.get("max")), COLUMNS) + 1),)
                        continue
                    if one.tag != f"{N}row":
                        self.noted(one, title, part)
                        one.clear()
                        continue
                    number = whole(one.get("r")) or number + 1
                    cells = self.cells(one, title, number, first)
                    hidden = state or ("隐藏的行" if one.get("hidden") in ("1", "true") else "")
                    one.clear()
                    while one.getprevious() is not None:
                        del one.getparent()[0]
                    if cells:
                        yield Row(title, number, cells, hidden, columns)
            except (self.package.etree.XMLSyntaxError, *BROKEN) as error:
                self.book.unread.append(f"工作表“{title}”第 {number} 行以后已损坏，没有读到（{str(error)[:60]}）")

    def cells(self, row: Any, title: str, number: int, first: int) -> list[tuple[int, str]]:
        """The cells of a row that say something: column and text."""
        found: list[tuple[int, str]] = []
        column = 0
        for cell in row:
            if cell.tag != f"{N}c":
                continue
            column = column_of(cell.get("r")) or column + 1
            kind = cell.get("t", "n")
            text = ""
            formula = ""
            for part in cell:
                if part.tag == f"{N}v":
                    text = part.text or ""
                elif part.tag == f"{N}f":
                    formula = part.text or "="
                elif part.tag == f"{N}is":
                    text = written(part)
            if formula:
                if not text and kind != "str":
                    self.unstored.append(f"{title}!{letters(column)}{number}")
                if WORDS.search(formula):
                    place = Location(sheet=title, cell=f"{letters(column)}{number}", row=number, column=column, state="公式")
                    self.book.extra["formulas"].line(formula, place)
            if not text or column > COLUMNS:
                continue
            if kind == "s":
                index = whole(text)
                text = self.strings[index] if text.isdecimal() and index < len(self.strings) else ""
            elif kind == "n":
                text = number_text(text, self.dates.get(whole(cell.get("s")), False), first)
            if text.strip():
                if found and column <= found[-1][0]:
                    column = found[-1][0] + 1
                found.append((column, text))
        return found

    def noted(self, one: Any, title: str, part: str) -> None:
        """What stands beside the rows in the sheet itself: links, headers, hints of entry."""
        if one.tag == f"{N}headerFooter":
            for line in one:
                if line.text and (text := CODES.sub(" ", line.text).strip()):
                    self.book.extra["texts"].line(text, Location(sheet=title, state="页眉页脚"))
        elif one.tag == f"{N}hyperlink":
            kind, target, outside = (
                self.package.relations(part).get(one.get(f"{REL}id", ""), ("", "", False)) if one.get(f"{REL}id") else ("", "", False)
            )
            if outside and kind == LINK:
                self.book.extra["links"].line(target, Location(sheet=title, cell=one.get("ref", ""), state="链接的地址"))
        else:
            for key in ("promptTitle", "prompt", "errorTitle", "error"):
                if one.get(key):
                    self.book.extra["texts"].line(
                        one.get(key), Location(sheet=title, cell=one.get("sqref", "").split(" ")[0], state="输入提示")
                    )

    def beside(self, part: str, title: str, state: str) -> None:
        """Comments, text boxes and pictures of a sheet."""
        for kind, target, outside in self.package.relations(part).values():
            other = resolved(part, target)
            if outside or other not in self.package.members:
                continue
            last = kind.rpartition("/")[2]
            if last == "comments":
                for comment in self.package.xml(other).iter(f"{N}comment"):
                    where = Location(sheet=title, cell=comment.get("ref", ""), state="批注" + (f"，{state}" if state else ""))
                    if text := written(comment):
                        self.book.extra["comments"].line(text, where)
            elif last == "threadedComment":
                for comment in self.package.xml(other).iter("{*}threadedComment"):
                    if text := "".join(one.text or "" for one in comment.iter("{*}text")):
                        self.book.extra["comments"].line(text, Location(sheet=title, cell=comment.get("ref", ""), state="批注"))
            elif last == "drawing":
                self.drawing(other, title)

    def drawing(self, part: str, title: str) -> None:
        """The text boxes of a sheet; and which pictures are its."""
        root = self.package.xml(part)
        for one in root.iter("{http://schemas.openxmlformats.org/drawingml/2006/main}p"):
            if text := "".join(piece.text or "" for piece in one.iter("{http://schemas.openxmlformats.org/drawingml/2006/main}t")):
                self.book.extra["texts"].line(text, Location(sheet=title, state="文本框"))
        for _, target, outside in self.package.relations(part).values():
            if not outside:
                self.pictured.setdefault(target.rpartition("/")[2], Location(sheet=title))

    def shared(self) -> list[str]:
        """The shared strings."""
        found: list[str] = []
        for part in self.package.of_type(".sharedStrings+xml")[:1]:
            with self.package.file.open(self.package.members[part]) as stream:
                try:
                    for _, one in self.package.etree.iterparse(
                        stream, tag=f"{N}si", resolve_entities=False, no_network=True, load_dtd=False
                    ):
                        found.append(written(one))
                        one.clear()
                        while one.getprevious() is not None:
                            del one.getparent()[0]
                except (self.package.etree.XMLSyntaxError, *BROKEN) as error:
                    raise InputError(f"{self.name}: 文件已损坏（{part}：{str(error)[:80]}）") from None
        return found

    def styles(self) -> dict[int, bool]:
        """Which cell styles show a number as a date."""
        from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format

        result: dict[int, bool] = {}
        for part in self.package.of_type(".styles+xml")[:1]:
            root = self.package.xml(part)
            own = {whole(one.get("numFmtId")): one.get("formatCode", "") for one in root.iter(f"{N}numFmt")}
            for formats in root.iter(f"{N}cellXfs"):
                for index, one in enumerate(formats):
                    code = whole(one.get("numFmtId"))
                    result[index] = bool(is_date_format(own.get(code, BUILTIN_FORMATS.get(code, "General"))))
        return result


def written(element: Any) -> str:
    """The text of a string item, its readings left out."""
    return "".join(one.text or "" for one in element.iter(f"{N}t") if one.getparent().tag != f"{N}rPh")


def number_text(text: str, dated: bool, first: int) -> str:
    """A number as it is shown: a date as ISO text, a long whole number in full."""
    if dated:
        from openpyxl.utils.datetime import from_excel

        try:
            day = from_excel(float(text) + first)
        except (ValueError, OverflowError, TypeError):
            return text
        return day.isoformat(" ").removesuffix(" 00:00:00") if hasattr(day, "year") else str(day)
    if "E" in text or "e" in text:
        try:
            value = float(text)
        except ValueError:
            return text
        return str(int(value)) if abs(value) < 1e20 and value.is_integer() else text
    return text.removesuffix(".0")


def whole(text: str | None) -> int:
    """A number in an attribute, 0 if there is none."""
    return int(text) if text and text.isdecimal() and len(text) < 10 else 0


def column_of(address: str | None) -> int:
    """The column of an address, 0 without one or beyond the last."""
    column = 0
    for char in (address or "")[:4]:
        if not "A" <= char <= "Z":
            break
        column = column * 26 + ord(char) - 64
    return column if column <= COLUMNS else 0


def resolved(part: str, target: str) -> str:
    """The part that a relation of another leads to."""
    import posixpath

    return target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(posixpath.dirname(part), target))
