"""Context: what the words around a number say it is, and whose."""

from __future__ import annotations

from dataclasses import dataclass

from govmedia_screen.chinese.sentences import LINE_END, STOP, bounds
from govmedia_screen.finding import Level
from govmedia_screen.formats import names
from govmedia_screen.formats.labels import Label, Labels, left_of
from govmedia_screen.formats.names import name_before
from govmedia_screen.formats.rows import Rows
from govmedia_screen.lexicon.lexicon import Lexicon
from govmedia_screen.matching.fold import folded
from govmedia_screen.matching.text import Text
from govmedia_screen.post import Post

KINDS = (
    "resident-id", "bank-card", "account", "corporate", "phone", "home-phone", "office-phone", "serial", "passport", "travel-permit",
    "permanent-residence", "driving-licence", "social-security", "medical-record", "qq", "taiwan-id", "email", "name", "address", "birth", "sensitive", "person",
)  # fmt: skip


#: How far behind its label a number parted by any marks may stand (code points).
BESIDE = 4


@dataclass(slots=True)
class Item:
    """Something personal that was found.

    Attributes:
        rule: the rule's id.
        level: its level where it stands, a list left aside.
        start: first code point.
        end: one past the last.
        column: what a column of such values is called.
        evidence: what decided it.
        proven: a check digit, or a label and a format, say that it is what it seems.
        official: it seems to belong to an office rather than to a person.
    """

    rule: str
    level: Level
    start: int
    end: int
    column: str
    evidence: tuple[str, ...] = ()
    proven: bool = False
    official: bool = False


class Words:
    """The lexicon's words for this family."""

    def __init__(self, lexicon: Lexicon) -> None:
        lists = {kind: lexicon.cue(f"privacy.label.{kind}") for kind in KINDS}
        self.labels = Labels({kind: cues.words for kind, cues in lists.items()})
        self.columns = {kind: cues.label for kind, cues in lists.items()}
        self.personal = lexicon.cue("privacy.personal")
        self.office = lexicon.cue("privacy.office")
        self.public_list = lexicon.cue("privacy.public-list")
        self.benefit = lexicon.cue("privacy.benefit")
        self.public_account = lexicon.cue("privacy.public-account")
        self.pseudonym = lexicon.cue("privacy.pseudonym")
        self.stigma = lexicon.cue("privacy.stigma")
        self.roles = tuple({*(word for word in self.personal.words if len(word) > 1), *lists["name"].words})


class Place:
    """One text with the words that are looked for around its numbers."""

    __slots__ = ("_near", "_rows", "post", "raw", "reply", "text", "words")

    def __init__(self, text: Text, words: Words, post: Post) -> None:
        self.text, self.words, self.post = text, words, post
        self.reply = post.kind == "reply"
        self.raw = text.raw
        self._rows: Rows | None = None
        self._near: dict[int, list[Label]] = {}

    @property
    def folded(self) -> str:
        """The text folded, place for place."""
        return self.text.folded

    @property
    def rows(self) -> Rows:
        """The text as rows under headers."""
        if self._rows is None:
            self._rows = Rows(self.folded, self.words.labels)
        return self._rows

    def near(self, start: int) -> list[Label]:
        """The labels to the left of a place, in its line or at the end of the line above; the distance is that from the label's end."""
        found = self._near.get(start)
        if found is None:
            left = left_of(self.folded, start)
            found = [Label(kind, word, len(left) - place - len(word)) for kind, word, place in self.words.labels.all(left)]
            self._near[start] = found
        return found

    def label(self, start: int) -> Label | None:
        """The label of what begins there: beside it, or over its column."""
        near = self.near(start)
        return near[-1] if near else self.rows.over(start)

    def labels_near(self, start: int) -> set[str]:
        """The kinds of all labels to the left, in the same line."""
        return {label.kind for label in self.near(start)}

    def line(self, start: int, end: int, before: int = 40, after: int = 20) -> str:
        """The folded text around a span, no further than its line."""
        first, last = bounds(self.folded, start, end, before, after, LINE_END)
        return self.folded[first:last]

    def sentence(self, start: int, end: int, before: int = 40, after: int = 20) -> str:
        """The same, no further than its sentence."""
        first, last = bounds(self.folded, start, end, before, after, STOP)
        return self.folded[first:last]

    def heading(self, start: int, reach: int) -> str:
        """What stands above a place: the post's title and the text before."""
        return folded(self.post.title[:200]) + "\n" + self.folded[max(0, start - reach) : start]

    def is_alone(self, start: int, end: int) -> bool:
        """Whether nothing else stands in the line, as in a column cut out of a table."""
        raw = self.raw
        first = raw.rfind("\n", 0, start) + 1
        last = raw.find("\n", end)
        return not raw[first:start].strip() and not raw[end : last if last >= 0 else len(raw)].strip(" \t\r。.")

    def person(self, start: int, end: int) -> str | None:
        """The person whom an office's number belongs to: a name or 小王, 李主任 before its label, or in brackets behind it."""
        if match := names.TITLED_AFTER.match(self.folded, end):
            return match[1] if names.is_titled(match[1]) else None
        left = self.bare_left(start)
        if left[-1:].strip(names.EDGE):
            return None  # no mark stands between: 招商热线
        found = name_before(left, self.words.roles)
        if found:
            return left[found[0] : found[1]]
        titled = names.TITLED_BEFORE.search(left)
        return titled[1] if titled and names.is_titled(titled[1]) else None

    def is_own_line(self, start: int, end: int) -> bool:
        """Whether somebody called 小王 gives a mobile number beside a WeChat or QQ account: that is no office's line."""
        around = self.sentence(start, end, 80, 40)
        nickname = any(names.is_titled(one[1]) for one in names.NICKNAME.finditer(around))
        return nickname and ("微信" in around or "qq" in around)

    def citizen(self, start: int) -> str | None:
        """Somebody called 徐师傅, 赵女士 in the same sentence, before a place."""
        left = self.sentence(start, start, 30, 0)
        return next((one[1] for one in names.CITIZEN.finditer(left) if names.is_titled(one[1])), None)

    def name(self, start: int) -> str | None:
        """The name of a person that stands before a number, a label between them left aside."""
        left = self.bare_left(start)
        found = name_before(left, self.words.roles)
        return left[found[0] : found[1]] if found else None

    def bare_left(self, start: int) -> str:
        """The text before a number without the labels that stand next to it."""
        left = left_of(self.folded, start)
        while True:
            bare = left.rstrip(" \t\u3000:：,，、;；（(+\n|｜")
            label = self.words.labels.last(bare)
            if label is None or label.distance:
                return left
            left = bare[: len(bare) - len(label.word)]


def is_serial(label: Label | None) -> bool:
    """Whether a label says that the number counts something else than persons."""
    return label is not None and label.kind == "serial" and label.distance <= 6
