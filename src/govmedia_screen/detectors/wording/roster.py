"""Roster: an office's own list of names and titles, ``roster.toml`` in its lexicon folder.

No roster is shipped. One entry for each office that a person holds or held::

    [[person]]
    name  = "赵明远"
    title = "县长"          # as papers write it directly before the name
    since = 2024-03-01      # optional
    until = 2026-02-28      # optional; the last day
    rank  = 2               # optional; order in lists of names, 1 first
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated

import msgspec

from govmedia_screen.errors import LexiconError
from govmedia_screen.io.toml_text import TomlText
from govmedia_screen.io.typed import Filled, of, wrong
from govmedia_screen.system import lazy
from govmedia_screen.system.files import read_regular

SHORT = lazy.pattern(
    r"(?P<title>\S+)[ \u3000]+(?P<name>[\u3400-\u9fff·]{2,12})(?:[ \u3000]+(?P<since>\d{4}-\d\d-\d\d)?~(?P<until>\d{4}-\d\d-\d\d)?)?\Z"
)
PersonName = Annotated[str, msgspec.Meta(pattern=r"^[\u3400-\u9fff·]{2,12}$", title="二至十二个汉字的姓名")]


class PersonTable(msgspec.Struct, forbid_unknown_fields=True):
    """One ``[[person]]``."""

    name: PersonName
    title: Filled
    since: date | None = None
    until: date | None = None
    rank: int = 0


@dataclass(frozen=True, slots=True)
class Holder:
    """A person in an office.

    Attributes:
        name: the person's name.
        title: the office.
        since: the first day, or None.
        until: the last day, or None.
        rank: the place in lists of names, 0 if it has none.
    """

    name: str
    title: str
    since: date | None = None
    until: date | None = None
    rank: int = 0

    def holds(self, day: date) -> bool:
        """Whether the office is held on that day."""
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)


def load(path: Path) -> tuple[Holder, ...]:
    """Read a roster.

    Raises:
        LexiconError: with every problem found, each ``文件:行: 说明``.
    """
    try:
        toml = TomlText(path.name, read_regular(path))
    except ValueError as error:
        raise LexiconError(str(error)) from None
    problems = [f"{path.name}:{toml.line_of(key)}: 不认识的表“{key}”，只能用 [[person]]" for key in toml.data.keys() - {"person"}]
    tables = toml.data.get("person", [])
    if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
        raise LexiconError(f"{path.name}:{toml.line_of('person')}: person 应写成 [[person]]，下面一行一个 键 = 值")
    holders = []
    for number, table in enumerate(tables):
        line = toml.head("person", number)
        slips = [f"{path.name}:{toml.line_of(key, line)}: {message}" for key, message in wrong(table, PersonTable)]
        if not slips:
            given = of(table, PersonTable)
            if (given.since or date.min) > (given.until or date.max):
                slips = [f"{path.name}:{toml.line_of('since', line)}: since 晚于 until"]
            else:
                holders.append(Holder(given.name, given.title, given.since, given.until, given.rank))
        problems += slips
    if problems:
        raise LexiconError(*problems)
    return tuple(holders)


def read_short(text: str) -> tuple[Holder, ...]:
    """A roster in one line, as a profile's ``settings.roster`` has it: ``县委书记 钱文博；县长 赵明远 2024-03-01~``.

    The order is the rank; a span of dates is optional. What cannot be read is left out.
    """
    holders = []
    for rank, part in enumerate(re.split("[；;]", text), 1):
        if match := SHORT.match(part.strip()):
            since, until = (date.fromisoformat(match[key]) if match[key] else None for key in ("since", "until"))
            holders.append(Holder(match["name"], match["title"], since, until, rank))
    return tuple(holders)
