"""Who speaks, to whom and about what: lists of an editor's words, each of them adding to a voice or taking from it.

The classifier hears single characters and pairs; these lists hear what people would point at. The shares are
the model's own (``config.json``), measured on corpora that training never saw; see ``models/CHANGELOG.md``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from govmedia_screen.lexicon.any_of import any_of, pattern_of
from govmedia_screen.lexicon.lexicon import Lexicon
from govmedia_screen.system import lazy

#: The lists, in ``lexicons/stance/``.
SELLING = ("stance.order", "stance.price", "stance.lure", "stance.shop")
BLUNT = "stance.blunt"
#: 我 as one who speaks; 让我们 is everybody.
SELF, PLURAL = "stance.self", "(?!们)"
FEELING = (SELF, "stance.feeling", "stance.judging", "stance.readers", BLUNT)
OFFICE = (
    "stance.office",
    "stance.duty",
    "stance.report",
    "stance.places",
    "stance.staff",
    "stance.affairs",
    "stance.accounts",
    "stance.form",
)
LISTS = (*SELLING, "stance.praise", "stance.trade", *FEELING, *OFFICE)
#: So many different words of one list count, so that a long text is not decided by its length.
MOST = 3


class Voices:
    """The lists, ready to be looked for."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.patterns = {name: pattern_of(lexicon.cue(name).words) for name in LISTS}
        self.patterns[SELF] = lazy.pattern(any_of(lexicon.cue(SELF).words) + PLURAL)

    def words(self, text: str, names: Sequence[str] = LISTS) -> dict[str, set[str]]:
        """The different words of each list that stand in the text."""
        return {name: set(self.patterns[name].findall(text)) for name in names}

    def has(self, text: str, names: Sequence[str]) -> bool:
        """Whether a word of any of the lists stands in the text."""
        return any(self.patterns[name].search(text) for name in names)

    def places(self, text: str, start: int, end: int, names: Sequence[str]) -> Iterator[tuple[int, int]]:
        """Where words of the lists stand in ``text[start:end]``, in code points of the text."""
        for name in names:
            for match in self.patterns[name].finditer(text, start, end):
                yield match.span()


def lean(words: Mapping[str, set[str]], shares: Mapping[str, float]) -> float:
    """What the words add to the log-odds of a voice."""
    return sum(share * min(len(words.get(name, ())), MOST) for name, share in shares.items())
