"""Scan an archive again and again, each time killed at a random moment, until it is done; compare with an undisturbed scan."""

import hashlib
import os
import random
import signal
import sys
import time
from pathlib import Path

from govmedia_screen import Screener
from govmedia_screen.archive.readers import json_lines as lines
from govmedia_screen.archive.scan import scan


def content(folder: Path) -> dict[str, str]:
    """Every file of the result with a hash of its content."""
    files = [*folder.glob("posts/*"), *folder.glob("findings/*"), folder / "rejected.jsonl"]
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def main(source: str, base: Path, kills: int, workers: int) -> None:
    """Kill until it has been done that often."""
    lines.SIZE = 40_000  # many small parts
    rng = random.Random(8)
    screener = Screener()
    scan([source], base / "whole", screener, traits=True)
    wanted = content(base / "whole")
    begun = time.monotonic()
    scan([source], base / "timed", screener, traits=True, workers=workers)
    length = time.monotonic() - begun
    killed = finished = 0
    while killed < kills or not finished:
        out = base / f"killed-{finished}"
        child = os.fork()
        if child == 0:
            scan([source], out, screener, traits=True, workers=workers)
            os._exit(0)
        limit = time.monotonic() + rng.uniform(0.02, 0.4) * length
        status = 0
        while time.monotonic() < limit:
            done, status = os.waitpid(child, os.WNOHANG)
            if done:
                break
            time.sleep(0.002)
        else:
            os.kill(child, signal.SIGKILL)
            _, status = os.waitpid(child, 0)
        if os.WIFSIGNALED(status):
            assert os.WTERMSIG(status) == signal.SIGKILL, status
            killed += 1
            continue
        assert os.WEXITSTATUS(status) == 0, status
        found = content(out)
        assert found == wanted, sorted(set(found.items()) ^ set(wanted.items()))[:4]
        finished += 1
    print(f"killed {killed} finished {finished} parts {len(wanted)}")


main(sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4]))
