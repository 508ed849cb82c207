"""Text of a page that is in the file but not shown: told of a finding only when there is one."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from functools import lru_cache

from govmedia_screen.documents.locations import Location
from govmedia_screen.documents.places import Places
from govmedia_screen.finding import Positions
from govmedia_screen.system import lazy

HIDING = lazy.pattern(
    r"(?i)display\s{0,4}:\s{0,4}none|visibility\s{0,4}:\s{0,4}(?:hidden|collapse)|font-size\s{0,4}:\s{0,4}0(?![.\d]*[1-9])|opacity\s{0,4}:\s{0,4}0(?![.\d]*[1-9])"
    r"|text-indent\s{0,4}:\s{0,4}-\d{3,}|(?:left|top|margin-left)\s{0,4}:\s{0,4}-\d{4,}"
)
#: Elements without an end tag.
VOID = frozenset({"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"})
#: Elements whose content is not shown by themselves.
SILENT = {"template": "模板里的文字", "noscript": "不运行脚本时才显示的文字"}
STATE = "页面上隐藏的文字"


@lru_cache(4)
def hidden_spans(text: str) -> tuple[tuple[int, ...], tuple[int, ...], tuple[str, ...]]:
    """Starts, ends (code points of the source) and reasons of what a page hides, the outermost elements, in order."""
    from turbohtml import TokenType, tokenize

    flat = text.replace("\r\n", " \n").replace("\r", "\n")
    lines = Positions(flat).begins
    starts: list[int] = []
    ends: list[int] = []
    reasons: list[str] = []
    open_tag, depth = "", 0
    for token in tokenize(flat, resolve_references=False, capture_source=True):
        tag = token.tag or ""
        if token.type == TokenType.START_TAG:
            if open_tag:
                depth += tag == open_tag
                continue
            attrs = dict(token.attrs or ())
            reason = SILENT.get(tag, "")
            if "hidden" in attrs or HIDING.search(attrs.get("style") or ""):
                reason = STATE
            if reason and tag not in VOID and not token.self_closing:
                open_tag, depth = tag, 1
                starts.append(lines[token.line - 1] + token.col)
                reasons.append(reason)
        elif token.type == TokenType.END_TAG and open_tag and tag == open_tag:
            depth -= 1
            if not depth:
                open_tag = ""
                ends.append(lines[token.line - 1] + token.col)
    if len(ends) < len(starts):
        ends.append(len(text))
    return tuple(starts), tuple(ends), tuple(reasons)


def state_at(text: str, place: int) -> str:
    """Why what stands at a place of a page's source is not shown, or nothing."""
    starts, ends, reasons = hidden_spans(text)
    index = bisect_right(starts, place) - 1
    return reasons[index] if index >= 0 and place < ends[index] else ""


@dataclass(frozen=True)
class InText:
    """The locations of a part that stands in a text file."""

    source: str
    positions: Positions
    places: Places
    page: bool

    def at(self, text: str, offset: int) -> Location:
        """Line and character in the file."""
        place = self.places.span(offset, offset + 1)[0]
        line, column = self.positions.line_column(place)
        return Location(line=line, character=column, state=state_at(self.source, place) if self.page else "")
