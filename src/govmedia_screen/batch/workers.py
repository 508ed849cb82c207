"""Worker processes for ``Screener.screen_many``: input order, bounded read-ahead, the same reports as in one process.

Posts travel as plain tuples and only what a report adds to its post travels back: pickling a frozen, slotted dataclass
costs as much as screening a short post.
"""

from __future__ import annotations

import multiprocessing
import os
import sys
import threading
import warnings
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import BrokenExecutor, Future, ProcessPoolExecutor
from itertools import tee
from multiprocessing.context import BaseContext
from operator import attrgetter
from typing import Any, TypeVar

from govmedia_screen.batch.screens import Screens
from govmedia_screen.post import SETTERS, Post
from govmedia_screen.report.report import Report

Task = TypeVar("Task")
Result = TypeVar("Result")
#: How many tasks are under way for each worker: one that it works on, one that waits.
AHEAD = 2
_values = attrgetter(*SETTERS)

_screener: Screens | None = None


def ordered(screener: Screens, batches: Iterable[Sequence[Post]], workers: int) -> Iterator[Report]:
    """Reports in the order of the posts, screened by ``workers`` processes.

    Args:
        screener: each worker has its copy: inherited where processes are forked, else loaded once from its settings.
        batches: lists of posts; read no further ahead than the workers need.
        workers: how many processes.

    Raises:
        Exception: whatever a worker raised; the pool is closed then, and also when the caller stops early.
    """
    batches, sent = tee(batches)
    with pool(workers, adopt, (screener,)) as executor:
        results = in_order(executor, screen, map(packed, sent), workers * AHEAD)
        for batch, (_, (versions, rows)) in zip(batches, results, strict=True):
            for post, (findings, decision, tier, incomplete, exempted) in zip(batch, rows, strict=True):
                if exempted:
                    screener.note_used(exemption for _, exemption in exempted)
                yield Report(post, findings, decision, tier, incomplete, exempted, versions)


def orphaned() -> None:
    """End this process when the one that began it is gone, even if that was killed."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def begun(setup: Callable[..., object], arguments: tuple[Any, ...]) -> None:
    """A worker's first act."""
    threading.Thread(target=orphaned, daemon=True).start()
    setup(*arguments)


def adopt(screener: Screens) -> None:
    """Make the screener this worker's own."""
    global _screener  # noqa: PLW0603  (a worker process has exactly one)
    _screener = screener


def packed(posts: Sequence[Post]) -> list[tuple[Any, ...]]:
    """Posts as tuples of their fields."""
    return list(map(_values, posts))


def unpacked(row: tuple[Any, ...]) -> Post:
    """A post of a tuple of its fields, which were checked when it was made."""
    post = object.__new__(Post)
    for put, value in zip(SETTERS.values(), row, strict=True):
        put(post, value)
    return post


def screen(posts: Sequence[tuple[Any, ...]]) -> tuple[Any, list[tuple[Any, ...]]]:
    """In the worker: what each report adds to its post, and the versions once."""
    if _screener is None:
        raise RuntimeError("a worker screens only after adopt()")
    reports = list(_screener.screen_many(map(unpacked, posts)))
    rows = [(one.findings, one.decision, one.review_tier, one.incomplete, one.exempted) for one in reports]
    return (reports[0].versions if reports else {}), rows


def context() -> BaseContext:
    """How processes are begun: forked where that is safe (Linux, no other thread), else spawned."""
    forks = sys.platform == "linux" and threading.active_count() == 1
    return multiprocessing.get_context("fork" if forks else "spawn")


class pool(ProcessPoolExecutor):  # noqa: N801  (used as a `with` statement's verb)
    """A pool of processes that drops what has not begun when it is left."""

    def __init__(self, workers: int, setup: Callable[..., object], arguments: tuple[Any, ...]) -> None:
        super().__init__(workers, mp_context=context(), initializer=begun, initargs=(setup, arguments))

    def submit(self, call: Callable[..., Result], /, *args: Any, **kwargs: Any) -> Future[Result]:
        """Hand out one task; Python's advice about forking beside a native library's idle threads is not for our calls."""
        with warnings.catch_warnings():
            warnings.filterwarnings("ignore", "This process .* is multi-threaded", DeprecationWarning)
            return super().submit(call, *args, **kwargs)

    def __exit__(self, *error: object) -> None:
        self.shutdown(wait=True, cancel_futures=True)


def in_order(
    executor: ProcessPoolExecutor, call: Callable[[Task], Result], tasks: Iterable[Task], ahead: int
) -> Iterator[tuple[Task, Result]]:
    """Each task with its result, in the order of the tasks, with at most ``ahead`` of them under way."""
    waiting: deque[tuple[Task, Future[Result]]] = deque()
    for task in tasks:
        waiting.append((task, executor.submit(call, task)))
        if len(waiting) >= ahead:
            first, future = waiting.popleft()
            yield first, future.result()
    while waiting:
        first, future = waiting.popleft()
        yield first, future.result()


__all__ = ["AHEAD", "BrokenExecutor", "in_order", "ordered", "pool"]
