"""A guard for work that must end: what goes back and forth over a long text hangs for minutes, and is stopped here."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager

#: Seconds of this process's own processor time: some hundred times what linear work takes, a small part of what quadratic work would.
LIMIT = 60


@contextmanager
def ends() -> Iterator[None]:
    """Fail if the work inside does not end."""

    def stop(*_: object) -> None:
        raise TimeoutError(f"没有在 {LIMIT} 秒处理器时间内结束")

    before = signal.signal(signal.SIGVTALRM, stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, LIMIT)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)
