"""Catalogue: what has been done, in SQLite; a part counts once it stands here.

The catalogue is written only by the process that runs the scan, in one transaction for each
part, after the part's files are on the disk. Whatever is killed whenever, a part is either here
and whole, or it is done again.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from govmedia_screen.archive.part import FAILED, TABLES, Part, Source
from govmedia_screen.archive.questions import Questions
from govmedia_screen.errors import InputError

FORMAT = 4


class Catalogue(Questions):
    """The catalogue of one output folder."""

    def __init__(self, path: Path, write: bool = True) -> None:
        self.path = path
        try:
            if write:
                self.connection = sqlite3.connect(path, isolation_level=None)
                self.connection.execute("PRAGMA journal_mode = WAL")
                self.connection.execute("PRAGMA synchronous = FULL")
                broken = self.connection.execute("PRAGMA quick_check(1)").fetchone()[0]
                if broken != "ok":
                    raise sqlite3.DatabaseError(broken)
                self.connection.executescript(TABLES)
            else:
                self.connection = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)
        except sqlite3.Error as error:
            told = "请换一个输出目录，或删去这个文件重扫" if write else "请重新运行 scan"
            raise InputError(f"{path}: 不是扫描目录的清单，或已损坏（{error}），{told}") from None
        if write and self.get("format", FORMAT) != FORMAT:
            raise InputError(f"{path}: 是别的版本写的，请换一个输出目录")

    def close(self) -> None:
        """Close it."""
        self.connection.close()

    def set(self, **values: Any) -> None:
        """Remember values; None forgets."""
        for name, value in values.items():
            if value is None:
                self.connection.execute("DELETE FROM about WHERE name = ?", (name,))
            else:
                self.connection.execute("INSERT OR REPLACE INTO about VALUES (?, ?)", (name, json.dumps(value, ensure_ascii=True)))

    def carry(self, run: int, names: Sequence[str]) -> tuple[int, int, int, int, int]:
        """Take the parts of sources that are gone over into a run. Their posts, findings, rejected, skipped, and posts of other rules."""
        rows = self.connection.execute("SELECT name, source, posts, findings, rejected, skipped, rules FROM parts ORDER BY name").fetchall()
        rules = [self.get("new_rules"), self.get("rules")]
        kept = [row for row in rows if any(row[1] == name or row[1].startswith((f"{name}/", f"{name}#", f"{name}!/")) for name in names)]
        self.connection.execute("BEGIN")
        self.connection.executemany("UPDATE parts SET run = ? WHERE name = ?", [(run, row[0]) for row in kept])
        self.connection.execute("COMMIT")
        other = sum(row[2] for row in kept) if rules[0] != rules[1] else 0
        return *(sum(row[place] for row in kept) for place in (2, 3, 4, 5)), other

    def begin(self, settings: Mapping[str, Any], rules: Mapping[str, Any], sources: Sequence[Source] = ()) -> tuple[int, bool]:
        """Begin a run, or go on with the one that was not finished.

        Args:
            settings: what the run's results depend on, beside the rules.
            rules: the rules.
            sources: the sources, each as it was given and as an absolute path.

        Returns:
            The run's number, and whether it goes on.
        """
        self.set(format=FORMAT)
        unfinished = self.get("running")
        if unfinished is not None and unfinished["settings"] == dict(settings):
            return unfinished["run"], True
        self.sort_in()  # of a run that was given up
        number = (unfinished["run"] if unfinished else self.get("run", 0)) + 1
        self.set(running={"run": number, "settings": dict(settings), "sources": [list(one) for one in sources]}, new_rules=dict(rules))
        return number, False

    def has(self, name: str, run: int, number: int) -> tuple[int, int, int, int] | None:
        """Whether a part is done already, by this run or one before; then it is this run's. Its posts, findings, rejected, skipped."""
        row = self.connection.execute("SELECT posts, findings, rejected, skipped FROM parts WHERE name = ?", (name,)).fetchone()
        if row:
            self.connection.execute(
                "UPDATE parts SET run = ?, number = ? WHERE name = ? AND (run, number) <> (?, ?)", (run, number, name, run, number)
            )
        return tuple(row) if row else None

    def add(self, part: Part, run: int, rules: str) -> None:
        """Enter a part that is on the disk."""
        place = self.connection.execute
        place("BEGIN")
        whole = part.name.removesuffix(FAILED)
        self.drop([whole, whole + FAILED])
        place(
            "INSERT INTO parts VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                part.name,
                part.number,
                run,
                rules,
                part.source,
                part.first,
                len(part.keys),
                part.findings,
                len(part.rejected),
                part.skipped,
                part.screened,
                part.sums,
            ),
        )
        many = self.connection.executemany
        many("INSERT INTO fresh VALUES (?, ?, ?)", [(key, part.name, index) for index, key in enumerate(part.keys)])
        for table, items in (("rejected", part.rejected), ("remarks", part.remarks)):
            many(
                f"INSERT INTO {table} VALUES (?, ?, ?, ?, ?)",  # noqa: S608  (ours)
                [(part.name, safe(one.source), one.row, safe(one.reason), one.raw) for one in items],
            )
        many("INSERT INTO spans VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", [(part.name, *map(safe_or_none, one)) for one in part.spans])
        many("INSERT INTO counts VALUES (?, ?, ?, ?)", [(part.name, *key, count) for key, count in sorted(part.counts.items())])
        many(
            "INSERT INTO changes VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", [(part.name, run, part.number, *row) for row in part.changes]
        )
        place("COMMIT")

    def sort_in(self) -> None:
        """Take the run's posts into the index, all at once and in its order: one by one each would touch a page of its own."""
        self.connection.execute("BEGIN")
        self.connection.execute("INSERT OR REPLACE INTO posts SELECT key, part, place FROM fresh ORDER BY key, part, place")
        self.connection.execute("DELETE FROM fresh")
        self.connection.execute("COMMIT")

    def drop(self, names: Iterable[str]) -> None:
        """Forget parts; which posts they held is forgotten by ``finish``, all at once."""
        for name in names:
            for table, column in (
                ("parts", "name"),
                ("rejected", "part"),
                ("remarks", "part"),
                ("spans", "part"),
                ("counts", "part"),
                ("changes", "part"),
            ):
                self.connection.execute(f"DELETE FROM {table} WHERE {column} = ?", (name,))  # noqa: S608  (names are ours)

    def finish(self, run: int) -> int:
        """End a run: parts of earlier runs are forgotten. How many posts were in them that are in no part of this one."""
        self.sort_in()
        stale = [row[0] for row in self.connection.execute("SELECT name FROM parts WHERE run <> ?", (run,))]
        gone = 0
        if stale:
            ((gone,),) = self.connection.execute(
                "SELECT count(*) FROM (SELECT key FROM posts WHERE part IN (SELECT name FROM parts WHERE run <> ?1)"
                " EXCEPT SELECT key FROM posts WHERE part IN (SELECT name FROM parts WHERE run = ?1))",
                (run,),
            )
        running = self.get("running") or {"sources": [], "settings": {}}
        self.connection.execute("BEGIN")
        self.drop(stale)
        if stale:
            self.connection.execute("DELETE FROM posts WHERE part NOT IN (SELECT name FROM parts)")
        self.connection.execute("DELETE FROM changes WHERE run <> ?", (run,))
        self.set(run=run, rules=self.get("new_rules"), sources=running["sources"], since=running["settings"].get("since"))
        self.set(running=None, new_rules=None)
        self.connection.execute("COMMIT")
        return int(gone)

    def log(self, run: int, day: date, standing: Iterable[tuple[bytes, str, str]]) -> int:
        """Enter a finished run: its day, and each grave finding that stands (post, rule, account); the day of the first stays.

        Returns:
            How many grave findings that stood before do not stand now.
        """
        totals = self.totals()
        self.connection.execute("BEGIN")
        self.connection.execute(
            "INSERT OR REPLACE INTO runs VALUES (?, ?, ?, ?)", (run, day.isoformat(), totals["posts"], totals["screened"])
        )
        self.connection.executemany(
            "INSERT INTO standing VALUES (?, ?, ?, ?, ?) ON CONFLICT (key, rule) DO UPDATE SET run = excluded.run",
            ((key, rule, account, day.isoformat(), run) for key, rule, account in standing),
        )
        gone = self.connection.execute("DELETE FROM standing WHERE run <> ?", (run,)).rowcount
        self.connection.execute("COMMIT")
        return gone

    def forget(self, names: Sequence[str]) -> None:
        """Forget parts and which posts they held: they are done again."""
        self.connection.execute("BEGIN")
        self.drop(names)
        for table in ("posts", "fresh"):
            self.connection.executemany(f"DELETE FROM {table} WHERE part = ?", [(name,) for name in names])  # noqa: S608  (ours)
        self.connection.execute("COMMIT")


def safe(text: str) -> str:
    """Text that UTF-8 can hold."""
    return text.encode("utf-8", "backslashreplace").decode()


def safe_or_none(value: Any) -> Any:
    """A value that the database can hold."""
    return safe(value) if isinstance(value, str) else value
