"""What a batch needs of a screener: any object that screens many posts, in their order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Protocol

from govmedia_screen.post import Post
from govmedia_screen.profile import Exemption
from govmedia_screen.report.report import Report


class Screens(Protocol):
    """A screener as batches see it."""

    def screen_many(self, posts: Iterable[Post | str], workers: int = 1) -> Iterator[Report]:
        """Screen many posts, in their order."""

    def note_used(self, exemptions: Iterable[Exemption]) -> None:
        """Take in the exemptions that a worker's posts have needed."""
