"""Waivers: findings accepted in the text itself, in a comment of Markdown or HTML.

::

    <!-- govmedia: allow privacy.phone — 公开的办事电话 -->
    <!-- govmedia: allow-file wording — 引文照录 -->

A comment beside text holds for its line; one that stands alone holds for the paragraph after
it; ``allow-file`` holds for the whole file. Rules or families, parted by commas. Without a
reason a waiver is none.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from govmedia_screen.acceptance.baseline import Baseline, accepting
from govmedia_screen.documents import HTML, MARKDOWN, Document
from govmedia_screen.documents.markdown import comments
from govmedia_screen.finding import Finding
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
LINE_BREAK = lazy.pattern(r"[\r\n]")
BLANK = lazy.pattern(r"(?:\r\n|\r|\n)[ \t]*(?=\r\n|\r|\n)")


@dataclass(frozen=True, slots=True)
class Waiver(Exemption):
    """A waiver of one rule.

    Attributes:
        line: the line of its comment.
        start: the first code point of the file that it covers.
        end: one past the last.
    """

    line: int = 0
    start: int = 0
    end: int = 0

    def covers(self, document: Document, finding: Finding) -> bool:
        """Whether the finding is waived."""
        if self.rule not in (finding.rule, finding.family):
            return False
        if self.start == 0 and self.end >= len(document.text):
            return True
        span = document.span(finding)
        return span is not None and span[0] < self.end and self.start < max(span[1], span[0] + 1)


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
    used: set[Waiver] = set()
    pairs = []
    for finding in report.findings:
        for waiver in waivers:
            if waiver.covers(document, finding):
                used.add(waiver)
                pairs.append((finding, waiver))
                break
    families = {rule.partition(".")[0] for rule in known}
    for waiver in waivers:
        if waiver not in used:
            missing = known and waiver.rule not in known and waiver.rule not in families
            problems.append(f"{document.name}:{waiver.line}: 豁免 {waiver.rule} {'：没有这条规则' if missing else '没有用到，可以删去'}")
    return accepting(report, pairs, profile), problems


def read(document: Document) -> tuple[list[Waiver], list[str]]:
    """The waivers of a document, and what is wrong with those that are none."""
    text = document.text
    waivers, problems = [], []
    for start, end in comments(text):
        if not OURS.match(text, start, end):
            continue
        match = WAIVER.fullmatch(text, start, end)
        line = document.positions.line_column(start)[0]
        rules = re.findall(r"[\w.-]+", match["rules"]) if match else []
        if not match or match["verb"] not in ("allow", "allow-file") or not rules:
            problems.append(f"{document.name}:{line}: 豁免应写成 <!-- govmedia: allow 规则号 — 理由 -->")
        elif not match["reason"]:
            problems.append(f"{document.name}:{line}: 豁免 {'、'.join(rules)} 没有写理由，不起作用")
        else:
            first, last = (0, len(text)) if match["verb"] == "allow-file" else scope(document, start, end)
            waivers += [Waiver(rule, match["reason"], date.max, None, None, line, first, last) for rule in rules]
    return waivers, problems


def scope(document: Document, start: int, end: int) -> tuple[int, int]:
    """The span of the file that a comment holds for."""
    text = document.text
    line_start = max(text.rfind("\n", 0, start), text.rfind("\r", 0, start)) + 1
    line_end = next(line_ends(text, end), len(text))
    if TAG.sub("", text[line_start:start] + text[end:line_end]).strip():
        return line_start, line_end
    if document.name.lower().endswith(HTML):
        body, places = document.post.body, document.places["body"]
        place = places.part_offset(end)
        first, last = body.rfind("\n", 0, place) + 1, body.find("\n", place)
        return places.span(first, len(body) if last < 0 else last)
    begin = end
    while begin < len(text) and text[begin].isspace():
        begin += 1
    blank = BLANK.search(text, begin)
    return begin, blank.start() if blank else len(text)


def line_ends(text: str, start: int) -> Iterator[int]:
    """Where lines end from an offset on."""
    for match in LINE_BREAK.finditer(text, start):
        yield match.start()


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
