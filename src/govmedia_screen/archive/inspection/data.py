"""What the HTML, spreadsheet and notice of an inspection have in common: names, tables, comparison."""

from __future__ import annotations

from collections import Counter
from typing import Any

from govmedia_screen.archive.inspection.inspection import LEVELS, Account, Inspection
from govmedia_screen.finding import Level

Table = tuple[list[str], list[list[Any]]]


def level_name(level: str) -> str:
    """A level as an editor calls it."""
    return Level.of(level).label


def account_table(now: Inspection, before: Inspection | None = None) -> Table:
    """The ranking."""
    old = {one.name: one for one in before.accounts} if before else {}
    head = ["名次", "账号", "单位", "平台", "发布", *map(level_name, LEVELS), "每百篇送审以上", "否决项", "登记与更新问题"]
    if before:
        head += ["上期名次", "上期每百篇"]
    body = []
    for one in now.accounts:
        row: list[Any] = [
            one.rank, one.name, one.unit, "、".join(name for name, _ in one.platforms.most_common() if name), one.posts,
            *(one.levels[level] for level in LEVELS), round(one.per_hundred, 1), "、".join(sorted(one.vetoes)),
            "；".join(f"{check.message}（{check.text}）" for check in one.checks if check.rule != "inspection.veto"),
        ]  # fmt: skip
        if before:
            past = old.get(one.name)
            row += [past.rank, round(past.per_hundred, 1)] if past else ["—", "—"]
        body.append(row)
    return head, body


def unit_table(now: Inspection) -> Table:
    """The units."""
    head = ["单位", "账号数", "发布", *map(level_name, LEVELS), "有否决项的账号"]
    body: list[list[Any]] = [
        [
            unit,
            len(accounts),
            sum(one.posts for one in accounts),
            *(sum(one.levels[level] for one in accounts) for level in LEVELS),
            sum(bool(one.vetoes) for one in accounts),
        ]
        for unit, accounts in now.units.items()
    ]
    return head, sorted(body, key=lambda row: (-row[-1], -row[3], -row[4], row[0]))


def family_table(now: Inspection, before: Inspection | None = None) -> Table:
    """Findings by family and level, with the change against the other quarter."""
    head = ["类别", *map(level_name, LEVELS), "合计"] + (["上期合计", "增减"] if before else [])
    body = []
    for family in sorted(
        now.families.keys() | (before.families.keys() if before else set()), key=lambda name: -now.families.get(name, Counter()).total()
    ):
        counts = now.families.get(family, Counter())
        row: list[Any] = [now.names.get(family, family), *(counts[level] for level in LEVELS), counts.total()]
        if before:
            past = before.families.get(family, Counter()).total()
            row += [past, f"{counts.total() - past:+d}"]
        body.append(row)
    return head, body


def veto_table(now: Inspection) -> Table:
    """Accounts with something of which one is too many."""
    return ["账号", "单位", "否决项（疑似，须人工核实）", "处数"], [
        [one.name, one.unit, item, count] for one in now.vetoed for item, count in sorted(one.vetoes.items())
    ]


def check_table(now: Inspection) -> Table:
    """What register and cadence say."""
    checks = [check for one in now.accounts for check in one.checks] + now.register
    return ["账号", "平台", "级别", "问题", "内容", "依据", "说明"], [
        [one.account, one.platform, one.level.label, one.message, one.text, one.basis, "；".join(one.evidence)] for one in checks
    ]


def worst_table(now: Inspection) -> Table:
    """The posts with the gravest findings, one line for each finding."""
    return ["账号", "日期", "编号", "出处", "级别", "规则", "原文", "上下文", "说明"], [
        [
            post["account"],
            post["day"],
            post["id"],
            f"{post['source']}:{post['row']}",
            level_name(one["level"]),
            one["rule"],
            one["text"],
            one["context"],
            one["message"],
        ]
        for post in now.worst
        for one in post["findings"]
    ]


def totals(now: Inspection) -> list[tuple[str, int]]:
    """The numbers at the head of a report."""
    return [
        ("账号", len(now.accounts)), ("发布", now.posts), *((level_name(level), now.level(level)) for level in LEVELS),
        ("有否决项的账号", len(now.vetoed)),
    ]  # fmt: skip


def best(now: Inspection, count: int = 5) -> list[Account]:
    """The first accounts of the ranking, those with a vetoed item left out."""
    return [one for one in now.accounts if not one.vetoes and one.posts][:count]
