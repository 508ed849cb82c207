"""Errors that are quoted to be corrected: 勘误, “截止目前”应为“截至目前”, tables of wrong and right.

A notice that says what is wrong has to write it. No finding of the family ``wording`` is made on an error that the same line
corrects: beside it stands a word of correction (``wording.correction``) and either marks of quotation round it or the right form.
In a text that is wholly about errors (``wording.errata``: its title or opening says so) the marks or the right form are enough, on another line too.
"""

from __future__ import annotations

from collections.abc import Iterable

from govmedia_screen.chinese.quotations import is_quoted
from govmedia_screen.finding import Finding
from govmedia_screen.lexicon.lexicon import Lexicon
from govmedia_screen.matching.fold import folded
from govmedia_screen.post import Post

#: A word of correction counts so far from an error, and so does the right form; in code points.
REACH = 40
#: The beginning of a text that may say that it is about errors, in code points.
OPENING = 60


def without_quoted_errors(findings: Iterable[Finding], post: Post, lexicon: Lexicon) -> list[Finding]:
    """The findings but those of the family ``wording`` on errors that the text itself corrects."""
    kept = []
    about: bool | None = None
    for finding in findings:
        if finding.family == "wording" and finding.start < finding.end:
            if about is None:
                about = is_about_errors(post, lexicon)
            if is_corrected(post.part(finding.part), finding, lexicon, about):
                continue
        kept.append(finding)
    return kept


def is_about_errors(post: Post, lexicon: Lexicon) -> bool:
    """Whether the title, or the opening of the body, says that the text is about errors."""
    cue = lexicon.cue("wording.errata")
    return bool(cue.find(folded(post.title + post.body[:OPENING])))


def is_corrected(text: str, finding: Finding, lexicon: Lexicon, about: bool) -> bool:
    """Whether the line that holds the error says what is right."""
    start, end = finding.start, finding.end
    begin, close = max(0, start - REACH), min(len(text), end + REACH)
    if not about:
        begin = max(begin, text.rfind("\n", 0, start) + 1)
        line = text.find("\n", end)
        close = close if line < 0 else min(close, line)
    around = text[begin:start] + "\0" + text[end:close]
    quoted = is_quoted(text, start, end, 20)
    right = finding.suggestion
    named = bool(right) and any(one.strip("“”") in around for one in str(right).split("／") if one)
    if not quoted and not named:
        return False
    return about or bool(lexicon.cue("wording.correction").find(folded(around)))
