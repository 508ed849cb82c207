"""Redacted copies of texts, Markdown and HTML: what is hidden is exchanged character for character, all else stays."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape

from govmedia_screen.copies.masking import PASSES, VALUE, Masking
from govmedia_screen.documents import Document, understood
from govmedia_screen.documents.places import Builder, Places
from govmedia_screen.system import lazy

#: What a reader of the page does not see, but of the file, with its end: comments, scripts, values of attributes.
OPENING = lazy.pattern(r"<!--|<script(?![A-Za-z-])|=\s{0,9}([\"'])", re.IGNORECASE)
#: Values of attributes that are looked at: something a person would be known by.
TELLING = lazy.pattern(r"[0-9０-９]{5}|@|[\u4e00-\u9fff]{2}")
DIGIT = lazy.pattern(r"[0-9A-Za-z]")


def redacted(text: str, name: str, kind: str, masking: Masking) -> str:
    """A file's text with personal data, secrets and credentials masked.

    Raises:
        InputError: its front matter cannot be used.
    """
    for _ in range(PASSES):
        new = once(text, name, kind, masking)
        if new == text:
            break
        text = new
    return text


def once(text: str, name: str, kind: str, masking: Masking) -> str:
    """One look at the file's parts, and at what stands in it unseen."""
    document = understood(text, name, "utf-8", kind)
    report = masking.screen(document.post)
    parts = report.redacted(masking.mask, masking.families)
    edits: dict[tuple[int, int], str] = {}
    for part, masked in parts.items():
        if part in document.places:
            gather(edits, text, document.post.part(part), masked, document.places[part], masking.mask)
    found = masking.wanted(report)
    masking.done += [one for one in found if parts[one.part][one.start : one.end] != one.text]
    if kind in ("html", "markdown"):
        hidden, places = unseen(document)
        if hidden:
            gather(edits, text, hidden, masking.masked(hidden), places, masking.mask)
    done, result = 0, []
    for (start, end), new in sorted(edits.items()):
        if start >= done:
            result += [text[done:start], new]
            done = end
    new = "".join(result) + text[done:]
    for one in found:
        hidden = parts[one.part][one.start : one.end]
        if hidden != one.text and sum(char.isalnum() for char in one.text) >= VALUE:
            new = new.replace(one.text, hidden)
    return new


def gather(edits: dict[tuple[int, int], str], text: str, old: str, new: str, places: Places, mask: str) -> None:
    """The edits of the file that make its part as it is to be; a character that is written otherwise (``&amp;``) as a whole."""
    if old == new:
        return
    for piece in places.pieces:
        before, after = old[piece.start : piece.end], new[piece.start : piece.end]
        if before == after:
            continue
        if piece.copied:
            for at, (one, other) in enumerate(zip(before, after, strict=True), piece.file_start):
                if one != other:
                    edits[at, at + 1] = other
        elif text.startswith("<", piece.file_start):  # a whole tag: its values lose their letters and digits
            inside = text[piece.file_start : piece.file_end]
            edits[piece.file_start, piece.file_end] = re.sub(r'"[^"]*"|\'[^\']*\'', lambda found: DIGIT.sub(mask, found[0]), inside)
        else:
            edits[piece.file_start, piece.file_end] = escape(after)


def unseen(document: Document) -> tuple[str, Places]:
    """What a page's reader does not see, one text with its places."""
    builder = Builder()
    for match in spans(document.text):
        if builder.size:
            builder.add("\n")
        builder.add(document.text[match[0] : match[1]], match[0])
    return builder.finish()


def spans(text: str) -> Iterator[tuple[int, int]]:
    """Where comments, scripts and telling values of attributes stand."""
    lower, at, never = text.lower(), 0, set()
    while opening := OPENING.search(text, at):
        at = opening.end()
        closing = opening[1] or ("-->" if opening[0] == "<!--" else "</script")
        end = -1 if closing in never else lower.find(closing, at)
        if end < 0:
            never.add(closing)
            continue
        if TELLING.search(text, at, end):
            yield at, end
        at = end
