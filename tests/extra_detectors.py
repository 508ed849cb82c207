"""Detectors of a caller's own that go wrong; a module of their own, so that a worker process can import them."""

from __future__ import annotations

import multiprocessing
import os
import signal
from typing import ClassVar


class Fails:
    """A detector that fails on one post."""

    family: ClassVar[str] = "test"

    def find(self, reading: object) -> tuple[()]:
        if "炸" in reading.post.body:  # type: ignore[attr-defined]
            raise ZeroDivisionError("boom")
        return ()


class Dies:
    """A detector whose process is killed by one post."""

    family: ClassVar[str] = "test"

    def find(self, reading: object) -> tuple[()]:
        if "炸" in reading.post.body and multiprocessing.parent_process():  # type: ignore[attr-defined]
            os.kill(os.getpid(), signal.SIGKILL)
        return ()
