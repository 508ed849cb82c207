"""Lists: three or more rows of personal data are a leak of their own, whatever each row is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from govmedia_screen.detectors.privacy.labelled import Item, Place
from govmedia_screen.finding import Level
from govmedia_screen.formats.names import is_name
from govmedia_screen.formats.rows import DIGITS, Header, cells_of, clusters

#: How many rows make a list, and how far apart two of its values can be (code points).
ROWS, GAP = 3, 160
#: The same within one table.
FAR = 800
#: How far before a list its heading is looked for.
HEADING = 160


@dataclass(frozen=True, slots=True)
class Listing:
    """A list of persons.

    Attributes:
        start: first code point.
        end: one past the last.
        level: BLOCK for numbers of persons, REVIEW where it may be a list of contacts or of grades,
            NOTE for a list of an office's contacts, which is no finding and makes its numbers notes.
        columns: what its columns are called.
        items: which of the items it holds (first, one past last).
    """

    start: int
    end: int
    level: Level
    columns: tuple[str, ...]
    items: tuple[int, int]


def lists_of(items: Sequence[Item], place: Place) -> Iterator[Listing]:
    """The lists that items in order make."""
    for first, last in tables(items, place):
        members = items[first:last]
        private = [item for item in members if not item.official and item.rule != "privacy.plate"]
        columns = Counter(item.column for item in private)
        if not columns or max(columns.values()) < ROWS:
            continue
        start, end = bounds(members, place)
        level = level_of(private, start, end, place)
        yield Listing(start, end, level, named_columns(columns, members[0].start, start, place), (first, last))


def tables(items: Sequence[Item], place: Place) -> Iterator[tuple[int, int]]:
    """Items near each other, and those of one table though masked rows lie between: first, one past last."""
    begun = -1
    groups = clusters([(item.start, item.end) for item in items], GAP)
    for (first, last), after in zip(groups, [*groups[1:], None], strict=True):
        begun = first if begun < 0 else begun
        header = place.rows.header(items[last - 1].start)
        if after and header and items[after[0]].start - items[last - 1].end < FAR and place.rows.header(items[after[0]].start) is header:
            continue
        yield begun, last
        begun = -1


def bounds(members: Sequence[Item], place: Place) -> tuple[int, int]:
    """From the beginning of the first row, its header included, to the end of the last row."""
    folded = place.folded
    start, end = members[0].start, members[-1].end
    if "\n" not in folded[start:end]:
        name = place.name(start)
        found = folded.rfind(name, max(0, start - 40), start) if name else -1
        return (found if found >= 0 else start), end
    start = with_name(folded.rfind("\n", 0, start) + 1, place)
    stop = folded.find("\n", end)
    end = len(folded) if stop < 0 else stop
    header = place.rows.header(start)
    if header and folded[header.end : start].count("\n") <= 2:
        start = header.start
    while start < end and folded[start].isspace():
        start += 1
    while end > start and folded[end - 1].isspace():
        end -= 1
    return start, end


def with_name(start: int, place: Place) -> int:
    """The beginning of a row whose name stands in one of the three lines above its numbers."""
    folded, line = place.folded, start
    for _ in range(3):
        above = folded.rfind("\n", max(0, line - 60), max(0, line - 1)) + 1
        cell = folded[above : max(0, line - 1)].rsplit("：", 1)[-1].rsplit(":", 1)[-1].strip()
        if line == 0 or not cell or DIGITS.search(cell):
            break
        if is_name(cell):
            return above
        line = above
    return start


def level_of(private: Sequence[Item], start: int, end: int, place: Place) -> Level:
    """How grave a list is: what it lists, and whether its heading speaks of the public or of an office."""
    if any(item.proven for item in private):
        return Level.BLOCK
    title = place.heading(start, HEADING)
    first = place.folded[start : min(end, start + 200)]
    words = place.words
    header = place.rows.header(private[0].start)
    above = title + (place.folded[header.start : header.end] if header and header.start >= start else "")
    if words.office.find(above) and not words.benefit.find(above):
        return Level.NOTE
    if (words.public_list.find(above) or words.benefit.find(above) or words.benefit.find(first)) and any(
        item.column in {"手机号", "住宅电话"} for item in private
    ):
        return Level.BLOCK
    return Level.REVIEW


def named_columns(columns: Counter[str], first: int, start: int, place: Place) -> tuple[str, ...]:
    """The columns' names: those of the header inside the list, then those of what was found."""
    header = place.rows.header(first)
    names = column_names(header, place) if header and header.start >= start else ()
    return tuple(dict.fromkeys([*names, *columns]))


def column_names(header: Header, place: Place) -> tuple[str, ...]:
    """What the columns of a header are called; a sensitive one by its own word."""
    names = [label.word if label.kind == "sensitive" else place.words.columns[label.kind] for label in header.labels if label.kind in SHOWN]
    return tuple(dict.fromkeys(names))


SHOWN = frozenset(
    {
        "name",
        "resident-id",
        "bank-card",
        "account",
        "phone",
        "home-phone",
        "address",
        "birth",
        "sensitive",
        "email",
        "qq",
        "social-security",
    }
)


def graded(place: Place, header: Header | None) -> tuple[list[Item], list[Listing]]:
    """A table of names under a header with a sensitive column (残疾等级, 致贫原因): its names, if they are written out, and itself."""
    if header is None or not any(label.kind == "name" for label in header.labels):
        return [], []
    names, end = named_rows(place.folded, header)
    if len(names) < ROWS:
        return [], []
    columns = column_names(header, place)
    items = [Item("privacy.name", Level.NOTE, first, last, "姓名", columns) for first, last in names]
    return items, [Listing(header.start, end, Level.REVIEW, columns, (0, 0))]


def named_rows(folded: str, header: Header) -> tuple[list[tuple[int, int]], int]:
    """The names that begin the lines below a header (after a number), and where the last such line ends."""
    names: list[tuple[int, int]] = []
    start, end = header.end + 1, header.end
    for line in folded[start : start + 20_000].split("\n"):
        place = 0
        for cell in cells_of(line, header.separator or " ")[:3]:
            bare = cell.strip(" \t\u30000123456789.、")
            if is_name(bare):
                first = start + line.index(bare, place)
                names.append((first, first + len(bare)))
                end = start + len(line.rstrip())
                break
            place += len(cell)
        else:
            if line.strip() and names:
                break
        start += len(line) + 1
    return names, end
