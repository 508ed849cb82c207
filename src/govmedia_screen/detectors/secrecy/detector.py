"""Secrecy marks, and what shows that an internal paper was pasted whole (涉密标志、版头).

A mark is a level and a star: ``机密★10年`` (GB/T 9704-2012, 7.2.2). The level words alone are
ordinary Chinese (商业秘密、秘密花园、绝密、机密、秘密三级) and are never findings by themselves.
Phrases such as 内部资料 are listed in ``lexicons/secrecy/``, where all the words are; here is
only what a list cannot say, and in ``secrecy_said`` what whole sentences give away.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any, ClassVar

from govmedia_screen.chinese.quotations import is_quoted
from govmedia_screen.detectors.base import Reading
from govmedia_screen.detectors.secrecy.phrases import TRIGGERS, said
from govmedia_screen.finding import Finding, Level
from govmedia_screen.lexicon.lexicon import Lexicon
from govmedia_screen.matching.text import Text
from govmedia_screen.system import lazy

#: What may stand inside a mark: spaces, a dot or dash, and what nobody sees (as for words and numbers).
GAP = (
    r"[ \t\u3000·・.\-\xad\u0300-\u036f\u061c\u115f\u1160\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u20d0-\u20ff\u2800\u3164"
    r"\ufe00-\ufe0f\ufeff\uffa0\ufffc\U000e0000-\U000e01ef]{0,4}"
)
#: What stands for the star of a mark; signs beyond the basic plane are folded to U+FFFD, and need the term behind them.
SIGNS = "★☆✩✭⭐✯🌟✪✦✧"
LEVEL = rf"(?:绝{GAP}密|机{GAP}密|秘{GAP}密)"
TERM = rf"(?:[0-9〇一二三四五六七八九十]{{1,3}}{GAP}(?:年|个?月|天|日)|长{GAP}期|半年|启用前|解密前)"
MARK = lazy.pattern(
    rf"{LEVEL}{GAP}(?:[{SIGNS}]{{1,3}}|\*{{1,3}}(?={GAP}{TERM})|级{GAP}[{SIGNS}]{{1,3}}{GAP}{TERM}|[・·•\ufffd]{GAP}{TERM})(?:{GAP}{TERM})?"
)
#: A level without its star, but where only a mark stands: at the head of a line beside a degree of urgency, or before a paper's title.
URGENCY = rf"(?:特{GAP}急|加{GAP}急|特{GAP}提|平{GAP}急)"
HEADED = lazy.pattern(
    rf"^{GAP}[【〔［\[(（「]?({LEVEL})[】〕］\])）」]?[ \t\u3000·、，,—/\-]{{0,6}}[【〔［\[(（「]?{URGENCY}"
    rf"|^{GAP}{URGENCY}[ \t\u3000·、，,—/\-]{{0,6}}[【〔［\[(（「]?({LEVEL})[】〕］\])）」]?{GAP}$"
    rf"|^{GAP}[【〔［\[(（「]({LEVEL})[】〕］\])）」](?=[^\n。！？]{{0,60}}(?:关于|通知|通报|命令|函|方案|预案|报告|意见|决定|请示|批复|纪要|要点|部署|计划)(?:[^\n。，！？]{{0,4}}$|[^\n。！？]{{0,40}}的))"
    rf"|^{GAP}({LEVEL})[ \t\u3000]{{1,6}}(?=关于[^\n。！？]{{2,60}}(?:通知|通报|命令|函|方案|预案|报告|意见|决定|请示|批复|纪要))",
    re.MULTILINE,
)
#: A level on a line of its own, or after 密级：.
LABELLED = lazy.pattern(rf"密{GAP}级(?:和保密期限)?{GAP}[：:]{GAP}({LEVEL}|内部|工作秘密)(?![、/级和或])")
ALONE = lazy.pattern(rf"^{GAP}[【〔［\[(（「]?({LEVEL})[】〕］\])）」]?{GAP}$", re.MULTILINE)
#: 份号: six digits on a line of their own above the letterhead (GB/T 9704-2012, 7.2.1).
COPY = lazy.pattern(r"\A(?:(?:份号|编号)\s{0,2}[:：]?\s{0,2})?([0-9]{6})\s{0,4}$", re.MULTILINE)
COPY_LABEL = lazy.pattern(r"份\s?号\s{0,2}[:：]?\s{0,2}([0-9]{6})(?![0-9])")
COPY_WORD = lazy.pattern(r"份\s?号")
LETTERHEAD = lazy.pattern(r"文\s{0,4}件\s{0,4}$|电\s{0,4}报\s{0,4}$", re.MULTILINE)
URGENT = lazy.pattern(rf"^{GAP}(特{GAP}急|加{GAP}急|特{GAP}提){GAP}$", re.MULTILINE)
NUMBER = lazy.pattern(
    r"[\u4e00-\u9fff]{0,6}密(?:发|函|电|办|字)?[〔\[［（(【]\s?(?:19|20)[0-9]{2}\s?[〕\]］）)】]\s?第?\s?[0-9]{1,5}\s?号|[〔\[（(]密[〕\])）]\s?[0-9]{1,5}\s?号"
)
HEAD = 400
STARS = SIGNS + "*＊"
#: What must follow a 密 somewhere for any of the patterns above to be worth trying (密切 and 紧密 are in every other post).
HINT = lazy.pattern(rf"密(?:{GAP}(?:[{STARS}级\n】〕］」·・•、，,—/\-特加平关]|$)|[发函电办字]?[〔\[［（(【〕\])）])")


class SecrecyDetector:
    """Find secrecy marks, secret document numbers, copy numbers and marks of urgency."""

    family: ClassVar[str] = "secrecy"

    def __init__(self, lexicon: Lexicon, profile: Any = None) -> None:
        self.lexicon = lexicon
        self.lesson = lexicon.cue("secrecy.mark-lesson")

    def find(self, reading: Reading) -> Iterable[Finding]:
        """The findings of each text; an ordinary text costs a few searches for one character."""
        findings: list[Finding] = []
        for text in reading.texts:
            raw = text.raw
            if "密" in raw and HINT.search(raw):
                findings.extend(self.marks(text))
            if "急" in raw or ("特" in raw and "特提" in raw):
                findings.extend(self.urgency(text))
            if ("份" in raw and COPY_WORD.search(raw)) or raw[:1].isdigit() or "编号" in raw[:30]:
                findings.extend(self.copies(text))
        if reading.cue_hits and not reading.cue_hits.keys().isdisjoint(TRIGGERS):
            findings.extend(self.lexicon[rule].finding(text, start, end, score=0.7) for rule, text, start, end in said(reading))
        return findings

    def marks(self, text: Text) -> Iterator[Finding]:
        """Marks, levels that stand alone, secret document numbers."""
        raw, folded = text.raw, text.folded
        for match in MARK.finditer(folded):
            yield self.mark(text, *match.span())
        for match in HEADED.finditer(folded):
            if not MARK.match(folded, match.start(match.lastindex or 0)):
                yield self.mark(text, *match.span(match.lastindex or 0))
        for match in LABELLED.finditer(raw):
            yield self.lexicon["secrecy.level"].finding(text, *match.span(1))
        for match in ALONE.finditer(raw):
            if match.end() <= HEAD or LETTERHEAD.search(raw, match.end(), match.end() + HEAD):
                yield self.lexicon["secrecy.level"].finding(text, *match.span(1))
        for match in NUMBER.finditer(folded):
            yield self.lexicon["secrecy.document-number"].finding(text, *match.span())

    def mark(self, text: Text, start: int, end: int) -> Finding:
        """A mark; one that is quoted in order to teach how papers are marked is only a note."""
        taught = self.lesson.find(text.folded[slice(*text.sentence(start, end, 90))]) if is_quoted(text.raw, start, end) else None
        level, evidence = (Level.NOTE, (taught,)) if taught else (None, ())
        return self.lexicon["secrecy.mark"].finding(text, start, end, level=level, evidence=evidence)

    def urgency(self, text: Text) -> Iterator[Finding]:
        """A mark of urgency above a letterhead."""
        raw = text.raw
        if "件" not in raw and "报" not in raw:
            return
        for match in URGENT.finditer(raw, 0, HEAD):
            if LETTERHEAD.search(raw, match.end(), match.end() + HEAD):
                yield self.lexicon["secrecy.urgency"].finding(text, *match.span(1))

    def copies(self, text: Text) -> Iterator[Finding]:
        """A copy number: labelled, or on the first line above a letterhead or a mark."""
        folded = text.folded
        labelled = COPY_LABEL.search(folded, 0, 2000)
        if labelled:
            yield self.lexicon["secrecy.copy-number"].finding(text, *labelled.span(1))
            return
        match = COPY.match(folded)
        if match and (LETTERHEAD.search(folded, match.end(), match.end() + 120) or MARK.search(folded, match.end(), match.end() + 60)):
            yield self.lexicon["secrecy.copy-number"].finding(text, *match.span(1))
