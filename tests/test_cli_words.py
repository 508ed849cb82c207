"""The command line's own words: Chinese help and errors, the name that was meant, no colour where nobody wants it, completion."""

from __future__ import annotations

import io
import re
import subprocess
import sys
from importlib import import_module

import pytest

from govmedia_screen.cli import VERBS, main
from govmedia_screen.cli.common import coloured
from govmedia_screen.cli.completion import SHELLS, whole
from govmedia_screen.cli.parser import parsers


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ("chekc 稿件.md", "没有命令 chekc，是不是 check？"),
        ("check 稿件.md --formt json", "没有选项 --formt，是不是 --format？"),
        ("ledger verify --ledger l.jsonl --ankor x", "没有选项 --ankor，是不是 --anchor？"),
        ("check 稿件.md --xyz", "没有选项 --xyz（"),
        ("check 稿件.md -z", "没有选项 -z（"),
        ("check", "缺少 文件（"),
        ("ledger verfy", "没有 verfy，是不是 verify？可用：approve、"),
        ("check --kind artcle 稿件.md", "--kind 没有 artcle，是不是 article？可用：article、repost、reply、notice"),
        ("check --color blue 稿件.md", "--color 没有 blue；可用：auto、always、never"),
        ("check 稿件.md --title", "--title 后面须有一个值"),
        ("check 稿件.md --watch=yes", "--watch 不带值，多了 'yes'"),
        ("check 稿件.md --ba x --re", "--re"),
        ("ledger approve 稿件.md --ledger l --tier 二", "--tier 的值不对：'二'"),
        ("hook uninstall 多余", "多出来的参数：多余"),
    ],
)
def test_slips_are_told_in_chinese(arguments: str, told: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(arguments.split()) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert told in err
    assert len(err.splitlines()) == 1
    assert not re.search(r"argument|invalid|choose|required|unrecognized", err)


@pytest.mark.parametrize("verb", VERBS)
def test_help_is_chinese(verb: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([verb, "--help"]) == 0
    text = capsys.readouterr().out
    assert text.startswith("用法：")
    assert not re.search(r"usage|positional arguments|options:|show this help", text)


def test_every_option_of_every_verb_says_what_it_does() -> None:
    silent = [
        f"{one.prog} {action.dest}"
        for one in parsers(whole(None, None))
        for action in one._actions
        if not action.help and not action.choices
    ]
    assert silent == []


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        """Yes."""
        return True


def test_no_colour_where_nobody_wants_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm")
    assert coloured(Terminal())
    assert not coloured(io.StringIO())
    monkeypatch.setenv("NO_COLOR", "1")
    assert not coloured(Terminal())
    monkeypatch.setenv("NO_COLOR", "")  # set but empty says nothing, as no-color.org has it
    assert coloured(Terminal())
    monkeypatch.setenv("TERM", "dumb")
    assert not coloured(Terminal())


@pytest.mark.parametrize("shell", SHELLS)
def test_completion_knows_every_verb(shell: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["completion", shell]) == 0
    script = capsys.readouterr().out
    assert all(verb in script for verb in VERBS)


def test_bash_completes_verbs_and_options() -> None:
    script = subprocess.run(
        [sys.executable, "-m", "govmedia_screen", "completion", "bash"], capture_output=True, text=True, check=True
    ).stdout
    asked = """
f=$(complete -p govmedia-screen | sed 's/.*-F \\([^ ]*\\).*/\\1/')
COMP_WORDS=(govmedia-screen led); COMP_CWORD=1; $f; echo "${COMPREPLY[@]}"
COMP_WORDS=(govmedia-screen check --fo); COMP_CWORD=2; $f; echo "${COMPREPLY[@]}"
"""
    done = subprocess.run(["bash", "-c", script + asked], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["ledger", "--format"]


def test_every_verb_has_its_module() -> None:
    assert all(hasattr(import_module(f"govmedia_screen.cli.{verb}"), "run") for verb in VERBS)
