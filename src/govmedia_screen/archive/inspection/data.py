"""The tables of an inspection, as every form of report shows them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

from govmedia_screen.accounts import AccountFinding
from govmedia_screen.archive.inspection.model import LEVELS, Account, Inspection, Problem
from govmedia_screen.finding import Level

#: What stands in the place of nothing.
NONE = "—"


class Grid(NamedTuple):
    """A table: its caption, the columns' names, the rows, and how wide each column wants to be, relatively."""

    caption: str
    head: list[str]
    rows: list[list[Any]]
    widths: list[int]


def level_name(level: str) -> str:
    """A level as an editor calls it."""
    return Level.of(level).label


def share(part: int, whole: int) -> str:
    """A share in per cent."""
    return f"{100 * part / whole:.1f}%" if whole else NONE


def account_grid(now: Inspection, before: Inspection | None = None) -> Grid:
    """The ranking of the accounts of which there is data."""
    old = {(one.name, one.platform): one for one in before.accounts} if before else {}
    head = [
        "名次",
        "账号",
        "平台",
        "主办单位",
        "发布",
        *map(level_name, LEVELS),
        "每百篇送审以上",
        "否决项",
        "登记与更新问题",
        "未能判定的",
    ]
    widths = [4, 12, 7, 14, 5, 4, 4, 4, 6, 12, 20, 16]
    if before:
        head += ["上期名次", "上期每百篇"]
        widths += [5, 5]
    body = []
    for one in now.accounts:
        row: list[Any] = [
            one.rank, one.name, one.platform, one.unit, one.posts, *(one.levels[level] for level in LEVELS), round(one.per_hundred, 1),
            "、".join(sorted(one.vetoes)), "；".join(f"{check.message}（{check.text}）" for check in one.checks if check.rule != "inspection.veto"),
            "；".join(one.remarks),
        ]  # fmt: skip
        if before:
            past = old.get((one.name, one.platform))
            row += [past.rank, round(past.per_hundred, 1)] if past else [NONE, NONE]
        body.append(row)
    return Grid("账号检查情况", head, body, widths)


def passed_grid(name: str, now: Inspection, key: Callable[[Account], str]) -> Grid:
    """Checked, passed and without data, by platform or sponsor."""
    groups: dict[str, list[int]] = {}
    for place, accounts in enumerate((now.accounts, now.absent)):
        for one in accounts:
            counts = groups.setdefault(key(one) or "（未注明）", [0, 0, 0, 0])
            counts[2 if place else 0] += 1
            counts[1] += not place and not one.vetoes
            counts[3] += one.posts
    body: list[list[Any]] = [
        [group, checked, passed, checked - passed, share(passed, checked), absent, posts]
        for group, (checked, passed, absent, posts) in sorted(groups.items(), key=lambda pair: (-pair[1][0], pair[0]))
    ]
    return Grid(f"各{name}检查情况", [name, "检查", "合格", "不合格", "合格率", "未提供数据", "发布"], body, [18, 6, 6, 6, 8, 8, 8])


def family_grid(now: Inspection, before: Inspection | None = None) -> Grid:
    """Findings by family and level, with the change against the other quarter."""
    head = ["问题类别", *map(level_name, LEVELS), "合计", "涉及账号"] + (["上期合计", "增减"] if before else [])
    body = []
    for family in sorted(
        now.families.keys() | (before.families.keys() if before else set()),
        key=lambda name: (-now.families.get(name, Counter()).total(), name),
    ):
        counts = now.families.get(family, Counter())
        accounts = sum(bool(one.families[family]) for one in now.accounts)
        row: list[Any] = [now.names.get(family, family), *(counts[level] for level in LEVELS), counts.total(), accounts]
        if before:
            past = before.families.get(family, Counter()).total()
            row += [past, f"{counts.total() - past:+d}"]
        body.append(row)
    return Grid("问题类别", head, body, [14, *[7] * (len(head) - 1)])


def veto_grid(now: Inspection) -> Grid:
    """Accounts with something of which one is too many, each with the evidence and where it stands."""
    body: list[list[Any]] = []
    for account in now.vetoed:
        for item in sorted(account.vetoes):
            seen = [one for one in now.problems if (one.account, one.platform) == (account.name, account.platform) and one.veto == item]
            told = [f"{one.day}《{one.title or '（无标题）'}》“{one.text}”（{brief(one.message)}）" for one in seen[:3]] or [
                f"{check.text}（{'；'.join(check.evidence)}）" for check in account.checks if check.rule.startswith("cadence.silent")
            ]
            where = [short(one.where) for one in seen[:3]] or [
                f"归档数据 {account.covered[0]}至{account.covered[1]}" if account.covered else NONE
            ]
            more = f"等{account.vetoes[item]}处" if account.vetoes[item] > len(told) else ""
            body.append([account.name, account.platform, account.unit, item, "；".join(told) + more, "；".join(where)])
    return Grid("不合格名单", ["账号", "平台", "主办单位", "否决项", "证据", "出处"], body, [11, 7, 13, 12, 30, 16])


def check_grid(now: Inspection, least: Level = Level.NOTE) -> Grid:
    """What register and cadence say."""
    checks = [(check, account.unit) for account in now.accounts for check in account.checks]
    checks += [(check, "") for check in now.register]
    kept = [(check, unit) for check, unit in checks if check.level >= least and check.rule != "inspection.veto"]
    return Grid(
        "登记与更新问题", ["账号", "平台", "主办单位", "级别", "问题", "情况", "依据", "登记表行"],
        [[one.account, one.platform, unit, one.level.label, one.message, told_of(one), one.basis, one.row or NONE] for one, unit in kept],
        [11, 7, 13, 5, 16, 24, 7, 5],
    )  # fmt: skip


def told_of(check: AccountFinding) -> str:
    """What a check found."""
    return "；".join((check.text, *check.evidence))


def problem_grid(caption: str, problems: Iterable[Problem], most: int | None = None) -> Grid:
    """Problems, each with account, post, link, time and the row that it stands in."""
    body = [
        [
            one.kind, level_name(one.level), one.account, one.platform, one.unit, one.day, one.title or one.post or NONE, one.text, one.message,
            one.basis, one.link or NONE, one.where,
        ]
        for one in sorted(problems, key=gravest)
    ]  # fmt: skip
    head = ["问题类别", "级别", "账号", "平台", "主办单位", "发布日期", "稿件", "原文", "问题", "依据", "链接", "出处"]
    return Grid(caption, head, body[:most], [7, 4, 10, 6, 11, 8, 14, 14, 14, 12, 12, 12])


def brief(message: str) -> str:
    """A message without its advice."""
    return message.partition("；")[0].partition("，不得")[0]


def short(where: str) -> str:
    """A place in the archive by the end of its path."""
    names = where.split("/")
    return "…/" + "/".join(names[-2:]) if len(names) > 3 else where


def list_grid(caption: str, problems: Iterable[Problem], most: int) -> Grid:
    """Problems as a notice lists them, narrower than ``problem_grid``."""
    body: list[list[Any]] = [
        [
            place, "，".join(filter(None, (one.account, one.platform, one.unit))), one.day, one.title or one.post or NONE,
            f"{one.kind}（{level_name(one.level)}）：{f'“{one.text}”，' if one.text else ''}{brief(one.message)}", one.basis, one.link or NONE,
            short(one.where),
        ]
        for place, one in enumerate(sorted(problems, key=gravest)[:most], 1)
    ]  # fmt: skip
    return Grid(
        caption, ["序号", "账号、平台、主办单位", "发布日期", "稿件", "问题", "依据", "链接", "出处"], body, [4, 18, 9, 20, 28, 14, 18, 18]
    )


def gravest(one: Problem) -> tuple[Any, ...]:
    """Problems in the order in which they are told: the gravest first, like with like."""
    return one.level != "block", one.family, one.account, one.platform, one.day, one.source, one.row


def absent_grid(now: Inspection) -> Grid:
    """Accounts of which the archive has nothing."""
    rows: list[list[Any]] = [[place, one.name, one.platform, one.unit] for place, one in enumerate(now.absent, 1)]
    return Grid("未提供数据的账号", ["序号", "账号", "平台", "主办单位"], rows, [5, 16, 10, 20])


def good_grid(now: Inspection) -> Grid:
    """Good examples, each with the reason."""
    return Grid(
        "运行较好的账号",
        ["账号", "平台", "主办单位", "理由"],
        [[one.name, one.platform, one.unit, one.merit] for one in now.praised],
        [12, 8, 14, 34],
    )


def dead_grid(now: Inspection) -> Grid:
    """Links that do not open."""
    return Grid(
        "打不开的链接", ["账号", "平台", "稿件", "链接", "检查结果", "检查时间"], [[cell or NONE for cell in row] for row in now.dead],
        [12, 8, 16, 24, 8, 10],
    )  # fmt: skip


def totals(now: Inspection) -> list[tuple[str, int]]:
    """The numbers at the head of a report."""
    return [
        ("检查账号", len(now.accounts)), ("合格", len(now.accounts) - len(now.vetoed)), ("不合格", len(now.vetoed)), ("未提供数据", len(now.absent)),
        ("发布", now.posts), *((level_name(level), now.level(level)) for level in LEVELS),
    ]  # fmt: skip


def all_grids(now: Inspection, before: Inspection | None = None) -> list[Grid]:
    """Every table, as the workbook has them."""
    grids = [
        Grid("汇总", ["项目", now.quarter.title], [list(pair) for pair in totals(now)], [20, 12]), account_grid(now, before),
        passed_grid("平台", now, lambda one: one.platform), passed_grid("主办单位", now, lambda one: one.unit), family_grid(now, before), veto_grid(now),
        problem_grid("问题清单", now.problems), check_grid(now), good_grid(now), absent_grid(now),
    ]  # fmt: skip
    if now.recheck:
        grids.append(problem_grid("上季度未整改", now.recheck.remaining))
    if now.dead:
        grids.append(dead_grid(now))
    return grids
