"""Index: every term and trigger in one automaton, and the entries behind its numbers."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import NamedTuple

import numpy as np

from govmedia_screen.matcher import Matcher, build, letters
from govmedia_screen.rule import Cues, Rule, folded
from govmedia_screen.text import Sheet


class Entry:
    """A term of a rule or trigger list, made when the automaton first sees it.

    Attributes:
        term: the term as the editor wrote it.
        replacement: what to write instead, or None.
        rule: its rule; None for a trigger.
        cue: its cue list; None for a rule's term.
        size: its length in the folded view.
        form: the term as ``Text.folded`` would show it.
        rivals: innocent phrases that contain it, each with the term's place in the phrase.
        whole: whether its first and last characters are Latin letters or digits, which need
            an edge there.
        spared: where the phrases that spare a hit are noted.
        boundary: whether a hit must be proved to be made of whole words.
    """

    __slots__ = ("boundary", "cue", "form", "replacement", "rivals", "rule", "size", "spared", "term", "whole")

    def __init__(self, term: str, replacement: str | None, owner: Rule | Cues, size: int, accept: str, spared: set[str]) -> None:
        self.term, self.replacement, self.size, self.spared = term, replacement, size, spared
        self.rule = owner if isinstance(owner, Rule) else None
        self.cue = owner if isinstance(owner, Cues) else None
        self.form = folded(term)
        self.rivals: tuple[tuple[str, int], ...] = ()
        self.whole = (term[0].isascii() and term[0].isalnum(), term[-1].isascii() and term[-1].isalnum())
        self.boundary = False
        if self.rule:
            self.rivals = tuple(rivals(term, accept)) + tuple(rivals(term, "\n".join(self.rule.unless)))
            wanted = self.rule.boundary
            self.boundary = len(term) <= 2 and not term.isascii() if wanted is None else wanted


def rivals(term: str, phrases: str) -> Iterator[tuple[str, int]]:
    """The phrases, one a line, that contain the term, each with every place of it."""
    place = phrases.find(term)
    while place >= 0:
        begin = phrases.rfind("\n", 0, place) + 1
        end = phrases.find("\n", place)
        yield phrases[begin : end if end >= 0 else len(phrases)], place - begin
        place = phrases.find(term, place + 1)


class Compiled(NamedTuple):
    """What folding made of the terms; it can be cached, since it depends on them alone.

    Attributes:
        forms: the distinct folded forms of two characters and more, in the matcher's letters.
        places: for each form the places of the terms that share it.
        sizes: for each term its length in the folded view.
    """

    forms: list[str]
    places: list[list[int]]
    sizes: list[int]


class Index:
    """All terms and triggers in one matcher.

    Attributes:
        matcher: the automaton; the numbers it gives are those of distinct folded forms.
        bare: entries that fold to less than two characters (``+V``, ``@@@@``): looked for as written.
        compiled: what the matcher was built from.
        spared: the accepted phrases that have spared a hit.
    """

    def __init__(self, rules: Iterable[Rule], cues: Iterable[Cues], accept: Sequence[str], compiled: Compiled | None = None) -> None:
        self._accept = "\n".join(accept)
        self._terms: list[str] = []
        self._rights: list[str | None] = []
        self._firsts: list[int] = []
        self._owners: list[Rule | Cues] = []
        for rule in rules:
            if rule.terms:
                self._take(rule, *zip(*rule.terms, strict=True))
        for cue in cues:
            if cue.trigger:
                self._take(cue, cue.words, (None,) * len(cue.words))
        self.compiled = compiled or compile_terms(self._terms)
        self._entries: dict[int, tuple[Entry, ...]] = {}
        self.spared: set[str] = set()
        self.matcher: Matcher = build(self.compiled.forms)
        self.bare = tuple(self._entry(place) for place, size in enumerate(self.compiled.sizes) if size < 2)

    def _take(self, owner: Rule | Cues, terms: Sequence[str], rights: Sequence[str | None]) -> None:
        self._firsts.append(len(self._terms))
        self._owners.append(owner)
        self._terms.extend(terms)
        self._rights.extend(rights)

    def _entry(self, place: int) -> Entry:
        owner = self._owners[bisect_right(self._firsts, place) - 1]
        return Entry(self._terms[place], self._rights[place], owner, self.compiled.sizes[place], self._accept, self.spared)

    def entries(self, number: int) -> tuple[Entry, ...]:
        """The entries that share the folded form of that number and are in force, made when first asked for."""
        made = self._entries.get(number)
        if made is None:
            today = date.today()
            made = tuple(self._entry(place) for place in self.compiled.places[number])
            made = tuple(entry for entry in made if not (entry.rule and entry.rule.until and entry.rule.until < today))
            self._entries[number] = made
        return made

    def __len__(self) -> int:
        return len(self.compiled.forms)


def compile_terms(terms: Sequence[str]) -> Compiled:
    """Fold the terms, by the very function that folds texts."""
    if not terms:
        return Compiled([], [], [])
    sheet = Sheet(terms)
    begins = np.searchsorted(sheet.where, sheet.starts)
    ends = np.searchsorted(sheet.where, np.add(sheet.starts, [len(term) for term in terms]))
    whole, sizes = letters(sheet.view), (ends - begins).tolist()
    seen: dict[str, int] = {}
    places: list[list[int]] = []
    for place, (begin, end) in enumerate(zip((begins * 2).tolist(), (ends * 2).tolist(), strict=True)):
        if end - begin < 4:
            continue
        number = seen.setdefault(whole[begin:end], len(places))
        if number == len(places):
            places.append([place])
        else:
            places[number].append(place)
    return Compiled(list(seen), places, sizes)
