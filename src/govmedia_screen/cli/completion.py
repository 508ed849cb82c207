"""``govmedia-screen completion``: the script by which a shell completes verbs, options and files (shtab)."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from importlib import import_module

from govmedia_screen.cli.parser import Parser, actions, parsers
from govmedia_screen.errors import MissingExtra

SHELLS = ("bash", "zsh", "tcsh")


def add(parser: argparse.ArgumentParser) -> None:
    """The verb's arguments."""
    parser.add_argument(
        "shell", choices=SHELLS, metavar="|".join(SHELLS), help='哪种 shell；bash：eval "$(govmedia-screen completion bash)"'
    )


def run(args: argparse.Namespace) -> int:
    """Print the script.

    Raises:
        MissingExtra: shtab is not installed.
    """
    try:
        import shtab
    except ImportError as error:
        raise MissingExtra("命令补全", "completion") from error
    print(shtab.complete(whole(shtab.FILE, shtab.DIRECTORY), args.shell))
    return 0


def whole(file: object, folder: object) -> argparse.ArgumentParser:
    """One parser of all verbs, whose files and folders are completed from the disk."""
    from govmedia_screen.cli import VERBS

    parser = Parser(prog="govmedia-screen", description="政务新媒体稿件审查")
    parser.add_argument("-V", "--version", action="store_true", help="版本")
    verbs = parser.add_subparsers(dest="verb")
    for verb, text in VERBS.items():
        import_module(f"govmedia_screen.cli.{verb}").add(verbs.add_parser(verb, help=text))
    for one in parsers(parser):
        for action in actions(one):
            if isinstance(action.choices, Mapping) and action.nargs != argparse.PARSER:
                action.choices = tuple(action.choices)  # shtab takes every mapping for verbs
            if not action.choices and action.metavar in ("文件", "文件夹"):
                action.complete = file if action.metavar == "文件" else folder  # type: ignore[attr-defined]  # shtab reads it
    return parser
