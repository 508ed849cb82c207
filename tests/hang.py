"""A guard for work that must end: what goes back and forth over a long text hangs for minutes, and is stopped here."""

from __future__ import annotations

import signal
from collections.abc import Callable

#: Seconds of this process's own processor time: some hundred times what linear work takes, a small part of what quadratic work would.
LIMIT = 60


class _Stopped(BaseException):
    """The guard's own way out; no ``except Exception`` swallows it."""


def ends(work: Callable[[], object]) -> bool:
    """Whether the work ends by itself; it is stopped if it does not."""

    def stop(*_: object) -> None:
        raise _Stopped

    before = signal.signal(signal.SIGVTALRM, stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, LIMIT)
    try:
        work()
    except _Stopped:
        return False
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)
    return True
