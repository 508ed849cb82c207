"""Variants: other spellings of a listed term, made when a lexicon is compiled.

Folds undo what was done to single characters; a term that is spelled in pinyin, by a character
of the same sound, by halves of characters or backwards has to be listed as it is spelled. The
number of spellings is bounded for every term, so that a lexicon cannot blow up, and a spelling
that is a word by itself is left out. The tables come from ``tools/make_variant_tables.py``.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from functools import cache, lru_cache
from importlib import resources
from itertools import islice
from operator import ne
from typing import NamedTuple

#: Kind → what an editor reads in the evidence.
LABELS = {
    "pinyin": "拼音", "initials": "首字母", "letter": "一字首字母", "homophone": "谐音", "sound": "同音字", "split": "拆字", "reverse": "倒序",
}  # fmt: skip
#: How many spellings of each kind a term gets at most.
LIMITS = {"pinyin": 7, "initials": 2, "letter": 6, "homophone": 5, "sound": 60, "split": 3, "reverse": 2}
#: Fewest letters of a term spelled in pinyin from end to end.
FEWEST_LETTERS = 6
#: In terms up to this length every character may be spelled otherwise, in longer ones only listed words.
SHORT = 4


class Sounds(NamedTuple):
    """What ``pinyin.txt`` says.

    Attributes:
        characters: character → its syllable.
        words: words that are read otherwise than their characters → their syllables.
    """

    characters: dict[str, str]
    words: dict[str, list[str]]


def lines(name: str) -> Iterator[str]:
    """The lines of a table, remarks left out."""
    text = resources.files("govmedia_screen").joinpath(f"data/{name}").read_text("utf-8")
    return (line for line in text.splitlines() if not line.startswith("#"))


@cache
def sounds() -> Sounds:
    """The syllables without tones."""
    rows = list(lines("pinyin.txt"))
    gap = rows.index("")
    characters = {char: one for one, chars in (row.split(" ") for row in rows[:gap]) for char in chars}
    return Sounds(characters, {word: read for word, *read in map(str.split, filter(None, rows[gap + 1 :]))})


@cache
def halves() -> dict[str, list[str]]:
    """Character → what it is split into."""
    return {char: forms for char, *forms in map(str.split, lines("split.txt"))}


@cache
def exchanges() -> dict[str, list[tuple[str, bool]]]:
    """Word → its disguises, each with whether it is used only inside a longer term."""
    return {word: [(one.lstrip("~="), "~" in one) for one in others] for word, *others in map(str.split, lines("exchanges.txt"))}


@cache
def both_ways() -> frozenset[str]:
    """Pairs that are words both ways, each written one way."""
    return frozenset(pair for line in lines("reversible.txt") for pair in line.split())


def variants(term: str, kinds: Sequence[str], short: bool = False) -> list[tuple[str, str]]:
    """Other spellings of a term.

    Args:
        term: the term as the editor wrote it.
        kinds: names out of ``LABELS``.
        short: whether two characters are enough; then something else than the term must prove a hit.

    Returns:
        The spellings with their kinds, at most 17 of them.

    >>> variants("办证刻章", ["homophone", "reverse"])[:2]
    [('办正刻张', 'homophone'), ('办正刻章', 'homophone')]
    """
    if len(term) < (2 if short else 3):
        return []
    found: dict[str, str] = {}
    for kind in kinds:
        for form in islice(MAKERS[kind](term), LIMITS[kind]):
            if form != term:
                found.setdefault(form, kind)
    return list(found.items())


@lru_cache(maxsize=16)
def listed(term: str) -> tuple[tuple[int, int], ...]:
    """Where words of the exchange table stand in a term: start and end, the longest first word taken."""
    return tuple(standing(term, exchanges(), heads(exchanges)))


@cache
def heads(table: Callable[[], Iterable[str]]) -> frozenset[str]:
    """The first two characters of a table's words: most places of most terms are none."""
    return frozenset(word[:2] for word in table())


def standing(term: str, words: Container[str], beginnings: Container[str]) -> Iterator[tuple[int, int]]:
    """Where words of up to four characters stand in a term, the longest first, none over another."""
    start = 0
    for place in range(len(term) - 1):
        if place >= start and term[place : place + 2] in beginnings:
            for end in range(min(place + 4, len(term)), place + 1, -1):
                if term[place:end] in words:
                    yield place, end
                    start = end
                    break


def telling(term: str) -> list[int]:
    """The characters that are spelled otherwise one at a time: all of a short term, those of listed words in a longer one."""
    if len(term) <= SHORT:
        return list(range(len(term)))
    return [place for start, end in listed(term) for place in range(start, end)]


@lru_cache(maxsize=16)
def read(term: str) -> tuple[str, ...] | None:
    """The syllables of a term, Latin letters as they are; None if a character has none."""
    characters, words = sounds()
    result = [characters.get(char) or (char.lower() if char.isascii() and char.isalpha() else "") for char in term]
    for start, end in standing(term, words, heads(special)):
        result[start:end] = words[term[start:end]]
    return tuple(result) if all(result) else None


def special() -> Iterable[str]:
    """The words that are read otherwise than their characters."""
    return sounds().words


def pinyin(term: str) -> Iterator[str]:
    """The whole term in pinyin, then its first character, a listed word or a character of one (zhen人荷官, 代开fapiao)."""
    syllables = read(term)
    if syllables is None or term.isascii():
        return
    if len(term) <= SHORT and len("".join(syllables)) >= FEWEST_LETTERS:
        yield "".join(syllables)
    for start, end in listed(term):
        if end - start < len(term):
            yield term[:start] + "".join(syllables[start:end]) + term[end:]
    words = {place for start, end in listed(term) for place in range(start, end)}
    places = range(len(term)) if len(term) <= SHORT else sorted(words)
    for place in places:
        if len(syllables[place]) > 1:
            yield term[:place] + syllables[place] + term[place + 1 :]


def initials(term: str) -> Iterator[str]:
    """The first letters of a term of four or five characters, then those of a listed word inside a term (代开fp)."""
    syllables = read(term)
    if syllables is None or term.isascii():
        return
    letters = "".join([one[0] for one in syllables])
    if len(term) in (SHORT, SHORT + 1) and all(map(ne, letters, letters[1:])):
        yield letters
    for start, end in listed(term):
        if len(term) - (end - start) >= 2:
            yield term[:start] + letters[start:end] + term[end:]


def letter(term: str) -> Iterator[str]:
    """A short term with one character's first letter in its place (法l功, f轮功), of two characters also with the other in pinyin (Sdong)."""
    syllables = read(term)
    if syllables is None or len(term) > SHORT or not all("\u3400" <= char < "\ua000" for char in term):
        return
    for place, syllable in enumerate(syllables):
        yield term[:place] + syllable[0] + term[place + 1 :]
    if len(term) == 2:
        yield syllables[0][0] + syllables[1]
        yield syllables[0] + syllables[1][0]


def sound(term: str) -> Iterator[str]:
    """A term of two or three characters with one of them exchanged for any of the same sound (法伦功), if that makes no word."""
    syllables = read(term)
    if syllables is None or len(term) >= SHORT or term.isascii():
        return
    known = ordinary_words(names=True)
    for place, syllable in enumerate(syllables):
        for char in alike().get(syllable, ()):
            form = term[:place] + char + term[place + 1 :]
            if char != term[place] and form not in known:
                yield form


@cache
def alike() -> dict[str, str]:
    """Syllable → its characters."""
    rows = list(lines("pinyin.txt"))
    return dict(row.split(" ", 1) for row in rows[: rows.index("")])


@cache
def ordinary_words(names: bool = False) -> frozenset[str]:
    """Words of two and three characters, names of persons among them or not, by jieba's dictionary: for a lexicon that is compiled, and for doubtful names."""
    import jieba

    with jieba.get_dict_file() as file:
        rows = (line.decode("utf-8").split() for line in file)
        return frozenset(word for word, _, kind in rows if 2 <= len(word) <= 3 and (names or not kind.startswith("nr")))


def homophone(term: str) -> Iterator[str]:
    """All listed words exchanged for what is written in their place, then each by itself (办正刻章), the commonest first."""
    table = exchanges()
    choices = [
        (start, end, [form for form, inside in table[term[start:end]] if not inside or end - start < len(term)])
        for start, end in listed(term)
    ]
    if len(choices) > 1:
        every = term
        for start, end, forms in reversed(choices):
            every = every[:start] + (forms or [term[start:end]])[0] + every[end:]
        yield every
    for rank in range(max((len(forms) for _, _, forms in choices), default=0)):
        for start, end, forms in choices:
            if rank < len(forms):
                yield term[:start] + forms[rank] + term[end:]


def split(term: str) -> Iterator[str]:
    """One character in two halves (木娄凤信息), then all that can be."""
    table = halves()
    places = [place for place in telling(term) if term[place] in table]
    if len(places) > 1:
        yield "".join(table[char][-1] if place in places else char for place, char in enumerate(term))
    for place in places:
        forms = table[term[place]] if len(term) <= SHORT else table[term[place]][-1:]
        yield from (term[:place] + form + term[place + 1 :] for form in forms)


def reverse(term: str) -> Iterator[str]:
    """A term of three or four characters backwards, and with its first two exchanged (叶飞子群)."""
    if not 3 <= len(term) <= SHORT or not all(char in sounds().characters for char in term):
        return
    yield term[::-1]
    pair = term[:2]
    if len(term) == SHORT and pair not in both_ways() and pair[::-1] not in both_ways():
        yield pair[::-1] + term[2:]


MAKERS: dict[str, Callable[[str], Iterator[str]]] = {
    "pinyin": pinyin,
    "initials": initials,
    "letter": letter,
    "homophone": homophone,
    "sound": sound,
    "split": split,
    "reverse": reverse,
}
