"""Prove a lexicon: every entry finds itself, every example behaves, nothing silences everything."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from govmedia_screen.lexicon.hits import verify
from govmedia_screen.lexicon.insertions import is_words
from govmedia_screen.lexicon.lexicon import Lexicon, duplicates
from govmedia_screen.lexicon_tools.examples import slip
from govmedia_screen.matching.text import Sheet, Text
from govmedia_screen.screener import Screener


def check(folders: Sequence[str | Path]) -> tuple[list[str], str]:
    """Load the folders over the shipped lexicons and try every rule of theirs (of the shipped ones if none is given).

    Returns:
        The problems, each ``文件:行: 说明``, and one line that says what was tried.

    Raises:
        LexiconError: the files themselves are refused.
    """
    screener = Screener(lexicons=[Path(folder) for folder in folders])
    rules = screener.rules
    if folders:
        shipped = set(Screener().rules)
        rules = tuple(rule for rule in rules if rule not in shipped)
    problems = duplicates(rules) + lost_entries(screener.lexicon, {rule.id for rule in rules})
    for rule in rules:
        for texts, hit in ((rule.hit, True), (rule.miss, False)):
            for text in texts:
                if told := slip(screener, rule, text, hit=hit):
                    problems.append(f"{rule.origin}: 规则 {rule.id} 的例句“{text}”{told}")
    terms = sum(len(rule.terms) for rule in rules)
    return problems, f"{len(rules)} 条规则，{terms} 个词条，{sum(len(rule.hit) + len(rule.miss) for rule in rules)} 个例句"


def lost_entries(lexicon: Lexicon, ids: set[str]) -> list[str]:
    """Entries that do not find themselves: an innocent phrase equals them, or a longer fold swallows them."""
    index = lexicon.index
    found: set[tuple[str, str]] = {(entry.rule.id, entry.term) for entry in index.bare if entry.rule}
    entries = [entry for number in range(len(index)) for entry in index.entries(number) if entry.rule and entry.rule.id in ids]
    for begin in range(0, len(entries), 1000):
        some = entries[begin : begin + 1000]
        sheet = Sheet([entry.term for entry in some])
        texts = [Text("body", entry.term, sheet, number) for number, entry in enumerate(some)]
        for last, number in index.matcher.find(sheet.view):
            for entry in index.entries(number):
                part = sheet.part_at(sheet.where[last - entry.size])
                if (
                    entry is some[part]
                    and verify(entry, sheet, texts[part], last - entry.size, last)
                    and (not entry.boundary or is_words(entry.term, 0, len(entry.term)))
                ):
                    found.add((entry.rule.id, entry.term))  # type: ignore[union-attr]
    return [
        f"{entry.rule.origin}: 规则 {entry.rule.id} 的词条“{entry.term}”找不到自己（被例外短语盖住，或切词后不是词）"
        for entry in entries
        if entry.rule and (entry.rule.id, entry.term) not in found
    ]
