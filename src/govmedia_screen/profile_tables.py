"""What an office may write in a profile: every key with its type. A new setting is a field of ``SettingsTable`` and a line in profiles/default.toml."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Annotated, Any, Literal

import msgspec

from govmedia_screen.errors import ProfileError
from govmedia_screen.io.toml_text import TomlText
from govmedia_screen.io.typed import Filled, fits, of, said, shown, wrong

Share = Annotated[float, msgspec.Meta(ge=0, le=1)]
Tier = Annotated[int, msgspec.Meta(ge=0, le=3)]
Count = Annotated[int, msgspec.Meta(ge=1)]
LevelName = Literal["note", "review", "block", "off"]
#: Tables whose keys are the names of rules or families, and what may be set there.
NAMED: Mapping[str, Any] = {"families": bool, "levels": LevelName}


class LimitsTable(msgspec.Struct, forbid_unknown_fields=True):
    """``[limits]``."""

    max_characters: Count = 10_000_000


class ThresholdsTable(msgspec.Struct, forbid_unknown_fields=True):
    """``[thresholds]``."""

    commercial: Share | None = None
    opinion: Share | None = None


class TiersTable(msgspec.Struct, forbid_unknown_fields=True):
    """``[tiers]``."""

    note: Tier | None = None
    review: Tier | None = None
    block: Tier | None = None
    families: dict[str, Any] | None = None


class SettingsTable(msgspec.Struct, forbid_unknown_fields=True):
    """``[settings]``: options of single families, each explained in profiles/default.toml; ``own`` is for detectors of one's own."""

    proofread: bool | Literal["review"] = False
    punctuation: Literal["post", "strict"] = "post"
    ambiguity: bool = False
    abbreviations: bool = False
    provenance: bool = False
    reply_workdays: Count = 30
    filing_workdays: Count = 5
    weekly_updates: Count = 2
    silence_days: Count = 14
    idle_days: Count = 30
    flood: Count = 30
    approved_platforms: list[str] = msgspec.field(default_factory=list)
    monitoring_workdays: Count = 1
    handling_days: Count = 1
    roster: str = ""
    office: str = ""
    region: str = "全市"
    inspection_basis: str = "《神木市政务新媒体管理办法》第二十一条"
    notice_number: str = ""
    notice_to: str = "各有关单位"
    notice_contact: str = ""
    mending_workdays: Count = 10
    ledger: str = ""
    waivers: bool = True
    waivable: list[str] = msgspec.field(default_factory=list)
    self_approval: bool = False
    own: dict[str, Any] = msgspec.field(default_factory=dict)


class ExemptTable(msgspec.Struct, forbid_unknown_fields=True):
    """One ``[[exempt]]``."""

    rule: Filled
    reason: Filled
    until: date
    phrase: Filled | None = None
    post: Filled | int | None = None


class ProfileTable(msgspec.Struct, forbid_unknown_fields=True):
    """A profile, its tables looked at one by one."""

    name: Filled = ""
    extends: Filled = ""
    families: dict[str, Any] = msgspec.field(default_factory=dict)
    levels: dict[str, Any] = msgspec.field(default_factory=dict)
    tiers: dict[str, Any] = msgspec.field(default_factory=dict)
    thresholds: dict[str, Any] = msgspec.field(default_factory=dict)
    limits: dict[str, Any] = msgspec.field(default_factory=dict)
    settings: dict[str, Any] = msgspec.field(default_factory=dict)
    exempt: list[dict[str, Any]] = msgspec.field(default_factory=list)


TABLES: Mapping[str, type[msgspec.Struct]] = {
    "tiers": TiersTable, "thresholds": ThresholdsTable, "limits": LimitsTable, "settings": SettingsTable,
}  # fmt: skip


def read(source: str, content: bytes) -> dict[str, Any]:
    """A profile's tables, every key known and of its type.

    Raises:
        ProfileError: with everything that is wrong, each ``文件:行: 说明``.
    """
    try:
        toml = TomlText(source, content)
    except ValueError as error:
        raise ProfileError(f"{error}（不是有效的 TOML）") from None
    problems = [f"{source}:{line}: {message}" for line, message in slips(toml)]
    if problems:
        raise ProfileError("\n".join(problems))
    return toml.data


def slips(toml: TomlText) -> Iterator[tuple[int, str]]:
    """What is wrong with a profile: line and message."""
    top = dict(wrong(toml.data, ProfileTable))
    for key, message in top.items():
        yield toml.line_of(key), message
    data = {key: value for key, value in toml.data.items() if key not in top}
    for table, kind in TABLES.items():
        for key, message in wrong(data.get(table, {}), kind):
            yield toml.line_in(table, key), f"{table}：{message}"
    for table, kind in NAMED.items():
        yield from entries(toml, table, data.get(table, {}), kind)
    families = data.get("tiers", {}).get("families", {})
    yield from entries(toml, "tiers.families", families if isinstance(families, dict) else {}, Tier)
    for number, table in enumerate(data.get("exempt", [])):
        line = toml.head("exempt", number)
        for key, message in wrong(table, ExemptTable):
            more = "（豁免须写明理由和到期日，如 until = 2027-12-31）" if key not in table else ""
            yield toml.line_of(key, line), f"[[exempt]]：{message}{more}"
        if ("phrase" in table) == ("post" in table):
            yield line, "[[exempt]]：须写 phrase 或 post 之一"


def entries(toml: TomlText, name: str, table: Mapping[str, Any], kind: Any) -> Iterator[tuple[int, str]]:
    """What is wrong with a table whose keys are names."""
    for key, value in table.items():
        if not fits(value, kind):
            yield toml.line_in(name, key), f"{name}.{key} 应写成 {said(kind)}，不能是 {shown(value)}"


def exempt(table: Mapping[str, Any]) -> ExemptTable:
    """One ``[[exempt]]`` in which nothing is wrong."""
    return of(table, ExemptTable)
