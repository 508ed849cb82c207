"""Locks: one process at a time, where the system can; a killed process leaves none behind."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Iterator
from pathlib import Path

from govmedia_screen.errors import InputError

#: How long to wait for another process's end, in seconds.
PATIENCE = 5.0


@contextlib.contextmanager
def locked(path: Path, message: str) -> Iterator[None]:
    """Hold the lock of that file.

    Args:
        path: the lock's own file; it is made and stays.
        message: what to say if another process holds it.

    Raises:
        InputError: another process holds it for longer than ``PATIENCE``.
    """
    with path.open("w") as file:
        try:
            import fcntl
        except ImportError:  # Windows
            yield
            return
        until = time.monotonic() + PATIENCE
        while True:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except OSError:
                if time.monotonic() > until:
                    raise InputError(message) from None
                time.sleep(0.02)
        yield
