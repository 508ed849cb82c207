"""A body against the original body, aligned sentence by sentence and then word by word (第十三条(二)：不得歪曲、篡改信息内容)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from govmedia_screen.chinese.numerals import numbers
from govmedia_screen.chinese.sentences import sentences
from govmedia_screen.detectors.source.change import HAN, NAMED, Change, Words, squeezed
from govmedia_screen.system import lazy

TOKEN = lazy.pattern(r"\d[\d,，.]*\d%?|\d%?|[A-Za-z]+|\s+|.", re.DOTALL)


def body_changes(original: str, body: str, words: Words) -> list[Change]:
    """How a body departs from the original body, sentence by sentence.

    Sentences that were left out are no change; a sentence that has no counterpart is ``inserted``
    unless it is an editor's line (source, editor, 点击…).
    """
    whole = squeezed(original)
    if whole == squeezed(body):
        return []
    before = [(bare, original[start:end]) for start, end in sentences(original) if (bare := squeezed(original[start:end]))]
    exact = {bare for bare, _ in before}
    changes: list[Change] = []
    cursor = 0
    for start, end in sentences(body):
        sentence = body[start:end]
        bare = squeezed(sentence)
        if not bare or bare in exact:
            continue
        cursor, counterpart = nearest(before, bare, cursor)
        if counterpart is None:
            if len(bare) >= 6 and not any(word in sentence for word in words.editorial) and bare not in whole:
                changes.append(Change("inserted", end - len(sentence.lstrip()), start + len(sentence.rstrip())))
            continue
        changes += sentence_changes(counterpart, sentence, start, words)
    return changes


def nearest(known: list[tuple[str, str]], bare: str, cursor: int) -> tuple[int, str | None]:
    """The most similar sentence (at least 60 % alike), those after the last one first; known are sentences squeezed and as written."""
    from rapidfuzz import fuzz, process

    window = known[cursor : cursor + 40] + known[max(0, cursor - 40) : cursor]
    found = process.extractOne(bare, [one for one, _ in window], scorer=fuzz.ratio, score_cutoff=60)
    if found is None:
        return cursor, None
    return (cursor + found[2] + 1 if found[2] < len(known) - cursor else cursor), window[found[2]][1]


def sentence_changes(before: str, after: str, offset: int, words: Words) -> Iterator[Change]:
    """The changed spans of one sentence, each with what it means."""
    from rapidfuzz.distance import Levenshtein

    old, new = TOKEN.findall(before), TOKEN.findall(after)
    places = [0]
    for token in new:
        places.append(places[-1] + len(token))
    changed = [
        (code.src_start, code.src_end, code.dest_start, code.dest_end) for code in Levenshtein.opcodes(old, new) if code.tag != "equal"
    ]
    for i, j, k, m in joined(changed):
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
        return "date" if re.match(r"[年月日号时]", beside[1]) or re.search(r"\d[年月]\Z", beside[0]) else "number"
    if words.negations.search(gone) or words.negations.search(came):
        return "negation"
    if (words.body_hedges.search(gone) or words.body_hedges.search(context)) and not words.body_hedges.search(came):
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
