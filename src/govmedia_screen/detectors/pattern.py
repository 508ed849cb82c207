"""Patterns of an office's own lexicon (``patterns``), each with a time limit.

A list says what a pattern cannot, and the shipped rules need none; an office may know numbers and
forms of its own. Whatever it writes, screening stays linear: a pattern has a fixed time for each
part, and one that overruns is reported as not screened, never passed over.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, ClassVar

from govmedia_screen.detectors.base import Reading
from govmedia_screen.finding import Finding
from govmedia_screen.lexicon.lexicon import Lexicon

#: Seconds that one pattern has for one part: a floor, and more for long parts. A pattern without
#: nested repeats needs less than a microsecond a character.
FLOOR, EACH = 0.05, 2e-6
OVERRUN = "规则 {rule} 的模式耗时过长，未能查完"


class PatternDetector:
    """Find what the lexicon's own patterns describe."""

    family: ClassVar[str] = "pattern"

    def __init__(self, lexicon: Lexicon, profile: Any = None) -> None:
        self.rules = []
        if any(rule.patterns for rule in lexicon):
            import regex

            self.rules = [(rule, regex.compile(pattern)) for rule in lexicon for pattern in rule.patterns]

    @property
    def idle(self) -> bool:
        """Whether no rule has a pattern."""
        return not self.rules

    def find(self, reading: Reading) -> Iterable[Finding]:
        """The findings of every pattern in every part, as the part was written."""
        findings = []
        for text in reading.texts:
            limit = FLOOR + EACH * len(text.raw)
            for rule, pattern in self.rules:
                try:
                    for match in pattern.finditer(text.raw, timeout=limit):
                        if match.end() > match.start():
                            findings.append(rule.finding(text, match.start(), match.end()))
                except TimeoutError:
                    reading.gap(text.part, OVERRUN.format(rule=rule.id))
        return findings
