"""Rule and Cues: what an editor wrote in a lexicon, checked and ready to use."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from functools import cache, cached_property
from itertools import repeat
from typing import Any

from govmedia_screen.finding import Finding, Level, Traits
from govmedia_screen.matching.fold import EVERY, Fold, folded
from govmedia_screen.matching.text import Text

#: The rule's keys that look at what stands right beside a hit.
EDGES = ("before", "after", "not_before", "not_after")
#: How many code points beside a hit they see.
EDGE_REACH = 80
#: An article as a basis names one.
ARTICLE = re.compile(r"第[一二三四五六七八九十]{1,4}条(?:\([一二三四五六七八九十]\))?\Z")
#: Stands for no replacement in the cache.
NONE = "\0"
#: Attributes that are tuples of words.
LISTS = (
    "hit", "miss", "expressions", "patterns", "unless", *EDGES, "near", "not_near", "variants", "sentences", "weighed", "refuse", "refuse_post",
    "kinds",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule of a lexicon.

    Attributes:
        id: ``family.name``, permanent.
        level: the level of its findings where nothing lowers or raises it.
        message: what an editor reads.
        basis: the article or standard it rests on.
        hit: examples that it must find.
        miss: examples in which it must find nothing.
        suggestion: a replacement for any of its terms.
        terms: its terms, each with its own replacement or None.
        patterns: regular expressions (those of the library ``regex``), each run with a time limit.
        unless: longer phrases that make a term inside them innocent.
        before: it fires only where one of these small regular expressions ends right before the hit.
        after: it fires only where one of these begins right after it.
        not_before: it is silent where one of these ends right before it.
        not_after: it is silent where one of these begins right after it.
        near: it fires only with one of these within ``near_distance`` code points.
        not_near: it is silent with one of these within ``not_near_distance`` code points.
        folds: the disguises that it sees through.
        variants: the kinds of other spellings of its terms that it looks for; see ``govmedia_screen.matching.variants``.
        boundary: whether a hit must be proved to begin and end where words do;
            None leaves it to the term's length.
        context: ``plain`` (the level as it is) or ``stance`` (warning lowers it, see detectors/keywords.py).
        quoted: ``find`` or ``skip``: whether it looks inside quotation marks and titles.
        expressions: right expressions, each with the years in which it is in use (``国家数据局 2023-``); see ``detectors/wording/fixed.py``.
        sentences: templates of the sentences that it finds; see ``govmedia_screen.lexicon.sentence``.
        refuse: words, and lists as ``{id}``, that make such a sentence innocent.
        refuse_post: the same, anywhere in the part.
        kinds: the kinds of posts whose sentences it looks at; () is all.
        scope: how much is read together: ``sentence``, ``passage`` (with its neighbours), ``post`` or ``title`` (titles alone).
        weighed: slots with their weights, in any order; see ``govmedia_screen.lexicon.weighing``.
        enough: what the weights must come to.
        since: a post published before that day is left alone (a body renamed, a law repealed), or None.
        until: the last day on which it applies, or None.
        covers: its findings cover a list or passage, beside the single findings inside it.
        safe: its suggestions can be put in without asking.
        mask: how its findings are masked; see ``govmedia_screen.finding.Traits``.
        masked: they are masked in a copy for publication.
        hidden: they are masked in reports too.
        harmful: of overlapping harmful ones, of whatever rule, one stays; and its terms are looked for with letters in between.
        waive: who may accept them: ``author``, ``profile``, ``nobody``.
        yields: a finding of advertising that yields to people's data.
        in_list: its single notes are for review inside a list of people.
        veto: the item of the quarterly inspection, of which one is too many, that a BLOCK finding suspects.
        origin: ``file:line``, for messages.
    """

    id: str
    level: Level
    message: str
    basis: str
    hit: tuple[str, ...]
    miss: tuple[str, ...]
    suggestion: str | None = None
    terms: tuple[tuple[str, str | None], ...] = ()
    patterns: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    not_before: tuple[str, ...] = ()
    not_after: tuple[str, ...] = ()
    near: tuple[str, ...] = ()
    not_near: tuple[str, ...] = ()
    near_distance: int = 20
    not_near_distance: int = 20
    folds: Fold = EVERY
    variants: tuple[str, ...] = ()
    boundary: bool | None = None
    context: str = "plain"
    quoted: str = "find"
    expressions: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None
    covers: bool = False
    safe: bool = False
    mask: tuple[int, int] | str = ""
    masked: bool = False
    hidden: bool = False
    harmful: bool = False
    waive: str = "author"
    yields: bool = False
    in_list: bool = False
    veto: str = ""
    sentences: tuple[str, ...] = ()
    refuse: tuple[str, ...] = ()
    refuse_post: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    scope: str = "sentence"
    weighed: tuple[str, ...] = ()
    enough: int = 0
    origin: str = ""

    @property
    def family(self) -> str:
        """The first segment of its id."""
        return self.id.partition(".")[0]

    def fits(self, folded: str, start: int, end: int) -> bool:
        """Whether what stands right before and after ``folded[start:end]`` is as the rule wants it.

        Args:
            folded: the text, full width and traditional characters folded; the same places as the text's own.
            start: first code point of the hit.
            end: one past its last.
        """
        for expressions, wanted in ((self.before, True), (self.not_before, False)):
            if expressions and bool(edge(expressions, "before").search(folded, max(0, start - EDGE_REACH), start)) != wanted:
                return False
        for expressions, wanted in ((self.after, True), (self.not_after, False)):
            if expressions and bool(edge(expressions, "after").match(folded, end, end + EDGE_REACH)) != wanted:
                return False
        return True

    @property
    def traits(self) -> Traits:
        """What it says of all its findings."""
        return traits_of(self.covers, self.safe, self.mask, self.masked, self.hidden, self.harmful, self.waive, self.yields)

    @property
    def articles(self) -> tuple[str, ...]:
        """The articles of the regulation that it answers: those that its basis names by themselves (``第二条、第六条；GB …``)."""
        named = ([one.partition("（")[0] for one in part.split("、")] for part in self.basis.split("；"))
        return tuple(one for part in named if all(map(ARTICLE.match, part)) for one in part)

    def finding(
        self,
        text: Text,
        start: int,
        end: int,
        *,
        level: Level | None = None,
        suggestion: str | None = None,
        score: float = 1.0,
        evidence: tuple[str, ...] = (),
        message: str | None = None,
    ) -> Finding:
        """A finding of this rule over ``text.raw[start:end]`` (code points); what is not given is the rule's own."""
        return Finding(
            self.id,
            self.level if level is None else level,
            text.part,
            start,
            end,
            text.raw[start:end],
            self.message if message is None else message,
            self.suggestion if suggestion is None else suggestion,
            self.basis,
            score,
            evidence,
            self.traits,
        )

    def to_plain(self) -> dict[str, Any]:
        """The rule as JSON values, few and long ones: they are read at every start."""
        plain: dict[str, Any] = {name: getattr(self, name) for name in self.__slots__}
        lefts = "\n".join(term for term, _ in self.terms)
        rights = "\n".join(NONE if right is None else right for _, right in self.terms)
        terms = [lefts, rights if any(right is not None for _, right in self.terms) else ""]
        days = {name: day.isoformat() if (day := getattr(self, name)) else None for name in ("since", "until")}
        return plain | days | {"level": int(self.level), "folds": int(self.folds), "terms": terms}

    @classmethod
    def of_plain(cls, plain: dict[str, Any]) -> Rule:
        """The rule that ``to_plain`` gave."""
        exact: dict[str, Any] = {name: tuple(plain[name]) for name in LISTS}
        exact |= {name: date.fromisoformat(plain[name]) if plain[name] else None for name in ("since", "until")}
        exact["mask"] = tuple(plain["mask"]) if isinstance(plain["mask"], list) else plain["mask"]
        exact |= {"level": Level(plain["level"]), "folds": Fold(plain["folds"])}
        lefts, rights = plain["terms"]
        terms: tuple[tuple[str, str | None], ...] = ()
        if rights:
            others = [None if right == NONE else right for right in rights.split("\n")]
            terms = tuple(zip(lefts.split("\n"), others, strict=True))
        elif lefts:
            terms = tuple(zip(lefts.split("\n"), repeat(None)))
        return cls(**(plain | exact | {"terms": terms}))

    def at(self, level: Level) -> Rule:
        """The same rule at another level (profiles do this)."""
        return replace(self, level=level)


@cache
def traits_of(*traits: Any) -> Traits:
    """The traits, once for all rules that have the same."""
    return Traits(*traits)


@cache
def edge(expressions: tuple[str, ...], side: str) -> re.Pattern[str]:
    """The expressions as one, held to the edge of the hit."""
    choice = "|".join(expressions)
    return re.compile(rf"(?:{choice})\Z" if side == "before" else rf"(?:{choice})")


class Cues:
    """Words that decide a context or set a detector to work; never findings themselves.

    Attributes:
        id: the list's name.
        label: what an editor reads in the evidence.
        trigger: whether the automaton looks for them.
        written: the words as the editor wrote them.
    """

    def __init__(self, id: str, words: tuple[str, ...], label: str = "", trigger: bool = False) -> None:
        self.id, self.label, self.trigger = id, label, trigger
        self.written = words

    def to_plain(self) -> dict[str, Any]:
        """The arguments that make it again."""
        return {"id": self.id, "words": self.written, "label": self.label, "trigger": self.trigger}

    @cached_property
    def words(self) -> tuple[str, ...]:
        """The words, folded as texts are."""
        return tuple(dict.fromkeys(folded("\n".join(self.written)).split("\n"))) if self.written else ()

    def find(self, window: str) -> str | None:
        """The first listed word that a folded text contains, or None."""
        for word in self.words:
            if word in window:
                return word
        return None

    def find_all(self, window: str, limit: int = 3) -> tuple[str, ...]:
        """Up to ``limit`` listed words that a folded text contains."""
        found = []
        for word in self.words:
            if word in window:
                found.append(word)
                if len(found) == limit:
                    break
        return tuple(found)
