"""From a place where the automaton saw a term to a hit that stands: the fine pass after the coarse one.

The automaton matches in the folded view, where every disguise is already undone. Here each
place is looked at in the caller's own text: which disguises were used and whether the rule sees
through them, whether what was inserted can be an insertion, whether a longer innocent phrase
covers the term, and whether the hit begins and ends where words do.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from govmedia_screen.lexicon.compiled import COMPARED
from govmedia_screen.lexicon.index import Entry
from govmedia_screen.lexicon.insertions import LONGEST_GAP, SPACES, edged, insertion, is_words
from govmedia_screen.lexicon.rule import Rule
from govmedia_screen.matching.automaton import decode
from govmedia_screen.matching.fold import EVERY, HIDING, LABELS, Fold, fold, tables
from govmedia_screen.matching.text import Sheet, Text
from govmedia_screen.matching.variants import LABELS as VARIANTS
from govmedia_screen.system import lazy

#: Nothing was hidden; made once, since a member costs more than the look at the text.
PLAIN = Fold(0)
SPACED = lazy.pattern(r"\S(?:[ \t\u3000\u2003\xa0\u2002\u2009]{1,4}\S)+")
ADDRESS = lazy.pattern(r"[a-z]{2,8}://|www\.|@[a-z0-9-]{2,}\.|\.(?:com|cn|net|org|info|gov|top|xyz|cc)(?![a-z])", re.IGNORECASE)


@dataclass(slots=True)
class Hit:
    """A verified occurrence of a rule's term.

    Attributes:
        rule: the rule.
        term: the entry as the editor wrote it.
        replacement: what to write instead, or None.
        text: the part that it stands in.
        start: first code point in the part.
        end: one past the last.
        disguise: the folds that were needed beyond how the term is written.
        boundary: whether it must be proved to be made of whole words.
        variant: which other spelling of the term stands there, or None for the term itself.
    """

    rule: Rule
    term: str
    replacement: str | None
    text: Text
    start: int
    end: int
    disguise: Fold
    boundary: bool = False
    variant: str | None = None

    @property
    def is_words(self) -> bool:
        """Whether the hit begins and ends where words do, if its entry asks for that proof.

        Asked last, when everything else says that there is a finding: it may have to load jieba.
        """
        if not self.boundary:
            return True
        raw = self.text.raw
        if self.disguise & (Fold.NOISE | Fold.INVISIBLE | Fold.REPEAT | Fold.LETTERS):  # judged as it reads, not as it is hidden
            left = raw[max(0, self.start - 8) : self.start]
            return is_words(left + self.term + raw[self.end : self.end + 8], len(left), len(left) + len(self.term))
        return is_words(raw, self.start, self.end)

    @property
    def hidden(self) -> bool:
        """Whether somebody hid the term, rather than typed it another way."""
        if self.variant:
            return True
        if not self.disguise & HIDING:
            return False
        if self.disguise & HIDING == Fold.NOISE:
            surface = self.text.raw[self.start : self.end]
            if len(self.term) > 2 and SPACED.fullmatch(surface):  # a space at every place is no slip
                return True
            return any(char not in SPACES and char not in self.term for char in surface if not char.isalnum())
        return True

    @property
    def labels(self) -> tuple[str, ...]:
        """The disguises in words."""
        spelled = (VARIANTS[self.variant],) if self.variant else ()
        return spelled + tuple(LABELS[member] for member in Fold if member in self.disguise)


def verify(entry: Entry, sheet: Sheet, text: Text, first: int, last: int) -> tuple[int, int, Fold] | None:
    """Look at one place of the view in the text itself.

    Args:
        entry: the term.
        sheet: the sheet that holds the text.
        text: the part.
        first: the occurrence's first place in the view.
        last: one past its last place.

    Returns:
        Start and end in the part and the disguises used, or None if the hit does not stand.
    """
    start = sheet.where[first] - text.start
    end = sheet.where[last - 1] - text.start + 1
    raw, term = text.raw, entry.term
    disguise = PLAIN
    if raw[start:end] == term:
        if entry.is_plain:
            return start, end, disguise
    else:
        if entry.variant == COMPARED:  # what is not as it should be is for the comparison to say
            return (start, end, disguise) if end - start in (len(term), len(term) + 1) else None
        folds = entry.rule.folds if entry.rule else EVERY
        plain = trimmed(raw, start, sheet.where[first + 1] - text.start, term)
        end = stretch(raw, end, term, folds)
        if raw[plain:end] == term and not (Fold.REPEAT in folds and repeats(raw, start, plain, end)):
            start = plain
        else:
            used = disguises(raw[start:end], term, folds)
            if used is None and plain > start:
                start = plain
                used = disguises(raw[start:end], term, folds)
            if used is None:
                return None
            disguise = used
            while Fold.REPEAT in disguise and raw[end : end + 1] == raw[end - 1]:
                end += 1
            if disguise & Fold.NOISE and not insertion(raw[start:end], term, raw[start - 1 : start], raw[end : end + 1]):
                return None
    if not (term[0].isalnum() and term[-1].isalnum()):
        place = edged(raw, start, end, term)
        if place is None:
            return None
        start, end = place
    if entry.rivals and covered(entry, sheet, raw, start, first, bool(disguise)):
        return None
    if (entry.whole[0] or entry.whole[1]) and not edges_stand(text, start, end, entry):
        return None
    return start, end, disguise


def trimmed(raw: str, start: int, second: int, term: str) -> int:
    """Where the term begins if repeats of its first character belong to the word before (研究 in 研究究竟)."""
    run = len(term) - len(term.lstrip(term[0]))
    extra = second - run
    return extra if extra > start and raw[extra:second] == raw[start] * run else start


def repeats(raw: str, start: int, plain: int, end: int) -> bool:
    """Whether so much is repeated around a plain term that it was done on purpose (赌赌赌博博)."""
    run = raw[start:plain]
    return (len(run) >= 2 and set(run) == {raw[start]}) or (plain > start and raw[end : end + 1] == raw[end - 1])


def stretch(raw: str, end: int, term: str, folds: Fold) -> int:
    """Take in repeats of the last character as far as the term itself has them (嘻嘻哈哈), insertions between them too."""
    run = len(term) - len(term.rstrip(term[-1]))
    if run == 1:
        return end
    last, kinds, place = fold(term[-1], folds), tables().kind, end
    while run > 1 and place < len(raw) and place - end <= LONGEST_GAP:
        if fold(raw[place], folds) == last:
            end, run = place + 1, run - 1
        elif not kinds[ord(raw[place])] & folds & (Fold.NOISE | Fold.INVISIBLE):
            break
        place += 1
    return end


def disguises(surface: str, term: str, folds: Fold) -> Fold | None:
    """The folds needed to read the surface as the term, or None if the rule does not see through them."""
    straight = folds & ~Fold.REPEAT
    seen, wanted = fold(surface, straight), fold(term, straight)
    used = 0
    if seen != wanted:
        if Fold.REPEAT not in folds or not runs_cover(seen, wanted):
            return None
        used = int(Fold.REPEAT)
    kinds = tables().kind
    for char in surface:
        kind = kinds[ord(char)]
        if kind and char not in term:
            used |= kind
    return Fold(used) & (folds | Fold.REPEAT)


def runs_cover(seen: str, wanted: str) -> bool:
    """Whether ``seen`` is ``wanted`` with some characters repeated more often."""
    pattern = re.findall(r"((.)\2*)", wanted, re.DOTALL)
    found = re.findall(r"((.)\2*)", seen, re.DOTALL)
    return len(pattern) == len(found) and all(a[1] == b[1] and len(a[0]) <= len(b[0]) for a, b in zip(pattern, found, strict=True))


def covered(entry: Entry, sheet: Sheet, raw: str, start: int, first: int, disguised: bool) -> bool:
    """Whether a longer innocent phrase covers the hit, as written or under the same disguise."""
    for phrase, place in entry.rivals:
        if start >= place and raw.startswith(phrase, start - place):
            entry.spared.add(phrase)
            return True
        if disguised:
            form = fold(phrase, EVERY)
            before = len(fold(phrase[:place], EVERY))
            if (
                form != fold(entry.term, EVERY)
                and first >= before
                and decode(sheet.view[2 * (first - before) : 2 * (first - before + len(form))]) == form
            ):
                return True
    return False


def edges_stand(text: Text, start: int, end: int, entry: Entry) -> bool:
    """Whether a Latin or digit term stands by itself, and outside addresses."""
    letters = text.ascii
    if entry.whole[0] and start and same_class(letters[start - 1], letters[start]):
        return False
    if entry.whole[1] and end < len(letters) and same_class(letters[end], letters[end - 1]):
        return False
    left = start
    while left and 0x20 < letters[left - 1] < 0x7F and start - left < 200:
        left -= 1
    right = end
    while right < len(letters) and 0x20 < letters[right] < 0x7F and right - end < 200:
        right += 1
    return not ADDRESS.search(letters[left:right].decode("latin-1")) if right - left > end - start else True


def same_class(one: int, other: int) -> bool:
    """Whether two bytes are both letters or both digits."""
    a, b = chr(one), chr(other)
    return (a.isalpha() and a.isascii() and b.isalpha() and b.isascii()) or (a.isdigit() and b.isdigit())


def inside(raw: str, start: int, end: int, phrases: tuple[str, ...]) -> bool:
    """Whether one of the phrases stands over the span."""
    return any(0 <= raw.find(phrase, max(0, end - len(phrase)), start + len(phrase)) <= start for phrase in phrases)


def occurrences(text: str, form: str) -> Iterator[int]:
    """Where the form stands in the text, without overlaps."""
    start = text.find(form)
    while start >= 0:
        yield start
        start = text.find(form, start + len(form))
