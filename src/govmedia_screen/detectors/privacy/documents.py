"""Numbers of documents: identity cards, passports, permits, records, judged by check digit, make and label."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from govmedia_screen.detectors.privacy.labelled import BESIDE, Item, Place, is_serial
from govmedia_screen.finding import Level
from govmedia_screen.formats.dispatch import Number
from govmedia_screen.system import lazy

#: Ordinary passports of the mainland as issued now.
ORDINARY_PASSPORT = lazy.pattern(r"[EG][0-9]{8}|E[A-HJ-NP-Z][0-9]{7}")
#: Passports of the mainland (ordinary, electronic, diplomatic, service, official) and of the two special regions.
PASSPORT = lazy.pattern(r"[DEGHKMPS][0-9]{8}|[EK][A-HJ-NP-Z][0-9]{7}|(?:SE|DE|PE|MA|MB)[0-9]{7}|[DSP][0-9]{7}")
#: What passports and travel permits begin with; permits of residence have 15 characters, social-security numbers nine.
FIRST_LETTERS = frozenset("CDEGHKLMPSTW")
#: A number with the date of the last years in it and nobody's name before it may be a serial number (YOUNG: years).
YOUNG = 5


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


def resident_loose(number: Number, place: Place) -> Iterator[Item]:
    """18 characters parted by any marks: only behind a label."""
    label = place.label(number.start)
    if label and label.kind in {"resident-id", "social-security", "driving-licence", "person"} and label.distance <= BESIDE:
        yield Item("privacy.resident-id", Level.BLOCK, number.start, number.end, "身份证号", (label.word, "校验位正确"), True)


def old_resident(number: Number, place: Place) -> Iterator[Item]:
    """15 digits: with a label, or alone in their line."""
    label = place.label(number.start)
    if label and label.kind == "resident-id":
        yield Item("privacy.resident-id-old", Level.REVIEW, number.start, number.end, "身份证号", (label.word,), True)
    elif label is None and place.is_alone(number.start, number.end):
        yield Item("privacy.resident-id-old", Level.NOTE, number.start, number.end, "身份证号")


def weak_id(number: Number, place: Place) -> Iterator[Item]:
    """An identity number masked so sparingly that it can be told."""
    if not is_serial(place.label(number.start)):
        start = number.start - 6 if place.raw[max(0, number.start - 6) : number.start].strip("*＊") == "" else number.start
        yield Item("privacy.weak-mask", Level.REVIEW, max(0, start), number.end, "身份证号", ("遮盖的位数太少",))


def lettered(number: Number, place: Place) -> Iterator[Item]:
    """Letters and digits: whatever their label says, if they are made like it."""
    value, span = number.value.upper(), (number.start, number.end)
    digits = sum(char.isdigit() for char in value)
    if number.verdict != "valid" and (digits < 6 or (value[0] not in FIRST_LETTERS and len(value) not in {9, 15})):
        return  # a word, a model, a road: no document is numbered so
    label = place.label(number.start)
    if number.name == "hong-kong-id" and place.raw[number.end - 1] in ")）" and not is_serial(label):
        yield Item("privacy.hong-kong-taiwan-id", Level.REVIEW, *span, "身份证号", (label.word if label else "", "校验位正确"), True)
        return
    if label is None and place.is_alone(*span):
        if number.name == "taiwan-id":
            yield Item("privacy.hong-kong-taiwan-id", Level.NOTE, *span, "身份证号", ("校验位正确",))
        elif ORDINARY_PASSPORT.fullmatch(value):
            yield Item("privacy.passport", Level.NOTE, *span, "护照号")
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
    elif label.kind == "medical-record" and digits >= 6:
        yield Item("privacy.medical-record", Level.REVIEW, *span, "病历号", (label.word,), True)
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
        and number.value[0] != "0"
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
    elif label.kind == "medical-record":
        yield Item("privacy.medical-record", Level.REVIEW, *span, "病历号", (label.word,), True)
    elif label.kind == "home-phone" and size in {7, 8}:
        yield Item("privacy.landline", Level.REVIEW, *span, "住宅电话", (label.word,))


def macau(number: Number, place: Place) -> Iterator[Item]:
    """Seven digits and one in brackets: only with a label."""
    label = place.label(number.start)
    if label and label.kind in {"taiwan-id", "resident-id"} and label.distance <= 8:
        yield Item("privacy.hong-kong-taiwan-id", Level.REVIEW, number.start, number.end, "身份证号", (label.word,), True)
