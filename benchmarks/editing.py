"""What an editor waits for: ``python benchmarks/editing.py [--record]``, in a folder that git may write beside.

Two ratios of medians, taken in turns on one machine: the installed pre-commit hook on ten staged posts against
``python -c "import numpy"`` as whole processes, and the diagnostics of one keystroke in a post of 3,000 code points
(as the language server keeps it) against cutting the same text into words with jieba.
"""

from __future__ import annotations

import argparse
import csv
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import jieba

from govmedia_screen import Screener
from govmedia_screen.lsp.session import Session

RECORD = Path(__file__).parent / "record"
COLUMNS = ("what", "ours_ms", "other", "other_ms", "ratio", "target")
LINE = "第{}项工作按期推进，县政府召开会议，部署下半年防汛和安全生产工作，要求各镇压实责任。\n"
TYPED = "会议还听取了各镇各部门的工作汇报并研究了下一步安排" * 4


def seconds(call: Callable[[], object]) -> float:
    """How long one call takes."""
    begin = time.perf_counter()
    call()
    return time.perf_counter() - begin


def hook(rounds: int) -> tuple[float, float]:
    """The hook on ten clean posts and the import of numpy, in seconds; SystemExit if the hook says anything."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    with tempfile.TemporaryDirectory() as folder:

        def run(*command: str) -> None:
            done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, check=False)
            if done.returncode or (done.stdout + done.stderr and command[0].startswith(".git")):
                sys.exit(f"{command}: {(done.stdout + done.stderr).decode()}")

        run("git", "init", "-q")
        for number in range(10):
            Path(folder, f"{number}.md").write_text(f"# 通知{number}\n\n" + LINE.format(number) * 8, "utf-8")
        run(sys.executable, "-m", "govmedia_screen", "hook", "install")
        run("git", "add", ".")
        pairs = [
            (seconds(lambda: run(".git/hooks/pre-commit")), seconds(lambda: run(sys.executable, "-c", "import numpy")))
            for _ in range(rounds + 1)
        ][1:]
    return statistics.median(one for one, _ in pairs), statistics.median(two for _, two in pairs)


def keystroke() -> tuple[float, float]:
    """One typed character and jieba on the same text, in seconds."""
    screener = Screener()
    text = "".join(LINE.format(number) for number in range(1, 90))[:3000]
    session, place = Session(screener, "a.md", text), 1500
    pairs = []
    for char in TYPED:
        text = text[:place] + char + text[place:]
        place += 1
        pairs.append((seconds(lambda: session.change(text)), seconds(lambda: jieba.lcut(text))))
    return statistics.median(one for one, _ in pairs), statistics.median(two for _, two in pairs)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--record", action="store_true", help="write benchmarks/record/editing.csv")
    args = parser.parse_args()
    rows = []
    for what, (ours, theirs), other, target in (
        ("pre-commit hook on ten posts", hook(args.rounds), "import numpy", "≤ 5"),
        ("keystroke in a post of 3,000 code points", keystroke(), "jieba.lcut", "≤ 0.25"),
    ):
        rows.append(
            dict(zip(COLUMNS, (what, round(ours * 1e3, 3), other, round(theirs * 1e3, 3), round(ours / theirs, 3), target), strict=True))
        )
        print(f"{what:<44}{ours * 1e3:>9.3f} ms  {other:<16}{theirs * 1e3:>9.3f} ms  ratio {ours / theirs:.3f}  target {target}")
    if args.record:
        RECORD.mkdir(exist_ok=True)
        with (RECORD / "editing.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, COLUMNS)
            writer.writeheader()
            writer.writerows(rows)


if __name__ == "__main__":
    main()
