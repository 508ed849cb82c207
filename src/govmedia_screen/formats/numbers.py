"""The formats of numbers, one ``Pattern`` each, to be looked for in a scan's letters.

Every pattern begins at the first letter or digit of a run, and says with which bytes and in runs
of which length it can begin; ``dispatch`` relies on that, and a test proves it. ``J`` is what may
part a number that is written in pieces.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from govmedia_screen.formats import bank_card, phone, resident_id
from govmedia_screen.formats import hk_tw_id as documents
from govmedia_screen.system import lazy

J = rb"[ \n-]{0,3}"
DIGITS = b"0123456789"
UPPER = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ"
LOWER = UPPER.lower()
#: What parts the pieces of a number; dropped from its value.
JOINERS = b" \n\t-()."
ANY = range(1, 65)
#: Letters typed, or read by a machine, for digits.
MISTAKEN = str.maketrans("OoIl", "0011")


@dataclass(frozen=True, slots=True, eq=False)
class Pattern:
    """One format.

    Attributes:
        name: what it is a format of.
        regex: the format, beginning at the beginning of a run.
        first: the bytes that it can begin with.
        runs: the lengths that its first run can have; a run of 64 and more counts as 64.
        least: the fewest code points that it takes in one chain.
        check: the verdict on letters and span, empty if it is not such a number after all.
    """

    name: str
    regex: re.Pattern[bytes]
    first: bytes
    runs: range
    least: int
    check: Callable[[str], str]


def resident(value: str) -> str:
    """``valid``, ``unknown-region`` or ``invalid`` (check digit) for 18 characters; a credit code is neither."""
    if resident_id.is_valid(value):
        if value[:6] in resident_id.regions():
            return "valid"
        if resident_id.is_uscc(value):
            return ""
        return "foreign" if resident_id.is_foreign(value) else "unknown-region"
    return "invalid" if resident_id.is_plausible(value) and not resident_id.is_uscc(value) else ""


def card(value: str) -> str:
    """``valid`` (prefix, length, Luhn), ``luhn`` or ``unchecked`` for 12 to 19 digits."""
    if resident_id.is_uscc(value):
        return ""
    if bank_card.luhn(value):
        return "valid" if bank_card.has_issuer(value) else "luhn"
    return "unchecked"


def grouped_card(value: str) -> str:
    """``valid`` only: pieces that do not add up to a card number are something else."""
    return "valid" if bank_card.is_card(value) else ""


def mobile(value: str) -> str:
    """``valid`` for eleven digits in a segment in use, whatever stands before them."""
    return "valid" if phone.is_mobile(value[-11:]) else ""


def fixed(value: str) -> str:
    """``valid`` if area code and number go together."""
    return "valid" if any(phone.is_fixed_line(value[:size], value[size:]) for size in (3, 4)) else ""


def hong_kong(value: str) -> str:
    """``valid`` if the check character agrees."""
    return "valid" if documents.is_hong_kong_id(value) else ""


def taiwan(value: str) -> str:
    """``valid`` if the check digit agrees."""
    return "valid" if documents.is_taiwan_id(value) else ""


def old_resident(value: str) -> str:
    """``valid`` if region and date can be, ``unknown-region`` if province and date can."""
    if resident_id.is_old(value):
        return "valid"
    return "unknown-region" if value[:2] in resident_id.provinces() and resident_id.is_date("19" + value[6:12]) else ""


def glued(value: str) -> str:
    """``valid`` or ``unknown-region`` only: an identity number with letters or a prefix grown on to it, or with letters for 0 and 1."""
    verdict = resident(unmistaken(value[-18:]))
    return verdict if verdict in {"valid", "unknown-region"} else ""


def unmistaken(value: str) -> str:
    """The digits that letters were typed for: O for 0, l and I for 1."""
    return value.translate(MISTAKEN)


def weak_id(value: str) -> str:
    """``weak`` for an identity number of which so few digits are masked that it can be told: up to three, or the region alone."""
    seen = value.replace("*", "")
    hidden = len(value) - len(seen)
    if len(seen) == 12:
        return "weak" if resident_id.is_date(seen) else ""
    front = len(value) - len(value.lstrip("0123456789"))
    if not 14 <= len(seen) <= 17 or not 15 <= len(value) <= 20 or seen[:2] not in resident_id.provinces():
        return ""
    if front >= 10 and seen[6:8] not in {"19", "20"}:
        return ""
    return "weak" if hidden < 4 else ""


def weak_number(value: str) -> str:
    """``mobile`` or ``card`` for one of which two or three digits are masked at most."""
    seen = value.replace("*", "")
    if value[0] == "1" and 9 <= len(seen) <= 10 and len(value) <= 12:
        return "mobile" if value[1] in "3456789" else ""
    return "card" if 14 <= len(seen) <= 18 and seen[:2] not in {"19", "20"} else ""


def resident_alike(value: str) -> str:
    """An identity number pieced together from any marks: ``valid`` only."""
    return "valid" if resident(value) == "valid" else ""


def old_glued(value: str) -> str:
    """``valid`` for a mobile number after letters or a needless 0."""
    return "valid" if phone.is_mobile(value) else ""


def as_is(value: str) -> str:
    """``format``: nothing to reckon."""
    return "format"


def pattern(name: str, regex: bytes, first: bytes, runs: range, least: int, check: Callable[[str], str] = as_is) -> Pattern:
    """A pattern that stands by itself: no letter or digit before or after."""
    return Pattern(name, lazy.pattern(rb"(?<![0-9A-Za-z])(?:" + regex + rb")(?![0-9A-Za-z])"), first, runs, least, check)


#: In the order in which they claim a place: what a check digit proves comes first.
PATTERNS = (
    pattern("resident", rb"[1-9](?:" + J + rb"[0-9]){16}" + J + rb"[0-9Xx]", b"123456789", range(1, 19), 18, resident),
    pattern("resident-tagged", rb"[Ii][Dd][1-9][0-9]{16}[0-9Xx]", b"Ii", range(20, 21), 20, lambda value: resident(value[2:])),
    pattern(
        "grouped-card", rb"[1-9][0-9]{3}(?:[ -][0-9]{4}){2}[ -][0-9]{3,4}(?:[ -][0-9]{1,3})?", b"123456789", range(4, 5), 18, grouped_card
    ),
    pattern("grouped-card", rb"[1-9][0-9]{3}(?:[ -][0-9]{4}){3}", b"123456789", range(4, 5), 19, grouped_card),  # an amount may follow
    pattern("grouped-card", rb"[1-9][0-9]{5}[ -][0-9]{4}(?:[ -][0-9]{2,4}){1,3}", b"123456789", range(6, 7), 15, grouped_card),
    pattern("grouped-card", rb"[1-9][0-9]{5}[ -][0-9]{10,13}", b"123456789", range(6, 7), 17, grouped_card),
    pattern("card", rb"[0-9]{12,19}(?!\*)", DIGITS, range(12, 20), 12, card),
    pattern(
        "broken-card",
        rb"[1-9][0-9]{3,15}\n[0-9]{3,15}(?!\*)",
        b"123456789",
        range(4, 17),
        16,
        lambda value: grouped_card(value) if len(value) < 20 else "",
    ),
    pattern("mobile", rb"(?:(?:00)?86[ -]?)?1[3-9][0-9](?:[ -][0-9]{4}){2}", b"108", range(2, 9), 13, mobile),
    pattern("mobile", rb"(?:(?:00)?86[ -]?)?1[3-9][0-9]{9}(?!\*)", b"108", range(2, 16), 11, mobile),
    pattern(
        "mobile",
        rb"(?:(?:00)?86[ -]?)?1[3-9](?:[0-9][ -][0-9]{8}|[0-9]{2}[ -][0-9]{3}[ -][0-9]{4}|[0-9]{3}[ -][0-9]{6}|[0-9]{5}[ -][0-9]{4})",
        b"108",
        range(2, 12),
        12,
        mobile,
    ),
    pattern("mobile", rb"1[ -][3-9](?:[ -][0-9]){9}", b"1", range(1, 2), 21, mobile),
    pattern(
        "mobile",
        rb"1[3-9][0-9]{1,8}(?:[ -]?\n)[0-9]{1,8}(?!\*)",
        b"1",
        range(3, 11),
        12,
        lambda value: mobile(value) if len(value) == 11 else "",
    ),
    pattern(
        "mobile",
        rb"(?:[Tt][Ee][Ll]|[Pp][Hh][Oo][Nn][Ee]|[Mm][Oo][Bb](?:[Ii][Ll][Ee])?|[Vv][Xx]|[Ww][Xx])1[3-9][0-9]{9}",
        b"TtPpMmVvWw",
        range(13, 18),
        13,
        mobile,
    ),
    pattern("fixed-line", rb"0[1-9][0-9]{1,2}\)?[ -]{0,2}[2-8][0-9]{6,7}", b"0", range(3, 13), 10, fixed),
    pattern("old-resident", rb"[1-9][0-9]{14}", b"123456789", range(15, 16), 15, old_resident),
    pattern("hong-kong-id", rb"[A-Z]{1,2}[0-9]{6} ?\([0-9A]\)", UPPER, range(7, 9), 8, hong_kong),
    pattern("taiwan-id", rb"[A-Z][1289][0-9]{8}", UPPER, range(10, 11), 10, taiwan),
    pattern(
        "email",
        rb"[0-9A-Za-z](?:[0-9A-Za-z]|[.-]{1,3}(?=[0-9A-Za-z])){0,63}@[0-9A-Za-z](?:[0-9A-Za-z]|-(?=[0-9A-Za-z])){0,62}(?:\.[0-9A-Za-z](?:[0-9A-Za-z]|-(?=[0-9A-Za-z])){0,62}){0,3}\.[A-Za-z]{2,24}",
        DIGITS + UPPER + LOWER,
        ANY,
        6,
    ),
    pattern(
        "plate",
        rb"(?<=\x80)[A-HJ-NP-Z][ .-]?(?:[A-HJ-NP-Z0-9]{5,6}|[A-HJ-NP-Z0-9]{4}(?=\x80))",
        b"ABCDEFGHJKLMNPQRSTUVWXYZ",
        range(1, 8),
        5,
    ),
    pattern("plate", rb"(?<=\x80)[0-9]{5}(?=\x80)", DIGITS, range(5, 6), 5),  # of a consulate
    pattern("hong-kong-id", rb"[A-Z]{1,2}[0-9]{6}[0-9A]", UPPER, range(8, 10), 8, hong_kong),
    pattern("macau-id", rb"[1578][0-9]{6} ?\([0-9]\)", b"1578", range(7, 8), 9),
    pattern("resident-glued", rb"([1-9][0-9]{16}[0-9Xx])[1-7][1-4](?:[Bb][0-9])?", b"123456789", range(20, 23), 20, glued),  # GB/T 26341
    pattern(
        "resident-glued",
        rb"(?=[0-9A-Za-z]{19})(?:[A-Za-z]{1,20}|0|(?:00)?86)?([1-9][0-9]{16}[0-9Xx])[A-Za-z]{0,20}",
        DIGITS + UPPER + LOWER,
        range(19, 60),
        19,
        glued,
    ),
    pattern(
        "resident-glued", rb"(?=[0-9]*[OolI])(?=(?:[OolI]*[0-9]){11})([0-9OolI]{17}[0-9XxOolI])", DIGITS + b"OolI", range(18, 19), 18, glued
    ),
    pattern(
        "mobile-glued",
        rb"(?=[0-9A-Za-z]{12})(?:[A-Za-z]{1,10}|0)?(1[3-9][0-9]{9})[A-Za-z]{0,10}",
        DIGITS + UPPER + LOWER,
        range(12, 32),
        12,
        old_glued,
    ),
    pattern(
        "mobile-glued",
        rb"(?=[0-9]*[OolI])([1lI][3-9][0-9OolI]{9})",
        b"1lI",
        range(11, 12),
        11,
        lambda value: old_glued(unmistaken(value)),
    ),
    pattern(
        "card-glued",
        rb"(?=[0-9]*[A-Za-z])[A-Za-z]{0,10}([1-9][0-9]{14,18})[A-Za-z]{0,10}",
        DIGITS + UPPER + LOWER,
        range(16, 40),
        16,
        grouped_card,
    ),
    pattern(
        "card-glued",
        rb"(?=[0-9]*[OolI])(?=(?:[OolI]*[0-9]){10})([1-9][0-9OolI]{15,18})",
        b"123456789",
        range(16, 20),
        16,
        lambda value: grouped_card(unmistaken(value)),
    ),
    pattern("weak-id", rb"[1-9][0-9]{5,17}\*{1,4}[0-9]{0,11}[Xx]?(?!\*)", b"123456789", range(6, 19), 6, weak_id),
    pattern("weak-id", rb"(?<=\*\*)(?:19|20)[0-9]{9}[0-9Xx](?!\*)", b"12", range(12, 13), 12, weak_id),
    pattern("weak-number", rb"[1-9][0-9]{1,17}\*{1,3}[0-9]{0,16}(?!\*)", b"123456789", range(2, 19), 2, weak_number),
    pattern("lettered", rb"[A-Za-z]{1,3}[0-9]{5,12}[A-Za-z]?", UPPER + LOWER, range(6, 17), 6),
    pattern("lettered", rb"[A-Za-z]{1,2}(?=[A-Za-z]{0,6}[0-9])[0-9A-Za-z]{7}", UPPER + LOWER, range(8, 10), 8),
    pattern("digits", rb"[0-9]{7,12}", DIGITS, range(7, 13), 7),
)

#: Read with every mark that parts a number taken for a hyphen, and believed only behind a label.
LOOSE = (
    pattern("resident-loose", rb"[1-9](?:-{0,3}[0-9]){16}-{0,3}[0-9Xx]", b"123456789", ANY, 18, resident_alike),
    pattern("mobile-loose", rb"(?:(?:00)?86-{0,3})?1-{0,3}[3-9](?:-{0,3}[0-9]){9}", b"108", ANY, 11, mobile),
    pattern("card-loose", rb"[1-9](?:-{0,3}[0-9]){14,18}", b"123456789", ANY, 15, grouped_card),
)
