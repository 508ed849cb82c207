"""TOML that others wrote: what would make the reader hang or overflow is refused with its line."""

from __future__ import annotations

import tomllib
from typing import Any

from govmedia_screen.system import lazy

#: A dotted key with more names than this is nobody's; reading takes the square of their number.
DOTTED = lazy.pattern(r"(?<![\w.-])(?:[\w-]++[ \t]*+\.[ \t]*+){64}")


def loads(text: str) -> dict[str, Any]:
    """The document's tables.

    Raises:
        tomllib.TOMLDecodeError: it is not valid, or nested too deeply.
    """
    if match := DOTTED.search(text):
        raise too_deep(text.count("\n", 0, match.start()) + 1)
    try:
        return tomllib.loads(text)
    except (RecursionError, MemoryError):
        depth = line = 0
        for number, one in enumerate(text.split("\n"), 1):
            if one.count("[") + one.count("{") > depth:
                depth, line = one.count("[") + one.count("{"), number
        raise too_deep(line) from None


def too_deep(line: int) -> tomllib.TOMLDecodeError:
    """The error of a document that is nested too deeply."""
    return tomllib.TOMLDecodeError(f"嵌套过深 (at line {line}, column 1)")
