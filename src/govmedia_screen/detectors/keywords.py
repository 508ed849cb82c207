"""Listed terms of every family, judged by the company they keep.

Topic is not stance: a post that warns of a crime names it. A rule with ``context = "stance"``
is at its own level where the text offers, sells or teaches; one level lower where nothing
tells; and a note at most where the text warns, punishes, reports, cites a statute or treats.
A term that is hidden by a disguise counts one level higher.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any, ClassVar

from govmedia_screen.chinese.dates import read_date
from govmedia_screen.chinese.quotations import QUOTATION_MARKS, TITLE_MARKS, enclosing, title_of
from govmedia_screen.detectors.base import Reading
from govmedia_screen.finding import Finding, Level
from govmedia_screen.lexicon.hits import Hit
from govmedia_screen.lexicon.lexicon import Lexicon
from govmedia_screen.matching.fold import folded
from govmedia_screen.matching.text import Text
from govmedia_screen.system import lazy

#: A way to reach a seller: mobile number, WeChat/QQ account, link.
CONTACT = lazy.pattern(
    r"(?<!\d)1[3-9]\d{9}(?!\d)|(?:微信|vx|wx|v信|薇信|威信|qq|扣扣|飞机|tg)号?[:：+\s]{0,3}[a-z0-9_-]{5,20}|https?://|www\.|(?<![a-z0-9.])t\.me/"
    r"|[a-z0-9-]{2,30}\.(?:com|cc|top|xyz|vip|info|net)(?![a-z])",
    re.IGNORECASE,
)
PRICE = lazy.pattern(r"\d[\d.,]{0,9}(?:元|块|万|折|/克|一克|每克|包邮|u(?![a-z]))|[¥￥$]\d", re.IGNORECASE)
#: What stands before the name of an account; offices like to name theirs by initials.
ACCOUNT = ("号", "id", "@", "搜", "搜索", "关注")
#: The longest title of a statute or text that is looked for around a hit, in code points to either side.
LONGEST_TITLE = 60


class KeywordDetector:
    """Turn the verified hits of every family's terms into findings."""

    family: ClassVar[str] = "keywords"
    needs: ClassVar[str] = "hits"

    def __init__(self, lexicon: Lexicon, profile: Any = None) -> None:
        self.warning = lexicon.cue("context.warning")
        self.report = lexicon.cue("context.report")
        self.promotion = lexicon.cue("context.promotion")
        self.instruction = lexicon.cue("context.instruction")

    def find(self, reading: Reading) -> Iterable[Finding]:
        """All findings of listed terms."""
        if not reading.hit_lists:
            return ()
        return [finding for hits in reading.hit_lists.values() for hit in hits for finding in self.judge(reading, hit)]

    def judge(self, reading: Reading, hit: Hit) -> Iterator[Finding]:
        """One finding, or none if the rule's own context says so."""
        rule, text = hit.rule, hit.text
        evidence: list[str] = []
        if rule.since and (day := read_date(reading.post.published_at)) and day < rule.since:
            return
        if rule.quoted == "skip" and enclosing(text.raw, hit.start, hit.end, QUOTATION_MARKS | TITLE_MARKS):
            return
        if not rule.fits(text.folded, hit.start, hit.end):
            return
        if rule.near:
            cue = first_in(nearby(rule.near), text, hit, rule.near_distance)
            if cue is None:
                return
            evidence.append(cue)
        if rule.not_near and first_in(nearby(rule.not_near), text, hit, rule.not_near_distance):
            return
        level: Level | None = rule.level
        if rule.context == "stance":
            level, reasons = self.weigh(reading, hit)
            evidence += reasons
        if level is None or not hit.is_words:
            return
        if hit.variant in ("initials", "reverse") and not is_offer(hit, level, evidence):
            return
        if hit.disguise or hit.variant:
            evidence += hit.labels
            if hit.hidden:
                level = Level(min(level + 1, Level.BLOCK))
        if text.raw[hit.start : hit.end] != hit.term:
            evidence.insert(0, hit.term)
        score = {Level.NOTE: 0.5, Level.REVIEW: 0.75, Level.BLOCK: 0.95}[level]
        yield rule.finding(text, hit.start, hit.end, level=level, suggestion=hit.replacement, score=score, evidence=tuple(evidence))

    def weigh(self, reading: Reading, hit: Hit) -> tuple[Level | None, tuple[str, ...]]:
        """The level that the context leaves, None for nothing at all, and the cues that say so."""
        rule, text = hit.rule, hit.text
        start, end = text.sentence(hit.start, hit.end)
        if text.raw[end : end + 1] in ("？", "?"):  # a question is read with its answer
            end = text.sentence(end, end + 1)[1]
        sentence = text.folded[start:end]
        around = text.folded[max(0, hit.start - 60) : hit.end + 60]
        title = title_of(text.raw, hit.start, hit.end, LONGEST_TITLE)
        warning = self.warning.find_all(sentence) or self.report.find_all(sentence)
        contact = CONTACT.search(around)
        offered = self.promotion.find_all(around) or self.instruction.find_all(around)
        if not warning and not title:
            if contact:
                return rule.level, (contact[0], *offered)
            if (price := PRICE.search(around)) and offered:
                return rule.level, (price[0], *offered)
            if offered and not self.document_warns(reading):
                return rule.level, offered
        if title:
            return None, (title,)
        if reasons := warning or self.document_warns(reading):
            return (Level.NOTE if rule.level == Level.BLOCK else None), reasons
        return (Level(rule.level - 1) if rule.level > Level.NOTE else None), ()

    def document_warns(self, reading: Reading) -> tuple[str, ...]:
        """The warning cues of a post that warns as a whole: three different ones, or one in the title."""
        known: tuple[str, ...] | None = reading.notes.get("warns")
        if known is None:
            known = ()
            for text in reading.texts:
                cues = self.warning.find_all(text.folded[:5000])
                if len(cues) >= (1 if text.part == "title" else 3):
                    known = cues
                    break
            reading.notes["warns"] = known
        return known


def is_offer(hit: Hit, level: Level, reasons: list[str]) -> bool:
    """Whether a weak spelling stands for its term: letters alone (bzkz) and words turned round (叶飞子群) may be anything.

    They count only where the text offers, and letters not as the name of somebody's account.
    """
    surface = hit.text.folded[hit.start : hit.end]
    if hit.variant == "initials":
        if not surface.isascii():
            return True
        before = hit.text.folded[max(0, hit.start - 4) : hit.start].rstrip(" :：")
        if before.endswith(ACCOUNT) or any(surface in reason for reason in reasons):
            return False
    return bool(reasons) and level == hit.rule.level


@cache
def nearby(words: tuple[str, ...]) -> tuple[str, ...]:
    """A rule's ``near`` or ``not_near`` words, folded as texts are."""
    return tuple(map(folded, words))


def first_in(words: tuple[str, ...], text: Text, hit: Hit, reach: int) -> str | None:
    """The first of the words within reach of the hit, the hit itself left out."""
    before = text.folded[max(0, hit.start - reach) : hit.start]
    after = text.folded[hit.end : hit.end + reach]
    for word in words:
        if word in before or word in after:
            return word
    return None
