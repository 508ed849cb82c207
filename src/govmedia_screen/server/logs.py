"""Where the service writes what happened: one JSON object a request, without a word of what was sent."""

from __future__ import annotations

import logging
import sys
from pathlib import Path

from govmedia_screen.errors import InputError

LOGGERS = ("govmedia_screen.access", "govmedia_screen.server")


def log_to(path: str | None) -> None:
    """Write to a file that is this user's alone, or to standard error.

    Raises:
        InputError: it cannot be written.
    """
    try:
        if path:
            Path(path).touch(mode=0o600)
        handler: logging.Handler = logging.FileHandler(path, encoding="utf-8") if path else logging.StreamHandler(sys.stderr)
    except OSError as error:
        raise InputError(f"{path}: 无法写入日志（{error.strerror}）") from None
    handler.setFormatter(logging.Formatter("%(message)s"))
    for name in LOGGERS:
        logger = logging.getLogger(name)
        logger.handlers[:] = [handler]
        logger.setLevel(logging.INFO)
        logger.propagate = False
