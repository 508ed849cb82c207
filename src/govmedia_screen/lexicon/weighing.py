"""Evidence weighed: slots in any order, each with its weight, that are enough together or are not.

What people press others to do, or spread, has no fixed sentence; it has ingredients. A rule's ``weighed`` names them,
one a line, and ``enough`` says how much they must come to within what the rule reads together (``scope``)::

    必 {conduct.online-act}
    2 {said.everyone}
    2 (截图|抽检|清点)
    -4 {said.practice-stopped}

A line is a template of ``lexicon/sentence.py`` after its weight. ``必`` must be there and weighs nothing; each other
line counts once, however often it matches. The trigger lists of the lines with 必 (of all lines that speak for the rule, if
no 必 line has one) set it to work.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from govmedia_screen.lexicon.rule import Cues, Rule
from govmedia_screen.lexicon.sentence import PLUS, REPLY, expression, slots, unsound
from govmedia_screen.system import lazy

LINE = re.compile(r"(必|-?[0-9]{1,2}) (.+)")
#: The weight of a line that must be there.
NEEDED = "必"
#: A finding that would be longer than this is the sentence of the trigger instead, in code points.
LONGEST = 90


@dataclass(frozen=True, slots=True)
class Weighing:
    """A rule's weighed lines, ready to be tried.

    Attributes:
        needed: what must all be there.
        speaking: what speaks for the rule with its weight, the heaviest first.
        against: what speaks against it with its weight, the heaviest first.
        enough: what they must come to.
    """

    needed: tuple[re.Pattern[str], ...]
    speaking: tuple[tuple[int, re.Pattern[str]], ...]
    against: tuple[tuple[int, re.Pattern[str]], ...]
    enough: int

    def places(self, text: str, start: int, end: int) -> list[tuple[int, int]]:
        """Where what speaks for the rule stands within the window, by place; nothing if it is not enough."""
        found = []
        for pattern in self.needed:
            match = pattern.search(text, start, end)
            if match is None:
                return []
            found.append(match.span())
        total, possible = 0, sum(weight for weight, _ in self.speaking)
        for weight, pattern in self.speaking:
            if total + possible < self.enough:
                return []
            match = pattern.search(text, start, end)
            possible -= weight
            if match is not None:
                total += weight
                found.append(match.span())
        for weight, pattern in self.against:
            if total < self.enough:
                return []
            if pattern.search(text, start, end):
                total += weight
        return sorted(found) if total >= self.enough else []


def parted(line: str) -> tuple[str, str]:
    """The weight and the template of a line; ("", line) if it has none."""
    match = LINE.fullmatch(line)
    return (match[1], match[2]) if match else ("", line)


def triggers_of(rule: Rule, cues: Mapping[str, Cues]) -> list[str]:
    """The trigger lists that set a rule's weighing to work."""
    lines = [parted(line) for line in rule.weighed]
    for wanted in ((NEEDED,), None):
        names = [
            name
            for weight, template in lines
            if (weight in wanted if wanted else not weight.startswith("-"))
            for name in slots(template)
            if name in cues and cues[name].trigger
        ]
        if names:
            return list(dict.fromkeys(names))
    return []


def problems(rule: Rule, cues: Mapping[str, Cues]) -> Iterator[str]:
    """What an editor got wrong in the weighed lines of a rule, in Chinese."""
    if not rule.weighed:
        return
    speaking = 0
    for line in rule.weighed:
        weight, template = parted(line)
        if not weight or PLUS in template:
            yield f"“{line}”应写成：必 或分量（整数），空一格，再写一格的词"
        elif wrong := unsound(template, cues):
            yield wrong
        elif weight != NEEDED:
            speaking += max(0, int(weight))
    if not 0 < rule.enough <= speaking:
        yield f"enough = {rule.enough} 应在 1 与各行分量之和 {speaking} 之间"
    if not triggers_of(rule, cues) and rule.kinds != REPLY:
        yield "weighed 里至少要有一个 trigger = true 的词表"


def compile_weighing(rule: Rule, cues: Mapping[str, Cues]) -> Weighing:
    """The weighed lines of a rule as patterns over folded text.

    Raises:
        KeyError: they name a list that there is not.
    """
    needed: list[re.Pattern[str]] = []
    weights: list[tuple[int, re.Pattern[str]]] = []
    for line in rule.weighed:
        weight, template = parted(line)
        pattern = lazy.pattern(expression(template, cues))
        if weight == NEEDED:
            needed.append(pattern)
        else:
            weights.append((int(weight), pattern))
    weights.sort(key=lambda weighed: -abs(weighed[0]))
    speaking = tuple(weighed for weighed in weights if weighed[0] > 0)
    return Weighing(tuple(needed), speaking, tuple(weighed for weighed in weights if weighed[0] <= 0), rule.enough)
