"""Read one lexicon file, and refuse what an editor cannot have meant, with file and line, in Chinese."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Mapping
from datetime import date
from typing import Any

from govmedia_screen.errors import LexiconError
from govmedia_screen.finding import Level
from govmedia_screen.lexicon.rule import EDGES, Cues, Rule
from govmedia_screen.matching.fold import EVERY, TYPED, Fold
from govmedia_screen.matching.variants import LABELS as VARIANTS

REQUIRED = ("id", "level", "message", "basis", "hit", "miss")
BLOCKS = ("terms", "unless", "near", "not_near")
#: A pattern that matches these would match anywhere.
NOTHING = ("", "，", "的")
RULE_KEYS = {
    *REQUIRED, *BLOCKS, *EDGES, "patterns", "suggestion", "words", "near_distance", "not_near_distance",
    "fold", "variants", "boundary", "context", "quoted", "since", "until",
}  # fmt: skip
CUE_KEYS = {"id", "label", "terms", "words", "trigger"}
ID = re.compile(r"[a-z][a-z0-9-]*(?:\.[a-z0-9][a-z0-9-]*)+\Z")
ARROW = re.compile(r"\s*→\s*")
AT_LINE = re.compile(r"\(at line (\d+), column \d+\)")
#: What an entry can have wrong, looked for in a whole block at once; only then is each entry looked at.
HIDDEN = "\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u2064\u2066-\u206f\ue000-\uf8ff\ufeff\ufff9-\ufffb"
SUSPECT = re.compile(
    rf"[{HIDDEN}，、；,;\U000e0000-\U000e007f]|^[ \t\u3000]*[\"“'‘＂]|^[ \t\u3000]*\S[ \t\u3000]*(?:→|$)|→.*→", re.MULTILINE
)
FULLWIDTH_QUOTES = re.compile("[“”‘’＂＇]")


class File:
    """One ``*.toml`` of a lexicon folder, read; problems are gathered, not raised one by one."""

    def __init__(self, name: str, files: Mapping[str, bytes]) -> None:
        self.name = name
        self.files = files
        self.problems: list[str] = []
        self.rules: list[Rule] = []
        self.cues: list[Cues] = []
        try:
            self.text = files[name].decode("utf-8-sig").replace("\r\n", "\n")
        except UnicodeDecodeError as error:
            raise LexiconError(f"{self.name}:1: 不是 UTF-8 编码（第 {error.start} 字节），请用记事本另存为 UTF-8") from None
        self.lines = self.text.split("\n")
        try:
            data = tomllib.loads(self.text)
        except tomllib.TOMLDecodeError as error:
            raise LexiconError(self.syntax(str(error))) from None
        for key in data.keys() - {"rule", "cue"}:
            self.problem(self.line_of(key), f"不认识的表“{key}”，只能用 [[rule]] 或 [[cue]]")
        heads = {kind: [i for i, line in enumerate(self.lines, 1) if line.strip() == f"[[{kind}]]"] for kind in ("rule", "cue")}
        for kind, read in (("rule", self.read_rule), ("cue", self.read_cue)):
            for number, table in enumerate(data.get(kind, [])):
                line = heads[kind][number] if number < len(heads[kind]) else 1
                read(table, line)

    def problem(self, line: int, message: str) -> None:
        """Note one problem."""
        self.problems.append(f"{self.name}:{line}: {message}")

    def line_of(self, key: str, after: int = 1) -> int:
        """The line on which a key is set, at or after a line."""
        for number in range(after, len(self.lines) + 1):
            line = self.lines[number - 1].strip()
            if number > after and line.startswith("[["):
                break
            if re.match(rf"{re.escape(key)}\s*=", line) or line == f"[{key}]":
                return number
        return after

    def syntax(self, error: str) -> str:
        """What is wrong with a file that is not TOML, and how to mend it."""
        found = AT_LINE.search(error)
        if found:
            number = int(found[1])
        else:  # “at end of document”: an open block, or a repeated key
            number = next((i for i in range(len(self.lines), 0, -1) if self.lines[i - 1].count("'''") % 2), len(self.lines))
        line = self.lines[number - 1] if number <= len(self.lines) else ""
        if FULLWIDTH_QUOTES.search(line):
            hint = '用了中文引号，请改成英文双引号 "'
        elif re.search("[：＝]", line.split('"')[0]):
            hint = "键后面用了全角冒号或等号，请改成英文 ="
        elif "end of document" in error or "'''" in line:
            hint = "这里的 ''' 没有配对，或同一个键写了两次"
        else:
            hint = "格式不对（应为 键 = 值；多行词表用 ''' 开头和结尾）"
        return f"{self.name}:{number}: {hint}：{line.strip()[:60]}"

    def entries(self, block: object, key: str, line: int, pairs: bool = False) -> list[str]:
        """The lines of the ``'''`` block that a rule beginning at a line sets, each looked at if anything in it is suspect."""
        if not isinstance(block, str):
            self.problem(self.line_of(key, line), f"{key} 应写成 ''' 与 ''' 之间一行一个词")
            return []
        words = [(number, word) for number, entry in enumerate(block.split("\n")) if (word := entry.strip(" \t\u3000"))]
        if not SUSPECT.search(block):
            return [word for _, word in words]
        line = self.line_of(key, line)
        opening = self.lines[line - 1].rstrip()
        begins = line + (opening.count("'''") == 1 and opening.endswith("'''"))  # TOML drops the first line end
        return [word for number, word in words if self.entry_is_sound(word, begins + number, pairs)]

    def entry_is_sound(self, word: str, line: int, pairs: bool, name: str | None = None) -> bool:
        """Whether an entry can be meant as it stands."""
        where = name or self.name

        def refuse(message: str) -> bool:
            self.problems.append(f"{where}:{line}: {message}")
            return False

        hidden = next((char for char in word if unicodedata.category(char) in {"Cf", "Cc", "Co"}), None)
        if hidden:
            return refuse(f"词条“{word}”里有不可见字符 U+{ord(hidden):04X}，请删去重输")
        left = ARROW.split(word)[0] if pairs else word
        if len(word) >= 2 and word[0] + word[-1] in ('""', "“”", "''", "‘’", "＂＂"):
            return refuse(f"词条“{word}”不要加引号，一行一个词即可")
        if pairs and len(ARROW.split(word)) > 2:
            return refuse(f"词条“{word}”有不止一个 →")
        if pairs and re.search("[，、；,;]", left) and len(left) < 40:
            return refuse(f"“{word}”像是几个词写在一行，请一行一个词")
        if pairs and len(left) < 2:
            return refuse(f"词条“{word}”只有一个字，容易误伤，请写完整的词")
        return True

    def word_file(self, name: str, line: int) -> list[str]:
        """The terms of a ``words/*.txt``, beside the file or at the top of the lexicon, one a line, ``#`` for remarks."""
        beside = f"{self.name.rpartition('/')[0]}/{name}".lstrip("/")
        name = beside if beside in self.files else name
        if name not in self.files:
            self.problem(self.line_of("words", line), f"找不到词表文件 {name}")
            return []
        try:
            content = self.files[name].decode("utf-8-sig").replace("\r\n", "\n")
        except UnicodeDecodeError as error:
            self.problems.append(f"{name}:1: 不是 UTF-8 编码（第 {error.start} 字节），请另存为 UTF-8")
            return []
        words = [
            (number, word)
            for number, entry in enumerate(content.split("\n"), 1)
            if (word := entry.strip(" \t\u3000")) and word != "#" and not word.startswith("# ")
        ]
        if not SUSPECT.search("\n".join([word for _, word in words])):
            return [word for _, word in words]
        return [word for number, word in words if self.entry_is_sound(word, number, True, name)]

    def terms(self, table: dict[str, Any], line: int) -> list[tuple[str, str | None]]:
        """All terms of a rule or cue list, with their replacements."""
        words = self.entries(table.get("terms", ""), "terms", line, pairs=True)
        files = table.get("words", [])
        for name in [files] if isinstance(files, str) else files:
            words += self.word_file(name, line)
        pairs: list[tuple[str, str | None]] = []
        for word in words:
            left, arrow, right = word.partition("→")
            if arrow and left.rstrip() == right.lstrip():
                self.problem(self.line_of_word(word, line), f"“{word}”改前改后相同")
            pairs.append((left.rstrip(), right.lstrip()) if arrow else (word, None))
        return pairs

    def patterns(self, block: object, line: int) -> tuple[str, ...]:
        """The lines of ``patterns``, each compiled once to see that it can be."""
        import regex

        line = self.line_of("patterns", line)
        lines = [entry.strip() for entry in block.split("\n")] if isinstance(block, str) else []
        for pattern in filter(None, lines):
            try:
                compiled = regex.compile(pattern)
            except regex.error as error:
                self.problem(self.line_of_word(pattern, line), f"模式“{pattern}”写错了：{error}")
                continue
            if any(compiled.search(text) for text in NOTHING):
                self.problem(self.line_of_word(pattern, line), f"模式“{pattern}”什么都能匹配，请写得更具体")
        return tuple(filter(None, lines))

    def edges(self, key: str, block: object, line: int) -> tuple[str, ...]:
        """The lines of ``before`` and the like, each compiled once to see that it can be; ``^`` and ``$`` are the text's own ends."""
        line = self.line_of(key, line)
        lines = [entry.strip() for entry in block.split("\n")] if isinstance(block, str) else []
        for expression in filter(None, lines):
            try:
                compiled = re.compile(expression)
            except re.error as error:
                self.problem(self.line_of_word(expression, line), f"{key} 里的“{expression}”写错了：{error}")
                continue
            if compiled.match("") and expression not in ("^", "$"):
                self.problem(self.line_of_word(expression, line), f"{key} 里的“{expression}”什么都能匹配，请写得更具体")
            if re.search(r"(?<!\\)[*+](?!\+)", expression):
                self.problem(self.line_of_word(expression, line), f"{key} 里的“{expression}”不能用 * 或 +，请写明次数，如 {{0,4}}")
        if not any(lines):
            self.problem(line, f"{key} 应写成 ''' 与 ''' 之间一行一个词")
        return tuple(filter(None, lines))

    def line_of_word(self, word: str, line: int) -> int:
        """The line on which a word stands alone, at or after a line."""
        return next((number for number in range(line, len(self.lines) + 1) if self.lines[number - 1].strip() == word), line)

    def read_rule(self, table: dict[str, Any], line: int) -> None:
        """Check one ``[[rule]]`` and keep it if it is sound."""
        before = len(self.problems)
        for key in table.keys() - RULE_KEYS:
            self.problem(self.line_of(key, line), f"规则 {table.get('id', '?')} 里有不认识的键“{key}”")
        for key in REQUIRED:
            if not table.get(key):
                self.problem(
                    line, f"规则 {table.get('id', '?')} 缺少 {key}" + ("（命中与不命中的例句都要有）" if key in {"hit", "miss"} else "")
                )
        if len(self.problems) > before:
            return
        if not ID.match(str(table["id"])):
            self.problem(self.line_of("id", line), f"规则号“{table['id']}”应为 家族.名称，只用小写英文字母、数字和 -")
        if str(table["level"]).upper() not in Level.__members__:
            self.problem(self.line_of("level", line), f"级别“{table['level']}”只能是 note、review 或 block")
        for key in ("hit", "miss"):
            if not isinstance(table[key], list) or not all(isinstance(item, str) for item in table[key]):
                self.problem(self.line_of(key, line), f'{key} 应写成 ["例句", "例句"]')
        for key, allowed in (("context", ("plain", "stance")), ("quoted", ("find", "skip"))):
            if table.get(key, allowed[0]) not in allowed:
                self.problem(self.line_of(key, line), f"{key} 只能是 {' 或 '.join(allowed)}")
        for key in ("since", "until"):
            if not isinstance(table.get(key, date.max), date):
                self.problem(self.line_of(key, line), f"{key} 应写成日期，如 {key} = 2027-12-31")
        pairs = self.terms(table, line)
        folds = TYPED if table["id"].startswith("wording.") or any(right for _, right in pairs) else EVERY
        if "fold" in table:
            try:
                folds = Fold.of(table["fold"])
            except (KeyError, AttributeError, TypeError) as error:
                self.problem(self.line_of("fold", line), f"fold 里有不认识的 {error}，可用：{'、'.join(EVERY.names)}")
        variants = table.get("variants", [])
        if not isinstance(variants, list) or not set(map(str, variants)) <= VARIANTS.keys():
            self.problem(self.line_of("variants", line), f'variants 应写成 ["pinyin", …]，可用：{"、".join(VARIANTS)}')
        blocks = {key: tuple(self.entries(table[key], key, line)) if key in table else () for key in BLOCKS[1:]}
        blocks |= {key: self.edges(key, table[key], line) for key in EDGES if key in table}
        patterns = self.patterns(table["patterns"], line) if "patterns" in table else ()
        if len(self.problems) > before:
            return
        boundary = table.get("boundary")
        if boundary is None and any(right for _, right in pairs):
            boundary = False
        self.rules.append(
            Rule(
                id=table["id"],
                level=Level.of(table["level"]),
                message=table["message"],
                basis=table["basis"],
                hit=tuple(table["hit"]),
                miss=tuple(table["miss"]),
                suggestion=table.get("suggestion"),
                terms=tuple(pairs),
                patterns=patterns,
                unless=blocks["unless"],
                before=blocks.get("before", ()),
                after=blocks.get("after", ()),
                not_before=blocks.get("not_before", ()),
                not_after=blocks.get("not_after", ()),
                near=blocks["near"],
                not_near=blocks["not_near"],
                near_distance=int(table.get("near_distance", 20)),
                not_near_distance=int(table.get("not_near_distance", 20)),
                folds=folds,
                variants=tuple(variants),
                boundary=boundary,
                context=table.get("context", "plain"),
                quoted=table.get("quoted", "find"),
                since=table.get("since"),
                until=table.get("until"),
                origin=f"{self.name}:{line}",
            )
        )

    def read_cue(self, table: dict[str, Any], line: int) -> None:
        """Check one ``[[cue]]`` and keep it if it is sound."""
        before = len(self.problems)
        for key in table.keys() - CUE_KEYS:
            self.problem(self.line_of(key, line), f"线索表 {table.get('id', '?')} 里有不认识的键“{key}”")
        if not isinstance(table.get("id"), str):
            self.problem(line, "线索表缺少 id")
        words = self.entries(table.get("terms", ""), "terms", line)
        for name in [table["words"]] if isinstance(table.get("words"), str) else table.get("words", []):
            words += self.word_file(name, line)
        if not words:
            self.problem(line, f"线索表 {table.get('id', '?')} 没有词")
        if len(self.problems) == before:
            self.cues.append(Cues(table["id"], tuple(words), table.get("label", ""), bool(table.get("trigger", False))))
