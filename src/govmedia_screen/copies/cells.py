"""Cells of a workbook: where they are, what they hold, and what becomes of them when that is masked (ECMA-376-1 §18)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from govmedia_screen.copies.package import Package
from govmedia_screen.copies.texts import drawings, rest
from govmedia_screen.copies.view import View

S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
CELL, VALUE, FORMULA, INLINE, STRING = f"{S}c", f"{S}v", f"{S}f", f"{S}is", f"{S}t"
BOOK = "xl/workbook.xml"
#: A whole number that a program wrote with an exponent; numbers of people have no more digits than these.
EXPONENT = re.compile(r"[0-9](?:\.[0-9]{1,17})?[eE]\+?(?:1[0-9]|[5-9])")
NUMBER = re.compile(r"-?[0-9.]+(?:[eE][+-]?[0-9]+)?")
#: In headers and footers: where text stands and how it looks (§18.3.1.39).
CODES = re.compile(r'&(?:"[^"]{0,200}"|K[0-9A-F]{6}|[0-9]{1,3}(?![0-9])|.)')
HEADERS = tuple(f"{S}{which}{what}" for which in ("odd", "even", "first") for what in ("Header", "Footer"))
#: Empty cells between two that are filled, as tabs; more of them are as many.
WIDEST = 64


def sheets(package: Package) -> dict[str, str]:
    """The sheets: name → member, in their order."""
    related = package.related(BOOK)
    found = {}
    for sheet in package.xml(BOOK).iter(f"{S}sheet"):
        member = related.get(sheet.get(f"{R}id", ""), ("", ""))[1]
        if member in package.members and "/worksheets/" in member:
            found[sheet.get("name", "")] = member
    return found


def shared(package: Package) -> list[list[Any]]:
    """For each shared string the elements of its text, readings left out."""
    return [[text for text in entry.iter(STRING) if text.getparent().tag != f"{S}rPh"] for entry in entries(package)]


def entries(package: Package) -> list[Any]:
    """The shared strings."""
    member = next((target for kind, target in package.related(BOOK).values() if kind.endswith("/sharedStrings")), "")
    return list(package.xml(member).iterfind(f"{S}si")) if member in package.members else []


def holders(cell: Any, strings: list[list[Any]]) -> list[Any]:
    """The elements that hold what a cell shows."""
    if cell.get("t") == "inlineStr":
        return [text for text in cell.iter(STRING) if text.getparent().tag != f"{S}rPh"]
    value = cell.find(VALUE)
    if value is None or not value.text:
        return []
    if cell.get("t") == "s":
        number = int(value.text) if value.text.isdigit() else len(strings)
        return strings[number] if number < len(strings) else []
    if cell.get("t") in (None, "n") and EXPONENT.fullmatch(value.text):
        value.text = f"{float(value.text):.0f}"
    return [value]


def excel(package: Package) -> View:
    """The view of a workbook: its sheets row by row, cells parted by tabs, hidden ones too; then all that stands elsewhere."""
    view, strings = View(), shared(package)
    members = list(dict.fromkeys([*sheets(package).values(), *(one for one in package.xml_names if one.startswith("xl/worksheets/sheet"))]))
    for member in members:
        for row in package.xml(member).iter(f"{S}row"):
            view.line()
            last = 0
            for cell in row.iterfind(CELL):
                column = column_of(cell.get("r", "")) or last + 1
                if last:
                    view.say("\t" * max(1, min(WIDEST, column - last)))
                last = column
                for holder in holders(cell, strings):
                    view.take(holder)
    for entry in entries(package):
        for text in entry.iter(STRING):
            view.line()
            view.take(text)
    for name in package.xml_names:
        root = package.xml(name)
        drawings(view, root)
        for text in root.iter(f"{S}text"):
            view.line()
            for piece in text.iter(STRING):
                view.take(piece)
        for text in root.iterfind(f"{S}headerFooter/*"):
            view.line()
            view.take(text, codes=CODES)
    rest(view, package, package.xml_names, skipped=frozenset({VALUE, STRING, *HEADERS}))
    return view


def column_of(reference: str) -> int:
    """The number of the column in an address, from 1; 0 if there is none."""
    number = 0
    for char in reference.rstrip("0123456789"):
        number = number * 26 + ord(char) - 64
    return max(0, number)


def settle(package: Package, mask: str) -> None:
    """Make texts of the numbers that were masked, and values of the formulas that would give again what was."""
    dropped = False
    for member in [one for one in package.xml_names if one.startswith("xl/worksheets/")]:
        root = package.xml(member)
        gone: set[str] = set()
        for cell in root.iter(CELL):
            value, formula = cell.find(VALUE), cell.find(FORMULA)
            masked = value is not None and mask in (value.text or "")
            if formula is not None and (masked or mask in (formula.text or "")):
                if formula.get("t") == "shared":
                    gone.add(formula.get("si", ""))
                cell.remove(formula)
                dropped = True
            if value is not None and masked and cell.get("t") in (None, "n") and not NUMBER.fullmatch(value.text):
                as_text(cell, value)
        for formula in list(root.iter(FORMULA)) if gone else ():
            if formula.get("t") == "shared" and formula.get("si") in gone:
                formula.getparent().remove(formula)
    if dropped and "xl/calcChain.xml" in package.members:
        package.remove("xl/calcChain.xml")


def as_text(cell: Any, value: Any) -> None:
    """A number's cell as one of text, its style kept."""
    cell.set("t", "inlineStr")
    inline = cell.makeelement(INLINE)
    text = cell.makeelement(STRING)
    text.text = value.text
    inline.append(text)
    cell.replace(value, inline)


def shown(package: Package) -> Iterator[tuple[str, str, str]]:
    """Every cell that shows something: member of its sheet, address, text."""
    strings = shared(package)
    for member in sheets(package).values():
        for cell in package.xml(member).iter(CELL):
            if text := "".join(one.text or "" for one in holders(cell, strings)):
                yield member, cell.get("r", ""), text
