"""A repost against its original: what was changed, and whether the change turns the meaning (第十三条(二)：不得歪曲、篡改标题原意和信息内容).

A title may be shortened: words left out, put in another order, abbreviated. What it may not do is
change a number, drop or add a “not”, make a plan a fact, name somebody else, or shout. A body may
be abridged by whole sentences; inside a sentence that was kept every change counts.

What is common to ``titles.py`` and ``bodies.py``; the word lists are the cues ``source.compare.*`` of ``lexicons/source/compare.toml``.
"""

from __future__ import annotations

from dataclasses import dataclass

from govmedia_screen.lexicon.any_of import pattern_of
from govmedia_screen.lexicon.lexicon import Lexicon
from govmedia_screen.system import lazy

HAN = lazy.pattern("[\u4e00-\u9fff]")
#: What makes a stretch of text somebody's or some place's name.
NAMED = lazy.pattern(
    r"省|市|县|区|镇|乡|村|街道|局|厅|委|部|院|校|站|会|公司|处|科|队|银行|集团|中心|协会|政府|法院|同志|书记|主任|先生|女士"
)
MARKS = lazy.pattern(r"(?<!\d)[.．]|[.．](?!\d)|[^\w.．%％]+|_+")


@dataclass(frozen=True, slots=True)
class Change:
    """One difference that counts.

    Attributes:
        kind: ``number``, ``negation``, ``hedge``, ``exaggerated``, ``clickbait``, ``subject``,
            ``changed``; in a body also ``date``, ``name``, ``inserted``.
        start: where it stands in the new text (code points); ``start == end`` if something is missing there.
        end: one past its last code point.
        old: what the original has in its place.
    """

    kind: str
    start: int
    end: int
    old: str = ""


class Words:
    """The word lists that comparing needs."""

    def __init__(self, lexicon: Lexicon) -> None:
        def listed(name: str) -> tuple[str, ...]:
            return tuple(sorted(lexicon.cue(f"source.compare.{name}").words, key=len, reverse=True))

        self.negations = pattern_of(listed("negation"))
        self.hedges = pattern_of(listed("hedge"))
        self.body_hedges = pattern_of((*listed("hedge-body"), *listed("hedge")))
        self.not_hedges = listed("not-hedge")
        self.exaggerations = pattern_of(listed("exaggeration"))
        self.clickbait = pattern_of(listed("clickbait"))
        self.neutral = pattern_of(listed("neutral"))
        headline = tuple(sorted((*listed("neutral"), *listed("headline")), key=len, reverse=True))
        self.headline, self.sayings = pattern_of(headline), pattern_of(tuple(word for word in headline if len(word) > 1))
        self.antonyms = [tuple(pair.split("/", 1)) for pair in listed("antonym") if "/" in pair]
        self.equal_hedges = [frozenset(group.split("/")) for group in listed("equal-hedge")]
        self.editorial = listed("editorial")
        self.kinds = [[same.split("=") for same in group.split("/")] for group in listed("kind")]
        self.rises, self.falls = pattern_of(listed("rise")), pattern_of(listed("fall"))
        self.loaded, self.calm = pattern_of(listed("loaded")), pattern_of(listed("calm"))
        self.against, self.guesses = pattern_of(listed("against")), pattern_of(listed("guess"))


def squeezed(text: str) -> str:
    """The text without spaces and marks, those inside numbers kept."""
    return MARKS.sub("", text)
