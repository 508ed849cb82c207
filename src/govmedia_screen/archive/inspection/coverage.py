"""Coverage: of which accounts and days the archive has data, so that nobody is blamed for what was not handed in.

An account without a single post was not inspected. An account's silence is judged only within the days that its sources
cover: a table that ends in August says nothing of September.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from govmedia_screen.accounts import Register
from govmedia_screen.accounts.register import platform_name
from govmedia_screen.archive.part import Span

#: From which share of records on that could not be read a source's silence says nothing.
UNREAD = 0.02
Key = tuple[str, str]


@dataclass
class Coverage:
    """What the archive has.

    Attributes:
        known: name and platform of each account that has posts → the sources that hold them.
        undated: posts of each that tell no day.
        units: the units that its posts name → posts.
        sources: source → first and last day of its posts.
        unread: sources with so many records that could not be read that silence says nothing.
        parts: part → first and last day of its posts.
    """

    known: dict[Key, set[str]] = field(default_factory=dict)
    undated: defaultdict[Key, int] = field(default_factory=lambda: defaultdict(int))
    units: defaultdict[Key, defaultdict[str, int]] = field(default_factory=lambda: defaultdict(lambda: defaultdict(int)))
    sources: dict[str, tuple[str, str]] = field(default_factory=dict)
    unread: set[str] = field(default_factory=set)
    parts: dict[str, tuple[str, str]] = field(default_factory=dict)

    def days(self, key: Key, first: date, last: date) -> tuple[date, date] | None:
        """The days from ``first`` to ``last`` that an account's sources cover, or None."""
        spans = [self.sources[source] for source in self.known.get(key, ()) if source in self.sources]
        if not spans:
            return None
        begin = max(first, date.fromisoformat(min(one for one, _ in spans)))
        end = min(last, date.fromisoformat(max(one for _, one in spans)))
        return (begin, end) if begin <= end else None


def coverage(spans: Iterable[tuple[str, Span]], rejected: dict[str, int], key_of: Keys) -> Coverage:
    """What the archive has, of what the scan noted of its parts."""
    result = Coverage()
    total: defaultdict[str, int] = defaultdict(int)
    for part, one in spans:
        total[one.source] += one.posts
        if one.account:
            key = key_of(one.account, one.platform)
            result.known.setdefault(key, set()).add(one.source)
            result.undated[key] += one.undated
            if one.department:
                result.units[key][one.department] += one.posts
        if one.first and one.last:
            for table, name in ((result.sources, one.source), (result.parts, part)):
                begin, end = table.get(name, (one.first, one.last))
                table[name] = (min(begin, one.first), max(end, one.last))
    result.unread = {source for source, count in rejected.items() if count > UNREAD * (count + total.get(source, 0)) and count > 1}
    return result


class Keys:
    """Which account a post belongs to: by name and platform; without a platform the register tells it, if it has one account of the name."""

    def __init__(self, register: Register | None) -> None:
        self.by_name: defaultdict[str, set[str]] = defaultdict(set)
        for one in register.accounts if register else ():
            self.by_name[one.name].add(one.platform)

    def __call__(self, account: str | None, platform: str | None) -> Key:
        """Name and platform."""
        name, place = (account or "").strip(), platform_name(platform or "")
        registered = self.by_name.get(name, set())
        if len(registered) == 1 and (not place or place in registered or "" in registered):
            return name, next(iter(registered))
        return name, place
