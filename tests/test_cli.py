"""The command line as a user runs it: real processes, real files, exit codes 0, 1 and 2."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

OFFICE = Path(__file__).parent / "data/office"
CLEAN = "市政府召开常务会议，研究部署防汛工作。\n"
BAD = "这里有线上赌场，加微信abc12345。\n"


def run(*args: object, stdin: bytes = b"") -> tuple[int, str, str]:
    """Run the program; exit code, output, error output."""
    done = subprocess.run([sys.executable, "-m", "govmedia_screen", *map(str, args)], input=stdin, capture_output=True, check=False)
    return done.returncode, done.stdout.decode(), done.stderr.decode()


def test_clean_file_passes(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(CLEAN, "utf-8")

    code, out, err = run("check", tmp_path / "a.txt")

    assert (code, err) == (0, "")
    assert "通过" in out
    assert run("check", "-q", tmp_path / "a.txt") == (0, "", "")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_finding_has_its_place_in_every_encoding(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "坏稿.txt"
    path.write_bytes(("第一行\r\n" + BAD).encode(encoding))

    code, out, _ = run("check", path, "--lexicons", OFFICE)

    assert code == 1
    assert f"{path}:2:4" in out
    assert "^^^^^^^^" in out


def test_standard_input() -> None:
    code, out, _ = run("check", "-", "--format", "jsonl", "--lexicons", OFFICE, stdin=BAD.encode())

    report = json.loads(out)
    assert (code, report["decision"], report["file"]) == (1, "block", "-")


def test_title_kind_and_fail_on(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("这里有线上赌场。", "utf-8")

    assert run("check", tmp_path / "a.txt", "--lexicons", OFFICE)[0] == 1
    assert run("check", tmp_path / "a.txt", "--lexicons", OFFICE, "--fail-on", "block")[0] == 0
    code, out, _ = run("check", tmp_path / "a.txt", "--title", "线上赌场", "--kind", "notice", "--format", "json", "--lexicons", OFFICE)
    assert code == 1
    assert {one["part"] for one in json.loads(out)[0]["findings"]} == {"title", "body"}


@pytest.mark.parametrize(
    ("args", "says"),
    [
        (["check", "不存在.txt"], "找不到文件"),
        (["check"], "文件"),
        (["check", "x", "--format", "docx"], "没有格式"),
        (["check", "x", "--profile", "没有.toml"], "找不到"),
        (["check", "x", "--fail-on", "never"], "fail-on"),
        (["nonsense"], "没有命令"),
        (["rules", "show", "privacy.nothing"], "没有规则"),
        (["lexicon", "check", "/nowhere"], "找不到词库文件夹"),
    ],
)
def test_wrong_use_is_told_in_one_line(args: list[str], says: str) -> None:
    code, out, err = run(*args)

    assert code == 2 or (args[0] == "lexicon" and code == 1)
    assert says in out + err
    assert "Traceback" not in err


def test_unreadable_file_does_not_hide_the_others(tmp_path: Path) -> None:
    (tmp_path / "a.bin").write_bytes(b"\xff\xff\x00\x81\xff")
    (tmp_path / "b.txt").write_text(BAD, "utf-8")

    code, out, err = run("check", tmp_path / "a.bin", tmp_path / "b.txt", "--lexicons", OFFICE)

    assert code == 2
    assert "a.bin" in err
    assert "线上赌场" in out


@pytest.mark.parametrize("name", ["text", "json", "jsonl", "markdown", "html"])
def test_every_format_of_every_odd_text(tmp_path: Path, name: str) -> None:
    path = tmp_path / "odd.txt"
    path.write_text(BAD + "<script>alert(1)</script>|`*\u202e\x07線*上*賭*場😀\n", "utf-8")

    code, out, err = run("check", path, "--format", name, "--lexicons", OFFICE, "--output", tmp_path / "out")

    assert (code, out, err) == (1, "", "")
    written = (tmp_path / "out").read_text("utf-8")
    assert "office.test" in written
    if name == "html":
        assert "<script>alert" not in written
        assert "\u202e" not in written
    if name in ("text", "markdown"):
        assert "\x07" not in written


def test_fix_and_diff(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes("第一行\r\n全力攻坚克隆。\r\n".encode("gb18030"))

    code, out, _ = run("check", path, "--diff", "--lexicons", OFFICE, "-q")
    assert code == 1
    assert "+全力攻坚克难。" in out
    assert "克隆".encode("gb18030") in path.read_bytes()

    assert run("check", path, "--fix", "--lexicons", OFFICE)[0] == 0
    assert path.read_bytes() == "第一行\r\n全力攻坚克难。\r\n".encode("gb18030")


def test_rules(tmp_path: Path) -> None:
    code, out, _ = run("rules", "--lexicons", OFFICE)
    assert code == 0
    assert "office.test" in out
    assert "口服三黄片三日" in run("rules", "show", "office.test", "--lexicons", OFFICE)[1]
    assert "第十三条(三)" in run("rules", "--by-article")[1]
    assert run("rules", "--format", "json")[1].startswith("[")


def test_help_lists_every_verb() -> None:
    code, out, _ = run("--help")

    assert code == 0
    from govmedia_screen.cli import VERBS

    assert all(verb in out for verb in VERBS)
    for verb in VERBS:
        assert run(verb, "--help")[0] == 0
