"""What README and the pages show is what happens: Python and command lines are run, settings are read, links lead somewhere, options exist."""

from __future__ import annotations

import argparse
import doctest
import importlib.util
import json
import re
import shlex
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from govmedia_screen.cli import VERBS, main

ROOT = Path(__file__).parents[1]
PAGES = [ROOT / "README.md", ROOT / "lexicons/README.md", *sorted((ROOT / "docs").glob("*.md")), *sorted((ROOT / "examples").rglob("*.md"))]
PAGES = [page for page in PAGES if not page.name.endswith("_问题.md")]
BLOCK = re.compile(r"^( *)(?:<!-- file: (\S+) -->\n\1)?```(\w+)\n(.*?)^\1```", re.MULTILINE | re.DOTALL)
#: Command lines that stand in a block of their own, fenced or indented.
COMMAND = re.compile(r"^(?: {4,})?(govmedia-screen [^\n]*)$", re.MULTILINE)
#: What waits for somebody: not run here, only read by its parser; tests of their own drive it.
WAITING = re.compile(r"govmedia-screen (serve|lsp|train|evaluate)|--watch|--reviews")
#: Their argument names what they write, or what must not be there yet.
WRITTEN = {
    "--out",
    "--output",
    "-o",
    "--annotate",
    "--review-sheet",
    "--baseline",
    "--ledger",
    "--log",
    "--anchor",
    "--why",
    "--note",
    "--until",
    "--person",
}
GRAVE = "截止目前，王某某，身份证号610881199003071231。\n"
POST = '{"id": "1", "account": "某区发布", "platform": "微信公众号", "published_at": "2026-08-03", "body": "截止目前，已有百人报名。"}\n'


def blocks(page: Path, *languages: str) -> Iterator[tuple[str | None, str]]:
    """A page's fenced blocks in these languages: the file that one is, and its text."""
    for indent, file, language, text in BLOCK.findall(page.read_text("utf-8")):
        if language in languages:
            yield file or None, "\n".join(line.removeprefix(indent) for line in text.splitlines()) + "\n"


def commands(page: Path) -> list[list[str]]:
    """A page's command lines, without remarks."""
    found = []
    for line in COMMAND.findall(page.read_text("utf-8")):
        words = shlex.split(line.partition(" >> ")[0], comments=True)
        if not any("…" in word or "|" in word for word in words) and words[1:2] != ["命令"]:
            found.append(words[1:])
    return found


def parser_of(words: list[str]) -> argparse.ArgumentParser:
    """The parser of a verb."""
    from govmedia_screen.cli import Parser

    parser = Parser(prog=words[0])
    importlib.import_module(f"govmedia_screen.cli.{words[0]}").add(parser)
    return parser


def stock(folder: Path, page: Path) -> None:
    """The files that a page itself shows, and the ones that its examples take as given."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    for number, name in enumerate(("稿件.txt", "稿件.md", "稿件/一.md", "旧稿/一.txt", "附件/一.txt", "posts/一.txt", "已发稿件.md")):
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(f"第{number + 1}篇。{GRAVE}", "utf-8")
    (folder / "office.toml").write_text('extends = "default"\n', "utf-8")
    for name in ("我的词库", "公开", "归档"):
        (folder / name).mkdir()
    (folder / "归档/八月.jsonl").write_text(POST, "utf-8")
    (folder / "我的词库/accept.txt").write_text("截止目前考古实录\n", "utf-8")
    pq.write_table(pa.table({"id": ["a", "b"], "body": [GRAVE, "今日晴。"]}), folder / "posts.parquet")
    for file, text in blocks(page, "toml", "text", "python"):
        if file:
            (folder / file).parent.mkdir(exist_ok=True)
            (folder / file).write_text(text, "utf-8")


def given(words: list[str], folder: Path) -> None:
    """Make the files that a command line reads and that are not there, by their endings."""
    for before, word in zip(["", *words], words, strict=False):
        path = folder / word
        if before in WRITTEN or word.startswith("-") or any(sign in word for sign in "*=<:") or path.exists() or not path.suffix:
            continue
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.suffix == ".docx":
            docx = pytest.importorskip("docx", reason="needs govmedia_screen[documents]")
            document = docx.Document()
            document.add_paragraph(GRAVE.strip())
            document.save(str(path))
        elif path.suffix == ".xlsx":
            openpyxl = pytest.importorskip("openpyxl", reason="needs govmedia_screen[archive]")
            book = openpyxl.Workbook()
            rows = [
                ("账号名称", "平台", "主办单位", "正文", "发布日期"),
                ("某区发布", "微信公众号", "某区人民政府", GRAVE.strip(), "2026-08-03"),
            ]
            for row in rows:
                book.active.append(row)
            book.save(path)
        elif path.suffix == ".jsonl":
            path.write_text(POST, "utf-8")
        elif path.suffix == ".csv":
            path.write_text("禁用词\n旧旧名称\n老老称呼\n" if "词" in path.name else f"编号,正文\n1,{GRAVE}", "utf-8")
        else:
            path.write_text('extends = "default"\n' if path.suffix == ".toml" else GRAVE, "utf-8")


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder to work in, in a git repository."""
    subprocess.run(["git", "init", "-q", tmp_path], check=True)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("page", [page for page in PAGES if list(blocks(page, "python"))], ids=lambda page: page.stem)
def test_python_runs(page: Path, office: Path) -> None:
    """Sessions give what they show; the other blocks run to their end."""
    stock(office, page)
    failed, tried = doctest.testfile(str(page), module_relative=False, encoding="utf-8")

    assert failed == 0
    for _, code in blocks(page, "python"):
        if ">>>" not in code:
            exec(compile(code, page.name, "exec"), {"__name__": "example"})
            tried += 1
    assert tried


@pytest.mark.parametrize("page", [page for page in PAGES if commands(page)], ids=lambda page: page.stem)
def test_commands_run(page: Path, office: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Every command line is understood; those that wait for nobody end with 0 or 1, in the page's own order."""
    stock(office, page)
    for words in commands(page):
        if WAITING.search("govmedia-screen " + " ".join(words)) or words[0].startswith("-"):
            if words[0] in VERBS:
                parser_of(words).parse_args(words[1:])
            continue
        given(words, office)
        expanded = [name for word in words for name in (sorted(map(str, Path().glob(word))) if "*" in word else [word])]
        if "--key" in words:  # the page says: kept elsewhere
            key = office / words[words.index("--key") + 1]
            key.parent.mkdir(exist_ok=True)
            key.write_bytes(bytes(range(32)))
        if "--anchor" in words:  # the page says: note down what verify printed, and give it next time
            main(words[: words.index("--anchor")])
            printed = re.findall(r"[0-9a-f]{16,}", capsys.readouterr().out)
            expanded[words.index("--anchor") + 1] = printed[-1]
        capsys.readouterr()
        code = main(expanded)
        assert code in {0, 1}, f"{page.name}: {' '.join(words)}: {capsys.readouterr().err}"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_settings_are_read(page: Path) -> None:
    """TOML and JSON that a page shows are TOML and JSON."""
    for _, text in blocks(page, "toml"):
        tomllib.loads(text)
    for _, text in blocks(page, "json"):
        json.loads(text)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_paths_lead_somewhere(page: Path) -> None:
    """Files of this repository that a page names, as a link or as code, are here."""
    text = page.read_text("utf-8")
    made = {"lexicons.md", "regulation.md", "commands.md"}
    for name in re.findall(r"`((?:docs|examples|benchmarks|lexicons|models|src|tests|tools|\.github)/[\w./-]*)`", text):
        assert (ROOT / name).exists() or (page.parent / name).exists(), name
    for name in re.findall(r"\]\(([^):#]+)(?:#[^)]*)?\)", text):
        assert name in made or name.startswith("figures/") or (page.parent / name).exists(), name


def test_command_reference_is_whole() -> None:
    """The page made from the parsers has every verb, action and option."""
    spec = importlib.util.spec_from_file_location("command_page", ROOT / "tools/site/command_page.py")
    assert spec
    assert spec.loader
    tool = importlib.util.module_from_spec(spec)
    sys.modules["command_page"] = tool
    spec.loader.exec_module(tool)
    page, seen = tool.page(), set()

    for name, parser in tool.parsers():
        seen.add(name.partition(" ")[0])
        assert f"govmedia-screen {name} " in page
        for action in parser._actions:
            assert all(option in page for option in action.option_strings)
    assert seen == set(VERBS)
