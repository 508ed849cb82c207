"""Make ``data/rare_pairs.txt``: two characters by which a listed expression of four or five characters is noticed.

Usage: ``python tools/make_rare_pairs.py DATA``

DATA is a folder of ``*.jsonl`` with ``text``, ``title``, ``question``, ``reply`` or ``tgt``; it is counted, nothing of it is kept. A pair
at the beginning or end of an expression is rare if it stands at most ``MOST`` times in it outside the expressions.
To be run again when many expressions are added; an expression whose pairs are not listed is noticed by its likeliest wrong forms.
"""

from __future__ import annotations

import itertools
import json
import sys
from collections import Counter, defaultdict
from pathlib import Path

ROOT = Path(__file__).parent.parent
MOST = 20
NUMERALS = frozenset("一二三四五六七八九十百千万亿零两〇壹贰叁肆伍陆柒捌玖拾")


def main() -> None:
    """Count the pairs and write those that are rare."""
    expressions = {
        line.split()[0]
        for path in (ROOT / "lexicons/wording/words").glob("fixed-*.txt")
        for line in path.read_text("utf-8").splitlines()
        if line and not line.startswith("#")
    }
    expressions = {one for one in expressions if len(one) in (4, 5)}
    ends: dict[str, set[str]] = defaultdict(set)
    for one in expressions:
        ends[one[:2]].add(one)
        ends[one[-2:]].add(one)
    pairs: Counter[str] = Counter()
    wholes: Counter[str] = Counter()
    for path in sorted(Path(sys.argv[1]).glob("*.jsonl")):
        for line in path.open(encoding="utf-8"):
            row = json.loads(line)
            for text in (row[key] for key in ("title", "text", "question", "reply", "tgt") if row.get(key)):
                pairs.update(pair for pair in map("".join, itertools.pairwise(text)) if pair in ends)
                for size in (4, 5):
                    wholes.update(whole for place in range(len(text) - size + 1) if (whole := text[place : place + size]) in expressions)
    rare = sorted(
        pair
        for pair, owners in ends.items()
        if pairs[pair] - sum(wholes[one] for one in owners) <= MOST and NUMERALS.isdisjoint(pair) and pair[0] != pair[1]
    )
    rows = [" ".join(rare[begin : begin + 40]) for begin in range(0, len(rare), 40)]
    head = "# Two characters side by side that begin or end a listed expression and hardly stand elsewhere. Made by tools/make_rare_pairs.py.\n"
    (ROOT / "src/govmedia_screen/data/rare_pairs.txt").write_text(head + "\n".join(rows) + "\n", "utf-8")


if __name__ == "__main__":
    main()
