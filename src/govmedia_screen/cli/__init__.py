"""The command line ``govmedia-screen``; each verb is a module here and a thin twin of a public function.

A verb's module is imported when it is called and has ``HELP``, ``add(parser)`` and ``run(args)``.
"""

from __future__ import annotations

import gc
import os
import sys
from enum import IntEnum
from importlib import import_module

from govmedia_screen.cli.parser import Parser
from govmedia_screen.errors import ScreenError

#: Every verb, with the line that ``--help`` shows. Modules are cli/<verb>.py.
VERBS = {
    "check": "审查文件或标准输入",
    "hook": "git 钩子：install 装上 / uninstall 取下",
    "redact": "去标识化副本：docx、xlsx、txt、md、html",
    "baseline": "已接受的发现：update 接受 / show 列出",
    "serve": "网页与 HTTP 服务：打开浏览器就能审查",
    "lsp": "给编辑器的语言服务（标准输入输出）",
    "rules": "列出规则；rules show 规则号；rules --by-article 按条款列出",
    "lexicon": "词库：check 自查 / format 排版 / import / export / diff",
    "scan": "审查存量：文件夹、jsonl、csv、xlsx、parquet、sqlite",
    "inspect": "季度检查与通报（第二十一条）",
    "accounts": "核对账号登记表（第二条、第六至第十条）",
    "ledger": "审核台账：approve 审定 / return 退回 / show / verify（第十七条）",
    "profile": "方案：check / show / diff / list",
    "train": "用标注数据训练分类器",
    "evaluate": "用标注数据评测分类器",
    "completion": "命令补全脚本：bash / zsh / tcsh",
}


#: Verbs whose files name people: what they write is the user's alone.
PRIVATE = ("check", "redact", "scan", "inspect", "ledger", "accounts", "baseline")


class Exit(IntEnum):
    """What every verb answers."""

    PASS = 0
    FOUND = 1
    ERROR = 2


def main(argv: list[str] | None = None) -> int:
    """Run one verb.

    Returns:
        0 pass, 1 something at or above ``--fail-on``, 2 usage, configuration or unreadable input.
    """
    arguments = sys.argv[1:] if argv is None else argv
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    if not arguments or arguments[0] in ("-h", "--help"):
        print("用法：govmedia-screen 命令 …\n\n命令：")
        for verb, text in VERBS.items():
            print(f"  {verb:<10} {text}")
        print("\ngovmedia-screen 命令 --help 看用法。退出码：0 通过，1 有达到 --fail-on 的发现，2 用法、配置或输入有误。")
        return Exit.PASS if arguments else Exit.ERROR
    if arguments[0] in ("-V", "--version"):
        from govmedia_screen.cli.common import versions

        print(versions())
        return Exit.PASS
    # What is loaded now lives to the end: the collector would only walk through it again and again.
    gc.set_threshold(200_000)
    verb = arguments[0]
    if verb not in VERBS:
        from difflib import get_close_matches

        meant = get_close_matches(verb, VERBS, 1, 0.6)
        told = f"，是不是 {meant[0]}？" if meant else "；"
        print(f"govmedia-screen: 没有命令 {verb}{told}可用：{'、'.join(VERBS)}", file=sys.stderr)
        return Exit.ERROR
    if verb in PRIVATE:
        os.umask(os.umask(0) | 0o077)
    parser = Parser(prog=f"govmedia-screen {verb}", description=VERBS[verb])
    try:
        module = import_module(f"govmedia_screen.cli.{verb.replace('-', '_')}")
        module.add(parser)
        args = parser.parse_args(arguments[1:])
        return int(module.run(args))
    except ScreenError as error:
        print(f"govmedia-screen {verb}: {error}", file=sys.stderr)
        return Exit.ERROR
    except SystemExit as stop:  # argparse's own way out
        return int(stop.code or 0) if not isinstance(stop.code, str) else Exit.ERROR
    except BrokenPipeError:
        sys.stderr.close()
        return Exit.PASS
    except KeyboardInterrupt:
        print("govmedia-screen: 已中断", file=sys.stderr)
        return 130
    except Exception as error:  # the last net: 1 means that something was found, and nothing else
        if os.environ.get("GOVMEDIA_SCREEN_DEBUG"):
            raise
        print(f"govmedia-screen {verb}: {told_of(error)}", file=sys.stderr)
        return Exit.ERROR


def told_of(error: Exception) -> str:
    """An error that nobody expected, in one line."""
    import sqlite3

    if isinstance(error, OSError):
        from govmedia_screen.system.files import why

        return f"{error.filename + ': ' if isinstance(error.filename, str) else ''}读写出错（{why(error)}）"
    if isinstance(error, MemoryError):
        return "内存不足"
    if isinstance(error, sqlite3.Error):
        return f"清单读写出错（{error}）；如已损坏，请换一个输出目录，或删去其中的 catalogue.sqlite 重扫"
    return f"程序出错（{type(error).__name__}），没有结果；设 GOVMEDIA_SCREEN_DEBUG=1 可看详情，请报给维护者"
