"""Tables that offices keep: CSV (UTF-8 or as Excel saves it) and XLSX, by the names of their columns."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from importlib.resources.abc import Traversable
from itertools import islice
from pathlib import Path

from govmedia_screen.errors import InputError, MissingExtra

#: More rows than this are not an office's table.
MOST_ROWS = 200_000
#: Among how many rows the header is looked for: titles and notes stand above it.
HEADER_WITHIN = 12


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
    """Read a table; lines that begin with ``#`` are remarks, the header is the row that names the most of what is wanted.

    Args:
        path: a ``.csv`` or ``.xlsx`` file.
        columns: key → the names that its column may have.
        required: keys without which the table is refused.

    Raises:
        InputError: it cannot be read or lacks a column; the message names it.
        MissingExtra: it is a workbook and openpyxl is not installed.
    """
    names = {name: key for key, all_names in columns.items() for name in all_names}
    table = [*islice(lines(path), MOST_ROWS + HEADER_WITHIN + 1)]
    if not table:
        raise InputError(f"{path.name}: 空表")
    headers = [
        {place: names[bare(cell)] for place, cell in reversed([*enumerate(cells)]) if bare(cell) in names}
        for _, cells in table[:HEADER_WITHIN]
    ]
    best = max(range(len(headers)), key=lambda number: (len(set(headers[number].values()) & set(required)), len(headers[number]), -number))
    header = headers[best]
    missing = [columns[key][0] for key in required if key not in header.values()]
    if missing:
        told = "、".join(filter(None, table[best][1]))[:80]
        raise InputError(f"{path.name}: 表头里没有“{'”“'.join(missing)}”列（表头：{told}）")
    if len(table) - best - 1 > MOST_ROWS:
        raise InputError(f"{path.name}: 超过 {MOST_ROWS} 行")
    rows: list[Row] = []
    for number, cells in table[best + 1 :]:
        found = {key: cells[place].strip() for place, key in header.items() if place < len(cells) and cells[place].strip()}
        if found and any(bare(cells[place]) not in names for place in header if place < len(cells) and cells[place].strip()):
            rows.append(Row(number, found))
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
    """The cells of a workbook's first sheet that is not empty, dates as ISO text; what is merged stands in each of its cells."""
    try:
        from openpyxl import load_workbook
    except ImportError:
        raise MissingExtra(f"读取 {path.name}", "archive") from None
    try:
        book = load_workbook(io.BytesIO(path.read_bytes()), data_only=True)
    except OSError as error:
        raise InputError(f"{path}: 无法读取（{error.strerror}）") from None
    except Exception as error:  # openpyxl raises what its parsers raise
        raise InputError(f"{path.name}: 不是有效的 Excel 文件（{error}）") from None
    sheet = next((one for one in book.worksheets if one.max_row > 1 or one.max_column > 1), book.worksheets[0])
    spread: dict[tuple[int, int], object] = {}
    for area in sheet.merged_cells.ranges:
        if area.min_col == area.max_col:  # merged downwards: the value holds for each row; across it is a title
            value = sheet.cell(area.min_row, area.min_col).value
            spread |= {(row, area.min_col): value for row in range(area.min_row, area.max_row + 1)}
    for number, row in enumerate(sheet.iter_rows(values_only=True), 1):
        yield [written(spread.get((number, place), cell)) for place, cell in enumerate(row, 1)]


def written(cell: object) -> str:
    """A cell as text."""
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)
