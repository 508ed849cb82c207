"""The compiled core, where the installation has it.

``core`` is the module ``govmedia_screen._native`` (its C sources are in ``src/native``), or None where no
compiler was at hand when the package was installed, or ``GOVMEDIA_SCREEN_NATIVE=off`` is set. Everything
that it does is done in Python and numpy otherwise, more slowly and with the same results.
"""

from __future__ import annotations

import os
from importlib import import_module
from typing import Any

#: What this package expects of the compiled core; raised, in ``src/native/native.h`` too, when its functions change.
EDITION = 7


def load() -> Any:
    """The compiled core, or None."""
    if os.environ.get("GOVMEDIA_SCREEN_NATIVE") == "off":
        return None
    try:
        found = import_module("govmedia_screen._native")
    except ImportError:
        return None
    return found if getattr(found, "EDITION", None) == EDITION and hasattr(found, "SOURCES") else None


core: Any = load()


def edition() -> str:
    """Which core runs: its edition and the hash of its sources, or nothing where Python and numpy do its work."""
    return f"{core.EDITION}-{core.SOURCES}" if core is not None else ""
