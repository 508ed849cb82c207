"""Every text of an Office file in one view: what is printed, what is hidden, properties, links, and what older programs left."""

from __future__ import annotations

from typing import Any

from govmedia_screen.copies.package import Package
from govmedia_screen.copies.runs import DELETED, MARKS, PARAGRAPH, TEXT, W, pieces
from govmedia_screen.copies.view import View

A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
#: Attributes that people read, or that lead to people: descriptions, links, hints, names of sheets, columns, fields.
TOLD = frozenset(
    {
        "descr", "title", "alt", "tooltip", "display", "instr", "string", "prompt", "promptTitle", "error", "errorTitle", "Target", "statusText", "helpText",
        "totalsRowLabel", "headerRowCellStyle", "caption", "displayName", "cp",
    }
)  # fmt: skip
#: Elements whose ``val`` or ``name`` people have written.
NAMED = frozenset(
    {
        "tag",
        "alias",
        "docVar",
        "default",
        "listEntry",
        "listItem",
        "bookmarkStart",
        "statusText",
        "helpText",
        "docPartName",
        "sheet",
        "tableColumn",
        "property",
        "docPr",
        "cNvPr",
    }
)
#: In caches of pivot tables and of other books: values.
CACHED = frozenset({"s", "n", "d"})
#: Elements with numbers for the program, and those that are gathered as lines.
SILENT = frozenset({"posOffset", "pctWidth", "pctHeight", "align", "extLst", "Pages", "Words", "Characters", "Lines", "Paragraphs", "TotalTime", "AppVersion", "DocSecurity", "created", "modified", "revision", "i4"})  # fmt: skip
#: Relationships are looked at where they lead outside.
OUTSIDE = "External"


def word(package: Package) -> View:
    """The view of a Word file: the text first, then all that stands elsewhere."""
    view = View()
    names = sorted(package.xml_names, key=lambda name: name != "word/document.xml")
    for name in names:
        root = package.xml(name)
        for paragraph in root.iter(PARAGRAPH):
            lines(view, paragraph)
        for table in root.iter(f"{W}tbl"):
            rows(view, table)
        drawings(view, root)
    rest(view, package, names)
    return view


def lines(view: View, paragraph: Any) -> None:
    """A paragraph as it is printed, as it was before tracked changes, and its field codes."""
    for deleted in (False, True):
        if deleted and next(paragraph.iter(f"{W}del", f"{W}moveFrom", DELETED), None) is None:
            continue
        view.line()
        along(view, paragraph, deleted)
    if codes := list(paragraph.iter(f"{W}instrText", f"{W}delInstrText")):
        view.line()
        for code in codes:
            view.take(code)


def along(view: View, paragraph: Any, deleted: bool = False) -> None:
    """A paragraph's characters."""
    for element, text in pieces(paragraph, deleted):
        if element.tag in MARKS:
            view.say(text)
        else:
            view.take(element)


def rows(view: View, table: Any) -> None:
    """A table row by row, cells parted by tabs: what a list of people is known by."""
    for row in table.iterfind(f"{W}tr"):
        view.line()
        for number, cell in enumerate(row.iterfind(f"{W}tc")):
            if number:
                view.say("\t")
            for paragraph in cell.iterfind(PARAGRAPH):
                along(view, paragraph)


def drawings(view: View, root: Any) -> None:
    """Paragraphs of shapes, charts and diagrams."""
    for paragraph in root.iter(f"{A}p"):
        view.line()
        for text in paragraph.iter(f"{A}t"):
            view.take(text)


def rest(view: View, package: Package, names: list[str], skipped: frozenset[str] = frozenset()) -> None:
    """All other texts and told attributes, a line each; those of elements that are ``skipped`` are in the view already."""
    for name in names:
        for element in package.xml(name).iter("*"):
            space, _, local = str(element.tag).rpartition("}")
            if element.text and element.text.strip() and element.tag not in (TEXT, DELETED, f"{A}t", *skipped) and is_told(space, local):
                view.line()
                view.take(element)
            for key in element.attrib:
                plain = key.rpartition("}")[2]
                if plain == "Target" and element.get("TargetMode") != OUTSIDE:
                    continue
                if plain in TOLD or (plain in ("val", "name", "value") and local in NAMED) or (plain == "v" and local in CACHED):
                    view.line()
                    view.take(element, key)


def is_told(space: str, local: str) -> bool:
    """Whether an element's text is something that somebody wrote: WordprocessingML and its layout have theirs in runs."""
    return local not in SILENT and "wordprocessing" not in space and not space.endswith("/content-types")
