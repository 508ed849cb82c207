"""``govmedia-screen lexicon``: check, format, import, export and compare lexicons."""

from __future__ import annotations

import argparse
from pathlib import Path

from govmedia_screen.errors import InputError, LexiconError

ACTIONS = {
    "check": "check [文件夹…]：自查格式、重复、每个词条能否找到自己、例句是否如所写（缺省自查随包词库）",
    "format": "format 文件夹：整理词表（编码、空白、重复、排序）",
    "import": "import 词表 文件夹 规则号：从 txt、csv、xlsx 导入成一条规则",
    "export": "export 目标文件 [文件夹…]：导出成 xlsx、csv 或 txt",
    "diff": "diff 旧文件夹 新文件夹 [稿件…]：换词库会在这些稿件上改变什么（- 表示只用随包词库）",
}


def add(parser: argparse.ArgumentParser) -> None:
    """The verb's arguments."""
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.description = "\n".join(ACTIONS.values())
    parser.add_argument("action", choices=ACTIONS, metavar="动作", help="、".join(ACTIONS))
    parser.add_argument("arguments", nargs="*", metavar="参数", help="动作所需的文件、文件夹、规则号，见上")


def run(args: argparse.Namespace) -> int:
    """Do what the action says; 1 if the check finds problems."""
    given: list[str] = args.arguments
    need = {"format": 1, "import": 3, "export": 1, "diff": 2}.get(args.action, 0)
    if len(given) < need:
        raise InputError(f"用法：govmedia-screen lexicon {ACTIONS[args.action]}")
    if args.action == "check":
        return prove(given)
    from govmedia_screen.lexicon_tools import edit as tools
    from govmedia_screen.screener import Screener

    if args.action == "format":
        if not Path(given[0]).is_dir():
            raise InputError(f"{given[0]}: 找不到词库文件夹")
        changed = tools.format_folder(given[0])
        print("\n".join(f"已整理 {name}" for name in changed) or "无需整理")
    elif args.action == "import":
        taken, left = tools.bring_in(*given[:3])
        print(f"导入 {taken} 词到 {given[1]}，规则 {given[2]}")
        for one in left:
            print(f"  未导入 {one}")
    elif args.action == "export":
        print(f"导出 {tools.take_out(Screener(lexicons=given[1:]).rules, given[0])} 行到 {given[0]}")
    else:
        from govmedia_screen.documents import read

        old, new = (Screener(lexicons=[] if name == "-" else [name]) for name in given[:2])
        posts = [
            read(path).post
            for name in given[2:]
            for path in (sorted(p for p in Path(name).rglob("*") if p.is_file()) if Path(name).is_dir() else [name])
        ]
        print("\n".join(tools.compare(old, new, posts)))
    return 0


def prove(folders: list[str]) -> int:
    """Check the lexicons; every problem on a line of its own."""
    from govmedia_screen.lexicon_tools.check import check

    try:
        problems, summary = check(folders)
    except LexiconError as error:
        problems, summary = list(error.problems), ""
    for problem in problems:
        print(problem)
    print(f"{summary}，{len(problems)} 个问题" if summary else f"{len(problems)} 个问题")
    return int(bool(problems))
