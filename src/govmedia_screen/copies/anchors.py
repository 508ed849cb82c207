"""Where a finding stands in the file: by the text of the line or cell that holds it, the k-th such of the post being the k-th of the file."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict, deque
from collections.abc import Mapping, Sequence

from govmedia_screen.finding import Finding

SEGMENT = re.compile(r"[^\n\t\r]+")
#: How much of what stands around a finding is compared where no line is the same, in code points.
AROUND = (12, 6, 3, 0)
#: Shorter texts stand in too many places to be found again by themselves.
LEAST = 6

Spot = tuple[int, int]


class Anchors:
    """From places in the parts of a post to places in the texts of a file.

    Args:
        parts: the parts by name, in the order in which they were read.
        texts: the file's texts in order: paragraphs, cells.
    """

    def __init__(self, parts: Mapping[str, str], texts: Sequence[str]) -> None:
        self.texts = texts
        waiting: dict[str, deque[Spot]] = defaultdict(deque)
        for number, text in enumerate(texts):
            for match in SEGMENT.finditer(text):
                waiting[match[0].strip()].append((number, match.start() + blank(match[0])))
        self.parts = dict(parts)
        self.starts: dict[str, list[int]] = {}
        self.spots: dict[str, list[tuple[int, int, Spot | None]]] = {}
        for name, text in parts.items():
            found = []
            for match in SEGMENT.finditer(text):
                queue = waiting.get(match[0].strip())
                found.append((match.start() + blank(match[0]), match.end(), queue.popleft() if queue else None))
            self.spots[name] = found
            self.starts[name] = [match.start() for match in SEGMENT.finditer(text)]

    def of(self, finding: Finding) -> tuple[Spot, Spot] | None:
        """The first and one past the last character of a finding in the file: number of the text, offset in it; None if not there."""
        first = self.spot(finding.part, finding.start)
        last = self.spot(finding.part, max(finding.start, finding.end - 1))
        if first is not None and last is not None and (first <= last):
            return first, (last[0], last[1] + (1 if finding.end > finding.start else 0))
        return self.near(finding)

    def spot(self, part: str, place: int) -> Spot | None:
        """A character's place in the file; of one between lines the end of the line before it."""
        index = bisect_right(self.starts.get(part, []), place) - 1
        if index < 0:
            return None
        start, end, found = self.spots[part][index]
        return None if found is None else (found[0], found[1] + max(0, min(place, end) - start))

    def near(self, finding: Finding) -> tuple[Spot, Spot] | None:
        """The first place in the file that has the finding's text, and most of what stands around it."""
        part = self.parts.get(finding.part, "")
        if not finding.text or SEGMENT.fullmatch(finding.text) is None:
            return None
        left = max((part.rfind(sign, 0, finding.start) for sign in "\n\t\r"), default=-1) + 1
        right = min((at for sign in "\n\t\r" if (at := part.find(sign, finding.end)) >= 0), default=len(part))
        for size in AROUND:
            before = part[max(left, finding.start - size) : finding.start]
            wanted = before + finding.text + part[finding.end : min(right, finding.end + size)]
            for number, text in enumerate(self.texts if len(wanted) >= LEAST else ()):
                if (at := text.find(wanted)) >= 0:
                    return (number, at + len(before)), (number, at + len(before) + len(finding.text))
        return None


def blank(text: str) -> int:
    """How much white space it begins with."""
    return len(text) - len(text.lstrip())
