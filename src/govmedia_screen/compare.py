"""A repost against its original: what was changed, and whether the change turns the meaning (第十三条(二)：不得歪曲、篡改标题原意和信息内容).

A title may be shortened: words left out, put in another order, abbreviated. What it may not do is
change a number, drop or add a “not”, make a plan a fact, name somebody else, or shout. A body may
be abridged by whole sentences; inside a sentence that was kept every change counts.

The word lists are the cues ``source.compare.*`` of ``lexicons/source.toml``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from govmedia_screen.lexicon import Lexicon
from govmedia_screen.numerals import Number, numbers

HAN = re.compile("[\u4e00-\u9fff]")
ROUNDED = re.compile(r"(?:超过?|近|逾|约|突破|上|多达|不足)\Z")
#: What makes a stretch of text somebody's or some place's name.
NAMED = re.compile(r"省|市|县|区|镇|乡|村|街道|局|厅|委|部|院|校|站|会|公司|处|科|队|银行|集团|中心|协会|政府|法院|同志|书记|主任|先生|女士")
REACH = 3


@dataclass(frozen=True, slots=True)
class Change:
    """One difference that counts.

    Attributes:
        kind: ``number``, ``negation``, ``hedge``, ``exaggerated``, ``clickbait``, ``subject``,
            ``changed``; in a body also ``date``, ``name``, ``inserted``.
        start: where it stands in the new text (code points); ``start == end`` if something is missing there.
        end: one past its last code point.
        old: what the original has in its place.
    """

    kind: str
    start: int
    end: int
    old: str = ""


class Words:
    """The word lists that comparing needs."""

    def __init__(self, lexicon: Lexicon) -> None:
        def listed(name: str) -> tuple[str, ...]:
            return tuple(sorted(lexicon.cue(f"source.compare.{name}").words, key=len, reverse=True))

        self.negations = either(listed("negation"))
        self.hedges = either(listed("hedge"))
        self.not_hedges = listed("not-hedge")
        self.exaggerations = either(listed("exaggeration"))
        self.clickbait = either(listed("clickbait"))
        self.neutral = either(listed("neutral"))
        self.antonyms = [tuple(pair.split("/", 1)) for pair in listed("antonym") if "/" in pair]
        self.equal_hedges = [frozenset(group.split("/")) for group in listed("equal-hedge")]
        self.editorial = listed("editorial")


def either(words: tuple[str, ...]) -> re.Pattern[str]:
    """Any of the words, the longest first."""
    return re.compile("|".join(map(re.escape, words)) or "(?!)")


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


def squeezed(text: str) -> str:
    """The text without spaces and marks."""
    return re.sub(r"[\W_]+", "", text)


def changed_numbers(original: str, title: str) -> Iterator[Change]:
    """Numbers in the title that the original does not have; rounding with 超, 近 is no change."""
    had = numbers(original)
    values = {number.value for number in had}
    for number in numbers(title):
        if number.value in values or any(same_digits(number, other) for other in had):
            continue
        if ROUNDED.search(title, max(0, number.start - 2), number.start) or title[number.end : number.end + 1] in "多余":
            if any(0.5 * number.value <= other.value <= 2 * number.value for other in had):
                continue
        nearest = min(had, key=lambda other: abs(other.start - number.start), default=None)
        yield Change("number", number.start, number.end, nearest.text if nearest else "")


def same_digits(number: Number, other: Number) -> bool:
    """Whether one is the other without its unit, or its last two figures (2024年 → 24年)."""
    return number.bare == other.bare or (len(number.text) == 2 and other.text.startswith("20") and other.text.endswith(number.text))


def changed_negations(original: str, title: str, words: Words) -> Iterator[Change]:
    """A “not” lost or added, and words turned into their opposites."""
    denied_before, denied_after = denials(original, words), denials(title, words)
    for match in denied_before:
        anchor = anchor_after(original, match.end())
        place = title.find(anchor) if anchor else -1
        if place >= 0 and not any(place - REACH <= other.end() <= place for other in denied_after) and not denied_at(title, place + len(anchor), denied_after):
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


def denied_at(text: str, place: int, denied: list[re.Match[str]]) -> bool:
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
        around = original[max(0, match.start() - 4) : match.start()] + " " + original[match.end() : match.end() + 8]
        kept = [around[i : i + 2] for i in range(len(around) - 1) if HAN.match(around[i]) and HAN.match(around[i + 1]) and around[i : i + 2] in title]
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
        if not re.search("[!！?？]", original):
            yield Change("clickbait", match.start(), match.end())


def new_words(original: str, title: str, words: Words, known: str) -> Iterator[Change]:
    """Stretches of the title whose characters the original does not have, neutral words left out."""
    has = set(original)
    plain = words.neutral.sub(lambda match: " " * len(match[0]), title)
    for match in re.finditer("[\u4e00-\u9fff]+", "".join(char if char not in has else " " for char in plain)):
        start, end = match.span()
        around = title[max(0, start - 1) : end + 2]
        if known and all(around[i : i + 2] in known for i in range(len(around) - 1)):
            continue
        left = max(0, start - 2)
        kind = "subject" if NAMED.search(title[left : end + 3]) else "changed"
        yield Change(kind, start, end)


TOKEN = re.compile(r"\d[\d,，.]*\d%?|\d%?|[A-Za-z]+|\s+|.", re.DOTALL)
SENTENCE = re.compile(r"[^。！？；!?\n]*[。！？；!?\n]+[”’」』）)]?|[^。！？；!?\n]+\Z")


def body_changes(original: str, body: str, words: Words) -> list[Change]:
    """How a body departs from the original body, sentence by sentence.

    Sentences that were left out are no change; a sentence that has no counterpart is ``inserted``
    unless it is an editor's line (source, editor, 点击…).
    """
    if squeezed(original) == squeezed(body):
        return []
    before = [match[0] for match in SENTENCE.finditer(original) if squeezed(match[0])]
    exact = {squeezed(sentence) for sentence in before}
    changes: list[Change] = []
    cursor = 0
    for match in SENTENCE.finditer(body):
        bare = squeezed(match[0])
        if not bare or bare in exact:
            continue
        cursor, counterpart = nearest(before, bare, cursor)
        if counterpart is None:
            if len(bare) >= 6 and not any(word in match[0] for word in words.editorial) and bare not in squeezed(original):
                start = match.start() + len(match[0]) - len(match[0].lstrip())
                changes.append(Change("inserted", start, match.start() + len(match[0].rstrip())))
            continue
        changes += sentence_changes(counterpart, match[0], match.start(), words)
    return changes


def nearest(sentences: list[str], bare: str, cursor: int) -> tuple[int, str | None]:
    """The most similar sentence (at least 60 % alike), those after the last one first."""
    from rapidfuzz import fuzz, process

    window = sentences[cursor : cursor + 40] + sentences[max(0, cursor - 40) : cursor]
    found = process.extractOne(bare, window, scorer=fuzz.ratio, processor=squeezed, score_cutoff=60)
    if found is None:
        return cursor, None
    return (cursor + found[2] + 1 if found[2] < len(sentences) - cursor else cursor), found[0]


def sentence_changes(before: str, after: str, offset: int, words: Words) -> Iterator[Change]:
    """The changed spans of one sentence, each with what it means."""
    from rapidfuzz.distance import Levenshtein

    old, new = TOKEN.findall(before), TOKEN.findall(after)
    places = [0]
    for token in new:
        places.append(places[-1] + len(token))
    for i, j, k, m in joined([tuple(code)[1:] for code in Levenshtein.opcodes(old, new) if code.tag != "equal"]):
        gone, came = "".join(old[i:j]), "".join(new[k:m])
        if not squeezed(gone) and not squeezed(came):
            continue
        beside = ("".join(new[max(0, k - 4) : k]), "".join(new[m : m + 4]))
        kind = meaning(gone, came, beside, "".join(old[max(0, i - 1) : j + 1]), words)
        if kind:
            yield Change(kind, offset + places[k], offset + places[m], gone)


def joined(spans: list[tuple[int, int, int, int]]) -> list[tuple[int, int, int, int]]:
    """Changed spans with at most one token between them made one (几条 → 所有, in which 有 stays by chance)."""
    result: list[tuple[int, int, int, int]] = []
    for span in spans:
        if result and span[0] - result[-1][1] <= 1 and span[2] - result[-1][3] <= 1:
            result[-1] = (result[-1][0], span[1], result[-1][2], span[3])
        else:
            result.append(span)
    return result


def meaning(gone: str, came: str, beside: tuple[str, str], context: str, words: Words) -> str | None:
    """What kind of change it is, or None if it changes nothing."""
    if numbers(gone) or numbers(came):
        if {number.value for number in numbers(gone)} == {number.value for number in numbers(came)}:
            return None
        return "date" if re.match(r"[年月日号时]", beside[1]) or re.search(r"[年月]\Z", beside[0]) else "number"
    if words.negations.search(gone) or words.negations.search(came):
        return "negation"
    if (words.hedges.search(gone) or words.hedges.search(context)) and not words.hedges.search(came):
        return "hedge" if gone else None
    if words.clickbait.search(came) or words.exaggerations.search(came):
        return "exaggerated"
    if any(gone == pair[side] and came == pair[1 - side] for pair in words.antonyms for side in (0, 1)):
        return "negation"
    if gone and came and HAN.match(came) and (NAMED.match(beside[1]) or NAMED.search(came) or NAMED.search(beside[1][:2])):
        return "name"
    if came and len(squeezed(came)) >= 6:
        return "inserted"
    if not came or words.neutral.fullmatch(came):
        return None
    return "changed"

