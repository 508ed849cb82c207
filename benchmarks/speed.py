"""Speed as ratios within one run: ``python benchmarks/speed.py FOLDER [--record]``.

FOLDER holds ``*.jsonl`` with a field ``text``. Peers and primitives, measured interleaved with
ours: ``jieba.lcut`` on the same text, pyahocorasick over plain ``str`` with the same terms,
``str.translate`` and ``unicodedata.normalize``, and, as whole processes, ``python -c "import numpy"``.
Medians of interleaved repetitions; the ratio is peer / ours.
"""

from __future__ import annotations

import argparse
import csv
import json
import logging
import os
import statistics
import subprocess
import sys
import time
import unicodedata
from collections.abc import Callable
from pathlib import Path

import ahocorasick
import jieba

from govmedia_screen import Screener
from govmedia_screen.classifier.model import Model
from govmedia_screen.detectors.stance import Heard
from govmedia_screen.matching.automaton import build
from govmedia_screen.matching.text import Sheet, Text, one

RECORD = Path(__file__).parent / "record"


def corpus(folder: Path) -> str:
    """All texts of the folder's official posts, or of every file if there is none of that name."""
    files = sorted(folder.glob("posts_official*.jsonl")) or sorted(folder.glob("*.jsonl"))
    if not files:
        sys.exit(f"{folder}: no *.jsonl here")
    return "\n".join(json.loads(line)["text"] for path in files for line in path.read_text("utf-8").split("\n") if line)


def medians(rounds: int, **functions: Callable[[str], object]) -> Callable[[list[str]], dict[str, float]]:
    """Time the functions interleaved over the chunks; microseconds a chunk."""

    def measure(chunks: list[str]) -> dict[str, float]:
        times: dict[str, list[float]] = {name: [] for name in functions}
        for number in range(rounds):
            chunk = chunks[number % len(chunks)]
            for name, function in functions.items():
                begin = time.perf_counter()
                function(chunk)
                times[name].append(time.perf_counter() - begin)
        return {name: statistics.median(values) * 1e6 for name, values in times.items()}

    return measure


def in_rows(work: Callable[[], object], posts: int, rounds: int = 9) -> float:
    """Median microseconds a post, one post after another."""
    values = []
    for _ in range(rounds):
        begin = time.perf_counter()
        work()
        values.append((time.perf_counter() - begin) / posts * 1e6)
    return statistics.median(values)


def explained(model: Model, text: Text) -> object:
    """A text's scores, the sentences that carry the first of them and its strongest words, whether it is over a limit or not."""
    heard = Heard(model.scan(text.sheet.joined, text.sheet.starts), text)
    return heard.strongest(0, *heard.carried(0, (0, len(text.raw))))


def whole_process(code: list[str], times: int = 15) -> float:
    """Median wall time of a process, in milliseconds."""
    values = []
    compiled = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}  # as an installed package is
    for _ in range(times):
        begin = time.perf_counter()
        subprocess.run(code, stdout=subprocess.DEVNULL, check=False, env=compiled)
        values.append(time.perf_counter() - begin)
    return statistics.median(values) * 1e3


FIRST = """
import time; begin = time.perf_counter()
from govmedia_screen import Screener
screener = Screener(); ready = time.perf_counter()
screener.screen("县政府召开会议，部署下半年工作，咨询电话：12345。"); done = time.perf_counter()
memory = next(int(line.split()[1]) for line in open("/proc/self/status") if line.startswith("VmRSS")) / 1024
print((ready - begin) * 1e3, (done - ready) * 1e3, memory)
"""


def first_call(times: int = 9) -> list[float]:
    """Of a new process: milliseconds to import and load, milliseconds of the first post, resident memory in MB; medians."""
    compiled = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    run = [sys.executable, "-c", FIRST]
    rows = [subprocess.run(run, capture_output=True, text=True, check=True, env=compiled).stdout.split() for _ in range(times)]
    return [statistics.median(map(float, column)) for column in zip(*rows, strict=True)]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--rounds", type=int, default=300)
    parser.add_argument("--record", action="store_true", help="write benchmarks/record/speed.csv and speed.svg")
    args = parser.parse_args()
    jieba.setLogLevel(logging.ERROR)
    jieba.initialize()
    text = corpus(args.folder)
    screener, model = Screener(), Model.load()
    terms = sorted({term for rule in screener.rules for term, _ in rule.terms})
    forms = screener.lexicon.index.compiled.forms
    matcher, portable = build(forms), build(forms, "ahocorasick")
    plain = ahocorasick.Automaton(ahocorasick.STORE_INTS)
    for number, term in enumerate(terms):
        plain.add_word(term, number)
    plain.make_automaton()
    table = {
        ord(char): unicodedata.normalize("NFKC", char).lower()
        for char in map(chr, range(0x10000))
        if unicodedata.normalize("NFKC", char).lower() != char
    }
    rows: list[dict[str, object]] = []

    def row(what: str, size: object, ours: float, peer: str, theirs: float, target: object = "") -> None:
        rows.append(
            {
                "what": what,
                "characters": size,
                "ours_us": round(ours, 1),
                "peer": peer,
                "peer_us": round(theirs, 1),
                "ratio": round(theirs / ours, 2),
                "target": target,
            }
        )
        print(
            f"{what:<34}{size!s:>8} {ours:>10.1f} µs  {peer:<28}{theirs:>10.1f} µs  ratio {theirs / ours:>7.2f}  {f'target {target}' if target else ''}"
        )

    for size, single, many in ((50, 3, ""), (500, 8, 12), (3000, "", "")):
        chunks = [text[place * size : (place + 1) * size] for place in range(100)]
        sheets = {chunk: Sheet([chunk]) for chunk in chunks}

        def beside(rounds: int = args.rounds, **functions: Callable[[str], object]) -> dict[str, float]:
            return medians(rounds, **functions)(chunks)

        screening = beside(jieba=jieba.lcut, ours=screener.screen)
        folding = beside(
            ours=lambda chunk: Sheet([chunk]),
            translate=lambda chunk: chunk.translate(table),
            normalize=lambda chunk: unicodedata.normalize("NFKC", chunk),
        )
        matching = beside(
            ours=lambda chunk: list(matcher.find(sheets[chunk].view)),
            portable=lambda chunk: list(portable.find(sheets[chunk].view)),
            plain=lambda chunk: list(plain.iter(chunk)),
        )
        scoring = beside(jieba=jieba.lcut, ours=lambda chunk: model.scan(sheets[chunk].joined, sheets[chunk].starts))
        texts = {chunk: one(chunk) for chunk in chunks}
        explaining = beside(jieba=jieba.lcut, ours=lambda chunk: explained(model, texts[chunk]))
        alone = in_rows(lambda: [screener.screen(chunk) for chunk in chunks], len(chunks))
        batch = in_rows(lambda: list(screener.screen_many(chunks)), len(chunks))
        scans = in_rows(lambda: [model.classify(chunk) for chunk in chunks], len(chunks))
        sheet = Sheet(chunks)
        together = in_rows(lambda: model.scan(Sheet(chunks).joined, sheet.starts), len(chunks))
        segmented = in_rows(lambda: [jieba.lcut(chunk) for chunk in chunks], len(chunks), 3)
        row("whole screening, in turns with the peer", size, screening["ours"], "jieba.lcut", screening["jieba"], single)
        row("whole screening, post after post", size, alone, "jieba.lcut, post after post", segmented, single)
        row("screen_many, per post", size, batch, "jieba.lcut, post after post", segmented, many)
        row("fold", size, folding["ours"], "str.translate", folding["translate"])
        row("fold", size, folding["ours"], "unicodedata.normalize", folding["normalize"])
        row(f"match {len(terms)} terms", size, matching["ours"], "pyahocorasick over str", matching["plain"], 4 if size == 50 else 5)
        row("match, pyahocorasick instead", size, matching["portable"], "pyahocorasick over str", matching["plain"])
        row("classify", size, scoring["ours"], "jieba.lcut", scoring["jieba"])
        row("classify with evidence", size, explaining["ours"], "jieba.lcut", explaining["jieba"], 30 if size == 500 else "")
        row("classify in a batch, per post", size, together, "classify one by one", scans, 5 if size == 50 else "")
    sample = RECORD.parent / "sample.txt"
    numpy = whole_process([sys.executable, "-c", "import numpy"])
    check = whole_process([sys.executable, "-m", "govmedia_screen", "check", "-q", str(sample)])
    print(f"check, cold: {check:.0f} ms; import numpy: {numpy:.0f} ms; ours / numpy {check / numpy:.2f} (target ≤ 2.5)")
    rows.append(
        {
            "what": "check, cold (ours/numpy)",
            "characters": "",
            "ours_us": round(check * 1e3),
            "peer": "python -c 'import numpy'",
            "peer_us": round(numpy * 1e3),
            "ratio": round(check / numpy, 2),
            "target": "≤ 2.5",
        }
    )
    for what, value in zip(("import and load, ms", "first post, ms", "memory then, MB"), first_call(), strict=True):
        print(f"{what:<34}{value:>18.1f}")
        rows.append(dict.fromkeys(rows[0], "") | {"what": what, "ours_us": round(value, 1)})
    if args.record:
        record(rows)


def record(rows: list[dict[str, object]]) -> None:
    """Write the table and a picture of the ratios."""
    import matplotlib as mpl

    mpl.use("svg")
    import matplotlib.pyplot as plt

    RECORD.mkdir(exist_ok=True)
    with (RECORD / "speed.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0].keys())
        writer.writeheader()
        writer.writerows(rows)
    shown = [one for one in rows if one["peer"] == "jieba.lcut"]
    figure, axes = plt.subplots(figsize=(8, 4))
    axes.barh([f"{one['what']}, {one['characters']}" for one in shown], [float(str(one["ratio"])) for one in shown])
    axes.set_xscale("log")
    axes.set_xlabel("times faster than jieba.lcut on the same text")
    axes.invert_yaxis()
    figure.tight_layout()
    figure.savefig(RECORD / "speed.svg", metadata={"Date": None})


if __name__ == "__main__":
    main()
