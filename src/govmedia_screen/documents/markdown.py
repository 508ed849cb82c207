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
#: A comment as browsers read it (HTML Living Standard, 13.2.5.43–52): ``<!-->``, ``<!--->`` and ``--!>`` end it too.
COMMENT = lazy.pattern(r"<!--(?:-?>|(?s:.)*?--!?>)")
FENCE = lazy.pattern(r"^[ ]{0,3}(?:`{3,}[^`\n]*|~{3,}[^\n]*)$(?s:.)*?(?:^[ ]{0,3}(?:`{3,}|~{3,})[ \t]*\r?$|\Z)", re.MULTILINE)
INDENTED = lazy.pattern(r"[ ]{4}|\t")


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
    for comment_start, comment_end in unseen(text, start):
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


def unseen(text: str, start: int = 0) -> Iterator[tuple[int, int]]:
    """The spans of the comments that no reader sees: as browsers end them, and none that stands in code or after a backslash.

    Code is told generously, by fences, backticks before it in its line, and four spaces: what may be shown is screened.
    """
    if "<!--" not in text:
        return
    past = start
    fences = [match.span() for match in FENCE.finditer(text, start)]
    while match := COMMENT.search(text, start):
        begin, end = match.span()
        while fences and fences[0][1] <= begin:
            fences.pop(0)
        line = text[max(text.rfind("\n", 0, begin), text.rfind("\r", 0, begin)) + 1 : begin]
        if (
            (fences and fences[0][0] < begin)
            or text.count("`", max(past, begin - len(line)), begin) % 2
            or line.endswith("\\")
            or INDENTED.match(line)
        ):
            start = begin + 4
            continue
        yield begin, end
        start = past = end


def beyond_comments(text: str, start: int) -> int:
    """The offset after the comments that a text begins with."""
    for begin, end in unseen(text, start):
        if text[start:begin].strip():
            break
        start = end
    return start
