"""Options that several verbs have, each declared here and nowhere else."""

from __future__ import annotations

import argparse


def add_profile(parser: argparse.ArgumentParser) -> None:
    """``--profile`` and ``--lexicons``: what an office screens with."""
    parser.add_argument("--profile", help="本单位的方案（TOML 文件或内置名）")
    add_lexicons(parser)


def add_lexicons(parser: argparse.ArgumentParser) -> None:
    """``--lexicons``, as often as an office has folders."""
    parser.add_argument("--lexicons", action="append", default=[], metavar="文件夹", help="本单位的词库文件夹，可重复")
