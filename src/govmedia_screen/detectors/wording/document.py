"""Document numbers (GB/T 9704—2012 7.2.5) and titles of papers.

A number is the issuer's code, the year in hexagonal brackets, and a serial number without
``第`` and without leading zeros: ``国办发〔2018〕123号``. Numbers of orders (令第711号), notices
(公告2024年第10号) and cases (（2018）京01民终123号) have forms of their own.
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

OPENING, CLOSING = "〔[［(（【〈﹝{", "〕]］)）】〉﹞}"
#: The last character of an issuer's code, on which a number without brackets or 号 is told from others.
CODE = "发函办字文规通复请报党政组纪人财建环教卫税农水商审监令电批综法委"
NUMBER = pattern(
    rf"(?P<left>[{re.escape(OPENING)}])[ ]?"
    r"(?P<year>[\d０-９]{2,4}|[〇零○二一三四五六七八九]{4})[ ]?(?P<suffix>年?)[ ]?"
    rf"(?P<right>[{re.escape(CLOSING)}])[ ]?(?P<ordinal>第?)[ ]?(?P<serial>[\d０-９]{{1,6}})[ ]?(?P<end>号?)"
)
#: Year and serial run together, the closing bracket lost.
DAMAGED = pattern(rf"(?<=[{CODE}])(?P<left>[{re.escape(OPENING)}])(?P<year>(?:19|20)\d\d)(?P<serial>[1-9]\d{{0,4}})号")
LOST_OPENING = pattern(rf"(?<=[{CODE}])(?P<year>(?:19|20)\d\d)(?P<right>[〕\]］】])(?P<serial>[1-9]\d{{0,4}})号")
FIGURES = frozenset("0123456789０１２３４５６７８９ ")
#: The longest number, brackets and serial, in code points.
LONGEST = 24
CHINESE = str.maketrans("〇零○一二三四五六七八九０１２３４５６７８９", "0001234567890123456789")
#: What stands after a number that counts things (5号楼、3号窗口).
COUNTED = tuple("楼窗院线门车机库地房段口井桥站室台令")
#: A first line longer than this is a sentence, not a title.
LONGEST_HEAD = 80
TITLE = pattern(r"请示报告\Z|通知的通知|意见的函\Z|(?:上报|报送)[^，。]{1,30}的报告\Z")


class DocumentDetector:
    """Find document numbers that are damaged or not in form, and titles that are not."""

    family: ClassVar[str] = "wording"

    def __init__(self, lexicon: Lexicon, profile: Profile) -> None:
        self.damaged = lexicon["wording.document.damaged"]
        self.number = lexicon["wording.document.number"]
        self.title = lexicon["wording.document.title"]

    def find(self, reading: Reading) -> Iterable[Finding]:
        """Yield the findings of every part."""
        found: list[Finding] = []
        for text in reading.texts:
            if "关于" in text.raw[:40]:
                head = text.raw.split("\n", 1)[0].rstrip("。 ")
                if len(head) <= LONGEST_HEAD and (text.part == "title" or "，" not in head):
                    found.extend(self.title.finding(text, *match.span()) for match in TITLE.finditer(head))
            if "〔" in text.raw:
                found.extend(self.numbers(text, 0, len(text.raw)))
            elif "号" in text.raw:
                found.extend(self.numbered(text))
        return found

    def numbered(self, text: Text) -> Iterator[Finding]:
        """Document numbers out of form that end in 号; those that do not have the due brackets."""
        raw = text.raw
        place, done = raw.find("号"), 0
        while place >= 0:
            if raw[place - 1] in FIGURES:
                yield from self.numbers(text, max(done, place - LONGEST), place + 1)
                done = place + 1
            place = raw.find("号", place + 1)

    def numbers(self, text: Text, start: int, end: int) -> Iterator[Finding]:
        """Document numbers out of form between two places."""
        raw = text.raw
        for match in NUMBER.finditer(raw, start, end):
            right = standing(match)
            if right is None or match[0] == right:
                continue
            broken = OPENING.index(match["left"]) != CLOSING.index(match["right"])
            rule = self.damaged if broken else self.number
            yield rule.finding(text, *match.span(), suggestion=right)
        for form, sign in ((DAMAGED, OPENING), (LOST_OPENING, CLOSING)):
            if any(mark in raw[start:end] for mark in sign):
                for match in form.finditer(raw, start, end):
                    yield self.damaged.finding(text, *match.span(), suggestion=f"〔{match['year']}〕{match['serial']}号")


def standing(match: re.Match[str]) -> str | None:
    """The number in due form, or None if the match is no document number."""
    year = match["year"].translate(CHINESE)
    serial = match["serial"].translate(CHINESE)
    issuer = match.string[max(0, match.start() - 2) : match.start()].rstrip(" ")[-1:]
    if not "\u4e00" <= issuer <= "\u9fff":
        return None
    if issuer in "字用证第" and (match["ordinal"] or serial.startswith("0")):
        return None  # certificates and acts of enforcement have forms of their own
    coded = issuer in CODE
    if not coded and match.string[match.end() : match.end() + 1] in COUNTED:
        return None
    if not match["end"] and not (
        coded and match["left"] == "〔" and match.string[match.end() : match.end() + 1] not in ("年", "-", ".", "—")
    ):
        return None
    if len(year) == 2:
        if not coded:
            return None
        year = ("19" if year > "49" else "20") + year
    if len(year) != 4 or not "1949" <= year <= "2099" or not serial.strip("0"):
        return None
    return f"〔{year}〕{serial.lstrip('0')}号"
