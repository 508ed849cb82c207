"""Screener: puts it together. A post goes in, findings come out."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from govmedia_screen.detectors import Detector, Reading
from govmedia_screen.detectors.base import FAILED, LOG, found
from govmedia_screen.detectors.wording.errata import without_quoted_errors
from govmedia_screen.documents.locations import origin_of
from govmedia_screen.documents.markup import see
from govmedia_screen.errors import InputError
from govmedia_screen.finding import Finding
from govmedia_screen.lexicon.hits import inside, occurrences, verify
from govmedia_screen.lexicon.lexicon import Lexicon
from govmedia_screen.lexicon.readings import more_hits
from govmedia_screen.lexicon.rule import Rule
from govmedia_screen.loaded import Loaded, load
from govmedia_screen.matching.fold import Fold
from govmedia_screen.matching.text import Sheet, Text
from govmedia_screen.post import Post, as_post
from govmedia_screen.profile import Exemption, Profile
from govmedia_screen.report.asked import with_question
from govmedia_screen.report.given import as_given
from govmedia_screen.report.policy import decide, exempted, leveled, settle
from govmedia_screen.report.report import Incomplete, Report, passed

if TYPE_CHECKING:
    import pyarrow

#: How many posts ``screen_many`` lays on one sheet.
BATCH = 128
OVER_LIMIT = "超过方案规定的 {limit} 字上限，其后未审"


class Screener:
    """Screens posts by a profile. Safe to share between threads; picklable (workers load it anew).

    Args:
        profile: a path, the name of a shipped profile, a Profile, or None for the default.
        lexicons: an office's own folder, or several, layered over the shipped lexicons.
        extra: detectors of the caller's own; see ``govmedia_screen.detectors.base.Detector``.

    Raises:
        ProfileError: the profile cannot be used.
        LexiconError: a lexicon is refused; every problem with file and line.
        ModelError: the model is broken.
    """

    def __init__(
        self,
        profile: str | Path | Profile | None = None,
        lexicons: str | Path | Sequence[str | Path] | None = None,
        extra: Iterable[Detector] = (),
    ) -> None:
        self._begin(profile, (lexicons,) if isinstance(lexicons, (str, Path)) else tuple(lexicons or ()), tuple(extra))

    def _begin(
        self,
        profile: str | Path | Profile | None,
        folders: tuple[str | Path, ...],
        extra: tuple[Detector, ...],
        lexicon: Lexicon | None = None,
    ) -> None:
        self._profile, self._folders, self._extra = profile, folders, extra
        self._used: set[Exemption] = set()
        self._lock = threading.Lock()
        self._loaded = load(profile, folders, extra, lexicon)

    def __reduce__(self) -> tuple[type[Screener], tuple[object, ...]]:
        return type(self), (self._loaded.profile, self._folders, self._extra)

    def under(self, profile: Profile) -> Screener:
        """A screener with the same lexicons, which are not read again, and the same detectors under another profile."""
        other = type(self).__new__(type(self))
        other._begin(profile, self._folders, self._extra, self._loaded.lexicon)  # noqa: SLF001  (one of us)
        return other

    def reload(self) -> None:
        """Read profile, lexicons and model anew; atomic.

        Raises:
            ScreenError: something is refused; then the old state stays in force.
        """
        with self._lock:
            self._loaded = load(self._profile, self._folders, self._extra)

    @property
    def rules(self) -> tuple[Rule, ...]:
        """Every rule in force, by id."""
        return tuple(sorted(self._loaded.lexicon, key=lambda rule: rule.id))

    @property
    def profile(self) -> Profile:
        """The profile in force."""
        return self._loaded.profile

    @property
    def lexicon(self) -> Lexicon:
        """The lexicon in force."""
        return self._loaded.lexicon

    @property
    def fingerprint(self) -> str:
        """A hash of everything that results depend on, as it stands in every report's versions; see ``govmedia_screen.fingerprint``."""
        return self._loaded.versions["fingerprint"]

    @property
    def parts(self) -> dict[str, str]:
        """What the fingerprint is made of, part by part."""
        return self._loaded.parts

    def unused_exemptions(self) -> tuple[Exemption, ...]:
        """The profile's exemptions that no post has needed since this Screener was made, expired ones among them."""
        return tuple(one for one in self._loaded.profile.exemptions if one not in self._used)

    def note_used(self, exemptions: Iterable[Exemption]) -> None:
        """Take in the exemptions that posts screened elsewhere, in a worker, have needed."""
        self._used.update(exemptions)

    def unused_accepts(self) -> tuple[str, ...]:
        """The accepted phrases, shipped and the office's, that have spared no hit since the lexicon was loaded."""
        loaded = self._loaded
        return tuple(phrase for phrase in loaded.lexicon.accept if phrase not in loaded.index.spared)

    def screen(self, post: Post | str, accept: Sequence[str] = ()) -> Report:
        """Screen one post; a str is ``Post(body=…)``.

        Args:
            post: the post.
            accept: phrases that are innocent in this post: a listed term inside one is no finding.
        """
        return self._safely([as_post(post)], tuple(accept))[0]

    def screen_many(self, posts: Iterable[Post | str], workers: int = 1) -> Iterator[Report]:
        """Screen many posts, in their order, in bounded memory.

        Args:
            posts: any iterable; it is read no further ahead than the workers need.
            workers: processes; 1 screens in this one.
        """
        batches = batched(map(as_post, posts), BATCH)
        if workers <= 1:
            for batch in batches:
                yield from self._safely(batch)
            return
        from govmedia_screen.batch.workers import ordered

        yield from ordered(self, batches, workers)

    def screen_batch(self, batch: pyarrow.RecordBatch, columns: Mapping[str, str] | None = None) -> pyarrow.RecordBatch:
        """Screen an Arrow batch: one row per post in, one row per post out; see ``govmedia_screen.batch.arrow``.

        Args:
            batch: the posts.
            columns: column → field of Post, beyond the names that are known.

        Raises:
            MissingExtra: pyarrow is not installed.
            InputError: the batch has no column ``body``.
        """
        from govmedia_screen.batch.arrow import screen_batch

        return screen_batch(self, batch, columns)

    def classify(self, text: str) -> dict[str, float]:
        """The classifier's calibrated probabilities that a text advertises and that it airs an opinion.

        Raises:
            InputError: the profile has switched the classifier off.
        """
        model = self._loaded.model
        if model is None:
            raise InputError("the profile switches commercial and opinion off: there is no classifier to ask")
        sheet = Sheet([text])
        return model.scan(sheet.joined, sheet.starts).probabilities(0)

    def _safely(self, posts: Sequence[Post], accept: tuple[str, ...] = ()) -> list[Report]:
        """The posts' reports, whatever fails: the post that makes it fail is for review, the others are screened as ever."""
        try:
            reports, profile = self._screen(posts, accept), self._loaded.profile
            return [with_question(one, self._screen, profile) if one.post.question else one for one in reports]
        except Exception as error:
            if len(posts) > 1:
                return [report for post in posts for report in self._safely([post], accept)]
            LOG.debug("a post could not be screened", exc_info=True)
            gap = Incomplete("body", FAILED.format(detector="审查", error=type(error).__name__), 0, fault=True)
            loaded = self._loaded
            return [Report(posts[0], (), *decide((), loaded.profile, complete=False), (gap,), (), loaded.versions)]

    def alone(self, post: Post | str, rule_id: str) -> list[Finding]:
        """What is found in a post when no other rule than one has hits: as it is found, before levels and yielding.

        An editor's proof that an example is found by its rule, and not by the help of another.
        """
        loaded, post = self._loaded, as_post(post)
        view = see(post)
        (reading,) = self._readings(loaded, [view[0] if view else post], ())
        if reading.hit_lists:
            own = {family: [hit for hit in hits if hit.rule.id == rule_id] for family, hits in reading.hit_lists.items()}
            reading.hit_lists = {family: hits for family, hits in own.items() if hits} or None
        return found(loaded.finders, reading)

    def _screen(self, posts: Sequence[Post], accept: tuple[str, ...] = ()) -> list[Report]:
        loaded = self._loaded
        views = [see(post) for post in posts]
        readings = self._readings(loaded, [view[0] if view else post for post, view in zip(posts, views, strict=True)], accept)
        return [as_given(self._report(loaded, one), post, view) for one, post, view in zip(readings, posts, views, strict=True)]

    def _readings(self, loaded: Loaded, posts: Sequence[Post], accept: tuple[str, ...]) -> list[Reading]:
        """The posts laid on one sheet and read, with every hit."""
        limit = loaded.profile.max_characters
        parts: list[str] = []
        plans: list[tuple[Post, list[tuple[str, int]]]] = []
        for post in posts:
            places = []
            for name in post.parts:
                raw = post.title if name == "title" else post.body if name == "body" else post.extra_parts[name]
                if raw:
                    places.append((name, len(parts)))
                    parts.append(raw if len(raw) <= limit else raw[:limit])
            plans.append((post, places))
        if not parts:
            return [Reading(post, ()) for post in posts]
        sheet = Sheet(parts)
        stance = loaded.model.scan(sheet.joined, sheet.starts) if loaded.model else None
        texts: list[Text] = [Text(name, parts[index], sheet, index) for _, places in plans for name, index in places]
        readings = [Reading(post, tuple(texts[index] for _, index in places), stance) for post, places in plans]
        self._match(loaded, sheet, texts, [reading for reading in readings for _ in reading.texts], accept)
        return readings

    @staticmethod
    def _match(loaded: Loaded, sheet: Sheet, texts: list[Text], readings: list[Reading], accept: tuple[str, ...]) -> None:
        """One pass of the automaton over the sheet; each verified hit goes to its post's reading."""
        index, where = loaded.index, sheet.where
        alone = len(texts) == 1
        for last, number in index.find(sheet):
            for entry in index.entries(number):
                first = last - entry.size
                part = 0 if alone else sheet.part_at(where[first])
                place = verify(entry, sheet, texts[part], first, last)
                if place and not (accept and inside(texts[part].raw, place[0], place[1], accept)):
                    readings[part].add(entry, texts[part], *place)
        for part, entry, start, end, disguise in more_hits(index, sheet, texts):
            if not (accept and inside(texts[part].raw, start, end, accept)):
                readings[part].add(entry, texts[part], start, end, disguise)
        for entry in index.bare:
            for text, reading in zip(texts, readings, strict=True):
                for start in occurrences(text.folded, entry.form):
                    reading.add(entry, text, start, start + len(entry.form), Fold(0))

    def _report(self, loaded: Loaded, reading: Reading) -> Report:
        profile, post = loaded.profile, reading.post
        findings = found(loaded.finders, reading)
        if self._extra:
            findings = [loaded.lexicon.with_traits(one) for one in findings]
        if origin := origin_of(post) if post.meta else None:
            findings = origin.kept(findings)
        accepted: list[tuple[Finding, Exemption]] = []
        if findings:
            findings = settle(without_quoted_errors(leveled(findings, profile), post, loaded.lexicon))
            if profile.exemptions:
                findings, accepted = self._exempt(findings, post, profile)
        limit = profile.max_characters
        over = (name for name in post.parts if len(post.part(name)) > limit)
        incomplete = tuple(Incomplete(name, OVER_LIMIT.format(limit=limit), limit) for name in over)
        if reading.gaps:
            incomplete += tuple(Incomplete(part, reason, 0, fault=bool(reading.failed)) for part, reason in reading.gaps)
        if origin and origin.unread:
            incomplete += tuple(Incomplete("body", reason) for reason in origin.unread)
        if not findings and not incomplete:
            return replace(passed(post, loaded.versions), exempted=tuple(accepted)) if accepted else passed(post, loaded.versions)
        decision, tier = decide(findings, profile, not incomplete)
        return Report(post, tuple(findings), decision, tier, incomplete, tuple(accepted), loaded.versions)

    def _exempt(self, findings: list[Finding], post: Post, profile: Profile) -> tuple[list[Finding], list[tuple[Finding, Exemption]]]:
        today = date.today()
        kept: list[Finding] = []
        accepted: list[tuple[Finding, Exemption]] = []
        for finding in findings:
            exemption = exempted(finding, post, profile.exemptions, today)
            if exemption:
                self._used.add(exemption)
                accepted.append((finding, exemption))
            else:
                kept.append(finding)
        return kept, accepted


def batched(posts: Iterator[Post], size: int) -> Iterator[list[Post]]:
    """The posts in lists of up to ``size``."""
    while batch := list(islice(posts, size)):
        yield batch
