"""Workbooks of other formats (.xls, .et, .ods) → posts, by calamine."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

from govmedia_screen.documents.bounds import SHEETS, opened
from govmedia_screen.documents.sheets import Book, Row
from govmedia_screen.documents.xlsx import whole
from govmedia_screen.errors import InputError, MissingExtra
from govmedia_screen.post import Post

T = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
#: How many cells a sheet may span: it is held whole.
AREA = 12_000_000
PICTURED = "文件里有图片，图中的文字没有审；请另存为 .xlsx 再审"


def posts(data: bytes, name: str, kind: str) -> Iterator[Post]:
    """The posts of a workbook.

    Args:
        data: the file's bytes.
        name: its name.
        kind: ``xls`` or ``ods``.

    Raises:
        InputError: it is broken, encrypted or beyond bounds.
        MissingExtra: python-calamine is not installed.
    """
    try:
        from python_calamine import CalamineWorkbook
    except ImportError:
        raise MissingExtra(f"读取 {name}", "documents") from None
    if kind == "ods":
        within(data, name)
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        hidden = {
            one.name: "" if "Visible" in str(one.visible) and "Hidden" not in str(one.visible) else "隐藏的工作表"
            for one in book.sheets_metadata
        }
    except Exception as error:  # whatever calamine raises on a broken or encrypted file
        told = "文件加了密码，请去掉密码再审" if "password" in str(error).lower() else f"不是有效的表格，或已损坏（{str(error)[:80]}）"
        raise InputError(f"{name}: {told}") from None
    made = Book(name)
    if b"MSODRAWING" in data or b"\x89PNG\r\n" in data or b"\xff\xd8\xff\xe0" in data:
        made.unread.append(PICTURED)
    return made.posts(rows(book, hidden, made))


def rows(book: Any, hidden: dict[str, str], made: Book) -> Iterator[Row]:
    """The rows of all sheets that are not empty."""
    for title in book.sheet_names:
        try:
            sheet = book.get_sheet_by_name(title)
            begin = sheet.start or (0, 0)
            for number, cells in enumerate(sheet.iter_rows(), begin[0] + 1):
                said = [(column, text) for column, cell in enumerate(cells, begin[1] + 1) if (text := shown(cell)).strip()]
                if said:
                    yield Row(title, number, said, hidden.get(title, ""))
        except Exception as error:
            made.unread.append(f"工作表“{title}”已损坏，没有读到（{str(error)[:60]}）")


def shown(value: Any) -> str:
    """A cell's value as text."""
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e20:
        return str(int(value))
    if hasattr(value, "isoformat"):
        return str(value.isoformat()).replace("T", " ").removesuffix(" 00:00:00")
    return str(value)


def within(data: bytes, name: str) -> None:
    """Refuse an ODS whose repeated cells would not fit into memory.

    Raises:
        InputError: it spans too much, or is broken.
    """
    from lxml import etree

    packed = opened(data, name, SHEETS)
    try:
        with packed.open("content.xml") as stream:
            high = wide = reached = 0
            for _, one in etree.iterparse(
                stream, tag=(f"{T}table", f"{T}table-row"), resolve_entities=False, no_network=True, load_dtd=False
            ):
                if one.tag == f"{T}table":
                    high = wide = reached = 0
                else:
                    reached += whole(one.get(f"{T}number-rows-repeated")) or 1
                    if across := width(one):
                        high, wide = reached, max(wide, across)
                    if high * wide > AREA:
                        raise InputError(f"{name}: 工作表跨 {high} 行 {wide} 列，过大，没有读")
                one.clear()
    except (KeyError, etree.XMLSyntaxError) as error:
        raise InputError(f"{name}: 不是有效的 ODS 表格（{str(error)[:80]}）") from None


def width(row: Any) -> int:
    """How many columns a row spans, up to its last cell that says something."""
    place = last = 0
    for cell in row:
        place += whole(cell.get(f"{T}number-columns-repeated")) or 1
        if len(cell):
            last = place
    return last
