"""Profiles proved, shown whole, and compared."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path

from govmedia_screen import profile as profiles
from govmedia_screen.finding import Level
from govmedia_screen.lexicon import lexicon as lexicons
from govmedia_screen.profile import Profile


def problems(name: str, folders: Iterable[str | Path] = ()) -> list[str]:
    """What a profile names that does not exist, and exemptions that have run out.

    Raises:
        ProfileError: the profile is refused.
    """
    profile = profiles.load(name)
    found = profiles.unknown(profile, lexicons.load(Path(folder) for folder in folders))
    for exemption in profile.exemptions:
        if exemption.until < date.today():
            found.append(f"{name}: 豁免 {exemption.rule}（{exemption.phrase or exemption.post}）已于 {exemption.until} 到期")
    return found


def settled(profile: Profile) -> Iterator[tuple[str, str]]:
    """Every key of a profile with its value as it would be written."""
    for family, on in sorted(profile.families.items()):
        yield f"families.{family}", str(on).lower()
    for rule, level in sorted(profile.levels.items()):
        yield f'levels."{rule}"', "off" if level is None else str(level)
    for level in Level:
        yield f"tiers.{level}", str(profile.tiers[level])
    for family, tier in sorted(profile.family_tiers.items()):
        yield f"tiers.families.{family}", str(tier)
    for label, value in sorted(profile.thresholds.items()):
        yield f"thresholds.{label}", str(value)
    yield "limits.max_characters", str(profile.max_characters)
    for key, value in sorted(profile.settings.items()):
        yield f"settings.{key}", repr(value).replace("'", '"') if isinstance(value, (str, list)) else str(value).lower()
    for one in profile.exemptions:
        yield f"exempt.{one.rule}.{one.phrase or one.post}", f"{one.reason}（至 {one.until}）"


def lines_of(name: str) -> list[str]:
    """A profile with all that it extends, one key a line."""
    profile = profiles.load(name)
    return [f"# {profile.name}（{profile.source}）", *(f"{key} = {value}" for key, value in settled(profile))]


def differences(one: str, other: str) -> list[str]:
    """The keys in which two profiles differ: ``键: 甲 → 乙``."""
    left, right = dict(settled(profiles.load(one))), dict(settled(profiles.load(other)))
    return [
        f"{key}: {left.get(key, '（无）')} → {right.get(key, '（无）')}"
        for key in sorted({**left, **right})
        if left.get(key) != right.get(key)
    ]
