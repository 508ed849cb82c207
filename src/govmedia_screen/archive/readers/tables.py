"""CSV: streamed by rows; a broken record costs itself and nothing after it."""

from __future__ import annotations

import codecs
import csv
import io
from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from govmedia_screen.archive.readers.chunk import LONGEST, ROWS, SIZE, Chunk, Rejected, shown
from govmedia_screen.archive.readers.header import LONGEST_NAME, VALUES, WITHIN, header, lacking, names_of, repeats, unknown
from govmedia_screen.archive.readers.json_lines import BROKEN, broken, opened
from govmedia_screen.io.columns import MARK, assign

#: A record over more lines than this has lost its closing quote.
LINES = 2000
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


@dataclass(frozen=True, slots=True)
class Layout:
    """How a table of text is laid out.

    Attributes:
        delimiter: what parts the cells.
        above: how many rows that are not empty stand above the first record.
        names: the columns' names.
        unknown: what to say of each record if nobody knows the columns, else nothing.
        lacking: what to say of the table if it tells no day or no account.
    """

    delimiter: str
    above: int
    names: tuple[str, ...]
    unknown: str = ""
    lacking: str = ""


def layout(head: str, given: Mapping[str, str], fixed: str = "") -> Layout:
    """The layout that a file's beginning shows.

    Args:
        head: the beginning.
        given: ``--map``.
        fixed: the delimiter, if the file's name tells it.
    """
    begin = head.lstrip("\ufeff")[:100_000]
    told = begin[4:5] if begin[:4].lower() == "sep=" else ""
    candidates = (told,) if told else (fixed,) if fixed else DELIMITERS
    found: tuple[int, str, list[list[str]]] | None = None
    for delimiter in candidates:
        rows = first_rows(begin, delimiter)
        if (known := header(rows, given)) is not None:
            number, names = known
            return Layout(delimiter, number + 1, names, lacking=lacking(names, rows[number + 1 :], given))
        width = len(rows[-1]) if rows else 0
        if found is None or width > found[0]:
            found = (width, delimiter, rows)
    _, delimiter, rows = found or (0, ",", [])
    rows = rows[1:] if told else rows
    names = names_of(rows[0]) if rows else ()
    headed = all(len(name) <= LONGEST_NAME for name in names)
    return Layout(delimiter, int(bool(told)) + int(headed), names, unknown(names, rows[1:] if headed else rows) if rows else "")


def first_rows(begin: str, delimiter: str) -> list[list[str]]:
    """The first rows that are not empty; the last is left out if it may have been cut off."""
    rows: list[list[str]] = []
    try:
        for row in csv.reader(io.StringIO(begin, newline=""), delimiter=delimiter):
            if row:
                rows.append(row)
            if len(rows) >= WITHIN + VALUES:
                return rows
    except csv.Error:
        pass
    return rows[:-1] if len(begin) >= 100_000 else rows


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
        known = layout(head.decode(encoding, "replace"), given, "\t" if ".tsv" in path.name.lower() else "")
        records = csv.reader(lines, delimiter=known.delimiter, strict=True)
        pile = Pile(name, known, encoding, given)
        above = known.above
        while True:
            first = lines.begin()
            try:
                row = next(records)
            except StopIteration:
                break
            except BROKEN as error:
                pile.reject(first, f"从这里起读不下去（{error}）", "")
                break
            except csv.Error as error:
                pile.reject(first, f"CSV 格式有误（{error}）", lines.taken[0] if lines.taken else "")
                lines.put_back()
                continue
            if not any(row):
                continue
            if above:
                above -= 1
                continue
            if not pile.add(first, row, lines.taken[0], lines.size):
                lines.put_back()
            if pile.full:
                yield pile.chunk(raw.tell())
        if pile.rows or pile.rejected or pile.remarks:
            yield pile.chunk(raw.tell())


class Pile:
    """The records of a table of text that are to be a chunk."""

    def __init__(self, name: str, known: Layout, encoding: str, given: Mapping[str, str]) -> None:
        self.name, self.known, self.encoding = name, known, encoding.removesuffix("-sig").upper()
        fields = assign(known.names, given)
        self.needed = 1 + max((place for place, title in enumerate(known.names) if title in fields), default=len(known.names))
        self.rows: list[tuple[int, list[str]]] = []
        self.rejected: list[Rejected] = []
        self.remarks: tuple[Rejected, ...] = (Rejected(name, 0, known.lacking),) if known.lacking else ()
        self.size = 0

    def reject(self, number: int, reason: str, raw: str) -> None:
        """Tell of a record that cannot be read."""
        self.rejected.append(Rejected(self.name, number, reason, shown(raw)))

    def add(self, number: int, row: list[str], line: str, size: int) -> bool:
        """Take a record or reject it; whether its lines after the first belong to it."""
        names = self.known.names
        if self.known.unknown:
            self.reject(number, self.known.unknown, line)
            return True
        if repeats(row, names):
            return True
        if self.needed <= len(row) < len(names):  # the cells that are missing are of no known column
            row = [*row, *[""] * (len(names) - len(row))]
        while len(row) > len(names) and not row[-1].strip():
            row.pop()
        if len(row) != len(names):
            self.reject(number, f"有 {len(row)} 列，应为 {len(names)} 列", line)
            return False
        if any(MARK in cell for cell in row):
            self.reject(number, f"有一行超过 {LONGEST >> 20} MB，没有读", row[0])
        elif any(not cell.isascii() and not sound(cell) for cell in row):
            self.reject(number, f"有不是 {self.encoding} 编码的字节", line)
        else:
            self.rows.append((number, row))
            self.size += size
        return True

    @property
    def full(self) -> bool:
        """Whether there is enough for a chunk."""
        return len(self.rows) >= ROWS or self.size >= SIZE or len(self.rejected) >= ROWS

    def chunk(self, read: int) -> Chunk:
        """What there is, as a chunk."""
        first = self.rows[0][0] if self.rows else self.rejected[0].row if self.rejected else 0
        made = Chunk(self.name, first, "rows", self.rows, self.known.names, read, tuple(self.rejected), self.remarks)
        self.rows, self.rejected, self.remarks, self.size = [], [], (), 0
        return made


def sound(cell: str) -> bool:
    """Whether a cell holds no byte that could not be decoded."""
    try:
        cell.encode()
    except UnicodeEncodeError:
        return False
    return True
