"""Precision and recall of the proof-reader on sentence pairs, as a table and a picture.

Usage: ``python benchmarks/proofread.py PAIRS.jsonl OUT.png``

PAIRS has ``src``, ``tgt`` and ``domain``; only the half that training did not fit on is measured
(``tools/train_proofread.py`` splits by the right sentence). A sentence is found when the model or a
listed word alarms; right sentences of all domains together set the share of false alarms.
"""

from __future__ import annotations

import hashlib
import json
import sys
import time
from pathlib import Path

import matplotlib as mpl

mpl.use("Agg")
import matplotlib.pyplot as plt
import numpy as np

from govmedia_screen import Screener
from govmedia_screen.detectors.wording.suspect import Model

#: The best published figure for a CPU on legal text: sentence F1 0.38, nine sentences a second.
PUBLISHED_F1 = 0.38


def main() -> None:
    """Measure, print, draw."""
    rows = [json.loads(line) for line in Path(sys.argv[1]).read_text("utf-8").splitlines()]
    rows = [row for row in rows if hashlib.md5(row["tgt"].encode()).digest()[0] & 1]
    model, screener = Model.load(), Screener()
    begin = time.perf_counter()
    scores = np.array([model.best(row["src"]) for row in rows])
    pace = len(rows) / (time.perf_counter() - begin)
    listed = np.array([any(one.rule.startswith("wording.character") for one in screener.screen(row["src"]).findings) for row in rows])
    wrong = np.array([row["src"] != row["tgt"] for row in rows])
    domains = np.array([row["domain"] for row in rows])
    figure, axes = plt.subplots(figsize=(7, 5))
    for name, where in (("official writing", domains == "ec_odw"), ("law", domains == "ec_law"), ("medicine", domains == "ec_med")):
        points = []
        for limit in np.quantile(scores[~wrong], np.linspace(0.9, 0.999, 60)):
            alarm = (scores > limit) | listed
            points.append((alarm[where & wrong].mean(), alarm[~wrong].mean()))
        recall, false = np.array(points).T
        axes.plot(false * 100, recall * 100, label=name)
    alarm = (scores > model.limit) | listed
    for domain in sorted(set(domains)):
        where = domains == domain
        true, claimed = alarm[where & wrong].sum(), alarm[where].sum()
        precision, recall = true / max(claimed, 1), true / (where & wrong).sum()
        print(f"{domain}: recall {recall:.3f} precision {precision:.3f} F1 {2 * precision * recall / (precision + recall):.3f}")
    print(
        f"right sentences alarmed: {alarm[~wrong].mean():.4f} (listed words alone {listed[~wrong].mean():.4f}); {pace:.0f} sentences a second"
    )
    axes.axvline(1, color="grey", linewidth=0.8)
    axes.set(xlabel="right sentences alarmed, all domains, %", ylabel="wrong sentences found, %", xlim=(0, 6), ylim=(0, 100))
    axes.set_title(f"Proof-reader, {pace:.0f} sentences/s (published CPU figure on law: F1 {PUBLISHED_F1}, 9 sentences/s)", fontsize=9)
    axes.legend()
    figure.savefig(sys.argv[2], dpi=120)


if __name__ == "__main__":
    main()
