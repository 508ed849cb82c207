"""Post: what an account is about to publish, and what is known about it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import date, datetime
from typing import Any

from govmedia_screen.system import lazy

KINDS = ("article", "repost", "reply", "notice")
#: Parts that will be published and so are screened; the others are looked at only for comparison.
PUBLISHED = ("title", "body")
_STRINGS = ("source", "original_title", "original_body", "question", "account", "platform", "department")
_NOTHING = (None,) * len(_STRINGS)


#: A day in figures as a field has it; whatever else is written there is for the reader of dates.
DAY = lazy.pattern(r"\s*([0-9]{4})[-/.年]([0-9]{1,2})[-/.月]([0-9]{1,2})(?![0-9])")


class NoSuchDayError(ValueError):
    """A field of a post names a day that there is not.

    Attributes:
        value: what is written there.
    """

    def __init__(self, name: str, value: str) -> None:
        super().__init__(f"Post.{name} is {value!r}: there is no such day")
        self.value = value


def check_day(name: str, value: object) -> None:
    """Refuse a day that is written and does not exist.

    Raises:
        NoSuchDayError: it does not.
    """
    if isinstance(value, str) and (match := DAY.match(value)):
        try:
            date(*map(int, match.groups()))
        except ValueError:
            raise NoSuchDayError(name, value) from None


@dataclass(frozen=True, slots=True)
class Post:
    """One post.

    Attributes:
        body: the text itself.
        title: its title, or nothing.
        kind: ``article``, ``repost``, ``reply`` (to a citizen) or ``notice``.
        source: the source as declared (来源), of a repost above all.
        original_title: the title as the source has it, for comparison.
        original_body: the text as the source has it, for comparison.
        question: what the citizen asked, for a reply.
        account: the account that publishes.
        platform: the platform that it is published on.
        department: the government department that the content comes from.
        published_at: when it is, or is to be, published (ISO 8601 text, a date or a datetime).
        asked_at: when the citizen asked.
        id: the caller's own identifier.
        meta: anything else that the caller wants to find again in the report.
        extra_parts: further texts that are published with it, by name (``summary``, ``subtitle``, ``tags`` …): each is a
            part of its own, and its attribute too (``post.summary``).

    Raises:
        TypeError: a part is not text.
        ValueError: the kind is not one of ``KINDS``.
        NoSuchDayError: a day is written that no calendar has (2026-13-01).
    """

    body: str
    title: str = ""
    kind: str = "article"
    source: str | None = None
    original_title: str | None = None
    original_body: str | None = None
    question: str | None = None
    account: str | None = None
    platform: str | None = None
    department: str | None = None
    published_at: str | date | datetime | None = None
    asked_at: str | date | datetime | None = None
    id: str | int | None = None
    meta: Mapping[str, Any] = field(default_factory=dict)
    extra_parts: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if type(self.body) is not str or type(self.title) is not str:
            for name in ("body", "title"):
                if not isinstance(getattr(self, name), str):
                    raise TypeError(f"Post.{name} must be str, not {type(getattr(self, name)).__name__}")
        for name, value in self.extra_parts.items() if self.extra_parts else ():
            if not isinstance(name, str) or not isinstance(value, str):
                raise TypeError(f"Post.extra_parts[{name!r}] must be str, not {type(value).__name__}")
            if name in SETTERS:
                raise ValueError(f"Post.extra_parts[{name!r}] is a field of Post")
        if self.kind not in KINDS:
            raise ValueError(f"Post.kind is {self.kind!r}; it must be one of {', '.join(KINDS)}")
        if self.published_at is not None or self.asked_at is not None:
            for name in ("published_at", "asked_at"):
                check_day(name, getattr(self, name))
        given = (self.source, self.original_title, self.original_body, self.question, self.account, self.platform, self.department)
        for name, text in zip(_STRINGS, given, strict=True) if given != _NOTHING else ():
            if text is not None and not isinstance(text, str):
                raise TypeError(f"Post.{name} must be str or None, not {type(text).__name__}")

    def part(self, name: str) -> str:
        """The text of that part, empty if it is not given."""
        return getattr(self, name, None) or ""

    def __getattr__(self, name: str) -> str:
        """One of the ``extra_parts``."""
        if name.startswith("__") or name == "extra_parts":
            raise AttributeError(name)
        try:
            return self.extra_parts[name]
        except KeyError:
            raise AttributeError(name) from None

    @property
    def parts(self) -> tuple[str, ...]:
        """The names of the parts that are published, in the order in which they are reported."""
        return (*PUBLISHED, *self.extra_parts) if self.extra_parts else PUBLISHED


#: What sets each field of a Post that is being made, by name. Made once, a Post never changes.
SETTERS = {one.name: Post.__dict__[one.name].__set__ for one in fields(Post)}
_BODY, _META, _EXTRA = SETTERS["body"], SETTERS["meta"], SETTERS["extra_parts"]
_REST = tuple((SETTERS[one.name], one.default) for one in fields(Post) if one.name not in ("body", "meta", "extra_parts"))


def of_body(body: str) -> Post:
    """What ``Post(body=body)`` gives, in a third of the time."""
    post = object.__new__(Post)
    _BODY(post, body)
    for setter, default in _REST:
        setter(post, default)
    _META(post, {})
    _EXTRA(post, {})
    return post


def as_post(post: Post | str) -> Post:
    """The post itself, or a text as a post.

    Raises:
        TypeError: it is neither.
    """
    if isinstance(post, Post):
        return post
    if isinstance(post, str):
        return of_body(post)
    raise TypeError(f"a post is a Post or a str, not {type(post).__name__}")
