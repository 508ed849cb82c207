"""What each detector family adds to the screening of a post: ``python benchmarks/families.py FOLDER [--size 500]``.

FOLDER holds ``posts*.jsonl`` (or ``*.jsonl``) with a field ``text``. A family's share is measured on readings that are
ready, by the thread's own clock, in interleaved rounds; the median of the rounds counts. The privacy family is
measured besides on posts without letters and digits.
"""

from __future__ import annotations

import argparse
import re
import statistics
import time
from pathlib import Path
from typing import ClassVar

from speed import corpus

from govmedia_screen import Finding, Screener
from govmedia_screen.detectors import DETECTORS
from govmedia_screen.detectors.base import Finder, Reading, asked, finders_of

PLAIN = re.compile(r"[A-Za-z0-9０-９Ａ-Ｚａ-ｚ]")


class Catcher:
    """A detector that finds nothing and keeps every reading: the posts as the detectors get them."""

    family: ClassVar[str] = "wording"

    def __init__(self) -> None:
        self.readings: list[Reading] = []

    def find(self, reading: Reading) -> tuple[Finding, ...]:
        """Nothing."""
        self.readings.append(reading)
        return ()


def dispatched(finders: dict[str, tuple[Finder, ...]], reading: Reading) -> None:
    """Ask the detectors as the screener does: only those for which the post has something."""
    for find in asked(finders, reading):
        find(reading)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--size", type=int, nargs="*", default=[500, 50])
    parser.add_argument("--posts", type=int, default=200)
    parser.add_argument("--rounds", type=int, default=15)
    args = parser.parse_args()
    text = corpus(args.folder)
    screener = Screener()
    for size in args.size:
        chunks = [text[place * size : (place + 1) * size] for place in range(args.posts)]
        report(screener, chunks, args.rounds, f"{size} characters")
    bare = PLAIN.sub("", text)
    chunks = [bare[place * 500 : (place + 1) * 500] for place in range(args.posts)]
    report(screener, chunks, args.rounds, "500 characters without letters and digits")


def report(screener: Screener, chunks: list[str], rounds: int, title: str) -> None:
    """Measure and print the families' shares of one kind of posts."""
    families: dict[str, list[object]] = {}
    detectors = [one for one in (family(screener.lexicon, screener.profile) for family in DETECTORS) if not getattr(one, "idle", False)]
    for detector in detectors:
        name = type(detector).__module__.removeprefix("govmedia_screen.detectors.").partition(".")[0]
        families.setdefault(name, []).append(detector)
    finders = {name: finders_of(group) for name, group in families.items()}  # type: ignore[arg-type]
    catcher = Catcher()
    list(Screener(extra=[catcher]).screen_many(chunks))
    readings = catcher.readings
    times: dict[str, list[float]] = {name: [] for name in (*finders, "(whole)")}
    for _ in range(rounds):
        for name, own in finders.items():
            begin = time.thread_time()
            for reading in readings:
                dispatched(own, reading)
            times[name].append(time.thread_time() - begin)
        begin = time.thread_time()
        for chunk in chunks:
            screener.screen(chunk)
        times["(whole)"].append(time.thread_time() - begin)
    shares = {name: statistics.median(values) / len(chunks) * 1e6 for name, values in times.items()}
    print(f"\n{title}: µs a post, share of the whole screening")
    for name, share in sorted(shares.items(), key=lambda item: -item[1]):
        print(f"  {name:<20}{share:8.2f}  {share / shares['(whole)']:7.1%}")
    others = sum(share for name, share in shares.items() if name not in ("wording", "(whole)"))
    print(f"  wording / other families together {shares['wording'] / others:.2f} (target ≤ 0.5)")
    print(f"  wording / everything else of the screening {shares['wording'] / (shares['(whole)'] - shares['wording']):.2f}")
    own = {type(one).__name__: one for one in families["wording"]}
    each = {name: cost(one, readings, rounds) for name, one in own.items()}
    print("  wording by detector: " + ", ".join(f"{name.removesuffix('Detector')} {value:.2f}" for name, value in each.items()))


def cost(detector: object, readings: list[Reading], rounds: int) -> float:
    """Median microseconds of one detector a post, asked only where the screener would."""
    finders = finders_of([detector])  # type: ignore[list-item]
    values = []
    for _ in range(rounds):
        begin = time.thread_time()
        for reading in readings:
            dispatched(finders, reading)
        values.append(time.thread_time() - begin)
    return statistics.median(values) / len(readings) * 1e6


if __name__ == "__main__":
    main()
