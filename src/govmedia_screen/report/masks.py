"""Masks: how a value is customarily shown when a list must be published (去标识化).

There is no national standard for it; the custom is 前6后4 for identity numbers, 前3后4 for mobile
numbers, the last four for cards and accounts, the surname for names. Masking what is masked
changes nothing, and what is masked is no finding any more.
"""

from __future__ import annotations

from collections.abc import Callable

from govmedia_screen.formats.names import is_name
from govmedia_screen.formats.runs import NUMERAL_VALUES
from govmedia_screen.system import lazy

COUNTRY = lazy.pattern(r"[+＋]?(?:00|００)?(?:86|８６)[ -]?(?=[1１])")
HAN = lazy.pattern(r"[㐀-鿿]{2,4}")
DOTS = "·•"
DOTTED = lazy.pattern(r"[㐀-鿿]{1,12}(?:[·•][㐀-鿿]{1,12}){1,3}")
TAG = lazy.pattern(r"</?[A-Za-z][^<>]{0,2000}>")
DAY = lazy.pattern(r"[0-9０-９]{4}")


def mask(how: tuple[int, int] | str, text: str, mask: str = "＊") -> str:
    """The text of a finding with what must not be shown masked, as its rule says.

    Args:
        how: how many letters and digits stay in front and at the end, or the name of a custom.
        text: the finding's text, as the caller wrote it.
        mask: the character to put in place of each hidden one.

    Returns:
        A text of the same length. Where no custom is known everything but white space is masked.
    """
    return CUSTOMS.get(how, whole)(text, mask) if isinstance(how, str) else inner(text, *how, mask)


def beside_tags(text: str, masked: Callable[[str], str]) -> str:
    """What stands between the tags of a text masked, as one text, and the tags left as they are.

    Args:
        text: a finding's text, which may have tags inside it: ``139<b>9123</b>4567``.
        masked: masks a text without tags; the result is of the same length.
    """
    if "<" not in text or not (tags := [tag.span() for tag in TAG.finditer(text)]):
        return masked(text)
    shown = masked(TAG.sub("", text))
    pieces, done, taken = [], 0, 0
    for start, end in tags:
        pieces += [shown[taken : taken + start - done], text[start:end]]
        taken += start - done
        done = end
    return "".join(pieces) + shown[taken:]


def is_sign(char: str) -> bool:
    """Whether a character is part of a value: a letter or digit, not a joiner; Chinese numerals are."""
    return char.isalnum() or char in NUMERAL_VALUES


def inner(text: str, front: int, back: int, mask: str) -> str:
    """Letters and digits masked but for the first and the last ones; what parts them stays."""
    places = [place for place, char in enumerate(text) if is_sign(char) or char == mask]
    hidden = places[front : len(places) - back] if len(places) > front + back else places
    chars = list(text)
    for place in hidden:
        chars[place] = mask
    return "".join(chars)


def whole(text: str, mask: str) -> str:
    """Everything masked, white space left."""
    return "".join(char if char.isspace() else mask for char in text)


def email(text: str, mask: str) -> str:
    """The name masked but for its first letter, the domain left: l***@163.com."""
    name, at, domain = text.partition("@") if "@" in text else text.partition("＠")
    return name[:1] + mask * (len(name) - 1) + at + domain if len(name) > 1 else mask + at + domain


def person(text: str, mask: str) -> str:
    """The name at the beginning masked but for its first character: 李＊＊, 欧＊＊＊, 买＊＊·＊＊."""
    if text[1:2] == mask:
        return text
    size = name_size(text)
    return text[:1] + "".join(char if char in DOTS else mask for char in text[1:size]) + text[size:] if size else whole(text, mask)


def name_size(text: str) -> int:
    """How long the name at the beginning of a text is: to its end with a middle dot, by surname, or three characters at most."""
    if dotted := DOTTED.match(text):
        return dotted.end()
    size = next((size for size in (4, 3, 2) if len(text) >= size and is_name(text[:size])), 0)
    han = HAN.match(text)
    return size or (min(han.end(), 4 if han.end() == len(text) else 3) if han else 0)


def phone(text: str, mask: str) -> str:
    """The country's prefix, the first three and the last four digits left: +86 138＊＊＊＊5679."""
    prefix = COUNTRY.match(text)
    start = prefix.end() if prefix else 0
    return text[:start] + inner(text[start:], 3, 4, mask)


def address(text: str, mask: str) -> str:
    """Every number and everything after the first one masked: 人民路＊＊＊＊＊."""
    first = next(
        (place for place, char in enumerate(text) if is_sign(char) and not ("㐀" <= char <= "鿿" and char not in NUMERAL_VALUES)), None
    )
    if first is None:
        return text if mask in text else whole(text, mask)
    return text[:first] + mask * (len(text) - first)


def day(text: str, mask: str) -> str:
    """Month and day masked, the year left."""
    year = DAY.match(text)
    if not year:
        return whole(text, mask)
    return year[0] + "".join(mask if char.isdigit() else char for char in text[4:])


def degrees(text: str, mask: str) -> str:
    """Digits masked."""
    return "".join(mask if char.isdigit() else char for char in text)


def beginning(text: str, mask: str) -> str:
    """The first three letters and digits left, the rest masked: a number that was masked too sparingly."""
    return inner(text.translate(dict.fromkeys(map(ord, "*＊"), mask)), 3, 0, mask)


CUSTOMS: dict[str, Callable[[str, str], str]] = {
    "email": email,
    "address": address,
    "day": day,
    "digits": degrees,
    "person": person,
    "phone": phone,
    "beginning": beginning,
}
