"""Marks in an example: ``要⟦攻坚克隆→攻坚克难⟧`` shows what is found and what is put in its place.

The notation is that of the case files; ``⟦攻坚克隆|wording.character→攻坚克难⟧`` names the rule too, which is then to be the example's own.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from govmedia_screen.finding import Finding

MARK = re.compile(r"⟦(?P<text>[^⟦⟧|→]*)(?:\|(?P<rule>[a-z][\w.-]*))?(?P<arrow>→(?P<replacement>[^⟦⟧]*))?⟧")


@dataclass(frozen=True, slots=True)
class Mark:
    """One place that an example shows.

    Attributes:
        start: its first code point in the text without marks.
        end: one past its last.
        text: what stands there.
        replacement: what the rule must suggest, or None if the example does not say.
        rule: the rule that the mark names, or "".
    """

    start: int
    end: int
    text: str
    replacement: str | None
    rule: str = ""


def unmarked(text: str) -> tuple[str, tuple[Mark, ...]]:
    """The text without its marks, and what they show."""
    if "⟦" not in text:
        return text, ()
    marks: list[Mark] = []
    pieces: list[str] = []
    size = copied = 0
    for match in MARK.finditer(text):
        pieces += (text[copied : match.start()], match["text"])
        size += match.start() - copied
        marks.append(
            Mark(size, size + len(match["text"]), match["text"], match["replacement"] if match["arrow"] else None, match["rule"] or "")
        )
        size += len(match["text"])
        copied = match.end()
    return "".join((*pieces, text[copied:])), tuple(marks)


def difference(marks: Iterable[Mark], findings: Iterable[Finding], rule: str) -> str:
    """What the findings of a rule in one part of a post differ in from the marks there, in words; nothing if they agree."""
    wanted = {(mark.start, mark.end): mark for mark in marks}
    found = {one.span: one for one in findings}
    for mark in wanted.values():
        if mark.rule and mark.rule != rule:
            return f"标的是别的规则 {mark.rule}"
    if wanted.keys() != found.keys():
        missing = [mark.text for span, mark in wanted.items() if span not in found]
        more = [one.text for span, one in found.items() if span not in wanted]
        return "，".join([*(f"没有命中“{text}”" for text in missing), *(f"多命中“{text}”" for text in more)])
    for span, mark in wanted.items():
        given = found[span].suggestion
        if mark.replacement is not None and mark.replacement != given:
            return f"“{mark.text}”的改法应是“{mark.replacement}”，给出的是{'没有改法' if given is None else f'“{given}”'}"
    return ""
