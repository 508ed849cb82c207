"""Work: one chunk in, one part on the disk; runs in worker processes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path, PurePosixPath
from typing import Any

from govmedia_screen.acceptance.waivers import apply
from govmedia_screen.archive import store
from govmedia_screen.archive.catalogue import Catalogue
from govmedia_screen.archive.part import FAILED, Part, Span
from govmedia_screen.archive.readers.chunk import Chunk, Rejected, shown
from govmedia_screen.archive.readers.records import Record, day_of, records
from govmedia_screen.archive.ruleset import Touched
from govmedia_screen.archive.store import NO_TRAITS, Result, Traits
from govmedia_screen.batch.arrow import clean
from govmedia_screen.finding import Finding
from govmedia_screen.report.report import Report
from govmedia_screen.screener import Screener

#: How many posts are screened together.
BATCH = 1024

Task = tuple[int, str, Chunk]
Known = tuple[Result, Traits, bool]


@dataclass(frozen=True)
class Settings:
    """What every chunk of a run has in common.

    Attributes:
        folder: the output folder.
        columns: ``--map``: column → field.
        since: only posts of that day (ISO) and later, or all; posts that tell no day are taken.
        traits: whether contacts and a signature are kept of each post, to compare posts.
        notes: versions, for the files' metadata.
        rules: the fingerprint of the rules in force.
        base: name of each part that there was before this run → fingerprint of its rules.
        touched: which posts of those parts a change of rules can touch.
    """

    folder: Path
    columns: Mapping[str, str]
    since: str | None
    traits: bool
    notes: Mapping[str, str]
    rules: str
    base: Mapping[str, str]
    touched: Touched


class Worker:
    """Does chunks, one after the other."""

    def __init__(self, screener: Screener, settings: Settings) -> None:
        self.screener, self.settings = screener, settings
        self.catalogue = Catalogue(settings.folder / "catalogue.sqlite", write=False) if settings.base else None
        self.read_back = lru_cache(maxsize=6)(lambda name: store.read_back(settings.folder, name))

    def __call__(self, task: Task) -> Part:
        """Read, screen and write one chunk."""
        number, name, chunk = task
        settings = self.settings
        taken: list[Record] = []
        rejected: list[Rejected] = []
        skipped = 0
        for one in records(chunk, settings.columns):
            if isinstance(one, Rejected):
                rejected.append(one)
            elif settings.since and (day_of(one.post.published_at) or "9") < settings.since:
                skipped += 1
            else:
                taken.append(one)
        known = self.known(taken)
        stale = [place for place, one in enumerate(known) if one is None or not one[2]]
        fresh = iter(self.screen([taken[place] for place in stale]))
        results: list[Result] = [one[0] if one and one[2] else next(fresh) for one in known]
        changes = [
            row for place in stale if (old := known[place]) for row in compare(taken[place], old[0].findings, results[place].findings)
        ]
        failed = [
            Rejected(one.source, one.row, gap.reason)
            for one, result in zip(taken, results, strict=True)
            for gap in result.incomplete
            if gap.fault
        ]
        rejected += failed
        name += FAILED if failed else ""
        remarks = [
            *chunk.remarks,
            *(Rejected(one.source, one.row, said, shown(str(one.post.id or one.post.title))) for one in taken for said in one.remarks),
        ]
        traits = self.traits(taken, known)
        sums = store.write(settings.folder, name, taken, results, traits, settings.notes)
        counts = Counter((one.rule, str(one.level)) for result in results for one in result.findings)
        return Part(
            name, number, chunk.source, chunk.first, tuple(one.key for one in taken), counts.total(), dict(counts), tuple(rejected),
            skipped, len(stale), sums, tuple(changes), tuple(remarks), spans(taken),
        )  # fmt: skip

    def screen(self, posts: Sequence[Record]) -> list[Result]:
        """Screen posts, many at once; what a document's own comments waive is waived here as in ``check``."""
        reports = self.screener.screen_many(one.post for one in posts)
        profile = self.screener.profile
        return [
            result_of(apply(one.document, report, profile)[0] if one.document else report)
            for one, report in zip(posts, reports, strict=True)
        ]

    def known(self, taken: Sequence[Record]) -> list[Known | None]:
        """For each post its earlier result, its traits and whether the result still holds; None if it is new."""
        settings = self.settings
        if self.catalogue is None:
            return [None] * len(taken)
        places = self.catalogue.lookup([one.key for one in taken])
        hits = settings.touched.posts([one.post for one in taken]) if settings.touched.words else [False] * len(taken)
        result: list[Known | None] = []
        for record, hit in zip(taken, hits, strict=True):
            found = [(part, place) for part, place in places.get(record.key, ()) if part in settings.base]
            if not found:
                result.append(None)
                continue
            part, place = min(found, key=lambda one: (settings.base[one[0]] != settings.rules, one))
            old, traits = self.read_back(part)[place]
            families = [one.family for one in old.findings]
            same = settings.base[part] == settings.rules
            failed = any(gap.fault for gap in old.incomplete)
            holds = not failed and (
                same or not (settings.touched.everything or hit or settings.touched.found(families, bool(old.exempted)))
            )
            result.append((recut(old, record), traits, holds))
        return result

    def traits(self, taken: Sequence[Record], known: Sequence[Known | None]) -> list[Traits]:
        """Contacts and signatures, where they are asked for."""
        if not self.settings.traits:
            return [NO_TRAITS] * len(taken)
        from govmedia_screen.archive.duplicates import traits_of

        return [one[1] if one and one[1].signature else traits_of(record.post) for record, one in zip(taken, known, strict=True)]


def spans(taken: Sequence[Record]) -> tuple[Span, ...]:
    """From when to when each account has posts."""
    found: dict[tuple[str, str, str, str], list[str | None]] = {}
    for one in taken:
        source = one.source if one.row else PurePosixPath(one.source).parent.as_posix()
        post = one.post
        found.setdefault((source, post.account or "", post.platform or "", post.department or ""), []).append(day_of(post.published_at))
    result = []
    for names, days in found.items():
        told = [day for day in days if day]
        result.append(Span(*names, len(days), len(days) - len(told), min(told, default=None), max(told, default=None)))
    return tuple(result)


def result_of(report: Report) -> Result:
    """What is kept of a report."""
    exempted = tuple(
        {
            "rule": one.rule,
            "part": one.part,
            "start": one.start,
            "end": one.end,
            "reason": clean(why.reason),
            "until": why.until.isoformat(),
        }
        for one, why in report.exempted
    )
    return Result(report.findings, report.decision, report.review_tier, report.incomplete, exempted)


def recut(old: Result, record: Record) -> Result:
    """An earlier result with the findings' texts cut from the post itself."""
    return replace(old, findings=tuple(replace(one, text=record.post.part(one.part)[one.start : one.end]) for one in old.findings))


def compare(record: Record, old: Sequence[Finding], new: Sequence[Finding]) -> list[tuple[Any, ...]]:
    """What changed for a post: findings that are ``new``, ``cleared``, or of another ``level``."""
    before = {(one.part, one.start, one.end, one.rule): one for one in old}
    after = {(one.part, one.start, one.end, one.rule): one for one in new}
    rows = []
    for place in sorted(before.keys() | after.keys()):
        one = after.get(place) or before[place]
        if place not in before:
            change = "new"
        elif place not in after:
            change = "cleared"
        elif before[place].level != after[place].level:
            change = "level"
        else:
            continue
        post = record.post
        rows.append((
            record.source, record.row, None if post.id is None else clean(str(post.id)), clean(post.account), day_of(post.published_at),
            change, one.rule, str(one.level), clean(one.text),
        ))  # fmt: skip
    return rows


_worker: Worker | None = None


def prepare(screener: Screener, settings: Settings) -> None:
    """Make this process a worker."""
    global _worker  # noqa: PLW0603  (a worker process is exactly one worker)
    _worker = Worker(screener, settings)


def do(task: Task) -> Part:
    """One task of this worker."""
    if _worker is None:
        raise RuntimeError("a worker works only after prepare()")
    return _worker(task)
