"""``govmedia-screen redact``: copies of files with personal data, secrets and credentials masked."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from govmedia_screen.cli.options import add_profile
from govmedia_screen.errors import InputError, ScreenError
from govmedia_screen.post import KINDS
from govmedia_screen.system.files import read_regular, write_whole


def add(parser: argparse.ArgumentParser) -> None:
    """The verb's arguments."""
    parser.add_argument("files", nargs="+", metavar="文件", help="docx、xlsx、txt、md、html；- 为标准输入的文本")
    parser.add_argument("-o", "--output", required=True, metavar="文件", help="写到哪里；多个文件时为文件夹，- 为标准输出")
    add_profile(parser)
    parser.add_argument("--kind", choices=KINDS, default="article", help="文种（缺省 article）")
    parser.add_argument("--families", metavar="家族", help="隐去哪些家族的发现，逗号分隔（缺省 按词库所说：个人信息、保密、账号密码）")
    parser.add_argument("--mask", default="＊", metavar="字符", help="遮盖用的一个字符（缺省 ＊）")


def run(args: argparse.Namespace) -> int:
    """Write the copies.

    Returns:
        1 if something could not be masked or looked at, 2 if a file could not be read, else 0.
    """
    from govmedia_screen.copies.files import redacted
    from govmedia_screen.copies.masking import Masking
    from govmedia_screen.screener import Screener

    if len(args.mask) != 1 or args.mask.isalnum() or args.mask.isspace():
        raise InputError("--mask 应为一个不是字母、数字的字符")
    if len(args.files) > 1 and not Path(args.output).is_dir():
        raise InputError(f"{args.output} 不是文件夹：多个文件要写进文件夹")
    screener = Screener(args.profile, args.lexicons)
    families = tuple(one.strip() for one in args.families.split(",") if one.strip()) if args.families else None
    worst = 0
    for name in args.files:
        masking = Masking(screener.screen, families, args.mask, args.kind)
        try:
            data = sys.stdin.buffer.read() if name == "-" else read_regular(name)
            target = place(name, args.output)
            new = redacted(data, name, masking)
        except ScreenError as error:
            print(f"govmedia-screen redact: {error}", file=sys.stderr)
            worst = 2
            continue
        if target == "-":
            sys.stdout.buffer.write(new)
        else:
            write_whole(target, new)
        print(f"{name}: 隐去 {len(masking.done)} 处{'' if target == '-' else f' → {target}'}", file=sys.stderr)
        for line in masking.untouched:
            print(f"提示：{line}，请人工查看", file=sys.stderr)
        worst = max(worst, int(bool(masking.untouched)))
    return worst


def place(name: str, output: str) -> str:
    """Where a file's copy goes.

    Raises:
        InputError: it would be written over the file itself.
    """
    if output == "-":
        return output
    target = Path(output) / (Path(name).name if name != "-" else "稿件.txt") if Path(output).is_dir() else Path(output)
    if name != "-" and target.exists() and target.resolve() == Path(name).resolve():
        raise InputError(f"{name}: 不写在原文件上，请另给一个文件名")
    return str(target)
