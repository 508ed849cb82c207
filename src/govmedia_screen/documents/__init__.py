"""Files → posts, keeping the way back to the file's own lines and columns."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from govmedia_screen.documents.places import Places, whole
from govmedia_screen.errors import InputError, ScreenError
from govmedia_screen.finding import Finding, Positions
from govmedia_screen.io.encoding import decode
from govmedia_screen.post import Post
from govmedia_screen.system.files import read_regular

MARKDOWN = (".md", ".markdown", ".mdown", ".mkd", ".mdx")
HTML = (".html", ".htm", ".xhtml", ".shtml")
WORD = (".docx",)
#: Endings of the files that are posts; hooks look at no others.
ENDINGS = (*MARKDOWN, *HTML, *WORD, ".txt")


@dataclass(frozen=True)
class Document:
    """One file, read.

    Attributes:
        name: its name as the caller gave it, ``-`` for standard input.
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

    def span(self, finding: Finding) -> tuple[int, int] | None:
        """The finding's span in ``text`` (code points), or None if its part does not stand there."""
        places = self.places.get(finding.part)
        return places.span(finding.start, finding.end) if places else None

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


def read(path: str | Path) -> Document:
    """Read one file.

    Raises:
        InputError: it is missing, cannot be read or decoded; the message says which and what to do.
        MissingExtra: its format needs an extra.
    """
    return parse(read_regular(path), str(path))


def parse(data: bytes, name: str) -> Document:
    """Make a Document of a file's bytes, by its name's ending.

    Raises:
        InputError: it cannot be decoded or its front matter cannot be used.
        MissingExtra: its format needs an extra.
    """
    if name.lower().endswith(WORD):
        from govmedia_screen.documents import word

        with readable(name):
            return Document(name, word.read(data, name), encoding="docx")
    text, encoding = decode(data, name)
    return of_text(text, name, encoding)


def of_text(text: str, name: str, encoding: str = "utf-8") -> Document:
    """Make a Document of decoded text, by its name's ending.

    Raises:
        InputError: its front matter cannot be used.
        MissingExtra: its format needs an extra.
    """
    with readable(name):
        return understood(text, name, encoding)


@contextmanager
def readable(name: str) -> Iterator[None]:
    """Whatever a reader raises on a broken file is an InputError that names the file.

    Raises:
        InputError: the file cannot be read.
    """
    try:
        yield
    except ScreenError:
        raise
    except Exception as error:
        raise InputError(f"{name}: 读不懂这个文件（{type(error).__name__}），请检查它是否完整") from error


def understood(text: str, name: str, encoding: str) -> Document:
    """A text read as its name's ending says."""
    ending = name.lower()
    if ending.endswith(MARKDOWN):
        from govmedia_screen.documents import markdown

        post, places = markdown.read(text, name)
    elif ending.endswith(HTML):
        from govmedia_screen.documents import html

        post, places = html.read(text, name)
    else:
        post, places = Post(body=text, id=name), {"body": whole(text)}
    return Document(name, post, text, places, encoding)
