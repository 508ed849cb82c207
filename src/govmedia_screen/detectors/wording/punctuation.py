"""Punctuation by GB/T 15834—2011, in two styles.

New-media posts have habits of their own (spaces for commas, half-width marks, hashtags), so the
``post`` style finds only what is wrong anywhere: a title that ends with a stop, quotation
marks turned round. The ``strict`` style is for papers: a profile asks for it with
``settings.punctuation = "strict"``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import ClassVar

from govmedia_screen.detectors.base import Reading
from govmedia_screen.finding import Finding
from govmedia_screen.lexicon.lexicon import Lexicon
from govmedia_screen.matching.text import Text
from govmedia_screen.profile import Profile
from govmedia_screen.system.lazy import pattern

TITLE_END = pattern(r"[。，、；,;]\s*\Z")
#: The heading of a paper at the beginning of a body that has no title of its own.
HEADING = pattern(r"[^\n。]{0,30}关于[^\n。，]{2,60}的(?:通知|通报|通告|公告|决定|意见|请示|批复|函|报告)(?P<end>[。，；])(?=\s*(?:\n|\Z))")
#: A closing mark that opens and an opening one that closes, in one line, no other between them.
REVERSED = pattern(r"(?:(?<=[：，。:])|^)”[^“”\n]{1,80}“(?=[，。！？；、）的\s]|$)", re.MULTILINE)
HAN = "\u3400-\u9fff"
FULL = str.maketrans(",;:!?.", "，；：！？。")
#: Half-width marks that touch Han on the left; numbers, Latin, addresses and tags are left alone.
HALF_WIDTH = pattern(rf"(?<=[{HAN}》”）])[,;:!?](?![\w/)\]#@_-]*[/@#.])(?=[\s{HAN}《“（\d]|$)|(?<=[{HAN}》”）])\.(?=[{HAN}《“\s]|$)(?!\.)")
STRAIGHT = pattern(rf'"[^"\n]{{0,60}}[{HAN}][^"\n]{{0,60}}"')
BETWEEN = pattern(r"(?<=》)、(?=《)|(?<=”)、(?=“)")
ELLIPSIS = pattern(rf"。{{3,6}}|(?<=[{HAN}])\.{{3,6}}(?=[{HAN}，。！？\s]|$)|(?<=[{HAN}])…(?!…)")
ELLIPSIS_AND_SO_ON = pattern(r"……(?=等)")
DASH = pattern(rf"(?<=[{HAN}”》])(?:--|－－|——-|—(?!—))(?=[{HAN}“《])")
SPACE = pattern(rf"(?<=[{HAN}]) {{1,3}}(?=[，。、；：！？])|(?<=[，。、；：！？]) {{1,3}}(?=[{HAN}])|(?<=\d) {{1,3}}(?=[%％°℃])")
REPEATED = pattern(r"[！!]{2,20}|[？?]{2,20}")
FULL_LETTERS = pattern(r"[Ａ-Ｚａ-ｚ０-９]{1,40}")
#: What the marks of an address or a line of code look like; a half-width mark near one is its own.
CODE = pattern(rb"://|www\.|[a-z]@[a-z]|[{}`$<>=]")


class PunctuationDetector:
    """Find marks that the standard does not allow."""

    family: ClassVar[str] = "wording"

    def __init__(self, lexicon: Lexicon, profile: Profile) -> None:
        self.lexicon = lexicon
        self.strict = profile.settings.get("punctuation") == "strict"

    def find(self, reading: Reading) -> Iterable[Finding]:
        """Yield the findings of the profile's style."""
        found: list[Finding] = []
        for text in reading.texts:
            raw = text.raw
            if 0 <= raw.find("”") < raw.find("“") or "关于" in raw[:40] or text.part == "title":
                found.extend(self.certain(text))
            if self.strict:
                found.extend(self.standard(text))
        return found

    def certain(self, text: Text) -> Iterator[Finding]:
        """What is wrong in any style."""
        raw = text.raw
        if text.part == "title" and (match := TITLE_END.search(raw)) and not raw.endswith("……"):
            yield self.lexicon["wording.punctuation.title-end"].finding(text, match.start(), match.end(), suggestion="")
        elif text.part == "body" and "关于" in raw[:40] and (match := HEADING.match(raw)):
            yield self.lexicon["wording.punctuation.title-end"].finding(text, *match.span("end"), suggestion="")
        if first_is_closing(raw):
            for match in REVERSED.finditer(raw):
                if raw.rfind("“", 0, match.start()) <= raw.rfind("”", 0, match.start()):
                    right = f"“{match[0][1:-1]}”"
                    yield self.lexicon["wording.punctuation.reversed"].finding(text, *match.span(), suggestion=right)

    def standard(self, text: Text) -> Iterator[Finding]:
        """What the standard asks of papers."""
        raw, rule = text.raw, self.lexicon
        for match in HALF_WIDTH.finditer(raw):
            if not CODE.search(text.ascii[max(0, match.start() - 12) : match.end() + 12]):
                yield rule["wording.punctuation.half-width"].finding(text, *match.span(), suggestion=match[0].translate(FULL))
        for match in STRAIGHT.finditer(raw):
            if not CODE.search(text.ascii[match.start() : match.end()]):
                yield rule["wording.punctuation.straight-quote"].finding(text, *match.span(), suggestion=f"“{match[0][1:-1]}”")
        for match in BETWEEN.finditer(raw):
            yield rule["wording.punctuation.between"].finding(text, *match.span(), suggestion="")
        for match in ELLIPSIS.finditer(raw):
            yield rule["wording.punctuation.ellipsis"].finding(text, *match.span(), suggestion="……")
        for match in ELLIPSIS_AND_SO_ON.finditer(raw):
            yield rule["wording.punctuation.ellipsis"].finding(text, *match.span(), suggestion="")
        for match in DASH.finditer(raw):
            yield rule["wording.punctuation.dash"].finding(text, *match.span(), suggestion="——")
        for match in SPACE.finditer(raw):
            yield rule["wording.punctuation.space"].finding(text, *match.span(), suggestion="")
        for match in REPEATED.finditer(raw):
            yield rule["wording.punctuation.repeated"].finding(text, *match.span(), suggestion=match[0][0].translate(FULL))
        for match in FULL_LETTERS.finditer(raw):
            half = "".join(chr(ord(char) - 0xFEE0) for char in match[0])
            yield rule["wording.punctuation.full-width-letter"].finding(text, *match.span(), suggestion=half)


def first_is_closing(raw: str) -> bool:
    """Whether the first closing quotation mark comes before the first opening one."""
    place = raw.find("”")
    return 0 <= place < raw.find("“")
