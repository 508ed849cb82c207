"""What context buys: ``python benchmarks/accuracy.py FOLDER [--cases DIR] [--record]``.

The listed terms of the families that read for crime, fraud, abuse and promotion are looked for in real text,
once by the library and once as most filters do it: pyahocorasick over plain ``str``, a text is struck if it
contains a term. Same terms, same run. FOLDER holds the corpora as gathered (see ``quality.py``); promotions and
fraud among the labelled messages are what should be struck, official posts, prose and replies are what should
not. ``--cases`` adds the project's own case files: disguised terms, and innocent sentences that contain one.
Those were written along with the lexicon, so they show what is covered, not what the world holds.

A text is struck by the library if it has a finding of REVIEW or above; notes are counted beside.
"""

from __future__ import annotations

import argparse
import csv
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import ahocorasick
from quality import OFFICIAL, posts

from govmedia_screen import Level, Post, Screener

RECORD = Path(__file__).parent / "record"
SECURITY = ("national-security", "public-security", "economic-security", "stability", "unlawful")
FAMILIES = (*SECURITY, "commercial")
MARK = re.compile(r"⟦(.+?)\|([\w.-]+)(?:\|\w+)?⟧", re.DOTALL)
ESCAPE = re.compile(r"\\(n|t|r|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8})")
COLUMNS = ("material", "wanted", "texts", "engine", "struck", "share", "notes")
#: What an engine says of a text: whether it strikes it, and whether it has something to note.
Engine = Callable[[list[Post]], Iterator[tuple[bool, bool]]]


@dataclass(frozen=True)
class Material:
    """Texts that should all be struck, or none of them."""

    name: str
    wanted: bool
    posts: list[Post]


def plain(screener: Screener) -> Engine:
    """The peer: any listed term anywhere."""
    automaton: Any = ahocorasick.Automaton()
    for rule in screener.rules:
        if rule.id.split(".")[0] in FAMILIES:
            for term, _ in rule.terms:
                automaton.add_word(term, term)
    automaton.make_automaton()

    def strike(texts: list[Post]) -> Iterator[tuple[bool, bool]]:
        for post in texts:
            yield next(automaton.iter(post.title + "\n" + post.body), None) is not None, False

    return strike


def library(screener: Screener) -> Engine:
    """The library: a finding of REVIEW or above in one of the families."""

    def strike(texts: list[Post]) -> Iterator[tuple[bool, bool]]:
        for report in screener.screen_many(texts):
            levels = [one.level for one in report.findings if one.family in FAMILIES]
            yield any(level >= Level.REVIEW for level in levels), bool(levels)

    return strike


def corpora(folder: Path) -> Iterator[Material]:
    """The labelled messages and the official corpora that are there."""
    messages = folder / "sms_labelled.jsonl"
    if messages.is_file():
        pairs = list(posts(messages))
        for label, wanted in (("commercial", True), ("chat", False)):
            yield Material(
                f"messages: {'promotion and fraud' if wanted else 'chat'}",
                wanted,
                [post for post, group in pairs if group.startswith(label)],
            )
    for name in OFFICIAL:
        if (folder / f"{name}.jsonl").is_file():
            yield Material(f"official: {name}", False, [post for post, _ in posts(folder / f"{name}.jsonl")])


def cases(folder: Path) -> Iterator[Material]:
    """The case files: lines with a mark of these families' that is hidden, lines without any."""
    hidden: list[Post] = []
    innocent: list[Post] = []
    for path in sorted(folder.glob("*.txt")):
        if path.stem.split("-")[0] not in ("traps", "variants", "commercial", "unlawful", "national", "public", "economic", "stability"):
            continue
        for line in path.read_text("utf-8").splitlines():
            if not line.strip() or line.startswith("#") or path.name.endswith(".missed.txt"):
                continue
            text = ESCAPE.sub(lambda match: {"n": "\n", "t": "\t", "r": "\r"}.get(match[1]) or chr(int(match[1][1:], 16)), line)
            marks = [match for match in MARK.finditer(text) if match[2].split(".")[0] in FAMILIES]
            if marks and ("disguise" in path.stem or path.stem == "variants"):
                hidden.append(Post(MARK.sub(r"\1", text)))
            elif not marks and ("innocent" in path.stem or path.stem.startswith("traps")):
                innocent.append(Post(MARK.sub(r"\1", text)))
    yield Material("cases: disguised terms", True, hidden)
    yield Material("cases: innocent sentences", False, innocent)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--cases", type=Path, help="folder of case files, such as tests/cases")
    parser.add_argument("--record", action="store_true", help="write benchmarks/record/accuracy.csv")
    args = parser.parse_args()
    screener = Screener()
    engines = {
        "terms and classifier": library(screener),
        "terms with context": library(screener.without_model()),
        "plain terms (pyahocorasick)": plain(screener),
    }
    materials = [*corpora(args.folder), *(cases(args.cases) if args.cases else ())]
    rows: list[dict[str, object]] = []
    struck: dict[tuple[str, str], int] = {}

    def row(material: str, wanted: object, texts: int, engine: str, number: int, notes: object) -> None:
        rows.append(dict(zip(COLUMNS, (material, wanted, texts, engine, number, round(number / max(1, texts), 5), notes), strict=True)))
        print(
            f"{material:<34} {wanted!s:<7}{texts:>6} texts  {engine:<28}{number:>6} struck  {number / max(1, texts):>8.3%}  notes {notes}"
        )

    for material in materials:
        for engine, strike in engines.items():
            verdicts = list(strike(material.posts))
            number = sum(is_struck for is_struck, _ in verdicts)
            struck[material.name, engine] = number
            row(
                material.name, material.wanted, len(verdicts), engine, number, sum(noted and not is_struck for is_struck, noted in verdicts)
            )
    right = [material for material in materials if material.wanted and material.name.startswith("messages")]
    for name, beginning in (("official text", "official"), ("chat", "messages")):
        others = [material for material in materials if not material.wanted and material.name.startswith(beginning)]
        for engine in engines:
            wrong = sum(struck[one.name, engine] for one in others)
            row(f"false hits in {name}", False, sum(len(one.posts) for one in others), engine, wrong, "")
            found = sum(struck[one.name, engine] for one in right)
            row(f"precision against {name}", True, found + wrong, engine, found, "")
    if args.record:
        RECORD.mkdir(exist_ok=True)
        with (RECORD / "accuracy.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, COLUMNS)
            writer.writeheader()
            writer.writerows(rows)


if __name__ == "__main__":
    main()
