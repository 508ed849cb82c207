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
import tomllib
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from govmedia_screen.errors import LexiconError
from govmedia_screen.io import toml
from govmedia_screen.system import lazy

KEYS = {"name", "title", "since", "until", "rank"}
SHORT = lazy.pattern(
    r"(?P<title>\S+)[ \u3000]+(?P<name>[\u3400-\u9fff·]{2,12})(?:[ \u3000]+(?P<since>\d{4}-\d\d-\d\d)?~(?P<until>\d{4}-\d\d-\d\d)?)?\Z"
)
NAME = lazy.pattern(r"[\u3400-\u9fff·]{2,12}\Z")


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
        LexiconError: with every problem found, each ``文件: 说明``.
    """
    try:
        data = toml.loads(path.read_bytes().decode("utf-8-sig"))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise LexiconError(f"{path.name}: 不是有效的 UTF-8 TOML：{error}") from None
    problems = [f"{path.name}: 不认识的表“{key}”，只能用 [[person]]" for key in data.keys() - {"person"}]
    holders = []
    for number, table in enumerate(data.get("person", []), 1):
        where = f"{path.name}: 第 {number} 个 [[person]]"
        wrong = len(problems)
        problems += [f"{where} 里有不认识的键“{key}”，可用：{'、'.join(sorted(KEYS))}" for key in table.keys() - KEYS]
        if not NAME.match(str(table.get("name", ""))):
            problems.append(f"{where} 的 name 应为二至十二个汉字的姓名")
        if not str(table.get("title", "")).strip():
            problems.append(f"{where} 缺少 title（职务）")
        for key in ("since", "until"):
            if type(table.get(key, date.min)) is not date:
                problems.append(f"{where} 的 {key} 应写成日期，如 {key} = 2026-03-01")
        if not isinstance(table.get("rank", 0), int):
            problems.append(f"{where} 的 rank 应为整数")
        if wrong == len(problems) and table.get("since", date.min) > table.get("until", date.max):
            problems.append(f"{where} 的 since 晚于 until")
        if wrong == len(problems):
            holders.append(Holder(**table))
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
