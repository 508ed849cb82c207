"""What callers send, as typed values: a wrong type or an unknown field is refused with its place (docs/http.md)."""

from __future__ import annotations

from typing import Annotated, Any, Literal

import msgspec

from govmedia_screen.post import Post


class PostIn(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A post; the fields are those of ``govmedia_screen.Post``."""

    body: str
    title: str = ""
    kind: Literal["article", "repost", "reply", "notice"] = "article"
    source: str | None = None
    original_title: str | None = None
    original_body: str | None = None
    question: str | None = None
    account: str | None = None
    platform: str | None = None
    department: str | None = None
    published_at: str | None = None
    asked_at: str | None = None
    id: str | None = None
    meta: dict[str, Any] = {}

    def post(self) -> Post:
        """The post itself.

        Raises:
            ValueError: a field cannot be what it says, such as a date.
        """
        return Post(**{name: getattr(self, name) for name in self.__struct_fields__})


class Batch(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Many posts."""

    posts: list[PostIn]


class Redact(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A post to be masked."""

    post: PostIn
    mask: Annotated[str, msgspec.Meta(min_length=1, max_length=1)] = "＊"
    families: list[str] | None = None


class Table(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A table to be saved as a spreadsheet."""

    header: Annotated[list[Annotated[str, msgspec.Meta(max_length=200)]], msgspec.Meta(min_length=1, max_length=30)]
    rows: Annotated[list[list[str | int]], msgspec.Meta(max_length=20_000)]


class Submission(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A post to be reviewed."""

    post: PostIn
    author: Annotated[str, msgspec.Meta(min_length=1, max_length=80)]


class Verdict(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a reviewer thinks of one finding: right, or a false alarm."""

    finding: Annotated[int, msgspec.Meta(ge=0)]
    right: bool


class Signature(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A reviewer's decision on a submission."""

    action: Literal["approve", "return"]
    person: Annotated[str, msgspec.Meta(min_length=1, max_length=80)]
    tier: Annotated[int, msgspec.Meta(ge=1, le=3)]
    note: Annotated[str, msgspec.Meta(max_length=2000)] = ""
    opinions: list[Verdict] = []
