"""What the tests of archives share: made-up posts, and the content of a scan's output."""

import hashlib
import json
from pathlib import Path
from runpy import run_path
from typing import Any

import pyarrow.parquet as pq

MADE = run_path(str(Path(__file__).parent.parent / "benchmarks/posts.py"))["made"]


def posts(count: int, seed: int = 1) -> list[dict[str, str]]:
    """Made-up posts."""
    return list(MADE(count, seed))


def jsonl(path: Path, rows: list[Any]) -> Path:
    """Write JSON lines."""
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), "utf-8")
    return path


def rows(folder: Path, name: str) -> list[dict[str, Any]]:
    """All rows of ``posts`` or ``findings``, in the order of the archive."""
    return [row for path in sorted((folder / name).iterdir()) for row in pq.read_table(path).to_pylist()]


def rejected(folder: Path) -> list[dict[str, Any]]:
    """What could not be read."""
    return [json.loads(line) for line in (folder / "rejected.jsonl").read_text("utf-8").splitlines()]


def changes(folder: Path) -> list[tuple[str, str, str]]:
    """Change, rule and text of what changed."""
    found = (json.loads(line) for line in (folder / "changes.jsonl").read_text("utf-8").splitlines())
    return [(row["change"], row["rule"], row["text"]) for row in found]


def content(folder: Path) -> dict[str, str]:
    """Every file of the result with a hash of its content."""
    files = [*folder.glob("posts/*"), *folder.glob("findings/*"), folder / "rejected.jsonl"]
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}
