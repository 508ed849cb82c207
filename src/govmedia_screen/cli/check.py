"""``govmedia-screen check``: screen files or standard input."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from govmedia_screen.acceptance.baseline import Baseline
from govmedia_screen.acceptance.waivers import screened
from govmedia_screen.cli.options import add_profile
from govmedia_screen.errors import InputError
from govmedia_screen.finding import Level
from govmedia_screen.report.shown import shown
from govmedia_screen.system.files import write_whole


def add(parser: argparse.ArgumentParser) -> None:
    """The verb's arguments."""
    parser.add_argument(
        "files", nargs="+", metavar="文件", help="要审查的文件或文件夹（文字、网页、Word、Excel、PDF、邮件、zip、图片），- 为标准输入"
    )
    add_profile(parser)
    parser.add_argument("--kind", choices=("article", "repost", "reply", "notice"), help="文种（缺省按文件头，没有则 article）")
    parser.add_argument("--title", help="标题（审查单个文件时）")
    parser.add_argument("--format", default="text", help="text、json、jsonl、markdown、html、sarif、junit、github、gitlab")
    parser.add_argument("--output", metavar="文件", help="写入文件而不是标准输出")
    parser.add_argument("--annotate", metavar="文件", help="把发现写成批注的副本（docx、xlsx）；多个文件时为文件夹")
    parser.add_argument("--review-sheet", metavar="文件", help="写一份信息发布审核表（docx），供逐级签字（第十七条）")
    parser.add_argument("--fail-on", choices=[str(level) for level in Level], default="review", help="达到该级别即退出码 1（缺省 review）")
    parser.add_argument("--baseline", metavar="文件", help="已接受的发现（govmedia-screen baseline update 所写），不再报告")
    parser.add_argument("--ledger", metavar="文件", help="审核台账：核对每篇是否先审后发、与审定的文字一致（第十七条）")
    parser.add_argument("--watch", action="store_true", help="文件一保存就再审一遍，Ctrl-C 结束")
    parser.add_argument("--fix", action="store_true", help="改正有把握的错误并写回文件")
    parser.add_argument("--diff", action="store_true", help="只显示 --fix 会改什么")
    parser.add_argument("--show-personal-data", action="store_true", help="报告里照写查出的个人信息和口令（缺省隐去）")
    parser.add_argument("-q", "--quiet", action="store_true", help="没有发现就什么也不说")
    parser.add_argument("--color", choices=("auto", "always", "never"), default="auto")


def run(args: argparse.Namespace) -> int:
    """Screen and report.

    Returns:
        1 if a decision or finding reaches ``--fail-on``, 2 if a file could not be read, else 0.
    """
    from govmedia_screen.cli.common import options, profile_of, read_all
    from govmedia_screen.render import FORMATS, renderer
    from govmedia_screen.screener import Screener

    if args.format not in FORMATS:
        raise InputError(f"没有格式 {args.format}；可用：{'、'.join(FORMATS)}")
    if args.output and Path(args.output).is_dir():
        raise InputError(f"{args.output} 是文件夹，--output 应为文件")
    if args.watch:
        from govmedia_screen.cli.watch import watch

        return watch(args, Screener(profile_of(args), args.lexicons))
    documents, failed = read_all(args)
    screener = Screener(profile_of(args), args.lexicons)
    baseline = Baseline.load(args.baseline) if args.baseline else None
    results, told = screened(documents, screener, baseline)
    if args.fix or args.diff:
        from govmedia_screen.cli.fix import fix

        results = fix(results, lambda mended: screened([mended], screener, baseline)[0][0], write=args.fix and not args.diff)
    if args.annotate:
        from govmedia_screen.cli.copies import annotate

        failed |= annotate(results, args.annotate)
    if not args.show_personal_data:
        results = [(document, shown(report)) for document, report in results]
    if args.review_sheet:
        from govmedia_screen.copies.review_sheet import written

        write_whole(args.review_sheet, written(results, str(screener.profile.settings.get("office", ""))))
    output = renderer(args.format)(results, **options(args))
    if args.output:
        write_whole(args.output, output.encode("utf-8", "backslashreplace"))
    else:
        sys.stdout.write(output)
    unused = () if args.quiet else screener.unused_exemptions()
    told += [f"豁免 {one.rule}（{one.phrase or one.post}，至 {one.until}）没有用到" for one in unused]
    for line in told:
        print(f"提示：{line}", file=sys.stderr)
    if failed:
        return 2
    limit = Level.of(args.fail_on)
    return int(any(report.decision >= limit or report.at_least(limit) for _, report in results))
