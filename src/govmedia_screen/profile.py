"""Profile: an office's own variant of the regulation, a short TOML file."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from importlib import resources
from pathlib import Path
from typing import Any

from govmedia_screen.errors import ProfileError
from govmedia_screen.finding import Level
from govmedia_screen.io import toml
from govmedia_screen.system.files import read_regular

KEYS = {"name", "extends", "families", "levels", "tiers", "thresholds", "limits", "settings", "exempt"}
EXEMPT_KEYS = {"rule", "phrase", "post", "reason", "until"}


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
        text, source = resources.files("govmedia_screen").joinpath("profiles", f"{name}.toml").read_text("utf-8"), name
    else:
        path = Path(name) if base is None or Path(name).is_absolute() else base / name
        if not path.is_file():
            raise ProfileError(f"找不到方案 {name}：既不是文件，也不是内置方案（{'、'.join(shipped())}）")
        source, base = str(path), path.parent
        try:
            text = read_regular(path).decode("utf-8-sig")
        except UnicodeDecodeError:
            raise ProfileError(f"{path}: 不是 UTF-8 编码，请另存为 UTF-8") from None
    try:
        data = toml.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ProfileError(f"{source}: 不是有效的 TOML：{error}") from None
    if unknown := data.keys() - KEYS:
        raise ProfileError(f"{source}: 不认识的键 {'、'.join(sorted(unknown))}；可用：{'、'.join(sorted(KEYS))}")
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
    """Check the tables and make the Profile."""

    def refuse(message: str) -> ProfileError:
        return ProfileError(f"{source}: {message}")

    levels: dict[str, Level | None] = {}
    for rule, name in data.get("levels", {}).items():
        if name != "off" and str(name).upper() not in Level.__members__:
            raise refuse(f"levels.{rule} 是 {name!r}，只能是 note、review、block 或 off")
        levels[rule] = None if name == "off" else Level.of(name)
    tiers = {Level.NOTE: 1, Level.REVIEW: 2, Level.BLOCK: 3}
    for name, tier in data.get("tiers", {}).items():
        if name == "families":
            continue
        if str(name).upper() not in Level.__members__ or tier not in range(4):
            raise refuse(f"tiers.{name} = {tier!r}：左边只能是 note、review、block，右边只能是 0–3")
        tiers[Level.of(name)] = tier
    family_tiers = dict(data.get("tiers", {}).get("families", {}))
    for family, tier in family_tiers.items():
        if tier not in range(4):
            raise refuse(f"tiers.families.{family} = {tier!r}，只能是 0–3")
    for family, on in data.get("families", {}).items():
        if not isinstance(on, bool):
            raise refuse(f"families.{family} = {on!r}，只能是 true 或 false")
    for label, value in data.get("thresholds", {}).items():
        if not isinstance(value, (int, float)) or not 0 <= value <= 1:
            raise refuse(f"thresholds.{label} = {value!r}，只能是 0 到 1 的数")
    limit = data.get("limits", {}).get("max_characters", 10_000_000)
    if not isinstance(limit, int) or limit < 1:
        raise refuse(f"limits.max_characters = {limit!r}，应为正整数")
    return Profile(
        name=str(data.get("name", Path(source).stem)),
        families=dict(data.get("families", {})),
        levels=levels,
        tiers=tiers,
        family_tiers=family_tiers,
        thresholds=dict(data.get("thresholds", {})),
        max_characters=limit,
        settings=dict(data.get("settings", {})),
        exemptions=tuple(exemption(table, number, refuse) for number, table in enumerate(data.get("exempt", []), 1)),
        source=source,
    )


def exemption(table: Mapping[str, Any], number: int, refuse: Any) -> Exemption:
    """One ``[[exempt]]``."""
    if unknown := table.keys() - EXEMPT_KEYS:
        raise refuse(f"第 {number} 个 [[exempt]] 有不认识的键 {'、'.join(sorted(unknown))}")
    if missing := {"rule", "reason", "until"} - table.keys():
        raise refuse(f"第 {number} 个 [[exempt]] 缺少 {'、'.join(sorted(missing))}（例外须写明理由和到期日）")
    if ("phrase" in table) == ("post" in table):
        raise refuse(f"第 {number} 个 [[exempt]] 须写 phrase 或 post 之一")
    if type(table["until"]) is not date:
        raise refuse(f"第 {number} 个 [[exempt]] 的 until 应写成日期，如 until = 2027-12-31")
    post = table.get("post")
    return Exemption(table["rule"], table["reason"], table["until"], table.get("phrase"), None if post is None else str(post))
