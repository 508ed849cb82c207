"""Turn the classifier's suspicion into findings: judge the post, then point at the span.

The classifier looks at every part and paragraph and raises what may be promotion or opinion; only that comes
here. What is not prose and what others say in quotation marks is heard as silence; who speaks is weighed by the
editor's lists over what is left, the title included; and what is left must be enough to say anything at all. A
paragraph of a longer part is a place, not a verdict: it is a finding only if it sells, or feels, by words of its own.
A finding marks the run of sentences that carries the score and names the strongest of their words.

Messages and articles are in ``lexicons/{commercial,opinion}/``, lists in ``lexicons/stance/``, thresholds and
shares in the model's ``config.json``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import Any, ClassVar

from govmedia_screen.classifier.scores import Scan, closed, probability
from govmedia_screen.detectors.base import Reading
from govmedia_screen.detectors.stance import evidence
from govmedia_screen.detectors.stance.prose import Prose
from govmedia_screen.detectors.stance.quotations import Quotations
from govmedia_screen.detectors.stance.spans import Span, carried, joined, merged, trimmed, without
from govmedia_screen.detectors.stance.voices import BLUNT, FEELING, OFFICE, SELLING, Voices, lean
from govmedia_screen.finding import Finding
from govmedia_screen.lexicon.lexicon import Lexicon
from govmedia_screen.matching.text import Text

RULES = ("commercial.stance", "opinion.stance")
TAIL = "commercial.tail-paragraph"
#: For each label the lists whose words speak for it.
OWN = ((*SELLING, "stance.praise"), FEELING)
#: Those of which a single paragraph must have a word to be a finding.
DECISIVE = (SELLING, FEELING)
#: Lists whose words say that an office speaks. A text of fewer different Chinese characters that has one of them and no
#: word of selling is judged as a single paragraph is.
SPEAKS, SHORT = ("stance.office", "stance.duty"), 40
#: What a text of fewer different Chinese characters is asked for beyond the limit, in log-odds, if no word of its own sells:
#: nobody could point at why. See ``models/CHANGELOG.md`` for what 0, 1.0 and 1.8 give.
UNSAID = 0.8
#: What a phrase of these lists says is as much as so many words say.
SAYS = {BLUNT: 2}
#: So few code points before the sentences that carry a score belong to them.
LEAD = 10
#: What a part may begin with that nobody reads.
BLANK = " \t\r\n\u3000\ufeff\u200b"


#: The parts in which an account speaks; names, tags and the like have no voice.
VOICED = ("title", "body", "summary")


class StanceDetector:
    """Judge what the classifier has raised."""

    family: ClassVar[str] = "stance"
    needs: ClassVar[str] = "stance"

    def __init__(self, lexicon: Lexicon, profile: Any = None) -> None:
        self.rules = tuple(lexicon[rule] for rule in RULES)
        self.tail = lexicon[TAIL]
        self.voices = Voices(lexicon)
        self.prose = Prose(lexicon.cue("stance.contact").words, lexicon.cue("stance.closing").words, self.sells)
        self.quotations = Quotations(lexicon.cue("stance.said-before").words, lexicon.cue("stance.said-after").words)

    def sells(self, line: str) -> bool:
        """Whether a line holds a word of selling."""
        return self.voices.has(line, SELLING)

    def find(self, reading: Reading) -> Iterable[Finding]:
        """The findings of parts that the scan has raised."""
        scan = reading.stance
        if scan is None or not scan.raised:
            return ()
        return [
            found
            for text in reading.texts
            if text.index in scan.raised and text.part in VOICED
            for found in self.judge(reading, scan, text)
        ]

    def judge(self, reading: Reading, scan: Scan, text: Text) -> Iterator[Finding]:
        """The findings of one part: for each label the sentences, or the paragraphs, that carry it."""
        strict = reading.post.kind == "reply" or text.part == "title"
        heard = Heard(self, scan, text)
        whole = (0, len(text.raw))
        found: list[tuple[float, int, Span, float]] = []
        for label in range(len(RULES)):
            held = [
                ((start, end), odds)
                for head, start, end in scan.raised[text.index]
                if head == label and (odds := heard.odds(label, (start, end), strict)) is not None
            ]
            lines = [(span, odds) for span, odds in held if span != whole]
            limit = scan.limits[label].whole
            found += [(odds - limit, label, span, odds) for span, odds in (merged(lines) if lines else held)]
        taken: list[Span] = []
        for _, label, span, odds in sorted(found, reverse=True):  # one voice to a place: the clearer one
            if not any(span[0] < end and start < span[1] for start, end in taken):
                taken.append(span)
                yield self.finding(heard, label, span, odds)

    def finding(self, heard: Heard, label: int, span: Span, odds: float) -> Finding:
        """The finding on those sentences of the span that carry its score."""
        raw = heard.text.raw
        bounds = trimmed(raw, *span)
        first, last = trimmed(raw, *heard.carried(label, span))
        if first == last:  # a run of blank lines can weigh most: its length counts
            first, last = bounds
        line = max(bounds[0], raw.rfind("\n", 0, first) + 1)
        if first - line <= LEAD and not raw[line:first].isspace():  # 好消息！ belongs to what it announces
            first = trimmed(raw, line, last)[0]
        before = raw[:first].rstrip(" \t\u3000")
        tail = label == 0 and before.endswith("\n") and bool(before.strip(BLANK)) and not raw[last:].strip()
        rule = self.tail if tail else self.rules[label]
        return rule.finding(heard.text, first, last, score=round(probability(odds), 4), evidence=heard.strongest(label, first, last))


class Heard:
    """One part, listened to closely: which of its sentences and words carry a score."""

    def __init__(self, detector: StanceDetector, scan: Scan, text: Text) -> None:
        self.voices, self.scan, self.text = detector.voices, scan, text
        self.silenced = joined(detector.quotations.spans(text.raw), detector.prose.silenced(text.raw))
        self.sums = scan.scorer.running(text.sheet.parts[text.index], self.silenced)

    def odds(self, label: int, span: Span, strict: bool) -> float | None:
        """The log-odds of what a span says in the account's own voice; None if that is below the limit."""
        limits = self.scan.limits[label]
        rest = without(self.text.raw, span, self.silenced)
        letters = len(set(evidence.HAN.findall(rest)))
        words = self.voices.words(rest)
        own = sum(len(words[name]) * SAYS.get(name, 1) for name in OWN[label])
        if limits.evidence(letters, own) < limits.least:
            return None
        paragraph = span != (0, len(self.text.raw))
        if paragraph:
            if not any(words[name] for name in DECISIVE[label]):
                return None
            words |= self.office
        sums = self.scan.scorer.scan(closed(rest))[0][0]
        odds = self.scan.heads[label].odds(sums[label], len(rest))
        odds += limits.leaning(lean(words, limits.voices)) - limits.doubt(letters, own)
        unsaid = label == 0 and not own and letters < SHORT
        if paragraph or strict or (unsaid and any(words[name] for name in SPEAKS)):
            limit = limits.line
        else:
            limit = limits.whole + (UNSAID if unsaid else 0.0)
        return odds if odds >= limit else None

    @cached_property
    def office(self) -> dict[str, set[str]]:
        """The words by which an office speaks anywhere in the part: one paragraph stands in the whole."""
        return self.voices.words(without(self.text.raw, (0, len(self.text.raw)), self.silenced), OFFICE)

    def carried(self, label: int, span: Span) -> Span:
        """The run of whole sentences in the span whose scores add up to most."""
        sums, size = self.sums[label], max(span[1] - span[0], 1)
        by_weight, by_length = self.scan.heads[label].slope / size**0.5, self.scan.heads[label].intercept / size
        return carried(self.text.raw, sums, span, by_weight, by_length)

    def strongest(self, label: int, start: int, end: int) -> tuple[str, ...]:
        """The words in ``[start, end)`` that decided, the strongest first."""
        words = list(self.voices.places(self.text.raw, start, end, OWN[label]))
        return evidence.strongest(self.text.raw, self.sums[label], (start, end), words)
