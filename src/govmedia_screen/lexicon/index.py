"""Index: every term and trigger in one automaton, and the entries behind its numbers."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from govmedia_screen.lexicon.rule import Cues, Rule
from govmedia_screen.matching.automaton import Matcher, build, letters
from govmedia_screen.matching.bridges import pairs
from govmedia_screen.matching.comparison import forms, pieces
from govmedia_screen.matching.fold import Fold, folded
from govmedia_screen.matching.text import Sheet
from govmedia_screen.matching.variants import variants


class Entry:
    """A term of a rule or trigger list, made when the automaton first sees it.

    Attributes:
        term: what is looked for: the term as the editor wrote it, or another spelling of it.
        listed: the term as the editor wrote it.
        variant: the kind of the other spelling, or None.
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

    __slots__ = (
        "boundary", "cue", "form", "listed", "replacement", "rivals", "rule", "size", "spared", "term", "variant", "whole",
    )  # fmt: skip

    def __init__(
        self,
        term: str,
        replacement: str | None,
        owner: Rule | Cues,
        size: int,
        accept: str,
        spared: set[str],
        spelled: tuple[str, str] | None = None,
    ) -> None:
        self.listed, self.variant = term, None
        if spelled:
            term, self.variant = spelled
        self.term, self.replacement, self.size, self.spared = term, replacement, size, spared
        self.rule = owner if isinstance(owner, Rule) else None
        self.cue = owner if isinstance(owner, Cues) else None
        self.form = folded(term)
        self.rivals: tuple[tuple[str, int], ...] = ()
        self.whole = (term[0].isascii() and term[0].isalnum(), term[-1].isascii() and term[-1].isalnum())
        self.boundary = False
        if self.rule:
            self.rivals = tuple(rivals(term, accept)) + tuple(rivals(term, "\n".join(self.rule.unless)))
        if self.rule and not spelled:
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


#: The cue by which detectors learn that a piece of a right expression, or a wrong form of it, was seen.
COMPARED = "wording.compared"
#: Stands between two forms in the cache. No term holds characters for private use, so its two letters are
#: found nowhere else, not even across two characters.
EDGE = "\ue0e1"


@dataclass(frozen=True)
class Compiled:
    """What folding made of the terms; it can be cached, since it depends on them and on the tables alone.

    A term's place is its number in the order of the rules; the other spellings take the places after the last term.

    Attributes:
        forms: the distinct folded forms of two characters and more, in the matcher's letters.
        skipped: the places, ascending, that are not the first of a form.
        shared: for a form's number the further places of terms that share it.
        bare: places of terms that fold to less than two characters, and to how many.
        terms: how many terms there are.
        spelled: the other spellings as they are written, one a line.
        origins: for each other spelling the place of its term.
        kinds: for each other spelling its kind.
    """

    forms: list[str]
    skipped: list[int] = field(default_factory=list)
    shared: dict[int, list[int]] = field(default_factory=dict)
    bare: dict[int, int] = field(default_factory=dict)
    terms: int = 0
    spelled: str = ""
    origins: list[int] = field(default_factory=list)
    kinds: list[str] = field(default_factory=list)

    @cached_property
    def _shifts(self) -> list[int]:
        return [place - before for before, place in enumerate(self.skipped)]

    @cached_property
    def spellings(self) -> list[str]:
        """The other spellings."""
        return self.spelled.split("\n")

    def places(self, number: int) -> list[int]:
        """The places of the terms and spellings that share the form of that number."""
        return [number + bisect_right(self._shifts, number), *self.shared.get(number, ())]

    @property
    def sizes(self) -> list[int]:
        """For each term its length in the folded view."""
        sizes = [0] * self.terms
        for number, form in enumerate(self.forms):
            for place in self.places(number):
                if place < self.terms:
                    sizes[place] = len(form) >> 1
        for place, size in self.bare.items():
            sizes[place] = size
        return sizes

    def to_plain(self) -> dict[str, Any]:
        """As JSON values, few and long ones: they are read at every start."""
        plain = {name: getattr(self, name) for name in self.__dataclass_fields__}
        forms = "\xe0\xe1".join(self.forms).encode("latin-1").decode("utf-16-be")
        return plain | {"forms": forms, "shared": list(self.shared.items()), "bare": list(self.bare.items())}

    @classmethod
    def of_plain(cls, plain: dict[str, Any]) -> Compiled:
        """What ``to_plain`` gave."""
        whole = plain["forms"].encode("utf-16-be").decode("latin-1")
        forms = whole.split("\xe0\xe1") if whole else []
        return cls(**(plain | {"forms": forms, "shared": dict(plain["shared"]), "bare": dict(plain["bare"])}))


class Index:
    """All terms and triggers in one matcher.

    Attributes:
        matcher: the automaton; the numbers it gives are those of distinct folded forms.
        pairs: the bitmap of characters that stand side by side in terms; see ``matching.bridges``.
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
        owners = tuple(rules)
        for rule in owners:
            if rule.terms:
                self._take(rule, *zip(*rule.terms, strict=True))
        self._compared = [entry.partition(" ")[0] for rule in owners for entry in rule.expressions]
        if self._compared:
            self._take(Cues(COMPARED, (COMPARED,)), (COMPARED,), (None,))
        for cue in cues:
            if cue.trigger:
                self._take(cue, cue.words, (None,) * len(cue.words))
        self.compiled = compiled or compile_terms(self._terms, self._spellings())
        self._entries: dict[int, tuple[Entry, ...]] = {}
        self.spared: set[str] = set()
        self.matcher: Matcher = build(self.compiled.forms)
        self.pairs = pairs("\uffff".join(self._lettered()).encode("utf-16-be", "surrogatepass"))
        self.bare = tuple(self._entry(place, size) for place, size in self.compiled.bare.items())

    def _take(self, owner: Rule | Cues, terms: Sequence[str], rights: Sequence[str | None]) -> None:
        self._firsts.append(len(self._terms))
        self._owners.append(owner)
        self._terms.extend(terms)
        self._rights.extend(rights)

    def _lettered(self) -> Iterator[str]:
        """The terms of rules that see through letters and digits put in between."""
        for rule in self._owners:
            if isinstance(rule, Rule) and Fold.LETTERS in rule.folds:
                yield from (term for term, _ in rule.terms)

    def _spellings(self) -> Iterator[tuple[int, str, str]]:
        """The other spellings that the rules ask for: place of the term, spelling, kind."""
        for first, owner in zip(self._firsts, self._owners, strict=True):
            if isinstance(owner, Rule) and owner.variants:
                for place, (term, _) in enumerate(owner.terms, first):
                    for form, kind in variants(term, owner.variants, bool(owner.near)):
                        yield place, form, kind
            elif owner.id == COMPARED:
                for expression in self._compared:
                    for start, end in pieces(expression):
                        yield first, expression[start:end], COMPARED
                    for form in forms(expression):
                        yield first, form, COMPARED

    def _entry(self, place: int, size: int) -> Entry:
        spelled = None
        compiled = self.compiled
        if place >= compiled.terms:
            spelled = compiled.spellings[place - compiled.terms], compiled.kinds[place - compiled.terms]
            place = compiled.origins[place - compiled.terms]
        owner = self._owners[bisect_right(self._firsts, place) - 1]
        return Entry(self._terms[place], self._rights[place], owner, size, self._accept, self.spared, spelled)

    def entries(self, number: int) -> tuple[Entry, ...]:
        """The entries that share the folded form of that number and are in force, made when first asked for."""
        made = self._entries.get(number)
        if made is None:
            today = date.today()
            size = len(self.compiled.forms[number]) >> 1
            made = tuple(self._entry(place, size) for place in self.compiled.places(number))
            made = tuple(entry for entry in made if not (entry.rule and entry.rule.until and entry.rule.until < today))
            self._entries[number] = made
        return made

    def __len__(self) -> int:
        return len(self.compiled.forms)


def compile_terms(terms: Sequence[str], spellings: Iterable[tuple[int, str, str]] = ()) -> Compiled:
    """Fold the terms and their other spellings, by the very function that folds texts.

    Of spellings that fold alike, to each other or to a term, only the first counts; a piece of a right expression counts beside a term.
    """
    seen: dict[str, int] = {}
    skipped: list[int] = []
    shared: dict[int, list[int]] = {}
    bare: dict[int, int] = {}
    for place, form in enumerate(forms_of(terms)):
        if len(form) < 4:
            bare[place] = len(form) >> 1
        else:
            number = seen.setdefault(form, place - len(skipped))
            if number == place - len(skipped):
                continue
            shared.setdefault(number, []).append(place)
        skipped.append(place)
    known = dict.fromkeys(seen)
    kept: list[tuple[int, str, str]] = []
    compared: set[str] = set()
    candidates = list(spellings)
    for form, candidate in zip(forms_of([one for _, one, _ in candidates]), candidates, strict=True):
        if len(form) < 4 or (candidate[2] == COMPARED and form in compared):
            continue
        if candidate[2] == COMPARED:
            compared.add(form)
        if form not in known:
            known[form] = None
        elif candidate[2] == COMPARED and form in seen:
            shared.setdefault(seen[form], []).append(len(terms) + len(kept))
            skipped.append(len(terms) + len(kept))
        else:
            continue
        kept.append(candidate)
    spelled = "\n".join(one for _, one, _ in kept)
    return Compiled(list(known), skipped, shared, bare, len(terms), spelled, [place for place, _, _ in kept], [kind for _, _, kind in kept])


def forms_of(terms: Sequence[str]) -> Iterator[str]:
    """Each term's folded form in the matcher's letters."""
    if not terms:
        return
    sheet = Sheet(terms)
    whole, where, begin = letters(sheet.view), sheet.where, 0
    for term, start in zip(terms, sheet.starts, strict=True):
        close = start + len(term)
        end = bisect_left(where, close, begin, min(begin + len(term) + 1, len(where)))
        yield whole[2 * begin : 2 * end]
        begin = end + (end < len(where) and where[end] == close)  # a term that folds to nothing has no close of its own
