"""What a replacement must leave alone in a file: addresses, code, markup, and errors that are quoted as errors."""

from __future__ import annotations

import re
from bisect import bisect_right

from govmedia_screen.system import lazy

#: Link targets, addresses, code, attributes.
KEPT = lazy.pattern(
    r"""(?P<code>^[ ]{0,3}(?:`{3,}|~{3,})[^\n`]*$(?s:.*?)(?:^[ ]{0,3}(?:`{3,}|~{3,})[ \t]*$|\Z)|(?<!`)`[^`\n]{1,500}`)"""
    r"""|\]\([^()\s]{0,2000}(?:\s[^()\n]{0,400})?\)|^[ ]{0,3}\[[^\]\n]{1,200}\]:[^\n]{0,2000}"""
    r"""|(?:https?|ftp)://[^\s<>"'）)】]{1,2000}|<[A-Za-z/!][^<>]{0,4000}>""",
    re.MULTILINE,
)
#: Words of a sentence that quotes an error in order to correct it.
ERRATUM = lazy.pattern(r"勘误|更正|订正|误[写作用为排]|错[写用别]|应[为作是改]|应当[为写]|不是[“「]|改[为成]|而非|正确写法|错别字")
#: How far such a word may stand from the error, in code points of the same line.
REACH = 60


class Protected:
    """The protected stretches of one file."""

    def __init__(self, text: str) -> None:
        self.text = text
        spans = [match.span() for match in KEPT.finditer(text)]
        self.starts, self.ends = [span[0] for span in spans], [span[1] for span in spans]

    def holds(self, start: int, end: int) -> bool:
        """Whether a span of the file is not to be touched."""
        before = bisect_right(self.starts, start) - 1
        if before >= 0 and self.ends[before] > start:
            return True
        if before + 1 < len(self.starts) and self.starts[before + 1] < end:
            return True
        return self.quoted(start, end)

    def quoted(self, start: int, end: int) -> bool:
        """Whether what stands there is quoted as an error."""
        text = self.text
        left = max(text.rfind("\n", max(0, start - REACH), start) + 1, start - REACH, 0)
        stop = text.find("\n", end, end + REACH)
        right = stop if stop >= 0 else end + REACH
        marked = any(
            text.rfind(opening, left, start) > text.rfind(closing, left, start) for opening, closing in ("“”", "「」", "‘’", "《》")
        )
        return marked and ERRATUM.search(text, left, right) is not None
