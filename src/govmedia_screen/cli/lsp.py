"""``govmedia-screen lsp``: the language server, over standard input and output."""

from __future__ import annotations

import argparse

from govmedia_screen.errors import MissingExtra


def add(parser: argparse.ArgumentParser) -> None:
    """The verb's arguments: none that matter; editors may say ``--stdio``."""
    parser.add_argument("--stdio", action="store_true", help="用标准输入输出（本来就是）")


def run(_: argparse.Namespace) -> int:
    """Serve until the client says exit.

    Raises:
        MissingExtra: pygls is not installed.
    """
    try:
        from govmedia_screen.lsp.server import build
    except ImportError as error:
        if error.name and error.name.partition(".")[0] in ("pygls", "lsprotocol", "cattrs"):
            raise MissingExtra("语言服务", "lsp") from None
        raise
    build().start_io()
    return 0
