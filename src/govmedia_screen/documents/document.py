"""Document: one file, read, with the way from a finding back to its place in the file."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

from govmedia_screen.documents.kinds import TEXTS
from govmedia_screen.documents.locations import Location, Origin, origin_of
from govmedia_screen.documents.places import Places
from govmedia_screen.documents.unseen import state_at
from govmedia_screen.finding import Finding, Positions
from govmedia_screen.post import Post


@dataclass(frozen=True)
class Document:
    """One file, read.

    Attributes:
        name: its name as the caller gave it, ``-`` for standard input; ``archive.zip!/file`` in an archive.
        post: the post in it.
        text: the file's decoded text; empty for files that are not text.
        places: for each part of the post that stands in ``text``, where.
        encoding: what it was decoded from.
    """

    name: str
    post: Post
    text: str = ""
    places: dict[str, Places] = field(default_factory=dict)
    encoding: str = "utf-8"

    @cached_property
    def positions(self) -> Positions:
        """The lines of ``text``."""
        return Positions(self.text)

    @property
    def origin(self) -> Origin | None:
        """Where its post's text stands, for files that are not text."""
        return origin_of(self.post)

    def span(self, finding: Finding) -> tuple[int, int] | None:
        """The finding's span in ``text`` (code points), or None if its part does not stand there."""
        places = self.places.get(finding.part)
        return places.span(finding.start, finding.end) if places else None

    def location(self, finding: Finding) -> Location:
        """Where a person finds it: paragraph, cell, page; line and character of a text file."""
        origin = self.origin
        found = origin.location(finding.part, self.post.part(finding.part), finding.start) if origin else None
        if found is not None:
            return found
        line, column = self.locate(finding)
        span = self.span(finding)
        state = ""
        if span is not None and self.name.lower().endswith(TEXTS["html"]):
            state = state_at(self.text, span[0])
        return Location(line=line, character=column, state=state)

    def where(self, finding: Finding) -> str:
        """The same in short: ``12:5`` in a text file, else its words."""
        place = self.location(finding)
        if self.origin is None or not self.origin.spots:
            return f"{place.line}:{place.character}" + (f"（{place.state}）" if place.state else "")
        return place.label

    def locate(self, finding: Finding) -> tuple[int, int]:
        """Line and column of a finding in the file, both from 1, in code points."""
        return self.region(finding)[0]

    def region(self, finding: Finding) -> tuple[tuple[int, int], tuple[int, int]]:
        """Line and column of a finding's start and of its end in the file, from 1, in code points.

        In a file that is not text the lines are those of the part (of a Word file: its paragraphs).
        """
        span = self.span(finding)
        if span is not None:
            return self.positions.line_column(span[0]), self.positions.line_column(span[1])
        positions = Positions(self.post.part(finding.part))
        return positions.line_column(finding.start), positions.line_column(finding.end)
