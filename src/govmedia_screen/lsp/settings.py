"""What a client may set: ``initializationOptions``, or the section ``govmedia`` of its configuration."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any, Literal

import msgspec

from govmedia_screen.errors import InputError
from govmedia_screen.finding import Level
from govmedia_screen.io.typed import of, wrong

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


class SettingsTable(msgspec.Struct, forbid_unknown_fields=True):
    """The object as a client writes it; see ``Settings``."""

    profile: str | None = None
    lexicons: list[str] = msgspec.field(default_factory=list)
    level: Literal["note", "review", "block"] = "note"
    reasons: list[str] = msgspec.field(default_factory=lambda: [""])
    pause: Annotated[float, msgspec.Meta(ge=0, le=60)] = 0.2


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
    given = {name: value for name, value in data.items() if value is not None}
    if slips := [f"{SECTION}：{message}" for _, message in wrong(given, SettingsTable)]:
        raise InputError("；".join(slips))
    table = of(given, SettingsTable)
    return Settings(table.profile, tuple(table.lexicons), Level.of(table.level), tuple(table.reasons), table.pause)
