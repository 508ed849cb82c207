"""CSV and tab-separated text → posts: a list with the addresses of its cells."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from govmedia_screen.documents.sheets import Book, Row
from govmedia_screen.errors import InputError
from govmedia_screen.io.encoding import decode
from govmedia_screen.post import Post

DELIMITERS = ",\t;|"
#: How much of the file is looked at to tell what parts its cells, in code points.
LOOK = 20_000
#: The longest cell, in code points.
LONGEST = 1 << 20


def posts(data: bytes, name: str) -> Iterator[Post]:
    """The posts of a table; ``="00123"`` as Excel writes it is 00123.

    Raises:
        InputError: it cannot be decoded, or a quote is never closed.
    """
    text, _ = decode(data, name)
    return Book(name).posts(rows(text, name))


def rows(text: str, name: str) -> Iterator[Row]:
    """The rows that are not empty."""
    told = text[4:5] if text[:4].lower() == "sep=" else ""
    delimiter = told or ("\t" if name.lower().endswith(".tsv") else delimiter_of(text[:LOOK]))
    csv.field_size_limit(LONGEST)
    stream = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        for number, row in enumerate(stream, 1):
            cells = [(column, bare(cell)) for column, cell in enumerate(row, 1) if cell.strip()]
            if cells and not (told and number == 1):
                yield Row("", number, cells)
    except csv.Error as error:
        raise InputError(f"{name}: 第 {stream.line_num} 行读不下去（{error}），请检查引号是否配对") from None


def delimiter_of(head: str) -> str:
    """The mark that parts most lines into the same number of cells."""
    lines = [line for line in head.splitlines()[:50] if line.strip()]
    return max(DELIMITERS, key=lambda mark: sum(line.count(mark) > 0 for line in lines) * 1000 + min(999, head.count(mark)))


def bare(cell: str) -> str:
    """A cell without what Excel needs to keep a number as text."""
    cell = cell.strip()
    return cell[2:-1] if cell.startswith('="') and cell.endswith('"') else cell
