"""A progress line on standard error, where there is a terminal to see it."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager


@contextmanager
def bar(title: str, *, quiet: bool = False, always: bool = False) -> Iterator[Callable[[str, float], None]]:
    """Yield a function that takes the stage in words and how much is done, 0–1.

    Args:
        title: what is done.
        quiet: nothing is shown.
        always: it is shown even where standard error is no terminal.
    """
    shown = always or (not quiet and sys.stderr.isatty())

    def say(stage: str, done: float) -> None:
        if shown:
            filled = round(done * 30)
            sys.stderr.write(f"\r{title} [{'█' * filled}{'·' * (30 - filled)}] {done:4.0%} {stage}\x1b[K")
            sys.stderr.flush()

    yield say
    if shown:
        sys.stderr.write("\n")
