"""Archives: posts per second, memory, scaling; against a plain loop, jieba, Ray and Spark on the same data in the same run.

    python benchmarks/archive.py [count] [--engines] [--keep folder]

Each measurement is a process of its own, so that its memory is its own; with other work on the machine
wall times say little, so the processor time of each is told, too.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import os
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

from posts import write

HERE = Path(__file__).parent
#: Posts are read ten thousand at a time, so that no loop holds the archive; only ``work`` is timed.
LOOP = """
import json, sys, time
from itertools import islice
SOURCE, EVERY = sys.argv[1], int(sys.argv[2])
{setup}
used, posts = 0.0, 0
with open(SOURCE, encoding="utf-8") as file:
    while rows := [json.loads(line) for line in islice(file, 0, 10_000, EVERY)]:
        {prepare}
        begun = time.process_time()
        {work}
        used, posts = used + time.process_time() - begun, posts + len(rows)
print(used / posts)
"""
OURS = {
    "setup": "from govmedia_screen import Post, Screener; s = Screener(); s.screen('热身')",
    "prepare": "ps = [Post(**row) for row in rows]",
}
#: name → the loop; it prints the seconds of a post.
LOOPS = {
    "plain loop, screen()": LOOP.format(**OURS, work="for p in ps: s.screen(p)"),
    "screen_many()": LOOP.format(**OURS, work="for r in s.screen_many(ps): pass"),
    "jieba.lcut": LOOP.format(
        setup="import jieba; jieba.setLogLevel(60); jieba.lcut('热身')",
        prepare="texts = [row['title'] + chr(10) + row['body'] for row in rows]",
        work="for text in texts: jieba.lcut(text)",
    ),
}
#: ``jieba.lcut`` takes every post up to so many, then every tenth.
EVERY = 100_000


def tree_memory(root: int) -> int:
    """Resident memory of a process and all that it began, shared pages counted in each (KB); 0 where there is no /proc."""
    parents, sizes = {}, {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = path.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        parents[int(path.parent.name)], sizes[int(path.parent.name)] = int(fields[1]), int(fields[21]) * 4
    family = {root}
    for pid in sorted(parents):
        if parents[pid] in family:
            family.add(pid)
    return sum(sizes.get(pid, 0) for pid in family)


def measured(command: list[str]) -> tuple[float, float, float, str]:
    """Wall seconds, processor seconds of the process and its children, peak memory of them all (MB), what it printed."""
    before, begun = os.times(), time.perf_counter()
    peak = 0
    environment = {**os.environ, "OMP_NUM_THREADS": "1"}
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment) as process:
        stop = threading.Event()

        def watch() -> None:
            nonlocal peak
            while not stop.wait(0.3):
                peak = max(peak, tree_memory(process.pid))

        thread = threading.Thread(target=watch)
        thread.start()
        out, error = process.communicate()
        stop.set()
        thread.join()
    after = os.times()
    if process.returncode:
        raise SystemExit(error[-3000:])
    used = after.children_user + after.children_system - before.children_user - before.children_system
    return time.perf_counter() - begun, used, peak / 1024, out


def burn(_: int) -> None:
    """Keep one core busy for a while."""
    total = 0
    for number in range(20_000_000):
        total += number


def cores_to_have() -> float:
    """How much more two processes that share nothing do than one: all that a second worker could gain, now."""
    walls = []
    for count in (1, 2):
        with multiprocessing.Pool(count) as pool:
            pool.map(int, range(count), 1)
            begun = time.perf_counter()
            pool.map(burn, range(count), 1)
            walls.append(time.perf_counter() - begun)
    return 2 * walls[0] / walls[1]


def scan_command(source: Path, out: Path, workers: int) -> list[str]:
    """A scan."""
    code = (
        "import sys, time; from govmedia_screen import Screener; from govmedia_screen.archive.scan import scan\n"
        "s = Screener(); t = time.perf_counter(); r = scan([sys.argv[1]], sys.argv[2], s, workers=int(sys.argv[3]))\n"
        "print(time.perf_counter() - t)"
    )
    return [sys.executable, "-c", code, str(source), str(out), str(workers)]


def main() -> None:
    """Measure and print a table."""
    parser = argparse.ArgumentParser()
    parser.add_argument("count", type=int, nargs="?", default=10_000)
    parser.add_argument("--engines", action="store_true", help="Ray and Spark, too")
    parser.add_argument("--no-loops", action="store_true", help="the scan only")
    parser.add_argument("--folder", type=Path)
    args = parser.parse_args()
    folder = args.folder or Path(tempfile.mkdtemp())
    folder.mkdir(parents=True, exist_ok=True)
    source = folder / f"{args.count}.jsonl"
    if not source.exists():
        write(source, args.count)
    print(f"{args.count} posts, {source.stat().st_size / 1e6:.0f} MB, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}")
    print(f"two processes that share nothing do {cores_to_have():.2f} times the work of one (2 on an idle machine)")
    print(f"{'':28}{'wall s':>9}{'cpu s':>9}{'µs cpu/post':>13}{'posts/s wall':>14}{'peak MB':>9}")

    def row(name: str, wall: float, used: float, peak: float) -> None:
        print(f"{name:28}{wall:9.1f}{used:9.1f}{1e6 * used / args.count:13.1f}{args.count / wall:14.0f}{peak:9.0f}", flush=True)

    for name, code in LOOPS.items() if not args.no_loops else ():
        every = 10 if name == "jieba.lcut" and args.count > EVERY else 1
        _, _, peak, out = measured([sys.executable, "-c", code, str(source), str(every)])
        seconds = float(out) * args.count
        row(name + " (every tenth)" * (every > 1), seconds, seconds, peak)
    for workers in (1, 2):
        out = folder / f"out-{workers}"
        shutil.rmtree(out, ignore_errors=True)
        _, used, peak, printed = measured(scan_command(source, out, workers))
        row(f"scan, {workers} worker{'s' * (workers > 1)}", float(printed), used, peak)
    if args.engines:
        import pyarrow as pa
        import pyarrow.parquet as pq

        parts = folder / f"{args.count}.parquet"
        if not parts.exists():
            parts.mkdir()
            with source.open(encoding="utf-8") as file:
                rows = [json.loads(line) for line in file]
            size = -(-len(rows) // 8)
            for number in range(8):
                pq.write_table(pa.Table.from_pylist(rows[number * size : (number + 1) * size]), parts / f"{number}.parquet")
        for engine in ("ray", "spark"):
            out = folder / f"out-{engine}"
            shutil.rmtree(out, ignore_errors=True)
            wall, used, peak, _ = measured([sys.executable, str(HERE.parent / f"examples/{engine}_example.py"), str(parts), str(out)])
            row(f"{engine}, with its start", wall, used, peak)


if __name__ == "__main__":
    main()
