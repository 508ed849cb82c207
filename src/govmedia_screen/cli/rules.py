"""``govmedia-screen rules``: what is looked for, by rule, by word and by article."""

from __future__ import annotations

import argparse
import json
from typing import TYPE_CHECKING

from govmedia_screen.cli.options import add_profile
from govmedia_screen.errors import InputError

if TYPE_CHECKING:
    from govmedia_screen.screener import Screener

#: How many places of a word are told.
MOST = 30


def add(parser: argparse.ArgumentParser) -> None:
    """The verb's arguments."""
    parser.add_argument(
        "show",
        nargs="*",
        metavar="show 规则号 | find 词",
        help="show 规则号：一条规则的全部；find 词：这个词在哪条规则、哪个文件、哪一行，怎样就不算",
    )
    parser.add_argument("--by-article", action="store_true", help="按办法的条款列出")
    add_profile(parser)
    parser.add_argument("--format", choices=("text", "json"), default="text")


def run(args: argparse.Namespace) -> int:
    """List rules, or show one."""
    from govmedia_screen.lexicon.rule import Rule
    from govmedia_screen.lexicon_tools.articles import by_article
    from govmedia_screen.screener import Screener

    screener = Screener(args.profile, args.lexicons)
    if args.show and args.show[0] not in ("show", "find"):
        raise InputError(f"不认识“{args.show[0]}”；用法：rules show 规则号，或 rules find 词")
    if args.show and args.show[0] == "find":
        if not "".join(args.show[1:]).strip():
            raise InputError("要找什么词？用法：rules find 词")
        for word in args.show[1:]:
            print(places(screener, word))
        return 0
    if args.show:
        known = {rule.id: rule for rule in screener.rules}
        for name in args.show[1:]:
            if name not in known:
                near = [one for one in known if name in one or one.partition(".")[0] == name.partition(".")[0]]
                raise InputError(f"没有规则 {name}；相近的有：{'、'.join(near[:12]) or '无'}")
            print(page(known[name]))
        return 0
    if args.by_article:
        table = by_article(screener.lexicon)
        if args.format == "json":
            print(json.dumps({article: [rule.id for rule in rules] for (article, _), rules in table.items()}, ensure_ascii=False, indent=2))
            return 0
        for (article, asks), rules in table.items():
            print(f"{article}  {asks}")
            print("    " + ("、".join(rule.id for rule in rules if isinstance(rule, Rule)) or "（由分级分类审核与归档检查落实）"))
        return 0
    if args.format == "json":
        rows = [
            {"id": rule.id, "level": str(rule.level), "message": rule.message, "basis": rule.basis, "terms": len(rule.terms)}
            for rule in screener.rules
        ]
        print(json.dumps(rows, ensure_ascii=False, indent=2))
        return 0
    for rule in screener.rules:
        print(f"{rule.id:<36} {rule.level.label}  {len(rule.terms):>5} 词  {rule.message}（{rule.basis}）")
    return 0


def places(screener: Screener, word: str) -> str:
    """Where a word stands and what would excuse it."""
    from govmedia_screen.lexicon_tools.finding_words import find

    rules = {rule.id: rule for rule in screener.rules}
    found = list(find(screener.lexicon, word))
    lines = [f"{word}：{len(found)} 处" + ("" if found else "，词库里没有；分类模型和格式检查不靠词库")]
    for one in found[:MOST]:
        level = f"（{rules[one.owner].level.label}）" if one.owner in rules else ""
        lines.append(f"  {one.word}  {one.role}  {one.owner}{level}  {one.origin}")
        lines += [f"      不算：{excuse}" for excuse in one.excuses]
    if len(found) > MOST:
        lines.append(f"  ……还有 {len(found) - MOST} 处，请写得更具体")
    return "\n".join(lines) + "\n"


def page(rule: object) -> str:
    """One rule, whole."""
    from govmedia_screen.lexicon.rule import Rule

    assert isinstance(rule, Rule)
    lines = [f"{rule.id}（{rule.level.label}）", f"  问题：{rule.message}", f"  依据：{rule.basis}", f"  出处：{rule.origin}"]
    if rule.suggestion:
        lines.append(f"  建议：{rule.suggestion}")
    if rule.terms:
        lines.append(
            f"  词条：{len(rule.terms)} 个，如 {'、'.join(term if right is None else f'{term} → {right}' for term, right in rule.terms[:8])}"
        )
    for label, words in (("例外", rule.unless), ("须有", rule.near), ("不得有", rule.not_near)):
        if words:
            lines.append(f"  {label}：{'、'.join(words[:12])}")
    lines += [f"  命中例：{text}" for text in rule.hit] + [f"  不命中例：{text}" for text in rule.miss]
    return "\n".join(lines) + "\n"
