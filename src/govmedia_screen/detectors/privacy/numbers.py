"""Numbers: each place that a pattern fits, judged by its check digit and the words around it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from govmedia_screen.detectors.privacy import documents
from govmedia_screen.detectors.privacy.labelled import BESIDE, Item, Place, is_serial
from govmedia_screen.finding import Level
from govmedia_screen.formats import bank_card
from govmedia_screen.formats.dispatch import Number
from govmedia_screen.formats.names import is_personal_address
from govmedia_screen.system import lazy

PROVINCES = frozenset("京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼")
PLATE_ENDS = frozenset("学警港澳挂领使")
#: What follows a quantity, not a telephone number.
UNITS = frozenset("元万亿人次户吨公米亩千百个只条件台套平")
#: What can stand before a mobile number and belongs to it: +86, (+86).
COUNTRY = lazy.pattern(r"(?:[(（][+＋]?(?:86|８６)[)）]|[+＋](?:86|８６)?)[ -]?\Z")
#: An address that somebody calls his own.
OWN = lazy.pattern(r"(?:我|你|本人)的(?:电子)?(?:邮箱|邮件|是)|(?<![a-z])my e-?mail", re.IGNORECASE)
#: Labels of telephone numbers.
PHONES = frozenset({"phone", "home-phone", "office-phone", "person"})
#: No bank in China issues shorter card numbers.
SHORTEST_CARD = 15
#: What carries passengers; its plate is nobody's personal data.
PUBLIC_VEHICLES = lazy.pattern(r"客车|客运|公交|大巴|中巴|班车|出租|网约车|滴滴|救护车|警车|消防车|校车|[0-9]路[（(]?|车次|巴士")
PUBLIC_DOMAINS = (".gov.cn", ".edu.cn", ".org.cn", ".gov.hk", ".gov.mo")


def judge(numbers: Iterable[Number], place: Place) -> list[Item]:
    """What is personal among the numbers; the first pattern that stands at a place has it."""
    items: list[Item] = []
    taken: set[int] = set()
    for number in numbers:
        if number.start in taken or number.end - 1 in taken:
            continue
        for item in JUDGES.get(number.name, nothing)(number, place):
            items.append(item)
            taken.update(range(number.start, number.end))
    items.sort(key=lambda item: item.start)
    return items


def nothing(number: Number, place: Place) -> Iterator[Item]:
    """No finding."""
    return iter(())


def weak_number(number: Number, place: Place) -> Iterator[Item]:
    """A mobile or card number of which two or three digits are masked at most: behind its label or a name."""
    label = place.label(number.start)
    if is_serial(label):
        return
    kind = label.kind if label else ""
    if number.verdict == "mobile":
        known = kind in PHONES or place.name(number.start) is not None
    else:
        known = kind in {"bank-card", "account"} or bank_card.is_union_pay(number.value.replace("*", "0"))
    if known:
        column = "手机号" if number.verdict == "mobile" else "银行卡号"
        yield Item("privacy.weak-mask", Level.REVIEW, number.start, number.end, column, ("遮盖的位数太少",))


def card(number: Number, place: Place) -> Iterator[Item]:
    """A card number: certain by check digit and label; without a label only one that cannot be anything else."""
    label = place.label(number.start)
    kind = label.kind if label else None
    if is_serial(label) or is_corporate(number, place):
        return
    span = number.start, number.end
    if number.verdict == "valid" and kind in {"bank-card", "account"}:
        yield Item("privacy.bank-card", Level.BLOCK, *span, "银行卡号", (label.word if label else "", "校验位正确"), True)
    elif number.verdict == "valid" and bank_card.is_union_pay(number.value):
        yield Item("privacy.bank-card", Level.REVIEW, *span, "银行卡号", ("发卡机构代码与校验位相符",), True)
    elif number.verdict == "valid" and kind is None and number.name == "card" and place.is_alone(*span):
        yield Item("privacy.bank-card", Level.NOTE, *span, "银行卡号", ("发卡机构代码与校验位相符",))
    elif kind == "bank-card" and number.verdict in {"luhn", "valid"} and len(number.value) >= SHORTEST_CARD:
        yield Item("privacy.bank-card", Level.REVIEW, *span, "银行卡号", (label.word if label else "", "校验位正确"), True)
    elif kind in {"bank-card", "account"} and number.name == "card" and len(number.value) >= SHORTEST_CARD:
        yield Item("privacy.bank-account", Level.NOTE, *span, "银行账号", (label.word if label else "",), False)


def card_loose(number: Number, place: Place) -> Iterator[Item]:
    """A card number parted by any marks, or with letters grown on to it: only behind its label."""
    label = place.label(number.start)
    if label and label.kind == "bank-card" and label.distance <= BESIDE:
        yield from card(number, place)


def is_corporate(number: Number, place: Place) -> bool:
    """Whether the account is an office's or a company's: these are published so that people can pay."""
    folded = place.folded
    line = folded.rfind("\n", 0, number.start)
    over, header = place.rows.over(number.start), place.rows.header(number.start)
    listed = (
        over and over.kind in {"bank-card", "account"} and header and any(label.kind in {"name", "resident-id"} for label in header.labels)
    )
    if listed and not place.words.labels.all(folded[line + 1 : number.start]):
        return False
    above = (
        folded[max(0, folded.rfind("\n", 0, max(line, 0)), number.start - 60) : number.start]
        + folded[number.end : number.end + 40].split("\n\n", 1)[0]
    )
    kinds = {label.kind for label in place.words.labels.all(above)}
    return "corporate" in kinds and kinds.isdisjoint({"resident-id", "name", "person"})


def mobile_loose(number: Number, place: Place) -> Iterator[Item]:
    """A mobile number parted by any marks, or with letters grown on to it: only behind its label or a name."""
    label = place.label(number.start)
    if (label and label.kind in PHONES and label.distance <= BESIDE) or (number.name == "mobile-loose" and place.name(number.start)):
        yield from mobile(number, place)


def mobile(number: Number, place: Place) -> Iterator[Item]:
    """A mobile number: of a person (review), of an office (nothing), or of nobody in particular (note)."""
    start, end = number.start, number.end
    label = place.label(start)
    if is_serial(label) or place.raw[end : end + 1] in UNITS or place.raw[start - 1 : start] in {"¥", "￥", "$"}:
        return
    if (
        label
        and label.kind in {"resident-id", "bank-card", "account", "corporate"}
        and label.distance <= 2
        and place.rows.over(start) is None
    ):
        return
    kinds = place.labels_near(start)
    if country := COUNTRY.search(place.raw, max(0, start - 8), start):
        start = country.start()
    column = "住宅电话" if label and label.kind == "home-phone" else "手机号"
    if (label and label.kind == "office-phone") or ("office-phone" in kinds and not kinds & {"home-phone", "person"}):
        if person := place.person(number.start, end):
            yield Item("privacy.mobile", Level.REVIEW, start, end, column, (person,))
        elif label and label.kind == "phone" and "手机" in label.word:
            yield Item("privacy.mobile", Level.NOTE, start, end, column, (label.word,), official=True)
        return
    sentence = place.sentence(start, end)
    personal = place.words.personal.find(sentence)
    office = place.words.office.find(sentence)
    name = place.name(number.start)
    if label and label.kind in {"home-phone", "person"}:
        personal = personal or label.word
    if personal := personal or place.citizen(start):
        yield Item("privacy.mobile", Level.REVIEW, start, end, column, (personal,))
    elif place.is_own_line(start, end):
        yield Item("privacy.mobile", Level.REVIEW, start, end, column, tuple(filter(None, (office, "个人微信、QQ"))))
    elif office:
        yield Item("privacy.mobile", Level.NOTE, start, end, column, (office,), official=True)
    elif name or place.reply:
        yield Item("privacy.mobile", Level.REVIEW, start, end, column, (name or "答复",))
    else:
        yield Item("privacy.mobile", Level.NOTE, start, end, column)


def landline(number: Number, place: Place) -> Iterator[Item]:
    """A fixed line: only with a label that says it is at somebody's home."""
    label = place.label(number.start)
    if label and label.kind == "home-phone":
        yield Item("privacy.landline", Level.REVIEW, number.start, number.end, "住宅电话", (label.word,))


def plate(number: Number, place: Place) -> Iterator[Item]:
    """A number plate: the letter of a province before it, a digit in it."""
    start, end = number.start - 1, number.end
    if number.value.isdigit() and place.raw[end : end + 1] not in "领使":
        return
    if place.raw[start] not in PROVINCES or not any(char.isdigit() for char in number.value):
        return
    if len(number.value) == 5:
        if place.raw[end : end + 1] not in PLATE_ENDS:
            return
        end += 1
    if PUBLIC_VEHICLES.search(place.sentence(start, end, 14, 10)):
        return
    owner = place.words.personal.find(place.sentence(start, end, 20, 20))
    yield Item("privacy.plate", Level.NOTE, start, end, "车牌号", (owner,) if owner else ())


def email(number: Number, place: Place) -> Iterator[Item]:
    """An address: of a person, not of an office and not one that is published to be written to."""
    value = number.value.lower()
    if value.endswith(PUBLIC_DOMAINS):
        return
    sentence = place.sentence(number.start, number.end)
    name, column = place.name(number.start), place.rows.over(number.start)
    listed = column is not None and column.kind == "email"
    named = is_personal_address(value)
    public = place.words.public_account.find(sentence)
    if listed or (not public and (named or name or place.words.personal.find(sentence) or OWN.search(sentence))):
        yield Item("privacy.email", Level.NOTE, number.start, number.end, "邮箱", (name,) if name else ())


JUDGES = {
    "resident-glued": documents.resident,
    "resident-loose": documents.resident_loose,
    "mobile-glued": mobile_loose,
    "mobile-loose": mobile_loose,
    "card-glued": card_loose,
    "card-loose": card_loose,
    "weak-id": documents.weak_id,
    "weak-number": weak_number,
    "macau-id": documents.macau,
    "resident": documents.resident,
    "resident-tagged": documents.resident,
    "grouped-card": card,
    "broken-card": card,
    "card": card,
    "mobile": mobile,
    "fixed-line": landline,
    "old-resident": documents.old_resident,
    "hong-kong-id": documents.lettered,
    "taiwan-id": documents.lettered,
    "email": email,
    "plate": plate,
    "lettered": documents.lettered,
    "digits": documents.digits,
}
