"""The words that CONTEXT.md rules out are not names of modules, classes, functions, arguments or values."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[1]
#: Ruled-out words that name another thing in our code, and which.
OTHER_THINGS = {
    "document": "a file that was read",
    "message": "what an editor is told of a finding",
    "item": "one of a list, or of the regulation's veto items",
    "section": "of a Word file",
    "field": "of a record or a dataclass",
    "scan": "an archive's",
    "match": "of a regular expression",
    "check": "what a verb does to files and lexicons",
    "policy": "report/policy.py: from findings to a decision; a page's Content-Security-Policy",
    "category": "a column of other systems' files",
    "type": "of content, in files and answers",
    "verdict": "of a number's checksum, and of the classifier",
    "status": "of git and of HTTP",
    "stage": "of a long piece of work, on its progress bar",
    "source": "来源, of a repost; the files of an archive",
    "trigger": "what sets a detector to work",
    "dictionary": "jieba's",
    "keyword": "the detector of listed terms",
    "pattern": "a regular expression",
    "config": "a model's file",
    "settings": "a profile's options",
    "log": "of the program, and the logarithm",
    "token": "of a text or a page",
}


def ruled_out() -> set[str]:
    """The words in the last column of CONTEXT.md."""
    rows = [line.split("|")[1:-1] for line in (ROOT / "CONTEXT.md").read_text("utf-8").splitlines() if line.startswith("| ")]
    return {word for row in rows[1:] for word in re.findall(r"[a-z]+", re.sub(r"\(.*?\)", "", row[3]))} - {"stop", "word", "trail"}


def names() -> Iterator[tuple[str, str]]:
    """Every name that our code gives, and where."""
    for path in sorted((ROOT / "src/govmedia_screen").rglob("*.py")):
        yield path.stem, path.name
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
                yield node.name, f"{path.name}:{node.lineno}"
            elif isinstance(node, ast.arg):
                yield node.arg, f"{path.name}:{node.lineno}"
            elif isinstance(node, (ast.Name, ast.Attribute)) and isinstance(node.ctx, ast.Store):
                yield node.id if isinstance(node, ast.Name) else node.attr, f"{path.name}:{node.lineno}"


def words(name: str) -> set[str]:
    """The words of a name, in the singular too."""
    found = {word.lower() for word in re.findall(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])", name)}
    return found | {word.removesuffix("s") for word in found}


def test_words_that_are_ruled_out_name_nothing() -> None:
    forbidden = ruled_out() - OTHER_THINGS.keys()

    assert {"violation", "alert", "severity", "whitelist", "normalise", "sentiment"} <= forbidden
    assert [f"{where} {name}" for name, where in names() if words(name) & forbidden] == []


def test_what_is_excepted_is_ruled_out_and_in_use() -> None:
    """No exception outlives its reason."""
    used = {word for name, _ in names() for word in words(name)}

    assert OTHER_THINGS.keys() - ruled_out() == set()
    assert OTHER_THINGS.keys() - used == set()
