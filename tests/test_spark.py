"""Spark on a local cluster: the example runs, and its reports are those of one process."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from archives import posts

from govmedia_screen import Post, Screener

pytest.importorskip("pyspark", reason="Spark is not installed: pip install 'govmedia_screen[spark]'")
if not shutil.which("java"):
    pytest.skip("Spark needs Java: apt-get install default-jre-headless", allow_module_level=True)
EXAMPLE = Path(__file__).parent.parent / "examples/spark_example.py"


@pytest.mark.slow
def test_example(tmp_path: Path) -> None:
    """Parquet in, Parquet out, by the Python workers of a local Spark."""
    made = posts(600)
    (tmp_path / "posts").mkdir()
    for number in range(3):
        pq.write_table(pa.Table.from_pylist(made[number * 200 : number * 200 + 200]), tmp_path / f"posts/{number}.parquet")

    done = subprocess.run(
        [sys.executable, EXAMPLE, tmp_path / "posts", tmp_path / "reports"], capture_output=True, text=True, timeout=300, check=False
    )

    assert done.returncode == 0, done.stderr[-2000:]
    found = {row["id"]: row for row in pq.read_table(tmp_path / "reports").to_pylist()}
    screener = Screener()
    for row in made:
        report = screener.screen(Post(**row))
        one = found[row["id"]]
        assert (one["decision"], one["account"], one["digest"]) == (str(report.decision), row["account"], report.digest)
        assert [(item["rule"], item["start"], item["text"]) for item in one["findings"]] == [
            (item.rule, item.start, item.text) for item in report.findings
        ]
