"""Quality on real text: ``python benchmarks/quality.py FOLDER [--record] [--show FAMILY]``.

FOLDER holds the data as gathered: official posts, prose, work reports, replies, hard negatives, labelled messages.
Printed are, for each corpus, the share of posts that are blocked, sent to review and noted, by family; and
for labelled corpora what is found. ``--show`` prints every finding of a family with its text, to be read.
"""

from __future__ import annotations

import argparse
import csv
import json
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from govmedia_screen import Level, Post, Screener

RECORD = Path(__file__).parent / "record"
OFFICIAL = ("posts_official", "official_prose", "work_reports", "hard_negatives", "questions_replies")
LABELLED = ("sms_labelled", "rumours", "classifier_train", "classifier_extra")


def posts(path: Path) -> Iterator[tuple[Post, str]]:
    """The file's posts with their group (label and domain)."""
    for line in path.read_text("utf-8").split("\n"):
        if not line:
            continue
        one = json.loads(line)
        if "question" in one:
            answer = one.get("reply") or one.get("answer") or ""
            yield Post(answer, kind="reply", question=one["question"]), "reply"
        else:
            yield Post(one["text"]), f"{one.get('label', '')}/{one.get('domain', '')}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--show", help="print every finding of this family (or of all: '.')")
    parser.add_argument("--least", default="note", help="with --show: only findings of this level and above")
    parser.add_argument("--only", help="only files whose name begins so")
    parser.add_argument("--record", action="store_true", help="write benchmarks/record/quality.csv and quality.svg")
    args = parser.parse_args()
    screener = Screener()
    rows: list[dict[str, object]] = []
    names = [name for name in (*OFFICIAL, *LABELLED) if not args.only or name.startswith(args.only)]
    for name in names:
        path = args.folder / f"{name}.jsonl"
        if not path.is_file():
            print(f"{path}: not here", file=sys.stderr)
            continue
        pairs = list(posts(path))
        groups: dict[str, Counter[str]] = {}
        families: Counter[tuple[str, str]] = Counter()
        for (post, group), report in zip(pairs, screener.screen_many(post for post, _ in pairs), strict=True):
            group = name if name in OFFICIAL else f"{name}: {group}"
            count = groups.setdefault(group, Counter())
            count["posts"] += 1
            count["characters"] += len(post.body)
            count[str(report.decision)] += 1
            count["notes"] += sum(one.level == Level.NOTE for one in report.findings)
            count["raised"] += bool(report.at_least(Level.REVIEW))
            families.update((one.family, str(one.level)) for one in report.findings)
            for one in report.findings:
                if args.show and (args.show == "." or one.family == args.show) and one.level >= Level.of(args.least):
                    left, right = max(0, one.start - 30), one.end + 30
                    print(f"{one.level} {one.rule} ⟦{one.text[:80]}⟧ {post.part(one.part)[left:right]!r} {one.evidence}")
        for group, count in groups.items():
            total = count["posts"]
            rows.append(
                {
                    "corpus": group,
                    "posts": total,
                    "block": count["block"],
                    "review": count["review"],
                    "raised_share": round(count["raised"] / total, 4),
                    "notes_per_post": round(count["notes"] / total, 3),
                }
            )
            print(
                f"{group:<60}{total:>6} posts  block {count['block']:>4} ({count['block'] / total:.3%})  review {count['review']:>5} ({count['review'] / total:.2%})  notes/post {count['notes'] / total:.2f}"
            )
        print("    " + ", ".join(f"{family} {level} {number}" for (family, level), number in families.most_common(14)))
    if args.record and rows:
        record(rows)


def record(rows: list[dict[str, object]]) -> None:
    """Write the table and a picture of the raised shares."""
    import matplotlib as mpl

    mpl.use("svg")
    import matplotlib.pyplot as plt

    with (RECORD / "quality.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0].keys())
        writer.writeheader()
        writer.writerows(rows)
    figure, axes = plt.subplots(figsize=(9, 0.3 * len(rows) + 1))
    axes.barh([str(one["corpus"]) for one in rows], [float(str(one["raised_share"])) for one in rows])
    axes.set_xlabel("share of posts with a finding of REVIEW or above")
    axes.invert_yaxis()
    figure.tight_layout()
    figure.savefig(RECORD / "quality.svg", metadata={"Date": None})


if __name__ == "__main__":
    main()
