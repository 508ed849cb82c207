"""Session: one document that is being written, and what is found in it.

A keystroke screens the paragraph that it falls in, before and after, and applies the difference
to what is known of the whole post: everything else has only moved. What a paragraph cannot tell
(a list that runs over paragraphs, the voice of the whole post, a warning elsewhere) is left as it
was, and screened when the writer pauses: ``settle`` gives what ``Screener.screen`` gives.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from operator import attrgetter

from govmedia_screen.acceptance.waivers import apply
from govmedia_screen.documents import HTML, MARKDOWN, Document, of_text
from govmedia_screen.documents.frontmatter import FENCE
from govmedia_screen.documents.markdown import HEADING
from govmedia_screen.documents.places import whole
from govmedia_screen.errors import InputError, MissingExtra
from govmedia_screen.finding import Finding
from govmedia_screen.post import Post
from govmedia_screen.report.policy import COVERING, settle
from govmedia_screen.report.report import Report
from govmedia_screen.screener import Screener

#: Code points of the neighbouring paragraphs that a paragraph is read with.
MARGIN = 20
#: A long paragraph is cut this far from the change, at a multiple of ``GRID`` so that the cut stays put while one types.
REACH, GRID = 32, 16

#: Every field of a post but its body, which is the first.
REST = attrgetter(*list(Post.__dataclass_fields__)[1:])

Key = tuple[str, int, int]


class Session:
    """One open document.

    Attributes:
        document: the document as it is now.
        findings: what is found in it, its waivers not yet applied.
        exact: whether that is what screening the whole post gives, or a paragraph's difference to it.
        problem: why it cannot be read (broken front matter), else an empty text.
    """

    def __init__(self, screener: Screener, name: str, text: str) -> None:
        self.screener, self.name = screener, name
        self.paragraphs = screener.without_model()
        self.window: tuple[str, str, tuple[Finding, ...]] | None = None
        self.problem = ""
        self.head = self.tail = 0  # where the last change was
        self.document = self.parse(text)
        self.screen()

    def parse(self, text: str) -> Document:
        """The text as a document; one that cannot be read as its kind is read as plain text."""
        self.problem = ""
        try:
            return of_text(text, self.name)
        except (InputError, MissingExtra) as error:
            self.problem = str(error)
            return Document(self.name, Post(body=text, id=self.name), text, {"body": whole(text)})

    def screen(self) -> None:
        """Screen the whole post."""
        self.report: Report = self.screener.screen(self.document.post)
        self.findings: tuple[Finding, ...] = self.report.findings
        self.exact = True

    def settle(self) -> bool:
        """Screen the whole post if that has not been done since the last change; whether anything came out otherwise."""
        if self.exact:
            return False
        before = self.findings
        self.screen()
        return before != self.findings

    def change(self, text: str) -> None:
        """Take a new text and screen what changed in it."""
        old = self.document
        if text == old.text:
            return
        new = self.quick(text)
        if new is None:
            new = self.parse(text)
            if self.problem or replace(old.post, body="") != replace(new.post, body=""):
                self.document = new
                self.screen()
                return
        self.document = new
        self.exact = False
        if new.post.body != old.post.body:
            self.findings = self.moved(old.post, new.post)

    def quick(self, text: str) -> Document | None:
        """The text as a document if only the body can have changed and is one slice of the file."""
        old = self.document
        kind = self.name.lower()
        if self.problem or kind.endswith(HTML):
            return None
        pieces = old.places["body"].pieces
        start = pieces[0].file_start if pieces else len(old.text)
        if kind.endswith(MARKDOWN):
            header = text[:start]
            if "<!--" in text or header != old.text[:start] or not pieces or (not start and FENCE.match(text)):
                return None
            if not old.post.title and HEADING.match(text, start):
                return None
        body = text[start:]
        return Document(self.name, Post(body, *REST(old.post)), text, {**old.places, "body": whole(body, start)}, old.encoding)

    def moved(self, before: Post, after: Post) -> tuple[Finding, ...]:
        """What is found after a change of the body, told from the changed paragraph."""
        old, new = before.body, after.body
        head = common(old, new, self.head)
        tail = common_end(old, new, min(len(old), len(new)) - head, self.tail)
        self.head, self.tail = head, tail
        left, right = bounds(new, head, tail)
        shift = len(new) - len(old)
        was = {key(one): one for one in self.local(before.title, old, left, right)}
        now = {key(one): one for one in self.local(after.title, new, left, right)}
        result = []
        for finding in self.findings:
            if finding.part != "body":
                result.append(finding)
                continue
            there = place(finding, head, len(old) - tail, shift, new)
            known = was.get(key(finding))
            if known is None:
                if there is not None:
                    result.append(there)
            elif there is not None:
                again = now.pop(key(there), None)
                if again is not None:
                    result.append(there if again.level == known.level else replace(there, level=again.level, evidence=again.evidence))
        hidden = {key(there) for one in was.values() if (there := place(one, head, len(old) - tail, shift, new))}
        result += [one for spot, one in now.items() if spot not in hidden]
        return tuple(settle(result))

    def local(self, title: str, body: str, left: int, right: int) -> Iterable[Finding]:
        """What a stretch of the body gives by itself, at its place in the body; ``right`` counts from the end."""
        text = body[left : len(body) - right]
        if self.window is None or self.window[:2] != (title, text):
            found = self.paragraphs.screen(Post(body=text, title=title)).findings
            self.window = (
                title,
                text,
                tuple(one for one in found if one.part == "body" and one.rule not in COVERING and one.start < one.end),
            )
        return [replace(one, start=one.start + left, end=one.end + left) for one in self.window[2]]

    def visible(self) -> tuple[tuple[Finding, ...], list[str]]:
        """The findings that no waiver of the document covers, and what is to be told: of its waivers, and of what was not screened."""
        report = self.report if self.exact else replace(self.report, post=self.document.post, findings=self.findings)
        left, problems = apply(self.document, report, self.screener.profile, self.screener.lexicon.rules)
        return left.findings, [*problems, *(f"未审完：{gap.reason}" for gap in report.incomplete)]


def key(finding: Finding) -> Key:
    """What makes two findings the same one."""
    return finding.rule, finding.start, finding.end


def place(finding: Finding, head: int, end: int, shift: int, text: str) -> Finding | None:
    """A finding after ``[head, end)`` of its part was replaced; None if the change touches it.

    Findings over whole passages grow and shrink with them.
    """
    if finding.end <= head:
        return finding
    if finding.start >= end:
        return replace(finding, start=finding.start + shift, end=finding.end + shift) if shift else finding
    if finding.rule in COVERING and finding.start <= head and finding.end >= end and finding.start < finding.end + shift:
        return replace(finding, end=finding.end + shift, text=text[finding.start : finding.end + shift])
    return None


def common(one: str, other: str, hint: int = 0) -> int:
    """How long the common beginning of two texts is; ``hint`` is about how long, and only saves time."""
    most = min(len(one), len(other))
    low = hint if hint <= most and one[:hint] == other[:hint] else 0
    step = 1
    while low + step <= most and one[low : low + step] == other[low : low + step]:
        low, step = low + step, step * 2
    high = min(low + step - 1, most)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if one[low:middle] == other[low:middle] else (low, middle - 1)
    return low


def common_end(one: str, other: str, most: int, hint: int = 0) -> int:
    """How long the common end of two texts is, at most ``most``; ``hint`` is about how long, and only saves time."""
    first, second = len(one), len(other)
    low = hint if hint <= most and one[first - hint :] == other[second - hint :] else 0
    step = 1
    while low + step <= most and one[first - low - step : first - low] == other[second - low - step : second - low]:
        low, step = low + step, step * 2
    high = min(low + step - 1, most)
    while low < high:
        middle = (low + high + 1) // 2
        same = one[first - middle : first - low] == other[second - middle : second - low]
        low, high = (middle, high) if same else (low, middle - 1)
    return low


def bounds(text: str, head: int, tail: int) -> tuple[int, int]:
    """The stretch that is screened again: the changed paragraphs with a margin, from the beginning and from the end.

    Both are outside the change, so that they are the same before and after it.
    """
    end = len(text) - tail
    begins = max(text.rfind("\n", 0, head), text.rfind("\r", 0, head)) + 1
    stops = min([spot for spot in (text.find("\n", end), text.find("\r", end)) if spot >= 0], default=len(text))
    left = max(begins - MARGIN, (head - REACH) // GRID * GRID, 0)
    right = max(len(text) - stops - MARGIN, (tail - REACH) // GRID * GRID, 0)
    return left, right
