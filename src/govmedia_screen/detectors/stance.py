"""Who is speaking, and what for: advertising (第十三条(三)) and personal opinion (第十三条(四)).

The classifier hears the voice of a part and of each of its paragraphs; what is over a limit
comes here to be explained. What a named speaker says inside quotation marks is not the
account's own voice and is left out of the sum. A finding marks the run of sentences that
carries the score and names the strongest of their words.

Messages and articles are in ``lexicons/commercial/stance.toml``, thresholds in the model's ``config.json``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, ClassVar

from govmedia_screen.chinese.sentences import END
from govmedia_screen.classifier.scores import Scan, closed, heaviest, probability
from govmedia_screen.detectors.base import Reading
from govmedia_screen.finding import Finding
from govmedia_screen.lexicon.lexicon import Lexicon
from govmedia_screen.matching.text import Text
from govmedia_screen.system import lazy
from govmedia_screen.system.native import core

RULES = ("commercial.stance", "opinion.stance")
TAIL = "commercial.tail-paragraph"
QUOTATION = lazy.pattern(r"“[^“”\n]{4,400}”|「[^「」\n]{4,400}」|\"[^\"\n]{4,400}\"")
#: Who says it: right before the opening mark, or right after the closing one.
SAID_BEFORE = lazy.pattern(
    r"(?:说|道|称|表示|认为|指出|坦言|感慨|直言|回忆|告诉[^，。“]{0,12}|留言|评论|反映|写道|谎称|声称|以|用|发布|发送)[：:，,]?\s?$"
)
SAID_AFTER = lazy.pattern(r"^[，,。]?[^，。！？“\n]{0,12}(?:说|表示|感慨|告诉|坦言|直言|留言|介绍|回忆|称)")
#: Fewer code points than this left after quotations are taken out say nothing.
LEAST = 12
MOST_CUES = 4
#: A window of evidence, in code points.
CUE = 4
SPEECHLESS = lazy.pattern(r"[\s\W\d_]+")


class StanceDetector:
    """Turn the classifier's scores into findings on sentences."""

    family: ClassVar[str] = "stance"
    needs: ClassVar[str] = "stance"

    def __init__(self, lexicon: Lexicon, profile: Any = None) -> None:
        self.rules = tuple(lexicon[rule] for rule in RULES)
        self.tail = lexicon[TAIL]

    def find(self, reading: Reading) -> Iterable[Finding]:
        """The findings of parts that the scan has raised."""
        scan = reading.stance
        if scan is None or not scan.raised:
            return ()
        return [found for text in reading.texts if text.index in scan.raised for found in self.judge(reading, scan, text)]

    def judge(self, reading: Reading, scan: Scan, text: Text) -> Iterator[Finding]:
        """The findings of one part: for each label the sentences, or the paragraphs, that carry it."""
        strict = reading.post.kind == "reply" or text.part == "title"
        heard = Heard(scan, text)
        for label in range(len(RULES)):
            held = [
                (span, odds)
                for head, *span in scan.raised[text.index]
                if head == label and (odds := heard.odds(label, (span[0], span[1]), strict)) is not None
            ]
            lines = [((start, end), odds) for (start, end), odds in held if (start, end) != (0, len(text.raw))]
            for (start, end), odds in merged(lines) if lines else held:
                yield self.finding(heard, label, (start, end), odds)

    def finding(self, heard: Heard, label: int, span: tuple[int, int], odds: float) -> Finding:
        """The finding on those sentences of the span that carry its score."""
        raw = heard.text.raw
        first, last = trimmed(raw, *heard.carried(label, span))
        if first == last:  # a run of blank lines can weigh most: its length counts
            first, last = trimmed(raw, *span)
        tail = label == 0 and "\n" in raw[:first] and not raw[last:].strip() and raw[:first].rstrip(" \u3000").endswith("\n")
        rule = self.tail if tail else self.rules[label]
        return rule.finding(heard.text, first, last, score=round(probability(odds), 4), evidence=heard.strongest(label, first, last))


class Heard:
    """One part, listened to closely: which of its sentences and words carry a score."""

    def __init__(self, scan: Scan, text: Text) -> None:
        self.scan, self.text = scan, text
        self.quoted = quotations(text.raw)
        self.sums = scan.scorer.running(text.sheet.parts[text.index], self.quoted)

    def odds(self, label: int, span: tuple[int, int], strict: bool) -> float | None:
        """The log-odds of a span without what others say in it; None if that is below the limit."""
        start, end = span
        pieces, left = [], start
        for first, last in self.quoted:
            if start <= first < end:
                pieces.append(self.text.raw[left:first])
                left = min(last, end)
        rest = "\n".join([*pieces, self.text.raw[left:end]])
        if len(rest) < LEAST and (pieces or strict):
            return None
        if pieces or span != (0, len(self.text.raw)):
            sums = self.scan.scorer.scan(closed(rest))[0][0]
        else:
            sums = self.scan.sums[self.text.index]
        limit = self.scan.heads[label]
        odds = limit.odds(sums[label], len(rest))
        needed = limit.whole if span == (0, len(self.text.raw)) else limit.line
        if strict:
            needed = max(needed, limit.line)
        if len(rest) < limit.few:
            needed = limit.short
        return odds if odds >= needed else None

    def carried(self, label: int, span: tuple[int, int]) -> tuple[int, int]:
        """The run of whole sentences in the span whose scores add up to most."""
        sums, size = self.sums[label], max(span[1] - span[0], 1)
        by_weight, by_length = self.scan.heads[label].slope / size**0.5, self.scan.heads[label].intercept / size
        return carried(self.text.raw, sums, span, by_weight, by_length)

    def strongest(self, label: int, start: int, end: int) -> tuple[str, ...]:
        """The words in ``[start, end)`` that weigh most, by their place; short windows that do not overlap."""
        sums, width = self.sums[label], min(CUE, end - start)
        cues: list[tuple[int, str]] = []
        taken: set[int] = set()
        for place in heaviest(sums, start, end, width, 8 * MOST_CUES):
            if place in taken:
                continue
            cue = SPEECHLESS.sub("", self.text.raw[start + place : start + place + width])
            if len(cue) >= 2:
                cues.append((place, cue))
                taken.update(range(place - width + 1, place + width))
                if len(cues) == MOST_CUES:
                    break
        return tuple(dict.fromkeys(cue for _, cue in sorted(cues)))


def quotations(raw: str) -> list[tuple[int, int]]:
    """Where a part quotes somebody: quotation marks with a speaker before or after them."""
    if "“" not in raw and "「" not in raw and '"' not in raw:
        return []
    return [
        match.span()
        for match in QUOTATION.finditer(raw)
        if SAID_BEFORE.search(raw[max(0, match.start() - 16) : match.start()]) or SAID_AFTER.search(raw[match.end() : match.end() + 24])
    ]


def merged(held: list[tuple[tuple[int, int], float]]) -> Iterator[tuple[tuple[int, int], float]]:
    """Neighbouring paragraphs as one span, with the highest of their log-odds."""
    current: tuple[tuple[int, int], float] | None = None
    for span, odds in sorted(held):
        if current and span[0] <= current[0][1] + 2:
            current = ((current[0][0], max(span[1], current[0][1])), max(odds, current[1]))
            continue
        if current:
            yield current
        current = (span, odds)
    if current:
        yield current


def carried(raw: str, sums: Sequence[int], span: tuple[int, int], by_weight: float, by_length: float) -> tuple[int, int]:
    """The run of whole sentences in the span that adds up to most, each by its weight and its length."""
    if core is not None:
        found: tuple[int, int] = core.carried(raw, sums, *span, by_weight, by_length)
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


def trimmed(raw: str, start: int, end: int) -> tuple[int, int]:
    """The span without white space at its ends; of nothing but white space nothing is left, at its beginning."""
    text = raw[start:end]
    left = start + len(text) - len(text.lstrip())
    return left, max(left, end - len(text) + len(text.rstrip()))
