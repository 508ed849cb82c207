"""Markdown → post: front matter, a first-level heading as title, the text as it is written."""

from __future__ import annotations

import re
from collections.abc import Iterator

from govmedia_screen.documents.fields import post_fields
from govmedia_screen.documents.frontmatter import split
from govmedia_screen.documents.places import Builder, Places, whole
from govmedia_screen.post import Post
from govmedia_screen.system import lazy

HEADING = lazy.pattern(r"\s*^[ ]{0,3}#[ \t]+([^\s#][^\r\n]*)(?:\r\n|\r|\n|\Z)", re.MULTILINE)


def read(text: str, name: str) -> tuple[Post, dict[str, Places]]:
    """The post in a Markdown file and where its parts stand.

    HTML comments are left out: no reader sees them. Everything else is screened as written,
    so that a finding is a slice of the file.

    Raises:
        InputError: the front matter cannot be used.
    """
    fields, start = split(text, name)
    known, places = post_fields(fields, name)
    if "title" not in known and (heading := HEADING.match(text, beyond_comments(text, start))):
        known["title"] = title = heading[1].rstrip(" \t#")
        places["title"] = whole(title, heading.start(1))
        start = heading.end()
    builder, begin = Builder(), start
    for comment_start, comment_end in comments(text, start):
        builder.add(text[start:comment_start], start)
        start = comment_end
    builder.add(text[start:], start)
    body, spots = builder.finish()
    places["body"] = spots if body else whole("", begin)
    return Post(body=body, **{"id": name, **known}), places


def comments(text: str, start: int = 0) -> Iterator[tuple[int, int]]:
    """The spans of the HTML comments in a text; one that is never closed is none."""
    while (begin := text.find("<!--", start)) >= 0:
        end = text.find("-->", begin + 4)
        if end < 0:
            return
        yield begin, end + 3
        start = end + 3


def beyond_comments(text: str, start: int) -> int:
    """The offset after the comments that a text begins with."""
    for begin, end in comments(text, start):
        if text[start:begin].strip():
            break
        start = end
    return start
