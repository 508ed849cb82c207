"""What is personal in words: an address to the door, a day of birth, an illness, a child's name in a crime.

Each search begins at a trigger word that the automaton has found, and looks a few dozen
characters around it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import chain

from govmedia_screen.detectors.privacy import people
from govmedia_screen.detectors.privacy.labelled import Item, Place
from govmedia_screen.finding import Level
from govmedia_screen.formats.names import HAN, is_name
from govmedia_screen.system import lazy

NUM = r"[0-9〇零一二三四五六七八九十百a-z]{1,5}"
#: House and room: 3号楼2单元501室, 3栋402, 人民路12号院5排3号, 3-1-501室.
DOOR = lazy.pattern(
    rf"{NUM}(?:号楼|栋|幢|座|号院|排|单元)(?:(?![和与至到及几数多])[{HAN}]){{0,6}}?(?:{NUM}(?:单元|楼|层|门|栋|幢))?-?{NUM}(?:室|号|户|房)?(?![0-9层楼元])"
    rf"|(?<![0-9])[0-9]{{1,3}}-[0-9]{{1,3}}-[0-9]{{2,4}}(?:室|号|户)?(?![0-9-])"
    rf"|{NUM}单元{NUM}(?:室|号|户)?"
    rf"|(?:路|街|巷|弄|道|胡同|村|组|区|庄|园){NUM}号(?:{NUM}(?:室|户|楼))?(?![0-9线楼院])"
)
LEAD = lazy.pattern(r"(?:地址|地点|址|地|处)?[:：为是在于\s]{0,4}")
STOP = lazy.pattern(r"[，。；！？、,;!?\n\t（(|│]|[ \u3000]{2}|[ \u3000](?=[\u4e00-\u9fff]{2,8}[:：])")
DAY = lazy.pattern(
    r"[:：为是\s]{0,4}((?:19|20)[0-9]{2}[年./-]{1,2}(?:1[0-2]|0?[1-9])[月./-]{1,2}(?:3[01]|[12][0-9]|0?[1-9])日?|(?:19|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01]))(?![0-9])"
)
ACCOUNT = lazy.pattern(r"(?:号码|号|id)?[:：为是\s]{0,4}([a-z][-_a-z0-9]{5,19})(?![a-z0-9_@.-])")
MILITARY = lazy.pattern(r"(?:[军兵士文职干警武参政后装空海火北南东西中沈济兰成广]{1,3})字第?\s?[a-z]?[0-9]{4,11}[a-z]?\s?号?")
DEGREES = lazy.pattern(
    r"(?:北纬|东经|纬度|经度|坐标)?[:：\sn]{0,4}([0-9]{2,3}(?:\.[0-9]{4,10}°?|°[0-9]{1,2}[′'][0-9]{1,2}(?:\.[0-9]{1,4})?[″\"]?)).{0,8}?([0-9]{2,3}(?:\.[0-9]{4,10}|°[0-9]{1,2}[′'][0-9]{1,2}(?:\.[0-9]{1,4})?[″\"]?))"
)
MEMBER = lazy.pattern(
    rf"(?<![{HAN}])([{HAN}]{{2,10}}?)((?:[，,、（(]\s?|系|是|因|曾)?(?:男|女)?[，,]?\s?[0-9岁，,]{{0,4}}(?:患有|患|确诊|被诊断为|被确诊为|诊断为|感染|携带|身患|罹患)?\s?)$"
)
AGE = lazy.pattern(
    rf"(?<![{HAN}])(?:[{HAN}]{{0,8}}?(?:被害人|受害人|受害者|的|嫌疑人|学生|少年|少女|男孩|女孩))?([{HAN}]{{2,3}})[（(，,、]\s?(?:男|女)?[，,、]?\s?(?:年仅|现年|今年)?([0-9]{{1,2}})周?岁"
)


def address(place: Place, start: int, end: int) -> Iterator[Item]:
    """An address to the door after words that say somebody lives there."""
    folded = place.folded
    begin = LEAD.match(folded, end).end()  # type: ignore[union-attr]
    stop = STOP.search(folded, begin, begin + 60)
    last = stop.start() if stop else min(len(folded), begin + 60)
    doors = [*DOOR.finditer(folded, begin, last)]
    door = doors[-1] if doors else None
    if door and place.raw[begin : door.end()].strip():
        masked = "某" in folded[max(0, start - 40) : start] and not place.words.stigma.find(place.sentence(start, door.end(), 60, 60))
        level = Level.NOTE if masked else Level.REVIEW
        yield Item("privacy.address", level, begin, door.end(), "住址", (folded[start:end],))


def birth(place: Place, start: int, end: int) -> Iterator[Item]:
    """A whole day of birth after its label."""
    match = DAY.match(place.folded, end)
    if match and (int(match[1][:4]) >= 1930 and place.folded[start:end] != "出生于"):
        yield Item("privacy.birth-date", Level.NOTE, *match.span(1), "出生日期", (place.folded[start:end],))


def wechat(place: Place, start: int, end: int) -> Iterator[Item]:
    """A WeChat name after its label; official accounts, groups and shops are no persons."""
    match = ACCOUNT.match(place.folded, end)
    if match and not match[1].startswith(("gh_", "http", "wechat", "weixin")) and any(not char.isalpha() for char in match[1]):
        sentence = place.sentence(start, match.end(), 20, 10)
        if not place.words.public_account.find(sentence):
            yield Item("privacy.wechat", Level.NOTE, *match.span(1), "微信号", (place.folded[start:end],))


def military(place: Place, start: int, end: int) -> Iterator[Item]:
    """A military identity number: 军字第1234567号."""
    first = max(0, start - 4)
    match = MILITARY.search(place.folded, first, end + 24)
    if match and not any(word in place.folded[max(0, first - 6) : start] for word in ("解放", "编号", "文号")):
        yield Item("privacy.military-id", Level.BLOCK, *match.span(), "军人证件号", (place.folded[start:end],), True)


def position(place: Place, start: int, end: int) -> Iterator[Item]:
    """Latitude and longitude to ten metres or better."""
    match = DEGREES.search(place.folded, start, end + 40)
    if match:
        yield Item("privacy.coordinates", Level.NOTE, match.start(), match.end(), "坐标", (place.folded[start:end],))


def illness(place: Place, start: int, end: int) -> Iterator[Item]:
    """A name directly before an illness that the law holds sensitive."""
    yield from condition(place, start, end, "privacy.health", Level.REVIEW, "病情", joined=False)


def disability(place: Place, start: int, end: int) -> Iterator[Item]:
    """A name directly before a category and grade of disability."""
    yield from condition(place, start, end, "privacy.disability", Level.NOTE, "残疾等级")


def condition(place: Place, start: int, end: int, rule: str, level: Level, column: str, joined: bool = True) -> Iterator[Item]:
    """A name, and a condition said of it in the same breath; ``joined`` if nothing need stand between them."""
    first = max(0, start - 24)
    left = place.folded[first:start]
    for kind in ("肢体", "智力", "精神", "视力", "听力", "言语", "多重"):
        left = left.removesuffix(kind)
    match = MEMBER.search(left)
    if not match or not (joined or match[2]) or place.words.pseudonym.find(place.folded[max(0, start - 30) : end + 10]):
        return
    name = named(match[1], place)
    if name:
        begin = first + match.end(1) - len(name)
        yield Item(rule, level, begin, end, column, (name, place.folded[start:end]))


def named(word: str, place: Place) -> str | None:
    """The name that a word is or ends with after a role."""
    for size in (4, 3, 2):
        if is_name(word[-size:]) and (len(word) <= size or word[:-size].endswith(place.words.roles)):
            return word[-size:]
    return None


def minor(place: Place, start: int, end: int) -> Iterator[Item]:
    """The name of somebody under eighteen in the sentence of a crime."""
    folded = place.folded
    first, last = place.text.sentence(start, end)
    first, last = max(first, start - 80), min(last, end + 80)
    if place.words.pseudonym.find(folded[first : last + 10]):
        return
    for match in AGE.finditer(folded, first, last):
        if int(match[2]) < 18 and is_name(match[1]):
            yield Item("privacy.minor", Level.REVIEW, match.start(1), match.end(), "未成年人", (match[1], folded[start:end]))


TRIGGERS: dict[str, Callable[[Place, int, int], Iterator[Item]]] = {
    "privacy.home": address,
    "privacy.born": birth,
    "privacy.wechat-label": wechat,
    "privacy.military": military,
    "privacy.position": position,
    "privacy.illness": illness,
    "privacy.disabled": disability,
    "privacy.offence-against-minor": lambda place, start, end: chain(minor(place, start, end), people.pupil(place, start, end)),
    **people.TRIGGERS,
}
