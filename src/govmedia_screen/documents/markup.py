"""Markup in a text that a caller hands over: HTML tags, entities and Markdown marks are seen through, with the way back.

Editors paste what their systems store. A reader sees none of the marks, so no mark may part a word or a number; and
every finding is a slice of the text as it was handed over, marks and all.
"""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape
from typing import Any

from govmedia_screen.documents.places import Builder, Places
from govmedia_screen.finding import Finding
from govmedia_screen.post import Post
from govmedia_screen.system import lazy

BLOCK = (
    "p|div|br|section|article|table|thead|tbody|tfoot|tr|td|th|ul|ol|li|dl|dt|dd|h[1-6]|blockquote|pre|figure|figcaption|center|hr|form|fieldset"
    "|header|footer|nav|main|aside|details|summary|html|head|body|title|iframe|object|select|option|textarea|button|style|script|noscript|template"
    "|xmp|svg|ruby|input|img"
)
INLINE = "span|b|i|u|s|em|strong|font|a|code|rt|rb|rp|sup|sub|small|big|mark|del|ins|strike|tt|kbd|label|wbr|bdo|bdi|abbr|cite|q|var|time|o|w|mp-[a-z]{1,30}"
#: A text with one of these is HTML.
PAGE = lazy.pattern(rf"(?i:</?(?:{BLOCK})(?:[\s/][^<>]{{0,4000}})?>|<!doctype )")
#: What may be a mark at all; nothing is looked at in a text that has none of them.
HINTS = ("<", "&", "**", "__", "~~", "\\")
MARK = lazy.pattern(
    rf"(?P<fence>^[ ]{{0,3}}(?:`{{3,}}|~{{3,}})[^\n`]*$(?s:.*?)(?:^[ ]{{0,3}}(?:`{{3,}}|~{{3,}})[ \t]*$|\Z))"
    r"|(?P<code>(?<!`)`(?!`)[^`\n]{1,500}`(?!`))"
    r"|(?P<entity>&(?:#[0-9]{2,7}|#[xX][0-9a-fA-F]{2,6}|[A-Za-z][A-Za-z0-9]{1,30});)"
    rf"|(?P<tag><(?i:/?(?:{INLINE}))(?:[\s/][^<>]{{0,2000}})?>)"
    r"|(?P<pair>(?P<sign>(?<!\*)\*\*(?!\*)|(?<![\w_])__(?!_)|(?<!~)~~(?!~))(?=[^\s*_~])(?:(?<!\w[*_~]{2})|(?=\w))[^\n*_~]{1,400}?(?<=[^\s*_~])(?P=sign)(?![*_~]))"
    r"|(?P<escape>\\[!-/:-@\[\]-`{-~])",
    re.MULTILINE,
)


def seen(text: str) -> tuple[str, Places] | None:
    """What a reader sees of a text, and where that stands in it; None if it is the text itself."""
    if not any(hint in text for hint in HINTS):
        return None
    if "<" in text and PAGE.search(text):
        from govmedia_screen.documents.html import visible

        found = visible(text)
    else:
        found = inline(text)
    return None if found[0] == text else found


def inline(text: str) -> tuple[str, Places]:
    """A text without marks that stand inside its lines."""
    builder, place = Builder(), 0
    for start, end, shown in marks(text):
        builder.add(text[place:start], place)
        builder.add(shown, start, end)
        place = end
    builder.add(text[place:], place)
    return builder.finish()


def marks(text: str) -> list[tuple[int, int, str]]:
    """Start, end and what is shown of each mark, in order."""
    found: list[tuple[int, int, str]] = []
    place = 0
    while match := MARK.search(text, place):
        kind = match.lastgroup
        place = match.end()
        if match["fence"] is not None or match["code"] is not None:
            continue
        if match["entity"] is not None:
            shown = unescape(match[0])
            if shown != match[0]:
                found.append((match.start(), match.end(), shown))
        elif match["tag"] is not None:
            found.append((match.start(), match.end(), ""))
        elif match["escape"] is not None:
            found.append((match.start(), match.start() + 1, ""))
            place = match.start() + 2
        elif kind:
            size = len(match["sign"])
            found.append((match.start(), match.start() + size, ""))
            closing = match.end() - size
            found += [
                (start + match.start() + size, end + match.start() + size, shown)
                for start, end, shown in marks(text[match.start() + size : closing])
            ]
            found.append((closing, match.end(), ""))
    return found


def see(post: Post) -> tuple[Post, dict[str, Places]] | None:
    """A post as its readers see it, and for each part with markup where its text stands in the part; None if there is none."""
    changed: dict[str, str] = {}
    places: dict[str, Places] = {}
    for name in (*post.parts, "original_title", "original_body", "question"):
        text = getattr(post, name)
        if text and (found := seen(text)):
            changed[name], places[name] = found
    if not changed:
        return None
    values: dict[str, Any] = dict(changed)
    values["extra_parts"] = {name: values.pop(name, text) for name, text in post.extra_parts.items()}
    return replace(post, **values), places


def restored(finding: Finding, raw: str, places: Places) -> Finding:
    """A finding in what a reader sees as one in the text that was handed over."""
    start, end = places.span(finding.start, finding.end)
    suggestion = finding.suggestion
    if suggestion is not None:
        edits = places.edits(finding.start, finding.text, suggestion)
        suggestion = None if edits is None else edited(raw, start, end, edits)
    return replace(finding, start=start, end=end, text=raw[start:end], suggestion=suggestion)


def edited(text: str, start: int, end: int, edits: list[tuple[int, int, str]]) -> str:
    """``text[start:end]`` with edits made that lie in it."""
    pieces, place = [], start
    for first, last, new in edits:
        pieces += [text[place:first], new]
        place = last
    return "".join([*pieces, text[place:end]])
