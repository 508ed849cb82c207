"""Read one lexicon file, and refuse what an editor cannot have meant, with file and line, in Chinese."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from govmedia_screen.errors import LexiconError
from govmedia_screen.finding import Level
from govmedia_screen.io.toml_text import TomlText
from govmedia_screen.io.typed import of, wrong
from govmedia_screen.lexicon.entries import BLANK, SUSPECT, listed, sound
from govmedia_screen.lexicon.expressions import expressions_of
from govmedia_screen.lexicon.families import TAKEN, Families
from govmedia_screen.lexicon.rule import EDGES, Cues, Rule
from govmedia_screen.lexicon.tables import CueTable, RuleTable
from govmedia_screen.matching.fold import EVERY, TYPED, Fold

#: A pattern that matches these would match anywhere.
NOTHING = ("", "，", "的")
ID = re.compile(r"[a-z][a-z0-9-]*(?:\.[a-z0-9][a-z0-9-]*)+\Z")
#: Shared lists lie here, and are written ``@name``.
SHARED = re.compile(r"shared/([a-z][a-z0-9-]*)\.txt\Z")
#: A list that stands elsewhere, and not a phrase.
ELSEWHERE = re.compile(r"@|words/.+\.txt\Z")
#: Keys of a rule that are kept as they are written, those that are lists, and those that are phrases, one a line.
KEPT = (
    "id", "message", "basis", "suggestion", "near_distance", "not_near_distance", "context", "quoted", "since", "until", "covers", "safe", "scope",
    "enough", "yields", "in_list",
)  # fmt: skip
LISTED = "hit", "miss", "variants", "kinds"
PHRASES = "unless", "near", "not_near", "sentences", "weighed", "refuse", "refuse_post"


class File:
    """One ``*.toml`` of a lexicon folder, read; problems are gathered, not raised one by one.

    Args:
        name: its path in the folder.
        files: the folder's files by their paths.
        shared: the shared lists by their names.
        families: what holds for the rules of each family.

    Raises:
        LexiconError: it is no TOML.
    """

    def __init__(self, name: str, files: Mapping[str, bytes], shared: Mapping[str, tuple[str, ...]], families: Families) -> None:
        self.name, self.files, self.shared, self.families = name, files, shared, families
        self.problems: list[str] = []
        self.rules: list[Rule] = []
        self.cues: list[Cues] = []
        try:
            self.toml = TomlText(name, files[name])
        except ValueError as error:
            raise LexiconError(str(error)) from None
        for key in self.toml.data.keys() - {"rule", "cue"}:
            self.problem(self.toml.line_of(key), f"不认识的表“{key}”，只能用 [[rule]] 或 [[cue]]")
        for kind, read in (("rule", self.read_rule), ("cue", self.read_cue)):
            tables = self.toml.data.get(kind, [])
            if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
                self.problem(self.toml.line_of(kind), f"{kind} 应写成 [[{kind}]]，下面一行一个 键 = 值")
                continue
            heads = self.toml.heads(kind)
            for number, table in enumerate(tables):
                read(table, heads[number] if number < len(heads) else 1)

    def problem(self, line: int, message: str) -> None:
        """Note one problem."""
        self.problems.append(f"{self.name}:{line}: {message}")

    def typed(self, table: dict[str, Any], kind: type[RuleTable | CueTable], line: int, what: str) -> bool:
        """Whether every key is known and of its type; what is not is noted, with its line."""
        before = len(self.problems)
        for key, message in wrong(table, kind):
            if key in table:
                self.problem(self.toml.line_of(key, line), message)
            else:
                more = "（命中与不命中的例句都要有）" if key in {"hit", "miss"} else ""
                self.problem(line, f"{what} {table.get('id', '?')} {message}{more}")
        return len(self.problems) == before

    def entries(self, block: str, key: str, line: int, pairs: bool = False) -> list[str]:
        """The lines of the ``'''`` block that a rule beginning at a line sets, each looked at if anything in it is suspect."""
        words = [(number, word) for number, entry in enumerate(block.split("\n")) if (word := entry.strip(BLANK))]
        if not SUSPECT.search(block):
            return [word for _, word in words]
        line = self.toml.line_of(key, line)
        opening = self.toml.lines[line - 1].rstrip()
        begins = line + (opening.count("'''") == 1 and opening.endswith("'''"))  # TOML drops the first line end
        return sound([(begins + number, word) for number, word in words], self.name, pairs, self.problems)

    def phrases(self, value: str | list[str], key: str, line: int) -> tuple[str, ...]:
        """The phrases of ``unless``, ``near`` or ``not_near``: a block, or a list.

        ``@name`` stands for the words of a shared list, ``words/name.txt`` for those of a file.
        """
        words = self.entries(value if isinstance(value, str) else "\n".join(value), key, line)
        if not any(ELSEWHERE.match(word) for word in words):
            return tuple(words)
        found: dict[str, None] = {}
        for word in words:
            found |= dict.fromkeys(self.word_file(word, key, line, pairs=False) if ELSEWHERE.match(word) else (word,))
        return tuple(found)

    def shared_list(self, name: str, key: str, line: int) -> tuple[str, ...]:
        """The words of the shared list that ``@name`` stands for."""
        if name[1:] not in self.shared:
            known = "、".join(f"@{one}" for one in sorted(self.shared)) or "还没有，放在 shared/名称.txt"
            line = self.toml.line_of(key, line)
            self.problem(self.toml.line_of_word(name, line), f"找不到共用词表 {name}；可用：{known}")
        return self.shared.get(name[1:], ())

    def word_file(self, name: str, key: str, line: int, pairs: bool) -> list[str]:
        """The words of a ``words/*.txt``, beside the file or at the top of the lexicon, or of a shared list."""
        if name.startswith("@"):
            return list(self.shared_list(name, key, line))
        beside = f"{self.name.rpartition('/')[0]}/{name}".lstrip("/")
        name = beside if beside in self.files else name
        if name not in self.files:
            line = self.toml.line_of(key, line)
            self.problem(self.toml.line_of_word(name, line), f"找不到词表文件 {name}")
            return []
        return listed(name, self.files[name], self.problems, pairs)

    def terms(self, table: RuleTable | CueTable, line: int, pairs: bool) -> list[str]:
        """All terms of a rule or cue list."""
        words = self.entries(table.terms, "terms", line, pairs)
        for name in [table.words] if isinstance(table.words, str) else table.words:
            if name:
                words += self.word_file(name, "words", line, pairs)
        return words

    def pairs(self, words: list[str], line: int) -> list[tuple[str, str | None]]:
        """The terms with their replacements."""
        found: list[tuple[str, str | None]] = []
        for word in words:
            left, arrow, right = word.partition("→")
            if arrow and left.rstrip() == right.lstrip():
                self.problem(self.toml.line_of_word(word, line), f"“{word}”改前改后相同")
            found.append((left.rstrip(), right.lstrip()) if arrow else (word, None))
        return found

    def patterns(self, block: str, line: int) -> tuple[str, ...]:
        """The lines of ``patterns``, each compiled once to see that it can be."""
        import regex

        line = self.toml.line_of("patterns", line)
        lines = [entry.strip() for entry in block.split("\n")]
        for pattern in filter(None, lines):
            try:
                anywhere = any(regex.compile(pattern).search(text) for text in NOTHING)
            except (regex.error, MemoryError, RecursionError, OverflowError) as error:
                self.problem(self.toml.line_of_word(pattern, line), f"模式“{pattern}”写错了：{error or '没有尽头'}")
                continue
            if anywhere:
                self.problem(self.toml.line_of_word(pattern, line), f"模式“{pattern}”什么都能匹配，请写得更具体")
        return tuple(filter(None, lines))

    def edges(self, key: str, block: str, line: int) -> tuple[str, ...]:
        """The lines of ``before`` and the like, each compiled once to see that it can be; ``^`` and ``$`` are the text's own ends."""
        line = self.toml.line_of(key, line)
        lines = [entry.strip() for entry in block.split("\n")]
        for expression in filter(None, lines):
            where = self.toml.line_of_word(expression, line)
            try:
                compiled = re.compile(expression)
            except re.error as error:
                self.problem(where, f"{key} 里的“{expression}”写错了：{error}")
                continue
            if compiled.match("") and expression not in ("^", "$"):
                self.problem(where, f"{key} 里的“{expression}”什么都能匹配，请写得更具体")
            if re.search(r"(?<!\\)[*+](?!\+)", expression):
                self.problem(where, f"{key} 里的“{expression}”不能用 * 或 +，请写明次数，如 {{0,4}}")
        if not any(lines):
            self.problem(line, f"{key} 应写成 ''' 与 ''' 之间一行一个词")
        return tuple(filter(None, lines))

    def read_rule(self, table: dict[str, Any], line: int) -> None:
        """Check one ``[[rule]]`` and keep it if it is sound."""
        before = len(self.problems)
        if not self.typed(table, RuleTable, line, "规则"):
            return
        given = of(table, RuleTable)
        if not ID.match(given.id):
            self.problem(self.toml.line_of("id", line), f"规则号“{given.id}”应为 家族.名称，只用小写英文字母、数字和 -")
        if given.level.upper() not in Level.__members__:
            self.problem(self.toml.line_of("level", line), f"级别“{given.level}”只能是 note、review 或 block")
        pairs = self.pairs(self.terms(given, line, pairs=True), line)
        replaces = any(right for _, right in pairs)
        family = given.id.partition(".")[0]
        taken = {key: getattr(self.families.of(family), key) if getattr(given, key) is None else getattr(given, key) for key in TAKEN}
        # a harmful term is nowhere written with a figure in between for its own sake (全场满200减 is)
        folds = TYPED if family == "wording" or replaces else EVERY if taken["harmful"] else EVERY ^ Fold.LETTERS
        if given.fold is not None:
            folds = Fold.of(list(given.fold))
        lists: dict[str, Any] = {key: self.phrases(getattr(given, key), key, line) for key in PHRASES}
        lists |= {key: self.edges(key, getattr(given, key), line) for key in EDGES if key in table}
        patterns = self.patterns(given.patterns, line) if given.patterns else ()
        expressions, troubles = expressions_of(self.name, given.expressions, self.files)
        self.problems += troubles
        if len(self.problems) > before:
            return
        kept: dict[str, Any] = {key: getattr(given, key) for key in KEPT}
        kept |= {key: tuple(getattr(given, key)) for key in LISTED} | taken
        self.rules.append(
            Rule(
                **kept,
                **lists,
                level=Level.of(given.level),
                mask=given.mask if isinstance(given.mask, str) else (given.mask[0], given.mask[1]),
                terms=tuple(pairs),
                patterns=patterns,
                expressions=expressions,
                folds=folds,
                boundary=False if given.boundary is None and replaces else given.boundary,
                origin=f"{self.name}:{line}",
            )
        )

    def read_cue(self, table: dict[str, Any], line: int) -> None:
        """Check one ``[[cue]]`` and keep it if it is sound."""
        before = len(self.problems)
        if not self.typed(table, CueTable, line, "线索表"):
            return
        given = of(table, CueTable)
        words = self.terms(given, line, pairs=False)
        if not words:
            self.problem(line, f"线索表 {given.id} 没有词")
        if len(self.problems) == before:
            self.cues.append(Cues(given.id, tuple(words), given.label, given.trigger))


def shared_lists(files: Mapping[str, bytes], problems: list[str]) -> dict[str, tuple[str, ...]]:
    """A folder's shared lists by name; what is wrong with them goes to ``problems``."""
    return {
        match[1]: tuple(dict.fromkeys(listed(name, content, problems, pairs=False)))
        for name, content in files.items()
        if (match := SHARED.match(name))
    }
