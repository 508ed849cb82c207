"""Names and titles against the office's own roster (``roster.toml``); without one nothing is looked for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from govmedia_screen.chinese.dates import read_date
from govmedia_screen.detectors.base import Reading
from govmedia_screen.finding import Finding
from govmedia_screen.lexicon.any_of import any_of
from govmedia_screen.lexicon.lexicon import Lexicon
from govmedia_screen.matching.text import Text
from govmedia_screen.profile import Profile
from govmedia_screen.system.lazy import pattern

if TYPE_CHECKING:
    from govmedia_screen.detectors.wording.roster import Holder

#: What before a title makes another of it.
OTHER = tuple("原前副代")
#: What may stand between a title and a name: 县长 赵明远; 县长、党组书记赵明远 is left alone.
GAP = r"[ \u3000]{0,2}(?:同志)?"


class PersonDetector:
    """Find a title that is not the person's, a name with a wrong character, and names out of order."""

    family: ClassVar[str] = "wording"

    def __init__(self, lexicon: Lexicon, profile: Profile) -> None:
        self.lexicon = lexicon
        self.holders: tuple[Holder, ...] = ()
        for folder in getattr(lexicon, "folders", ()):
            path = Path(folder) / "roster.toml"
            if path.is_file():
                from govmedia_screen.detectors.wording.roster import load

                self.holders += load(path)
        if short := profile.settings.get("roster"):
            from govmedia_screen.detectors.wording.roster import read_short

            self.holders += read_short(str(short))
        names = sorted({holder.name for holder in self.holders}, key=len, reverse=True)
        titles = sorted({holder.title for holder in self.holders}, key=len, reverse=True)
        self.ranks = {holder.name: holder.rank for holder in reversed(self.holders) if holder.rank}
        if names:
            name = any_of(names)
            title = any_of(titles)
            self.titled = pattern(rf"(?P<title>{title}){GAP}(?P<name>{name})|(?P<name2>{name})(?P<title2>{title})")
            self.unknown = pattern(rf"(?P<title>{title}){GAP}(?P<rest>[\u3400-\u9fff]{{3,4}})")
            self.listed = pattern(rf"{name}(?:、{name})+")

    @property
    def idle(self) -> bool:
        """Whether no roster is there."""
        return not self.holders

    def find(self, reading: Reading) -> Iterable[Finding]:
        """Yield the findings of every part."""
        if not self.holders:
            return ()
        day = day_of(reading.post.published_at)
        return [found for text in reading.texts for finder in (self.titles, self.names) for found in finder(text, day)] + [
            found for text in reading.texts for found in self.order(text)
        ]

    def titles(self, text: Text, day: date) -> Iterator[Finding]:
        """Titles beside a name of the roster that its holder has not, or no longer has."""
        for match in self.titled.finditer(text.raw):
            name, title = match["name"] or match["name2"], match["title"] or match["title2"]
            own = [holder for holder in self.holders if holder.name == name]
            if any(holder.holds(day) and fits(holder.title, title) for holder in own):
                continue
            if before(text.raw, match.start("title") if match["title"] else match.start("title2")):
                continue
            rule = self.lexicon["wording.person.former" if any(fits(holder.title, title) for holder in own) else "wording.person.title"]
            now = "、".join(holder.title for holder in own if holder.holds(day))
            yield rule.finding(text, *match.span(), evidence=(f"{name}：{now or '名册中无现任职务'}",))

    def names(self, text: Text, day: date) -> Iterator[Finding]:
        """What stands after a title and differs from its holder's name in one character."""
        for match in self.unknown.finditer(text.raw):
            for holder in self.holders:
                size = len(holder.name)
                seen = match["rest"][:size]
                if size < 3 or not fits(holder.title, match["title"]) or not holder.holds(day) or len(seen) < size:
                    continue
                if sum(a != b for a, b in zip(seen, holder.name, strict=True)) == 1:
                    start = match.start("rest")
                    yield self.lexicon["wording.person.name"].finding(text, start, start + size, suggestion=holder.name)
                    break

    def order(self, text: Text) -> Iterator[Finding]:
        """Names in a list that stand in another order than the roster's."""
        if not self.ranks:
            return
        for match in self.listed.finditer(text.raw):
            names = match[0].split("、")
            if all(name in self.ranks for name in names):
                right = sorted(names, key=lambda name: self.ranks[name])
                if right != names:
                    yield self.lexicon["wording.person.order"].finding(text, *match.span(), suggestion="、".join(right))


def fits(held: str, seen: str) -> bool:
    """Whether a title in a text is the title held: the same, or the one with its place before it (神木市市长, 市长)."""
    longer, shorter = (held, seen) if len(held) >= len(seen) else (seen, held)
    return longer.endswith(shorter) and longer[: -len(shorter)][-1:] not in OTHER


def before(raw: str, start: int) -> bool:
    """Whether the words before a title say that it is past, or make it another's (副, 原, 时任)."""
    return raw[max(0, start - 1) : start] in OTHER or raw[max(0, start - 2) : start] in ("时任", "曾任", "历任", "助理")


def day_of(published: object) -> date:
    """The day of a post in any spelling; today only if none is written that can be read."""
    return read_date(published) or date.today()
