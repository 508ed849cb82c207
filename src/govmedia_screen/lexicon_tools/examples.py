"""The examples in the lexicons: a text, or a post (a register row) written as fields.

``kind=reply‖question=路灯何时修？‖body=已阅。`` is a post, ``set_provenance=true`` among its fields
a setting of the profile that it is screened with, ``record=approve 王某 2 2026-03-01T09:00`` a line of the ledger;
an example of a rule about accounts is a row of a register in the same way. Anything else is the body of an article.
A ``hit`` may mark what is found (see ``marks``): then that and nothing else must be found, with the replacement that it shows.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import fields, replace
from typing import Any

from govmedia_screen.accounts.examples import ACCOUNT_FAMILIES, example_rules
from govmedia_screen.ledger.ledger import Approvals
from govmedia_screen.ledger.record import Record, content
from govmedia_screen.lexicon.rule import Rule
from govmedia_screen.lexicon_tools.marks import difference, unmarked
from govmedia_screen.post import Post
from govmedia_screen.screener import Screener

BAR = "‖"
SWITCHES = {"true": True, "false": False}
FIELD = re.compile(r"([a-z_]+)=(.*)\Z", re.DOTALL)
NAMES = frozenset(field.name for field in fields(Post)) - {"meta"}


def read_fields(example: str) -> dict[str, str]:
    """The fields of an example, empty if it is a plain text."""
    found = [FIELD.match(part.strip()) for part in example.split(BAR)]
    return {match[1]: match[2] for match in found if match} if all(found) else {}


def as_post(example: str) -> Post:
    """The post that an example describes."""
    values = {name: value for name, value in read_fields(example).items() if not name.startswith("set_")}
    if not values or values.keys() - NAMES:
        return Post(body=example)
    return Post(**{"body": "", **values})  # type: ignore[arg-type]


def fires(screener: Screener, rule: Rule, example: str) -> bool:
    """Whether the rule finds something in its example."""
    example, _ = unmarked(example)
    if rule.family in ACCOUNT_FAMILIES:
        return rule.id in example_rules(read_fields(example), screener.lexicon, screener.profile)
    return any(one.rule == rule.id for one in set_up(screener, rule, example).screen(post_of(rule, example)).findings)


def slip(screener: Screener, rule: Rule, example: str, *, hit: bool) -> str:
    """What is wrong with an example, in words; nothing if it behaves.

    A ``miss`` must find nothing. A ``hit`` must find something, what it marks and only that; and its rule must find it by
    itself, without the hits of any other rule.
    """
    bare, marks = unmarked(example)
    if "⟦" in bare or "⟧" in bare:
        return "的标记不成对，应写成⟦错⟧或⟦错→对⟧"
    if not hit or rule.family in ACCOUNT_FAMILIES:
        if marks:
            return "标了⟦⟧：只有稿件的命中例句能标"
        return "" if fires(screener, rule, bare) == hit else "没有命中" if hit else "被误伤"
    screener, post = set_up(screener, rule, bare), post_of(rule, bare)
    findings = [one for one in screener.screen(post).findings if one.rule == rule.id]
    if not findings:
        return "没有命中"
    if not any(one.rule == rule.id for one in screener.alone(post, rule.id)):
        return "要靠别的规则才命中"
    shown = post_of(rule, example)
    told = (difference(unmarked(shown.part(part))[1], [one for one in findings if one.part == part], rule.id) for part in post.parts)
    return next(filter(None, told), "") if marks else ""


def set_up(screener: Screener, rule: Rule, example: str) -> Screener:
    """The screener with the settings, and for rules about approvals the ledger, that an example names."""
    values = read_fields(example)
    settings: dict[str, Any] = {
        name.removeprefix("set_"): SWITCHES.get(value, value) for name, value in values.items() if name.startswith("set_")
    }
    if rule.family == "approval":
        settings["ledger"] = approvals(values)
    if not settings:
        return screener
    return screener.under(replace(screener.profile, settings={**screener.profile.settings, **settings}))


def post_of(rule: Rule, example: str) -> Post:
    """The post that an example of a rule describes, without the lines of the ledger."""
    if rule.family != "approval":
        return as_post(example)
    return as_post(BAR.join(f"{name}={value}" for name, value in read_fields(example).items() if not name.endswith("record")))


def approvals(values: Mapping[str, str]) -> Approvals:
    """The ledger's lines that an example tells: action, person, tier, time, then 须=, 作者=, 原文=."""
    records: list[Record] = []
    for name in ("record", "also_record"):
        if name in values:
            action, person, tier, moment, rest = (*values[name].split(" ", 4), "")[:5]
            said = dict(re.findall(r"(须|作者|原文)=(.*?)(?= (?:须|作者|原文)=|\Z)", rest, re.DOTALL))
            post = Post(said.get("原文", values.get("body", "")), id=values.get("id"))
            records.append(
                Record(
                    len(records) + 1, f"{moment}:00+08:00", action, person, int(tier), int(said.get("须", 0)), "review", (), content(post), "",
                    values.get("id", ""), author=said.get("作者", ""),
                )
            )  # fmt: skip
    return Approvals(records)
