"""Masks put over texts until nothing is found any more."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from govmedia_screen.finding import Finding
from govmedia_screen.post import Post
from govmedia_screen.report.report import Report, is_masked

#: A mask may make new surroundings in which more is found; so often it is looked at again.
PASSES = 4
#: A value of so many letters and digits is masked wherever else it stands.
VALUE = 6


@dataclass
class Masking:
    """How to mask, and what was masked.

    Attributes:
        screen: gives the report of a post.
        families: the families of findings that are masked; None goes by what rules say.
        mask: the character that stands for a hidden one.
        kind: the kind of post.
        done: the findings that were masked, without those of later looks at the same text.
        untouched: what could not be looked at, for a person to see to.
    """

    screen: Callable[[Post], Report]
    families: Sequence[str] | None = None
    mask: str = "＊"
    kind: str = "article"
    done: list[Finding] = field(default_factory=list)
    untouched: list[str] = field(default_factory=list)

    def wanted(self, report: Report) -> list[Finding]:
        """The findings of a report that are to be masked."""
        return [one for one in report.findings if one.end > one.start and not one.traits.covers and is_masked(one, self.families)]

    def masked(self, text: str) -> str:
        """A text with everything masked that is to be; as long as it was.

        A value that was found once is masked wherever it stands in the text.
        """
        for _ in range(PASSES):
            report = self.screen(Post(text, kind=self.kind))
            found = self.wanted(report)
            new = report.redacted(self.mask, self.families)["body"]
            values = {one.text: new[one.start : one.end] for one in found}
            for value, hidden in sorted(values.items(), key=lambda pair: -len(pair[0])):
                if sum(char.isalnum() for char in value) >= VALUE and hidden != value:
                    new = new.replace(value, hidden)
            if new == text:
                break
            self.done += [one for one in found if values[one.text] != one.text]
            text = new
        return text
