"""What became of an earlier quarter's problems: mended, removed with their posts, or still there."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from govmedia_screen.archive.inspection.model import Inspection, Problem, Recheck
from govmedia_screen.archive.inspection.quarters import Quarter
from govmedia_screen.errors import InputError
from govmedia_screen.system.files import write_whole


def place(folder: str | Path, quarter: Quarter) -> Path:
    """Where a quarter's list of problems is kept."""
    return Path(folder) / "inspection" / f"{quarter}.problems.jsonl"


def keep(folder: str | Path, now: Inspection) -> None:
    """Keep the list of a quarter's problems, as they were told, for the next inspection.

    A list that is there already stays: it is what the office was told then.
    """
    path = place(folder, now.quarter)
    path.parent.mkdir(parents=True, exist_ok=True)
    known = {one.mark for one in kept(folder, now.quarter) or ()}
    new = [one for one in now.problems if one.mark not in known]
    if new or not path.exists():
        old = path.read_bytes() if path.exists() else b""
        write_whole(
            path, old + "".join(json.dumps(asdict(one), ensure_ascii=False) + "\n" for one in new).encode("utf-8", "backslashreplace")
        )


def kept(folder: str | Path, quarter: Quarter) -> list[Problem] | None:
    """The list that was kept of a quarter, or None.

    Raises:
        InputError: it is damaged.
    """
    path = place(folder, quarter)
    if not path.is_file():
        return None
    try:
        return [Problem(**json.loads(line)) for line in path.read_text("utf-8").splitlines() if line]
    except (ValueError, TypeError, OSError) as error:
        raise InputError(f"{path}: 读不懂（{error}），请从备份恢复，或删去它") from None


def recheck(old: Sequence[Problem] | None, before: Inspection) -> Recheck:
    """Hold the problems of an earlier quarter against what the archive has of that quarter today.

    Args:
        old: the list that was kept, or None.
        before: that quarter, inspected again.
    """
    marks = {one.mark for one in before.problems}
    if old is None:
        return Recheck(before.quarter, False, len(before.problems), 0, 0, before.problems)
    remaining = [one for one in old if one.mark in marks]
    gone = [one for one in old if one.mark not in marks]
    removed = sum(one.identity not in before.identities for one in gone)
    return Recheck(before.quarter, True, len(old), len(gone) - removed, removed, remaining)
