"""What a file says about its post: the names of the fields, in English and Chinese."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from govmedia_screen.documents.places import Places
from govmedia_screen.errors import InputError
from govmedia_screen.io.columns import KIND_NAMES, NAMES
from govmedia_screen.post import KINDS
from govmedia_screen.system import lazy

TEXTS = ("title", "source", "original_title", "original_body", "question", "account", "platform", "department")
#: What the decoded value of a scalar is made of: an escape, white space, or one character.
ESCAPE = lazy.pattern(r"\\(?:x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|\r\n|.)|''|\s+|.", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Field:
    """One entry of front matter.

    Attributes:
        key: as written.
        value: its value; text for scalars.
        line: the line of the file on which it begins, from 1.
        places: where the value's characters stand in the file, if it is text.
    """

    key: str
    value: Any
    line: int
    places: Places | None = None


def post_fields(fields: list[Field], name: str) -> tuple[dict[str, Any], dict[str, Places]]:
    """Arguments for Post, and the places of those that are text.

    Raises:
        InputError: a value cannot be used, with file and line.
    """
    known: dict[str, Any] = {}
    places: dict[str, Places] = {}
    meta: dict[str, Any] = {}
    for field in fields:
        target = NAMES.get(field.key.strip().lower().replace("-", "_"))
        if target is None or target in known:
            meta[field.key] = field.value
            continue
        value = field.value
        if value in (None, ""):
            continue
        if target == "kind":
            value = KIND_NAMES.get(str(value), str(value))
            if value not in KINDS:
                raise InputError(
                    f"{name}:{field.line}: {field.key} 是“{field.value}”，只能是 {'、'.join(KINDS)}（或 {'、'.join(KIND_NAMES)}）"
                )
        elif not isinstance(value, str):
            raise InputError(f"{name}:{field.line}: {field.key} 应为一段文字")
        known[target] = value
        if field.places is not None and target in TEXTS:
            places[target] = field.places
    if meta:
        known["meta"] = meta
    return known, places
