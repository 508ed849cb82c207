"""Comparing a text with right expressions: by which pieces a wrong one is noticed, and what exactly is wrong with it.

One wrong character leaves a piece of an expression intact (the pigeonhole principle): of two halves one, of the ends of
a short one another. The pieces go into the automaton beside all other terms; a place where one stands is compared with
the whole expression. Where no piece would be left, the wrong forms themselves are listed: those with a character of like sound or shape,
and the two characters in the middle in the other order.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from govmedia_screen.matching.fold import Fold, fold
from govmedia_screen.matching.likeness import exchanges
from govmedia_screen.matching.seams import is_bound, is_han

#: Up to this length an expression is short: only a character of like sound or shape, or two exchanged, make it wrong.
SHORT = 4
#: From this length on an expression may bear two errors.
LONG = 9
#: A text is looked at so far beyond the expression's length.
SLACK = 2


class Edit(NamedTuple):
    """One error: an expression read where something else stands.

    Attributes:
        kind: ``substituted``, ``missing``, ``inserted``, ``doubled`` or ``swapped``.
        place: where in the expression.
        seen: what stands there, empty for ``missing``.
    """

    kind: str
    place: int
    seen: str


@cache
def han(expression: str) -> str:
    """What the automaton sees of an expression: marks left out, doubled characters once."""
    return fold(expression, Fold.NOISE | Fold.REPEAT)


def pieces(expression: str) -> tuple[tuple[int, int], ...]:
    """Where the pieces stand by which a wrong expression is noticed, its two halves: start and end.

    >>> pieces("社会主义核心价值观")
    ((0, 4), (4, 9))
    """
    size = len(expression)
    if size < SHORT or (size == SHORT and is_han(expression)):  # lexicon/shorts.py finds them
        return ()
    if size == SHORT + 1 and is_han(expression) and han(expression) == expression:  # and an error in the middle of these
        return (0, 3), (2, 5)
    halves = [(unmarked(expression, 0, cut), unmarked(expression, cut, size)) for cut in range(2, size - 1)]
    best = min(halves, key=lambda two: (sum(unseen(expression[start:end]) for start, end in two), abs(two[0][1] - size // 2)))
    return tuple((start, end) for start, end in best if len(han(expression[start:end])) > 1)


def unseen(text: str) -> int:
    """How many characters of a text the automaton does not see: marks, and what stands twice."""
    return len(text) - len(han(text))


def unmarked(expression: str, start: int, end: int) -> tuple[int, int]:
    """A span without the marks at its ends, which the automaton does not see."""
    while start < end and not han(expression[start]):
        start += 1
    while end > start and not han(expression[end - 1]):
        end -= 1
    return start, end


def forms(expression: str) -> Iterator[str]:
    """The wrong forms that no piece would be left of, but for those in which the automaton would not see the error."""
    yield from (
        form for form in spelled_wrong(expression) if unseen(form) <= unseen(expression) and len(han(form)) > 2 and not is_marked(form)
    )


def is_marked(text: str) -> bool:
    """Whether there are marks in a text, which the automaton does not see."""
    return fold(text, Fold.NOISE) != text


def spelled_wrong(expression: str) -> Iterator[str]:
    """The wrong forms that no piece would be left of."""
    size = len(expression)
    spans = pieces(expression)
    if size == SHORT and is_han(expression):
        return
    for place, char in enumerate(expression):
        if size <= SHORT and not any(end <= place or start > place for start, end in spans):
            for other in exchanges(char):
                yield expression[:place] + other + expression[place + 1 :]
    for place in range(size - 1):
        one, other = expression[place], expression[place + 1]
        if one != other and not any(end <= place or start > place + 1 for start, end in spans):
            yield expression[:place] + other + one + expression[place + 2 :]


def readings(rest: str, text: str, errors: int, place: int = 0) -> Iterator[tuple[tuple[Edit, ...], int]]:
    """The ways to read ``rest`` at the beginning of a text with so many errors at most.

    Args:
        rest: what should stand there.
        text: what stands there.
        errors: the most errors.
        place: where ``rest`` begins, for the places of the edits.

    Yields:
        The errors, in order, and how much of the text they and what is right between them take.
    """
    same, limit = 0, min(len(rest), len(text))
    while same < limit and rest[same] == text[same]:
        same += 1
    if same == len(rest):
        yield (), same
        return
    if not errors:
        return
    here = text[same : same + 1]
    ways = []
    if here:
        ways.append((Edit("substituted", place + same, here), 1, 1))
    if rest[same + 1 : same + 2] == here and text[same + 1 : same + 2] == rest[same]:
        ways.append((Edit("swapped", place + same, text[same : same + 2]), 2, 2))
    ways.append((Edit("missing", place + same, ""), 1, 0))
    if here:
        doubled = here == rest[same] or (same > 0 and here == rest[same - 1])
        ways.append((Edit("doubled" if doubled else "inserted", place + same, here), 0, 1))
    for edit, taken, used in ways:
        for more, length in readings(rest[same + taken :], text[same + used :], errors - 1, place + same + taken):
            yield (edit, *more), same + used + length


def bears(expression: str) -> int:
    """What an expression may bear, as the compiled comparer is told (``native/comparer.c``).

    Two errors; only another character of like sound or shape; any other one as its first, as its last; to lack its first, its last.
    """
    size = len(expression)
    bound_first, bound_last = size > SHORT and is_bound(expression, 0), size > SHORT and is_bound(expression, size - 1)
    answers = (
        size >= LONG, size <= SHORT, bound_first and size > SHORT + 1, (bound_last and size > SHORT + 1) or "、" in expression,
        bound_first and size > SHORT + 1, bound_last,
    )  # fmt: skip
    return sum(answer << place for place, answer in enumerate(answers))


def errors_of(expression: str) -> int:
    """How many errors an expression may bear and still be told from other words."""
    return 2 if len(expression) >= LONG else 1


def least(rest: str, text: str, errors: int) -> int:
    """The fewest errors with which ``rest`` can be read at the beginning of a text; ``errors + 1`` for more than so many."""
    if text.startswith(rest):
        return 0
    from rapidfuzz.distance import OSA

    sizes = range(len(rest) - errors, len(rest) + errors + 1)
    return min((int(OSA.distance(rest, text[:size], score_cutoff=errors)) for size in sizes if size >= 0), default=errors + 1)


def backwards(edits: tuple[Edit, ...], size: int) -> tuple[Edit, ...]:
    """Errors that were found reading the first ``size`` characters from their end, as one reads them from the beginning."""
    turned = []
    for edit in reversed(edits):
        back = {"swapped": 2, "inserted": 0, "doubled": 0}.get(edit.kind, 1)
        turned.append(Edit(edit.kind, size - back - edit.place, edit.seen[::-1]))
    return tuple(turned)


def masks(text: str) -> Iterator[str]:
    """A text with one character masked.

    >>> list(masks("甲乙丙"))
    ['_乙丙', '甲_丙', '甲乙_']
    """
    for place in range(len(text)):
        yield f"{text[:place]}_{text[place + 1 :]}"


def exchanged(text: str) -> Iterator[str]:
    """A text with two different neighbours in the other order."""
    for place in range(len(text) - 1):
        if text[place] != text[place + 1]:
            yield text[:place] + text[place + 1] + text[place] + text[place + 2 :]
