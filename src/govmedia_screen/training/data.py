"""Labelled examples: JSONL files, read strictly.

Each line is an object with ``text``, ``label`` and, if it has them, ``domain`` (where it comes
from: an account, a trade, a campaign) and ``kind`` (what sort of text it is; it is only
reported). ``domain`` matters: examples of one domain are kept
together when the model is judged, and no domain outweighs the others by its size alone.
Reviewers' feedback has the same form, so a file of it can be given beside other files.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from govmedia_screen.errors import InputError

OFFICIAL, COMMERCIAL, OPINION = CLASSES = ("official", "commercial", "opinion")
#: Words that other people's files use for the same three classes.
ALIASES = {"personal_opinion": OPINION, "clean": OFFICIAL, "政务": OFFICIAL, "商业": COMMERCIAL, "个人观点": OPINION, "观点": OPINION}
MOST_PROBLEMS = 20
SHORTEST = 4


@dataclass(frozen=True, slots=True)
class Example:
    """One labelled text."""

    text: str
    label: str
    domain: str = ""
    kind: str = ""


def read(paths: Iterable[str | Path]) -> list[Example]:
    """All examples of the files, in order, each text once.

    Raises:
        InputError: a file cannot be read or holds lines that cannot be used; the message names
            each of them (the first twenty).
    """
    problems: list[str] = []
    seen: dict[str, tuple[str, str]] = {}
    examples: list[Example] = []
    for path in map(Path, paths):
        for place, line in lines(path):
            try:
                example = parse(line)
            except ValueError as error:
                problems.append(f"{place}: {error}")
                continue
            before = seen.setdefault(example.text, (example.label, place))
            if before[1] == place:
                examples.append(example)
            elif before[0] != example.label:
                problems.append(f"{place}: 同一文字在 {before[1]} 标为 {before[0]}，这里标为 {example.label}")
    if problems:
        more = [f"……共 {len(problems)} 处"] if len(problems) > MOST_PROBLEMS else []
        raise InputError("\n".join(["标注数据有问题，请改好再训练：", *problems[:MOST_PROBLEMS], *more]))
    if not examples:
        raise InputError("标注数据是空的")
    return examples


def lines(path: Path) -> Iterator[tuple[str, str]]:
    """``file:line`` and content of each line that is not blank."""
    try:
        content = path.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{path}: 读不出来，须是 UTF-8 编码的 JSONL 文件：{error}") from error
    for number, line in enumerate(content.split("\n"), 1):
        if line.strip():
            yield f"{path}:{number}", line


def parse(line: str) -> Example:
    """The example of one line; ValueError says in Chinese what is wrong with it."""
    try:
        record = json.loads(line)
    except ValueError as error:
        raise ValueError(f"不是一行完整的 JSON：{error}") from error
    if not isinstance(record, dict):
        raise ValueError('一行应是一个对象，如 {"text": "……", "label": "official"}')
    text, label = record.get("text"), record.get("label")
    if not isinstance(text, str) or len(text.strip()) < SHORTEST:
        raise ValueError(f"text 应是至少 {SHORTEST} 个字的文字")
    label = ALIASES.get(label, label) if isinstance(label, str) else label
    if label not in CLASSES:
        raise ValueError(f"label 是 {label!r}，应是 official、commercial、opinion 之一")
    domain, kind = record.get("domain", ""), record.get("kind", "")
    if not isinstance(domain, str) or not isinstance(kind, str):
        raise ValueError("domain 和 kind 应是文字")
    return Example(text, label, domain, kind)
