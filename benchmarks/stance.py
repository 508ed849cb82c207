"""The stance classifier on corpora it never saw, against the usual pipeline: ``python benchmarks/stance.py FOLDER [--record]``.

FOLDER holds labelled corpora as ``*.jsonl`` files: one object a line with ``text``, ``label`` (official, commercial or
opinion) and ``domain``, the name of its corpus; a corpus has 100 texts or more. Each corpus in turn is kept out of training
and judged by what the others and ``models/data`` teach: by our way (hashed characters and pairs) and by jieba words,
TF-IDF and logistic regression, with the same texts and the same weights.

``accuracy``: the share put in the right one of three classes at even odds. ``at_limits``: the same at the shipped thresholds,
each corpus calibrated on the others' odds. ``raised_commercial``, ``raised_opinion``: the share at or above those thresholds.
``f1``: each corpus counting the same. Of the last rows, ``recall_at``: the mean recall over corpora where the corpora named
by ``--quiet`` (by default all official ones) have on average 1 % or 2 % of their texts raised by each head.
``microseconds``: one text of 500 characters, from text to both scores.
"""

from __future__ import annotations

import argparse
import csv
import sys
import timeit
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from govmedia_screen.classifier.model import LABELS, Model
from govmedia_screen.training.data import CLASSES, Example, read
from govmedia_screen.training.leave_one_corpus_out import Learner, Ours, Usual, calibrated, leave_one_out, mean_accuracy

RECORD = Path(__file__).parent / "record"
DATA = Path(__file__).parent.parent / "models" / "data"
LONG = 500
Table = list[dict[str, object]]


def examples_of(folder: Path, most: int) -> tuple[list[Example], list[str]]:
    """The corpora's examples followed by our own, and the corpora's names."""
    found: dict[tuple[str, str], list[Example]] = {}
    for example in read(sorted(folder.glob("*.jsonl"))):
        found.setdefault((example.domain, example.label), []).append(example)
    corpora = [example for some in found.values() for example in some[:most]]
    own = read(path for path in sorted(DATA.glob("*.jsonl")) if not path.stem.startswith("held-out"))
    return [*corpora, *(Example(one.text, one.label, f"own-{one.domain}") for one in own)], sorted({domain for domain, _ in found})


def judged(name: str, learner: Learner, examples: Sequence[Example], corpora: Sequence[str], quiet: Sequence[str]) -> Table:
    """The rows of one way of learning."""
    rows, odds = leave_one_out(examples, learner, corpora, lambda corpus: print(f"{name}: {corpus}", file=sys.stderr))
    limits = Model.load().thresholds
    chances = calibrated(odds, examples)
    over = chances >= [limits[label] for label in LABELS]
    said = np.where(over.any(axis=1), np.where(over, odds, -np.inf).argmax(axis=1) + 1, 0)
    even = np.where(odds.max(axis=1) < 0, 0, odds.argmax(axis=1) + 1)
    domains = np.array([example.domain for example in examples])
    labels = np.array([CLASSES.index(example.label) for example in examples])
    table: Table = []
    for row in rows:
        mine = (domains == row.name) & (labels == CLASSES.index(row.label))
        table.append(
            {
                "way": name,
                "label": row.label,
                "corpus": row.name,
                "texts": row.count,
                "accuracy": round(row.accuracy, 3),
                "at_limits": round(float((said[mine] == CLASSES.index(row.label)).mean()), 3),
                **{f"raised_{label}": round(float(over[mine, head].mean()), 3) for head, label in enumerate(LABELS)},
            }
        )
    columns = ("accuracy", "at_limits", *(f"raised_{label}" for label in LABELS))
    for label in CLASSES:
        some = [row for row in table if row["label"] == label]
        means = {column: round(float(np.mean([float(str(row[column])) for row in some])), 3) for column in columns}
        table.append({"way": name, "label": label, "corpus": "mean", "texts": sum(int(str(row["texts"])) for row in some), **means})
    whole = [row for row in table if row["corpus"] == "mean"]
    at_limits = round(float(np.mean([float(str(row["at_limits"])) for row in whole])), 3)
    known = ~np.isnan(odds[:, 0])
    weight = np.zeros(len(examples))
    for row in rows:
        mine = (domains == row.name) & (labels == CLASSES.index(row.label))
        weight[mine] = 1 / row.count / sum(other.label == row.label for other in rows)
    total = {"way": name, "label": "all", "corpus": "mean", "texts": int(known.sum()), "accuracy": round(mean_accuracy(rows), 3)}
    table.append({**total, "at_limits": at_limits, "f1": round(f1(labels[known], even[known], weight[known]), 3)})
    quiet = quiet or [row.name for row in rows if row.label == CLASSES[0]]
    for share in (0.01, 0.02):
        recalls = {}
        for head, label in enumerate(LABELS):
            cut = np.mean([np.quantile(odds[(domains == one) & (labels == 0), head], 1 - share) for one in quiet])
            found = [(odds[(domains == row.name) & (labels == head + 1), head] > cut).mean() for row in rows if row.label == label]
            recalls[f"raised_{label}"] = round(float(np.mean(found)), 3)
        table.append({"way": name, "label": "all", "corpus": f"recall_at {share:.0%} of {'+'.join(quiet)}"[:60], **recalls})
    return table


def f1(labels: NDArray[np.int64], said: NDArray[np.int64], weight: NDArray[np.float64]) -> float:
    """Mean F1 over the classes, texts weighed."""
    scores = []
    for label in range(len(CLASSES)):
        right = weight[(labels == label) & (said == label)].sum()
        scores.append(2 * right / (weight[labels == label].sum() + weight[said == label].sum()))
    return float(np.mean(scores))


def cost(text: str, examples: Sequence[Example]) -> dict[str, float]:
    """Microseconds for one text, from text to both scores, by either way."""
    import jieba

    usual, model = Usual(examples), Model.load()
    vectorizer, heads = usual.taught(np.ones(len(examples), dtype=bool))

    def the_usual() -> None:
        row = vectorizer.transform([jieba.lcut(text)])
        for head in heads:
            head.decision_function(row)

    def best(number: int, action: object) -> float:
        return min(timeit.repeat(action, number=number, repeat=7)) / number * 1e6  # type: ignore[arg-type]

    return {"ours": best(500, lambda: model.classify(text)), "usual": best(20, the_usual), "jieba.lcut": best(20, lambda: jieba.lcut(text))}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--most", type=int, default=500, help="texts of each corpus and class that are used")
    parser.add_argument("--quiet", nargs="*", default=[], help="the official corpora that set the thresholds of recall_at")
    parser.add_argument("--record", action="store_true", help="write benchmarks/record/stance.csv and stance.svg")
    args = parser.parse_args()
    examples, corpora = examples_of(args.folder, args.most)
    text = "".join(example.text for example in examples if example.label == CLASSES[0] and len(example.text) < LONG)
    times = cost(text.replace("\n", "")[:LONG], examples[:: max(1, len(examples) // 4000)])
    table = judged("ours", Ours(examples), examples, corpora, args.quiet)
    table += judged("usual", Usual(examples), examples, corpora, args.quiet)
    table += [{"way": way, "label": "all", "corpus": "cost", "microseconds": round(spent, 1)} for way, spent in times.items()]
    columns = list(dict.fromkeys(key for row in table for key in row))
    for row in table:
        print("  ".join(f"{row.get(column, '')!s:<{30 if column == 'corpus' else 10}}" for column in columns))
    if args.record:
        record(table, columns)


def record(table: Table, columns: Sequence[str]) -> None:
    """Write the table and a picture of both ways' accuracy."""
    import matplotlib as mpl

    mpl.use("svg")
    import matplotlib.pyplot as plt

    with (RECORD / "stance.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns)
        writer.writeheader()
        writer.writerows(table)
    figure, axes = plt.subplots(figsize=(8, 8))
    for way, place in (("ours", -0.2), ("usual", 0.2)):
        rows = [row for row in table if row["way"] == way and "accuracy" in row]
        names = [f"{row['label']}: {row['corpus']}" for row in rows]
        axes.barh(np.arange(len(rows)) + place, [float(str(row["accuracy"])) for row in rows], 0.4, label=way)
        axes.set_yticks(range(len(rows)), names)
    axes.set_xlabel("accuracy on the corpus kept out of training")
    axes.axvline(0.75, color="grey", linewidth=0.8)
    axes.invert_yaxis()
    axes.legend()
    figure.tight_layout()
    figure.savefig(RECORD / "stance.svg", metadata={"Date": None})


if __name__ == "__main__":
    main()
