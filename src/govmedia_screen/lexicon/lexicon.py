"""Lexicon: every rule and cue of the folders, and one automaton over all their terms."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

from govmedia_screen.errors import InputError, LexiconError
from govmedia_screen.finding import PLAIN, Finding, Traits
from govmedia_screen.lexicon import weighing
from govmedia_screen.lexicon.compiled import Compiled
from govmedia_screen.lexicon.families import FILE as FAMILIES
from govmedia_screen.lexicon.families import Families
from govmedia_screen.lexicon.index import Index
from govmedia_screen.lexicon.rule import Cues, Rule
from govmedia_screen.lexicon.sentence import problem
from govmedia_screen.system import cache
from govmedia_screen.system.files import read_regular, why
from govmedia_screen.system.program import COMPILING, program

SHIPPED = "govmedia_screen.lexicons"
#: What a folder may hold beside rules; detectors read it, and it counts for the version.
BESIDE = ("accept.txt", FAMILIES, "roster.toml", "sources.csv", "sources.xlsx")
#: How deep folders are read: ``<family>/words/``.
DEPTH = 2


@dataclass(frozen=True)
class Lexicon:
    """The rules and cues in force.

    Attributes:
        rules: every rule by id.
        cues: every cue list by id.
        accept: phrases that are always innocent, those of the office and those shipped.
        version: a hash of all that was read; the same content gives the same version.
        families: the families' names, and the articles that rules answer.
        folders: the offices' own folders, which may also hold a list of sources and a roster.
    """

    rules: dict[str, Rule]
    cues: dict[str, Cues]
    accept: tuple[str, ...]
    version: str
    compiled: Compiled | None = None
    families: Families = field(default_factory=Families, compare=False)
    folders: tuple[str, ...] = field(default=(), compare=False)

    def __getitem__(self, rule_id: str) -> Rule:
        return self.rules[rule_id]

    def __iter__(self) -> Iterator[Rule]:
        return iter(self.rules.values())

    def cue(self, cue_id: str) -> Cues:
        """The cue list of that name; an empty one if no folder has it."""
        return self.cues.get(cue_id) or Cues(cue_id, ())

    def traits(self, rule_id: str) -> Traits:
        """What a rule says of its findings; its family's where there is no such rule."""
        if rule_id in self.rules:
            return self.rules[rule_id].traits
        family = self.families.of(rule_id.partition(".")[0])
        return Traits(masked=family.masked, hidden=family.hidden, harmful=family.harmful, waive=family.waive)

    def with_traits(self, finding: Finding) -> Finding:
        """A finding of a caller's own detector with what its rule or family says of it; one that says so itself stays."""
        return replace(finding, traits=self.traits(finding.rule)) if finding.traits is PLAIN else finding

    def veto(self, rule_id: str) -> str:
        """The item of the inspection that a BLOCK finding of that rule suspects, or nothing."""
        return self.rules[rule_id].veto if rule_id in self.rules else self.families.of(rule_id.partition(".")[0]).veto

    @cached_property
    def index(self) -> Index:
        """The automaton and its entries, built when first needed."""
        return Index(self, self.cues.values(), self.accept, self.compiled)


def load(folders: Iterable[Traversable | Path | str] = (), shipped: bool = True) -> Lexicon:
    """Read the shipped lexicons and an office's folders over them.

    A folder holds ``*.toml`` (rules and cues; a rule with the id of an earlier folder's replaces
    it), by themselves or in a folder for each family, lists of words in ``words/`` beside them,
    lists that several rules share in ``shared/``, and ``accept.txt``. What was read and checked once is kept in the user's cache under a hash of the
    content and of the program that compiled it, so that the next process only reads it.

    Raises:
        LexiconError: with every problem found, each ``文件:行: 说明``.
    """
    places: list[Traversable | Path] = [resources.files(SHIPPED)] if shipped else []
    places += [Path(folder) if isinstance(folder, str) else folder for folder in folders]
    contents = [contents_of(place) for place in places]
    own = tuple(str(place) for place in places[shipped:])
    digest = hashlib.sha256()
    for files in contents:
        for name, data in files.items():
            digest.update(f"\0{name}\0{len(data)}\0".encode())
            digest.update(data)
    version = digest.hexdigest()[:16]
    key = f"lexicon-{version}-{program(*COMPILING)}"
    known = cache.load(key)
    if known is not None:
        return thawed(known, version, own)
    lexicon = read(contents, version, own)
    index = lexicon.index
    cache.store(key, frozen(lexicon, index.compiled))
    return lexicon


def contents_of(place: Traversable | Path) -> dict[str, bytes]:
    """The files of a folder that a lexicon is read from, by their paths in it (``privacy/words/names.txt``), in order."""
    if not place.is_dir():
        raise LexiconError(f"{place}: 找不到词库文件夹")
    return dict(sorted((name, bytes_of(path, name)) for name, path in files_of(place)))


def bytes_of(path: Traversable | Path, name: str) -> bytes:
    """The content of one file.

    Raises:
        LexiconError: it is no regular file or cannot be read.
    """
    try:
        return read_regular(path) if isinstance(path, Path) else path.read_bytes()
    except InputError as error:
        raise LexiconError(str(error)) from None
    except OSError as error:
        raise LexiconError(f"{name}: 无法读取（{why(error)}）") from None


def files_of(place: Traversable | Path, prefix: str = "", depth: int = DEPTH) -> Iterator[tuple[str, Traversable | Path]]:
    """The rules and lists of words in a folder and the folders in it, and what may lie beside them at the top."""
    for path in place.iterdir():
        name = path.name
        if name.startswith((".", "_")):
            continue
        if name.endswith((".toml", ".txt")) if prefix else name.endswith(".toml") or name in BESIDE:
            yield prefix + name, path
        elif depth and path.is_dir():
            yield from files_of(path, f"{prefix}{name}/", depth - 1)


def read(contents: list[dict[str, bytes]], version: str, own: tuple[str, ...]) -> Lexicon:
    """Parse and check the folders' files, later folders over earlier ones."""
    from govmedia_screen.lexicon.file import File, shared_lists

    rules: dict[str, Rule] = {}
    cues: dict[str, Cues] = {}
    accept: dict[str, None] = {}
    problems: list[str] = []
    shared: dict[str, tuple[str, ...]] = {}
    families = Families()
    for files in contents:
        shared |= shared_lists(files, problems)
        families.read(files.get(FAMILIES, b""), problems)
    for number, files in enumerate(contents):
        here: dict[str, Rule] = {}
        for name in files:
            if not name.endswith(".toml") or name in BESIDE:
                continue
            try:
                file = File(name, files, shared, families)
            except LexiconError as error:
                problems += error.problems
                continue
            problems += file.problems
            for rule in file.rules:
                if rule.id in here:
                    problems.append(f"{rule.origin}: 规则号 {rule.id} 与 {here[rule.id].origin} 重复")
                here[rule.id] = rule
            cues |= {cue.id: cue for cue in file.cues}
        if number >= len(contents) - len(own):
            problems += duplicates(here.values())
        rules |= here
        try:
            lines = files.get("accept.txt", b"").decode("utf-8-sig").splitlines()
        except UnicodeDecodeError:
            problems.append("accept.txt:1: 不是 UTF-8 编码，请用记事本另存为 UTF-8")
            continue
        accept |= dict.fromkeys(line.strip(" \t\u3000") for line in lines if line.strip() and not line.startswith("#"))
    problems += [f"{rule.origin}: {wrong}" for rule in rules.values() for line in rule.sentences if (wrong := problem(rule, line, cues))]
    problems += [f"{rule.origin}: {wrong}" for rule in rules.values() for wrong in weighing.problems(rule, cues)]
    if problems:
        raise LexiconError(*problems)
    return Lexicon(rules, cues, tuple(accept), version, None, families, own)


def frozen(lexicon: Lexicon, compiled: Compiled) -> dict[str, Any]:
    """The lexicon as plain values."""
    return {
        "rules": [rule.to_plain() for rule in lexicon],
        "cues": [cue.to_plain() for cue in lexicon.cues.values()],
        "accept": lexicon.accept,
        "families": lexicon.families.to_plain(),
        "compiled": compiled.to_plain(),
    }


def thawed(known: dict[str, Any], version: str, own: tuple[str, ...]) -> Lexicon:
    """The lexicon that ``frozen`` gave."""
    rules = [Rule.of_plain(plain) for plain in known["rules"]]
    cues = [Cues(**plain) for plain in known["cues"]]
    by_id = {rule.id: rule for rule in rules}
    compiled, families = Compiled.of_plain(known["compiled"]), Families.of_plain(known["families"])
    return Lexicon(by_id, {cue.id: cue for cue in cues}, tuple(known["accept"]), version, compiled, families, own)


def duplicates(rules: Iterable[Rule]) -> list[str]:
    """Terms that stand twice in one family of one folder."""
    seen: dict[tuple[str, str], Rule] = {}
    problems = []
    for rule in rules:
        for term, _ in rule.terms:
            other = seen.get((rule.family, term))
            if other:
                problems.append(f"{rule.origin}: 规则 {rule.id} 的词条“{term}”与 {other.id}（{other.origin}）重复")
            seen[rule.family, term] = rule
    return problems
