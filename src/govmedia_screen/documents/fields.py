"""What a file says about its post: the names of the fields, in English and Chinese."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from govmedia_screen.system import lazy
from govmedia_screen.documents.places import Places
from govmedia_screen.errors import InputError
from govmedia_screen.post import KINDS

#: Keys of front matter → fields of Post. Others go to ``Post.meta``.
NAMES = {
    "title": "title", "标题": "title",
    "kind": "kind", "文种": "kind",
    "source": "source", "来源": "source", "信息来源": "source", "contentsource": "source",
    "original_title": "original_title", "原标题": "original_title",
    "original_body": "original_body", "原文": "original_body",
    "question": "question", "来信": "question", "来信内容": "question", "留言": "question",
    "account": "account", "账号": "account", "sitename": "account",
    "platform": "platform", "平台": "platform",
    "department": "department", "部门": "department", "供稿单位": "department",
    "published_at": "published_at", "date": "published_at", "发布日期": "published_at", "发布时间": "published_at", "pubdate": "published_at",
    "asked_at": "asked_at", "来信日期": "asked_at", "来信时间": "asked_at", "留言时间": "asked_at",
    "id": "id", "编号": "id",
}  # fmt: skip
#: Chinese names of the kinds.
KIND_NAMES = {
    "文章": "article",
    "原创": "article",
    "转载": "repost",
    "回复": "reply",
    "答复": "reply",
    "公告": "notice",
    "通知": "notice",
    "通告": "notice",
}
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
