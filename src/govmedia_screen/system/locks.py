"""Locks: one process at a time, on every system; a killed process leaves none behind."""

from __future__ import annotations

import contextlib
import errno
import os
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
        FileNotFoundError: its folder is missing; none is made.
        InputError: another process holds it for longer than ``PATIENCE``.
    """
    from filelock import FileLock, Timeout

    if not path.parent.is_dir():
        raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), str(path.parent))

    lock = FileLock(path, timeout=PATIENCE, poll_interval=0.02)
    try:
        lock.acquire()
    except Timeout:
        raise InputError(message) from None
    try:
        yield
    finally:
        lock.release()
