"""``govmedia-screen scan``: screen an archive into a folder."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from time import monotonic
from typing import TYPE_CHECKING

from govmedia_screen.cli.options import add_profile
from govmedia_screen.cli.progress import bar
from govmedia_screen.errors import InputError
from govmedia_screen.finding import Level
from govmedia_screen.render.text import visible

if TYPE_CHECKING:
    from govmedia_screen.archive.scan import Progress, Summary

CHANGES = {"new": "新增", "cleared": "消除", "level": "改级别"}


def add(parser: argparse.ArgumentParser) -> None:
    """The verb's arguments."""
    parser.add_argument(
        "sources",
        nargs="+",
        metavar="来源",
        help="jsonl、json、csv、tsv、xlsx、xls、et、ods、parquet、sqlite 文件（jsonl、csv 可为 .gz），zip，或文件夹",
    )
    parser.add_argument("--out", required=True, metavar="目录", help="输出目录；再次运行即续扫或增量更新")
    others = parser.add_mutually_exclusive_group()
    others.add_argument(
        "--add", action="store_const", dest="mode", const="add", default="ask", help="输出目录里已有别的来源：保留它们，加上这次的"
    )
    others.add_argument(
        "--replace", action="store_const", dest="mode", const="replace", help="输出目录里已有别的来源：删去它们的结果，换成这次的"
    )
    add_profile(parser)
    parser.add_argument("--map", action="append", default=[], metavar="列=字段", help="列名对应的字段，如 --map 文章正文=body，可重复")
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1, help="工作进程数（缺省为处理器核数）")
    parser.add_argument("--since", type=day, metavar="日期", help="只审该日及以后发布的文章，如 2026-07-01；没有日期的也审")
    parser.add_argument("--changed-rules", action="store_true", help="列出词库、方案变化后新增和消除的发现")
    parser.add_argument("--duplicates", action="store_true", help="记下每篇的特征，查各账号间的近似重复和同一联系方式")
    parser.add_argument("--ledger", metavar="文件", help="审核台账：核对每篇是否先审后发、与审定的文字一致（第十七条）")
    parser.add_argument("--fail-on", choices=[str(level) for level in Level], help="有达到该级别的发现即退出码 1（缺省不管发现，扫完为 0）")
    parser.add_argument("--progress", choices=("auto", "always", "never"), default="auto", help="进度条")


def day(text: str) -> str:
    """A day as ISO text."""
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text} 不是日期，应如 2026-07-01") from None


def run(args: argparse.Namespace) -> int:
    """Scan, then say what was done.

    Returns:
        2 if something could not be read or nothing was, 1 if a finding reaches ``--fail-on``, else 0.
    """
    from govmedia_screen.archive.scan import scan
    from govmedia_screen.cli.common import profile_of
    from govmedia_screen.io.columns import parse_map
    from govmedia_screen.screener import Screener

    if args.workers < 1:
        raise InputError("--workers 至少为 1")
    columns = parse_map(args.map)
    screener = Screener(profile_of(args), args.lexicons)
    with progress_bar(args.progress) as progress:
        summary = scan(
            args.sources, args.out, screener, columns=columns, workers=args.workers, since=args.since,
            traits=args.duplicates, mode=args.mode, progress=progress,
        )  # fmt: skip
    tell(summary, args.out, args.changed_rules)
    if args.duplicates:
        from govmedia_screen.archive.duplicates import write

        print(write(args.out))
    if not summary.read:
        print("govmedia-screen scan: 没有读到任何稿件，请检查来源", file=sys.stderr)
    if summary.rejected or not summary.read:
        return 2
    if not args.fail_on:
        return 0
    return int(any(Level.of(level) >= Level.of(args.fail_on) for level, count in summary.counts.items() if count))


@contextmanager
def progress_bar(choice: str) -> Iterator[Progress]:
    """A progress bar with rate, time left, and findings so far."""
    with bar("扫描", quiet=choice == "never", always=choice == "always") as say:
        begun = monotonic()

        def progress(read: int, total: int, posts: int, findings: int, rejected: int) -> None:
            spent = max(monotonic() - begun, 1e-9)
            minutes, seconds = divmod(round(spent * (total - read) / max(read, 1)), 60)
            stage = f"{posts} 篇 {posts / spent:.0f} 篇/秒 发现 {findings} 读不出 {rejected} 还需 {minutes}:{seconds:02}"
            say(stage, read / max(total, 1))

        yield progress


def tell(summary: Summary, out: str, changed_rules: bool) -> None:
    """The summary in a few lines."""
    levels = "，".join(f"{Level.of(name).label} {summary.counts[name]}" for name in ("block", "review", "note") if summary.counts.get(name))
    print(
        f"{'续扫完成' if summary.resumed else '扫描完成'}：{summary.posts} 篇（本次审查 {summary.screened} 篇），发现 {summary.findings} 处{f'（{levels}）' if levels else ''}"
    )
    if summary.damaged:
        print(f"输出目录里有 {summary.damaged} 个分片缺失或损坏，已重做")
    older = f" + 早于 --since 的 {summary.skipped}" if summary.skipped else ""
    print(f"共 {summary.read} 条 = 审查 {summary.screened} + 沿用 {summary.posts - summary.screened} + 读不出 {summary.rejected}{older}")
    if summary.rejected:
        print(f"读不出 {summary.rejected} 条，逐条见 {out}/rejected.jsonl：")
        for reason, count in summary.reasons:
            print(f"  {count} 条  {visible(reason)}")
    if summary.remarks:
        print(f"有 {sum(count for _, count in summary.remarks)} 处读法须核对，逐条见 {out}/remarks.jsonl：")
        for said, count in summary.remarks:
            print(f"  {count} 条  {visible(said)}")
    if summary.carried:
        older = f"，其中 {summary.outdated} 篇按以前的规则" if summary.outdated else ""
        print(f"来源已不在、结果保留的 {summary.carried} 篇{older}")
    if summary.gone or summary.resolved:
        print(f"以前有、这次来源里没有的 {summary.gone} 篇，结果已移除；以前的拦截级问题有 {summary.resolved} 处不再出现")
    days = sorted(one.first for one in summary.standing if one.first < date.today())
    if days:
        print(f"其中 {len(days)} 处拦截级问题以前已经发现，仍未处理（最早 {days[0].isoformat()}）")
    totals = {change: sum(rules.values()) for change, rules in summary.changes.items()}
    if totals:
        print(
            "已审文章的变化："
            + "，".join(f"{CHANGES[name]} {totals[name]} 处" for name in CHANGES if name in totals)
            + f"，逐条见 {out}/changes.jsonl"
        )
    if changed_rules:
        from govmedia_screen.archive.ruleset import describe

        print(describe(summary.touched) or "规则没有变化")
        for change, rules in summary.changes.items():
            for rule, count in rules.items():
                print(f"  {CHANGES[change]}  {rule}  {count}")
