"""Numbers: each place that a pattern fits, judged by its check digit and the words around it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from govmedia_screen.detectors.privacy.labelled import Item, Place
from govmedia_screen.finding import Level
from govmedia_screen.formats import bank_card
from govmedia_screen.formats.dispatch import Number
from govmedia_screen.formats.labels import Label
from govmedia_screen.system import lazy

PROVINCES = frozenset("京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼")
PLATE_ENDS = frozenset("学警港澳挂领使")
#: What follows a quantity, not a telephone number.
UNITS = frozenset("元万亿人次户吨公米亩千百个只条件台套平")
#: What can stand before a mobile number and belongs to it: +86, (+86).
COUNTRY = lazy.pattern(r"(?:[(（][+＋]?(?:86|８６)[)）]|[+＋](?:86|８６)?)[ -]?\Z")
#: Passports of the mainland (ordinary, electronic, diplomatic, service, official) and of the two special regions.
PASSPORT = lazy.pattern(r"[DEGHKMPS][0-9]{8}|[EK][A-HJ-NP-Z][0-9]{7}|(?:SE|DE|PE|MA|MB)[0-9]{7}|[DSP][0-9]{7}")
#: What passports and travel permits begin with; permits of residence have 15 characters, social-security numbers nine.
FIRST_LETTERS = frozenset("CDEGHKLMPSTW")
#: A number with the date of the last years in it and nobody's name before it may be a serial number (YOUNG: years).
YOUNG = 5
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


def is_serial(label: Label | None) -> bool:
    """Whether a label says that the number counts something else than persons."""
    return label is not None and label.kind == "serial" and label.distance <= 6


def resident(number: Number, place: Place) -> Iterator[Item]:
    """18 characters with a date of birth: by check digit and region, or by label."""
    label = place.label(number.start)
    start = number.start + 2 if number.name == "resident-tagged" else number.start
    named = number.name == "resident-tagged" or (
        label is not None and label.kind in {"resident-id", "permanent-residence", "driving-licence", "social-security", "person"}
    )
    if is_serial(label) and "resident-id" not in place.labels_near(number.start):
        return
    evidence = tuple(filter(None, (label.word if label and named else "", "校验位正确" if number.verdict != "invalid" else "校验位不符")))
    if number.verdict == "invalid":
        if named and len(set(place.raw[start : number.end]) - set("0123456789Xx０１２３４５６７８９Ｘｘ")) <= 1:
            yield Item("privacy.resident-id-check", Level.NOTE, start, number.end, "身份证号", evidence)
    elif number.verdict == "foreign":
        yield Item("privacy.permanent-residence", Level.BLOCK, start, number.end, "永久居留证号", evidence, True)
    elif not named and number.verdict == "valid" and int(number.value[-12:-8]) >= date.today().year - YOUNG and not place.name(start):
        yield Item("privacy.resident-id", Level.REVIEW, start, number.end, "身份证号", (*evidence, "也可能是含日期的编号"), True)
    elif number.verdict == "valid" or named:
        yield Item("privacy.resident-id", Level.BLOCK, start, number.end, "身份证号", evidence, True)
    else:
        yield Item("privacy.resident-id", Level.REVIEW, start, number.end, "身份证号", (*evidence, "行政区划代码不详"), True)


def old_resident(number: Number, place: Place) -> Iterator[Item]:
    """15 digits: only with a label."""
    label = place.label(number.start)
    if label and label.kind == "resident-id":
        yield Item("privacy.resident-id-old", Level.REVIEW, number.start, number.end, "身份证号", (label.word,), True)


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
    elif kind == "bank-card" and number.verdict in {"luhn", "valid"} and len(number.value) >= SHORTEST_CARD:
        yield Item("privacy.bank-card", Level.REVIEW, *span, "银行卡号", (label.word if label else "", "校验位正确"), True)
    elif kind in {"bank-card", "account"} and number.name == "card" and len(number.value) >= SHORTEST_CARD:
        yield Item("privacy.bank-account", Level.NOTE, *span, "银行账号", (label.word if label else "",), False)


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
        return
    sentence = place.sentence(start, end)
    personal = place.words.personal.find(sentence)
    office = place.words.office.find(sentence)
    name = place.name(number.start)
    if label and label.kind in {"home-phone", "person"}:
        personal = personal or label.word
    if personal:
        yield Item("privacy.mobile", Level.REVIEW, start, end, column, (personal,))
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
    if number.value.lower().endswith(PUBLIC_DOMAINS):
        return
    sentence = place.sentence(number.start, number.end)
    name, column = place.name(number.start), place.rows.over(number.start)
    listed = column is not None and column.kind == "email"
    if listed or (not place.words.public_account.find(sentence) and (name or place.words.personal.find(sentence))):
        yield Item("privacy.email", Level.NOTE, number.start, number.end, "邮箱", (name,) if name else ())


def lettered(number: Number, place: Place) -> Iterator[Item]:
    """Letters and digits: whatever their label says, if they are made like it."""
    value, span = number.value.upper(), (number.start, number.end)
    digits = sum(char.isdigit() for char in value)
    if number.verdict != "valid" and (digits < 6 or (value[0] not in FIRST_LETTERS and len(value) not in {9, 15})):
        return  # a word, a model, a road: no document is numbered so
    label = place.label(number.start)
    if label is None or label.distance > 8:
        return
    if label.kind == "passport" and PASSPORT.fullmatch(value):
        yield Item("privacy.passport", Level.REVIEW, *span, "护照号", (label.word,), True)
    elif label.kind == "travel-permit" and value[0] in "HMCWLT" and len(value) in {9, 11} and digits >= 7:
        yield Item("privacy.travel-permit", Level.REVIEW, *span, "通行证号", (label.word,), True)
    elif label.kind == "permanent-residence" and len(value) == 15 and digits == 12:
        yield Item("privacy.permanent-residence", Level.BLOCK, *span, "永久居留证号", (label.word,), True)
    elif label.kind == "social-security" and len(value) == 9 and digits >= 6:
        yield Item("privacy.social-security", Level.REVIEW, *span, "社保号", (label.word,), True)
    elif label.kind in {"taiwan-id", "resident-id"} and number.verdict == "valid":
        yield Item("privacy.hong-kong-taiwan-id", Level.REVIEW, *span, "身份证号", (label.word, "校验位正确"), True)


def digits(number: Number, place: Place) -> Iterator[Item]:
    """Bare digits: only with a label beside them."""
    label = place.label(number.start)
    if label is None or label.distance > 6:
        return
    size, span = len(number.value), (number.start, number.end)
    if (
        label.kind == "qq"
        and not place.words.public_account.find(place.sentence(*span))
        and not place.words.office.find(place.sentence(*span))
    ):
        yield Item("privacy.qq", Level.NOTE, *span, "QQ号", (label.word,))
    elif label.kind == "travel-permit" and size in {8, 10}:
        yield Item("privacy.travel-permit", Level.REVIEW, *span, "通行证号", (label.word,), True)
    elif label.kind == "driving-licence" and size == 12 and "驾" in place.sentence(*span):
        yield Item("privacy.driving-licence", Level.REVIEW, *span, "驾驶证档案编号", (label.word,), True)
    elif label.kind == "social-security" and 8 <= size <= 12:
        yield Item("privacy.social-security", Level.REVIEW, *span, "社保号", (label.word,), True)
    elif label.kind == "home-phone" and size in {7, 8}:
        yield Item("privacy.landline", Level.REVIEW, *span, "住宅电话", (label.word,))


JUDGES = {
    "resident": resident,
    "resident-tagged": resident,
    "grouped-card": card,
    "broken-card": card,
    "card": card,
    "mobile": mobile,
    "fixed-line": landline,
    "old-resident": old_resident,
    "hong-kong-id": lettered,
    "taiwan-id": lettered,
    "email": email,
    "plate": plate,
    "lettered": lettered,
    "digits": digits,
}
