"""The program as something that results depend on: a hash of the package's own code and tables."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from functools import cache
from importlib import resources
from pathlib import Path

from govmedia_screen.system import cache as kept

#: Rooms and modules that never change what is found in a post.
OUTSIDE = (
    "acceptance", "accounts", "archive", "batch", "cli", "cluster", "git_hooks.py", "lexicon_tools", "lsp", "render", "review", "server", "training",
)  # fmt: skip
#: What a lexicon goes through before it is kept, compiled.
COMPILING = ("chinese", "data", "finding.py", "io", "lexicon", "matching")
#: Where the hash of each file is remembered, and for which state of the files.
REMEMBERED = "program"


def program(*rooms: str) -> str:
    """A hash of the files of those rooms, by default of all that screening runs through."""
    result = hashlib.blake2b(digest_size=8)
    for name, digest in hashes().items():
        room = name.partition("/")[0]
        if room in rooms if rooms else room not in OUTSIDE:
            result.update(f"{name} {digest}\0".encode())
    return result.hexdigest()


@cache
def hashes() -> dict[str, str]:
    """Every module and table of the package by its path, each with a hash.

    Reading them all takes longer than a short text: what was hashed once is remembered for files of the same size and time
    of change, which is what Python itself goes by when it takes compiled modules for those on the disk.
    """
    root = resources.files("govmedia_screen")
    if not isinstance(root, Path):  # in a zip file
        return {name: digest(root.joinpath(name).read_bytes()) for name in sorted(named(root))}
    seen = dict(sorted(walked(str(root), "")))
    state = hashlib.blake2b(repr((str(root), seen)).encode(), digest_size=8).hexdigest()
    known = kept.load(REMEMBERED)
    if known is not None and known["state"] == state:
        return dict(known["hashes"])
    found = {name: digest((root / name).read_bytes()) for name in seen}
    kept.store(REMEMBERED, {"state": state, "hashes": found})
    return found


def counts(name: str) -> bool:
    """Whether it is a module, or a table in ``data/``."""
    return name.endswith(".py") or name.startswith("data/")


def walked(folder: str, prefix: str) -> Iterator[tuple[str, tuple[int, int]]]:
    """The files below a folder, with their size and time of change; lexicons and models stand for themselves."""
    with os.scandir(folder) as entries:
        for entry in entries:
            name = prefix + entry.name
            if entry.is_dir():
                if entry.name not in {"__pycache__", "lexicons", "models"}:
                    yield from walked(entry.path, f"{name}/")
            elif counts(name):
                status = entry.stat()
                yield name, (status.st_size, status.st_mtime_ns)


def named(folder: resources.abc.Traversable, prefix: str = "") -> Iterator[str]:
    """The same where there are no files, by path alone."""
    for entry in folder.iterdir():
        if entry.is_dir():
            if entry.name not in {"__pycache__", "lexicons", "models"}:
                yield from named(entry, f"{prefix}{entry.name}/")
        elif counts(prefix + entry.name):
            yield prefix + entry.name


def digest(content: bytes) -> str:
    """A short hash."""
    return hashlib.blake2b(content, digest_size=8).hexdigest()
