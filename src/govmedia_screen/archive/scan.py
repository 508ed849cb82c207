"""Scan: from sources to an output folder, resumable at any moment, incremental ever after.

The output folder holds ``posts/`` and ``findings/`` (Parquet), ``rejected.jsonl``, ``changes.jsonl``
and ``catalogue.sqlite``. What stands there after a finished scan depends only on the sources
and the rules: not on how often the scan was interrupted, nor on what it could take over.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import BrokenExecutor
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from govmedia_screen.accounts import Standing
from govmedia_screen.archive import store
from govmedia_screen.archive.catalogue import Catalogue
from govmedia_screen.archive.readers.chunk import Chunk
from govmedia_screen.archive.readers.files import chunks, expand
from govmedia_screen.archive.ruleset import Touched, hashed, snapshot, touched
from govmedia_screen.archive.work import Settings, Task, Worker, do, prepare
from govmedia_screen.batch.workers import AHEAD, in_order, pool
from govmedia_screen.errors import InputError
from govmedia_screen.screener import Screener
from govmedia_screen.system.locks import locked


@dataclass
class Summary:
    """What a scan did.

    Attributes:
        posts: posts in the output.
        findings: findings in the output.
        rejected: records that could not be read.
        reasons: why, with how many, the commonest first.
        skipped: posts older than ``since``.
        screened: posts that were screened by this run; the others were known and are taken over.
        resumed: whether an interrupted run was continued.
        damaged: parts of the output that were missing or altered and have been made anew.
        touched: what a change of the rules could touch.
        changes: for each change (``new``, ``cleared``, ``level``) the findings by rule.
        counts: findings by level.
        standing: grave findings, each with the day on which a scan first found it.
    """

    posts: int = 0
    findings: int = 0
    rejected: int = 0
    reasons: list[tuple[str, int]] = field(default_factory=list)
    skipped: int = 0
    screened: int = 0
    resumed: bool = False
    damaged: int = 0
    touched: Touched = field(default_factory=Touched)
    changes: dict[str, dict[str, int]] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=dict)
    standing: list[Standing] = field(default_factory=list)


#: Called after each part: bytes read so far of how many, posts, findings, rejected.
Progress = Callable[[int, int, int, int, int], None]


def scan(
    sources: Iterable[str | Path],
    out: str | Path,
    screener: Screener | None = None,
    *,
    columns: dict[str, str] | None = None,
    workers: int = 1,
    since: str | None = None,
    traits: bool = False,
    progress: Progress | None = None,
) -> Summary:
    """Screen archives into a folder.

    Args:
        sources: files (jsonl, csv, tsv, xlsx, parquet, sqlite) and folders of them and of documents.
        out: the output folder; one of an earlier scan is continued or brought up to date.
        screener: the screener; by default one of the default profile.
        columns: column name → field of Post, beyond the names that are known.
        workers: processes.
        since: only posts published on that day (ISO) or later; posts that tell no day are taken.
        traits: keep contacts and a signature of each post, for ``duplicates``.
        progress: told after each part.

    Raises:
        InputError: a source does not exist, the folder is not one of ours, or another scan is at work in it.
    """
    files = expand(sources)
    columns = dict(columns or {})
    folder = Path(out)
    try:
        for place in (folder, folder / "posts", folder / "findings"):
            place.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InputError(f"{folder}: 无法建立输出目录（{error.strerror}）") from None
    screener = screener or Screener()
    with locked(folder / ".lock", f"{folder}: 另一个扫描正在写这个目录"):
        state = snapshot(screener)
        rules = screener.fingerprint
        catalogue = Catalogue(folder / "catalogue.sqlite")
        if damaged := catalogue.damaged(lambda name: store.sums(folder, name)):
            catalogue.forget(damaged)
        settings = {"rules": rules, "files": [name for _, name in files], "columns": columns, "since": since, "traits": traits}
        run, resumed = catalogue.begin(settings, state)
        old = catalogue.get("rules")
        change = touched(old, state)
        usable = {rules, old["fingerprint"] if old else ""}  # a run that was given up may have left parts of yet other rules
        base = {name: made_by for name, (made, made_by) in catalogue.parts().items() if made < run and made_by in usable}
        catalogue.close()
        common = Settings(folder, columns, since, traits, {"govmedia_screen.rules": rules}, rules, base, change)
        plan = hashed(repr((rules, sorted(columns.items()), since, traits)))
        summary = Summary(damaged=len(damaged), resumed=resumed, touched=change if base else Touched())
        with contextlib.ExitStack() as stack:
            if workers > 1:
                executor = stack.enter_context(pool(workers, prepare, (screener, common)))
                executor.submit(len, ()).result()  # fork before the catalogue is open: SQLite must not be carried into a child
            catalogue = stack.enter_context(contextlib.closing(Catalogue(folder / "catalogue.sqlite")))
            total = sum(path.stat().st_size for path, _ in files)
            todo = waiting(chunks(files, columns), catalogue, run, plan, summary)
            worker = Worker(screener, common) if workers <= 1 else None
            results = ((task, worker(task[0])) for task in todo) if worker else ahead(executor, todo, workers)
            try:
                for (task, read), part in results:
                    del task
                    catalogue.add(part, run, rules)
                    summary.posts += len(part.keys)
                    summary.findings += part.findings
                    summary.rejected += len(part.rejected)
                    summary.skipped += part.skipped
                    summary.screened += part.screened
                    if progress:
                        progress(read, total, summary.posts, summary.findings, summary.rejected)
            except BrokenExecutor:
                raise InputError("有工作进程被系统终止（多半是内存不足）；再次运行同一命令即从中断处继续") from None
            finish(folder, catalogue, run, summary)
    return summary


def ahead(executor: Any, todo: Iterator[tuple[Task, int]], workers: int) -> Iterator[tuple[tuple[None, int], Any]]:
    """Each part with how far reading had come, a few chunks ahead."""
    reads: list[int] = []

    def tasks() -> Iterator[Task]:
        for task, read in todo:
            reads.append(read)
            yield task

    for number, (_, part) in enumerate(in_order(executor, do, tasks(), workers * AHEAD)):
        yield (None, reads[number]), part


def waiting(
    chunked: Iterable[tuple[Chunk, int]], catalogue: Catalogue, run: int, plan: str, summary: Summary
) -> Iterator[tuple[Task, int]]:
    """The chunks that are still to be done; those already done are counted."""
    for number, (chunk, read) in enumerate(chunked):
        name = f"part-{number:06d}-{hashed(plan + chunk.digest())}"
        done = catalogue.has(name, run, number)
        if done is None:
            yield (number, name, chunk), read
        else:
            summary.posts += done[0]
            summary.findings += done[1]
            summary.rejected += done[2]
            summary.skipped += done[3]


def finish(folder: Path, catalogue: Catalogue, run: int, summary: Summary) -> None:
    """Write the lists, end the run, remove files that no longer belong."""
    store.listed(folder / "rejected.jsonl", (one.to_dict() for one in catalogue.all_rejected(run)))
    store.listed(folder / "changes.jsonl", catalogue.all_changes(run))
    summary.changes = catalogue.change_counts(run)
    summary.reasons = catalogue.reasons(run)
    catalogue.finish(run)
    catalogue.log(run, date.today(), store.graves(folder, catalogue.parts_with("block")))
    summary.standing = catalogue.monitored()[1]
    summary.counts = catalogue.levels()
    kept = {f"{name}.parquet" for name in catalogue.parts()}
    for place in (folder / "posts", folder / "findings"):
        for path in place.iterdir():
            if path.name not in kept:
                path.unlink()
