"""Enumerations that belong together in a fixed order, as an editor writes them, and where they stand in a text.

A line is ``四个意识：政治意识、大局意识、核心意识、看齐意识 2016-``: names parted by ／, members parted by 、, the years in which it is
in use; names and years may be left out. What stands in a text is a run: members with nothing but marks and 和 between them,
and at most one thing that is no member (创新、协调、环保、开放、共享).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from govmedia_screen.lexicon.any_of import any_of
from govmedia_screen.system.lazy import pattern

#: Between two members.
BETWEEN = r"[”’》]?(?:[、，,；;]|[、，]?(?:以及|和|与|及))(?:倡导|坚持)?[“‘《]?"
#: So far around a sign of an enumeration its members are looked for, in code points.
REACH = 100
#: A member that stands so far from the others is not left out.
NEAR = 40
#: What is no member has so many characters at most.
LONGEST_STRANGER = 10
#: A list that goes on: other things belong to it.
GOES_ON = pattern(r"[”’》]?(?:[、和与及]|以及|等|[，,](?:以及|和))")
BEGINS_BEFORE = pattern(r"(?:[、和与及]|以及)[“‘《]?\Z")
#: Between a name and its members, and between the members and their name.
NAME_FIRST = r"[”’》]?(?:总体布局|战略布局|工作|重要要求|总要求|方针|战略)?[”’》]?(?:[，]?(?:也就是|就是|即|是指|指的是|分别是|包括|是)|——|—|[：:（(]){1,2}[“‘]?(?:坚定|增强|做到|倡导)?\Z"
NAME_LAST = r"[”’》）)]?(?:的|这|（|\()?[“‘]?(?:新时代)?"


@dataclass(frozen=True)
class Run:
    """Members of an enumeration where they stand together in a text.

    Attributes:
        start: where the first begins.
        end: one past the last.
        seen: the members in the order of the text; None for what is no member.
        gaps: what stands between the members, strangers in it.
    """

    start: int
    end: int
    seen: tuple[str | None, ...]
    gaps: tuple[str, ...]


@dataclass(frozen=True)
class Enumeration:
    """Members in their order.

    Attributes:
        names: what the whole is called.
        members: its members in order.
        first: the first year in which it is in use.
        last: the last.
    """

    names: tuple[str, ...]
    members: tuple[str, ...]
    first: int
    last: int

    @classmethod
    def of(cls, line: str) -> Enumeration:
        """What an editor's line says."""
        text, _, years = line.partition(" ")
        names, mark, members = text.rpartition("：")
        first, _, last = years.partition("-")
        return cls(tuple(names.split("／")) if mark else (), tuple(members.split("、")), int(first or 0), int(last or 9999))

    def righted(self, run: Run, fault: str) -> str:
        """The members as they should be: where only their order is wrong, those of the run with its own marks between them."""
        members, gaps = self.members, ("、",) * (len(self.members) - 1)
        if fault == "order":
            members, gaps = tuple(member for member in members if member in run.seen), run.gaps
        elif len(run.gaps) == len(gaps) and None not in run.seen:
            gaps = run.gaps
        return "".join(member + gap for member, gap in zip(members, (*gaps, ""), strict=True))

    @cached_property
    def member(self) -> re.Pattern[str]:
        """Any member."""
        return pattern(any_of(self.members))

    @cached_property
    def gap(self) -> re.Pattern[str]:
        """Between two members of a run: marks, or marks and one thing that is no member."""
        return pattern(rf"{BETWEEN}(?:(?P<stranger>[^、，。；：！？（）()“”\s]{{1,{LONGEST_STRANGER}}}?){BETWEEN})?")

    def runs(self, raw: str, start: int, end: int) -> Iterator[Run]:
        """The runs of at least two members around ``raw[start:end]``."""
        seen: list[str | None] = []
        gaps: list[str] = []
        begin = stop = -1
        for match in self.member.finditer(raw, max(0, start - REACH), end + REACH):
            between = self.gap.fullmatch(raw, stop, match.start()) if seen else None
            if not between or (between["stranger"] and None in seen):
                if len(seen) > 1:
                    yield Run(begin, stop, tuple(seen), tuple(gaps))
                seen, gaps, begin = [], [], match.start()
            else:
                seen += [None] * bool(between["stranger"])
                gaps.append(between[0])
            seen.append(match[0])
            stop = match.end()
        if len(seen) > 1:
            yield Run(begin, stop, tuple(seen), tuple(gaps))

    def is_named(self, raw: str, run: Run) -> bool:
        """Whether the text calls a run by its name: “四个意识”（…） or …的新发展理念."""
        if not self.names:
            return False
        name = any_of(self.names)
        return bool(
            pattern(name + NAME_FIRST).search(raw, max(0, run.start - 30), run.start) or pattern(NAME_LAST + name).match(raw, run.end)
        )

    def fault(self, raw: str, run: Run, named: bool) -> str | None:
        """What is wrong with a run: ``order``, ``missing``, ``replaced``; None if nothing is, or if it is something else.

        Without its name a run is a part of a list that is somebody's own.
        """
        seen = [member for member in run.seen if member is not None]
        size = len(self.members)
        if len(seen) == len(run.seen) == size and set(seen) == set(self.members):
            return "order" if tuple(seen) != self.members else None
        if GOES_ON.match(raw, run.end) or BEGINS_BEFORE.search(raw, max(0, run.start - 3), run.start):
            return None
        if size < 4 and not named:
            return None
        in_order = [member for member in self.members if member in seen] == seen
        if len(run.seen) == len(seen) == len(set(seen)) == size - 1 and not in_order:
            return "order"
        if len(run.seen) == len(seen) == size - 1 and in_order:
            left_out = next(member for member in self.members if member not in seen)
            return None if left_out in raw[max(0, run.start - NEAR) : run.end + NEAR] else "missing"
        if len(run.seen) == size and len(seen) == size - 1 and in_order and named:
            return "replaced"
        return None
