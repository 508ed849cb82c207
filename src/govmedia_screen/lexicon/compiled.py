"""What folding makes of all terms: the distinct forms, and which terms and other spellings stand behind each.

It depends on the terms and on the tables alone, so it is kept in the user's cache.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from govmedia_screen.matching.automaton import letters
from govmedia_screen.matching.text import Sheet

#: The cue by which detectors learn that a piece of a right expression, or a wrong form of it, was seen.
COMPARED = "wording.compared"
#: Stands between two forms in the cache. No term holds characters for private use, so its two letters are
#: found nowhere else, not even across two characters.
EDGE = "\ue0e1"
#: The fields that are arrays, and of what.
ARRAYS = {"joints": "I", "bears": "I", "sounds": "H", "looks": "Q"}


@dataclass(frozen=True)
class Compiled:
    """What folding made of the terms; it can be cached, since it depends on them and on the tables alone.

    A term's place is its number in the order of the rules; the other spellings take the places after the last term.

    Attributes:
        forms: the distinct folded forms of two characters and more, in the matcher's letters.
        skipped: the places, ascending, that are not the first of a form.
        shared: for a form's number the further places of terms that share it.
        bare: places of terms that fold to less than two characters, and to how many.
        terms: how many terms there are.
        spelled: the other spellings as they are written, one a line.
        origins: for each other spelling the place of its term.
        kinds: for each other spelling its kind.
        joints, bears, sounds, looks: what ``lexicon.comparer.Comparer`` is made from.
    """

    forms: list[str]
    skipped: list[int] = field(default_factory=list)
    shared: dict[int, list[int]] = field(default_factory=dict)
    bare: dict[int, int] = field(default_factory=dict)
    terms: int = 0
    spelled: str = ""
    origins: list[int] = field(default_factory=list)
    kinds: list[str] = field(default_factory=list)
    joints: array[int] = field(default_factory=lambda: array("I"))
    bears: array[int] = field(default_factory=lambda: array("I"))
    sounds: array[int] = field(default_factory=lambda: array("H"))
    looks: array[int] = field(default_factory=lambda: array("Q"))

    @cached_property
    def _shifts(self) -> list[int]:
        return [place - before for before, place in enumerate(self.skipped)]

    @cached_property
    def spellings(self) -> list[str]:
        """The other spellings."""
        return self.spelled.split("\n")

    def places(self, number: int) -> list[int]:
        """The places of the terms and spellings that share the form of that number."""
        return [number + bisect_right(self._shifts, number), *self.shared.get(number, ())]

    @property
    def sizes(self) -> list[int]:
        """For each term its length in the folded view."""
        sizes = [0] * self.terms
        for number, form in enumerate(self.forms):
            for place in self.places(number):
                if place < self.terms:
                    sizes[place] = len(form) >> 1
        for place, size in self.bare.items():
            sizes[place] = size
        return sizes

    def to_plain(self) -> dict[str, Any]:
        """As JSON values, few and long ones: they are read at every start."""
        plain = {name: getattr(self, name) for name in self.__dataclass_fields__}
        forms = "\xe0\xe1".join(self.forms).encode("latin-1").decode("utf-16-be")
        arrays = {name: value.tobytes().hex() for name, value in plain.items() if isinstance(value, array)}
        return plain | arrays | {"forms": forms, "shared": list(self.shared.items()), "bare": list(self.bare.items())}

    @classmethod
    def of_plain(cls, plain: dict[str, Any]) -> Compiled:
        """What ``to_plain`` gave."""
        whole = plain["forms"].encode("utf-16-be").decode("latin-1")
        forms = whole.split("\xe0\xe1") if whole else []
        arrays = {name: array(kind, bytes.fromhex(plain[name])) for name, kind in ARRAYS.items()}
        return cls(**(plain | arrays | {"forms": forms, "shared": dict(plain["shared"]), "bare": dict(plain["bare"])}))


def compile_terms(terms: Sequence[str], spellings: Iterable[tuple[int, str, str]] = ()) -> Compiled:
    """Fold the terms and their other spellings, by the very function that folds texts.

    Of spellings that fold alike, to each other or to a term, only the first counts; a piece of a right expression counts beside a term.
    """
    seen: dict[str, int] = {}
    skipped: list[int] = []
    shared: dict[int, list[int]] = {}
    bare: dict[int, int] = {}
    for place, form in enumerate(forms_of(terms)):
        if len(form) < 4:
            bare[place] = len(form) >> 1
        else:
            number = seen.setdefault(form, place - len(skipped))
            if number == place - len(skipped):
                continue
            shared.setdefault(number, []).append(place)
        skipped.append(place)
    known = dict.fromkeys(seen)
    kept: list[tuple[int, str, str]] = []
    compared: set[str] = set()
    candidates = list(spellings)
    for form, candidate in zip(forms_of([one for _, one, _ in candidates]), candidates, strict=True):
        if len(form) < 4 or (candidate[2] == COMPARED and form in compared):
            continue
        if candidate[2] == COMPARED:
            compared.add(form)
        if form not in known:
            known[form] = None
        elif candidate[2] == COMPARED and form in seen:
            shared.setdefault(seen[form], []).append(len(terms) + len(kept))
            skipped.append(len(terms) + len(kept))
        else:
            continue
        kept.append(candidate)
    spelled = "\n".join(one for _, one, _ in kept)
    return Compiled(list(known), skipped, shared, bare, len(terms), spelled, [place for place, _, _ in kept], [kind for _, _, kind in kept])


def forms_of(terms: Sequence[str]) -> Iterator[str]:
    """Each term's folded form in the matcher's letters."""
    if not terms:
        return
    sheet = Sheet(terms)
    whole, where, begin = letters(sheet.view), sheet.where, 0
    for term, start in zip(terms, sheet.starts, strict=True):
        close = start + len(term)
        end = bisect_left(where, close, begin, min(begin + len(term) + 1, len(where)))
        yield whole[2 * begin : 2 * end]
        begin = end + (end < len(where) and where[end] == close)  # a term that folds to nothing has no close of its own
