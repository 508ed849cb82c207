"""Ages and durations that contradict the years beside them.

A year is only taken from the text or from the day of publication, and a count may include both ends:
from 2020 to 2022 it is two years or three; an age may be full years or counted from one (虚岁).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from govmedia_screen.chinese.dates import read_date
from govmedia_screen.chinese.numerals import han_value
from govmedia_screen.chinese.sentences import STOP, bounds
from govmedia_screen.system.lazy import pattern

HAN = "[一二两三四五六七八九十]{1,3}"
TO = "(?:至|到|—{1,2}|–|-|－|~|～)"
BIRTH = pattern(
    r"(?P<one>(?:19|20)\d\d)年(?:\d{1,2}月)?(?:\d{1,2}日)?(?:出生|诞生|生于|生(?=[，。、；）]))|(?:出生于|生于)(?P<two>(?:19|20)\d\d)年"
    rf"|[（(](?P<three>(?:19|20)\d\d)(?:年[\d月日]{{0,6}})?{TO}(?P<death>(?:19|20)\d\d)(?:年[\d月日]{{0,6}})?[）)]"
)
AGE = pattern(
    r"(?P<word>今年|现年|享年|终年|时年|那年|当时|年仅)(?:已经|已|刚刚|刚|才|只有|仅|年仅)?(?:满)?"
    rf"(?P<age>\d{{1,3}}|{HAN})周?岁(?![以多]|的[儿女孩母父妻丈孙老爷奶哥弟姐妹])"
)
#: What says whose age it is, or when; without it the age is anybody's.
SIGN = pattern("今年|现年|享年|终年|时年|那年|当时|年仅")
YEAR = pattern(r"(?<!\d)((?:19|20)\d\d)年")
DEATH = pattern(r"((?:19|20)\d\d)年[^，。；]{0,12}[，]?[^，。；\d]{0,8}(?:逝世|去世|辞世|离世|病逝|牺牲|与世长辞)")
#: Somebody else's age.
OTHERS = pattern("[儿女孙妻父母爸妈哥弟姐妹]|丈夫|爱人|老伴|岳|婆|徒弟|学生|同学|战友")
SIGNED = pattern(r"(?:^|\n)[^\n]{0,20}((?:19|20)\d\d)年\d{1,2}月\d{1,2}日\s*\Z")
#: How far an age may be from the difference of the years, by its word; the dead are often given one year more.
LOOSE = {"享年": (-1, 2), "终年": (-1, 2)}
YEARS = pattern(
    rf"(?P<y1>(?:19|20)\d\d)年?(?:(?P<m1>\d{{1,2}})月)?(?:\d{{1,2}}日)?{TO}(?P<y2>(?:19|20)\d\d)年?(?:(?P<m2>\d{{1,2}})月)?(?:\d{{1,2}}日)?"
    rf"[底末初]?[，,的这（(]{{0,2}}(?P<count>\d{{1,2}}|{HAN})年(?:间|里|时间|期间)"
)
DAYS = pattern(
    rf"(?:(?P<y1>(?:19|20)\d\d)年)?(?P<m1>\d{{1,2}})月(?P<d1>\d{{1,2}})[日号](?:[（(][^（()）\n]{{1,8}}[）)])?{TO}"
    r"(?:(?:(?P<y2>(?:19|20)\d\d)年)?(?P<m2>\d{1,2})月)?(?P<d2>\d{1,2})[日号](?:[（(][^（()）\n]{1,8}[）)])?"
    rf"(?P<gap>[^。；;\n\d每周班课余]{{0,10}}?)(?:共计?|为期|历时|放假)(?P<count>\d{{1,3}}|{HAN})天(?![气内前后半左多以课])"
)


#: The longest sentence that is looked at, in code points.
LONGEST = 300


def ages(raw: str, published: object) -> Iterator[tuple[int, int, str]]:
    """Ages that do not follow from the year of birth in their sentence: start, end, and the sum that should hold."""
    place = raw.find("岁")
    done = 0
    while place >= 0:
        if not SIGN.search(raw, max(0, place - 12), place):
            place = raw.find("岁", place + 1)
            continue
        start, end = bounds(raw, place, place + 1, LONGEST, LONGEST, STOP)
        if start >= done and end - start <= LONGEST:
            yield from of_sentence(raw, start, end, published)
        done = max(done, end)
        place = raw.find("岁", end)


def of_sentence(raw: str, start: int, end: int, published: object) -> Iterator[tuple[int, int, str]]:
    """The same for one sentence, which must speak of one birth and one age."""
    births = list(BIRTH.finditer(raw, start, end))
    found = list(AGE.finditer(raw, start, end))
    if len(births) != 1 or len(found) != 1:
        return
    birth, age = births[0], found[0]
    between = raw[birth.end() : age.start()] if birth.end() <= age.start() else raw[age.end() : birth.start()]
    if OTHERS.search(between):
        return
    born = int(birth["one"] or birth["two"] or birth["three"])
    count = number(age["age"])
    word = age["word"]
    low, high = LOOSE.get(word, (-1, 1))
    then = reference(raw, start, end, birth, age, published)
    if then is None:
        if word in ("今年", "现年") and born + count > date.today().year + 1:
            yield birth.start(), age.end(), f"{born}＋{count}＝{born + count}"
    elif not low <= count - (then - born) <= high:
        yield min(birth.start(), age.start()), max(birth.end(), age.end()), f"{then}－{born}＝{then - born}"


def reference(raw: str, start: int, end: int, birth: re.Match[str], age: re.Match[str], published: object) -> int | None:
    """The year to which an age belongs, None if it is not written."""
    word = age["word"]
    if word in ("今年", "现年"):
        return year_of(published) or (int(signed[1]) if (signed := SIGNED.search(raw, max(0, len(raw) - 60))) else None)
    if word in ("享年", "终年"):
        if birth["death"]:
            return int(birth["death"])
        death = DEATH.search(raw, birth.end(), end)
        return int(death[1]) if death else None
    years = [match for match in YEAR.finditer(raw, start, age.start()) if not birth.start() <= match.start() < birth.end()]
    return int(years[-1][1]) if years and age.start() - years[-1].end() <= 20 else None


def year_of(published: object) -> int | None:
    """The year of a day of publication; of text also a year alone."""
    if day := read_date(published):
        return day.year
    if isinstance(published, str) and (match := re.match(r"(?:19|20)\d\d", published)):
        return int(match[0])
    return None


def years(raw: str, start: int, end: int) -> Iterator[tuple[int, int, str]]:
    """Numbers of years that do not fit the years before them; ``start`` and ``end`` are those of 年间 and the like."""
    for match in YEARS.finditer(raw, max(0, start - 40), min(len(raw), end + 1)):
        count = number(match["count"])
        first, last = (int(match["y1"]), int(match["y2"]))
        if match["m1"] and match["m2"]:
            months = (last - first) * 12 + int(match["m2"]) - int(match["m1"])
            low, high = months // 12, -(-(months + 1) // 12)
        else:
            low, high = last - first, last - first + 1
        if first < last and not low <= count <= high:
            yield *match.span(), f"{last}－{first}＝{last - first}"


def days(raw: str, start: int) -> tuple[int, int, str] | None:
    """A number of days that does not fit the days before it; far off it counts something else (lessons, market days)."""
    match = DAYS.match(raw, start)
    if not match:
        return None
    count = number(match["count"])
    try:
        year = int(match["y1"] or match["y2"] or 2023)
        first = date(year, int(match["m1"]), int(match["d1"]))
        last = date(int(match["y2"] or year), int(match["m2"] or match["m1"]), int(match["d2"]))
    except ValueError:
        return None
    span = (last - first).days
    leap = not match["y1"] and first.month <= 2 < last.month
    least = span + 1 if "放假" in match[0] else span  # a holiday counts both its first day and its last
    if span <= 0 or least <= count <= span + 1 + leap or abs(count - span - 1) > max(3, span // 4):
        return None
    return *match.span(), f"{span + 1}天"


def number(text: str) -> int:
    """A number in figures or in Chinese numerals."""
    return int(text) if text[0].isascii() else int(han_value(text))
