"""What a catalogue answers: everything that is asked of it and changes nothing."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Collection, Iterator, Sequence
from datetime import date
from typing import Any

from govmedia_screen.accounts import Standing
from govmedia_screen.archive.part import Source, Span
from govmedia_screen.archive.readers.chunk import Rejected


class Questions:
    """The questions to the catalogue of one output folder."""

    connection: sqlite3.Connection

    def get(self, name: str, default: Any = None) -> Any:
        """A remembered value."""
        row = self.connection.execute("SELECT value FROM about WHERE name = ?", (name,)).fetchone()
        return json.loads(row[0]) if row else default

    def sources(self) -> list[Source]:
        """The sources whose results are here: those of the last run that was finished, and of one that was not."""
        running = self.get("running") or {"sources": []}
        return list(dict.fromkeys((given, place) for given, place in [*self.get("sources", []), *running["sources"]]))

    def parts(self) -> dict[str, tuple[int, str]]:
        """Name of each part → the run and the rules that made it."""
        return {name: (run, rules) for name, run, rules in self.connection.execute("SELECT name, run, rules FROM parts")}

    def parts_with(self, level: str) -> list[str]:
        """The parts that have findings of a level."""
        return [name for (name,) in self.connection.execute("SELECT DISTINCT part FROM counts WHERE level = ? ORDER BY part", (level,))]

    def lookup(self, keys: Sequence[bytes]) -> dict[bytes, list[tuple[str, int]]]:
        """For each known key the parts and places where it stands."""
        found: dict[bytes, list[tuple[str, int]]] = {}
        for begin in range(0, len(keys), 500):
            some = keys[begin : begin + 500]
            marks = ",".join("?" * len(some))
            for key, part, place in self.connection.execute(f"SELECT key, part, place FROM posts WHERE key IN ({marks})", some):  # noqa: S608
                found.setdefault(key, []).append((part, place))
        return found

    def damaged(self, sums: Callable[[str], str], names: Collection[str] | None = None) -> list[str]:
        """The parts, of those names or of all, whose files are not what was written: missing, cut off or altered."""
        parts = self.connection.execute("SELECT name, sums FROM parts ORDER BY name").fetchall()
        return [name for name, noted in parts if (names is None or name in names) and sums(name) != noted]

    def spans(self) -> list[tuple[str, Span]]:
        """What each part has of each account."""
        rows = self.connection.execute("SELECT * FROM spans ORDER BY part, rowid")
        return [(part, Span(*rest)) for part, *rest in rows]

    def monitored(self) -> tuple[list[date], list[Standing]]:
        """The days on which the archive was scanned, and the grave findings that stand."""
        days = [date.fromisoformat(day) for (day,) in self.connection.execute("SELECT DISTINCT day FROM runs ORDER BY day")]
        rows = self.connection.execute("SELECT account, rule, first FROM standing ORDER BY account, rule, first, key")
        return days, [Standing(account, rule, date.fromisoformat(first)) for account, rule, first in rows]

    def rejected_by_source(self) -> dict[str, int]:
        """Source → records that could not be read."""
        return dict(self.connection.execute("SELECT source, count(*) FROM rejected GROUP BY source").fetchall())

    def all_told(self, table: str, run: int) -> Iterator[Rejected]:
        """Everything in ``rejected`` or ``remarks`` of that run, in the order of the archive."""
        rows = self.connection.execute(
            f"SELECT r.source, r.row, r.reason, r.raw FROM {table} r JOIN parts p ON p.name = r.part"  # noqa: S608  (ours)
            " WHERE p.run = ? ORDER BY p.number, p.name, r.source, r.row, r.rowid",
            (run,),
        )
        return (Rejected(*row) for row in rows)

    def reasons(self, table: str, run: int, most: int = 5) -> list[tuple[str, int]]:
        """What is told in ``rejected`` or ``remarks`` of that run, with how often, the commonest first."""
        rows = self.connection.execute(
            f"SELECT r.reason, count(*) FROM {table} r JOIN parts p ON p.name = r.part WHERE p.run = ?"  # noqa: S608  (ours)
            " GROUP BY r.reason ORDER BY count(*) DESC, r.reason LIMIT ?",
            (run, most),
        )
        return list(rows)

    def all_changes(self, run: int) -> Iterator[dict[str, Any]]:
        """What changed in that run for posts that were known, in the order of the archive."""
        names = ("source", "row", "id", "account", "day", "change", "rule", "level", "text")
        rows = self.connection.execute(f"SELECT {', '.join(names)} FROM changes WHERE run = ? ORDER BY number, source, row, rowid", (run,))  # noqa: S608
        return (dict(zip(names, row, strict=True)) for row in rows)

    def change_counts(self, run: int) -> dict[str, dict[str, int]]:
        """Change → rule → findings."""
        result: dict[str, dict[str, int]] = {}
        rows = self.connection.execute(
            "SELECT change, rule, count(*) FROM changes WHERE run = ? GROUP BY change, rule ORDER BY change, rule", (run,)
        )
        for change, rule, count in rows:
            result.setdefault(change, {})[rule] = count
        return result

    def levels(self) -> dict[str, int]:
        """Level → findings."""
        return dict(self.connection.execute("SELECT level, sum(findings) FROM counts GROUP BY level ORDER BY level").fetchall())

    def totals(self) -> dict[str, int]:
        """Posts, findings, rejected, screened of the parts."""
        row = self.connection.execute("SELECT sum(posts), sum(findings), sum(rejected), sum(screened) FROM parts").fetchone()
        return dict(zip(("posts", "findings", "rejected", "screened"), (int(value or 0) for value in row), strict=True))
