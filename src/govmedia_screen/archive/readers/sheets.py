"""Workbooks: xlsx as a stream of rows; what older programs and WPS write (xls, et, ods, xlsb) by calamine."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

from govmedia_screen.archive.readers.chunk import ROWS, Chunk, Rejected, shown
from govmedia_screen.archive.readers.header import LONGEST_NAME, VALUES, WITHIN, header, lacking, names_of, repeats, unknown
from govmedia_screen.archive.readers.json_lines import broken
from govmedia_screen.errors import MissingExtra

Cells = tuple[Any, ...]


def read_xlsx(path: Path, name: str, given: Mapping[str, str]) -> Iterator[Chunk]:
    """The chunks of a workbook, sheet by sheet."""
    try:
        import openpyxl
    except ImportError as error:
        raise MissingExtra("xlsx 文件", "archive") from error
    size = path.stat().st_size
    try:
        book = openpyxl.load_workbook(path, read_only=True, data_only=True)
    except Exception as error:  # whatever a broken zip or its XML raises
        yield broken(name, 0, error, size)
        return
    try:
        for sheet in book.worksheets:
            yield from read_sheet(sheet.iter_rows(values_only=True), f"{name}#{sheet.title}", size, given)
    finally:
        book.close()


def read_older(path: Path, name: str, given: Mapping[str, str]) -> Iterator[Chunk]:
    """The chunks of an xls, et, ods or xlsb workbook; each of its sheets is held in memory."""
    try:
        from python_calamine import CalamineWorkbook
    except ImportError as error:
        raise MissingExtra("xls、et、ods 文件", "archive") from error
    size = path.stat().st_size
    try:
        book = CalamineWorkbook.from_path(str(path))
        sheets = list(book.sheet_names)
    except Exception as error:  # whatever a broken workbook raises
        yield broken(name, 0, error, size)
        return
    for title in sheets:
        try:
            rows = book.get_sheet_by_name(title).to_python(skip_empty_area=False)
        except Exception as error:
            yield broken(f"{name}#{title}", 0, error, size)
            continue
        yield from read_sheet((tuple(None if cell == "" else cell for cell in row) for row in rows), f"{name}#{title}", size, given)


def read_sheet(cells: Iterator[Cells], name: str, size: int, given: Mapping[str, str]) -> Iterator[Chunk]:
    """The chunks of one sheet."""
    sheet = Sheet(name, given)
    number = 0
    try:
        for number, row in enumerate(cells, 1):
            if any(cell not in (None, "") for cell in row):
                sheet.add(number, tuple(row))
            if sheet.full:
                yield sheet.chunk()
    except Exception as error:  # a sheet that is broken half way
        sheet.settle()
        if sheet.rows or sheet.rejected:
            yield sheet.chunk()
        yield broken(name, number + 1, error, size)
        return
    sheet.settle()
    if sheet.rows or sheet.rejected or sheet.remarks:
        yield sheet.chunk()


class Sheet:
    """The rows of a sheet: the first are held back until it is known which of them is the header."""

    def __init__(self, name: str, given: Mapping[str, str]) -> None:
        self.name, self.given = name, given
        self.head: list[tuple[int, Cells]] | None = []
        self.names: tuple[str, ...] = ()
        self.unknown = ""
        self.rows: list[tuple[int, Cells]] = []
        self.rejected: list[Rejected] = []
        self.remarks: tuple[Rejected, ...] = ()

    @property
    def full(self) -> bool:
        """Whether there is enough for a chunk."""
        return len(self.rows) >= ROWS or len(self.rejected) >= ROWS

    def add(self, number: int, row: Cells) -> None:
        """Take in a row that is not empty."""
        if self.head is not None:
            self.head.append((number, row))
            if len(self.head) >= WITHIN + VALUES:
                self.settle()
        elif self.unknown:
            self.rejected.append(Rejected(self.name, number, self.unknown, raw_of(row)))
        elif not repeats(row, self.names):
            self.rows.append((number, row))

    def settle(self) -> None:
        """Find the header among the first rows."""
        if self.head is None:
            return
        head, self.head = self.head, None
        if not head:
            return
        rows = [row for _, row in head]
        found = header(rows, self.given)
        if found:
            begin, self.names = found[0] + 1, found[1]
            if said := lacking(self.names, rows[begin:], self.given):
                self.remarks = (Rejected(self.name, 0, said),)
        else:
            self.names = names_of(rows[0])
            begin = int(all(len(one) <= LONGEST_NAME for one in self.names))
            self.unknown = unknown(self.names, rows[begin:])
            if begin == len(rows):  # nothing but names: a title on a cover, an empty form
                self.remarks = (Rejected(self.name, 0, f"只有一行，不像稿件：{raw_of(rows[0])[:80]}"),)
        for number, row in head[begin:]:
            self.add(number, row)

    def chunk(self) -> Chunk:
        """What there is, as a chunk."""
        first = self.rows[0][0] if self.rows else self.rejected[0].row if self.rejected else 0
        made = Chunk(self.name, first, "rows", self.rows, self.names, 0, tuple(self.rejected), self.remarks)
        self.rows, self.rejected, self.remarks = [], [], ()
        return made


def raw_of(row: Sequence[Any]) -> str:
    """How a row begins."""
    return shown("｜".join(cell.isoformat() if isinstance(cell, (date, datetime)) else str(cell) for cell in row if cell is not None))
