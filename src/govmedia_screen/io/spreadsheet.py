"""Tables that offices keep: CSV (UTF-8 or as Excel saves it) and XLSX, by the names of their columns."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources.abc import Traversable
from pathlib import Path

from govmedia_screen.errors import InputError, MissingExtra

#: More rows than this are not an office's table.
MOST_ROWS = 200_000


@dataclass(frozen=True, slots=True)
class Row:
    """One row.

    Attributes:
        number: its line in the table, from 1 as a spreadsheet counts.
        cells: what it has, by key.
    """

    number: int
    cells: Mapping[str, str]

    def __getitem__(self, key: str) -> str:
        return self.cells.get(key, "")


@dataclass(frozen=True, slots=True)
class Table:
    """A table, read.

    Attributes:
        rows: its rows.
        columns: the keys of the columns that it has.
    """

    rows: tuple[Row, ...]
    columns: frozenset[str]


def read(path: Traversable | Path, columns: Mapping[str, Sequence[str]], required: Sequence[str]) -> Table:
    """Read a table; lines that begin with ``#`` are remarks, the first other line is the header.

    Args:
        path: a ``.csv`` or ``.xlsx`` file.
        columns: key → the names that its column may have.
        required: keys without which the table is refused.

    Raises:
        InputError: it cannot be read or lacks a column; the message names it.
        MissingExtra: it is a workbook and openpyxl is not installed.
    """
    header: dict[int, str] = {}
    rows: list[Row] = []
    names = {name: key for key, all_names in columns.items() for name in all_names}
    for number, cells in lines(path):
        if not header:
            header = {place: names[bare(cell)] for place, cell in enumerate(cells) if bare(cell) in names}
            missing = [columns[key][0] for key in required if key not in header.values()]
            if missing:
                raise InputError(f"{path.name}: 表头里没有“{'”“'.join(missing)}”列（表头：{'、'.join(filter(None, cells))[:80]}）")
            continue
        found = {key: cells[place].strip() for place, key in header.items() if place < len(cells) and cells[place].strip()}
        if found:
            rows.append(Row(number, found))
        if len(rows) > MOST_ROWS:
            raise InputError(f"{path.name}: 超过 {MOST_ROWS} 行")
    if not header:
        raise InputError(f"{path.name}: 空表")
    return Table(tuple(rows), frozenset(header.values()))


def bare(cell: str) -> str:
    """A header without spaces, line ends and remarks in brackets."""
    return "".join(cell.split()).partition("（")[0].partition("(")[0].strip("*：:")


def lines(path: Traversable | Path) -> Iterator[tuple[int, list[str]]]:
    """The lines of a file with their numbers, remarks and empty ones left out."""
    cells = workbook(path) if path.name.lower().endswith((".xlsx", ".xlsm")) else separated(path)
    for number, row in enumerate(cells, 1):
        if any(cell.strip() for cell in row) and not row[0].startswith("#"):
            yield number, row


def separated(path: Traversable | Path) -> Iterator[list[str]]:
    """The cells of a CSV file (comma, semicolon or tab)."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise InputError(f"{path}: 无法读取（{error.strerror}）") from None
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = data.decode(encoding)
            break
        except UnicodeDecodeError:
            continue
    else:
        raise InputError(f"{path.name}: 既不是 UTF-8 也不是 GB18030 编码")
    head = next((line for line in text.splitlines() if line.strip() and not line.startswith("#")), "")
    delimiter = max(",\t;", key=head.count)
    try:
        yield from csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    except csv.Error as error:
        raise InputError(f"{path.name}: 不是有效的 CSV（{error}）") from None


def workbook(path: Traversable | Path) -> Iterator[list[str]]:
    """The cells of a workbook's first sheet, dates as ISO text."""
    try:
        from openpyxl import load_workbook
    except ImportError:
        raise MissingExtra(f"读取 {path.name}", "archive") from None
    try:
        book = load_workbook(io.BytesIO(path.read_bytes()), read_only=True, data_only=True)
    except OSError as error:
        raise InputError(f"{path}: 无法读取（{error.strerror}）") from None
    except Exception as error:  # openpyxl raises what its parsers raise
        raise InputError(f"{path.name}: 不是有效的 Excel 文件（{error}）") from None
    for row in book.worksheets[0].iter_rows(values_only=True):
        yield ["" if cell is None else cell.date().isoformat() if hasattr(cell, "date") else str(cell) for cell in row]
