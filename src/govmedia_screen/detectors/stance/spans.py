"""Spans of a part: the sentences that carry a score, neighbours as one, and what is left when others are taken out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from govmedia_screen.chinese.sentences import END
from govmedia_screen.system.native import core

Span = tuple[int, int]


def joined(*lists: Sequence[Span]) -> list[Span]:
    """All spans of the lists by their place, those that touch or overlap as one."""
    result: list[Span] = []
    for start, end in sorted(span for spans in lists for span in spans):
        if result and start <= result[-1][1]:
            result[-1] = (result[-1][0], max(end, result[-1][1]))
        else:
            result.append((start, end))
    return result


def without(raw: str, span: Span, silenced: Sequence[Span]) -> str:
    """The text of a span without what is silenced (spans by place, apart from one another); a line end stands for each gap."""
    start, end = span
    pieces, left = [], start
    for first, last in silenced:
        if last > start and first < end:
            pieces.append(raw[left : max(first, left)])
            left = min(max(last, left), end)
    return "\n".join([*pieces, raw[left:end]]) if pieces else raw[start:end]


def merged(held: list[tuple[Span, float]]) -> Iterator[tuple[Span, float]]:
    """Neighbouring paragraphs as one span, with the highest of their log-odds."""
    current: tuple[Span, float] | None = None
    for span, odds in sorted(held):
        if current and span[0] <= current[0][1] + 2:
            current = ((current[0][0], max(span[1], current[0][1])), max(odds, current[1]))
            continue
        if current:
            yield current
        current = (span, odds)
    if current:
        yield current


def carried(raw: str, sums: Sequence[int], span: Span, by_weight: float, by_length: float) -> Span:
    """The run of whole sentences in the span that adds up to most, each by its weight and its length."""
    if core is not None:
        found: Span = core.carried(raw, sums, *span, by_weight, by_length)
        return found
    first, last = span
    best = run = float("-inf")
    left = start = first
    before = sums[left]
    for right in ends(raw, *span):
        after = sums[right]
        share = by_weight * (after - before) + by_length * (right - left)
        if run <= 0:
            run, start = share, left
        else:
            run += share
        if run > best:
            best, first, last = run, start, right
        left, before = right, after
    return first, last


def ends(raw: str, start: int, end: int) -> list[int]:
    """Where the sentences of a span end."""
    found = [match.end() for match in END.finditer(raw, start, end)]
    if not found or found[-1] < end:
        found.append(end)
    return found


def trimmed(raw: str, start: int, end: int) -> Span:
    """The span without white space at its ends; one of white space alone is empty, at its start."""
    text = raw[start:end]
    if not text.strip():
        return start, start
    return start + len(text) - len(text.lstrip()), end - len(text) + len(text.rstrip())
