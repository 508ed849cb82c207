"""What a file says about its post: the names of the fields, in English and Chinese."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from govmedia_screen.documents.places import Places
from govmedia_screen.errors import InputError
from govmedia_screen.io.columns import EXTRA, KIND_NAMES, NAMES
from govmedia_screen.post import KINDS, SETTERS
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
        text: of a list or a table all its texts, one a line; ``places`` are then theirs.
    """

    key: str
    value: Any
    line: int
    places: Places | None = None
    text: str | None = None


#: Keys whose values are for the program that makes the page.
TECHNICAL = frozenset(
    {
        "layout", "template", "type", "draft", "published", "slug", "permalink", "url", "path", "link", "aliases", "redirect", "redirect_from", "weight",
        "order", "lang", "language", "locale", "uuid", "guid", "hash", "toc", "math", "comments", "sitemap", "robots", "theme", "version", "image",
        "images", "thumbnail", "logo", "icon", "css", "js", "lastmod", "updated", "modified", "expirydate", "链接", "网址", "模板", "栏目编号",
    }
)  # fmt: skip
#: What a value must have to be something that a reader reads: Han, or a run of digits.
TELLING = lazy.pattern(r"[\u4e00-\u9fff]|[0-9０-９][0-9０-９ -]{5}")
#: A source longer than this is more than a name.
NAME = 40


def part_of(field: Field, extra: dict[str, str], places: dict[str, Places]) -> None:
    """Take a value that is published and is no field of Post as a part of its own, by its known name or by its key.

    What nobody has said to be technical is taken to be published: a theme shows what it likes.
    """
    text = field.text if field.text is not None else field.value
    key = field.key.strip()
    name = key.lower().replace("-", "_").replace(":", "_")
    if not isinstance(text, str) or name in TECHNICAL or not TELLING.search(text):
        return
    part = EXTRA.get(name, key)
    if part in extra or part in SETTERS:
        part = f"{key}（又一处）" if key in extra or key in SETTERS else key
    extra[part] = text
    if field.places is not None:
        places[part] = field.places


def post_fields(fields: list[Field], name: str) -> tuple[dict[str, Any], dict[str, Places]]:
    """Arguments for Post, and the places of those that are text.

    Raises:
        InputError: a value cannot be used, with file and line.
    """
    known: dict[str, Any] = {}
    places: dict[str, Places] = {}
    meta: dict[str, Any] = {}
    extra: dict[str, str] = {}
    for field in fields:
        target = NAMES.get(field.key.strip().lower().replace("-", "_"))
        if target is None or target in known:
            meta[field.key] = field.value
            part_of(field, extra, places)
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
        if target == "source" and len(value) > NAME:
            part_of(field, extra, places)
        if field.places is not None and target in TEXTS:
            places[target] = field.places
    if meta:
        known["meta"] = meta
    if extra:
        known["extra_parts"] = extra
    return known, places
