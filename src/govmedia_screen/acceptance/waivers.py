"""Waivers: findings accepted in the text itself, in a comment of Markdown or HTML.

::

    <!-- govmedia: allow privacy.phone — 公开的办事电话 -->
    <!-- govmedia: allow-file wording — 引文照录 -->

A comment beside text holds for its line; one that stands alone holds for the paragraph after
it; ``allow-file`` holds for the whole file. Rules or families, parted by commas. Without a
reason a waiver is none.

The author writes it alone, so it cannot touch what needs somebody else: never whether a post was
approved, and what blocks, what is secret and what gives access only where the profile names the
rule or family in ``settings.waivable``. ``settings.waivers = false`` refuses all.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import accumulate
from typing import TYPE_CHECKING

from govmedia_screen.acceptance.baseline import Baseline, accepting
from govmedia_screen.documents import HTML, MARKDOWN, Document
from govmedia_screen.documents.markdown import comments
from govmedia_screen.finding import Finding, Level, Positions
from govmedia_screen.profile import Exemption, Profile
from govmedia_screen.report.report import Report
from govmedia_screen.system import lazy

if TYPE_CHECKING:
    from govmedia_screen.screener import Screener

MARK = "govmedia"
WAIVER = lazy.pattern(
    r"<!--\s*govmedia\s*[:：]\s*(?P<verb>\S{0,20})\s*"
    r"(?P<rules>[\w.-]{0,80}(?:\s?[,，、]\s?[\w.-]{1,80}){0,20})"
    r"(?:(?:\s*(?:—{1,2}|[:：])|\s+-{1,2})\s*(?P<reason>\S.*?)?)?\s*-->",
    re.DOTALL,
)
OURS = lazy.pattern(r"<!--\s*govmedia\s*[:：]")
TAG = lazy.pattern(r"<!--.{0,2000}?-->|<[^<>]{0,400}>")
WORD = lazy.pattern(r"\S")
BLANK = lazy.pattern(r"(?:\r\n|\r|\n)[ \t]*(?=\r\n|\r|\n)")


#: A longer comment is none of ours, in code points.
LONGEST = 2000
NOT_HERE = "拦截级、涉密和口令类的发现不能在稿件里豁免，须由方案（exempt、waivable）或基线接受"


@dataclass(frozen=True, slots=True)
class Waiver(Exemption):
    """A waiver of one rule.

    Attributes:
        line: the line of its comment.
        start: the first code point of the file that it covers.
        end: one past the last.
        whole: whether it covers the whole file.
    """

    line: int = 0
    start: int = 0
    end: int = 0
    whole: bool = False


class Waivers:
    """The waivers of one document by the rule or family that they name, to be asked in logarithmic time."""

    def __init__(self, waivers: Iterable[Waiver]) -> None:
        self.whole: dict[str, Waiver] = {}
        self.placed: dict[str, list[Waiver]] = {}
        for waiver in waivers:
            if waiver.whole:
                self.whole.setdefault(waiver.rule, waiver)
            else:
                self.placed.setdefault(waiver.rule, []).append(waiver)
        self.furthest: dict[str, list[Waiver]] = {}
        for rule, placed in self.placed.items():
            placed.sort(key=lambda one: one.start)
            self.furthest[rule] = list(accumulate(placed, further))

    def covering(self, finding: Finding, span: tuple[int, int] | None) -> Waiver | None:
        """The waiver that covers a finding whose place in the file is ``span``, or None."""
        for rule in (finding.rule, finding.family):
            if waiver := self.whole.get(rule):
                return waiver
            if span and (placed := self.placed.get(rule)):
                before = bisect_left(placed, max(span[1], span[0] + 1), key=lambda one: one.start)
                if before and (waiver := self.furthest[rule][before - 1]).end > span[0]:
                    return waiver
        return None


def further(one: Waiver, other: Waiver) -> Waiver:
    """The one that reaches further."""
    return one if one.end >= other.end else other


def barred(finding: Finding, profile: Profile) -> bool:
    """Whether a comment of the author's is not enough to accept a finding."""
    if finding.traits.waive == "nobody" or profile.settings.get("waivers") is False:
        return True
    if finding.level < Level.BLOCK and finding.traits.waive == "author":
        return False
    waivable = profile.settings.get("waivable", ())
    return finding.rule not in waivable and finding.family not in waivable


def apply(document: Document, report: Report, profile: Profile, known: Collection[str] = ()) -> tuple[Report, list[str]]:
    """The report without the findings that the document's own comments waive, and what is to be told of the waivers.

    Args:
        document: the file.
        report: its report.
        profile: decides anew.
        known: the ids of all rules, to tell waivers of rules that there are not; empty to leave that out.
    """
    if MARK not in document.text or not document.name.lower().endswith(MARKDOWN + HTML):
        return report, []
    waivers, problems = read(document)
    asked = Waivers(waivers)
    used: set[Waiver] = set()
    pairs: list[tuple[Finding, Exemption]] = []
    refused: set[Waiver] = set()
    for finding in report.findings:
        if waiver := asked.covering(finding, document.span(finding)):
            if barred(finding, profile):
                refused.add(waiver)
            else:
                used.add(waiver)
                pairs.append((finding, waiver))
    families = {rule.partition(".")[0] for rule in known}
    for waiver in waivers:
        if waiver in refused:
            problems.append(f"{document.name}:{waiver.line}: 豁免 {waiver.rule} 不起作用：{NOT_HERE}")
        elif waiver not in used:
            missing = known and waiver.rule not in known and waiver.rule not in families
            problems.append(f"{document.name}:{waiver.line}: 豁免 {waiver.rule} {'：没有这条规则' if missing else '没有用到，可以删去'}")
    return accepting(report, pairs, profile), problems


def read(document: Document) -> tuple[list[Waiver], list[str]]:
    """The waivers of a document, and what is wrong with those that are none."""
    text = document.text
    scopes = Scopes(document)
    waivers, problems = [], []
    for start, end in comments(text):
        if end - start > LONGEST or not OURS.match(text, start, end):
            continue
        match = WAIVER.fullmatch(text, start, end)
        line = document.positions.line_column(start)[0]
        rules = re.findall(r"[\w.-]+", match["rules"]) if match else []
        if not match or match["verb"] not in ("allow", "allow-file") or not rules:
            problems.append(f"{document.name}:{line}: 豁免应写成 <!-- govmedia: allow 规则号 — 理由 -->")
        elif not match["reason"]:
            problems.append(f"{document.name}:{line}: 豁免 {'、'.join(rules)} 没有写理由，不起作用")
        else:
            whole = match["verb"] == "allow-file"
            first, last = (0, len(text)) if whole else scopes.of(start, end)
            waivers += [Waiver(rule, match["reason"], date.max, None, None, line, first, last, whole) for rule in rules]
    return waivers, problems


class Scopes:
    """What the comments of one document hold for."""

    def __init__(self, document: Document) -> None:
        self.document, self.text = document, document.text
        self.lines = document.positions.begins
        self.beside: dict[int, bool] = {}
        self.blanks = [match.start() for match in BLANK.finditer(self.text)]
        self.paragraphs = Positions(document.post.body).begins

    def of(self, start: int, end: int) -> tuple[int, int]:
        """The span of the file that a comment holds for: its line if there is text in it, else the paragraph after it."""
        text = self.text
        first = self.lines[bisect_right(self.lines, start) - 1]
        last = self.lines[after] if (after := bisect_right(self.lines, end)) < len(self.lines) else len(text)
        if first not in self.beside:
            self.beside[first] = bool(TAG.sub("", text[first:last]).strip())
        if self.beside[first]:
            return first, last
        if self.document.name.lower().endswith(HTML):
            places = self.document.places["body"]
            place = places.part_offset(end)
            number = bisect_right(self.paragraphs, place)
            size = len(self.document.post.body)
            return places.span(self.paragraphs[number - 1], self.paragraphs[number] - 1 if number < len(self.paragraphs) else size)
        begin = WORD.search(text, end)
        first = begin.start() if begin else len(text)
        number = bisect_left(self.blanks, first)
        return first, self.blanks[number] if number < len(self.blanks) else len(text)


def screened(
    documents: Sequence[Document], screener: Screener, baseline: Baseline | None = None
) -> tuple[list[tuple[Document, Report]], list[str]]:
    """Screen documents, and leave out what their waivers and a baseline accept.

    Returns:
        The documents with their reports, and what is to be told of waivers and baseline.
    """
    results, told = [], []
    for document, report in zip(documents, screener.screen_many(document.post for document in documents), strict=True):
        left, problems = apply(document, report, screener.profile, screener.lexicon.rules)
        told += problems
        results.append((document, baseline.apply(left, screener.profile) if baseline else left))
    if baseline:
        told += baseline.problems(document.name for document in documents)
    return results, told
