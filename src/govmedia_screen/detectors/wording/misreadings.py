"""Whether what stands in the place of an expression is an error, or other words that are right.

A wrong character is an error where it sounds or looks like the right one. Another one, or one too few or too many, is
an error only where no other words come of it: 社会主义建成 beside 社会主义建设 is right, 社会主义建没 is not.
"""

from __future__ import annotations

from typing import NamedTuple

from govmedia_screen.matching.comparison import SHORT, Edit
from govmedia_screen.matching.fold import folded
from govmedia_screen.matching.likeness import is_alike
from govmedia_screen.matching.seams import NUMERALS, is_bound, is_han, is_word, joined, seams

#: Words of one character that stand between any two others.
LOOSE = frozenset(
    "的地得了着过和与及或等在是为以对把被从向到于就都也还又再更最很不有要会能可将让使并而且但这那其此之所各每某我你他她它们由同"
    "新大小多好老总全副正省市县区镇乡村国党两双中高这该级型式性化"
)
#: Words that part what stands before from what comes after: only in a long expression are they an error.
PARTING = frozenset("的地得了着过和与及或是在为以对把被从向到于就都也又不有要会能将让使而但这那其此之原代前现任个")
#: What a name may end or begin with once more: 市市场监管局.
AGAIN = frozenset("省市县区镇乡村部局党会人国大院室处科办")
#: What a text on a place may begin with once more: 市市场监管局.
PLACES = frozenset("省市县区镇乡村部局")
#: Words that tie parts of even a long expression: 中华人民共和国的国旗.
TYING = frozenset("的地得和与及或等之在是为了")
FIGURES = NUMERALS - frozenset("第首次届几")
#: From this length on a character too many between two words is an error.
FIRM = 6
#: From this length on one left out is an error even where its neighbours are a word together.
SURE = 9


class Misreading(NamedTuple):
    """An expression and the place where it stands with errors.

    Attributes:
        right: the expression.
        raw: the text.
        start: where the misread expression begins.
        end: one past its last character.
        edits: the errors, in order.
    """

    right: str
    raw: str
    start: int
    end: int
    edits: tuple[Edit, ...]

    @property
    def before(self) -> str:
        """The character before it, if that is Han."""
        char = self.raw[self.start - 1 : self.start] if self.start else ""
        return char if is_han(char) else ""

    @property
    def after(self) -> str:
        """The character after it, if that is Han."""
        char = self.raw[self.end : self.end + 1]
        return char if is_han(char) else ""


def broken(reading: Misreading) -> tuple[int, int]:
    """The span of the text that differs from the expression; where a character is missing, its two neighbours."""
    surface, right = reading.raw[reading.start : reading.end], reading.right
    shorter = min(len(surface), len(right))
    head = 0
    while head < shorter and surface[head] == right[head]:
        head += 1
    tail = 0
    while tail < shorter - head and surface[-1 - tail] == right[-1 - tail]:
        tail += 1
    first, last = reading.start + head, reading.end - tail
    if first >= last:
        return max(0, first - 1), first + 1
    while len(surface) > len(right) and first > reading.start and reading.raw[first - 1] == reading.raw[first]:
        first -= 1
    return first, last


def is_error(reading: Misreading) -> bool:
    """Whether every edit is an error; of two each must be likely by itself, and they must stand apart."""
    edits, right = reading.edits, reading.right
    if any(not is_han(char) for edit in edits for char in edit.seen):
        return False
    if len(edits) > 1:
        likely = (
            edit.kind in ("doubled", "swapped") or (edit.kind == "substituted" and is_alike(edit.seen, right[edit.place])) for edit in edits
        )
        if edits[1].place - edits[0].place < 2 or not all(likely):
            return False
    return all(JUDGES[edit.kind](reading, edit) for edit in edits)


def goes_on(reading: Misreading, edit: Edit, reach: int = 2) -> bool:
    """Whether the end beside the error, so many characters of it, belongs to the words around: 污染治 before 理 is no 污染防治."""
    right, place = reading.right, edit.place
    if place >= len(right) - reach and reading.after:
        last = reading.raw[reading.end - 1]
        if (
            is_word(last + reading.after)
            or is_word(last + reading.raw[reading.end : reading.end + 2])
            or is_word(reading.raw[reading.end - 2 : reading.end + 1])
        ):
            return True
    if place < reach and reading.before:
        first = reading.raw[reading.start]
        return is_word(reading.before + first) or is_word(reading.raw[max(0, reading.start - 2) : reading.start + 1])
    return False


def parts(reading: Misreading, place: int) -> bool:
    """Whether a word like 的 or 在 at a place may part two phrases: between words, or near an end that goes on."""
    right = reading.right
    if len(right) >= SURE:
        return False
    return not joined(right, place) or (place <= 1 and bool(reading.before)) or (place >= len(right) - 2 and bool(reading.after))


def substituted(reading: Misreading, edit: Edit) -> bool:
    """A wrong character in the place of the right one."""
    right, place, seen = reading.right, edit.place, edit.seen
    meant, size = right[place], len(right)
    if not is_han(meant) or (meant in NUMERALS and seen in NUMERALS) or folded(seen) == folded(meant):
        return False
    alike = is_alike(seen, meant)
    if not alike and seen in PARTING and parts(reading, place):
        return False
    before = right[place - 1] if place else reading.before
    after = right[place + 1] if place + 1 < size else reading.after
    if is_in_the_middle(right, place) and not alike:
        return False
    becomes_word = is_word(before + seen) or is_word(seen + after)
    if size <= SHORT:
        if not alike or goes_on(reading, edit, 1) or stands_alone(right, place) or (seen in PARTING and parts(reading, place)):
            return False
        if size < SHORT:
            return not becomes_word and seen not in LOOSE
        surface = right[:place] + seen + right[place + 1 :]
        return not (is_word(surface[:2]) and is_word(surface[2:]))
    if alike and size > SHORT + 1:
        return joined(right, place) or seen not in LOOSE
    if "、" in right and place > 0:
        return True
    if becomes_word or goes_on(reading, edit) or (seen in LOOSE and not joined(right, place)):
        return False
    if alike:
        return True
    if place in (0, size - 1):
        return size > SHORT + 1 and seen not in LOOSE and is_bound(right, place)
    return True


def is_in_the_middle(right: str, place: int) -> bool:
    """Whether so little stands to either side of a place that other words may well have both: 企业精神 beside 企业家精神."""
    return len(right) == SHORT + 1 and place == SHORT // 2


def stands_alone(right: str, place: int) -> bool:
    """Whether what a short expression is without its first or last character is a word by itself: 财政 of 财政部."""
    if place == len(right) - 1:
        return is_word(right[:-1])
    return place == 0 and is_word(right[1:])


def missing(reading: Misreading, edit: Edit) -> bool:
    """A character left out."""
    right, place = reading.right, edit.place
    size = len(right)
    if size <= SHORT or not is_han(right[place]) or goes_on(reading, edit):
        return False
    if right[place] in NUMERALS:
        return 0 < place < size - 1 and FIGURES.isdisjoint(right[place - 1] + right[place + 1])
    if place == 0:
        return size > SHORT + 1 and is_bound(right, 0) and not reading.before
    if place == size - 1:
        return (size > SHORT + 1 or not reading.after) and is_bound(right, place)
    before, after = right[place - 1], right[place + 1]
    rest = right[:place] + right[place + 1 :]
    if size == SHORT + 1 and ((is_word(rest[:2]) and is_word(rest[2:])) or is_word(rest[1:]) or is_word(rest[:3])):
        return False
    return (
        is_han(before)
        and is_han(after)
        and (
            (joined(right, place) and (size >= SURE or not is_word(before + after)))
            or (size >= SURE and right[place] not in LOOSE | PARTING)
        )
    )


def inserted(reading: Misreading, edit: Edit) -> bool:
    """A character too many."""
    right, place, seen = reading.right, edit.place, edit.seen
    if len(right) <= SHORT or not 0 < place < len(right) or goes_on(reading, edit) or seen in NUMERALS:
        return False
    before, after = right[place - 1], right[place]
    if not is_han(before) or not is_han(after):
        return False
    if (
        (place == len(right) - 1 and is_word(seen + after))
        or (place == 1 and is_word(before + seen))
        or (seen in PARTING and (place in seams(right) or parts(reading, place)))
    ):
        return False
    if place not in seams(right):
        return True
    if is_word(before + seen) or is_word(seen + after) or is_word(seen + right[place : place + 2]):
        return False
    return (len(right) >= FIRM and seen not in LOOSE) or (len(right) >= SURE and seen not in TYING)


def doubled(reading: Misreading, edit: Edit) -> bool:
    """A character twice."""
    right, place = reading.right, edit.place
    edge = place in (0, len(right)) or (place == 1 and edit.seen == right[0]) or (place == len(right) - 1 and edit.seen == right[-1])
    if not edge:  # 中国共产党党员 and 扎扎实实推进 are right
        return not (is_word(right[: place + 1]) and is_word(right[place:])) and (len(right) > SHORT or reading.before != right[0])
    if len(right) <= SHORT or (
        edit.seen in AGAIN and (place <= 1 or reading.after) and (reading.before or edit.seen in PLACES or place > 1)
    ):
        return False
    if place <= 1:
        return not is_word(reading.before + edit.seen)
    return not is_word(edit.seen + reading.after)


def swapped(reading: Misreading, edit: Edit) -> bool:
    """Two neighbours in the other order."""
    if not all(map(is_han, edit.seen)) or goes_on(reading, edit):
        return False
    if len(reading.right) != SHORT and not PARTING.isdisjoint(edit.seen) and parts(reading, edit.place):
        return False
    if len(reading.right) > SHORT + 1:
        return True
    surface = reading.raw[reading.start : reading.end]
    return len(surface) > 3 and "的" not in edit.seen and not (is_word(surface[:2]) and is_word(surface[-2:]))


JUDGES = {"substituted": substituted, "missing": missing, "inserted": inserted, "doubled": doubled, "swapped": swapped}
