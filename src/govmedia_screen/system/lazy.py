"""Patterns that are compiled when first used: compiling all of them at import would cost more than screening a clean post."""

from __future__ import annotations

import re
from typing import Any, AnyStr, cast


class Pattern:
    """Stands in for ``re.compile(pattern, flags)``; the first use compiles it, later ones call it directly."""

    def __init__(self, pattern: str | bytes, flags: int = 0) -> None:
        self.pattern, self.flags = pattern, flags

    def __getattr__(self, name: str) -> Any:
        if name not in METHODS:
            raise AttributeError(name)
        compiled: re.Pattern[Any] = re.compile(self.pattern, self.flags)
        for method in METHODS:
            setattr(self, method, getattr(compiled, method))
        return getattr(compiled, name)


#: What is used of a compiled pattern.
METHODS = ("search", "match", "fullmatch", "finditer", "findall", "split", "sub", "subn", "groupindex", "groups")


def pattern(text: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    """Like ``re.compile``, but lazily."""
    return cast("re.Pattern[AnyStr]", Pattern(text, flags))
