"""Parser: argparse whose help and errors are Chinese, and which names the option that was meant."""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterator
from difflib import get_close_matches
from typing import Any

#: argparse's messages (Python 3.11–3.14), and ours. Groups are put in by number.
MESSAGES = tuple(
    (re.compile(pattern, re.DOTALL), told)
    for pattern, told in (
        (r"the following arguments are required: (.*)", "缺少 {0}"),
        (r"one of the arguments (.*) is required", "须有其中一个：{0}"),
        (r"argument (.*?): not allowed with argument (.*)", "{0} 不能与 {1} 同用"),
        (r"argument (.*?): invalid \w+ value: (.*)", "{0} 的值不对：{1}"),
        (r"argument (.*?): expected one argument", "{0} 后面须有一个值"),
        (r"argument (.*?): expected at least one argument", "{0} 后面至少须有一个值"),
        (r"argument (.*?): expected at most one argument", "{0} 后面至多一个值"),
        (r"argument (.*?): expected (\d+) arguments?", "{0} 后面须有 {1} 个值"),
        (r"argument (.*?): ignored explicit argument (.*)", "{0} 不带值，多了 {1}"),
        (r"ambiguous option: (\S+) could match (.*)", "{0} 不明确，可能是 {1}"),
    )
)
UNKNOWN = re.compile(r"unrecognized arguments: (.*)", re.DOTALL)
CHOICE = re.compile(r"argument (.*?): invalid choice: (.*?) \((?:choose from )(.*)\)", re.DOTALL)
#: How alike two names are, from 0 to 1, for one to be taken for a slip of the other.
ALIKE = 0.6


class Parser(argparse.ArgumentParser):
    """A parser in Chinese whose usage errors exit with 2, as argparse's own do, in one line."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["add_help"] = False  # its help text is English
        super().__init__(*args, **kwargs)
        self._positionals.title, self._optionals.title = "参数", "选项"
        self.add_argument("-h", "--help", action="help", help="显示本说明")

    def format_help(self) -> str:
        """The help, with 用法 in front."""
        return super().format_help().replace("usage: ", "用法：", 1)

    def error(self, message: str) -> None:  # type: ignore[override]
        """Print the usage error and stop."""
        self.exit(2, f"{self.prog}: {told(message, self)}（见 {self.prog} --help）\n")


def told(message: str, parser: argparse.ArgumentParser) -> str:
    """An error of argparse in Chinese, with the name that was meant; as it is if nobody knows it."""
    if unknown := UNKNOWN.fullmatch(message):
        words = unknown[1].split()
        name = next((word for word in words if word.startswith("-")), "")
        if not name:
            return f"多出来的参数：{unknown[1]}"
        return f"没有选项 {name.partition('=')[0]}{meant(name.partition('=')[0], options(parser))}"
    if choice := CHOICE.fullmatch(message):
        name = choice[2].strip("'\"")
        choices = [one.strip(" '\"") for one in choice[3].split(",")]
        where = f"{choice[1]} " if choice[1].startswith("-") else ""
        return f"{where}没有 {name}{meant(name, choices) or '；'}可用：{'、'.join(choices)}"
    for pattern, text in MESSAGES:
        if match := pattern.fullmatch(message):
            return text.format(*match.groups())
    return message


def meant(name: str, names: list[str]) -> str:
    """；是不是 …？ with the nearest name, or nothing."""
    bare = {one.lstrip("-"): one for one in names}  # the dashes are alike in all of them
    near = get_close_matches(name.lstrip("-"), bare, 1, ALIKE)
    return f"，是不是 {bare[near[0]]}？" if near else ""


def options(parser: argparse.ArgumentParser) -> list[str]:
    """Every long option of a parser and of the parsers under it."""
    return sorted({name for one in parsers(parser) for action in actions(one) for name in action.option_strings if name.startswith("--")})


def parsers(parser: argparse.ArgumentParser) -> Iterator[argparse.ArgumentParser]:
    """A parser and those under it."""
    yield parser
    for action in actions(parser):
        if isinstance(action.choices, dict):
            for one in action.choices.values():
                if isinstance(one, argparse.ArgumentParser):
                    yield from parsers(one)


def actions(parser: argparse.ArgumentParser) -> list[argparse.Action]:
    """What a parser takes; argparse has no public name for it."""
    return parser._actions  # noqa: SLF001
