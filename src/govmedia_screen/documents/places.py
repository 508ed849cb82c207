"""Places: from an offset in a part of a post back to the offset in the file that it was read from.

A part is seldom a plain slice of its file: entities and escapes are decoded, comments are cut
out, line breaks are folded. It is made of pieces, and each piece knows where it stood.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import accumulate


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of a part and the run of the file that it stands for, in code points.

    Runs of equal length are copies, character for character; others (``&amp;``)
    are only known as a whole.
    """

    start: int
    end: int
    file_start: int
    file_end: int

    @property
    def copied(self) -> bool:
        """Whether the part has the file's own characters here."""
        return self.end - self.start == self.file_end - self.file_start


class Places:
    """The pieces of one part, in order, without overlaps."""

    __slots__ = ("ends", "pieces", "reached", "starts")

    def __init__(self, pieces: tuple[Piece, ...]) -> None:
        self.pieces = pieces
        self.starts = [piece.start for piece in pieces]
        self.ends = [piece.end for piece in pieces]
        self.reached: list[int] | None = None

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The span of the file that holds ``part[start:end]``; empty where that stands nowhere."""
        if not self.pieces:
            return 0, 0
        piece = self.pieces[min(bisect_right(self.ends, start), len(self.pieces) - 1)]
        if start < piece.start:
            first = piece.file_start
        elif piece.copied:
            first = piece.file_start + min(start, piece.end) - piece.start
        else:
            first = piece.file_end if start >= piece.end else piece.file_start
        index = bisect_left(self.starts, end) - 1
        if start == end or index < 0:
            return first, first
        piece = self.pieces[index]
        last = piece.file_start + min(end, piece.end) - piece.start if piece.copied else piece.file_end
        return first, max(first, last)

    def edits(self, start: int, old: str, new: str) -> list[tuple[int, int, str]] | None:
        """Start, end and new text of the edits of the file that turn ``old``, which begins at ``start``, into ``new``.

        Only what differs is touched, so that markup around it and inside it stays; None if that cannot be done.
        """
        from difflib import SequenceMatcher

        found = []
        for kind, first, last, begin, stop in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
            if kind == "equal":
                continue
            if kind == "replace" and last - first == stop - begin:
                cuts = [(place, place + 1, new[begin + place - first]) for place in range(first, last)]
            else:
                cuts = [(first, last, new[begin:stop])]
            for left, right, text in cuts:
                span = self.run(start + left, start + right) if left < right else self.gap(start + left)
                if span is None:
                    return None
                found.append((*span, text))
        return found

    def run(self, start: int, end: int) -> tuple[int, int] | None:
        """The span of the file of characters that stand together there, or None if they do not."""
        index = bisect_right(self.ends, start)
        if index == len(self.pieces) or start < self.pieces[index].start or end > self.pieces[index].end:
            return None
        piece = self.pieces[index]
        if not piece.copied and (start, end) != (piece.start, piece.end):
            return None
        return self.span(start, end)

    def gap(self, place: int) -> tuple[int, int] | None:
        """Where something can be put in before a character, right behind the one before it."""
        span = self.run(place - 1, place) if place else None
        if span is not None:
            return span[1], span[1]
        span = self.run(place, place + 1)
        return (span[0], span[0]) if span else None

    def part_offset(self, file_offset: int) -> int:
        """The offset in the part of the first character that stands at or after an offset of the file."""
        if self.reached is None:
            self.reached = list(accumulate((piece.file_end for piece in self.pieces), max))
        index = bisect_right(self.reached, file_offset)
        if index == len(self.pieces):
            return self.pieces[-1].end if self.pieces else 0
        piece = self.pieces[index]
        return piece.start + (max(0, file_offset - piece.file_start) if piece.copied else 0)


class Builder:
    """Puts a part together piece by piece."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self.pieces: list[Piece] = []
        self.size = 0

    def add(self, text: str, file_start: int | None = None, file_end: int | None = None) -> None:
        """Append text; ``file_start`` is where it stands in the file, None if it stands nowhere.

        ``file_end`` is given for text that is not the file's own characters.
        """
        if not text:
            return
        size = self.size + len(text)
        if file_start is not None:
            stop = file_start + len(text) if file_end is None else file_end
            last = self.pieces[-1] if self.pieces else None
            if last and last.copied and file_end is None and (last.end, last.file_end) == (self.size, file_start):
                self.pieces[-1] = Piece(last.start, size, last.file_start, stop)
            else:
                self.pieces.append(Piece(self.size, size, file_start, stop))
        self.texts.append(text)
        self.size = size

    def extend(self, text: str, places: Places) -> None:
        """Append a text that has places of its own."""
        self.pieces += [Piece(one.start + self.size, one.end + self.size, one.file_start, one.file_end) for one in places.pieces]
        self.texts.append(text)
        self.size += len(text)

    def finish(self) -> tuple[str, Places]:
        """The part and its places."""
        return "".join(self.texts), Places(tuple(self.pieces))


def whole(text: str, start: int = 0) -> Places:
    """The places of a part that is one slice of its file, beginning at ``start``."""
    return Places((Piece(0, len(text), start, start + len(text)),))


def joined(heads: Iterable[tuple[str, Places]], rest: tuple[str, Places]) -> tuple[str, Places]:
    """Texts as lines before a body."""
    body, spots = rest
    for extra, spot in reversed([head for head in heads if head[0]]):
        shift = len(extra) + 1
        body = f"{extra}\n{body}"
        spots = Places((*spot.pieces, *(Piece(one.start + shift, one.end + shift, one.file_start, one.file_end) for one in spots.pieces)))
    return body, spots
