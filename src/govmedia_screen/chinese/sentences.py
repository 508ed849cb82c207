"""Where sentences end: one answer for every detector.

A sentence ends with 。！？； (or their half-width forms) or with its line; a closing quotation mark or
bracket behind the mark still belongs to it. A full stop of Latin text ends none: it stands in numbers and addresses.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from govmedia_screen.system import lazy

#: The marks that end a sentence.
STOPS = "。！？；!?;\n\r"
#: One end of a sentence.
STOP = lazy.pattern(f"[{STOPS}]")
#: The end of a line.
LINE_END = lazy.pattern(r"[\n\r]")
#: The end of a sentence with what still belongs to it.
END = lazy.pattern(rf"[{STOPS}]+[”’」』）)]?")
#: For patterns that must not leave a sentence: any character inside one.
INSIDE = f"[^{STOPS}]".replace("\n", r"\n").replace("\r", r"\r")


def sentences(text: str) -> Iterator[tuple[int, int]]:
    """The spans of a text's sentences, in code points; together they are the text.

    >>> [text[start:end] for text in ["停水！“何时来？”今晚。"] for start, end in sentences(text)]
    ['停水！', '“何时来？”', '今晚。']
    """
    start = 0
    for match in END.finditer(text):
        yield start, match.end()
        start = match.end()
    if start < len(text):
        yield start, len(text)


def bounds(text: str, start: int, end: int, before: int = 400, after: int = 400, stops: re.Pattern[str] = END) -> tuple[int, int]:
    """The bounds of the sentence, or sentences, that hold a span.

    Args:
        text: the text.
        start: first code point of the span.
        end: one past its last.
        before: how far to look to the left, in code points.
        after: how far to look to the right.
        stops: what ends a sentence, if not ``END``.

    Returns:
        The first code point and the place of the mark that ends it, which is left out.
    """
    first = max(0, start - before)
    for match in stops.finditer(text, first, start):
        first = match.end()
    stop = stops.search(text, end, end + after)
    return first, stop.start() if stop else min(len(text), end + after)
