"""``govmedia-screen inspect``: the quarterly inspection of a scanned archive."""

from __future__ import annotations

import argparse
from datetime import date
from pathlib import Path

from govmedia_screen.errors import InputError


def add(parser: argparse.ArgumentParser) -> None:
    """The verb's arguments."""
    parser.add_argument("folder", metavar="目录", help="govmedia-screen scan 的输出目录")
    parser.add_argument("--quarter", required=True, metavar="季度", help="如 2026Q3")
    parser.add_argument("--compare", metavar="季度", help="与另一季度比较，如 2026Q2")
    parser.add_argument("--register", metavar="文件", help="账号登记表（csv 或 xlsx）")
    parser.add_argument("--profile", help="本单位的方案（TOML 文件或内置名）")
    parser.add_argument("--lexicons", action="append", default=[], metavar="文件夹", help="本单位的词库文件夹，可重复")
    parser.add_argument("--out", metavar="目录", help="写到哪里（缺省为 目录/inspection/季度）")
    parser.add_argument("--today", type=date.fromisoformat, metavar="日期", help="按该日检查（缺省为今天），如 2026-10-08")


def run(args: argparse.Namespace) -> int:
    """Write report.html, report.xlsx and notice.docx.

    Returns:
        1 if an account has something of which one is too many, else 0.
    """
    from govmedia_screen import profile
    from govmedia_screen.accounts import load
    from govmedia_screen.archive.inspection.html import page
    from govmedia_screen.archive.inspection.inspection import inspect
    from govmedia_screen.archive.inspection.office import write_notice, write_xlsx
    from govmedia_screen.archive.inspection.quarters import Quarter
    from govmedia_screen.lexicon import lexicon

    quarter = Quarter.of(args.quarter)
    register = load(args.register) if args.register else None
    rules, settings = lexicon.load(Path(folder) for folder in args.lexicons), profile.load(args.profile)
    now = inspect(args.folder, quarter, register, rules, settings, args.today)
    before = inspect(args.folder, Quarter.of(args.compare), register, rules, settings, args.today) if args.compare else None
    if not now.accounts:
        raise InputError(f"{args.folder}: {quarter.title}没有文章" + (f"（有 {now.undated} 篇没有发布日期）" if now.undated else ""))
    out = Path(args.out) if args.out else Path(args.folder) / "inspection" / str(quarter)
    try:
        out.mkdir(parents=True, exist_ok=True)
        (out / "report.html").write_text(page(now, before), "utf-8")
        write_xlsx(out / "report.xlsx", now, before)
        write_notice(out / "notice.docx", now, before, args.today)
    except OSError as error:
        raise InputError(f"{out}: 无法写入（{error.strerror}）") from None
    print(
        f"{quarter.title}：账号 {len(now.accounts)} 个，发布 {now.posts} 篇，拦截 {now.level('block')} 处，送审 {now.level('review')} 处，有否决项的账号 {len(now.vetoed)} 个"
    )
    print(f"报告：{out}/report.html、report.xlsx；通报稿：{out}/notice.docx")
    return int(bool(now.vetoed))
