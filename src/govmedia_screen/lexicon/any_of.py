"""Any of these words, as a pattern: lists of an editor's words inside grammar that stands in code."""

from __future__ import annotations

import re
from collections.abc import Iterable

from govmedia_screen.system import lazy

#: What ``…`` inside a word stands for: up to eight characters of the same clause.
GAP = r"[^，。；！？\n]{0,8}?"


def any_of(words: Iterable[str]) -> str:
    """The source of a pattern that matches any of the words, the longest first; no words match nothing.

    >>> any_of(["赞", "点赞"])
    '(?:点赞|赞)'
    """
    listed = sorted(dict.fromkeys(words), key=len, reverse=True)
    return "(?:" + "|".join(re.escape(word).replace("…", GAP) for word in listed) + ")" if listed else "(?!)"


def pattern_of(words: Iterable[str]) -> re.Pattern[str]:
    """``any_of`` compiled at its first use."""
    return lazy.pattern(any_of(words))
