"""What is released: typed for its users, said in one place, and whole in an environment of its own."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from govmedia_screen import __version__

ROOT = Path(__file__).parents[1]
PROGRAM = ROOT / "tests/typing/user_program.py"


def run(*words: object, **more: str) -> subprocess.CompletedProcess[str]:
    """A program of the development tools, its output kept."""
    environment = {**os.environ, **more}
    return subprocess.run([str(word) for word in words], cwd=PROGRAM.parent, env=environment, capture_output=True, text=True, check=False)


def test_a_users_program_passes_mypy(tmp_path: Path) -> None:
    """Strict, without this project's own settings."""
    done = run(
        sys.executable, "-m", "mypy", "--strict", "--config-file", os.devnull, "--cache-dir", tmp_path, PROGRAM, MYPYPATH=str(ROOT / "src")
    )

    assert done.returncode in {0, 1}, done.stderr
    assert [line for line in done.stdout.splitlines() if line.startswith(PROGRAM.name)] == []
    assert (ROOT / "src/govmedia_screen/py.typed").exists()


@pytest.mark.slow
def test_a_users_program_passes_pyright(tmp_path: Path) -> None:
    """Strict: nothing that is public is of unknown type."""
    pytest.importorskip("pyright", reason="needs the development tools: make test installs them")
    settings = tmp_path / "pyrightconfig.json"
    shutil.copy(PROGRAM, tmp_path)
    wanted = {"include": [PROGRAM.name], "extraPaths": [str(ROOT / "src")], "typeCheckingMode": "strict"}
    settings.write_text(json.dumps(wanted), "utf-8")
    done = run(sys.executable, "-m", "pyright", "--pythonpath", sys.executable, "-p", settings)
    if "No configuration" in done.stderr or "npm" in done.stderr or "ENOTFOUND" in done.stdout + done.stderr:
        pytest.skip("pyright could not fetch its program")

    assert done.returncode == 0, done.stdout
    assert "0 errors, 0 warnings" in done.stdout


def test_the_version_is_the_same_everywhere() -> None:
    """The package, the citation and the changelog speak of one version."""
    assert f"\nversion: {__version__}\n" in (ROOT / "CITATION.cff").read_text("utf-8")
    assert f"\n## {__version__}" in (ROOT / "CHANGELOG.md").read_text("utf-8")
    assert f"\n## {__version__}" in (ROOT / "docs/upgrade.md").read_text("utf-8")


def test_wheels_are_built_for_every_system() -> None:
    """The workflow names the three systems, and the settings that it reads are there."""
    workflow = (ROOT / ".github/workflows/wheels.yml").read_text("utf-8")
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["cibuildwheel"]

    assert "cibuildwheel" in workflow
    assert all(re.search(rf"\b{system}-", workflow) for system in ("ubuntu", "windows", "macos"))
    assert settings["build"] == "cp311-*"


@pytest.mark.slow
def test_the_site_is_built_without_a_warning(tmp_path: Path) -> None:
    """Strict, with a page for each family, and nothing that a page would fetch from elsewhere."""
    pytest.importorskip("material", reason="needs govmedia_screen[docs]")
    done = run(
        sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "-f", ROOT / "mkdocs.yml", "-d", tmp_path, NO_MKDOCS_2_WARNING="1"
    )

    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    pages = list(tmp_path.rglob("*.html"))
    assert len(pages) > 40
    assert (tmp_path / "rules/privacy.html").read_text("utf-8").count("会查出") > 5
    for page in pages:
        fetched = re.findall(r"<(?:script|link|img|iframe)[^>]+?(?:src|href)=\"?(https?:[^\" >]+)", page.read_text("utf-8"))
        assert [address for address in fetched if "canonical" not in address] == [], page.name
    for style in tmp_path.rglob("*.css"):
        assert not re.findall(r"url\([\"']?https?:", style.read_text("utf-8")), style.name


@pytest.mark.slow
def test_the_wheel_serves_a_user(tmp_path: Path) -> None:
    """Built, installed where nothing of this folder is, it checks, scans, serves and runs README's examples."""
    pytest.importorskip("build", reason="needs the development tools: make test installs them")
    built = run(sys.executable, "-m", "build", "--wheel", "--outdir", tmp_path, ROOT)
    assert built.returncode == 0, built.stdout + built.stderr
    (wheel,) = tmp_path.glob("*.whl")
    done = run("sh", ROOT / "tools/try_wheel.sh", wheel, PYTHON=sys.executable)

    assert done.returncode == 0, done.stdout + done.stderr
