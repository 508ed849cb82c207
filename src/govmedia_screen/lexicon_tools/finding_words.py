"""Where a word stands in the lexicons, which rule it belongs to, and what would excuse it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from importlib import resources
from pathlib import Path

from govmedia_screen.lexicon.lexicon import SHIPPED, Lexicon, contents_of
from govmedia_screen.lexicon.rule import Rule
from govmedia_screen.matching.fold import folded

#: How many words of a list are shown.
SHOWN = 8


@dataclass(frozen=True, slots=True)
class Place:
    """A word of a rule, a list of cues or the accepted phrases.

    Attributes:
        owner: the rule's id, the list's, or ``accept.txt``.
        role: what the word is there: 词条, 例外, 须有, 不得有, 线索, 无辜短语.
        word: the word as it is written.
        origin: file and line.
        excuses: what would excuse a term, in an editor's words.
    """

    owner: str
    role: str
    word: str
    origin: str
    excuses: tuple[str, ...] = ()


def find(lexicon: Lexicon, query: str) -> Iterator[Place]:
    """Every place of a word, of words that contain it and of those that it contains; terms of rules first, the exact ones before others."""
    wanted = folded(query)

    def fits(word: str) -> bool:
        form = folded(word)
        return wanted in form or (len(form) >= 2 and form in wanted)

    lines = Lines(lexicon)
    terms = [
        Place(
            rule.id,
            "词条",
            term if right is None else f"{term} → {right}",
            lines.of(term, rule.origin),
            tuple(excuses(lexicon, rule, term)),
        )
        for rule in lexicon
        for term, right in rule.terms
        if fits(term)
    ]
    yield from sorted(terms, key=lambda one: (folded(one.word.partition(" →")[0]) != wanted, one.owner))
    for rule in lexicon:
        for role, words in (("例外", rule.unless), ("须有", rule.near), ("不得有", rule.not_near)):
            yield from (Place(rule.id, role, word, lines.of(word, rule.origin)) for word in words if folded(word) == wanted)
    for cue in lexicon.cues.values():
        yield from (
            Place(cue.id, "线索", word, lines.of(word, f"{cue.id.partition('.')[0]}/")) for word in cue.written if folded(word) == wanted
        )
    yield from (
        Place("accept.txt", "无辜短语", phrase, lines.of(phrase, "accept.txt")) for phrase in lexicon.accept if wanted in folded(phrase)
    )


def excuses(lexicon: Lexicon, rule: Rule, term: str) -> Iterator[str]:
    """What makes an occurrence of the term no finding of the rule, or a lower one."""
    if longer := [phrase for phrase in (*rule.unless, *lexicon.accept) if term in phrase]:
        yield f"在更长的话里：{shown(longer)}"
    if rule.near:
        yield f"{rule.near_distance} 字内没有：{shown(rule.near)}"
    if rule.not_near:
        yield f"{rule.not_near_distance} 字内有：{shown(rule.not_near)}"
    if rule.before or rule.after:
        yield f"紧挨着的不是：{shown((*rule.before, *rule.after))}"
    if rule.not_before or rule.not_after:
        yield f"紧挨着的是：{shown((*rule.not_before, *rule.not_after))}"
    if rule.context == "stance":
        yield "警示、执法、科普语境至多提示；看不出语境降一级"
    if rule.quoted == "skip":
        yield "在引号、书名号里"
    if rule.boundary or (rule.boundary is None and len(term) <= 2 and not term.isascii()):
        yield "切词后不是完整的词"
    if rule.since:
        yield f"{rule.since} 以前发布的"
    if rule.until:
        yield f"{rule.until} 以后"


def shown(words: Iterable[str]) -> str:
    """The first of the words, and how many there are."""
    listed = list(words)
    return "、".join(listed[:SHOWN]) + (f"……（共 {len(listed)} 个）" if len(listed) > SHOWN else "")


class Lines:
    """On which lines of the folders' files words stand."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.places: dict[str, list[tuple[str, int]]] = {}
        for folder in (resources.files(SHIPPED), *map(Path, lexicon.folders)):
            self.take(contents_of(folder))

    def take(self, files: Mapping[str, bytes]) -> None:
        """Note every line of a folder's files."""
        for name, content in files.items():
            if name.endswith((".toml", ".txt")):
                for number, line in enumerate(content.decode("utf-8-sig", "replace").splitlines(), 1):
                    word = line.partition("→")[0].strip(" \t\u3000")
                    if word:
                        self.places.setdefault(word, []).append((name, number))

    def of(self, word: str, origin: str) -> str:
        """``文件:行`` of a word of the rule or list that begins at a place: in its own file below it, else beside it, else shared."""
        file, _, line = origin.partition(":")
        folder = f"{file.rpartition('/')[0]}/" if "/" in file else ""
        found = self.places.get(word, [])
        own = [number for name, number in found if name == file and number > int(line or 0)]
        if own:
            return f"{file}:{own[0]}"
        for prefix in (f"{folder}words/", folder, "shared/"):
            for name, number in reversed(found):
                if name.startswith(prefix):
                    return f"{name}:{number}"
        return origin
