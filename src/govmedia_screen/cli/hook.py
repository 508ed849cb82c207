"""``govmedia-screen hook``: screen what git is about to commit or push."""

from __future__ import annotations

import argparse
import os
import sys
from fnmatch import fnmatchcase
from pathlib import Path

from govmedia_screen import git_hooks as hooks
from govmedia_screen.cli.common import coloured
from govmedia_screen.cli.options import add_profile
from govmedia_screen.documents import WORD, Document, parse
from govmedia_screen.errors import InputError, MissingExtra
from govmedia_screen.finding import Level
from govmedia_screen.system import lazy

REFUSED = {
    "pre-commit": "审查未通过，没有提交。",
    "pre-merge-commit": "审查未通过，没有完成合并。",
    "pre-push": "审查未通过，没有推送。",
}
#: Files that are published beside posts and hold text that is not read here.
ATTACHED = (".pdf", ".doc", ".wps", ".rtf", ".odt", ".ofd", ".xls", ".xlsx", ".et", ".ods", ".ppt", ".pptx", ".dps", ".odp")
HAN = lazy.pattern("[\u4e00-\u9fff]{2}")


def add(parser: argparse.ArgumentParser) -> None:
    """The verb's arguments."""
    actions = parser.add_subparsers(dest="action", required=True, metavar="install|uninstall|run")
    install = actions.add_parser("install", help="装上钩子；原有的钩子保留，先于审查运行")
    uninstall = actions.add_parser("uninstall", help="取下钩子，恢复原有的")
    run_hook = actions.add_parser("run", help="由钩子调用：审查暂存的或要推送的文件")
    for one in (install, uninstall):
        one.add_argument(
            "--type",
            action="append",
            choices=hooks.NAMES,
            help="哪个钩子，可重复（install 缺省 pre-commit 和 pre-merge-commit，uninstall 缺省全部）",
        )
    run_hook.add_argument("name", choices=hooks.NAMES)
    run_hook.add_argument("--remote", default="origin", help="git 给 pre-push 的远端名")
    for one in (install, run_hook):
        one.add_argument("--fail-on", choices=[str(level) for level in Level], default="review", help="达到该级别即拦下（缺省 review）")
        add_profile(one)
        one.add_argument("--baseline", metavar="文件", help="已接受的发现")
        one.add_argument("--include", action="append", metavar="通配", help="只审查这些文件，如 '稿件/*'，可重复")
        one.add_argument("--exclude", action="append", metavar="通配", help="不审查这些文件，如 'docs/*'，可重复")


def run(args: argparse.Namespace) -> int:
    """Install, uninstall or run."""
    if args.action == "run":
        return screen(args)
    if args.action == "install":
        tried(args)
        for name in args.type or hooks.USUAL:
            print(f"已装上 {hooks.install(name, options(args))}", file=sys.stderr)
        return 0
    gone = [name for name in args.type or hooks.NAMES if hooks.uninstall(name)]
    print(f"已取下 {'、'.join(gone)}" if gone else "没有装过审查钩子", file=sys.stderr)
    return 0


def tried(args: argparse.Namespace) -> None:
    """Read the profile, the lexicons and the baseline once, so that a mistyped name is told now and not at the next commit.

    Raises:
        InputError: one of them is missing or wrong.
    """
    if args.profile or args.lexicons:
        from govmedia_screen.screener import Screener

        Screener(args.profile, args.lexicons)
    if args.baseline:
        from govmedia_screen.acceptance.baseline import Baseline

        Baseline.load(args.baseline)


def options(args: argparse.Namespace) -> list[str]:
    """The arguments that the script gives ``hook run``; files are named from the top of the repository, where git runs hooks."""
    top = Path(os.fsdecode(hooks.git("rev-parse", "--show-toplevel").rstrip(b"\r\n")))

    def seen_from_top(name: str) -> str:
        return Path(os.path.relpath(name, top)).as_posix() if Path(name).exists() else name

    result = ["--fail-on", args.fail_on]
    if args.profile:
        result += ["--profile", seen_from_top(args.profile)]
    for folder in args.lexicons:
        result += ["--lexicons", seen_from_top(folder)]
    if args.baseline:
        result += ["--baseline", seen_from_top(args.baseline)]
    for option in ("include", "exclude"):
        for pattern in getattr(args, option) or ():
            result += [f"--{option}", pattern]
    return result


def wanted(name: str, args: argparse.Namespace) -> bool:
    """Whether a file is one that this hook is to look at; what screening is set up with is not."""
    own = [Path(os.path.normpath(one)) for one in (args.profile, args.baseline, *(args.lexicons)) if one]
    if any(Path(name).is_relative_to(one) for one in own):
        return False
    included = not args.include or any(fnmatchcase(name, pattern) for pattern in args.include)
    return included and not any(fnmatchcase(name, pattern) for pattern in args.exclude or ())


def screen(args: argparse.Namespace) -> int:
    """Screen what git is about to take; says nothing unless something reaches ``--fail-on``.

    Returns:
        0 to go on, 1 if something was found, 2 if a post cannot be read.
    """
    blobs = hooks.pushed(map(os.fsdecode, sys.stdin.buffer), args.remote) if args.name == "pre-push" else hooks.staged()
    blobs = [blob for blob in blobs if wanted(blob.name, args)]
    if not blobs:
        return 0
    documents, failed = documents_of(blobs)
    from govmedia_screen.acceptance.baseline import Baseline
    from govmedia_screen.acceptance.waivers import screened
    from govmedia_screen.screener import Screener

    baseline = Baseline.load(args.baseline) if args.baseline else None
    results, _ = screened(documents, Screener(args.profile, args.lexicons), baseline)
    limit = Level.of(args.fail_on)
    refused = [(document, report) for document, report in results if report.decision >= limit or report.at_least(limit)]
    if refused:
        from govmedia_screen.render.text import render
        from govmedia_screen.report.shown import shown

        print(render([(document, shown(report)) for document, report in refused], colour=coloured(sys.stderr)), file=sys.stderr)
    if refused or failed:
        print(REFUSED[args.name], file=sys.stderr)
    return 2 if failed else int(bool(refused))


def documents_of(blobs: list[hooks.Blob]) -> tuple[list[Document], bool]:
    """The posts, and whether one of them cannot be read; Word files wait until their extra is installed.

    A file whose name does not say that it is a post is one if it is Chinese text. A text with a NUL
    byte is screened and refused: other programs take it for binary and do not show it.
    """
    documents, failed = [], False
    for blob, data in hooks.contents(blobs):
        try:
            document = parse(data, blob.name)
        except (InputError, MissingExtra) as error:
            waits = isinstance(error, MissingExtra) and blob.name.lower().endswith(WORD)
            if not blob.is_post:
                waits = True
                if not blob.name.lower().endswith(ATTACHED):
                    continue
                error = InputError("本程序不读这种文件")
            print(f"govmedia-screen hook: {blob.name} 没有审查：{error}" if waits else f"govmedia-screen hook: {error}", file=sys.stderr)
            failed = failed or not waits
            continue
        if not blob.is_post and not HAN.search(document.text):
            continue
        documents.append(document)
        if "\0" in document.text:
            print(f"govmedia-screen hook: {blob.name}: 不是文本文件（含空字节），请另存为 UTF-8 文本", file=sys.stderr)
            failed = True
    return documents, failed
