"""``govmedia-screen baseline``: accept what is found today, and look at what was accepted."""

from __future__ import annotations

import argparse
import sys
from datetime import date, timedelta
from pathlib import Path

from govmedia_screen.acceptance.baseline import Baseline
from govmedia_screen.cli.options import add_profile
from govmedia_screen.errors import InputError
from govmedia_screen.system.locks import locked

#: For how many days a finding is accepted if nothing else is said.
DAYS = 365


def add(parser: argparse.ArgumentParser) -> None:
    """The verb's arguments."""
    actions = parser.add_subparsers(dest="action", required=True, metavar="update|show")
    update = actions.add_parser("update", help="接受这些文件现有的全部发现；其中不再需要的条目随之清除")
    update.add_argument("files", nargs="+", metavar="文件", help="要接受其现有发现的稿件")
    update.add_argument("--baseline", required=True, metavar="文件", help="基线文件，没有就新建")
    update.add_argument("--why", required=True, help="接受的理由")
    update.add_argument("--who", help="谁接受的（缺省为 git 的 user.name，没有则登录名）")
    update.add_argument("--until", type=date.fromisoformat, metavar="日期", help=f"接受到哪天（缺省 {DAYS} 天后）")
    add_profile(update)
    update.set_defaults(kind=None, title=None)
    show = actions.add_parser("show", help="列出已接受的发现")
    show.add_argument("--baseline", required=True, metavar="文件", help="基线文件")


def run(args: argparse.Namespace) -> int:
    """Update or show a baseline."""
    return show(args) if args.action == "show" else update(args)


def show(args: argparse.Namespace) -> int:
    """One entry a line; those that have expired say so."""
    for entry in Baseline.load(args.baseline).entries.values():
        state = "已到期" if entry.until < date.today() else "至"
        print(f"{entry.file}\t{entry.rule}\t{entry.text}\t{entry.count} 处\t{entry.who}：{entry.why}\t{state} {entry.until}")
    return 0


def update(args: argparse.Namespace) -> int:
    """Screen the files and accept what is found.

    Raises:
        InputError: why or until say nothing, or the baseline cannot be read or written.
    """
    from govmedia_screen.acceptance.waivers import screened
    from govmedia_screen.cli.common import read_all, user
    from govmedia_screen.screener import Screener

    until = args.until or date.today() + timedelta(DAYS)
    if not args.why.strip():
        raise InputError("--why 应写明理由")
    if until < date.today():
        raise InputError(f"--until {until} 已经过去")
    documents, failed = read_all(args)
    if failed:
        return 2
    results, _ = screened(documents, Screener(args.profile, args.lexicons))
    path = Path(args.baseline)
    with locked(path.with_name(f".{path.name}.lock"), f"{path}: 另一个程序正在写基线"):
        old = Baseline.load(path) if path.exists() else Baseline()
        new = old.updated(results, args.who or user(), args.why, until)
        new.save(args.baseline)
    gained, lost = len(new.entries.keys() - old.entries.keys()), len(old.entries.keys() - new.entries.keys())
    print(f"{args.baseline}: 共 {len(new.entries)} 条，新增 {gained}，清除 {lost}", file=sys.stderr)
    return 0
