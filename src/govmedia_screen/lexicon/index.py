"""Index: every term and trigger in one automaton, and the entries behind its numbers."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from govmedia_screen.lexicon.comparer import Comparer, with_joints
from govmedia_screen.lexicon.compiled import COMPARED, Compiled, compile_terms
from govmedia_screen.lexicon.rule import Cues, Rule
from govmedia_screen.lexicon.shorts import Shorts
from govmedia_screen.matching.automaton import Matcher, build
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
        is_plain: whether it stands wherever it is written: nothing at its edges or around it needs a look.
    """

    __slots__ = (
        "boundary", "cue", "form", "is_plain", "listed", "replacement", "rivals", "rule", "size", "spared", "term", "variant", "whole",
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
        self.is_plain = term[0].isalnum() and term[-1].isalnum() and not self.rivals and not any(self.whole)


def rivals(term: str, phrases: str) -> Iterator[tuple[str, int]]:
    """The phrases, one a line, that contain the term, each with every place of it."""
    place = phrases.find(term)
    while place >= 0:
        begin = phrases.rfind("\n", 0, place) + 1
        end = phrases.find("\n", place)
        yield phrases[begin : end if end >= 0 else len(phrases)], place - begin
        place = phrases.find(term, place + 1)


class Index:
    """All terms and triggers in one matcher.

    Attributes:
        matcher: the automaton; the numbers it gives are those of distinct folded forms.
        pairs: the bitmap of characters that stand side by side in terms; see ``matching.bridges``.
        bare: entries that fold to less than two characters (``+V``, ``@@@@``): looked for as written.
        compiled: what the matcher was built from.
        comparer: what judges the pieces of right expressions.
        shorts: what finds the short ones of them.
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
        self.compiled = compiled or self._compile()
        self.comparer = Comparer(self._compared, self.compiled)
        self.shorts = Shorts(self._compared)
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

    def _compile(self) -> Compiled:
        compiled = compile_terms(self._terms, self._spellings())
        return with_joints(compiled, self._compared)

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

    def find(self, sheet: Sheet) -> Iterable[tuple[int, int]]:
        """``(end, number)`` for what stands in a sheet's view, by ascending end; a piece of an expression only where it is worth a comparison."""
        return self.comparer.find(self.matcher, sheet)

    def __len__(self) -> int:
        return len(self.compiled.forms)
