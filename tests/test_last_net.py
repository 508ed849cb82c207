"""Whatever is given, no traceback: one sentence and exit code 2; what is written is whole or not there."""

from __future__ import annotations

import contextlib
import io
import json
import marshal
import os
import resource
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from govmedia_screen import InputError, Screener
from govmedia_screen.documents import parse
from govmedia_screen.io import toml
from govmedia_screen.system import cache
from govmedia_screen.system.files import write_whole

TYPO = "己经完成。\n"
RULE = """[[rule]]
id = "office.test"
level = "review"
message = "测试"
basis = "测试"
patterns = '''
{}
'''
hit = ["一"]
miss = ["二"]
"""


def run(*args: object, limit: int = 0, stdin: bytes = b"") -> tuple[int, str, str]:
    """The program, with files of at most ``limit`` bytes if that is given; exit code, output, error output."""
    small = (lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))) if limit else None
    done = subprocess.run(
        [sys.executable, "-m", "govmedia_screen", *map(str, args)],
        input=stdin,
        capture_output=True,
        check=False,
        preexec_fn=small,
        timeout=120,
    )
    return done.returncode, done.stdout.decode(), done.stderr.decode()


def test_a_write_that_fails_leaves_the_article_whole(tmp_path: Path) -> None:
    path = tmp_path / "f.md"
    path.write_text(TYPO * 3000, "utf-8")
    before = path.read_bytes()

    code, _, err = run("check", "--fix", "-q", path, limit=20_480)

    assert (code, path.read_bytes() == before) == (2, True)
    assert "Traceback" not in err
    assert [one.name for one in tmp_path.iterdir()] == ["f.md"]


def test_a_baseline_that_cannot_be_written_stays(tmp_path: Path) -> None:
    for number in range(2):
        (tmp_path / f"{number}.md").write_text("".join(f"第{n}项己经完成。\n\n" for n in range(200 * number + 1)), "utf-8")
    run("baseline", "update", tmp_path / "0.md", "--baseline", tmp_path / "b.json", "--why", "旧稿")
    before = (tmp_path / "b.json").read_bytes()

    code, _, err = run("baseline", "update", tmp_path / "1.md", "--baseline", tmp_path / "b.json", "--why", "旧稿", limit=4096)

    assert (code, (tmp_path / "b.json").read_bytes()) == (2, before)
    assert "无法写入" in err


def test_baselines_are_updated_one_after_the_other(tmp_path: Path) -> None:
    for number in range(4):
        (tmp_path / f"{number}.md").write_text(f"第{number}项己经完成。\n", "utf-8")
    command = [sys.executable, "-m", "govmedia_screen", "baseline", "update", "--baseline", str(tmp_path / "b.json"), "--why", "旧稿"]
    started = [subprocess.Popen([*command, str(tmp_path / f"{number}.md")], stderr=subprocess.DEVNULL) for number in range(4)]
    assert [one.wait(120) for one in started] == [0] * 4

    assert len(json.loads((tmp_path / "b.json").read_text("utf-8"))["accepted"]) == 4


def test_a_link_stays_a_link_and_a_mode_a_mode(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("旧", "utf-8")
    (tmp_path / "a").chmod(0o640)
    (tmp_path / "link").symlink_to("a")
    write_whole(tmp_path / "link", b"new")
    write_whole(tmp_path / "fresh", b"new")

    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "a").read_bytes() == b"new"
    assert [oct((tmp_path / name).stat().st_mode & 0o777) for name in ("a", "fresh")] == ["0o640", "0o600"]


@pytest.mark.parametrize("kind", ["fifo", "folder.txt", "loop", "gone", "device"])
def test_what_is_no_file_is_told(tmp_path: Path, kind: str) -> None:
    path = tmp_path / kind
    if kind == "fifo":
        os.mkfifo(path)
    elif kind == "folder.txt":
        path.mkdir()
    elif kind == "loop":
        path.symlink_to(path)
    elif kind == "device":
        path = Path("/dev/zero")

    code, _, err = run("check", path)

    assert code == 2
    assert str(path) in err
    assert "Traceback" not in err


@pytest.mark.parametrize("kind", ["directory", "fifo", "loop", "deep", "dotted", "recursive"])
def test_a_lexicon_that_is_none_is_told_with_its_file(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "x.toml"
    if kind == "directory":
        path.mkdir()
    elif kind == "fifo":
        os.mkfifo(path)
    elif kind == "loop":
        path.symlink_to(path)
    elif kind == "deep":
        path.write_text("a = " + "[" * 100_000, "utf-8")
    elif kind == "dotted":
        path.write_text(".".join(["a"] * 50_000) + " = 1", "utf-8")
    else:
        path.write_text(RULE.format("(?R)"), "utf-8")
    (tmp_path / "a.txt").write_text("晴。", "utf-8")

    code, _, err = run("check", tmp_path / "a.txt", "--lexicons", tmp_path)

    assert code == 2 or (kind == "directory" and code == 0)  # a folder is searched, whatever its name
    assert "Traceback" not in err
    assert "x.toml" in err or code == 0


@pytest.mark.parametrize("text", ["+++\na=" + "[" * 100_000 + "\n+++\n", "---\na: " + "[" * 10_000 + "\n---\n", "---\na: &x [*x]\n---\n"])
def test_front_matter_that_is_too_deep_is_refused(text: str) -> None:
    with pytest.raises(InputError, match=r"a\.md"):
        parse(text.encode(), "a.md")


def word(document: bytes) -> bytes:
    """A Word file whose text is these bytes."""
    import docx

    made = io.BytesIO()
    docx.Document().save(made)
    result = io.BytesIO()
    with zipfile.ZipFile(made) as old, zipfile.ZipFile(result, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, document if name == "word/document.xml" else old.read(name))
    return result.getvalue()


HEAD = b'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>'
ENTITIES = b'<!DOCTYPE x [<!ENTITY a "%s">' % (b"x" * 100) + b"".join(b'<!ENTITY b%d "%s">' % (n, b"&a;" * 50) for n in range(9)) + b"]>"


@pytest.mark.parametrize(
    "document",
    [
        b"",
        b"<w:document",
        b"<a/>" * 3,
        HEAD + b"<w:p>" * 50_000,
        HEAD + b"\0",
        ENTITIES + HEAD + b"<w:p><w:r><w:t>&b8;</w:t></w:r></w:p></w:body></w:document>",
    ],
    ids=["empty", "broken", "no document", "deep", "NUL", "entities"],
)
def test_a_broken_word_file_is_told(document: bytes) -> None:
    pytest.importorskip("docx")
    with contextlib.suppress(InputError):
        assert len(parse(word(document), "a.docx").post.body) < 1000


def test_a_word_file_that_unpacks_beyond_bounds_is_not_unpacked() -> None:
    pytest.importorskip("docx")
    bomb = word(HEAD + b"<w:p><w:r><w:t>" + b"x" * 300_000_000 + b"</w:t></w:r></w:p></w:body></w:document>")

    with pytest.raises(InputError, match="过大"):
        parse(bomb, "a.docx")


def test_nesting_is_told_with_its_line() -> None:
    with pytest.raises(ValueError, match="line 2"):
        toml.loads("x = 1\n" + ".".join(["a"] * 200) + " = 1")
    assert toml.loads("a.b.c = 1\nd = 'www.shenmu.gov.cn'") == {"a": {"b": {"c": 1}}, "d": "www.shenmu.gov.cn"}


def test_nothing_planted_in_the_common_folder_is_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """jieba trusts its cache; ours is in a folder of the user's own."""
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    (tmp_path / "jieba.cache").write_bytes(marshal.dumps(({}, 0)))
    code = "from govmedia_screen import Screener; s = Screener(); print(sorted({f.rule for t in ('你他妈的滚', '真牛逼') for f in s.screen(t).findings}))"
    env = os.environ | {"TMPDIR": str(tmp_path), "XDG_CACHE_HOME": str(tmp_path / "own"), "GOVMEDIA_SCREEN_CACHE": ""}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=env)

    assert done.stdout.strip() == str(sorted({one.rule for text in ("你他妈的滚", "真牛逼") for one in Screener().screen(text).findings}))


def test_a_cache_folder_that_others_can_write_to_is_not_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GOVMEDIA_SCREEN_CACHE", str(tmp_path))
    assert cache.private("words") == tmp_path / "words"
    (tmp_path / "words").chmod(0o777)
    assert cache.private("words") != tmp_path / "words"


def test_a_full_disk_under_a_scan_is_one_sentence(tmp_path: Path) -> None:
    lines = "".join(json.dumps({"body": f"第{number}项工作进展顺利。" * 9}) + "\n" for number in range(3000))
    (tmp_path / "a.jsonl").write_text(lines, "utf-8")

    code, _, err = run("scan", tmp_path / "a.jsonl", "--out", tmp_path / "out", "--workers", "1", limit=40_000)

    assert (code, err.count("\n")) == (2, 1)
    assert "Traceback" not in err


def test_what_names_people_is_the_users_alone(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("身份证号11010519491231002X。", "utf-8")
    run("check", tmp_path / "a.md", "--format", "html", "--output", tmp_path / "report.html")
    run("scan", tmp_path / "a.md", "--out", tmp_path / "out", "--workers", "1")
    run("ledger", "approve", tmp_path / "a.md", "--tier", "3", "--person", "王某", "--ledger", tmp_path / "l.jsonl")

    made = [tmp_path / "report.html", tmp_path / "l.jsonl", *(path for path in (tmp_path / "out").rglob("*") if path.is_file())]
    assert len(made) > 5
    assert [path.name for path in made if path.stat().st_mode & 0o077] == []


@pytest.mark.parametrize("verb", ["chekc", "ledgre"])
def test_a_slip_in_a_verb_is_answered(verb: str) -> None:
    code, _, err = run(verb)

    assert code == 2
    assert "是不是" in err
