"""Screening for many callers at once: one screener, read anew when its files change."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Iterable, Sequence
from pathlib import Path

from starlette.concurrency import run_in_threadpool

from govmedia_screen.errors import ScreenError
from govmedia_screen.post import Post
from govmedia_screen.profile import Profile
from govmedia_screen.report.report import Report
from govmedia_screen.screener import Screener
from govmedia_screen.server.settings import Settings

LOG = logging.getLogger("govmedia_screen.server")
#: Up to so many code points a post is screened at once; a longer one in a thread, so that others need not wait for it.
AT_ONCE = 4_000


class Screening:
    """The screener of a service."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.screener = Screener(settings.profile, settings.lexicons)
        self.stamp = self.files()
        self.problem = ""

    @property
    def profile(self) -> Profile:
        """The profile in force."""
        return self.screener.profile

    async def screen(self, posts: Sequence[Post]) -> list[Report]:
        """The reports of some posts, in their order."""
        if len(posts) == 1 and size(posts[0]) <= AT_ONCE:
            return [self.screener.screen(posts[0])]
        return await run_in_threadpool(lambda: list(self.screener.screen_many(posts)))

    def files(self) -> tuple[tuple[str, int, int], ...]:
        """The office's files with their times and sizes."""
        places: list[Path] = [Path(one) for one in self.settings.lexicons]
        if self.settings.profile and Path(self.settings.profile).suffix:
            places.append(Path(self.settings.profile))
        found = []
        for place in places:
            for path in sorted(place.rglob("*")) if place.is_dir() else [place]:
                with contextlib.suppress(OSError):
                    status = path.stat()
                    found.append((str(path), status.st_mtime_ns, status.st_size))
        return tuple(found)

    async def follow(self) -> None:
        """Read the office's files anew whenever they change; what is refused is told, and the old state stays in force."""
        while True:
            await asyncio.sleep(self.settings.reload)
            stamp = await run_in_threadpool(self.files)
            if stamp == self.stamp:
                continue
            self.stamp = stamp
            try:
                await run_in_threadpool(self.screener.reload)
                self.problem = ""
                LOG.info("lexicons read anew")
            except ScreenError as error:
                self.problem = str(error)
                LOG.warning("the changed lexicons are refused, the old ones stay in force: %s", error)


def size(post: Post) -> int:
    """How much there is to read, in code points."""
    return len(post.body) + len(post.original_body or "") + len(post.question or "")


def rules_of(screener: Screener, wanted: Iterable[str] = ()) -> list[dict[str, object]]:
    """Rules as callers see them."""
    chosen = set(wanted)
    return [
        {"id": rule.id, "family": rule.family, "level": str(rule.level), "message": rule.message, "basis": rule.basis, "hit": list(rule.hit), "miss": list(rule.miss)}
        for rule in screener.rules
        if not chosen or rule.id in chosen
    ]  # fmt: skip
