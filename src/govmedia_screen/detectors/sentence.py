"""Rules that are grammar: who, must, does what, how often, with what consequence, within one sentence.

The templates and their words are in the lexicons (``sentences``, see ``lexicon/sentence.py``; ``weighed``, see
``lexicon/weighing.py``). A line is tried only where a word of its trigger list stands; what refuses it, in the sentence (``refuse``) or anywhere in the
part (``refuse_post``), is the rule's own: a warning, a report of its punishment, a statute.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any, ClassVar

from govmedia_screen.chinese.quotations import is_quoted, title_of
from govmedia_screen.detectors.base import Reading
from govmedia_screen.finding import Finding
from govmedia_screen.lexicon.any_of import pattern_of
from govmedia_screen.lexicon.lexicon import Lexicon
from govmedia_screen.lexicon.rule import Rule
from govmedia_screen.lexicon.sentence import Sentence, compile_sentence, trigger_of
from govmedia_screen.lexicon.weighing import LONGEST, Weighing, compile_weighing, triggers_of
from govmedia_screen.matching.text import Text

#: How far to either side of a trigger a sentence is looked at, and a post of which several sentences are read together.
REACH = {"sentence": 90, "passage": 90, "post": 160, "title": 90}
#: Windows that are cut by their reach begin and end at multiples of this, so that triggers side by side share one.
STEP = 80
#: The score of what is only weighed.
WEIGHED = 0.4
#: A neighbouring sentence is looked for so far behind the end of one: past its marks.
PAST = 3
#: How far a quotation is followed to either side, in code points.
QUOTED = 60


class SentenceDetector:
    """Find what the grammar of the lexicons describes, where a trigger stands."""

    family: ClassVar[str] = "sentence"
    needs: ClassVar[str] = "cues"

    def __init__(self, lexicon: Lexicon, profile: Any = None) -> None:
        self.lexicon = lexicon
        self.lines: dict[str | None, list[tuple[Rule, str]]] = defaultdict(list)
        self.compiled: dict[tuple[str, str], Sentence] = {}
        self.weighed: dict[str | None, list[Rule]] = defaultdict(list)
        self.weighings: dict[str, Weighing] = {}
        self.refusals: dict[tuple[str, ...], re.Pattern[str]] = {}
        for rule in lexicon:
            for line in rule.sentences:
                self.lines[trigger_of(line, lexicon.cues)].append((rule, line))
            if rule.weighed:
                for trigger in triggers_of(rule, lexicon.cues) or (None,):
                    self.weighed[trigger].append(rule)
        self.triggers = frozenset(trigger for trigger in (*self.lines, *self.weighed) if trigger is not None)

    @property
    def idle(self) -> bool:
        """Whether no rule has a grammar."""
        return not self.triggers

    def find(self, reading: Reading) -> Iterable[Finding]:
        """The findings, one for each rule and place; what a sentence says outright is not weighed again."""
        if not reading.cue_hits or reading.cue_hits.keys().isdisjoint(self.triggers):
            return ()
        findings = [*self.look(reading)]
        weighed: set[tuple[str, int, int, int]] = set()
        for trigger in sorted(self.weighed.keys() & reading.cue_hits.keys(), key=str):
            for text, start, end in reading.cues(str(trigger)):
                windows = {scope: window_of(scope, text, start, end) for scope in {rule.scope for rule in self.weighed[trigger]}}
                for rule in self.weighed[trigger]:
                    window = windows[rule.scope]
                    if (rule.id, text.index, *window) not in weighed:
                        weighed.add((rule.id, text.index, *window))
                        findings += self.weigh(reading, rule, text, (start, end), window, findings)
        return findings

    def weigh(
        self, reading: Reading, rule: Rule, text: Text, place: tuple[int, int], window: tuple[int, int], known: list[Finding]
    ) -> Iterator[Finding]:
        """The finding of a rule whose evidence round a place is enough, unless the family has said as much already."""
        if (rule.kinds and reading.post.kind not in rule.kinds) or (rule.scope == "title" and text.part != "title"):
            return
        places = self.weighing(rule).places(text.folded, *window)
        if not places:
            return
        start, end = places[0][0], max(last for _, last in places)
        if end - start > LONGEST:
            start, end = trimmed(text.raw, *text.sentence(*place, REACH["sentence"]))
        if self.refused(rule, text, (start, end)) or is_said(reading, rule, text, *window):
            return
        if any(one.part == text.part and one.family == rule.family and one.start < end and start < one.end for one in known):
            return
        yield rule.finding(text, start, end, score=WEIGHED, evidence=tuple(dict.fromkeys(text.raw[first:last] for first, last in places)))

    def weighing(self, rule: Rule) -> Weighing:
        """A rule's weighed lines, compiled when first tried."""
        known = self.weighings.get(rule.id)
        if known is None:
            known = self.weighings[rule.id] = compile_weighing(rule, self.lexicon.cues)
        return known

    def look(self, reading: Reading) -> Iterator[Finding]:
        """Try the lines of each trigger that was seen, once for each window."""
        found: set[tuple[str, int, int]] = set()
        for cue in sorted((reading.cue_hits or {}).keys() & self.lines.keys()):
            seen: set[tuple[int, int, int]] = set()
            for text, start, end in reading.cues(cue):
                for scope in ("sentence", "post"):  # what is one sentence by itself is read once
                    window = window_of(scope, text, start, end)
                    if (text.index, *window) not in seen:
                        seen.add((text.index, *window))
                        lines = [line for line in self.lines[cue] if line[0].scope == scope]
                        yield from self.judge(reading, lines, text, window, found)

    def judge(
        self, reading: Reading, lines: Iterable[tuple[Rule, str]], text: Text, window: tuple[int, int], found: set[tuple[str, int, int]]
    ) -> Iterator[Finding]:
        """Try lines on a window; what was found already is left out."""
        for rule, line in lines:
            if rule.kinds and reading.post.kind not in rule.kinds:
                continue
            span = self.sentence(rule, line).span(text.folded, *window)
            if span is None or (rule.id, text.index, span[0]) in found or self.refused(rule, text, span):
                continue
            if is_said(reading, rule, text, *text.sentence(*span, REACH["sentence"])):
                continue
            found.add((rule.id, text.index, span[0]))
            yield rule.finding(text, *span, score=0.8)

    def sentence(self, rule: Rule, line: str) -> Sentence:
        """A line, compiled when first tried."""
        key = rule.id, line
        known = self.compiled.get(key)
        if known is None:
            known = self.compiled[key] = compile_sentence(rule, line, self.lexicon.cues)
        return known

    def refused(self, rule: Rule, text: Text, span: tuple[int, int]) -> bool:
        """Whether the sentence, the part or the quotation marks around it make it innocent."""
        if rule.quoted == "skip" and (is_quoted(text.raw, *span, QUOTED) or title_of(text.raw, *span, QUOTED)):
            return True
        for words, start, end in ((rule.refuse, *text.sentence(*span, REACH["sentence"])), (rule.refuse_post, 0, len(text.raw))):
            if words and self.refusal(words).search(text.folded, start, end):
                return True
        return False

    def refusal(self, words: tuple[str, ...]) -> re.Pattern[str]:
        """The words and lists that refuse a rule, as one pattern."""
        known = self.refusals.get(words)
        if known is None:
            listed: list[str] = []
            for word in words:
                listed += self.lexicon.cue(word[1:-1]).words if word.startswith("{") else [word]
            known = self.refusals[words] = pattern_of(listed)
        return known


def window_of(scope: str, text: Text, start: int, end: int) -> tuple[int, int]:
    """What is read together round a place, in code points: its sentence, with its neighbours, what stands around it, or the title."""
    reach = REACH[scope]
    if scope == "title":
        return 0, len(text.raw)
    first, last = (start - reach, end + reach) if scope == "post" else text.sentence(start, end, reach)
    if first == start - reach:
        first -= first % STEP
    if last == end + reach:
        last += -last % STEP
    first, last = max(0, first), min(len(text.raw), last)
    if scope == "passage":
        first = text.sentence(max(0, first - PAST), end, reach)[0] if start - first < reach else first
        last = text.sentence(start, min(len(text.raw), last + PAST), reach)[1] if last - end < reach else last
    return first, last


def trimmed(raw: str, start: int, end: int) -> tuple[int, int]:
    """A span without white space at its ends."""
    piece = raw[start:end]
    return start + len(piece) - len(piece.lstrip()), start + len(piece.rstrip())


def is_said(reading: Reading, rule: Rule, text: Text, start: int, end: int) -> bool:
    """Whether the family's own detector has said as much of the sentence already; it leaves its findings in ``notes``."""
    findings: list[Finding] = reading.notes.get(rule.family, [])
    return any(one.part == text.part and one.start < end and start < one.end and one.level >= rule.level for one in findings)


class ReplySentenceDetector(SentenceDetector):
    """Find what the grammar for replies describes: its lines have no triggers, and each is tried on the whole reply."""

    needs: ClassVar[str] = "reply"

    @property
    def idle(self) -> bool:
        """Whether no rule for replies has a grammar."""
        return None not in self.lines and None not in self.weighed

    def find(self, reading: Reading) -> Iterable[Finding]:
        """The findings in the body of a reply, noted for those who judge it as a whole."""
        found: set[tuple[str, int, int]] = set()
        findings = reading.notes["reply.sentences"] = [
            finding
            for text in reading.texts
            if text.part == "body"
            for finding in self.judge(reading, self.lines[None], text, (0, len(text.raw)), found)
        ]
        weighed: list[Finding] = []
        for text in reading.texts:
            for rule in self.weighed[None] if text.part == "body" else ():
                weighed += self.weigh(reading, rule, text, (0, len(text.raw)), (0, len(text.raw)), findings + weighed)
        return findings + weighed
