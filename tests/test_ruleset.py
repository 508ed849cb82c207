"""Which posts a change of the rules can touch, change by change."""

from __future__ import annotations

import copy
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from govmedia_screen.archive.ruleset import UNTOUCHED, WHOLE, Snapshot, Touched, describe, touched
from govmedia_screen.post import Post

RULE = {"worded": "w", "rest": "r", "terms": ["河道清淤", "秋粮收购"]}
BASE: Snapshot = {
    "fingerprint": "f", **dict.fromkeys(WHOLE, "same"), "files": {"0/roster.toml": "h"}, "options": "o", "tiers": "t",
    "levels": {"wording.a": "note"}, "exemptions": ["e"], "accept": ["河口镇"],
    "cues": {"warn": ["警惕", "False", "警示"], "sell": ["加微信", "True", "推销"]},
    "rules": {"wording.a": RULE, "link.b": {"worded": "w", "rest": "r", "terms": []}},
}  # fmt: skip


def after(path: str, value: Any) -> Touched:
    """What it touches that one value is another."""
    new = copy.deepcopy(BASE)
    place: Any = new
    *way, last = path.split("/")
    for key in way:
        place = place[key]
    if value is None:
        del place[last]
    else:
        place[last] = value
    return touched(BASE, new)


def test_no_change_touches_nothing() -> None:
    assert touched(BASE, copy.deepcopy(BASE)) == UNTOUCHED
    assert after("fingerprint", "g") == UNTOUCHED
    assert describe(UNTOUCHED) == ""


@pytest.mark.parametrize("part", [*WHOLE, "files", "options"])
def test_what_cannot_be_followed_touches_everything(part: str) -> None:
    change = after(part, "other")

    assert change.everything.endswith("有变化")
    assert change.posts([Post("今日晴。")]) == [True]
    assert describe(change).endswith("全部重新审查")


def test_no_or_another_kind_of_snapshot_touches_everything() -> None:
    assert touched(None, BASE).everything
    assert touched({"program": ""}, BASE).everything


@pytest.mark.parametrize(
    ("path", "value", "words", "families", "rules"),
    [
        ("accept", ["河口镇", "清水镇"], {"清水镇"}, set(), ()),
        ("accept", [], {"河口镇"}, set(), ()),
        ("cues/warn", ["警惕", "谨防", "False", "警示"], {"谨防"}, set(), ()),
        ("cues/warn", None, {"警惕"}, set(), ()),
        ("cues/new", ["谨防", "False", ""], {"谨防"}, set(), ()),
        ("cues/warn", ["警惕", "True", "警示"], {"警惕"}, set(), ()),
        ("cues/sell", ["加微信", "True", "招揽"], {"加微信"}, set(), ()),
        ("rules/wording.a", {**RULE, "worded": "v"}, {"河道清淤", "秋粮收购"}, {"wording"}, ("wording.a",)),
        ("rules/wording.a", {**RULE, "rest": "s"}, {"河道清淤", "秋粮收购"}, set(), ("wording.a",)),
        ("rules/wording.a", {**RULE, "terms": ["河道清淤"], "rest": "s"}, {"河道清淤", "秋粮收购"}, set(), ("wording.a",)),
        ("rules/wording.a", None, {"河道清淤", "秋粮收购"}, set(), ("wording.a",)),
        ("rules/wording.c", {**RULE, "terms": ["新词条"]}, {"新词条"}, set(), ("wording.c",)),
        ("rules/link.b", {"worded": "v", "rest": "r", "terms": []}, set(), {"link"}, ("link.b",)),
        ("levels/wording.a", "block", {"河道清淤", "秋粮收购"}, {"wording"}, ("wording.a",)),
        ("levels/wording.a", "off", {"河道清淤", "秋粮收购"}, {"wording"}, ("wording.a",)),
        ("levels/wording.a", None, {"河道清淤", "秋粮收购"}, {"wording"}, ("wording.a",)),
        ("levels/link.b", "note", set(), {"link"}, ("link.b",)),
    ],
)
def test_what_is_followed(path: str, value: Any, words: set[str], families: set[str], rules: tuple[str, ...]) -> None:
    change = after(path, value)

    assert change == Touched("", tuple(sorted(words)), frozenset(families), any_finding=False, rules=rules)
    assert describe(change) == f"有变化的规则 {len(rules)} 条，只重新审查可能受影响的文章"


@pytest.mark.parametrize(
    ("path", "value"),
    [("rules/link.b", None), ("rules/link.c", {"worded": "", "rest": "", "terms": []}), ("levels/link.b", "off"),
     ("rules/link.b", {"worded": "w", "rest": "s", "terms": []})],
)  # fmt: skip
def test_a_rule_without_terms_that_comes_goes_or_is_switched_touches_everything(path: str, value: Any) -> None:
    change = after(path, value)

    assert path.split("/")[1] in change.everything
    assert change.rules == (path.split("/")[1],)


@pytest.mark.parametrize(("part", "value"), [("tiers", "u"), ("exemptions", [])])
def test_tiers_and_exemptions_touch_what_has_findings(part: str, value: Any) -> None:
    change = after(part, value)

    assert change == Touched(any_finding=True)
    assert change.found(["wording"], exempted=False)
    assert change.found([], exempted=True)
    assert not change.found([], exempted=False)
    assert not UNTOUCHED.found(["wording"], exempted=True)


def test_families_touch_posts_with_their_findings() -> None:
    change = Touched(families=frozenset({"wording"}))

    assert change.found(["link", "wording"], exempted=False)
    assert not change.found(["link"], exempted=True)


def test_words_touch_posts_that_contain_them() -> None:
    """In any part, folded, however near the next post; words of one character too."""
    change = Touched(words=("河道清淤", "赌"))
    posts = [
        Post("河道", title="清淤"),
        Post("今日河 道清淤"),
        Post("无"),
        Post("x", source="河道清淤"),
        Post("禁賭"),
        Post("河道"),
        Post("清淤"),
    ]

    assert change.posts(posts) == [False, True, False, True, True, False, False]
    assert change.posts([]) == []
    assert Touched(words=("赌",)).posts([Post("禁赌"), Post("无")]) == [True, False]
    assert UNTOUCHED.posts([Post("河道清淤")]) == [False]


def test_a_snapshot_leaves_out_what_has_expired(tmp_path: Path) -> None:
    from govmedia_screen import Screener
    from govmedia_screen.archive.ruleset import snapshot
    from govmedia_screen.profile import Exemption, Profile

    today = date.today()
    text = (
        '[[rule]]\nid = "bureau.{name}"\nlevel = "note"\nmessage = "本单位"\nbasis = "第十二条"\nuntil = {until}\n'
        "terms = '''\n{name}工程\n'''\nhit = [\"{name}工程\"]\nmiss = [\"今日晴\"]\n"
    )
    rules = (text.format(name=name, until=until) for name, until in (("jia", today), ("yi", today - timedelta(1))))
    (tmp_path / "a.toml").write_text("\n".join(rules), "utf-8")
    (tmp_path / "roster.toml").write_text("# 名单\n", "utf-8")
    (tmp_path / "accept.txt").write_text("河口镇\n", "utf-8")
    exemptions = tuple(Exemption("wording", "", until, phrase="帐篷") for until in (today, today - timedelta(1)))
    state = snapshot(Screener(Profile(exemptions=exemptions, levels={"bureau.jia": None}), tmp_path))

    assert [rule for rule in state["rules"] if rule.startswith("bureau")] == ["bureau.jia"]
    assert state["rules"]["bureau.jia"]["terms"] == ["jia工程"]
    assert state["exemptions"] == [repr(exemptions[0])]
    assert state["levels"] == {"bureau.jia": "off"}
    assert {name for name in state["files"] if name.startswith("1/")} == {"1/roster.toml"}
    assert "河口镇" in state["accept"]
