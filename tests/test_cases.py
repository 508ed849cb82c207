"""Every line of ``tests/cases/*.txt``, and every example in the lexicons.

A case shows its own answer: ``阅后⟦请勿外传|secrecy.internal⟧`` must give exactly that finding at
exactly that place, and a line without brackets must give none. ``# family: a b`` limits a file to
families, ``# without: rule`` leaves a rule out; a third field checks the level; ``\\n``, ``\\t``, ``\\uXXXX`` and ``\\UXXXXXXXX`` are decoded.
A file ``*.missed.txt`` holds lines that should pass one day: they are strict xfails.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from screeners import SCREENER
from govmedia_screen.lexicon_tools.examples import slip
from govmedia_screen.lexicon.rule import Rule

MARKED = re.compile(r"⟦(.+?)\|([\w.-]+)(?:\|(\w+))?⟧", re.DOTALL)
ESCAPE = re.compile(r"\\(n|t|r|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8})")
HEAD = re.compile(r"#\s*(family|without):\s*(.+)")


def decode(line: str) -> str:
    """The line with its escapes decoded."""
    plain = {"n": "\n", "t": "\t", "r": "\r"}
    return ESCAPE.sub(lambda match: plain.get(match[1]) or chr(int(match[1][1:], 16)), line)


def cases() -> list[object]:
    """All case lines as parameters."""
    result = []
    for path in sorted(Path(__file__).parent.glob("cases/*.txt")):
        heads: dict[str, frozenset[str]] = {"family": frozenset(), "without": frozenset()}
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
            if head := HEAD.match(line):
                heads[head[1]] = frozenset(head[2].split())
            if line.strip() and not line.startswith("#"):
                marks = [pytest.mark.xfail(strict=True)] if path.name.endswith(".missed.txt") else []
                result.append(pytest.param(decode(line), heads, id=f"{path.stem}:{number}", marks=marks))
    return result


@pytest.mark.parametrize(("line", "heads"), cases())
def test_case(line: str, heads: dict[str, frozenset[str]]) -> None:
    """The findings of a case are those that it shows, no more and no less."""
    levels = [match[3] for match in MARKED.finditer(line)]
    wanted = MARKED.sub(r"⟦\1|\2⟧", line)
    bare = marked = MARKED.sub(r"\1", line)
    families, without = heads["family"], heads["without"]
    findings = [one for one in SCREENER.screen(bare).findings if (not families or one.family in families) and one.rule not in without]
    for finding in sorted(findings, key=lambda one: (-one.start, -one.end)):
        start, end = finding.start, finding.end
        marked = f"{marked[:start]}⟦{bare[start:end]}|{finding.rule}⟧{marked[end:]}"

    assert marked == wanted
    for level, finding in zip(levels, findings, strict=True):
        assert level is None or str(finding.level) == level, finding


@pytest.mark.parametrize("rule", SCREENER.rules, ids=lambda rule: rule.id)
def test_rule_examples(rule: Rule) -> None:
    """A rule's own examples behave: ``hit`` fires it, ``miss`` does not."""
    assert rule.hit
    assert rule.miss
    assert not [told for text in rule.hit if (told := slip(SCREENER, rule, text, hit=True))]
    assert not [told for text in rule.miss if (told := slip(SCREENER, rule, text, hit=False))]
