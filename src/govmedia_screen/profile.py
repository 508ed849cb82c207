"""Profile: an office's own variant of the regulation, a short TOML file."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from importlib import resources
from pathlib import Path
from typing import Any

from govmedia_screen import profile_tables
from govmedia_screen.errors import ProfileError
from govmedia_screen.finding import Level
from govmedia_screen.lexicon.lexicon import Lexicon
from govmedia_screen.system.files import read_regular


@dataclass(frozen=True, slots=True)
class Exemption:
    """A finding that an office accepts.

    Attributes:
        rule: the rule's id, or its family.
        reason: why it is accepted.
        until: the last day on which it is.
        phrase: accepted wherever this text is found, or
        post: accepted in the post of this id.
    """

    rule: str
    reason: str
    until: date
    phrase: str | None = None
    post: str | None = None

    @property
    def lasts(self) -> str:
        """How long, for an editor."""
        return "长期" if self.until == date.max else f"至 {self.until}"


@dataclass(frozen=True)
class Profile:
    """What is switched on, how grave it is, and who must sign.

    Attributes:
        name: its name.
        families: family → on or off; a family that is not named is on.
        levels: rule id → level, or None for off.
        tiers: level → review tier (0–3).
        family_tiers: family → review tier for findings of REVIEW and above.
        thresholds: classifier label → threshold in place of the model's own.
        max_characters: how many code points of a part are screened.
        settings: options of single families.
        exemptions: accepted findings.
        source: where it was read from.
    """

    name: str = "default"
    families: Mapping[str, bool] = field(default_factory=dict)
    levels: Mapping[str, Level | None] = field(default_factory=dict)
    tiers: Mapping[Level, int] = field(default_factory=lambda: {Level.NOTE: 1, Level.REVIEW: 2, Level.BLOCK: 3})
    family_tiers: Mapping[str, int] = field(default_factory=dict)
    thresholds: Mapping[str, float] = field(default_factory=dict)
    max_characters: int = 10_000_000
    settings: Mapping[str, Any] = field(default_factory=dict)
    exemptions: tuple[Exemption, ...] = ()
    source: str = "default"

    def on(self, family: str) -> bool:
        """Whether a family is screened for."""
        return self.families.get(family, True)


def load(profile: str | Path | Profile | None = None) -> Profile:
    """Read a profile.

    Args:
        profile: a path, the name of a shipped one, a Profile, or None for the default.

    Raises:
        ProfileError: it cannot be found or used; the message names file, key and what is allowed.
    """
    if isinstance(profile, Profile):
        return profile
    return build(*merged(str(profile or "default"), ()))


def shipped() -> tuple[str, ...]:
    """The names of the profiles that come with the package."""
    folder = resources.files("govmedia_screen").joinpath("profiles")
    return tuple(sorted(path.name.removesuffix(".toml") for path in folder.iterdir() if path.name.endswith(".toml")))


def merged(name: str, seen: tuple[str, ...], base: Path | None = None) -> tuple[dict[str, Any], str]:
    """The profile's tables laid over those that it extends."""
    if name in seen:
        raise ProfileError(f"{name}: extends goes round in a circle ({' → '.join((*seen, name))})")
    if name in shipped():
        content, source = resources.files("govmedia_screen").joinpath("profiles", f"{name}.toml").read_bytes(), name
    else:
        path = Path(name) if base is None or Path(name).is_absolute() else base / name
        if not path.is_file():
            raise ProfileError(f"找不到方案 {name}：既不是文件，也不是内置方案（{'、'.join(shipped())}）")
        source, base = str(path), path.parent
        content = read_regular(path)
    data = profile_tables.read(source, content)
    if "extends" not in data:
        return data, source
    under, _ = merged(str(data["extends"]), (*seen, name), base)
    return {
        "name": data.get("name", Path(source).stem),
        **{
            key: {**under.get(key, {}), **data.get(key, {})}
            for key in ("families", "levels", "thresholds", "limits", "settings")
        },
        "tiers": {**under.get("tiers", {}), **data.get("tiers", {}), "families": {**under.get("tiers", {}).get("families", {}), **data.get("tiers", {}).get("families", {})}},
        "exempt": [*under.get("exempt", []), *data.get("exempt", [])],
    }, source  # fmt: skip


def build(data: Mapping[str, Any], source: str) -> Profile:
    """The Profile of tables in which nothing is wrong."""
    tiers = data.get("tiers", {})
    levels = {rule: None if name == "off" else Level.of(name) for rule, name in data.get("levels", {}).items()}
    return Profile(
        name=str(data.get("name", Path(source).stem)),
        families=dict(data.get("families", {})),
        levels=levels,
        tiers={level: tiers.get(str(level), int(level)) for level in Level},
        family_tiers=dict(tiers.get("families", {})),
        thresholds=dict(data.get("thresholds", {})),
        max_characters=data.get("limits", {}).get("max_characters", 10_000_000),
        settings=dict(data.get("settings", {})),
        exemptions=tuple(exemption(profile_tables.exempt(table)) for table in data.get("exempt", [])),
        source=source,
    )


def exemption(given: profile_tables.ExemptTable) -> Exemption:
    """One ``[[exempt]]``."""
    return Exemption(given.rule, given.reason, given.until, given.phrase, None if given.post is None else str(given.post))


def unknown(profile: Profile, lexicon: Lexicon, own: Iterable[str] = ()) -> list[str]:
    """Rules and families that a profile names and nobody has, each ``文件:行: 说明`` with the name that may have been meant.

    Args:
        profile: the profile.
        lexicon: the lexicon in force.
        own: families of a caller's own detectors, whose rules nobody knows.
    """
    rules = set(lexicon.rules)
    families = {rule.partition(".")[0] for rule in rules} | lexicon.families.known.keys()
    named = [("levels 里的规则", rule, rules) for rule in profile.levels]
    named += [("families 里的家族", family, families) for family in profile.families]
    named += [("tiers.families 里的家族", family, families) for family in profile.family_tiers]
    named += [("豁免的规则", one.rule, rules | families) for one in profile.exemptions]
    waivable = profile.settings.get("waivable", ())
    named += [("waivable 里的规则", one, rules | families) for one in waivable]
    others = set(own)
    return [
        f"{place(profile, name)}{what} {name} 不存在{near(name, known)}"
        for what, name, known in named
        if name not in known and name.partition(".")[0] not in others
    ]


def place(profile: Profile, name: str) -> str:
    """Where a profile names something: ``文件:行: ``; the profile alone if it is not written there itself."""
    path = Path(profile.source)
    lines = path.read_bytes().decode("utf-8", "replace").splitlines() if path.is_file() else []
    word = re.compile(rf"(?<![\w.-]){re.escape(name)}(?![\w.-])")
    line = next((number for number, text in enumerate(lines, 1) if word.search(text)), 0)
    return f"{profile.source}:{line}: " if line else f"{profile.source}: "


def near(name: str, known: Iterable[str]) -> str:
    """The names that may have been meant."""
    from difflib import get_close_matches

    close = get_close_matches(name, sorted(known), 3, 0.6)
    return f"，是不是 {'、'.join(close)}" if close else ""
