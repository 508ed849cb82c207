"""The command reference, from the parsers themselves: every verb and action with every option."""

from __future__ import annotations

import argparse
import os
from collections.abc import Iterator
from importlib import import_module

from govmedia_screen.cli import VERBS, Parser


def parsers() -> Iterator[tuple[str, argparse.ArgumentParser]]:
    """Every verb and action with its parser."""
    for verb, told in VERBS.items():
        parser = Parser(prog=f"govmedia-screen {verb}", description=told)
        import_module(f"govmedia_screen.cli.{verb.replace('-', '_')}").add(parser)
        yield verb, parser
        for action in parser._actions:  # noqa: SLF001 - argparse tells of its actions in no other way
            if isinstance(action, argparse._SubParsersAction):  # noqa: SLF001
                for name, below in action.choices.items():
                    yield f"{verb} {name}", below


def page() -> str:
    """Every parser's own help."""
    os.environ["COLUMNS"] = "100"
    lines = [
        "# 命令",
        "",
        "由程序自己的用法生成。退出码：0 通过；1 有达到 `--fail-on` 的发现；2 用法、配置或输入有误。",
        "",
        "| 命令 | 做什么 |",
        "|---|---|",
        *(f"| [`{verb}`](#{verb}) | {told} |" for verb, told in VERBS.items()),
    ]
    for name, parser in parsers():
        level = "##" if " " not in name else "###"
        lines += [
            "",
            f"{level} govmedia-screen {name} {{ #{name.replace(' ', '-')} }}",
            "",
            "```text",
            parser.format_help().rstrip(),
            "```",
        ]
    return "\n".join(lines) + "\n"
