"""Hooks in real repositories: what is staged is judged as staged, what was there before stays."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

CLEAN = "---\ntitle: 防汛工作部署\n---\n\n市政府召开会议，部署防汛工作。\n"
LEAK = "---\ntitle: 名单\n---\n\n公示\r\n\t张三😀，身份证号11010519491231002X。\n"
TYPO = "己经完成。\n"
Git = Callable[..., tuple[int, str]]


@pytest.fixture
def git(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Git:
    """An empty repository, the current folder; what git does in it, with its exit code and everything it says."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("HOME", str(tmp_path))
    for name in [name for name in os.environ if name.startswith("GIT_") and name != "GIT_CONFIG_GLOBAL"]:
        monkeypatch.delenv(name)

    def call(*args: object) -> tuple[int, str]:
        done = subprocess.run(["git", *map(str, args)], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
        return done.returncode, done.stdout.decode()

    call("init", "-q", "-b", "main")
    call("config", "user.name", "编辑")
    call("config", "user.email", "editor@example.invalid")
    return call


def screen(*args: str) -> tuple[int, str]:
    """The program in the current folder; exit code and everything it says."""
    done = subprocess.run([sys.executable, "-m", "govmedia_screen", *args], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
    return done.returncode, done.stdout.decode()


def write(name: str, text: str) -> None:
    Path(name).parent.mkdir(parents=True, exist_ok=True)
    Path(name).write_bytes(text.encode())


@pytest.mark.parametrize("option", ["--profile", "--lexicons", "--baseline"])
def test_a_mistyped_file_is_told_at_install(git: Git, option: str) -> None:
    code, said = screen("hook", "install", option, "没有这个文件")

    assert code == 2
    assert "没有这个文件" in said
    assert not Path(".git/hooks/pre-commit").exists()


def test_a_planted_resident_id_is_refused_with_its_place(git: Git) -> None:
    assert screen("hook", "install")[0] == 0
    write("稿/名 单.md", LEAK)
    git("add", ".")

    code, said = git("commit", "-m", "一")

    assert code != 0
    assert "稿/名 单.md:6:10" in said
    assert "privacy.resident-id" in said
    assert "没有提交" in said
    write("稿/名 单.md", CLEAN)
    git("add", ".")
    assert git("commit", "-q", "-m", "二") == (0, "")


def test_half_staged_file_is_judged_by_its_staged_half(git: Git) -> None:
    screen("hook", "install")
    write("a.txt", TYPO)
    git("add", "a.txt")
    write("a.txt", "已经完成。\n")
    assert git("commit", "-q", "-m", "坏的已暂存")[0] != 0

    git("add", "a.txt")
    write("a.txt", TYPO)
    assert git("commit", "-q", "-m", "坏的未暂存") == (0, "")


def test_only_what_is_staged(git: Git) -> None:
    write("old.txt", TYPO)
    git("add", ".")
    git("commit", "-q", "-m", "先前的")
    screen("hook", "install")
    write("b.txt", CLEAN)
    write("untracked.txt", TYPO)
    git("add", "b.txt")

    assert git("commit", "-q", "-m", "只有干净的") == (0, "")
    git("rm", "-q", "old.txt")
    assert git("commit", "-q", "-m", "删除") == (0, "")


def test_binary_and_other_files_are_passed_over(git: Git) -> None:
    screen("hook", "install")
    write("a.py", f"# {TYPO}")
    Path("b.png").write_bytes(b"\0\1\2" + TYPO.encode())
    Path("b").write_bytes(bytes(range(256)) * 9)
    Path("c.txt").symlink_to("nowhere")
    Path("d.txt").write_bytes("一切正常。".encode("utf-16"))
    git("add", ".")

    assert git("commit", "-q", "-m", "一") == (0, "")


def test_a_nul_byte_an_encoding_or_an_ending_is_no_way_past(git: Git) -> None:
    """Each of the files is refused by its name."""
    screen("hook", "install")
    texts = {"甲": LEAK + "\0", "乙": LEAK, "丙": "一切正常。\0一切正常。"}
    names = []
    for encoding in ("utf-8", "utf-16-le", "utf-16-be", "gb18030"):
        for ending in (".txt", ".md", ".html", ".txt.bak", "", ".rst", ".json", ".txt "):
            for kind, text in texts.items():
                names.append(f"{encoding}-{kind}{ending}")
                Path(names[-1]).write_bytes((text if "\0" not in text or encoding != "gb18030" else text + "！").encode(encoding))
    git("add", ".")

    code, said = git("commit", "-q", "-m", "一")
    assert code != 0
    assert [name for name in names if name not in said] == []


def test_what_is_left_out_by_name(git: Git) -> None:
    screen("hook", "install", "--exclude", "docs/*", "--include", "docs/*", "--include", "*.txt")
    write("docs/a.txt", TYPO)
    write("b.rst", TYPO)
    git("add", ".")
    assert git("commit", "-q", "-m", "一") == (0, "")

    write("c.txt", TYPO)
    git("add", ".")
    assert git("commit", "-q", "-m", "二")[0] != 0


def test_an_attachment_that_cannot_be_read_is_told(git: Git) -> None:
    screen("hook", "install")
    Path("a.pdf").write_bytes(b"%PDF-1.7\0\xff\xff\x81")
    git("add", ".")

    code, said = git("commit", "-q", "-m", "一")
    assert (code, "a.pdf 没有审查" in said) == (0, True)


def test_a_merge_is_screened_when_it_is_made_and_when_it_is_pushed(git: Git) -> None:
    """What a merge brings of its own is in no other commit; a first commit has no parent to differ from."""
    git("config", "log.showRoot", "false")
    write("a.txt", CLEAN)
    git("add", ".")
    git("commit", "-q", "-m", "先前的")
    git("init", "-q", "--bare", "remote.git")
    git("remote", "add", "origin", "remote.git")
    for name in ("f1", "f2"):
        git("checkout", "-q", "-b", name, "main")
        write(f"{name}.txt", CLEAN)
        git("add", f"{name}.txt")
        git("commit", "-q", "-m", name)
    git("merge", "-q", "--no-commit", "f1")
    write("evil.txt", LEAK)
    git("add", "evil.txt")
    git("commit", "-q", "--no-verify", "-m", "合并")
    screen("hook", "install", "--type", "pre-push")

    code, said = git("push", "-q", "origin", "f2:fresh")
    assert (code != 0, "evil.txt" in said, "f1.txt" in said) == (True, True, False)
    assert git("push", "-q", "origin", "f1:fresh") == (0, "")

    git("checkout", "-q", "--orphan", "root")
    assert git("commit", "-q", "--no-verify", "-m", "又一个开头")[0] == 0
    assert git("push", "-q", "origin", "root:root")[0] != 0


def test_git_merge_asks_before_it_commits(git: Git) -> None:
    write("a.txt", CLEAN)
    git("add", ".")
    git("commit", "-q", "-m", "先前的")
    git("checkout", "-q", "-b", "f1")
    write("f1.txt", LEAK)
    git("add", "f1.txt")
    git("commit", "-q", "-m", "坏的")
    git("checkout", "-q", "main")
    screen("hook", "install")

    code, said = git("merge", "--no-ff", "-m", "合并", "f1")
    assert code != 0
    assert "没有完成合并" in said


def test_unreadable_text_is_refused(git: Git) -> None:
    screen("hook", "install")
    Path("a.txt").write_bytes(b"\xff\xff\x81")
    git("add", ".")

    code, said = git("commit", "-m", "一")

    assert code != 0
    assert "a.txt" in said
    assert "没有提交" in said


def test_fail_on_and_baseline_and_waiver(git: Git) -> None:
    write("a.md", "己经完成。\n")
    assert screen("baseline", "update", "a.md", "--baseline", "accepted.json", "--why", "照录")[0] == 0
    screen("hook", "install", "--baseline", "accepted.json")
    git("add", ".")
    assert git("commit", "-q", "-m", "已接受") == (0, "")

    write("b.md", "己经开工，据此办理。<!-- govmedia: allow wording — 照录 -->\n")
    git("add", ".")
    assert git("commit", "-q", "-m", "已豁免") == (0, "")

    write("c.md", "这里己经完工。\n")
    git("add", ".")
    assert git("commit", "-q", "-m", "送审级")[0] != 0
    screen("hook", "install", "--fail-on", "block")
    assert git("commit", "-q", "-m", "只拦拦截级") == (0, "")


def test_an_existing_hook_is_kept_and_runs_first(git: Git) -> None:
    hook = Path(".git/hooks/pre-commit")
    hook.parent.mkdir(exist_ok=True)
    script = "#!/bin/sh\necho 原有钩子\nexit 0\n"
    hook.write_text(script, "utf-8")
    hook.chmod(0o755)
    screen("hook", "install")
    screen("hook", "install")
    write("a.txt", CLEAN)
    git("add", ".")

    code, said = git("commit", "-q", "-m", "一")
    assert (code, said.strip()) == (0, "原有钩子")

    hook.with_name("pre-commit.before-govmedia").write_text("#!/bin/sh\nexit 3\n", "utf-8")
    write("a.txt", CLEAN + "又一句。\n")
    git("add", ".")
    assert git("commit", "-q", "-m", "原有的不许")[0] != 0

    hook.with_name("pre-commit.before-govmedia").write_text(script, "utf-8")
    assert screen("hook", "uninstall")[0] == 0
    assert hook.read_text("utf-8") == script
    assert screen("hook", "uninstall") == (0, "没有装过审查钩子\n")


def test_hooks_path_of_the_configuration(git: Git) -> None:
    git("config", "core.hooksPath", "my hooks")
    screen("hook", "install")

    assert Path("my hooks/pre-commit").is_file()
    write("a.txt", TYPO)
    git("add", ".")
    assert git("commit", "-q", "-m", "一")[0] != 0


def test_outside_a_repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))

    code, said = screen("hook", "install")

    assert code == 2
    assert "Traceback" not in said


def test_push_is_judged_by_what_it_changes_on_the_remote(git: Git) -> None:
    write("a.txt", TYPO)
    git("add", ".")
    git("commit", "-q", "-m", "先前的")
    git("init", "-q", "--bare", "remote.git")
    git("remote", "add", "origin", "remote.git")
    git("push", "-q", "origin", "main")
    screen("hook", "install", "--type", "pre-push")

    write("b.txt", CLEAN)
    git("add", "b.txt")
    git("commit", "-q", "-m", "干净的")
    assert git("push", "-q", "origin", "main") == (0, "")

    write("c.txt", TYPO)
    git("add", "c.txt")
    git("commit", "-q", "-m", "坏的")
    code, said = git("push", "-q", "origin", "main")
    assert code != 0
    assert "c.txt:1:1" in said
    assert "a.txt" not in said
    code, said = git("push", "-q", "origin", "main:branch")
    assert code != 0
    assert "c.txt:1:1" in said

    git("rm", "-q", "c.txt")
    git("commit", "-q", "-m", "删去")
    assert git("push", "-q", "origin", "main:branch") == (0, "")
    assert git("push", "-q", "origin", ":branch") == (0, "")


def test_hook_on_ten_posts_is_silent(git: Git) -> None:
    screen("hook", "install")
    for number in range(10):
        write(f"{number}.md", CLEAN + f"第{number}项工作按期推进，各项任务落实到位。\n" * 20)
    git("add", ".")

    done = subprocess.run([".git/hooks/pre-commit"], capture_output=True, check=True)
    assert done.stdout + done.stderr == b""


def test_pre_commit_runs_the_declared_hook(git: Git) -> None:
    pytest.importorskip("pre_commit")
    root = Path(__file__).parent.parent
    manifest = yaml.safe_load((root / ".pre-commit-hooks.yaml").read_text("utf-8"))
    hook = next(one for one in manifest if one["id"] == "govmedia-screen") | {"language": "system"}
    hook["entry"] = hook["entry"].replace("govmedia-screen", f"{sys.executable} -m govmedia_screen", 1)
    del hook["additional_dependencies"]
    write(".pre-commit-config.yaml", yaml.safe_dump({"repos": [{"repo": "local", "hooks": [hook]}]}, allow_unicode=True))
    pre_commit = [sys.executable, "-m", "pre_commit"]
    assert subprocess.run([*pre_commit, "validate-manifest", str(root / ".pre-commit-hooks.yaml")], check=False).returncode == 0
    write("a.md", CLEAN)
    write("b.py", f"# {TYPO}")
    git("add", ".")

    assert subprocess.run([*pre_commit, "run"], capture_output=True, check=False).returncode == 0
    write("a.md", LEAK)
    git("add", ".")
    done = subprocess.run([*pre_commit, "run"], capture_output=True, check=False)
    assert done.returncode == 1
    assert "a.md:6:10" in done.stdout.decode()


def test_watch_screens_again_when_a_file_is_saved(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("一切正常。\n", "utf-8")
    command = [sys.executable, "-m", "govmedia_screen", "check", "--watch", str(path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as process:
        assert process.stdout is not None

        def until(word: str) -> None:
            for line in iter(process.stdout.readline, b""):
                if word in line.decode():
                    return
            pytest.fail(f"{word} never came")

        until("通过")
        fresh = tmp_path / "new"
        fresh.write_text(TYPO, "utf-8")
        fresh.replace(path)
        until("a.txt:1:1")
        path.write_text("一切正常，请放心。\n", "utf-8")
        until("通过")
        process.send_signal(signal.SIGINT)
        assert process.wait(10) == 0
