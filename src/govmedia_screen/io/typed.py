"""Typed reading of what people write: a table of TOML or JSON against the types of a ``msgspec.Struct``.

Every key is looked at by itself, so that all slips of a table are told at once, each in Chinese
and by its key; where it stands is for the caller, who has the file.
"""

from __future__ import annotations

import types
import typing
from collections.abc import Iterator, Mapping
from datetime import date, datetime, time
from typing import Annotated, Any, Literal, TypeVar

import msgspec

Kind = TypeVar("Kind", bound=msgspec.Struct)
#: Text that says something.
Filled = Annotated[str, msgspec.Meta(pattern=r"\S")]
#: Words or phrases between three single quotation marks, one a line.
Block = Annotated[str, msgspec.Meta(title="''' 与 ''' 之间一行一个词")]
#: One text or several; a block, or its lines as a list.
Texts = str | list[str]
Lines = Block | list[str]
SIMPLE: Mapping[Any, str] = {
    str: '英文双引号里的文字 "…"',
    int: "整数，如 20",
    float: "数，如 0.5",
    bool: "true 或 false",
    date: "日期，如 2027-12-31",
}


def wrong(table: Mapping[str, Any], kind: type[msgspec.Struct]) -> Iterator[tuple[str, str]]:
    """What is wrong with a table: the key, and what it should be; for each key that is missing, unknown or of a wrong type."""
    known = {field.encode_name: field for field in msgspec.structs.fields(kind)}
    for key in table:
        if key not in known:
            yield key, f"不认识的键“{key}”{meant(key, known)}"
    for key, field in known.items():
        if key not in table:
            if field.required:
                yield key, f"缺少 {key}"
        elif not fits(table[key], field.type):
            yield key, f"{key} 应写成 {said(field.type)}，不能是 {shown(table[key])}"


def of(table: Mapping[str, Any], kind: type[Kind]) -> Kind:
    """The table as a value of that kind; only for one in which nothing is wrong."""
    return msgspec.convert(table, kind, builtin_types=(date, datetime, time))


def fits(value: Any, kind: Any) -> bool:
    """Whether a value is of a type."""
    try:
        msgspec.convert(value, kind, builtin_types=(date, datetime, time))
    except msgspec.ValidationError:
        return False
    return True


def meant(key: str, known: Mapping[str, Any]) -> str:
    """The key that may have been meant, else all that there are."""
    from difflib import get_close_matches

    close = get_close_matches(key, known, 1, 0.6)
    return f"，是不是 {close[0]}" if close else f"，可用：{'、'.join(known)}"


def shown(value: Any) -> str:
    """A value as its writer knows it, shortened."""
    if isinstance(value, bool):
        return str(value).lower()
    text = f'"{value}"' if isinstance(value, str) else str(value)
    return text if len(text) <= 40 else text[:40] + "…"


def said(kind: Any) -> str:
    """A type in an editor's words."""
    origin, inside = typing.get_origin(kind), typing.get_args(kind)
    if origin is Annotated:
        limits = inside[1]
        if limits.title:
            return str(limits.title)
        if inside[0] is str:
            return SIMPLE[str] + "，不能为空"
        if inside[0] in (int, float) and (limits.ge is not None or limits.le is not None):
            name = "整数" if inside[0] is int else "数"
            return f"{limits.ge} 到 {limits.le} 的{name}" if limits.le is not None else f"不小于 {limits.ge} 的{name}"
        return said(inside[0])
    if origin is Literal:
        return " 或 ".join(f'"{one}"' for one in inside)
    if origin in (typing.Union, types.UnionType):
        return " 或 ".join(said(one) for one in inside if one is not type(None))
    if origin in (list, tuple):
        if typing.get_origin(inside[0]) is Literal:
            return f'列表 ["…", "…"]，每项是 {said(inside[0])}'
        return "整数的列表，如 [6, 4]" if inside[0] is int else '文字的列表，如 ["…", "…"]'
    if origin is dict:
        return "一张表，一行一个 键 = 值"
    return SIMPLE.get(kind, "一张表")
