"""Which characters are written for one another: those that sound alike and those that look alike; and which strings are words.

The tables are made by ``tools/make_proofreading_tables.py`` and ``tools/make_variant_tables.py`` and read when first asked for.
"""

from __future__ import annotations

from array import array
from functools import cache

from govmedia_screen.matching.variants import lines, sounds

FIRST_HAN, LAST_HAN = 0x3400, 0x9FFF
#: Of the characters that sound like one, and of those that look like it, so many are tried.
SOUNDING, LOOKING = 5, 2
#: Syllables that many speakers do not tell apart: initials, then finals.
INITIALS = {"zh": "z", "ch": "c", "sh": "s", "n": "l", "r": "l", "h": "f"}
FINALS = (("ang", "an"), ("eng", "en"), ("ing", "in"))


@cache
def ranks() -> dict[str, int]:
    """The common characters, each with its place by use."""
    return {char: place for place, char in enumerate("".join(lines("common.txt")))}


@cache
def lookalikes() -> dict[str, str]:
    """Character → those that look like it, the likest first."""
    return dict(line.split(" ") for line in lines("alike.txt"))


@cache
def homophones() -> dict[str, str]:
    """Syllable → its common characters, the most used first."""
    table: dict[str, list[str]] = {}
    syllables = sounds().characters
    for char in ranks():
        if char in syllables:
            table.setdefault(syllables[char], []).append(char)
    return {syllable: "".join(chars) for syllable, chars in table.items()}


@cache
def short_words() -> frozenset[str]:
    """Words of two and three characters."""
    return frozenset(head + rest for head, *rests in map(str.split, lines("short_words.txt")) for rest in rests)


@cache
def slurred(syllable: str) -> str:
    """The syllable as a speaker says it who does not tell zh from z, n from l, ing from in."""
    for initial, plain in INITIALS.items():
        if syllable.startswith(initial) and not (len(initial) == 1 and syllable.startswith(initial + "h")):
            syllable = plain + syllable[len(initial) :]
            break
    for final, plain in FINALS:
        if syllable.endswith(final):
            return syllable[: -len(final)] + plain
    return syllable


def sound_classes() -> array[int]:
    """For each character from U+3400 to U+9FFF the number of what it sounds like, 0 where no sound is known."""
    numbers: dict[str, int] = {}
    classes = array("H", bytes(2 * (LAST_HAN + 1 - FIRST_HAN)))
    for char, syllable in sounds().characters.items():
        if FIRST_HAN <= ord(char) <= LAST_HAN:
            classes[ord(char) - FIRST_HAN] = numbers.setdefault(slurred(syllable), len(numbers) + 1)
    return classes


def looking_pairs() -> array[int]:
    """The pairs of characters that look alike, both ways, ascending: the one's code point in the upper 32 bits."""
    pairs = {(ord(one), ord(other)) for one, others in lookalikes().items() for other in others}
    return array("Q", sorted(first << 32 | second for one, other in pairs for first, second in ((one, other), (other, one))))


def sounds_like(one: str, other: str) -> bool:
    """Whether two characters have the same syllable, or one that many speakers do not tell from it; tones do not count."""
    syllables = sounds().characters
    first, second = syllables.get(one), syllables.get(other)
    return first is not None and second is not None and (first == second or slurred(first) == slurred(second))


def looks_like(one: str, other: str) -> bool:
    """Whether two characters look alike."""
    table = lookalikes()
    return other in table.get(one, "") or one in table.get(other, "")


def is_alike(one: str, other: str) -> bool:
    """Whether one is easily written for the other."""
    return sounds_like(one, other) or looks_like(one, other)


@cache
def exchanges(char: str) -> str:
    """The characters most easily written for one: the commonest of its sound, then the likest of its shape."""
    syllable = sounds().characters.get(char, "")
    sounding = [other for other in homophones().get(syllable, "") if other != char][:SOUNDING]
    looking = lookalikes().get(char, "")[:LOOKING]
    return "".join(dict.fromkeys([*sounding, *looking]))
