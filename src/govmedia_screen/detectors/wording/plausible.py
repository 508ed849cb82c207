"""Numbers that contradict what they count: ages that nobody reaches, shares of one whole that exceed it, percent for percentage points.

A rate that goes from 40 % to 45 % rises by five percentage points, or by 12.5 percent (《新闻出版报刊编校差错认定》; 国家统计局统计用语); only
where the two rates stand beside their difference is the sum certain.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import ClassVar

from govmedia_screen.detectors.base import Reading
from govmedia_screen.finding import Finding
from govmedia_screen.lexicon.lexicon import Lexicon
from govmedia_screen.matching.text import Text
from govmedia_screen.profile import Profile
from govmedia_screen.system.lazy import pattern

#: Nobody is known to have become older.
OLDEST = 122
AGE = pattern(r"(?<![\d.,万千第])(?P<age>1[2-9]\d|[2-9]\d\d)(?:周岁|岁)")
#: What says that somebody is of that age: before it, after it. 318岁 may be 3–18岁 whose dash was lost.
SIGN = pattern(r"(?:现年|今年|享年|终年|时年|高龄|年龄|年纪|年仅|已经|已|年满)[^，。；\d]{0,4}\Z")
WHO = pattern("的?(?:老人|高龄|村民|居民|患者|男子|女子|女士|先生|老太|老汉|大爷|大娘|爷爷|奶奶|党员|退休|[^，。；]{1,2}某)")
#: Trees, tortoises, gods, and the sum of several people's ages.
NO_PERSON = pattern(
    "[树柏槐松榕杉樟龟鲨酒庙碑钟]|银杏|古木|名木|年轮|寿星|彭祖|神仙|传说|加起来|相加|合计|总和|之和|总共|共计|恐龙|建筑|诞辰|校庆|生日快乐|科幻"
)
YEARS = r"(?:18|19|20)\d\d"
BORN = pattern(
    rf"(?<!\d)(?P<first>{YEARS})年(?:\d{{1,2}}月)?(?:\d{{1,2}}日)?(?:[（(][^（()）]{{1,6}}[）)])?(?:至|到|—{{1,2}}|–|-|－|~|～)"
    rf"(?P<last>{YEARS})年(?:\d{{1,2}}月)?(?:\d{{1,2}}日)?(?:[（(][^（()）]{{1,6}}[）)])?(?:期间|之间|间)?出生"
)
#: Before the years of birth: the ages that they should make, 18周岁以上、35周岁以下（…
AGES = pattern(
    r"(?P<low>\d{2})周?岁(?:以上|及以上|（含）以上|至|到|—|-)[、，,]?(?P<high>\d{2})周?岁(?:以下|及以下|（含）以下)?[^。；\d]{0,8}\Z"
)
#: What says that people of that age are wanted.
WANTED = pattern("报名|招聘|招录|招考|应聘|征集|资格|条件|参保|申报|登记|年龄|周岁")
RISE = "提高|上升|增长|增加|提升|扩大|升高|上调"
FALL = "下降|降低|减少|回落|缩小|下调|压减"
RATE = r"(?P<{}>\d{{1,3}}(?:\.\d{{1,2}})?)[%％]"
POINTS = pattern(
    rf"[由从][^，。；：%％\d]{{0,12}}{RATE.format('before')}[^，。；：%％\d]{{0,6}}(?:{RISE}|{FALL}|调整|变)(?:到|至|为){RATE.format('after')}"
    rf"[，,、（(]?[^，。；：%％\d]{{0,8}}(?:{RISE}|{FALL})了?(?:近|约|达)?(?P<gap>\d{{1,2}}(?:\.\d{{1,2}})?)(?P<sign>[%％])"
)
SHARE = pattern(
    r"(?P<label>[^，。；：、,;%％\d\n]{1,14}?)(?:占比|占|比例)(?:约为|为|约|达)?(?P<value>\d{1,2}(?:\.\d{1,2})?)[%％](?P<mark>[，、；,;和]?)"
)
#: What makes of shares something else than the parts of one whole.
LOOSE = pattern("[增减升降率]|提高|同比|环比|以上|以下|以内|其中|累计|分别|党员|本科|女性以")
#: Labels that end alike part one whole; the last of a list may be all the rest.
ALIKE, REST = "类品级性业区岁", ("其他", "其余", "其它")


class PlausibleDetector:
    """Find ages, shares and changes of rates that cannot be."""

    family: ClassVar[str] = "wording"

    def __init__(self, lexicon: Lexicon, profile: Profile) -> None:
        self.lexicon = lexicon

    def find(self, reading: Reading) -> Iterable[Finding]:
        """Yield the findings of every part."""
        found: list[Finding] = []
        for text in reading.texts:
            raw = text.raw
            if "岁" in raw:
                found += (self.lexicon["wording.number.age"].finding(text, *span) for span in ages(raw))
            if "出生" in raw:
                found += (self.lexicon["wording.number.age"].finding(text, *span, evidence=(why,)) for *span, why in births(raw))
            if "%" in raw or "％" in raw:
                found += self.rates(text)
        return found

    def rates(self, text: Text) -> Iterator[Finding]:
        """Percent for percentage points, and shares that are more than a whole."""
        for start, end, gap in points(text.raw):
            yield self.lexicon["wording.number.points"].finding(text, start, end, suggestion=f"{gap}个百分点")
        for start, end, total in shares(text.raw):
            yield self.lexicon["wording.number.sum"].finding(text, start, end, evidence=(f"合计{total:g}%",))


def ages(raw: str) -> Iterator[tuple[int, int]]:
    """Ages that nobody reaches."""
    for match in AGE.finditer(raw):
        said = SIGN.search(raw, max(0, match.start() - 10), match.start()) or WHO.match(raw, match.end())
        if int(match["age"]) > OLDEST and said and not NO_PERSON.search(raw, max(0, match.start() - 30), match.end() + 20):
            yield match.span()


def births(raw: str) -> Iterator[tuple[int, int, str]]:
    """Years of birth of people wanted that are a lifetime apart, or do not make the ages before them."""
    for match in BORN.finditer(raw):
        first, last = int(match["first"]), int(match["last"])
        if last < first or last - first >= 100:
            if WANTED.search(raw, max(0, match.start() - 80), match.end() + 80):
                yield *match.span(), f"{last}－{first}＝{last - first}"
        elif wanted := AGES.search(raw, max(0, match.start() - 30), match.start()):
            span = int(wanted["high"]) - int(wanted["low"])
            if abs(last - first - span) > 1:
                yield wanted.start(), match.end(), f"{last}－{first}＝{last - first}，相差{span}岁"


def points(raw: str) -> Iterator[tuple[int, int, str]]:
    """Where the difference of two rates is called percent: its figure with the sign, and the figure."""
    for match in POINTS.finditer(raw):
        before, after, gap = (float(match[name]) for name in ("before", "after", "gap"))
        difference = abs(after - before)
        if before and abs(difference - gap) < 0.006 and abs(difference / before * 100 - gap) > 0.06:
            yield match.start("gap"), match.end("sign"), match["gap"]


def shares(raw: str) -> Iterator[tuple[int, int, float]]:
    """Shares of one whole, one after the other, that are more than it, or, where they name the rest or everything, less."""
    run: list[re.Match[str]] = []
    for match in SHARE.finditer(raw):
        if run and (run[-1].end() != match.start() or not run[-1]["mark"]):
            yield from wrong(run)
            run = []
        run.append(match)
    yield from wrong(run)


def wrong(run: list[re.Match[str]]) -> Iterator[tuple[int, int, float]]:
    """The span and sum of a run of shares that cannot be."""
    if len(run) < 2 or any(LOOSE.search(match["label"]) for match in run):
        return
    labels = [match["label"] for match in run]
    total = sum(float(match["value"]) for match in run)
    slack = 0.051 * len(run) if any("." in match["value"] for match in run) else 0.51 * len(run)
    ends = {label[-1] for label in labels}
    whole = (len(run) > 2 and labels[-1].startswith(REST)) or [label[-2:] for label in labels] in (["男性", "女性"], ["女性", "男性"])
    whole = whole or (len(run) == 3 and [label[-4:-2] for label in labels] == ["第一", "第二", "第三"])
    parted = len(run) > 2 and len(ends) == 1 and ends <= set(ALIKE)
    if (whole and abs(total - 100) > slack) or (parted and total > 100 + slack):
        yield run[0].start(), run[-1].end("value") + 1, round(total, 2)
