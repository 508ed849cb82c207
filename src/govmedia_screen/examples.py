"""The examples in the lexicons: a text, or a post (a register row) written as fields.

``kind=reply‖question=路灯何时修？‖body=已阅。`` is a post, ``set_provenance=true`` among its fields
a setting of the profile that it is screened with; an example of an ``account`` or
``cadence`` rule is a row of a register in the same way. Anything else is the body of an article.
"""

from __future__ import annotations

import re
from dataclasses import fields, replace

from govmedia_screen.post import Post
from govmedia_screen.rule import Rule
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
    if rule.family in ("account", "cadence"):
        from govmedia_screen.accounts import example_rules

        return rule.id in example_rules(read_fields(example), screener.lexicon, screener.profile)
    settings = {
        name.removeprefix("set_"): SWITCHES.get(value, value) for name, value in read_fields(example).items() if name.startswith("set_")
    }
    if settings:
        profile = replace(screener.profile, settings={**screener.profile.settings, **settings})
        screener = Screener(profile)
    return any(finding.rule == rule.id for finding in screener.screen(as_post(example)).findings)
