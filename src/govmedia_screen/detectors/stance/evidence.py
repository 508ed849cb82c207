"""The words that decided: at most four whole words or short clauses, the strongest first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from govmedia_screen.system import lazy

MOST = 4
#: A clause of more characters is no phrase that one takes in at a glance.
LONGEST = 14
#: What stands between the clauses of Chinese text; not the point of 0.2元 and the colon of 8:30.
CLAUSE = lazy.pattern(r"(?:[^\s，。！？；：、,.!?;:（）()【】\[\]《》“”\"「」…—~～|#*]|(?<=[0-9])[.:](?=[0-9])){2,}+")
HAN = lazy.pattern(r"[\u3400-\u9fff]")


def clauses(raw: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The clauses of a span that hold Chinese characters."""
    for match in CLAUSE.finditer(raw, start, end):
        if HAN.search(match[0]):
            yield match.span()


def strongest(raw: str, sums: Sequence[int], span: tuple[int, int], words: Iterable[tuple[int, int]]) -> tuple[str, ...]:
    """The cues of a finding.

    Args:
        raw: the part.
        sums: the running sums of the label's weights.
        span: the finding's.
        words: where words of the lists that speak for the label stand.

    Returns:
        Listed words and whole clauses by what the classifier heard in them, none inside another; where there is
        neither, the longest clause that is heard at all.
    """
    start, end = span
    found = list(clauses(raw, start, end))
    short = [one for one in found if one[1] - one[0] <= LONGEST]
    listed = [one for one in words if one[1] - one[0] >= 2]
    ranked = sorted({*short, *listed}, key=lambda one: (-(sums[one[1]] - sums[one[0]]), one))
    cues: list[str] = []
    taken: list[tuple[int, int]] = []
    for first, last in ranked:
        if sums[last] - sums[first] <= 0 and (first, last) not in listed:
            continue
        if any(first < right and left < last for left, right in taken) or raw[first:last] in cues:
            continue
        taken.append((first, last))
        cues.append(raw[first:last])
        if len(cues) == MOST:
            break
    if not cues and found:
        first, last = max(found, key=lambda one: sums[one[1]] - sums[one[0]])
        cues.append(raw[first:last])
    return tuple(cues)
