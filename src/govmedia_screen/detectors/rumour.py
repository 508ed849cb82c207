"""Rumours told and rumours refuted (第十四条：及时公布真相、表明态度、辟除谣言).

A refutation names the claim, says that it is false, and says who found so. Text that tells a
rumour (网传……) and gives no verdict, no inquiry and no measure anywhere spreads it.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, ClassVar

from govmedia_screen.detectors.base import Reading
from govmedia_screen.finding import Finding
from govmedia_screen.lexicon.lexicon import Lexicon
from govmedia_screen.matching.text import Text

#: Verdicts in the strict sense, which need somebody who found them.
STRICT = ("谣言", "不实", "虚假", "假消息", "假的", "谣传", "不科学", "没有科学依据", "子虚乌有")


class RumourDetector:
    """Find rumours that are told without a verdict, and verdicts without an authority."""

    family: ClassVar[str] = "stability"
    needs: ClassVar[str] = "cues"

    def __init__(self, lexicon: Lexicon, profile: Any = None) -> None:
        self.lexicon = lexicon
        self.verdict = lexicon.cue("rumour.verdict")
        self.authority = lexicon.cue("rumour.authority")

    def find(self, reading: Reading) -> Iterable[Finding]:
        """At most one finding, on the first words that tell a rumour."""
        if reading.cue_hits is None or "rumour.claim" not in reading.cue_hits or reading.post.kind == "reply":
            return ()
        claims = [hit for hit in reading.cue_hits["rumour.claim"] if not straddles(*hit)]
        if not claims:
            return ()
        text, start, end = min(claims, key=lambda hit: (hit[0].part != "body", hit[1]))
        whole = "\n".join(one.folded for one in reading.texts)
        if not self.verdict.find(whole):
            return [self.lexicon["stability.rumour-unrefuted"].finding(text, start, end, score=0.8)]
        account = reading.post.account or reading.post.department or ""
        if (
            any(word in whole for word in STRICT)
            and "@" not in whole
            and not self.authority.find(whole)
            and not self.authority.find(account)
        ):
            return [self.lexicon["stability.rumour-authority"].finding(text, start, end, score=0.6)]
        return ()


def straddles(text: Text, start: int, end: int) -> bool:
    """Whether 网传 is cut out of other words (互联网传销、物联网传感器、网传播)."""
    return text.raw[max(0, start - 1) : start] in ("联", "官", "电") or text.raw[end : end + 1] in tuple("播输统媒感销真承导递达唤")
