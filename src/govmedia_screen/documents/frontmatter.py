"""Front matter of Markdown: YAML between ``---`` lines, TOML between ``+++`` lines, each value with its place in the file."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from govmedia_screen.documents.fields import ESCAPE, Field
from govmedia_screen.documents.places import Builder, Places, whole
from govmedia_screen.errors import InputError, MissingExtra
from govmedia_screen.finding import Positions
from govmedia_screen.io import toml
from govmedia_screen.system import lazy

if TYPE_CHECKING:
    import yaml

FENCE = lazy.pattern(r"(---|\+\+\+)[ \t]*(?:\r\n|\r|\n)")
CLOSING = {
    "---": lazy.pattern(r"^(?:---|\.\.\.)[ \t]*(?:\r\n|\r|\n|\Z)", re.MULTILINE),
    "+++": lazy.pattern(r"^\+\+\+[ \t]*(?:\r\n|\r|\n|\Z)", re.MULTILINE),
}
#: The first line of a block that is meant as YAML, not prose between two rules.
ENTRY = lazy.pattern(r"(?:[ \t]*(?:#.*)?(?:\r\n|\r|\n))*+[\w\"'-][^\r\n:]{0,80}:(?:[ \t\r\n]|\Z)")
ASSIGNED = lazy.pattern(r"""^[ \t]*(?:"([^"\r\n]+)"|'([^'\r\n]+)'|([\w-]+))[ \t]*=[ \t]*""", re.MULTILINE)
#: What stands before the text of a scalar: quotes, or the header of a block.
OPENING = lazy.pattern(r"""(?:'''|\"\"\")(?:\r\n|\n)|['"]|[|>][^\r\n]*(?:\r\n|\r|\n)""")
#: Longer front matter is none, in code points.
LONGEST = 200_000
TABLE = lazy.pattern(r"^[ \t]*\[", re.MULTILINE)


def split(text: str, name: str) -> tuple[list[Field], int]:
    """The fields of a file's front matter and the offset at which its body begins; none and 0 without front matter.

    Raises:
        InputError: the front matter cannot be read, with file and line.
        MissingExtra: it is YAML and PyYAML is not installed.
    """
    fence = FENCE.match(text)
    closing = CLOSING[fence[1]].search(text, fence.end()) if fence else None
    if not fence or not closing:
        return [], 0
    begin, inside = fence.end(), text[fence.end() : closing.start()]
    if fence[1] == "+++":
        return toml_fields(text, inside, begin, name), closing.end()
    if inside.strip() and not ENTRY.match(inside):
        return [], 0
    return yaml_fields(text, inside, begin, name), closing.end()


def yaml_fields(text: str, inside: str, begin: int, name: str) -> list[Field]:
    """The top-level entries of a YAML mapping; scalars stay as written (``NO`` and ``010`` are texts)."""
    try:
        import yaml
    except ImportError:
        raise MissingExtra("读取 Markdown 的 YAML 文件头", "documents") from None
    if len(inside) > LONGEST:
        raise InputError(f"{name}:1: 文件头超过 {LONGEST} 字，请移到正文")
    try:
        if "*" in inside and any(isinstance(event, yaml.AliasEvent) for event in yaml.parse(inside, Loader=yaml.SafeLoader)):
            raise InputError(f"{name}:1: 文件头不支持 YAML 引用（*名字）")
        node = yaml.compose(inside, Loader=yaml.SafeLoader)
    except RecursionError:
        raise InputError(f"{name}:1: 文件头嵌套过深") from None
    except yaml.MarkedYAMLError as error:
        line = min((mark.line for mark in (error.context_mark, error.problem_mark) if mark), default=0)
        why = reason(inside.splitlines()[line : line + 1], str(error.problem))
        raise InputError(f"{name}:{line + 2}: 文件头不是有效的 YAML（{why}）") from None
    except yaml.YAMLError as error:
        raise InputError(f"{name}:1: 文件头不是有效的 YAML（{str(error).splitlines()[0]}）") from None
    if node is None:
        return []
    if not isinstance(node, yaml.MappingNode):
        raise InputError(f"{name}:1: 文件头应为“键: 值”，一行一项")
    fields, seen = [], set()
    for key, value in node.value:
        line = key.start_mark.line + 2
        if not isinstance(key, yaml.ScalarNode):
            raise InputError(f"{name}:{line}: 文件头应为“键: 值”，一行一项")
        if key.value in seen:
            raise InputError(f"{name}:{line}: 文件头里 {key.value} 写了两次")
        seen.add(key.value)
        if isinstance(value, yaml.ScalarNode):
            first, last = begin + value.start_mark.index, begin + value.end_mark.index
            missing = value.style is None and value.tag == "tag:yaml.org,2002:null"
            fields.append(Field(str(key.value), None if missing else value.value, line, aligned(text, value.value, first, last)))
        else:
            written, spots = gathered(value, text, begin)
            fields.append(Field(str(key.value), plain(value), line, spots, written))
    return fields


def gathered(node: yaml.Node, text: str, begin: int) -> tuple[str, Places]:
    """All texts of a list or table, one a line, and where they stand in the file."""
    import yaml

    builder = Builder()
    waiting = [node]
    while waiting:
        one = waiting.pop()
        if isinstance(one, yaml.ScalarNode):
            if builder.size:
                builder.add("\n")
            builder.extend(one.value, aligned(text, one.value, begin + one.start_mark.index, begin + one.end_mark.index))
        elif isinstance(one, yaml.MappingNode):
            waiting += [value for _, value in reversed(one.value)]
        else:
            waiting += reversed(one.value)
    return builder.finish()


def reason(lines: list[str], problem: str) -> str:
    """What is wrong with a line, for an editor, and the way out."""
    written = lines[0] if lines else ""
    key, colon, value = written.partition(": ")
    if colon and (": " in value or value.lstrip()[:1] in "[{&*!|>%@`\"'#"):
        return f'值里有冒号、括号等记号，请给整个值加引号：{key.strip()}: "{value.strip()[:20]}…"'
    if "：" in written:
        return "冒号应为半角，后面空一格"
    return f"{problem}；值里有记号时请给整个值加引号"


def plain(node: yaml.Node) -> Any:
    """A node as lists, dictionaries and texts."""
    import yaml

    if isinstance(node, yaml.SequenceNode):
        return [plain(one) for one in node.value]
    if isinstance(node, yaml.MappingNode):
        return {str(plain(key)): plain(value) for key, value in node.value}
    return node.value


def toml_fields(text: str, inside: str, begin: int, name: str) -> list[Field]:
    """The top-level entries of a TOML document."""
    try:
        data = toml.loads(inside)
    except tomllib.TOMLDecodeError as error:
        told = re.search(r"line (\d+)", str(error))
        raise InputError(f"{name}:{int(told[1]) + 1 if told else 1}: 文件头不是有效的 TOML（{error}）") from None
    table = TABLE.search(inside)
    written = {match[1] or match[2] or match[3]: match for match in ASSIGNED.finditer(inside, 0, table.start() if table else len(inside))}
    positions = Positions(text)
    fields = []
    for key, value in data.items():
        match = written.get(key)
        first = begin + (match.end() if match else 0)
        line = positions.line_column(begin + match.start() if match else begin)[0]
        if isinstance(value, str):
            fields.append(Field(key, value, line, aligned(text, value, first, begin + len(inside)) if match else None))
        else:
            texts = "\n".join(leaves(value)) if isinstance(value, (list, dict)) else None
            fields.append(Field(key, value.isoformat() if hasattr(value, "isoformat") else value, line, None, texts))
    return fields


def leaves(value: Any) -> Iterator[str]:
    """The texts in a list or table."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, (list, dict)):
        for one in value.values() if isinstance(value, dict) else value:
            yield from leaves(one)


def aligned(text: str, value: str, first: int, last: int) -> Places:
    """Where the characters of a decoded scalar stand between two offsets of the file, its quotes or header included.

    Walks both side by side: equal characters are copies, escapes and folded line breaks stand
    for what they became, and indentation is passed over.
    """
    opening = OPENING.match(text, first, last)
    mark, first = (opening[0][:1], opening.end()) if opening else ("", first)
    if text.startswith(value, first):
        return whole(value, first)
    builder, place = Builder(), 0
    for match in ESCAPE.finditer(text, first, last):
        if place == len(value):
            break
        written, want = match[0], value[place]
        unescaped = mark == '"' and written[0] == "\\" and escaped(written) == want
        doubled = mark == "'" and written == "''" and want == "'"
        if unescaped or doubled or (written, want) == ("\r", "\n"):
            builder.add(want, match.start(), match.end())
            place += 1
        elif written.isspace() and want.isspace():
            run = len(value[place:]) - len(value[place:].lstrip())
            builder.add(value[place : place + run], match.start(), match.end())
            place += run
        else:
            for offset, char in enumerate(written):
                if place < len(value) and char == value[place]:
                    builder.add(char, match.start() + offset)
                    place += 1
    if place < len(value):
        builder = Builder()
        builder.add(value, first, last)
    return builder.finish()[1]


def escaped(written: str) -> str:
    """What an escape of a double-quoted scalar stands for."""
    simple = {
        "n": "\n",
        "t": "\t",
        "r": "\r",
        "0": "\0",
        "e": "\x1b",
        "b": "\b",
        "f": "\f",
        "_": "\xa0",
        "N": "\x85",
        "L": "\u2028",
        "P": "\u2029",
    }
    if len(written) > 2 and written[1] in "xuU":
        return chr(int(f"0x{written[2:]}", 0))
    return simple.get(written[1], written[1])
