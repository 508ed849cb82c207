"""A TOML file with the lines on which its tables and keys stand, and what is wrong with one that is no TOML, in Chinese.

``tomllib`` gives values without places, and of a slip only what the grammar expected; editors need the line and the way out.
"""

from __future__ import annotations

import re
import tomllib
from typing import Any

from govmedia_screen.io import toml

AT_LINE = re.compile(r"\(at line (\d+), column \d+\)")
FULLWIDTH_QUOTES = re.compile("[“”‘’＂＇]")


class TomlText:
    """One file.

    Attributes:
        name: how messages name it.
        lines: its lines, without their ends.
        data: its content.

    Raises:
        ValueError: it is not UTF-8 or not TOML; the message is ``文件:行: 说明``.
    """

    def __init__(self, name: str, content: bytes) -> None:
        self.name = name
        try:
            text = content.decode("utf-8-sig").replace("\r\n", "\n")
        except UnicodeDecodeError as error:
            raise ValueError(f"{name}:1: 不是 UTF-8 编码（第 {error.start} 字节），请用记事本另存为 UTF-8") from None
        self.lines = text.split("\n")
        try:
            self.data: dict[str, Any] = toml.loads(text)
        except tomllib.TOMLDecodeError as error:
            raise ValueError(self.syntax(str(error))) from None

    def heads(self, kind: str) -> list[int]:
        """The lines on which the tables ``[[kind]]`` begin."""
        return [number for number, line in enumerate(self.lines, 1) if line.partition("#")[0].strip() == f"[[{kind}]]"]

    def head(self, kind: str, number: int) -> int:
        """The line on which the table ``[[kind]]`` of that number, from 0, begins; 1 if it is written in another way."""
        heads = self.heads(kind)
        return heads[number] if number < len(heads) else 1

    def line_of(self, key: str, after: int = 1) -> int:
        """The line on which a key is set, at or after a line, in the same table."""
        for number in range(after, len(self.lines) + 1):
            line = self.lines[number - 1].strip()
            if number > after and line.startswith("[["):
                break
            if re.match(rf"{re.escape(key)}\s*=|\"{re.escape(key)}\"\s*=", line) or line == f"[{key}]":
                return number
        return after

    def line_of_word(self, word: str, line: int) -> int:
        """The line on which a word stands alone, at or after a line; that line itself if the word is quoted there."""
        if f'"{word}"' in self.lines[line - 1]:
            return line
        return next((number for number in range(line, len(self.lines) + 1) if self.lines[number - 1].strip() == word), line)

    def line_in(self, table: str, key: str) -> int:
        """The line on which ``[table]`` sets a key; that of the table, or 1, if it is written in another way."""
        start = self.line_of(table)
        for number in range(start + 1, len(self.lines) + 1):
            line = self.lines[number - 1].strip()
            if line.startswith("["):
                break
            if re.match(rf"\"?{re.escape(key)}\"?\s*=", line):
                return number
        return start

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
