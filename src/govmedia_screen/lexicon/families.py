"""Families: their Chinese names and what holds for their rules, and the articles that rules answer; read from families.toml."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

import msgspec

from govmedia_screen.io.toml_text import TomlText
from govmedia_screen.io.typed import of, wrong
from govmedia_screen.lexicon.tables import ArticleTable, FamilyTable

FILE = "families.toml"
#: What a rule takes from its family where it says nothing itself.
TAKEN = ("masked", "hidden", "harmful", "waive", "veto")
Table = TypeVar("Table", bound=msgspec.Struct)


@dataclass
class Families:
    """Families by their ids, and the regulation's articles, each with what it asks."""

    known: dict[str, FamilyTable] = field(default_factory=dict)
    articles: dict[str, str] = field(default_factory=dict)

    def name(self, family: str) -> str:
        """A family as an editor calls it; its id if nobody named it."""
        return self.known[family].name if family in self.known else family

    def of(self, family: str) -> FamilyTable:
        """What holds for a family's rules."""
        return self.known.get(family) or FamilyTable(id=family, name=family)

    def read(self, content: bytes, problems: list[str]) -> None:
        """Take in a families.toml over what is known; what is wrong with it goes to ``problems``, with its line."""
        try:
            toml = TomlText(FILE, content)
        except ValueError as error:
            problems.append(str(error))
            return
        for key in toml.data.keys() - {"family", "article"}:
            problems.append(f"{FILE}:{toml.line_of(key)}: 不认识的表“{key}”，只能用 [[family]] 或 [[article]]")
        self.known |= {one.id: one for one in tables(toml, "family", FamilyTable, problems)}
        self.articles |= {one.id: one.asks for one in tables(toml, "article", ArticleTable, problems)}

    def to_plain(self) -> dict[str, Any]:
        """JSON values."""
        return {"known": [msgspec.to_builtins(one) for one in self.known.values()], "articles": self.articles}

    @classmethod
    def of_plain(cls, plain: Mapping[str, Any]) -> Families:
        """The families that ``to_plain`` gave."""
        known = [of(one, FamilyTable) for one in plain["known"]]
        return cls({one.id: one for one in known}, dict(plain["articles"]))


def tables(toml: TomlText, kind: str, table: type[Table], problems: list[str]) -> list[Table]:
    """The tables ``[[kind]]`` that are sound."""
    rows = toml.data.get(kind, [])
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        problems.append(f"{toml.name}:{toml.line_of(kind)}: {kind} 应写成 [[{kind}]]，下面一行一个 键 = 值")
        return []
    found = []
    for number, row in enumerate(rows):
        slips = [f"{toml.name}:{toml.line_of(key, toml.head(kind, number))}: {message}" for key, message in wrong(row, table)]
        problems += slips
        if not slips:
            found.append(of(row, table))
    return found
