"""Many terms in one pass over a folded view. Knows no words and no rules.

pyahocorasick looks for a node's child one by one, so an automaton over Han characters is
slow at its root. Here every folded character is two letters of an alphabet of 256, and
a hit that begins or ends between the two halves of a character is none.
"""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Protocol

from govmedia_screen.matching.fold import UTF16
from govmedia_screen.system import cache
from govmedia_screen.system.native import core, edition

EDGE = "\xff\xff"  # U+FFFF, which no folded text holds
#: From so many terms on a built automaton is kept in the cache.
LARGE = 2000


class Matcher(Protocol):
    """What finds terms; all implementations give the same hits in the same order."""

    def find(self, view: bytes) -> Iterable[tuple[int, int]]:
        """Give ``(end, number)`` for every occurrence of every term, by ascending end, longest first.

        ``end`` is one past the occurrence's last character, ``number`` the term's place in the
        list that the matcher was built from. Occurrences overlap.
        """
        ...

    def across(self, view: bytes, spans: list[tuple[int, int]], reach: int) -> list[tuple[int, int]]:
        """Of the spans of letters and digits (places of the view) those across which a term may be read, ``reach`` to either side."""
        ...


def letters(view: bytes) -> str:
    """The view in the alphabet of 256, two letters a character."""
    return view.decode(UTF16, "surrogatepass").encode("utf-16-be", "surrogatepass").decode("latin-1")


class Native:
    """The compiled core's automaton over 16-bit characters."""

    __slots__ = ("across", "automaton", "find")

    def __init__(self, terms: Sequence[str]) -> None:
        spelled = EDGE.join(terms).encode("latin-1")
        name = kept_as(spelled, len(terms), f"native-{edition()}-{sys.byteorder}")
        kept = cache.load_bytes(name) if name else None
        self.automaton = core.Automaton(kept, kept=True) if kept is not None else core.Automaton(spelled)
        if name and kept is None:
            cache.store_bytes(name, self.automaton.dump())
        self.find = self.automaton.find
        self.across = self.automaton.across


class Whole:
    """A matcher that cannot tell beforehand what may be read across a span."""

    __slots__ = ()

    def across(self, view: bytes, spans: list[tuple[int, int]], reach: int) -> list[tuple[int, int]]:
        """All of them; see ``Matcher``."""
        return spans


class AhoCorasick(Whole):
    """pyahocorasick over the alphabet of 256."""

    __slots__ = ("automaton", "empty")

    def __init__(self, terms: Sequence[str]) -> None:
        import ahocorasick

        automaton = ahocorasick.Automaton(ahocorasick.STORE_INTS)
        add = automaton.add_word
        for number, term in enumerate(terms):
            add(term, number)
        self.empty = len(automaton) == 0
        if not self.empty:
            automaton.make_automaton()
        self.automaton = automaton

    def find(self, view: bytes) -> Iterator[tuple[int, int]]:
        """Yield ``(end, number)``; see ``Matcher``."""
        if self.empty:
            return
        for last, number in self.automaton.iter(letters(view)):
            if last & 1:
                yield (last + 1) >> 1, number


class Daachorse(Whole):
    """daachorse's double-array automaton, when the extra ``fast`` is installed: same hits, faster."""

    __slots__ = ("automaton", "empty")

    def __init__(self, terms: Sequence[str]) -> None:
        from daachorse import CharwiseDoubleArrayAhoCorasick

        self.empty = not terms
        if self.empty:
            return
        spelled = EDGE.join(terms).encode("latin-1")
        name = kept_as(spelled, len(terms), "daachorse")
        kept = cache.load_bytes(name) if name else None
        if kept is not None:
            self.automaton = CharwiseDoubleArrayAhoCorasick.deserialize(kept)
            return
        self.automaton = CharwiseDoubleArrayAhoCorasick(spelled.decode("utf-16-be").split("\uffff"))
        if name:
            cache.store_bytes(name, self.automaton.serialize())

    def find(self, view: bytes) -> Iterator[tuple[int, int]]:
        """Yield ``(end, number)``; see ``Matcher``."""
        if self.empty:
            return
        for _, end, number in self.automaton.find_overlapping(decode(view)):
            yield end, number


def kept_as(spelled: bytes, count: int, engine: str) -> str:
    """The name in the cache of the automaton over these terms, or nothing if there are so few that building it is cheap."""
    return f"automaton-{hashlib.sha256(spelled).hexdigest()[:16]}.{engine}" if count >= LARGE else ""


def decode(view: bytes) -> str:
    """The view as ordinary text."""
    return view.decode(UTF16, "replace")


def build(terms: Sequence[str], engine: str = "auto") -> Matcher:
    """A matcher for the terms, which must be distinct and not empty.

    Args:
        terms: folded terms, as ``letters`` writes them.
        engine: ``native``, ``daachorse``, ``ahocorasick``, or ``auto``: the first of these that is there.
    """
    if engine == "auto":
        from importlib.util import find_spec

        engine = "native" if core is not None else "daachorse" if find_spec("daachorse") else "ahocorasick"
    return ENGINES[engine](terms)


ENGINES: dict[str, Callable[[Sequence[str]], Matcher]] = {"native": Native, "daachorse": Daachorse, "ahocorasick": AhoCorasick}
