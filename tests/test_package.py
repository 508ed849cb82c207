"""The package as it is installed: the wheel carries lexicons and models, and the house's own rules hold."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

import govmedia_screen
from screeners import SCREENER
from govmedia_screen.detectors import DETECTORS
from govmedia_screen.system.native import core

ROOT = Path(__file__).parents[1]
SOURCES = sorted((ROOT / "src").rglob("*.py"))


@pytest.mark.slow
def test_wheel_works_without_the_source(tmp_path: Path) -> None:
    """Built, installed into a fresh environment without this checkout, it screens."""
    pytest.importorskip("build", reason="needs the development tools: make test installs them")
    shutil.rmtree(ROOT / "build", ignore_errors=True)  # an older build's files would be packed too
    subprocess.run([sys.executable, "-m", "build", "--wheel", "--outdir", tmp_path, ROOT], check=True, capture_output=True)
    (wheel,) = tmp_path.glob("*.whl")
    names = zipfile.ZipFile(wheel).namelist()
    lexicons = [path for suffix in ("toml", "txt", "csv") for path in (ROOT / "lexicons").rglob(f"*.{suffix}")]
    assert {f"govmedia_screen/{path.relative_to(ROOT).as_posix()}" for path in lexicons} <= set(names)
    assert "govmedia_screen/models/default/weights.npz" in names
    assert "govmedia_screen/py.typed" in names
    assert any(name.startswith("govmedia_screen/_native.") and not name.endswith(".pyi") for name in names) == (core is not None)
    venv.create(tmp_path / "env", system_site_packages=False, with_pip=False)
    site = tmp_path / "site"
    zipfile.ZipFile(wheel).extractall(site)
    code = f"import sys; sys.path[:0] = [{str(site)!r}]; import govmedia_screen as g; assert g.__file__.startswith({str(site)!r}); print(g.Screener().screen('加微信').decision)"
    done = subprocess.run([sys.executable, "-I", "-c", code], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.stdout.strip() == "pass", done.stderr


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.stem)
def test_modules_stay_readable(path: Path) -> None:
    """300 lines is a wall, and ``\\b`` does not work next to Han characters."""
    text = path.read_text("utf-8")

    assert text.count("\n") <= 300
    assert not re.search(r"r[bB]?[\"'][^\"'\n]*\\b", text)


def test_repository_names_no_machine() -> None:
    """No absolute path of a machine, no address of a package registry."""
    done = subprocess.run(["git", "ls-files", "-co", "--exclude-standard"], cwd=ROOT, capture_output=True, text=True, check=True)
    for name in done.stdout.splitlines():
        path = ROOT / name
        if path.suffix in {".py", ".md", ".toml", ".txt", ".sh", ".yaml"} and path.name != Path(__file__).name:
            text = path.read_text("utf-8")
            assert not re.search(r"/(?:home|root|work)/[a-z]|(?:files\.pythonhosted|pypi\.org/simple|registry\.npmjs)", text), name


def test_public_names() -> None:
    """What is exported exists and is documented."""
    for name in govmedia_screen.__all__:
        value = getattr(govmedia_screen, name)
        assert name == "__version__" or value.__doc__


@pytest.mark.parametrize("family", DETECTORS, ids=lambda family: family.__name__)
def test_contract(family: type) -> None:
    """Every detector: a family, silence on nothing, exact spans, no exception, same answer twice, order of posts irrelevant."""
    from govmedia_screen import Post

    texts = [
        "",
        "。",
        "\ud800",
        "1" * 3000,
        "a@b.cn http://x",
        "赌博" * 50,
        "第〇号",
        "“《（",
        "2026年2月30日",
        "加微信abc12345，身份证610881199003071231",
        "\n\t \u200b",
    ]
    screener = SCREENER
    made = [detector for detector in screener._loaded.detectors if type(detector) is family]

    assert len(made) == 1
    assert re.fullmatch(r"[a-z][a-z-]*", made[0].family)
    for kind in ("article", "repost", "reply", "notice"):
        for text in texts:
            post = Post(text, title=text[:30], kind=kind, question=text, original_title=text, original_body=text, source=text)
            first, second = screener.screen(post), screener.screen(post)
            assert first.findings == second.findings
            for one in first.findings:
                assert getattr(post, one.part)[one.start : one.end] == one.text
                assert one.message
                assert one.basis
