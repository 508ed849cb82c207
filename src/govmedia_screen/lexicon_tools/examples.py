"""The examples in the lexicons: a text, or a post (a register row) written as fields.

``kind=reply‖question=路灯何时修？‖body=已阅。`` is a post, ``set_provenance=true`` among its fields
a setting of the profile that it is screened with, ``record=approve 王某 2 2026-03-01T09:00`` a line of the ledger;
an example of a rule about accounts is a row of a register in the same way. Anything else is the body of an article.
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
    values = read_fields(example)
    if rule.family in ACCOUNT_FAMILIES:
        return rule.id in example_rules(values, screener.lexicon, screener.profile)
    settings: dict[str, Any] = {
        name.removeprefix("set_"): SWITCHES.get(value, value) for name, value in values.items() if name.startswith("set_")
    }
    if rule.family == "approval":
        settings["ledger"] = approvals(values)
        example = BAR.join(f"{name}={value}" for name, value in values.items() if not name.endswith("record"))
    if settings:
        profile = replace(screener.profile, settings={**screener.profile.settings, **settings})
        screener = screener.under(profile)
    return any(finding.rule == rule.id for finding in screener.screen(as_post(example)).findings)


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
