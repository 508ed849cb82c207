"""People who can be known without a number: by a name behind a role, by school and class, by what a check-up found, by where they live.

A public list may show names (《政府信息公开条例》第十五条): who was awarded, engaged, helped. What it may not show is a name
beside something that the law holds sensitive: a patient, a petitioner, somebody on drugs, a victim, a child in need.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from govmedia_screen.detectors.privacy.labelled import Item, Place
from govmedia_screen.finding import Level
from govmedia_screen.formats.names import HAN, is_name
from govmedia_screen.matching.variants import ordinary_words
from govmedia_screen.system import lazy

#: What can follow a name that follows a role: 患者王伟今日复诊.
FOLLOWS = lazy.pattern(
    r"[，,、（(：:；;。\s）)]|\Z|[男女]|同学|小朋友|某日|[今昨]日|[今昨]天|近日|于[0-9]|今年|现年|反映|举报|投诉|信访|上访|来信|来访|向|称|被|系|因|患|确诊|的|在|自述|已|报案|报警|表示|提出|要求"
)
#: What only a person's name is followed by.
PERSONAL = lazy.pattern(r"[（(]|[，,\s]{0,2}(?:[男女]|[0-9]{1,2}岁)|同学|小朋友|反映|举报|投诉|信访|上访|来信|来访|已?报案|已?报警")
TOLD = (":", "：", "、", " ", "\xa0", "\u3000")
#: Between a role and its names: 名单：, 为.
LISTED = lazy.pattern(r"(?:名单|名册|信息|情况)?(?:如下|公示)?[:：为是有\s]{1,3}")
PARTED = lazy.pattern(r"[、，,\s]\s?")
#: A name that stands before what was found: 陈丽（丈夫周凯）检查结果.
SUBJECT = lazy.pattern(rf"(?:^|[：:；;、，,\s])([{HAN}]{{2,4}})(?=[（(：:，,\s])")
CLAUSE = lazy.pattern(r"[；;。！？\n]")
#: A school with a year or a class: 城关小学四年级（2）班.
CLASS = lazy.pattern(
    rf"(?:(?![的于在是为读])[{HAN}]){{0,8}}?(?:小学|中学|学校|幼儿园|附小|附中|[一二三四五六七八九]中|职中)[{HAN}]{{0,2}}?[（(]?[一二三四五六七八九初高大中小0-9]{{1,3}}(?:年级|[（(]?[0-9一二三四五六七八九十]{{1,2}}[）)]?班|班)(?:[（(]?[0-9一二三四五六七八九十]{{1,2}}[）)]?班)?"
)
PARENT = lazy.pattern(rf"(?:父亲|母亲|监护人|家长|爷爷|奶奶|爸爸|妈妈)[:：]?([{HAN}]{{2,4}})")
#: How far around a crime's word the child is looked for (code points).
AROUND = 80


def name_at(place: Place, start: int) -> int:
    """Where the name that begins there ends; 0 if there is none.

    Where no mark before it and nothing that is said of persons behind it tells that it is a name, it must hold no ordinary word (患者利益).
    """
    folded = place.folded
    for size in (4, 3, 2):
        end = start + size
        name = folded[start:end]
        if end <= len(folded) and is_name(name) and FOLLOWS.match(folded, end):
            told = folded[start - 1 : start] in TOLD or PERSONAL.match(folded, end)
            if told or not any(word in ordinary_words() for word in (name, name[:2], name[-2:])):
                return end
    return 0


def role(rule: str, column: str) -> Callable[[Place, int, int], Iterator[Item]]:
    """What looks for full names directly behind a role, one or several."""

    def look(place: Place, start: int, end: int) -> Iterator[Item]:
        folded = place.folded
        if place.words.pseudonym.find(folded[start : end + 20]):
            return
        listed = LISTED.match(folded, end)
        first = listed.end() if listed else end
        while last := name_at(place, first):
            yield Item(rule, Level.REVIEW, first, last, column, (folded[start:end],))
            parted = PARTED.match(folded, last)
            if not parted:
                break
            first = parted.end()

    return look


def result(place: Place, start: int, end: int) -> Iterator[Item]:
    """The name of whom a check-up's result is told."""
    folded = place.folded
    first = max(0, start - 60)
    for match in CLAUSE.finditer(folded, first, start):
        first = match.end()
    if place.words.pseudonym.find(folded[first:end]):
        return
    for match in SUBJECT.finditer(folded[first:start]):
        if is_name(match[1]):
            yield Item("privacy.health", Level.REVIEW, first + match.start(1), first + match.end(1), "健康检查结果", (folded[start:end],))
            return


def pupil(place: Place, start: int, end: int) -> Iterator[Item]:
    """A child in the sentence of a crime, known by school and class or by a parent's name."""
    folded = place.folded
    first, last = place.text.sentence(start, end)
    first, last = max(first, start - AROUND), min(last, end + AROUND)
    for match in CLASS.finditer(folded, first, last):
        yield Item("privacy.minor", Level.REVIEW, *match.span(), "未成年人", (folded[start:end], "学校、班级"))
    for match in PARENT.finditer(folded, first, last):
        if (stop := name_at(place, match.start(1))) and not place.words.pseudonym.find(folded[first:last]):
            yield Item("privacy.minor", Level.REVIEW, match.start(1), stop, "未成年人", (folded[start:end], "监护人姓名"))


TRIGGERS: dict[str, Callable[[Place, int, int], Iterator[Item]]] = {
    "privacy.role-patient": role("privacy.patient", "患者姓名"),
    "privacy.role-petitioner": role("privacy.petitioner", "信访举报人姓名"),
    "privacy.role-watched": role("privacy.watched", "特殊人群姓名"),
    "privacy.role-victim": role("privacy.victim", "受害人姓名"),
    "privacy.role-child": role("privacy.minor", "未成年人"),
    "privacy.check-result": result,
}
