"""A title against the original title: what changed its meaning (第十三条(二)：不得歪曲、篡改标题原意).

Leaving words out, another order, abbreviations, another unit and rounding with 超 or 近 change nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from govmedia_screen.chinese.numerals import Number, numbers
from govmedia_screen.detectors.source.change import HAN, Change, Words, squeezed
from govmedia_screen.matching.fold import folded
from govmedia_screen.system import lazy

ROUNDED = lazy.pattern(r"(?:超过?|近|逾|约|突破|上|多达|不足)\Z")
#: The level of an office, at the beginning of its name.
LEVELS = lazy.pattern("(?:(?<=^)|(?<=[：，、 ]))[省市县区镇](?=[\u4e00-\u9fff]{2})")
#: Where a title's clauses part.
BREAK = lazy.pattern("[，,。：:；;！!？? 　]")
#: Who answers the question before.
ANSWERED = lazy.pattern(
    "[\u4e00-\u9fff]{2,12}(?:[：:]|回应|答复|解答|解读|释疑|权威)|(?:[一-鿿]{0,6})(?:回应|答案|答复|解答|解读|来了|一文)"
)
REACH = 3
#: What makes 一 a rank or a count that matters.
RANKED = "级等类号期季届"
#: What ends the name of an office or a place, and what can stand before it in the name.
SUFFIX = lazy.pattern(
    "(?:街道|公司|中心|协会|银行|支队|大队|部门|大学|[省县区镇乡村局厅委署院校站]|市(?![民场区])|部(?![门署分队长位]))(?!长|级|情|内|外)"
)
RANKS = "国省市县区镇乡"
STEM = lazy.pattern("[\u4e00-\u9fff]{1,4}\\Z")
#: Characters that no name has.
FUNCTION = lazy.pattern("[被将向对为与及和在于已可的从由把让获到至了等这其因时起日年月者]")
#: So many new characters in a row say something of their own, whatever they are.
TELLING = 3
#: Single characters that mean another thing when one stands for another: levels, places, grades of warning, spans of time.
KINDS = ("国省市县区镇乡村", "东南西北中上下前后", "红橙黄蓝", "时天日周旬月季年", "男女老幼", "甲乙丙丁")
FRACTION = lazy.pattern(r"(?<![\d/])([1-9])/([1-9])(?![\d/])")
#: Parts of the year in words, and in months.
QUARTERS = (
    (("一季度", "1季度"), lazy.pattern(r"首季|(?<!\d)1[—－–~至-]3月|前3个?月")),
    (("前三季度", "前3季度"), lazy.pattern(r"(?<!\d)1[—－–~至-]9月|前9个?月")),
)
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
        *guesses(original, title, words),
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
        if number.text == "一" and unit not in RANKED:
            continue
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
    unit = title[number.end : number.end + 1]
    if number.value == 1 and unit in "天日周月年" and f"每{unit}" in original:
        return True
    for names, months in QUARTERS:
        if any(title.startswith(names, place) for place in (number.start, max(0, number.start - 1))):
            return months.search(original) is not None
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
            and not (len(match[0]) > 1 and any(match[0] == other[0] for other in denied_after))
        ):
            yield Change("negation", place, place + len(anchor), original[match.start() : match.end() + len(anchor)])
            return
    for match in denied_after:
        anchor = anchor_after(title, match.end())
        place = original.find(anchor) if anchor else -1
        added = place >= 0 and not any(place - REACH <= other.end() <= place for other in denied_before)
        bare = not denied_before and (place >= 0 or match[0] not in ("不", "无", "未"))
        if (added or bare) and not (match[0] in ("不要", "勿", "不得") and words.against.search(original)):
            yield Change("negation", match.start(), match.end())
            return
    for one, other in words.antonyms:
        for was, now in ((one, other), (other, one)):
            if now in title and was in original and now not in original and was not in title:
                place = title.find(now)
                yield Change("negation", place, place + len(now), was)
                return


def denials(text: str, words: Words) -> list[re.Match[str]]:
    """The negations of a text, those left out that only calm."""
    return [match for match in words.negations.finditer(text) if not words.calm.match(text, match.start())]


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
        equals = {hedge}.union(*(group for group in words.equal_hedges if hedge in group))
        if any(word in title for word in equals):
            continue
        before = BREAK.split(original[max(0, match.start() - 4) : match.start()])[-1]
        around = before + " " + BREAK.split(original[match.end() : match.end() + 8])[0]
        kept = [
            around[i : i + 2]
            for i in range(len(around) - 1)
            if HAN.match(around[i]) and HAN.match(around[i + 1]) and around[i : i + 2] in title
        ]
        place = title.find(kept[-1]) if kept else -1
        ends = BREAK.search(title, place)
        if kept and not (ends and ends[0] in "?？"):
            yield Change("hedge", place, place + len(kept[-1]), hedge)
            return


def guesses(original: str, title: str, words: Words) -> Iterator[Change]:
    """A fact that the title makes a plan or a guess."""
    match = words.guesses.search(title)
    if match and not words.hedges.search(original) and not words.guesses.search(original) and "将" not in original:
        yield Change("hedge", match.start(), match.end())


def loud_words(original: str, title: str, words: Words) -> Iterator[Change]:
    """Words and marks that make more of it, or make bait of it."""
    for kind, pattern in (("clickbait", words.clickbait), ("exaggerated", words.exaggerations)):
        for match in pattern.finditer(title):
            if match[0] not in original:
                yield Change(kind, match.start(), match.end())
    if re.search("[!！?？]", original):
        return
    shouts = title.count("!") + title.count("！")
    for match in re.finditer("[!！?？]+", title):
        question = "?" in match[0] or "？" in match[0]
        if len(match[0]) > 1 or shouts > 1 or (question and not ANSWERED.match(title, match.end())):
            yield Change("clickbait", match.start(), match.end())


def new_words(original: str, title: str, words: Words, known: str) -> Iterator[Change]:
    """Stretches of the title whose characters the original does not have, neutral words left out; another level of office."""
    for match in LEVELS.finditer(title):
        anchor = title[match.end() : match.end() + 2]
        levels = {original[place.start() - 1] for place in re.finditer(re.escape(anchor), original) if place.start()}
        if levels and levels <= set(RANKS) and match[0] not in levels:
            yield Change("subject", match.start(), match.end(), "、".join(sorted(levels)))
    yield from turned(original, title, words)
    has = set(original)
    plain = words.headline.sub(lambda match: " " * len(match[0]), title)
    for number in numbers(title):
        plain = plain[: number.start] + " " * (number.end - number.start) + plain[number.end :]
    yield from renamed(original, title, words.sayings.sub(lambda match: " " * len(match[0]), title))
    for match in re.finditer("[\u4e00-\u9fff]+", "".join(char if char not in has else " " for char in plain)):
        start, end = match.span()
        around = title[max(0, start - 1) : end + 2]
        if known and all(around[i : i + 2] in known for i in range(len(around) - 1)):
            continue
        if end - start == 1 and exchanged(title[start], original, title):
            yield Change("changed", start, end)
            continue
        if end - start < TELLING and not words.loaded.search(title[max(0, start - 1) : end + 1]):
            continue
        yield Change("changed", start, end)


def turned(original: str, title: str, words: Words) -> Iterator[Change]:
    """A word of a kind in the place of another of that kind (职工 → 居民, Ⅳ级 → Ⅰ级), and a rise or fall that the original does not tell."""
    before, after = folded(original), folded(title)
    for kind in words.kinds:
        lost = [same[0] for same in kind if any(word in before for word in same) and not any(word in after for word in same)]
        gained = [word for same in kind if not any(word in before for word in same) for word in same if word in after]
        if lost and gained:
            place = after.find(gained[0])
            yield Change("changed", place, place + len(gained[0]), lost[0])
    for direction in (words.falls, words.rises):
        match = direction.search(title)
        if match and not direction.search(original):
            yield Change("changed", *match.span())


def renamed(original: str, title: str, plain: str) -> Iterator[Change]:
    """Somebody or some place of another name: 张家沟村 → 李家沟村, 教育厅 → 教育部, 推广中心 → 植保站.

    ``plain`` is the title with blanks for words that change nothing.
    """
    for suffix in SUFFIX.finditer(title):
        stem = STEM.search(FUNCTION.sub(" ", plain), max(0, suffix.start() - 4), suffix.start())
        if stem is None:
            continue
        new = any(char not in original and char not in NUMERALS for char in stem[0].lstrip(RANKS))
        known = suffix[0] in original or not any(char in original for char in suffix[0])
        ranks = {place[1] for place in re.finditer(f"{re.escape(stem[0][-2:])}({SUFFIX.pattern})", original)}
        if (new and known) or (ranks and suffix[0] not in ranks and len(stem[0]) > 1):
            yield Change("subject", stem.start(), suffix.end(), "、".join(sorted(ranks)))


def exchanged(char: str, original: str, title: str) -> bool:
    """Whether a single new character stands for one of its kind that the title has lost (黄色 → 红色, 我市 → 我省)."""
    return any(char in kind and any(other in original and other not in title for other in kind) for kind in KINDS)
