"""Replies: ``python benchmarks/replies.py FOLDER [--record]``, on real pairs of question and reply.

FOLDER holds ``questions_replies.jsonl`` (title, question, reply). Told are the share of replies with a finding at
REVIEW, by rule; the share of pairs that are called unrelated, of true ones and of those whose replies were dealt out anew
(three times, none left its own); and what the five weights of ``relevance.py`` give when they are fitted, and the limit is set,
on one half of the pairs and used on the other.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import json
import random
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression

from govmedia_screen import Level, Post, Screener
from govmedia_screen.detectors.reply.relevance import Relevance
from govmedia_screen.matching.fold import folded

RECORD = Path(__file__).parent / "record"
SEEDS = (7, 11, 13)
Pair = tuple[str, str]


def dealt(pairs: Sequence[Pair], seed: int) -> list[Pair]:
    """Each question with another question's reply."""
    order = list(range(len(pairs)))
    random.Random(seed).shuffle(order)
    after = dict(zip(order, [*order[1:], order[0]], strict=True))
    return [(question, pairs[after[place]][1]) for place, (question, _) in enumerate(pairs)]


def called(screener: Screener, pairs: Sequence[Pair]) -> tuple[float, float, Counter[str]]:
    """Shares called unrelated at any level and at REVIEW; rules at REVIEW, with ``replies`` for any of them."""
    any_level = at_review = 0
    rules: Counter[str] = Counter()
    for report in screener.screen_many(Post(reply, kind="reply", question=question) for question, reply in pairs):
        levels = [one.level for one in report.findings if one.rule == "reply.unrelated"]
        any_level += bool(levels)
        at_review += any(level >= Level.REVIEW for level in levels)
        found = {one.rule for one in report.findings if one.level >= Level.REVIEW}
        rules.update(found)
        rules["replies"] += bool(found)
    return any_level / len(pairs), at_review / len(pairs), rules


def crossed(relevance: Relevance, pairs: Sequence[Pair], least: float) -> tuple[float, float]:
    """Shares of dealt and of true pairs below the limit, each half judged by weights and limit of the other."""
    half = [hashlib.md5(question.encode(), usedforsecurity=False).digest()[0] & 1 for question, _ in pairs]
    wrong = dealt(pairs, SEEDS[0])
    below: dict[bool, list[bool]] = {True: [], False: []}
    for fold in (0, 1):
        known = [place for place, one in enumerate(half) if one == fold]
        rows = np.array([relevance.features(*source[place]) for source in (pairs, wrong) for place in known])
        truth = np.repeat([1, 0], len(known))
        model = LogisticRegression(C=10, max_iter=5000, class_weight="balanced").fit(rows, truth)
        limit = np.quantile(model.decision_function(rows[truth == 1]), least)
        other = [place for place, one in enumerate(half) if one != fold]
        for is_true, source in ((True, pairs), (False, wrong)):
            scores = model.decision_function(np.array([relevance.features(*source[place]) for place in other]))
            below[is_true] += [bool(score < limit) for score in scores]
    return float(np.mean(below[False])), float(np.mean(below[True]))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--record", action="store_true", help="write benchmarks/record/replies.csv")
    args = parser.parse_args()
    lines = (args.folder / "questions_replies.jsonl").read_text("utf-8").split("\n")
    told = [json.loads(line) for line in lines if line]
    pairs = [(one["question"], one["reply"]) for one in told]
    screener = Screener()
    rows: list[tuple[str, float]] = []
    true, sure, rules = called(screener, pairs)
    rows.append((f"{len(pairs)} replies with a finding at REVIEW", rules.pop("replies") / len(pairs)))
    rows += [(f"of them {rule}", count / len(pairs)) for rule, count in rules.most_common() if rule.startswith("reply.")]
    rows += [("true pairs called unrelated", true), ("true pairs called unrelated at REVIEW", sure)]
    for seed in SEEDS:
        true, sure, _ = called(screener, dealt(pairs, seed))
        rows += [(f"dealt pairs ({seed}) called unrelated", true), (f"dealt pairs ({seed}) called unrelated at REVIEW", sure)]
    both = [(folded(question), folded(reply)) for question, reply in pairs]
    wrong, right = crossed(Relevance(screener.lexicon), both, 0.035)
    rows += [("halves, by the other's weights: dealt below the limit", wrong), ("halves: true below the limit", right)]
    for name, share in rows:
        print(f"{name:<60}{100 * share:7.2f} %")
    if args.record:
        RECORD.mkdir(exist_ok=True)
        with (RECORD / "replies.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(("what", "share"))
            writer.writerows((name, round(share, 4)) for name, share in rows)


if __name__ == "__main__":
    main()
