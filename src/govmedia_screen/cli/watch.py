"""What ``check --watch`` does: screen a file again as soon as it is saved, until Ctrl-C."""

from __future__ import annotations

import argparse
import sys
import time
from datetime import datetime
from pathlib import Path

from govmedia_screen.acceptance.baseline import Baseline
from govmedia_screen.errors import InputError
from govmedia_screen.screener import Screener

#: How often files are looked at, in seconds. Looking is one stat a file: it works on every disk and with every editor.
EVERY = 0.3


def stamp(name: str) -> tuple[int, int, int] | None:
    """What changes when a file is saved, whether in place or by renaming; None while there is no such file."""
    try:
        status = Path(name).stat()
    except OSError:
        return None
    return status.st_mtime_ns, status.st_size, status.st_ino


def watch(args: argparse.Namespace, screener: Screener) -> int:
    """Screen every file now, and each again whenever it changes.

    Returns:
        0, after Ctrl-C.
    """
    from govmedia_screen.acceptance.waivers import screened
    from govmedia_screen.cli.common import options, read_all
    from govmedia_screen.render import renderer
    from govmedia_screen.report.shown import shown

    if "-" in args.files or args.fix or args.diff or args.output:
        raise InputError("--watch 只看文件，不能与 -、--fix、--diff、--output 同用")
    render = renderer(args.format)
    baseline = Baseline.load(args.baseline) if args.baseline else None
    seen: dict[str, object] = {}
    names = list(args.files)
    try:
        while True:
            changed = [name for name in names if name not in seen or stamp(name) not in (None, seen[name])]
            if changed:
                seen |= {name: stamp(name) for name in changed}
                args.files = changed
                documents, _ = read_all(args)
                results, told = screened(documents, screener, baseline)
                if sys.stdout.isatty():
                    print("\x1b[2J\x1b[H", end="")
                print(f"—— {datetime.now():%H:%M:%S} ——")
                print(render([(document, shown(report)) for document, report in results], **options(args)), end="")
                for line in told:
                    print(f"提示：{line}")
                sys.stdout.flush()
            time.sleep(EVERY)
    except KeyboardInterrupt:
        return 0
