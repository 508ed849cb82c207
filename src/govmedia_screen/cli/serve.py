"""``govmedia-screen serve``: the HTTP service and its page."""

from __future__ import annotations

import argparse
import os
import tempfile
from typing import Any

from govmedia_screen.cli.options import add_profile
from govmedia_screen.errors import InputError, MissingExtra


def add(parser: argparse.ArgumentParser) -> None:
    """The verb's arguments."""
    parser.add_argument("--host", default="127.0.0.1", metavar="地址", help="监听的地址（缺省只有本机能访问）")
    parser.add_argument("--port", type=int, default=8642, metavar="端口", help="监听的端口（缺省 8642）")
    parser.add_argument("--keys", metavar="文件", help="密钥文件（TOML）；监听本机以外的地址时必须有")
    parser.add_argument("--new-key", metavar="名称", help="生成一个密钥，打印要写进密钥文件的一段，然后结束")
    parser.add_argument("--scope", action="append", default=[], metavar="权限", help="新密钥的权限，可重复（缺省 screen）")
    parser.add_argument("--tier", type=int, choices=(0, 1, 2, 3), default=0, help="新密钥的持有人可签发的级别")
    add_profile(parser)
    parser.add_argument("--reviews", metavar="文件", help="送审队列的数据库：文件（SQLite）或 postgresql:// 地址")
    parser.add_argument("--receipt-key", metavar="文件", help="给回执签名的密钥文件（至少 16 字节，由审核部门保管）")
    parser.add_argument("--workers", type=int, default=1, help="进程数（缺省 1）")
    parser.add_argument("--rate", type=int, default=0, metavar="次数", help="每个密钥每分钟最多几次（缺省不限）")
    parser.add_argument("--max-body", type=int, default=20, metavar="MB", help="一次请求最大多少 MB（缺省 20）")
    parser.add_argument("--timeout", type=float, default=30.0, metavar="秒", help="一次请求最长多少秒（缺省 30）")
    parser.add_argument(
        "--origin", action="append", default=[], metavar="来源", help="允许哪个网站的页面调用，如 https://cms.example.gov.cn，可重复"
    )
    parser.add_argument("--log", metavar="文件", help="访问日志写到哪里（缺省为标准错误）；日志里没有稿件文字")


def run(args: argparse.Namespace) -> int:
    """Serve until it is told to stop."""
    if args.new_key:
        return new_key(args)
    try:
        import uvicorn

        from govmedia_screen.server.app import build
        from govmedia_screen.server.logs import log_to
        from govmedia_screen.server.settings import Settings
    except ImportError as error:
        raise MissingExtra("serve", "server") from error
    settings = Settings(
        args.host, args.port, args.keys, args.profile, tuple(args.lexicons), args.reviews, args.receipt_key, max(1, args.workers), args.max_body << 20,
        rate=args.rate, timeout=args.timeout, origins=tuple(args.origin), log=args.log,
    )  # fmt: skip
    settings.check()
    log_to(settings.log)
    host = f"[{settings.host}]" if ":" in settings.host else settings.host
    print(f"govmedia-screen：http://{host}:{settings.port}/（Ctrl-C 结束）", flush=True)
    common: dict[str, Any] = {
        "host": settings.host,
        "port": settings.port,
        "log_config": None,
        "access_log": False,
        "server_header": False,
        "timeout_graceful_shutdown": 10,
    }
    if settings.workers == 1:
        uvicorn.run(build(settings), **common)
        return 0
    settings.store()
    with tempfile.TemporaryDirectory(prefix="govmedia-metrics-") as folder:
        os.environ["PROMETHEUS_MULTIPROC_DIR"] = folder
        build(settings)  # what is refused is refused here, in one sentence
        uvicorn.run("govmedia_screen.server.app:from_environment", factory=True, workers=settings.workers, **common)
    return 0


def new_key(args: argparse.Namespace) -> int:
    """Make a key; it is shown once, and the file holds its hash alone.

    Raises:
        InputError: there is no such scope.
    """
    from govmedia_screen.server.keys import SCOPES, made

    unknown = sorted(set(args.scope) - set(SCOPES))
    if unknown:
        raise InputError(f"没有权限 {'、'.join(unknown)}；可用：" + "；".join(f"{name} {text}" for name, text in SCOPES.items()))
    key, entry = made(args.new_key, args.scope or ["screen"], args.tier)
    print(f"密钥（只显示这一次，交给使用者）：\n{key}\n\n把下面一段写进密钥文件：\n{entry}", end="")
    return 0
