"""Numbers that cannot be: dates, weekdays, amounts, ratios, sums; and units out of use.

Sources: GB/T 15835—2011, the calendar, the legal units of measurement. Everything is
computed; nothing is guessed: a year that is not written is not supplied.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date
from typing import ClassVar

from govmedia_screen.chinese.dates import WEEKDAY, WEEKDAYS, exists, nearest_year, read_date, spelled_days
from govmedia_screen.detectors.base import Reading
from govmedia_screen.detectors.wording.period import clock
from govmedia_screen.finding import Finding
from govmedia_screen.lexicon.lexicon import Lexicon
from govmedia_screen.matching.text import Text
from govmedia_screen.profile import Profile
from govmedia_screen.system.lazy import pattern

#: A day of the Gregorian calendar, with or without its year and weekday.
DAY = pattern(
    r"(?<![\d.．第—–①-⑳-])(?:(?P<year>(?:19|20)\d\d)年)?(?P<month>\d{1,2})月(?:(?P<day>\d{1,2})(?P<end>[日号])"
    r"(?:[（(]?(?:星期|周|礼拜)(?P<weekday>[一二三四五六日天])(?![一二三四五六日天至到、]))?)?"
)
#: Between the first day of a span and the last.
TO = frozenset("至到—–-－~～")
#: A month, or a day that every year has, with nothing after it to check it against.
ORDINARY = pattern(
    r"(?:1[0-2]|[^\d][1-9]|0[1-9])月(?:(?:[1-9]|1\d|2[0-8])[日号](?![（(星周礼至到—–－~～-])|(?![\d至到—–－~～-]))"
    r"|(?:1[0-2]|[^\d][13-9]|0[13-9])月(?:29|30)[日号](?![（(星周礼至到—–－~～-])"
    r"|(?:1[02]|[^\d][13578]|0[13578])月31[日号](?![（(星周礼至到—–－~～-])"
)
FIGURES = frozenset("0123456789０１２３４５６７８９")
LUNAR_BEFORE = pattern(r"(?:农历|阴历|旧历|夏历|藏历|回历|彝历|傣历)[^，。；\n]{0,12}\Z")
#: From one full date to another.
RANGE = pattern(
    r"(?P<y1>(?:19|20)\d\d)年(?P<m1>\d{1,2})月(?:(?P<d1>\d{1,2})日)?[（(一二三四五六日星期周）)]{0,6}(?:至|到|—|－|–|-|~|～)"
    r"(?P<y2>(?:19|20)\d\d)年(?P<m2>\d{1,2})月(?:(?P<d2>\d{1,2})日)?"
)
#: Two days of one month: 5月20日至10日, 5月20日至5月10日.
SAME_MONTH = pattern(
    r"(?:(?P<y1>(?:19|20)\d\d)年)?(?P<m1>\d{1,2})月(?P<d1>\d{1,2})[日号](?:[（(][^（()）\n]{1,8}[）)])?(?:至|到|—{1,2}|－|–|-|~|～)"
    r"(?:(?:(?P<y2>(?:19|20)\d\d)年)?(?P<m2>\d{1,2})月)?(?P<d2>\d{1,2})[日号](?=[^\d]|\Z)"
)
#: How many days a day without a year may lie from the day of publication to be that year's.
NEAR = 150
AMOUNT = pattern(
    r"(?<![\d.,])(?P<figure>\d{1,3}(?:,\d{3}){1,4}(?:\.\d{1,2})?|\d{1,12}(?:\.\d{1,6})?)(?P<scale>万|亿)?元(?:人民币)?[（(，,]?"
    r"(?:大写)?[：:]?(?:人民币)?[：:]?(?P<words>[零壹贰叁肆伍陆柒捌玖拾佰仟万亿圆元角分整正]{2,30})"
)
RATIO = pattern(r"(?P<gap>[^，。；、\d%％\n]{0,6}?)(?P<value>\d{3,4}(?:\.\d{1,2})?)[%％](?!以)")
CHANGE = pattern("[增减升降提长涨翻超比]|目标")
PEOPLE = pattern(
    r"(?P<total>\d{1,7})[人名位](?:[^，。；\d]{0,6})[，,（(]其中[：:]?"
    r"(?P<one>[男女])[^\d，。；、]{0,4}(?P<first>\d{1,7})[人名位][，、,和]?(?P<two>[男女])[^\d，。；、]{0,4}(?P<second>\d{1,7})[人名位]"
)
#: No text needs more places of one kind looked at.
MOST_PLACES = 100
UNITS = {"平米": "平方米", "公分": "厘米", "公升": "升", "立升": "升"}
BEFORE_UNIT = pattern(r"[\d万亿千百十余多半几两一二三四五六七八九]\Z")


class NumberDetector:
    """Find numbers that contradict the calendar, arithmetic or each other."""

    family: ClassVar[str] = "wording"

    def __init__(self, lexicon: Lexicon, profile: Profile) -> None:
        self.lexicon = lexicon
        self.finders = {
            "wording.amount": self.amount,
            "wording.ratio": self.ratio,
            "wording.subtotal": self.people,
            "wording.unit": self.unit,
            "wording.calendar": self.calendar,
            "wording.span-years": self.years,
            "wording.total": self.total,
            "wording.prizes": self.prizes,
            "wording.quarter": self.quarter,
            "wording.days-before": self.days_before,
            "wording.industries": self.industries,
            "wording.parts": self.parts,
        }

    def find(self, reading: Reading) -> Iterable[Finding]:
        """Yield the findings of every part."""
        found: list[Finding] = []
        for text in reading.texts:
            raw = text.raw
            published = reading.post.published_at
            if "月" in raw:
                found.extend(self.dates(text, published))
            found.extend(self.spelled(text))
            if ":" in raw or "：" in raw or "时" in raw or "点" in raw:
                found.extend(self.lexicon["wording.number.time"].finding(text, *span) for span in clock(raw))
            if "岁" in raw and "年" in raw and ("生" in raw or "享年" in raw or "终年" in raw):
                found.extend(self.ages(text, published))
        cues = reading.cue_hits
        if cues:
            for name, places in cues.items():
                if finder := self.finders.get(name):
                    for place in places[:MOST_PLACES]:
                        found.extend(finder(*place))
        return list(dict.fromkeys(found)) if found else found

    def spelled(self, text: Text) -> Iterator[Finding]:
        """Days in Chinese numerals and 2026-11-31 that do not exist, or whose weekday does not fit."""
        raw = text.raw
        for day in spelled_days(raw):
            # without a year 二月三十日 may be a day of the lunar calendar, which has no thirty-first
            if (
                not day.exists
                and day.month
                and (1 <= day.month <= 12 if raw[day.start] in "12" else day.year or day.day > 30 or day.month > 12)
            ):
                if not LUNAR_BEFORE.search(raw, max(0, day.start - 20), day.start):
                    yield self.lexicon["wording.number.date"].finding(text, day.start, day.end)
            elif day.exists and day.year and (match := WEEKDAY.match(raw, day.end)):
                right = WEEKDAYS[date(day.year, day.month, day.day).weekday()]
                if match["weekday"].replace("天", "日") != right:
                    rule = self.lexicon["wording.number.weekday"]
                    yield rule.finding(text, day.start, match.end("weekday"), evidence=(f"星期{right}",))

    def dates(self, text: Text, published: object = None) -> list[Finding]:
        """Days that do not exist, weekdays that do not fit, spans that end before they begin."""
        found: list[Finding] = []
        raw = text.raw  # not the folded view, in which ②6月2日 reads 26月2日
        place = raw.find("月")
        while place > 0:
            if raw[place - 1] in FIGURES and not ORDINARY.match(raw, max(0, place - 2)):
                match = DAY.match(raw, start_of(raw, place))
                if match:
                    found.extend(self.day(text, match, published))
            place = raw.find("月", place + 1)
        return found

    def day(self, text: Text, match: re.Match[str], published: object = None) -> Iterator[Finding]:
        """One day, and the span that it may begin."""
        raw, start = text.raw, match.start()
        year, month, day = (int(match[name]) if match[name] else 0 for name in ("year", "month", "day"))
        if match["day"] and not exists(year, month, day):
            if not LUNAR_BEFORE.search(raw, max(0, start - 20), start):
                yield self.lexicon["wording.number.date"].finding(text, start, match.end("end"))
            return
        if not year and match["weekday"] and month and (known := read_date(published)):
            near = nearest_year(month, day, known)
            if exists(near, month, day) and abs((date(near, month, day) - known).days) <= NEAR:
                year = near
        if year and match["weekday"]:
            right = WEEKDAYS[date(year, month, day).weekday()]
            if match["weekday"].replace("天", "日") != right:
                rule = self.lexicon["wording.number.weekday"]
                yield rule.finding(text, start, match.end("weekday"), evidence=(f"星期{right}",))
        same = SAME_MONTH.match(raw, start)
        if same and same["m2"] in (None, same["m1"]) and same["y2"] in (None, same["y1"]):
            if int(same["d2"]) < int(same["d1"]):
                yield self.lexicon["wording.number.range"].finding(text, *same.span())
        elif match["year"] and (span := RANGE.match(raw, start)):
            begin = tuple(int(span[name] or 0) for name in ("y1", "m1", "d1"))
            end = tuple(int(span[name] or 0) for name in ("y2", "m2", "d2"))
            if not span["d1"] or not span["d2"]:
                begin, end = begin[:2], end[:2]
            if end < begin:
                yield self.lexicon["wording.number.range"].finding(text, *span.span())
        if raw[match.end() : match.end() + 1] in TO:
            from govmedia_screen.detectors.wording.ages import days

            if wrong := days(raw, start):
                yield self.lexicon["wording.number.duration"].finding(text, *wrong[:2], evidence=wrong[2:])

    def amount(self, text: Text, start: int, end: int) -> Iterator[Finding]:
        """An amount in figures and in words that differ."""
        from govmedia_screen.detectors.wording.amount import read_amount, written

        for match in AMOUNT.finditer(text.folded, max(0, start - 50), min(len(text.raw), end + 40)):
            words = read_amount(match["words"])
            figure = written(match["figure"], match["scale"])
            if words is not None and abs(words - figure) > 0.005:
                yield self.lexicon["wording.number.amount"].finding(text, *match.span(), evidence=(f"{words:,.2f}元", f"{figure:,.2f}元"))

    def ratio(self, text: Text, start: int, end: int) -> Iterator[Finding]:
        """A share of a whole over 100 %."""
        match = RATIO.match(text.folded, end)
        if (
            match
            and float(match["value"]) > 100
            and not CHANGE.search(match["gap"])
            and not CHANGE.search(text.folded, end, match.end("value"))
        ):
            yield self.lexicon["wording.number.percent"].finding(text, start, match.end())

    def people(self, text: Text, start: int, end: int) -> Iterator[Finding]:
        """Men and women who do not make up their total."""
        for match in PEOPLE.finditer(text.folded, max(0, start - 20), min(len(text.raw), end + 40)):
            total, first, second = (int(match[name]) for name in ("total", "first", "second"))
            if match["one"] != match["two"] and first + second != total:
                yield self.lexicon["wording.number.sum"].finding(text, *match.span(), evidence=(f"{first}＋{second}＝{first + second}",))

    def unit(self, text: Text, start: int, end: int) -> Iterator[Finding]:
        """A unit out of use after a number."""
        if BEFORE_UNIT.search(text.folded, max(0, start - 1), start):
            right = UNITS.get(text.raw[start:end])
            yield self.lexicon["wording.number.unit"].finding(text, start, end, suggestion=right)

    def calendar(self, text: Text, start: int, end: int) -> Iterator[Finding]:
        """A festival or lunar date that stands beside another day of the Gregorian calendar."""
        from govmedia_screen.detectors.wording.lunar import beside

        for first, last, right in beside(text.folded, start, end):
            yield self.lexicon["wording.number.lunar"].finding(text, first, last, evidence=(right,))

    def ages(self, text: Text, published: object) -> Iterator[Finding]:
        """An age that contradicts the year of birth."""
        from govmedia_screen.detectors.wording.ages import ages

        for first, last, right in ages(text.raw, published):
            yield self.lexicon["wording.number.age"].finding(text, first, last, evidence=(right,))

    def years(self, text: Text, start: int, end: int) -> Iterator[Finding]:
        """A number of years that contradicts its span."""
        from govmedia_screen.detectors.wording.ages import years

        for first, last, right in years(text.raw, start, end):
            yield self.lexicon["wording.number.duration"].finding(text, first, last, evidence=(right,))

    def total(self, text: Text, start: int, end: int) -> Iterator[Finding]:
        """Parts that do not make up their total, before it in a sentence or above it in a table."""
        from govmedia_screen.detectors.wording.sums import in_sentence, in_table

        raw = text.raw
        finder = in_table if "\n" in raw and ("\t" in raw or "|" in raw) and is_cell(raw, start, end) else in_sentence
        for first, last, right in finder(raw, start):
            yield self.lexicon["wording.number.sum"].finding(text, first, last, evidence=(right,))

    def prizes(self, text: Text, start: int, end: int) -> Iterator[Finding]:
        """Prizes that do not make up their number."""
        from govmedia_screen.detectors.wording.sums import prizes

        for first, last, right in prizes(text.raw, start):
            yield self.lexicon["wording.number.sum"].finding(text, first, last, evidence=(right,))

    def quarter(self, text: Text, start: int, end: int) -> Iterator[Finding]:
        """A quarter or half of a year that has not its months."""
        from govmedia_screen.detectors.wording.period import quarter

        for first, last, right in quarter(text.raw, start, end):
            yield self.lexicon["wording.number.quarter"].finding(text, first, last, evidence=(right,))

    def days_before(self, text: Text, start: int, end: int) -> Iterator[Finding]:
        """A number of days before its dates that contradicts them."""
        from govmedia_screen.detectors.wording.period import counted_days

        for first, last, right in counted_days(text.raw, start, end):
            yield self.lexicon["wording.number.duration"].finding(text, first, last, evidence=(right,))

    def industries(self, text: Text, start: int, end: int) -> Iterator[Finding]:
        """Shares of the three industries that do not make a hundred."""
        from govmedia_screen.detectors.wording.period import industries

        if wrong := industries(text.raw, start):
            yield self.lexicon["wording.number.sum"].finding(text, *wrong[:2], evidence=wrong[2:])

    def parts(self, text: Text, start: int, end: int) -> Iterator[Finding]:
        """Parts after 其中 that do not fit their total."""
        from govmedia_screen.detectors.wording.parts import parts

        for first, last, right in parts(text.raw, start, end):
            yield self.lexicon["wording.number.sum"].finding(text, first, last, evidence=(right,))


def is_cell(raw: str, start: int, end: int) -> bool:
    """Whether the word fills a cell of a table: what stands before and after it is a separator."""
    before, after = raw[max(0, start - 8) : start].rstrip(" *　_")[-1:], raw[end : end + 8].lstrip(" *　_：:")[:1]
    return before in "|\t\n" and after in "|\t\n" and after != ""


def start_of(raw: str, month: int) -> int:
    """Where the date begins whose 月 stands at ``month``: at the year if one is written, else at the month."""
    start = month
    while start and raw[start - 1] in FIGURES:
        start -= 1
    if raw[start - 1 : start] != "年":
        return start
    year = start - 1
    while year and raw[year - 1] in FIGURES:
        year -= 1
    return year if start - 1 - year == 4 else start
