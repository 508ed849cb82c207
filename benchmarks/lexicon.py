"""What a lexicon costs, as ratios within one run: ``python benchmarks/lexicon.py FOLDER [--record]``.

FOLDER holds ``*.jsonl`` with a field ``text``. Measured: building 10,000 terms from TOML and from the
cache, without and with every kind of other spelling; the memory of 100,000 terms; matching against
pyahocorasick over plain ``str`` with a lexicon whose hits are rare and with a dense one; matching with
every fold on in characters a second and against ``jieba.lcut``. Times are CPU time of the thread
(``time.thread_time``), so that other work on the machine does not count; medians of interleaved
repetitions, builds the best of several; the ratio is peer / ours.
"""

from __future__ import annotations

import argparse
import csv
import json
import logging
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path

import ahocorasick
import jieba
from speed import corpus

from govmedia_screen import Screener
from govmedia_screen.lexicon.lexicon import load
from govmedia_screen.matching.automaton import Matcher, build
from govmedia_screen.matching.text import Sheet
from govmedia_screen.matching.variants import LABELS

RECORD = Path(__file__).parent / "record"
RULE = """[[rule]]
id = "stability.benchmark"
level = "review"
message = "示例"
basis = "第十三条(三)"
{more}words = "words/terms.txt"
hit = ["{first}"]
miss = ["没有"]
"""
MEMORY = """
import sys
from govmedia_screen.lexicon.lexicon import load
import govmedia_screen.matching.fold, govmedia_screen.lexicon.index
govmedia_screen.matching.fold.tables(); govmedia_screen.lexicon.index.compile_terms(["示例"])
def now(what):  # not ru_maxrss: a new process inherits its parent's
    return next(int(line.split()[1]) * 1024 for line in open("/proc/self/status") if line.startswith(what))
before = now("VmRSS")
index = load([sys.argv[1]], shipped=False).index
print(len(index), now("VmRSS") - before, now("VmHWM") - before)
"""


def invented(count: int, text: str, seed: int = 1) -> list[str]:
    """Distinct terms of three to seven characters, as Han characters are distributed in the text: hits are rare."""
    rng, letters = random.Random(seed), [char for char in text if "\u4e00" <= char <= "\u9fff"]
    terms: set[str] = set()
    while len(terms) < count:
        terms.add("".join(rng.choices(letters, k=rng.randint(3, 7))))
    return sorted(terms)


def dense(count: int, text: str) -> list[str]:
    """Distinct pieces of two to four characters of the text itself: hits are everywhere."""
    rng, terms = random.Random(2), set[str]()
    while len(terms) < count:
        start = rng.randrange(len(text) - 4)
        piece = text[start : start + rng.randint(2, 4)]
        if all("\u4e00" <= char <= "\u9fff" for char in piece):
            terms.add(piece)
    return sorted(terms)


def office(folder: Path, terms: list[str], kinds: tuple[str, ...] = ()) -> Path:
    """A lexicon folder with one rule."""
    (folder / "words").mkdir(parents=True, exist_ok=True)
    (folder / "words/terms.txt").write_text("\n".join(terms), "utf-8")
    more = f"variants = {json.dumps(list(kinds))}\n" if kinds else ""
    (folder / "a.toml").write_text(RULE.format(more=more, first=terms[0]), "utf-8")
    return folder


def cpu(function: Callable[[], object]) -> float:
    """CPU time of one call, in seconds."""
    begin = time.thread_time()
    function()
    return time.thread_time() - begin


def builds(folder: Path, cache: Path) -> tuple[float, float, int]:
    """Seconds to build the automaton from TOML and from the cache (best of five), and how many forms it has."""
    cold, warm = [], []
    for _ in range(5):
        os.environ["GOVMEDIA_SCREEN_CACHE"] = "off"
        cold.append(cpu(lambda: load([folder], shipped=False).index))
        os.environ["GOVMEDIA_SCREEN_CACHE"] = str(cache)
        forms = len(load([folder], shipped=False).index)
        warm.append(cpu(lambda: load([folder], shipped=False).index))
    return min(cold), min(warm), forms


def interleaved(rounds: int, chunks: list[str], **functions: Callable[[str], object]) -> dict[str, float]:
    """Median CPU time a chunk, in microseconds."""
    times: dict[str, list[float]] = {name: [] for name in functions}
    for number in range(rounds):
        chunk = chunks[number % len(chunks)]
        for name, function in functions.items():
            times[name].append(cpu(lambda function=function: function(chunk)))  # type: ignore[misc]
    return {name: statistics.median(values) * 1e6 for name, values in times.items()}


def engines_of(forms: list[str]) -> dict[str, Matcher]:
    """The matcher that is used here, and by name the others that are installed."""
    others = ["ahocorasick", *(["daachorse"] if find_spec("daachorse") else [])]
    return {"": build(forms)} | {f", {engine} instead": build(forms, engine) for engine in others}


def matching(name: str, terms: list[str], text: str, rounds: int, row: Callable[..., None]) -> None:
    """Our matchers against pyahocorasick over plain ``str``, the same terms, the same posts."""
    plain = ahocorasick.Automaton(ahocorasick.STORE_INTS)
    for number, term in enumerate(terms):
        plain.add_word(term, number)
    plain.make_automaton()
    forms = [term.encode("utf-16-be").decode("latin-1") for term in terms]
    engines = engines_of(forms)
    for size in (50, 500, 5000):
        least = 2 if name == "dense" else 4 if size == 50 else 5
        chunks = [text[place * size : (place + 1) * size] for place in range(min(100, len(text) // size))]
        views = {chunk: Sheet([chunk]).view for chunk in chunks}
        for engine, matcher in engines.items():
            times = interleaved(
                rounds, chunks, ours=lambda chunk, one=matcher: list(one.find(views[chunk])), plain=lambda chunk: list(plain.iter(chunk))
            )
            target = "" if engine else least
            row(f"match {len(terms)} terms, {name}{engine}", size, times["ours"], "pyahocorasick over str", times["plain"], target)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--rounds", type=int, default=300)
    parser.add_argument("--record", action="store_true", help="write benchmarks/record/lexicon.csv")
    args = parser.parse_args()
    jieba.setLogLevel(logging.ERROR)
    jieba.initialize()
    text = corpus(args.folder)
    rows: list[dict[str, object]] = []

    def row(what: str, size: object, ours: float, peer: str = "", theirs: float | str = "", target: object = "") -> None:
        ratio = round(theirs / ours, 2) if isinstance(theirs, float) else ""
        rows.append({"what": what, "size": size, "ours": round(ours, 4), "peer": peer, "theirs": theirs if theirs == "" else round(float(theirs), 4), "ratio": ratio, "target": target})  # fmt: skip
        print(f"{what:<52}{size!s:>8} {ours:>12.4g}  {peer:<24}{theirs if theirs == '' else format(theirs, '.4g'):>8}  ratio {ratio}  target {target}")  # fmt: skip

    with tempfile.TemporaryDirectory() as place:
        root = Path(place)
        for count in (10_000, 100_000):
            for kinds in ((), tuple(LABELS)):
                folder = office(root / f"{count}-{len(kinds)}", invented(count, text), kinds)
                says = f"build, {'every other spelling' if kinds else 'plain'}"
                small = count == 10_000 and not kinds
                cold, warm, forms = builds(folder, root / "cache")
                row(f"{says}, from TOML, s ({forms} forms)", count, cold, target="≤ 0.3" if small else "")
                row(f"{says}, from the cache, s", count, warm, target="≤ 0.1" if small else "")
                if count == 100_000:
                    run = subprocess.run(
                        [sys.executable, "-c", MEMORY, str(folder)], capture_output=True, text=True, check=True, env=os.environ
                    )
                    forms, kept, peak = map(int, run.stdout.split())
                    row(f"{says}, memory kept, MB ({forms} forms)", count, kept / 1e6, target="< 150" if not kinds else "")
                    row(f"{says}, memory at most, MB", count, peak / 1e6)
    for name, terms in (("rare", invented(10_000, text)), ("dense", dense(10_000, text))):
        matching(name, terms, text, args.rounds, row)
    os.environ.pop("GOVMEDIA_SCREEN_CACHE", None)
    screener = Screener()
    index = screener.lexicon.index
    chunks = [text[start : start + 50_000] for start in range(0, min(len(text) - 50_000, 500_000), 50_000)]
    for name, matcher in engines_of(index.compiled.forms).items():
        times = interleaved(30, chunks, ours=lambda chunk, one=matcher: list(one.find(Sheet([chunk]).view)), jieba=jieba.lcut)
        speed = 50_000 / times["ours"] * 1e6
        row(
            f"shipped lexicon, all folds{name}, us", 50_000, times["ours"], "jieba.lcut", times["jieba"], "" if name else "≥ 18, or 7.5 M/s"
        )
        row(f"shipped lexicon, all folds{name}, million characters/s", 50_000, speed / 1e6, target="" if name else "7.5 or 18 times jieba")
    compiled = index.compiled
    row("forms in the shipped automaton, of them other spellings", len(compiled.forms), len(compiled.kinds))
    cached = min(cpu(load) for _ in range(7))
    row("load the shipped lexicon from the cache, ms", compiled.terms, cached * 1e3, target="≤ 40")
    if args.record:
        RECORD.mkdir(exist_ok=True)
        with (RECORD / "lexicon.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, rows[0].keys())
            writer.writeheader()
            writer.writerows(rows)


if __name__ == "__main__":
    main()
