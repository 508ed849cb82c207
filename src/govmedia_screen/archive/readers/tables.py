"""CSV and spreadsheets: streamed by rows; a broken record costs itself and nothing after it."""

from __future__ import annotations

import codecs
import csv
import io
from collections import deque
from collections.abc import Iterator, Mapping
from itertools import islice
from pathlib import Path
from typing import Any

from govmedia_screen.archive.readers.chunk import LONGEST, ROWS, SIZE, Chunk, Rejected, shown
from govmedia_screen.archive.readers.json_lines import BROKEN, broken, opened
from govmedia_screen.errors import MissingExtra
from govmedia_screen.io.columns import MARK, assign

#: A record over more lines than this has lost its closing quote.
LINES = 2000
#: Among how many rows of a sheet the header is looked for.
HEADER_WITHIN = 10
#: What may part the cells of a file, the likeliest first.
DELIMITERS = (",", "\t", ";", "|")


class Lines:
    """The physical lines of a text stream, which can be put back."""

    def __init__(self, stream: io.TextIOBase) -> None:
        self.stream = stream
        self.number = 0
        self.back: deque[str] = deque()
        self.taken: list[str] = []
        self.size = 0

    def __iter__(self) -> Lines:
        return self

    def __next__(self) -> str:
        if len(self.taken) >= LINES or self.size > LONGEST:
            raise csv.Error("引号没有配对")
        line = self.back.popleft() if self.back else self.next_line()
        if not line:
            raise StopIteration
        self.number += 1
        self.size += len(line)
        self.taken.append(line)
        return line

    def next_line(self) -> str:
        """One line; of one that is too long only a mark."""
        line = self.stream.readline(LONGEST)
        if len(line) < LONGEST or line.endswith("\n"):
            return line
        while line and not line.endswith("\n"):
            line = self.stream.readline(SIZE)
        return MARK + "\n"

    def begin(self) -> int:
        """Begin a record; the number of its first line."""
        self.taken, self.size = [], 0
        return self.number + 1

    def put_back(self) -> None:
        """Put back all lines of the record but its first."""
        self.back.extendleft(reversed(self.taken[1:]))
        self.number -= len(self.taken) - 1
        self.taken = self.taken[:1]


def encoding_of(head: bytes) -> str:
    """The encoding that a file's beginning shows: a byte order mark, UTF-8, else GB 18030 as Chinese spreadsheets write it."""
    for mark, name in ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16")):
        if head.startswith(mark):
            return name
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        decoder.decode(head)
    except UnicodeDecodeError:
        bad_utf8 = head.decode("utf-8", "replace").count("\ufffd")
        bad_gb = head.decode("gb18030", "replace").count("\ufffd")
        return "utf-8" if bad_utf8 <= bad_gb else "gb18030"
    return "utf-8"


def layout(head: str, given: Mapping[str, str]) -> tuple[int, str]:
    """How many records stand before the header, and what parts the cells, as a file's beginning shows them.

    The header is the first row that names a body or a title; captions and Excel's ``sep=;`` stand above it. If no row
    does so, it is the first.
    """
    begin = head.lstrip("\ufeff")[:100_000]
    told = begin[4:5] if begin[:4].lower() == "sep=" else ""
    for delimiter in (told,) if told else DELIMITERS:
        try:
            for number, row in enumerate(
                row for row in islice(csv.reader(io.StringIO(begin, newline=""), delimiter=delimiter), HEADER_WITHIN) if row
            ):
                if set(assign(row, given).values()) & {"body", "title"}:
                    return number, delimiter
        except csv.Error:
            continue
    return int(bool(told)), told or ","


def read_csv(path: Path, name: str, given: Mapping[str, str]) -> Iterator[Chunk]:
    """The chunks of a file of values parted by commas, tabs or semicolons."""
    stream, raw = opened(path)
    csv.field_size_limit(LONGEST)
    with raw:
        try:
            head = stream.read(1 << 20)
            stream.seek(0)
        except BROKEN as error:
            yield broken(name, 1, error, raw.tell())
            return
        encoding = encoding_of(head)
        text = io.TextIOWrapper(stream, encoding, "surrogateescape" if encoding != "utf-16" else "replace", newline="")
        lines = Lines(text)
        skip, delimiter = layout(head.decode(encoding, "replace"), given)
        if ".tsv" in path.name.lower():
            delimiter = "\t"
        records = csv.reader(lines, delimiter=delimiter, strict=True)
        needed = 0
        names: tuple[str, ...] = ()
        rows: list[tuple[int, list[str]]] = []
        rejected: list[Rejected] = []
        size = 0
        while True:
            first = lines.begin()
            try:
                row = next(records)
            except StopIteration:
                break
            except BROKEN as error:
                rejected.append(Rejected(name, first, f"从这里起读不下去（{error}）"))
                break
            except csv.Error as error:
                rejected.append(Rejected(name, first, f"CSV 格式有误（{error}）", shown(lines.taken[0] if lines.taken else "")))
                lines.put_back()
                continue
            if not row:
                continue
            if skip:
                skip -= 1
                continue
            if not names:
                names = tuple(row)
                needed = 1 + max((place for place, title in enumerate(names) if title in assign(names, given)), default=len(names))
                continue
            if needed <= len(row) < len(names):  # the cells that are missing are of no known column
                row = [*row, *[""] * (len(names) - len(row))]
            if len(row) != len(names):
                rejected.append(Rejected(name, first, f"有 {len(row)} 列，应为 {len(names)} 列", shown(lines.taken[0])))
                lines.put_back()
                continue
            if any(MARK in cell for cell in row):
                rejected.append(Rejected(name, first, f"有一行超过 {LONGEST >> 20} MB，没有读", shown(row[0])))
                continue
            if any(not cell.isascii() and not sound(cell) for cell in row):
                rejected.append(Rejected(name, first, f"有不是 {encoding.removesuffix('-sig').upper()} 编码的字节", shown(lines.taken[0])))
                continue
            rows.append((first, row))
            size += lines.size
            if len(rows) >= ROWS or size >= SIZE:
                yield Chunk(name, rows[0][0], "rows", rows, names, raw.tell(), tuple(rejected))
                rows, rejected, size = [], [], 0
        if rows or rejected:
            yield Chunk(name, rows[0][0] if rows else 0, "rows", rows, names, raw.tell(), tuple(rejected))


def sound(cell: str) -> bool:
    """Whether a cell holds no byte that could not be decoded."""
    try:
        cell.encode()
    except UnicodeEncodeError:
        return False
    return True


def read_xlsx(path: Path, name: str) -> Iterator[Chunk]:
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
            yield from read_sheet(sheet, f"{name}#{sheet.title}", size)
    finally:
        book.close()


def read_sheet(sheet: Any, name: str, size: int) -> Iterator[Chunk]:
    """The chunks of one sheet; its header is the first row that names a body or a title."""
    names: tuple[str, ...] = ()
    rows: list[tuple[int, tuple[Any, ...]]] = []
    number = 0
    try:
        for number, cells in enumerate(sheet.iter_rows(values_only=True), 1):
            if all(cell is None for cell in cells):
                continue
            if not names:
                titles = tuple("" if cell is None else str(cell) for cell in cells)
                if set(assign(titles).values()) & {"body", "title"} or number >= HEADER_WITHIN:
                    names = titles
                continue
            rows.append((number, tuple(cells)))
            if len(rows) >= ROWS:
                yield Chunk(name, rows[0][0], "rows", rows, names, 0)
                rows = []
    except Exception as error:  # a sheet that is broken half way
        if rows:
            yield Chunk(name, rows[0][0], "rows", rows, names, 0)
        yield broken(name, number + 1, error, size)
        return
    if rows:
        yield Chunk(name, rows[0][0], "rows", rows, names, 0)
