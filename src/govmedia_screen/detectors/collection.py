"""Asking citizens for more than a service needs (第二十条; 个人信息保护法第五、六、二十八、三十四条).

Three things make a finding: a demand (请填写、需提供、上传…), what is demanded, and for what. An
identity number for a pension is needed, for a quiz it is not; passwords are needed for nothing;
and a comment section is no place for anybody's telephone number. Sentences that forbid or waive
such demands are no findings.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any, ClassVar

from govmedia_screen.detectors.base import Reading
from govmedia_screen.finding import Finding
from govmedia_screen.lexicon.any_of import pattern_of
from govmedia_screen.lexicon.lexicon import Lexicon
from govmedia_screen.matching.text import Text
from govmedia_screen.system import lazy

REACH = 90
#: How far the first thing demanded can stand from the demand, and each further one from the last.
FIRST, NEXT = 24, 16
#: Where a password is one's own to set or to log in with.
OWN = lazy.pattern(r"登[录陆](?!密码)|注册|找回|重置|忘记|设置|初始|修改|更改|破解|解锁")
#: What must stand between a demand and the bare word 密码, which is a figure of speech more often than a password (流量密码).
ACCOUNT = lazy.pattern(r"账号|帐号|账户|帐户|卡|微信|支付宝|邮箱|用户名|手机|网银|身份证")
YOURS = frozenset({"", "的", "您的", "你的", "个人", "本人", "：", ":"})
TRIGGERS = ("collection.item", "collection.never", "collection.open-place", "collection.blanket")


class CollectionDetector:
    """Find demands for personal data that go too far."""

    family: ClassVar[str] = "collection"
    needs: ClassVar[str] = "cues"

    def __init__(self, lexicon: Lexicon, profile: Any = None) -> None:
        self.lexicon = lexicon
        words = {
            name: lexicon.cue(f"collection.{name}").words
            for name in ("demand", "open-place", "light-service", "waiver", "secret", "always", "contact", "blanket", "heavy-service")
        }
        self.words = {name: pattern_of(terms) for name, terms in words.items()}
        #: Every rule wants one of these in the sentence.
        self.wanted = pattern_of(
            [*words["blanket"], *words["open-place"], *words["light-service"], *words["always"], *lexicon.cue("collection.never").words]
        )
        self.items = pattern_of([*lexicon.cue("collection.item").words, *lexicon.cue("collection.item-more").words])
        self.never = pattern_of(lexicon.cue("collection.never").words)

    def find(self, reading: Reading) -> Iterable[Finding]:
        """One finding a sentence: the gravest that it holds."""
        if not reading.cue_hits or reading.cue_hits.keys().isdisjoint(TRIGGERS):
            return ()
        findings = reading.notes[self.family] = [*self.look(reading)]
        return findings

    def look(self, reading: Reading) -> Iterator[Finding]:
        """Look at each sentence that names something personal or an open place."""
        done: dict[int, tuple[int, int]] = {}
        places = sorted(
            ((text.index, start, end, text) for cue in TRIGGERS for text, start, end in reading.cues(cue)), key=lambda place: place[:3]
        )
        for index, start, end, text in places:
            first, last = text.sentence(start, end, REACH)
            begun, judged = done.get(index, (-1, 0))
            if first != begun and end > judged - REACH // 2:
                done[index] = first, last
                yield from self.judge(text, first, last)

    def judge(self, text: Text, first: int, last: int) -> Iterator[Finding]:
        """Judge one sentence."""
        folded, words = text.folded, self.words
        if not self.wanted.search(folded, first, last):
            return
        blanket = words["blanket"].search(folded, first, last)
        if blanket and not words["waiver"].search(folded, first, last):
            yield self.lexicon["collection.blanket"].finding(text, *blanket.span())
            return
        demand = words["demand"].search(folded, first, last)
        if not demand or words["waiver"].search(folded, first, last):
            return
        for rule, items, place in (
            ("collection.secret", self.never, None),
            ("collection.open-place", self.items, "open-place"),
            ("collection.open-place", words["contact"], "open-place"),
            ("collection.excess", self.items, "light-service"),
            ("collection.sensitive", words["always"], None),
        ):
            where = words[place].search(folded, first, last) if place else None
            if (place and not where) or (rule == "collection.sensitive" and words["heavy-service"].search(folded, first, last)):
                continue
            found = [*items.finditer(folded, first, last)]
            if rule == "collection.secret":
                found = [] if OWN.search(folded, first, last) else [one for one in found if is_secret(folded, demand.end(), one)]
            if rule != "collection.open-place":
                found = linked(found, demand.end())
            if not found:
                continue
            start, end = min(demand.start(), found[0].start()), max(found[-1].end(), demand.end())
            if where and rule == "collection.open-place":
                start, end = min(start, where.start()), max(end, where.end())
            evidence = tuple(dict.fromkeys([*([where[0]] if where else []), *(match[0] for match in found)]))
            yield self.lexicon[rule].finding(text, start, end, score=0.8, evidence=evidence)
            return


def is_secret(folded: str, start: int, found: re.Match[str]) -> bool:
    """Whether what a demand that ends at ``start`` asks for is a real password."""
    between = folded[start : found.start()]
    return found[0] != "密码" or between in YOURS or ACCOUNT.search(between) is not None


def linked(matches: Iterable[re.Match[str]], start: int) -> list[re.Match[str]]:
    """Of what is named after a demand, that which belongs to it: each within reach of what stands before."""
    result: list[re.Match[str]] = []
    for match in matches:
        if match.start() < start - 1:
            continue
        if match.start() > (result[-1].end() + NEXT if result else start + FIRST):
            break
        result.append(match)
    return result
