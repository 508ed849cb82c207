"""JSON whose objects name each of their members once."""

from __future__ import annotations

from typing import Any


def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object of JSON whose names stand once each.

    Raises:
        ValueError: one stands twice: readers differ about which is meant.
    """
    result = dict(pairs)
    if len(result) < len(pairs):
        double = next(name for place, (name, _) in enumerate(pairs) if any(name == other for other, _ in pairs[:place]))
        raise ValueError(f"{double} 写了两次")
    return result
