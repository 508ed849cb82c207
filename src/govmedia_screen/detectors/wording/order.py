"""Fixed phrases whose members have an order: 获得感、幸福感、安全感.

The phrases are the cue list ``wording.fixed-order`` (``lexicons/wording/person.toml``), one a line, members parted
by 、. The trigger list ``wording.order-sign`` has one member of each, by which a phrase is noticed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import ClassVar

from govmedia_screen.detectors.base import Reading
from govmedia_screen.finding import Finding
from govmedia_screen.lexicon.any_of import any_of
from govmedia_screen.lexicon.lexicon import Lexicon
from govmedia_screen.profile import Profile
from govmedia_screen.system.lazy import pattern


class OrderDetector:
    """Find the members of a fixed phrase in another order."""

    family: ClassVar[str] = "wording"
    needs: ClassVar[str] = "cues"

    def __init__(self, lexicon: Lexicon, profile: Profile) -> None:
        self.rule = lexicon["wording.term.order"]
        self.phrases = []
        for line in lexicon.cue("wording.fixed-order").words:
            members = tuple(line.split("、"))
            choice = any_of(members)
            self.phrases.append((members, pattern(rf"{choice}(?:[、，]{choice}){{{len(members) - 1}}}")))

    def find(self, reading: Reading) -> Iterable[Finding]:
        """Yield the phrases out of order."""
        found: dict[Finding, None] = {}
        for text, start, end in reading.cues("wording.order-sign"):
            sign = text.raw[start:end]
            for members, phrase in self.phrases:
                if sign in members:
                    for match in phrase.finditer(text.raw, max(0, start - 60), end + 60):
                        seen = re.split("[、，]", match[0])
                        if sorted(seen) == sorted(members) and tuple(seen) != members:
                            found[self.rule.finding(text, *match.span(), suggestion="、".join(members))] = None
        return list(found)
