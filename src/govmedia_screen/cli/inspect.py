"""``govmedia-screen inspect``: the quarterly inspection of a scanned archive."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path

from govmedia_screen.cli.options import add_profile
from govmedia_screen.errors import InputError


def add(parser: argparse.ArgumentParser) -> None:
    """The verb's arguments."""
    parser.add_argument("folder", metavar="目录", help="govmedia-screen scan 的输出目录")
    parser.add_argument("--quarter", required=True, metavar="季度", help="如 2026Q3")
    parser.add_argument("--compare", metavar="季度", help="与另一季度比较，如 2026Q2")
    parser.add_argument("--register", metavar="文件", help="账号登记表（csv 或 xlsx）")
    add_profile(parser)
    parser.add_argument("--out", metavar="目录", help="写到哪里（缺省为 目录/inspection/季度）")
    parser.add_argument("--links", metavar="文件", help="链接检查结果（csv 或 xlsx，有 链接、状态 两列），由别的程序查得；打不开的写入报告")
    parser.add_argument("--number", default="", metavar="文号", help="通报的发文字号（缺省取方案的 notice_number）")
    parser.add_argument("--issued", type=date.fromisoformat, metavar="日期", help="通报的成文日期（缺省为今天）")
    parser.add_argument("--show-personal-data", action="store_true", help="报告里照写查出的个人信息、密件标志和口令（缺省隐去）")
    parser.add_argument("--today", type=date.fromisoformat, metavar="日期", help="按该日检查（缺省为今天），如 2026-10-08")


def run(args: argparse.Namespace) -> int:
    """Write the report (report.html, report.xlsx) and the notice (notice.docx, notice.html, notice.xlsx).

    Returns:
        1 if an account has something of which one is too many, else 0.
    """
    from govmedia_screen import profile
    from govmedia_screen.accounts import load
    from govmedia_screen.archive.inspection import data
    from govmedia_screen.archive.inspection.html import letter_page, page
    from govmedia_screen.archive.inspection.inspection import inspect
    from govmedia_screen.archive.inspection.links import dead_links
    from govmedia_screen.archive.inspection.notice import Letter, han_day, notice
    from govmedia_screen.archive.inspection.quarters import Quarter
    from govmedia_screen.archive.inspection.recheck import keep, kept, recheck
    from govmedia_screen.archive.inspection.sheets import write_sheets
    from govmedia_screen.archive.inspection.word import write_word
    from govmedia_screen.lexicon import lexicon

    quarter = Quarter.of(args.quarter)
    register = load(args.register) if args.register else None
    rules, settings = lexicon.load(Path(folder) for folder in args.lexicons), profile.load(args.profile)
    shown = args.show_personal_data
    dead = dead_links(args.links) if args.links else []
    now = inspect(args.folder, quarter, register, rules, settings, args.today, personal_data=shown, dead=dead)
    earlier = Quarter.of(args.compare) if args.compare else quarter.before
    before = inspect(args.folder, earlier, register, rules, settings, args.today, personal_data=shown)
    old = kept(args.folder, earlier)
    now.recheck = recheck(old, before) if before.posts or old else None
    if not now.posts:
        raise InputError(f"{args.folder}: {quarter.title}没有稿件" + (f"（有 {now.undated} 篇没有发布日期）" if now.undated else ""))
    compared = before if args.compare and before.posts else None
    letter = Letter.of(settings.settings, args.issued or args.today, args.number)
    made = notice(now, letter, compared)
    out = Path(args.out) if args.out else Path(args.folder) / "inspection" / str(quarter)
    try:
        out.mkdir(parents=True, exist_ok=True)
        (out / "report.html").write_text(page(now, compared, letter), "utf-8", "backslashreplace")
        (out / "notice.html").write_text(letter_page(made), "utf-8", "backslashreplace")
        write_sheets(out / "report.xlsx", data.all_grids(now, compared))
        head = (
            made.title,
            f"{letter.office}　{letter.number}　{han_day(letter.issued)}",
            *(text for kind, text in of_text(made.blocks) if kind == "p"),
        )
        tables = [block for block in made.blocks if isinstance(block, data.Grid)]
        write_sheets(out / "notice.xlsx", [*tables, *made.annexes], head)
        write_word(out / "notice.docx", made)
        keep(args.folder, now)
    except OSError as error:
        raise InputError(f"{out}: 无法写入（{error.strerror}）") from None
    print(
        f"{quarter.title}：检查账号 {len(now.accounts)} 个，合格 {len(now.accounts) - len(now.vetoed)} 个，不合格 {len(now.vetoed)} 个，未提供数据 {len(now.absent)} 个；"
        f"发布 {now.posts} 篇，拦截 {now.level('block')} 处，送审 {now.level('review')} 处"
    )
    print(f"报告：{out}/report.html、report.xlsx；通报稿：{out}/notice.docx、notice.html、notice.xlsx")
    return int(bool(now.vetoed))


def of_text(blocks: Iterable[object]) -> Iterator[tuple[str, str]]:
    """The headings and paragraphs among the blocks of a notice."""
    for block in blocks:
        if isinstance(block, tuple) and len(block) == 2:
            yield str(block[0]), str(block[1])
