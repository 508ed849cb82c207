"""Times of day, quarters and periods that cannot be (GB/T 7408 and the calendar): 25:30, 第五季度, 上半年（1—7月）.

Each is looked for at a trigger only, and only where the words around say that a time is meant: 30:70 may be a ratio.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from govmedia_screen.chinese.dates import small_number
from govmedia_screen.system.lazy import pattern

TO = "(?:至|到|—{1,2}|–|-|－|~|～)"
NUMERAL = "[一二三四五六七八九十]{1,3}"
#: What says that a time of day follows.
CLOCK = pattern(
    r"(?:[日号午晨晚夜]|早上|时间[：:]?|每天|每日|周[一二三四五六日天]|星期[一二三四五六日天])[）)]?[ \u3000]?"
    r"(?P<hour>\d{1,2})(?:[:：](?P<minute>\d{2})(?![:：\d])|[时点](?!间|位|[分赛])(?:(?P<minutes>\d{1,2})分(?![之钟数制]))?)"
)
#: Where such words end.
CLOCK_SIGN = pattern(r"\d{1,2}(?:[:：]\d{2}(?![:：\d])|[时点])")
QUARTER = pattern(rf"(?P<before>[前至到、—－-]?)第?(?P<quarter>[一二三四1-4])季度[（(](?P<first>\d{{1,2}})月?{TO}(?P<last>\d{{1,2}})月")
NO_QUARTER = pattern(r"第(?:[五六七八九]|[5-9])季度")
HALF = pattern(rf"(?P<half>[上下])半年[（(](?P<first>\d{{1,2}})月?{TO}(?P<last>\d{{1,2}})月")
#: A count of days before its dates: 公示5天（5月6日至5月12日）.
COUNTED = pattern(
    rf"(?:为期|公示期?|公告期?|工期|历时|放假|展期|会期)(?:为|共)?(?P<count>\d{{1,3}}|{NUMERAL})天[（(，,：:](?:即|自|从|时间为?)?"
    rf"(?:(?P<y1>(?:19|20)\d\d)年)?(?P<m1>\d{{1,2}})月(?P<d1>\d{{1,2}})[日号](?:[（(][^（()）\n]{{1,8}}[）)])?{TO}"
    r"(?:(?:(?P<y2>(?:19|20)\d\d)年)?(?P<m2>\d{1,2})月)?(?P<d2>\d{1,2})[日号]"
)
INDUSTRIES = pattern(
    r"三次产业[^，。；：:\d]{0,14}(?:为|由|优化为|调整为|变为|达到|[：:])[ ]?"
    r"(?P<one>\d{1,2}(?:\.\d{1,2})?)[%％]?[:：∶](?P<two>\d{1,2}(?:\.\d{1,2})?)[%％]?[:：∶](?P<three>\d{1,2}(?:\.\d{1,2})?)[%％]?(?![\d.:：∶])"
)
#: How far three rounded shares may be from a hundred.
ROUNDED = 0.25


def clock(raw: str) -> Iterator[tuple[int, int]]:
    """Times of day that no clock shows."""
    for sign in CLOCK_SIGN.finditer(raw):
        if match := CLOCK.search(raw, max(0, sign.start() - 8), sign.end() + 4):
            if match.start("hour") != sign.start():
                continue
            hour, minute = int(match["hour"]), int(match["minute"] or match["minutes"] or 0)
            if hour > 24 or minute > 59 or (hour == 24 and minute):
                yield match.start("hour"), match.end()


def quarter(raw: str, start: int, end: int) -> Iterator[tuple[int, int, str]]:
    """At 季度 or 半年: a fifth quarter, and months that do not make up theirs."""
    for match in NO_QUARTER.finditer(raw, max(0, start - 3), end):
        yield *match.span(), "一年四个季度"
    for match in QUARTER.finditer(raw, max(0, start - 3), end + 10):
        number = "一二三四1234".index(match["quarter"]) % 4 + 1
        begin, last = (1 if match["before"] else 3 * number - 2), 3 * number
        if (int(match["first"]), int(match["last"])) != (begin, last):
            yield match.start("quarter"), match.end(), f"{begin}—{last}月"
    for match in HALF.finditer(raw, max(0, start - 1), end + 10):
        begin, last = (1, 6) if match["half"] == "上" else (7, 12)
        if (int(match["first"]), int(match["last"])) != (begin, last):
            yield *match.span(), f"{begin}—{last}月"


def counted_days(raw: str, start: int, end: int) -> Iterator[tuple[int, int, str]]:
    """Days counted before their dates, which make another number; both ends may count or one."""
    for match in COUNTED.finditer(raw, max(0, start - 16), end + 2):
        try:
            year = int(match["y1"] or match["y2"] or 2023)
            first = date(year, int(match["m1"]), int(match["d1"]))
            last = date(int(match["y2"] or year), int(match["m2"] or match["m1"]), int(match["d2"]))
        except ValueError:
            continue
        span, count = (last - first).days, small_number(match["count"])
        leap = not match["y1"] and first.month <= 2 < last.month
        if span > 0 and not span <= count <= span + 1 + leap and abs(count - span - 1) <= max(3, span // 3):
            yield *match.span(), f"{span + 1}天"


def industries(raw: str, start: int) -> tuple[int, int, str] | None:
    """The three industries' shares, which must make a hundred."""
    match = INDUSTRIES.match(raw, start)
    if not match:
        return None
    total = sum(float(match[name]) for name in ("one", "two", "three"))
    return (*match.span(), f"合计{total:g}") if abs(total - 100) > ROUNDED and 80 < total < 120 else None
