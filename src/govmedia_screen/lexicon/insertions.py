"""Insertions: whether the signs between a term's characters were put there to hide it, and whether it is made of whole words."""

from __future__ import annotations

from functools import cache
from itertools import pairwise

from govmedia_screen.matching.fold import Fold, fold, tables
from govmedia_screen.system.cache import private

LONGEST_GAP = 4
#: Marks that part phrases in ordinary writing; between two characters of a term they are no disguise.
PARTING = frozenset("，。、；：！？（）《》〈〉【】〔〕“”‘’「」『』—…,;:!?()[]<>\"'#@/|~～·・-－–&%％\n\r\t \u3000\u2003\xa0↓→")
SPACES = frozenset(" \t\u3000\u2003\xa0\u2002\u2009")
#: Signs that a term can begin or end with.
SIGNS = ".。+＋#@！!*~-—:："
BRACKETS = dict(zip("（(【[「『〔〈《{<“‘", "）)】]」』〕〉》}>”’", strict=True))
EMPTY = frozenset(opening + closing for opening, closing in BRACKETS.items())


@cache
def segmenter() -> object:
    """jieba, loaded when the first ambiguous hit needs it."""
    import logging

    import jieba

    jieba.setLogLevel(logging.ERROR)
    words = jieba.Tokenizer()
    words.tmp_dir = str(private("jieba"))  # its cache is code that it runs
    return words


def is_words(raw: str, start: int, end: int, reach: int = 8) -> bool:
    """Whether the span is made of whole words, judged by segmenting the few characters around it."""
    left = max(0, start - reach)
    window = raw[left : end + reach]
    edges, place = {left}, left
    for word in segmenter().cut(window):  # type: ignore[attr-defined]
        place += len(word)
        edges.add(place)
    return start in edges and end in edges


def insertion(surface: str, term: str, before: str = "", after: str = "") -> bool:
    """Whether what stands between the term's characters was put there to hide it.

    A run of odd signs is, however long, and so are brackets round a single character and brackets with nothing in them.
    Marks that part phrases anyway (commas, brackets, line ends) are an insertion only if they
    stand at every junction of three characters or more, as in a word written downwards, or if several fill each.

    Args:
        surface: what was written.
        term: the term.
        before: the character before it.
        after: the character behind it.
    """
    letters = fold(surface, Fold.INVISIBLE)
    gaps: list[str] = []
    gap = ""
    kinds = tables().kind
    for char in letters:
        if kinds[ord(char)] & Fold.NOISE:
            gap += char
        else:
            gaps.append(gap)
            gap = ""
    gaps = unbracketed(gaps[1:], before, after)
    filled = [gap for gap in gaps if gap]
    if not filled:
        return True
    everywhere = len(filled) == len(gaps) >= 2 and (len(set(filled)) == 1 or all(len(gap) > 1 and not gap.isspace() for gap in filled))
    filled = [gap for gap in filled if not is_clutter(gap)]
    if not filled:
        return True
    if any(len(gap) > LONGEST_GAP for gap in filled):
        return term.isascii() and len(term) >= LONGEST_GAP and len(filled) == 1 and set(filled[0]) <= SPACES
    parting = [gap for gap in filled if not set(gap).isdisjoint(PARTING)]
    if not parting or everywhere:
        return True
    if all(set(gap) <= SPACES for gap in filled):
        return len(gaps) >= 2 or is_words(fold(surface, Fold.NOISE), 0, len(term))
    own = {char for char in term if not char.isalnum()}
    return all(set(gap) <= own for gap in parting)


def is_clutter(gap: str) -> bool:
    """Whether nobody writes such a run of signs: three odd ones, five different ones, or brackets with nothing in them; never over a line's end."""
    bare = "".join(gap.split())
    if bare in EMPTY:
        return True
    return "\n" not in gap and (sum(char not in PARTING for char in bare) >= 3 or (len(set(bare)) >= 5 and len(bare) > LONGEST_GAP))


def unbracketed(gaps: list[str], before: str, after: str) -> list[str]:
    """The gaps between a term's characters without brackets that hold a single one of them."""
    whole = [before if before in BRACKETS else "", *gaps, after if after in BRACKETS.values() else ""]
    for place, (one, other) in enumerate(pairwise(whole)):
        if one and BRACKETS.get(one[-1]) == other[:1] and len(other) == 1 == len(one):
            whole[place] = whole[place + 1] = ""
    return whole[1:-1]


def edged(raw: str, start: int, end: int, term: str) -> tuple[int, int] | None:
    """The span with the signs that a term begins or ends with (.net, +v), which folding drops; None if they are not there."""
    front = term[: len(term) - len(term.lstrip(SIGNS))] if term[0] in SIGNS else ""
    back = term[len(term.rstrip(SIGNS)) :] if term[-1] in SIGNS else ""
    if front == term or (raw[max(0, start - len(front)) : start] == front and raw[end : end + len(back)] == back):
        return start - len(front) if front != term else start, end + len(back) if front != term else end
    return None
