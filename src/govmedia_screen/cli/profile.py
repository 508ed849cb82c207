"""``govmedia-screen profile``: check, show and compare profiles."""

from __future__ import annotations

import argparse

from govmedia_screen.cli.options import add_lexicons
from govmedia_screen.errors import InputError, ProfileError

ACTIONS = {
    "check": "自查：键、级别、规则号、家族名、豁免到期",
    "show": "合并后的全部内容",
    "diff": "两个方案的不同之处",
    "list": "内置方案",
}


def add(parser: argparse.ArgumentParser) -> None:
    """The verb's arguments."""
    parser.add_argument("action", choices=ACTIONS, help="；".join(f"{name} {text}" for name, text in ACTIONS.items()))
    parser.add_argument("profiles", nargs="*", metavar="方案", help="TOML 文件或内置名（缺省 default）")
    add_lexicons(parser)


def run(args: argparse.Namespace) -> int:
    """Check, show or compare.

    Returns:
        check: 1 if there are problems; diff: 1 if the profiles differ; else 0.
    """
    from govmedia_screen.lexicon_tools.profiles import differences, lines_of, problems
    from govmedia_screen.profile import shipped

    names = args.profiles or ["default"]
    if args.action == "list":
        print("\n".join(shipped()))
        return 0
    if args.action == "show":
        for name in names:
            print("\n".join(lines_of(name)))
        return 0
    if args.action == "diff":
        if len(names) != 2:
            raise InputError("profile diff 要两个方案，如 profile diff default 本单位.toml")
        found = differences(*names)
        print("\n".join(found) if found else "没有不同")
        return int(bool(found))
    wrong = []
    for name in names:
        try:
            wrong += problems(name, args.lexicons)
        except ProfileError as error:
            wrong.append(str(error))
    print("\n".join([*wrong, f"{len(names)} 个方案，{len(wrong)} 个问题"]))
    return int(bool(wrong))
