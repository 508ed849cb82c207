"""Posts that need more than a body: replies with their questions, reposts with their originals.

``tests/data/replies.tsv`` and ``reposts.tsv`` have on each line the rules that must fire (``-`` for
none) and the post, written as the examples in the lexicons are.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from screeners import SCREENER
from govmedia_screen.lexicon_tools.examples import as_post

DATA = Path(__file__).parent / "data"


def cases(name: str) -> list[object]:
    """The lines of one file as parameters."""
    lines = enumerate((DATA / name).read_text("utf-8").splitlines(), 1)
    return [pytest.param(*line.split("\t"), id=f"{name}:{number}") for number, line in lines if line and not line.startswith("#")]


@pytest.mark.parametrize(("wanted", "example"), [*cases("replies.tsv"), *cases("reposts.tsv")])
def test_post(wanted: str, example: str) -> None:
    """The post gives the rules of its line, no more and no less, each at a place of its own text."""
    post = as_post(example.replace("\\n", "\n"))
    findings = [one for one in SCREENER.screen(post).findings if one.family in ("reply", "source")]

    assert {one.rule for one in findings} == (set() if wanted == "-" else set(wanted.split(",")))
    for one in findings:
        assert post.part(one.part)[one.start : one.end] == one.text
