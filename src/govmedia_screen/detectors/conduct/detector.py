"""Conduct of accounts (第十九条): bought fans and data, forced likes and downloads, following as a condition of a service.

Each search begins at a trigger word (点赞、转发、关注、粉丝…) and looks at its sentence only. A
sentence that forbids, cancels or rebukes such things is none of them; nor is one that invites.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, ClassVar

from govmedia_screen.detectors.base import Reading
from govmedia_screen.detectors.conduct.phrases import COMPILED, PHRASES, Phrase
from govmedia_screen.finding import Finding
from govmedia_screen.lexicon.lexicon import Lexicon
from govmedia_screen.matching.text import Text
from govmedia_screen.system import lazy

#: Which phrases a trigger list sets to work.
TRIGGERS = {
    f"conduct.trigger.{name}": [phrase for phrase in PHRASES if name in phrase.triggers]
    for name in ("share", "follow", "load", "check-in", "data", "account", "scare", "proof", "bait")
}
#: The trigger 关注, which more often means attention than following an account.
FOLLOW = "conduct.trigger.follow"
#: Triggers whose phrases have exclamation marks inside.
WIDE = frozenset({"conduct.trigger.scare"})
#: Words that turn a phrase round.
FORBIDS = lazy.pattern("不得(?!遗漏|少|低)|严禁|禁止|不准|不要|不需要|不必|无须|取消|无需|不再")
#: How far a sentence is looked at on either side of a trigger; a trigger in the first half of what was looked at is done.
REACH = 90


class ConductDetector:
    """Find what accounts must not do to be followed, liked and shared."""

    family: ClassVar[str] = "conduct"
    needs: ClassVar[str] = "cues"

    def __init__(self, lexicon: Lexicon, profile: Any = None) -> None:
        self.lexicon = lexicon
        self.rebuke = lexicon.cue("conduct.rebuke")
        self.attention = frozenset(lexicon.cue("conduct.attention").words)

    def find(self, reading: Reading) -> Iterable[Finding]:
        """The findings, one for each clause and rule."""
        if not reading.cue_hits or reading.cue_hits.keys().isdisjoint(TRIGGERS):
            return ()
        findings = reading.notes[self.family] = [*self.look(reading)]
        return findings

    def look(self, reading: Reading) -> Iterator[Finding]:
        """Look at the sentence of each trigger; what two triggers find there is one finding in the end."""
        for cue in TRIGGERS.keys() & (reading.cue_hits or {}).keys():
            done, judged = (-1, -1), 0
            for text, start, end in reading.cues(cue):
                if cue == FOLLOW and text.raw[max(0, start - 2) : start] in self.attention:
                    continue
                if cue in WIDE:
                    first, last = max(0, start - REACH // 4), end + REACH // 4
                else:
                    first, last = text.sentence(start, end, REACH)
                if done == (text.index, first) or (done[0] == text.index and end <= judged - REACH // 2):
                    continue
                done, judged = (text.index, first), last
                for phrase in TRIGGERS[cue]:
                    yield from self.judge(phrase, text, first, last)

    def judge(self, phrase: Phrase, text: Text, first: int, last: int) -> Iterator[Finding]:
        """The first place in a sentence that the rule's pattern fits, unless the sentence rebukes it."""
        folded = text.folded
        match = COMPILED[phrase.rule].search(folded, first, last)
        if not match:
            return
        before, after = (
            folded[max(first, match.start() - 40) : match.start()],
            folded[match.end() : min(last, match.end() + 30)],
        )
        if self.rebuke.find(before + "\n" + after) or (phrase.forbids and FORBIDS.search(match[0])):
            return
        start, end = match.span()
        while start < end and folded[start] in "，, 、：:":
            start += 1
        yield self.lexicon[phrase.rule].finding(text, start, end, score=0.8)
