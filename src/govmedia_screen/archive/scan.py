"""Scan: from sources to an output folder, resumable at any moment, incremental ever after.

The output folder holds ``posts/`` and ``findings/`` (Parquet), ``rejected.jsonl``, ``remarks.jsonl``,
``changes.jsonl``, ``summary.json`` and ``catalogue.sqlite``. What stands there after a finished scan depends only on the sources
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
from govmedia_screen.archive.readers.files import expand
from govmedia_screen.archive.ruleset import Touched, hashed, snapshot, touched
from govmedia_screen.archive.sources import Mode, all_chunks, check_map, groups, settled
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
        remarks: what had to be supposed or left out to read posts, with how many, the commonest first.
        carried: posts whose source is gone and whose results are kept, of earlier rules if those changed.
        outdated: how many of those are of earlier rules.
        gone: posts of earlier scans that are no longer in the sources, and so no longer in the output.
        resolved: grave findings of earlier scans that are no longer found.
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
    remarks: list[tuple[str, int]] = field(default_factory=list)
    carried: int = 0
    outdated: int = 0
    gone: int = 0
    resolved: int = 0
    screened: int = 0
    resumed: bool = False
    damaged: int = 0
    touched: Touched = field(default_factory=Touched)
    changes: dict[str, dict[str, int]] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=dict)
    standing: list[Standing] = field(default_factory=list)

    @property
    def read(self) -> int:
        """Records that were read: each is screened, taken over unchanged, rejected, or older than ``since``."""
        return self.posts + self.rejected + self.skipped

    def to_dict(self) -> dict[str, Any]:
        """What ``summary.json`` holds."""
        return {
            "read": self.read, "screened": self.screened, "unchanged": self.posts - self.screened, "rejected": self.rejected,
            "skipped": self.skipped, "findings": self.findings, "levels": self.counts, "gone": self.gone,
            "reasons": dict(self.reasons), "remarks": dict(self.remarks),
        }  # fmt: skip


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
    mode: Mode = "ask",
    progress: Progress | None = None,
) -> Summary:
    """Screen archives into a folder.

    Args:
        sources: files (jsonl, json, csv, tsv, xlsx, xls, et, ods, parquet, sqlite, zip) and folders of them and of documents.
        out: the output folder; one of an earlier scan is continued or brought up to date.
        screener: the screener; by default one of the default profile.
        columns: column name → field of Post, beyond the names that are known.
        workers: processes.
        since: only posts published on that day (ISO) or later; posts that tell no day are taken.
        traits: keep contacts and a signature of each post, for ``duplicates``.
        mode: what to do if the folder holds results of sources that are not among these: ``ask`` raises, ``add`` keeps them,
            ``replace`` drops them.
        progress: told after each part.

    Raises:
        InputError: a source or a column of ``columns`` does not exist, the folder is not one of ours or holds results of other
            sources, or another scan is at work in it.
    """
    sources = list(sources)
    expand(sources)
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
        chosen = settled(folder, catalogue.sources(), sources, mode)
        if since and catalogue.get("run") and since > (catalogue.get("since") or "") and mode != "replace":
            raise InputError(
                f"{folder}: 以前扫过更早的稿件，--since {since} 会丢掉它们的结果；不写 --since 也只审新增和改动的，要丢掉请加 --replace"
            )
        grouped, absent = groups(chosen)
        files = [one for group in grouped for one in group]
        check_map(grouped, columns)
        settings = {"rules": rules, "files": [name for _, name in files], "columns": columns, "since": since, "traits": traits}
        run, resumed = catalogue.begin(settings, state, chosen)
        carried = catalogue.carry(run, absent) if absent else (0, 0, 0, 0, 0)
        old = catalogue.get("rules")
        change = touched(old, state)
        usable = {rules, old["fingerprint"] if old else ""}  # a run that was given up may have left parts of yet other rules
        base = {name: made_by for name, (made, made_by) in catalogue.parts().items() if made < run and made_by in usable}
        catalogue.close()
        common = Settings(folder, columns, since, traits, {"govmedia_screen.rules": rules}, rules, base, change)
        plan = hashed(repr((rules, sorted(columns.items()), since, traits)))
        summary = Summary(*carried[:3], skipped=carried[3], damaged=len(damaged), resumed=resumed, touched=change if base else Touched())
        summary.carried, summary.outdated = carried[0], carried[4]
        with contextlib.ExitStack() as stack:
            if workers > 1:
                executor = stack.enter_context(pool(workers, prepare, (screener, common)))
                executor.submit(len, ()).result()  # fork before the catalogue is open: SQLite must not be carried into a child
            catalogue = stack.enter_context(contextlib.closing(Catalogue(folder / "catalogue.sqlite")))
            total = sum(path.stat().st_size for path, _ in files)
            todo = waiting(all_chunks(grouped, columns), catalogue, run, plan, summary)
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
    for name in ("rejected", "remarks"):
        store.listed(folder / f"{name}.jsonl", (one.to_dict() for one in catalogue.all_told(name, run)))
    store.listed(folder / "changes.jsonl", catalogue.all_changes(run))
    summary.changes = catalogue.change_counts(run)
    summary.reasons, summary.remarks = catalogue.reasons("rejected", run), catalogue.reasons("remarks", run)
    summary.gone = catalogue.finish(run)
    summary.resolved = catalogue.log(run, date.today(), store.graves(folder, catalogue.parts_with("block")))
    summary.standing = catalogue.monitored()[1]
    summary.counts = catalogue.levels()
    kept = {f"{name}.parquet" for name in catalogue.parts()}
    for place in (folder / "posts", folder / "findings"):
        for path in place.iterdir():
            if path.name not in kept:
                path.unlink()
    store.listed(folder / "summary.json", [summary.to_dict()])
