"""A title against the original title: what changed its meaning (第十三条(二)：不得歪曲、篡改标题原意).

Leaving words out, another order, abbreviations, another unit and rounding with 超 or 近 change nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from govmedia_screen import lazy
from govmedia_screen.compare import HAN, NAMED, Change, Words, squeezed
from govmedia_screen.numerals import Number, numbers

ROUNDED = lazy.pattern(r"(?:超过?|近|逾|约|突破|上|多达|不足)\Z")
#: The level of an office, at the beginning of its name.
LEVELS = lazy.pattern("(?:(?<=^)|(?<=[：，、 ]))[省市县区镇](?=[\u4e00-\u9fff]{2})")
#: Where a title's clauses part.
BREAK = lazy.pattern("[，,。：:；;！!？? 　]")
#: Who answers the question before.
ANSWERED = lazy.pattern("[\u4e00-\u9fff]{2,12}[：:]")
#: Code points of an opening that one mark may set off.
SHORT = 6
REACH = 3
#: Single characters that mean another thing when one stands for another: levels, places, grades of warning, spans of time.
KINDS = ("国省市县区镇乡村", "东南西北中上下前后", "红橙黄蓝", "时天日周旬月季年", "男女老幼", "甲乙丙丁")
FRACTION = lazy.pattern(r"(?<![\d/])([1-9])/([1-9])(?![\d/])")
NUMERALS = "零一二三四五六七八九"


def title_changes(original: str, title: str, words: Words, known: str = "") -> list[Change]:
    """How a title departs from the original title.

    Args:
        original: the title as the source has it.
        title: the title to be published.
        words: the word lists.
        known: the original's body, whose words a title may use.
    """
    if squeezed(original) == squeezed(title):
        return []
    changes = [
        *changed_numbers(original + known, title),
        *changed_negations(original, title, words),
        *lost_hedges(original, title, words),
        *loud_words(original + known, title, words),
    ]
    if not changes:
        changes += new_words(original, title, words, known)
    return changes


def changed_numbers(original: str, title: str) -> Iterator[Change]:
    """Numbers in the title that the original does not have; rounding with 超, 近 is no change."""
    had = numbers(original)
    for number in numbers(title):
        unit = title[number.end : number.end + 1]
        equal = [other for other in had if number.value == other.value or same_digits(number, other)]
        if any(original[other.end : other.end + 1] == unit for other in equal) or said_otherwise(number, original, title):
            continue
        rival = next((other for other in had if unit and original[other.end : other.end + 1] == unit), None)
        if equal and rival is None:
            continue
        rounded = ROUNDED.search(title, max(0, number.start - 2), number.start) or title[number.end : number.end + 1] in ("多", "余")
        if rounded and any(0.5 * number.value <= other.value <= 2 * number.value for other in had):
            continue
        was = rival or min(had, key=lambda other: abs(other.start - number.start), default=None)
        yield Change("number", number.start, number.end, was.text if was else "")


def said_otherwise(number: Number, original: str, title: str) -> bool:
    """Whether the original has the quarter or the simple fraction that the number belongs to, written another way."""
    if title[number.start : number.start + 3] in ("一季度", "1季度"):
        return "首季" in original
    return any(
        fraction.start() <= number.start < fraction.end() and f"{NUMERALS[int(fraction[2])]}分之{NUMERALS[int(fraction[1])]}" in original
        for fraction in FRACTION.finditer(title)
    )


def same_digits(number: Number, other: Number) -> bool:
    """Whether one is the other without its unit, or its last two figures (2024年 → 24年)."""
    return number.bare == other.bare or (len(number.text) == 2 and other.text.startswith("20") and other.text.endswith(number.text))


def changed_negations(original: str, title: str, words: Words) -> Iterator[Change]:
    """A “not” lost or added, and words turned into their opposites."""
    denied_before, denied_after = denials(original, words), denials(title, words)
    for match in denied_before:
        anchor = anchor_after(original, match.end())
        place = title.find(anchor) if anchor else -1
        if (
            place >= 0
            and not any(place - REACH <= other.end() <= place for other in denied_after)
            and not denied_at(place + len(anchor), denied_after)
        ):
            yield Change("negation", place, place + len(anchor), original[match.start() : match.end() + len(anchor)])
            return
    for match in denied_after:
        anchor = anchor_after(title, match.end())
        place = original.find(anchor) if anchor else -1
        added = place >= 0 and not any(place - REACH <= other.end() <= place for other in denied_before)
        if added or not denied_before:
            yield Change("negation", match.start(), match.end())
            return
    for one, other in words.antonyms:
        for was, now in ((one, other), (other, one)):
            if now in title and was in original and now not in original and was not in title:
                place = title.find(now)
                yield Change("negation", place, place + len(now), was)
                return


def denials(text: str, words: Words) -> list[re.Match[str]]:
    """The negations of a text."""
    return list(words.negations.finditer(text))


def denied_at(place: int, denied: list[re.Match[str]]) -> bool:
    """Whether a negation follows at once (食品不合格 for 不合格食品)."""
    return any(match.start() == place for match in denied)


def anchor_after(text: str, place: int) -> str:
    """The two Han characters that follow at once, or nothing."""
    anchor = text[place : place + 2]
    return anchor if len(anchor) == 2 and all(map(HAN.match, anchor)) else ""


def lost_hedges(original: str, title: str, words: Words) -> Iterator[Change]:
    """A plan, a guess, a part or a draft that the title states as a fact or as the whole."""
    for match in words.hedges.finditer(original):
        hedge = match[0]
        if any(original.startswith(phrase, match.start() - phrase.find(hedge)) for phrase in words.not_hedges if hedge in phrase):
            continue
        equals = next((group for group in words.equal_hedges if hedge in group), frozenset((hedge,)))
        if any(word in title for word in equals):
            continue
        before = BREAK.split(original[max(0, match.start() - 4) : match.start()])[-1]
        around = before + " " + BREAK.split(original[match.end() : match.end() + 8])[0]
        kept = [
            around[i : i + 2]
            for i in range(len(around) - 1)
            if HAN.match(around[i]) and HAN.match(around[i + 1]) and around[i : i + 2] in title
        ]
        if kept:
            place = title.find(kept[-1])
            yield Change("hedge", place, place + len(kept[-1]), hedge)
            return


def loud_words(original: str, title: str, words: Words) -> Iterator[Change]:
    """Words and marks that make more of it, or make bait of it."""
    for kind, pattern in (("clickbait", words.clickbait), ("exaggerated", words.exaggerations)):
        for match in pattern.finditer(title):
            if match[0] not in original:
                yield Change(kind, match.start(), match.end())
    for match in re.finditer("[!！?？]+", title):
        if not re.search("[!！?？]", original) and not is_plain_mark(match, original, title, words):
            yield Change("clickbait", match.start(), match.end())


def is_plain_mark(mark: re.Match[str], original: str, title: str, words: Words) -> bool:
    """Whether a mark only sets off the original's own or neutral words: 大雾！…, or a question that 某某局：… answers at once."""
    opening = title[: mark.start()]
    if len(mark[0]) > 1 or BREAK.search(opening) or not set(words.neutral.sub("", opening)) <= set(original):
        return False
    return len(opening) <= SHORT if mark[0] in "!！" else ANSWERED.match(title, mark.end()) is not None


def new_words(original: str, title: str, words: Words, known: str) -> Iterator[Change]:
    """Stretches of the title whose characters the original does not have, neutral words left out; another level of office."""
    for match in LEVELS.finditer(title):
        anchor = title[match.end() : match.end() + 2]
        levels = {original[place.start() - 1] for place in re.finditer(re.escape(anchor), original) if place.start()}
        if levels and levels <= set("国省市县区镇乡") and match[0] not in levels:
            yield Change("subject", match.start(), match.end(), "、".join(sorted(levels)))
    has = set(original)
    plain = words.neutral.sub(lambda match: " " * len(match[0]), title)
    for number in numbers(title):
        plain = plain[: number.start] + " " * (number.end - number.start) + plain[number.end :]
    for match in re.finditer("[\u4e00-\u9fff]+", "".join(char if char not in has else " " for char in plain)):
        start, end = match.span()
        around = title[max(0, start - 1) : end + 2]
        if known and all(around[i : i + 2] in known for i in range(len(around) - 1)):
            continue
        if end - start == 1 and not exchanged(title[start], original, title):
            continue
        left = max(0, start - 2)
        kind = "subject" if NAMED.search(title[left : end + 3]) else "changed"
        yield Change(kind, start, end)


def exchanged(char: str, original: str, title: str) -> bool:
    """Whether a single new character stands for one of its kind that the title has lost (黄色 → 红色, 我市 → 我省)."""
    return any(char in kind and any(other in original and other not in title for other in kind) for kind in KINDS)
