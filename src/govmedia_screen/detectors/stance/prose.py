"""What is prose, and what is not: addresses, tables, code, pictures and lines that only say whom to ask.

An office's telephone number, the row of a list or the path of a picture says nothing about who speaks and
what for, yet a classifier taught advertisements has learnt that these end with a number and a link. What is
found here is heard as silence.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from govmedia_screen.detectors.stance.spans import Span, joined
from govmedia_screen.lexicon.any_of import any_of
from govmedia_screen.system import lazy

#: Fenced code; pictures; the target of a link; tags; code spans; addresses; letters and digits that are no word.
MARKED = lazy.pattern(
    r"^[ ]{0,3}(?:`{3,}|~{3,})[^\n]*+\n(?:(?![ ]{0,3}(?:`{3}|~{3}))[^\n]*+\n){0,400}+[^\n]*+"
    r"|!\[[^\]\n]{0,200}+\]\([^)\n]{0,600}+\)?"
    r"|(?<=\])\([^)\n]{0,600}+\)?"
    r"|</?[A-Za-z][^<>\n]{0,400}+>"
    r"|`[^`\n]{1,200}+`"
    r"|(?:https?|ftp)://[\x21-\x7e]{1,600}+"
    r"|[A-Za-z0-9._+-]{1,64}+@[A-Za-z0-9.-]{1,100}+"
    r"|(?<![A-Za-z0-9])(?:www\.|[A-Za-z0-9-]{1,40}\.(?:com|cn|net|org|gov)(?![A-Za-z]))[\x21-\x7e]{0,300}+"
    r"|(?<![A-Za-z0-9])(?=[A-Za-z0-9:/_.+*-]{0,40}?\d)[A-Za-z0-9][A-Za-z0-9:/_.+*-]{7,120}+",
    re.MULTILINE,
)
#: A row of a table: cells between bars, or between tabs.
ROW = lazy.pattern(r"^[ \t]*+\|[^\n]*+$|^[^\n|]{0,80}+\|[^\n|]{0,80}+\|[^\n]*+$|^[^\t\n]{0,80}+\t[^\t\n]{0,80}+\t[^\n]*+$", re.MULTILINE)
TABLE_SIGNS, MARK_SIGNS = "|\t", "`!<@/.](0123456789"
#: What may stand around a label at the start of a line.
LEAD = r"[ \t\u3000]*+(?:[#>*•·●▪◆◇■□☎📞📍📧📮🕘-]|[（(【\[]?[0-9一二三四五六七八九十]{1,2}[）)】\].、．]){0,2}[ \t\u3000]*+[【\[（(*]{0,3}"
#: A line that says whom to ask is no longer than this, in code points.
LONGEST_LINE = 120


class Prose:
    """Finds what is not prose.

    Args:
        labels: what such a line begins with (联系电话、地址).
        closing: what a line that signs or follows up holds (编辑、扫码关注).
        sells: whether a line sells all the same, and is heard.
    """

    def __init__(self, labels: tuple[str, ...], closing: tuple[str, ...], sells: Callable[[str], bool]) -> None:
        self.label: re.Pattern[str] = lazy.pattern(rf"{LEAD}[\u4e00-\u9fff]{{0,8}}?{any_of(labels)}[^：:\n]{{0,12}}[：:]")
        self.closing: re.Pattern[str] = lazy.pattern(any_of(closing))
        self.sells = sells

    def silenced(self, raw: str) -> list[Span]:
        """The spans of a part that are not prose, by place."""
        marked = [match.span() for match in MARKED.finditer(raw)] if any(sign in raw for sign in MARK_SIGNS) else []
        rows = [match.span() for match in ROW.finditer(raw)] if any(sign in raw for sign in TABLE_SIGNS) else []
        return joined(marked, rows, list(self.contacts(raw)))

    def contacts(self, raw: str) -> Iterator[Span]:
        """Lines that say whom to ask, who signs, what to follow, and sell nothing."""
        start = 0
        for line in raw.split("\n"):
            end = start + len(line)
            if 0 < len(line) <= LONGEST_LINE and (self.label.match(line) or self.closing.search(line)) and not self.sells(line):
                yield start, end
            start = end + 1
