"""What a client may set: ``initializationOptions``, or the section ``govmedia`` of its configuration."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from govmedia_screen.errors import InputError
from govmedia_screen.finding import Level

SECTION = "govmedia"


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings of one client.

    Attributes:
        profile: the office's profile, a path or a shipped name.
        lexicons: the office's folders of lexicons.
        level: findings below it are not shown.
        reasons: reasons that are offered when a finding is accepted; an empty one is filled in by hand.
        pause: after how many seconds without a keystroke the whole post is screened.
    """

    profile: str | None = None
    lexicons: tuple[str, ...] = ()
    level: Level = Level.NOTE
    reasons: tuple[str, ...] = ("",)
    pause: float = 0.2


def read(data: Any) -> Settings:
    """Settings of a client's object; what it leaves out is the default.

    Raises:
        InputError: a key or value cannot be used.
    """
    if data is None:
        data = {}
    if isinstance(data, Mapping) and isinstance(data.get(SECTION), Mapping):
        data = data[SECTION]
    if not isinstance(data, Mapping):
        raise InputError(f"{SECTION} 的设置应为对象")
    names = Settings.__dataclass_fields__.keys()
    if unknown := data.keys() - names:
        raise InputError(f"{SECTION} 没有设置项 {'、'.join(sorted(unknown))}；可用：{'、'.join(names)}")
    given = {name: value for name, value in data.items() if value is not None}
    for name in ("lexicons", "reasons"):
        value = given.get(name, ())
        if not isinstance(value, (list, tuple)) or not all(isinstance(one, str) for one in value):
            raise InputError(f"{SECTION}.{name} 应为文字的列表")
        if name in given:
            given[name] = tuple(value)
    if "level" in given:
        if str(given["level"]).upper() not in Level.__members__:
            raise InputError(f"{SECTION}.level 只能是 note、review、block")
        given["level"] = Level.of(str(given["level"]))
    if not isinstance(given.get("profile", ""), str):
        raise InputError(f"{SECTION}.profile 应为文字")
    if not isinstance(given.get("pause", 0.2), (int, float)) or not 0 <= given.get("pause", 0.2) <= 60:
        raise InputError(f"{SECTION}.pause 应为 0 到 60 之间的秒数")
    return Settings(**given)
