"""Headers: which row of a table names its columns, and what to say if nobody knows them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from govmedia_screen.archive.readers.chunk import shown
from govmedia_screen.io.columns import assign

#: Among how many rows that are not empty the header is looked for.
WITHIN = 12
#: How many columns, how many values of each, and how much of a value are told.
COLUMNS, VALUES, WIDTH = 12, 3, 12
#: The fields that make a row a header.
TEXT = frozenset(("body", "title"))
#: A longer cell is no column's name.
LONGEST_NAME = 40


def names_of(row: Sequence[Any]) -> tuple[str, ...]:
    """The cells of a row as names."""
    return tuple("" if cell is None else str(cell).strip() for cell in row)


def header(rows: Sequence[Sequence[Any]], given: Mapping[str, str]) -> tuple[int, tuple[str, ...]] | None:
    """Which of the first rows is the header, and the columns' names; None if no row names a body or a title.

    It is the row that names the most fields; captions and titles stand above it. A cell of it that is empty is named by
    what stands above, as where two cells are merged into one.
    """
    best: tuple[int, int] | None = None
    for number, row in enumerate(rows[:WITHIN]):
        fields = assign([name for name in names_of(row) if len(name) <= LONGEST_NAME], given).values()
        if TEXT & set(fields) and (best is None or len(fields) > best[0]):
            best = (len(fields), number)
    if best is None:
        return None
    number = best[1]
    names = list(names_of(rows[number]))
    for place, name in enumerate(names):
        if not name:
            above = (names_of(row)[place] for row in reversed(rows[:number]) if place < len(row) and row[place] not in (None, ""))
            names[place] = next((one for one in above if assign([one], given)), "")
    return number, apart(names)


def repeats(row: Sequence[Any], names: Sequence[str]) -> bool:
    """Whether a row is the header once more, where tables were put together."""
    named = [(place, name) for place, name in enumerate(names) if name]
    return all(place < len(row) and str(row[place] or "").strip() == name for place, name in named)


def apart(names: Sequence[str]) -> tuple[str, ...]:
    """The names, a second column of the same name told apart: the first is the one that is meant."""
    seen: dict[str, int] = {}
    result = []
    for name in names:
        seen[name] = seen.get(name, 0) + 1
        result.append(name if seen[name] == 1 or not name else f"{name}#{seen[name]}")
    return tuple(result)


def columns_told(names: Sequence[str], rows: Sequence[Sequence[Any]]) -> str:
    """The columns, each with three values."""
    told = []
    for place, name in enumerate(names[:COLUMNS]):
        values = [str(row[place]).strip()[:WIDTH] for row in rows if place < len(row) and row[place] not in (None, "")][:VALUES]
        if name or values:
            told.append(f"“{name[:WIDTH]}”" + (f"（如 {'、'.join(values)}）" if values else ""))
    return shown("，".join(told).replace("\n", " "), 600) + ("等" if len(names) > COLUMNS else "")


def likeliest(names: Sequence[str], rows: Sequence[Sequence[Any]]) -> str:
    """The column that looks most like a body: the one with the longest texts."""
    sizes = {
        name: sum(len(row[place]) for row in rows if place < len(row) and isinstance(row[place], str)) for place, name in enumerate(names)
    }
    return max(sizes, key=lambda name: sizes[name]) if sizes else ""


def unknown(names: Sequence[str], rows: Sequence[Sequence[Any]]) -> str:
    """What to say of a table in which neither body nor title was recognised."""
    if not names:
        return "没有列名"
    return f"没有认出正文或标题的列：{columns_told(names, rows)}；请用 --map 说明，如 --map {likeliest(names, rows)[:WIDTH]}=body"


def lacking(names: Sequence[str], rows: Sequence[Sequence[Any]], given: Mapping[str, str]) -> str:
    """What to say of a table whose body was recognised, but not the account or the day of its posts; nothing if they were."""
    fields = assign(names, given)
    missing = {"published_at": "发布日期", "account": "账号"}
    missing = {field: word for field, word in missing.items() if field not in fields.values()}
    unused = [place for place, name in enumerate(names) if name and name not in fields]
    if not missing or not unused:
        return ""
    told = columns_told(
        [names[place] for place in unused], [[row[place] if place < len(row) else None for place in unused] for row in rows]
    )
    return f"没有认出{'和'.join(missing.values())}的列；没有用到的列：{told}；如在其中，请用 --map 列名={next(iter(missing))} 说明"
