"""Ruleset: what the results of a scan depend on, and which posts a change of it can touch.

A change is followed as far as it is sound. A term, cue or accepted phrase acts only where it is
contained, so a post that contains none of the changed ones keeps its result; a level, message or
exemption acts only where its rule finds something. Anything else (program, model, thresholds,
settings, an office's other files) touches every post.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from datetime import date
from functools import cached_property
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

from govmedia_screen.lexicon.compiled import compile_terms
from govmedia_screen.lexicon.lexicon import BESIDE, SHIPPED, Lexicon, contents_of
from govmedia_screen.lexicon.rule import Rule
from govmedia_screen.matching.automaton import Matcher, build
from govmedia_screen.matching.fold import folded
from govmedia_screen.matching.text import Sheet
from govmedia_screen.post import Post
from govmedia_screen.screener import Screener

#: Parts of the fingerprint that touch every post when they change, with the word for them.
WHOLE = {"program": "程序", "core": "编译核心", "models": "模型", "ledger": "审核台账", "detectors": "自带的检查"}
#: Fields of a rule that change only how a finding is worded or how grave it is.
WORDED = ("level", "message", "basis", "suggestion", "hit", "miss", "origin")
READ_BY = ("title", "body", "question", "original_title", "original_body", "source", "account", "department")

Snapshot = dict[str, Any]


def snapshot(screener: Screener) -> Snapshot:
    """Everything that the results depend on, as JSON-ready values: the parts of the fingerprint, and what some are made of."""
    lexicon, profile, parts, today = screener.lexicon, screener.profile, screener.parts, date.today()
    return {
        "fingerprint": screener.fingerprint,
        **{part: parts[part] for part in WHOLE},
        "files": other_files(lexicon),
        "options": hashed(plain({
            "families": {name: on for name, on in profile.families.items() if not on}, "thresholds": profile.thresholds,
            "max_characters": profile.max_characters, "settings": profile.settings,
        })),
        "tiers": plain({"tiers": {str(key): value for key, value in profile.tiers.items()}, "families": profile.family_tiers}),
        "levels": {rule: str(level) if level else "off" for rule, level in sorted(profile.levels.items())},
        "exemptions": sorted(repr(one) for one in profile.exemptions if one.until >= today),
        "accept": list(lexicon.accept),
        "cues": {cue.id: [*cue.words, str(cue.trigger), cue.label] for cue in lexicon.cues.values()},
        "rules": {rule.id: of_rule(rule) for rule in lexicon if not rule.until or today <= rule.until},
    }  # fmt: skip


def of_rule(rule: Rule) -> dict[str, Any]:
    """A rule: a hash of its wording, one of the rest, and its terms."""
    worded = {
        field.name: getattr(rule, field.name)
        for field in fields(rule)
        if field.name in WORDED and field.name not in {"hit", "miss", "origin"}
    }
    rest = {field.name: getattr(rule, field.name) for field in fields(rule) if field.name not in WORDED}
    return {"worded": hashed(repr(worded)), "rest": hashed(repr(rest)), "terms": [term for term, _ in rule.terms]}


def hashed(text: str) -> str:
    """A short hash."""
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


def plain(value: Any) -> str:
    """Nested settings as one comparable text."""
    return json.dumps(value, ensure_ascii=True, sort_keys=True, default=str)


def other_files(lexicon: Lexicon) -> dict[str, str]:
    """What the lexicon folders hold beside rules and words: rosters, lists of sources."""
    places: list[Traversable | Path] = [resources.files(SHIPPED), *map(Path, lexicon.folders)]
    return {
        f"{number}/{name}": hashed(content.hex())
        for number, place in enumerate(places)
        for name, content in contents_of(place).items()
        if name in BESIDE and name != "accept.txt"
    }


@dataclass(frozen=True)
class Touched:
    """Which posts a change can touch.

    Attributes:
        everything: why every post can be touched, or nothing.
        words: posts that contain one of these,
        families: or have a finding of one of these families,
        any_finding: or have any finding, exempted ones among them.
        rules: the rules that changed, for the reader.
    """

    everything: str = ""
    words: tuple[str, ...] = ()
    families: frozenset[str] = frozenset()
    any_finding: bool = False
    rules: tuple[str, ...] = ()

    @cached_property
    def matcher(self) -> tuple[Matcher, tuple[str, ...]]:
        """The words in one automaton, and those too short for it."""
        compiled = compile_terms(self.words)
        short = tuple(folded(word) for word, size in zip(self.words, compiled.sizes, strict=True) if size < 2)
        return build(compiled.forms), short

    def posts(self, posts: Sequence[Post]) -> list[bool]:
        """For each post whether it contains one of the words."""
        if self.everything or not self.words or not posts:
            return [bool(self.everything)] * len(posts)
        texts = ["\n".join(post.part(name) for name in READ_BY if post.part(name)) for post in posts]
        matcher, short = self.matcher
        sheet = Sheet(texts)
        result = [any(word in folded(text) for word in short) for text in texts] if short else [False] * len(posts)
        for end, _ in matcher.find(sheet.view):
            result[sheet.part_at(sheet.where[end - 1])] = True
        return result

    def found(self, families: Iterable[str], exempted: bool) -> bool:
        """Whether a post with findings of those families is touched because of them."""
        present = set(families)
        return bool(self.any_finding and (present or exempted)) or not self.families.isdisjoint(present)


#: What touches nothing.
UNTOUCHED = Touched()


def touched(old: Snapshot | None, new: Snapshot) -> Touched:
    """What the change from one snapshot to another can touch."""
    if old is None or old.keys() != new.keys():
        return Touched("没有可比的旧结果")
    for key, name in {**WHOLE, "files": "词库里的名单", "options": "方案的开关、阈值或选项"}.items():
        if old[key] != new[key]:
            return Touched(f"{name}有变化")
    words: set[str] = set(old["accept"]) ^ set(new["accept"])
    families: set[str] = set()
    changed: set[str] = set()
    for cue in old["cues"].keys() | new["cues"].keys():
        words |= set(old["cues"].get(cue, [])[:-2]) ^ set(new["cues"].get(cue, [])[:-2])
        if old["cues"].get(cue, [""])[-2:] != new["cues"].get(cue, [""])[-2:]:
            words |= set(old["cues"].get(cue, [])[:-2]) | set(new["cues"].get(cue, [])[:-2])
    for rule in old["rules"].keys() | new["rules"].keys():
        before, after = old["rules"].get(rule), new["rules"].get(rule)
        if before == after:
            continue
        changed.add(rule)
        terms = {term for one in (before, after) if one for term in one["terms"]}
        if before and after and before["rest"] == after["rest"]:
            families.add(rule.partition(".")[0])
        elif not terms:
            return Touched(f"规则 {rule} 有变化", rules=(rule,))
        if terms:
            words |= terms
    for rule in old["levels"].keys() | new["levels"].keys():
        before, after = old["levels"].get(rule), new["levels"].get(rule)
        if before == after:
            continue
        changed.add(rule)
        families.add(rule.partition(".")[0])
        terms = set(new["rules"].get(rule, {}).get("terms", ()))
        words |= terms
        if not terms and "off" in (before, after):
            return Touched(f"规则 {rule} 的开关有变化", rules=(rule,))
    any_finding = old["tiers"] != new["tiers"] or old["exemptions"] != new["exemptions"]
    return Touched("", tuple(sorted(word for word in words if word)), frozenset(families), any_finding, tuple(sorted(changed)))


def describe(change: Touched) -> str:
    """The change in one line, for the reader."""
    if change.everything:
        return f"{change.everything}，全部重新审查"
    if not change.words and not change.families and not change.any_finding:
        return ""
    return f"有变化的规则 {len(change.rules)} 条，只重新审查可能受影响的文章"
