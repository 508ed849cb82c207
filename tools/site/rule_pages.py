"""Pages from the lexicons: one for each family, every rule with its examples; and the regulation, article by article."""

from __future__ import annotations

import html

from govmedia_screen.lexicon.lexicon import Lexicon
from govmedia_screen.lexicon.rule import Rule
from govmedia_screen.lexicon_tools.articles import by_article

#: How many of a rule's words its page shows; the rest is in the lexicon.
SHOWN = 12


def families(lexicon: Lexicon) -> list[tuple[str, str]]:
    """Families that have rules: id and name, in the order of families.toml."""
    used = {rule.family for rule in lexicon}
    known = [family for family in lexicon.families.known if family in used]
    return [(family, lexicon.families.name(family)) for family in known + sorted(used - set(known))]


def page(lexicon: Lexicon, family: str) -> str:
    """A family: what it is about, then its rules."""
    known = lexicon.families.of(family)
    rules = sorted((rule for rule in lexicon if rule.family == family), key=lambda rule: rule.id)
    lines = [f"# {known.name}", "", f"`{family}`，{len(rules)} 条规则。", ""]
    lines += [escaped(line) + "  " for line in known.about.strip().splitlines()]
    for rule in rules:
        lines += section(rule)
    return "\n".join(lines) + "\n"


def section(rule: Rule) -> list[str]:
    """One rule: level, basis, words, examples of both kinds."""
    lines = [
        "",
        f"## {rule.id} {{ #{rule.id} }}",
        "",
        f"**{rule.level.label}** · {escaped(rule.message)}",
        "",
        f"- 依据：{escaped(rule.basis)}",
    ]
    if rule.suggestion is not None:
        lines.append(f"- 建议：{escaped(rule.suggestion) or '删去'}")
    if rule.since or rule.until:
        lines.append(f"- 适用：{rule.since or ''} 至 {rule.until or '今'}")
    if rule.terms:
        shown = "、".join(term if right is None else f"{term} → {right}" for term, right in rule.terms[:SHOWN])
        lines.append(f"- 词条 {len(rule.terms)} 个：{escaped(shown)}{'……' if len(rule.terms) > SHOWN else ''}")
    if rule.expressions:
        lines.append(f"- 对照 {len(rule.expressions)} 条正确表述：{escaped('、'.join(rule.expressions[:SHOWN]))}……")
    for label, words in (("不算", rule.unless), ("附近须有", rule.near), ("附近不得有", rule.not_near)):
        if words:
            lines.append(f"- {label}：{escaped('、'.join(words[:SHOWN]))}{'……' if len(words) > SHOWN else ''}")
    for label, texts in (("会查出", rule.hit), ("不会查出", rule.miss)):
        if texts:
            lines += ["", f"{label}：", "", *(f"> {quoted(text)}\n" for text in texts)]
    return lines


def regulation(lexicon: Lexicon) -> str:
    """What each article asks and the rules that answer it, as ``rules --by-article`` lists them."""
    lines = [
        "# 办法的条款与规则",
        "",
        "《神木市政务新媒体管理办法》（神政办发〔2022〕10号）每一条要求什么，由哪些规则检查。命令：`govmedia-screen rules --by-article`。",
        "",
        "| 条款 | 要求 | 规则 |",
        "|---|---|---|",
    ]
    for (article, asks), rules in by_article(lexicon).items():
        links = " ".join(f"[{rule.id}](rules/{rule.family}.md#{rule.id})" for rule in rules)
        lines.append(f"| {article} | {escaped(asks)} | {links or '由分级分类审核与归档检查落实'} |")
    return "\n".join(lines) + "\n"


def escaped(text: str) -> str:
    """Text that Markdown leaves as it is."""
    return "".join(f"&#{ord(one)};" if one in "\\`*_{}[]<>#+|~$!&" else one for one in text)


def quoted(text: str) -> str:
    """An example on several lines as one quotation."""
    return "  \n> ".join(escaped(line) for line in text.splitlines()) or html.escape("（空）")
