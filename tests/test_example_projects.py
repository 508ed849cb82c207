"""What lies in ``examples/`` runs as its page says: the repository with its hook, the archive and its report, an office's settings, the notebook."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

EXAMPLES = Path(__file__).parents[1] / "examples"


def run(folder: Path, *words: object) -> subprocess.CompletedProcess[str]:
    """A script, with this environment's program on the path that it takes."""
    program = folder / "govmedia-screen"
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m govmedia_screen "$@"\n', "utf-8")
    program.chmod(0o755)
    environment = {**os.environ, "GOVMEDIA_SCREEN": str(program), "PYTHON": sys.executable, "GIT_CONFIG_GLOBAL": os.devnull}
    return subprocess.run([str(word) for word in words], env=environment, capture_output=True, text=True, check=False)


def test_a_repository_of_posts(tmp_path: Path) -> None:
    """The bad commit is refused, the mended one goes through."""
    done = run(tmp_path, "sh", EXAMPLES / "git-hook/make.sh", tmp_path / "posts")
    log = subprocess.run(["git", "-C", tmp_path / "posts", "log", "--format=%s"], capture_output=True, text=True, check=True).stdout

    assert done.returncode == 0, done.stderr
    assert "privacy.resident-id" in done.stderr + done.stdout
    assert log.splitlines() == ["救助公示（证件号已隐去）", "防汛提示"]


def test_an_archive_and_its_report(tmp_path: Path) -> None:
    """Scanned whole, inspected, and the report says which account is not as it should be."""
    pytest.importorskip("pyarrow", reason="needs govmedia_screen[archive]")
    done = run(tmp_path, "sh", EXAMPLES / "archive/run.sh", tmp_path / "archive")

    assert done.returncode == 0, done.stderr
    report = (tmp_path / "archive/结果/inspection/2026Q3/report.html").read_text("utf-8")
    assert "某镇微讯" in report
    assert "610881199003071231" not in report


def test_an_offices_own_settings(tmp_path: Path) -> None:
    """Profile, lexicon, roster and exemption each do their part, and no more is found."""
    office = shutil.copytree(EXAMPLES / "office", tmp_path / "office")
    done = run(tmp_path, "sh", office / "run.sh")

    assert done.returncode == 0, done.stderr
    assert done.stdout.count("  送审  ") == 2
    assert all(rule in done.stdout for rule in ("wording.local.hall", "wording.person.title"))
    assert "没有用到" not in done.stderr


#: Runs a notebook in a kernel of this very Python and prints what its cells give.
RUNNER = """
import sys, nbclient, nbformat
from jupyter_client.manager import AsyncKernelManager
manager = AsyncKernelManager()
manager.kernel_spec.argv = [sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}"]
book = nbformat.read(sys.argv[1], as_version=4)
nbclient.NotebookClient(book, km=manager, timeout=300, resources={"metadata": {"path": sys.argv[2]}}).execute()
print(*(output["data"]["text/plain"] for cell in book.cells for output in cell.get("outputs", []) if "data" in output), sep="\\n")
"""


@pytest.mark.slow
def test_the_notebook(tmp_path: Path) -> None:
    """Every cell runs in a kernel of its own; its last one asserts what the scan found."""
    for name in ("nbclient", "nbformat", "ipykernel", "duckdb", "pandas"):
        pytest.importorskip(name, reason="needs the development tools: make test installs them")
    environment = {**os.environ, "IPYTHONDIR": str(tmp_path)}
    words = [sys.executable, "-c", RUNNER, EXAMPLES / "explore.ipynb", EXAMPLES]
    done = subprocess.run(words, env=environment, capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stderr
    assert "某镇微讯" in done.stdout
    assert "privacy.resident-id" in done.stdout
