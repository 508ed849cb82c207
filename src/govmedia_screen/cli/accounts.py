"""``govmedia-screen accounts``: check a register of accounts (第六条至第十条), and how often they publish (第十二条)."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable

from govmedia_screen.cli.options import add_profile
from govmedia_screen.errors import InputError
from govmedia_screen.finding import Level
from govmedia_screen.system.files import write_whole


def add(parser: argparse.ArgumentParser) -> None:
    """The verb's arguments."""
    parser.add_argument("register", nargs="?", metavar="登记表", help="账号登记表（.csv 或 .xlsx）")
    parser.add_argument(
        "--posts",
        action="append",
        default=[],
        metavar="归档",
        help="已发布稿件（.jsonl 或 .csv，须有账号、平台、发布日期），据此查更新频次；可重复",
    )
    parser.add_argument("--since", metavar="日期", help="频次检查的起始日（缺省为各账号第一条）")
    parser.add_argument("--today", metavar="日期", help="检查截止日（缺省今天）")
    add_profile(parser)
    parser.add_argument("--format", choices=("text", "json", "jsonl", "markdown"), default="text")
    parser.add_argument("--output", metavar="文件", help="写入文件而不是标准输出")
    parser.add_argument("--fail-on", choices=[str(level) for level in Level], default="review", help="达到该级别即退出码 1（缺省 review）")


def run(args: argparse.Namespace) -> int:
    """Check and report.

    Returns:
        1 if a finding reaches ``--fail-on``, else 0.
    """
    from govmedia_screen import accounts, profile
    from govmedia_screen.accounts.archive import NOBODY, dates_of
    from govmedia_screen.accounts.checks import leveled
    from govmedia_screen.accounts.monitoring import unregistered
    from govmedia_screen.chinese.dates import read_date
    from govmedia_screen.lexicon import lexicon

    if not args.register and not args.posts:
        raise InputError("请给出账号登记表，或用 --posts 给出已发布稿件")
    days = {name: read_date(value) for name, value in (("--since", args.since), ("--today", args.today)) if value}
    for name, value in days.items():
        if value is None:
            raise InputError(f"{name} 应写成日期，如 2026-03-31")
    rules, office = lexicon.load(args.lexicons), profile.load(args.profile)
    findings: list[accounts.AccountFinding] = []
    if args.register:
        register = accounts.load(args.register)
        findings += accounts.check(register, rules, office, days.get("--today"))
    if args.posts:
        dates = dates_of(args.posts)
        findings += accounts.check_cadence(dates, rules, office, days.get("--since"), days.get("--today"))
        if args.register:
            names = {name for name, _ in dates if name != NOBODY}
            findings += leveled([*unregistered(names, register, rules)], office)
    output = rendered(findings, args.format)
    if args.output:
        write_whole(args.output, output.encode("utf-8", "backslashreplace"))
    else:
        sys.stdout.write(output)
    limit = Level.of(args.fail_on)
    return int(any(finding.level >= limit for finding in findings))


def rendered(findings: Iterable[object], form: str) -> str:
    """The findings as text, JSON, JSON lines or a Markdown table."""
    from govmedia_screen.accounts import AccountFinding

    known = [finding for finding in findings if isinstance(finding, AccountFinding)]
    if form == "json":
        return json.dumps([finding.to_dict() for finding in known], ensure_ascii=False, indent=2) + "\n"
    if form == "jsonl":
        return "".join(json.dumps(finding.to_dict(), ensure_ascii=False) + "\n" for finding in known)
    if form == "markdown":
        head = "| 行 | 账号 | 平台 | 级别 | 问题 | 情况 | 依据 |\n|---|---|---|---|---|---|---|\n"
        return head + "".join(
            "| "
            + " | ".join(
                cell.replace("|", "\\|").replace("\n", " ")
                for cell in (
                    str(one.row or ""),
                    one.account,
                    one.platform,
                    one.level.label,
                    one.message,
                    "；".join((one.text, *one.evidence)),
                    one.basis,
                )
            )
            + " |\n"
            for one in known
        )
    lines = []
    for one in known:
        where = f"第{one.row}行 " if one.row else ""
        lines.append(
            f"{where}{one.account}{f'（{one.platform}）' if one.platform else ''}  {one.level.label}  {one.message}：{'；'.join((one.text, *one.evidence))}  [{one.rule}，{one.basis}]"
        )
    lines.append(f"共 {len(known)} 个问题" if known else "没有发现问题")
    return "\n".join(lines) + "\n"
