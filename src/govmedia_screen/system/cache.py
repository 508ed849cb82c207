"""The user's cache: plain values, kept as JSON under a hash of what they were made from.

A cache is never trusted further than its own checksum, and never needed: what cannot be read or
written is simply made anew. ``GOVMEDIA_SCREEN_CACHE`` names another folder; ``off`` switches it off.
"""

from __future__ import annotations

import hashlib
import json
import os
import stat
import sys
from pathlib import Path
from typing import Any

#: Older entries than these many newest are removed when a new one is written.
KEPT = 12


def folder() -> Path | None:
    """Where the cache is, or None if it is switched off."""
    named = os.environ.get("GOVMEDIA_SCREEN_CACHE")
    if named:
        return None if named == "off" else Path(named)
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA")
    else:
        base = os.environ.get("XDG_CACHE_HOME") or Path("~/.cache").expanduser()
    return Path(base) / "govmedia_screen" if base else None


def private(name: str) -> Path:
    """A folder of the cache that nobody else can write to; one that ends with this process where there is no such cache.

    For libraries that keep a cache of their own and trust it: what another user planted there they would run.
    """
    import tempfile

    place = folder()
    if place is not None:
        try:
            inside = place / name
            inside.mkdir(mode=0o700, parents=True, exist_ok=True)
            status = inside.lstat()
            if os.name != "posix" or (status.st_uid == os.getuid() and stat.S_ISDIR(status.st_mode) and not status.st_mode & 0o022):
                return inside
        except OSError:
            pass
    import atexit
    import shutil

    own = tempfile.mkdtemp(prefix="govmedia-screen-")
    atexit.register(shutil.rmtree, own, ignore_errors=True)
    return Path(own)


def load(key: str) -> dict[str, Any] | None:
    """The values kept under a key, or None."""
    body = load_bytes(f"{key}.json")
    if body is None:
        return None
    value: dict[str, Any] = json.loads(body)
    return value


def load_bytes(name: str) -> bytes | None:
    """The bytes kept under a name, or None if there are none or they are not what was written."""
    place = folder()
    if place is None:
        return None
    try:
        data = (place / name).read_bytes()
    except OSError:
        return None
    checksum, _, body = data.partition(b"\n")
    return body if hashlib.sha256(body).hexdigest().encode() == checksum else None


def store(key: str, value: dict[str, Any]) -> None:
    """Keep values under a key; whole or not at all."""
    body = json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")
    store_bytes(f"{key}.json", body)


def store_bytes(name: str, body: bytes) -> None:
    """Keep bytes under a name; whole or not at all."""
    import tempfile

    place = folder()
    if place is None:
        return
    try:
        place.mkdir(mode=0o700, parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=place, delete=False) as file:
            file.write(hashlib.sha256(body).hexdigest().encode() + b"\n" + body)
        Path(file.name).replace(place / name)
        for old in sorted(place.glob("*.*"), key=lambda path: path.stat().st_mtime, reverse=True)[KEPT:]:
            old.unlink(missing_ok=True)
    except OSError:
        return  # a full or read-only disk: the next process makes it anew
