"""What finding numbers costs: ``python benchmarks/patterns.py FOLDER [--record]``.

Measured on posts cut to 500 characters: dispatch (each run of letters and digits picks the few patterns that can
begin with it) against the plain loop that tries every pattern everywhere, on the same scan; and what the privacy
family (scan and detector) takes of a whole screening on posts without letters or digits. CPU time of the thread, the median over posts
of the best of several interleaved rounds; the ratio is plain / dispatch, the share is privacy / screening.
"""

from __future__ import annotations

import argparse
import csv
import re
import statistics
import time
from collections.abc import Callable
from pathlib import Path

from speed import corpus

from govmedia_screen import Post, Screener
from govmedia_screen.detectors.base import Reading
from govmedia_screen.detectors.privacy import PrivacyDetector
from govmedia_screen.formats import dispatch
from govmedia_screen.formats.runs import projections, scan
from govmedia_screen.matching.fold import projected
from govmedia_screen.matching.text import one

RECORD = Path(__file__).parent / "record"
SIZE, ROUNDS = 500, 9
CALL = "联系人李建国，电话13812345679，咨询0912-8345678。"
COLUMNS = ("what", "posts", "ours_us", "other", "other_us", "ratio", "target")


def cpu(function: Callable[[], object]) -> float:
    """CPU time of one call, in microseconds."""
    begin = time.thread_time_ns()
    function()
    return (time.thread_time_ns() - begin) / 1e3


def compared(ours: Callable[[str], object], other: Callable[[str], object], texts: list[str]) -> tuple[float, float]:
    """Median over the texts of the best of interleaved rounds, in microseconds."""
    best: list[tuple[float, float]] = []
    for text in texts:
        rounds = [(cpu(lambda text=text: ours(text)), cpu(lambda text=text: other(text))) for _ in range(ROUNDS)]  # type: ignore[misc]
        best.append((min(one for one, _ in rounds), min(two for _, two in rounds)))
    return statistics.median(one for one, _ in best), statistics.median(two for _, two in best)


def dispatched(text: str) -> object:
    """Scan and dispatch."""
    runs = scan(text)
    return dispatch.find(runs) if runs else ()


def plain(text: str) -> object:
    """Every pattern over the whole text."""
    return dispatch.plain(projected(text, projections()[1]))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--posts", type=int, default=400)
    parser.add_argument("--record", action="store_true", help="write benchmarks/record/patterns.csv")
    args = parser.parse_args()
    whole = corpus(args.folder)
    pieces = [whole[place : place + SIZE] for place in range(0, min(len(whole) - SIZE, SIZE * 20_000), SIZE)]
    numbered = [piece for piece in pieces if len(re.findall(r"[0-9]", piece)) >= 10][: args.posts]
    bare = [re.sub(r"[0-9A-Za-z０-９]", "某", piece) for piece in pieces[: args.posts]]
    called = [piece[: SIZE - len(CALL)] + CALL for piece in numbered]
    screener = Screener()
    privacy = PrivacyDetector(screener.lexicon)
    rows: list[dict[str, object]] = []

    def row(what: str, texts: list[str], ours: float, other: str, theirs: float, ratio: float, target: str) -> None:
        rows.append(dict(zip(COLUMNS, (what, len(texts), round(ours, 2), other, round(theirs, 2), round(ratio, 3), target), strict=True)))
        print(f"{what:<48}{len(texts):>5} posts {ours:>9.2f} us  {other:<18}{theirs:>9.2f} us  ratio {ratio:.3f}  target {target}")

    readings = {text: Reading(Post(text), (one(text),)) for text in (*numbered, *called, *bare)}

    def look(text: str) -> object:
        return scan(text), privacy.find(readings[text])

    def screen(text: str) -> object:
        return screener.screen(text)

    for name, texts in (
        ("posts with ten digits or more", numbered),
        ("the same with two telephone numbers", called),
        ("posts without letters or digits", bare),
    ):
        ours, theirs = compared(dispatched, plain, texts)
        row(f"dispatch, {name}", texts, ours, "plain loop", theirs, theirs / ours, "≥ 4")
        ours, theirs = compared(look, screen, texts)
        row(f"privacy family, {name}", texts, ours, "whole screening", theirs, ours / theirs, "≤ 0.1" if texts is bare else "")
    if args.record:
        RECORD.mkdir(exist_ok=True)
        with (RECORD / "patterns.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, COLUMNS)
            writer.writeheader()
            writer.writerows(rows)


if __name__ == "__main__":
    main()
