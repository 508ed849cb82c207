"""Precision and recall of the proof-reader on sentence pairs, as a table and a picture.

Usage: ``python benchmarks/proofread.py PAIRS.jsonl OUT.png``; what is printed is kept beside the picture, in ``OUT.txt``.

PAIRS has ``src``, ``tgt`` and ``domain``; only the half that training did not fit on is measured
(``tools/train_proofread.py`` splits by the right sentence). A sentence is found when the model, names and titles
protected, or a listed word alarms; right sentences of all domains together set the share of false alarms. That half
is split once more by sentence: the limit that allows 1 % of false alarms is chosen on one part and judged on the other,
and the other way round; beside them stands the limit that ships.
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
from numpy.typing import NDArray

from govmedia_screen import Screener
from govmedia_screen.detectors.wording import confusion_files
from govmedia_screen.detectors.wording.confusion_model import ConfusionModel, candidates
from govmedia_screen.detectors.wording.doubts import sentences
from govmedia_screen.detectors.wording.exclusions import is_protected
from govmedia_screen.matching.text import one
from govmedia_screen.profile import Profile

#: The best published figure for a CPU on legal text: sentence F1 0.38, nine sentences a second.
PUBLISHED_F1 = 0.38
#: Below this a change is never told, so that it need not be looked up whether it is protected.
FLOOR = 0.5


#: The share of right sentences that may alarm.
ALLOWED = 0.01


def bits(row: dict[str, str]) -> int:
    """What the right sentence is split by."""
    return hashlib.md5(row["tgt"].encode()).digest()[0]


def surest(model: ConfusionModel, text: str) -> float:
    """The surest change of a sentence that is not protected; a low number if there is none."""
    starts = sentences(text)
    found = candidates(model, text, starts)
    if found is None:
        return -99.0
    found, scores = model.scores(text, starts, found)
    folded = one(text).folded
    proposals = model.proposals(found)
    for number in np.argsort(-scores).tolist():
        _, place, length, _ = proposals[number]
        if scores[number] < FLOOR or not any(is_protected(text, spot, folded) for spot in range(place, place + length)):
            return float(scores[number])
    return -99.0


def main() -> None:
    """Measure, print, draw."""
    lines: list[str] = []

    def say(line: str) -> None:
        lines.append(line)
        print(line)

    rows = [json.loads(line) for line in Path(sys.argv[1]).read_text("utf-8").splitlines()]
    rows = [row for row in rows if bits(row) & 1]
    model, screener = confusion_files.load(), Screener(profile=Profile(settings={"proofread": False}))
    surest(model, "完善检剑检测体系建设。")
    begin = time.perf_counter()
    scores = np.array([surest(model, row["src"]) for row in rows])
    pace = len(rows) / (time.perf_counter() - begin)
    listed = np.array(
        [
            any(finding.rule.startswith(("wording.character", "wording.slip")) for finding in screener.screen(row["src"]).findings)
            for row in rows
        ]
    )
    wrong = np.array([row["src"] != row["tgt"] for row in rows])
    part = np.array([bits(row) >> 1 & 1 for row in rows])
    domains = np.array([row["domain"] for row in rows])
    official = domains == "ec_odw"
    for chosen, judged in ((0, 1), (1, 0)):
        limit = lowest(scores, listed, ~wrong & (part == chosen))
        alarm = (scores > limit) | listed
        for name, where in (("chosen", part == chosen), ("held out", part == judged)):
            found, false = alarm[official & wrong & where], alarm[~wrong & where]
            say(
                f"limit {limit:.3f} of part {chosen}, {name:<8}: official writing found {found.mean():.3f} of {found.size}, "
                f"right ones alarmed {false.mean():.4f} of {false.size}"
            )
    figure, axes = plt.subplots(figsize=(7, 5))
    for name, where in (("official writing", official), ("law", domains == "ec_law"), ("medicine", domains == "ec_med")):
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
        say(f"{domain}: recall {recall:.3f} precision {precision:.3f} F1 {2 * precision * recall / (precision + recall):.3f}")
        if domain == "ec_law":
            law = 2 * precision * recall / (precision + recall)
    say(
        f"shipped limit {model.limit}: official writing, right sentences alarmed {alarm[~wrong & official].mean():.4f} of {(~wrong & official).sum()}"
    )
    say(f"shipped limit {model.limit}: right sentences alarmed {alarm[~wrong].mean():.4f} (listed words alone {listed[~wrong].mean():.4f})")
    say(f"{pace:.0f} sentences a second")
    axes.axvline(1, color="grey", linewidth=0.8)
    least = PUBLISHED_F1 / (2 - PUBLISHED_F1) * 100  # the recall of that F1 if nothing were alarmed wrongly
    axes.axhline(least, color="tab:orange", linewidth=0.8, linestyle=":")
    axes.annotate(
        f"law, published CPU figure: F1 {PUBLISHED_F1} (if nothing is alarmed wrongly)",
        (5.95, least + 1),
        ha="right",
        fontsize=8,
        color="tab:orange",
    )
    axes.set(xlabel="right sentences alarmed, all domains, %", ylabel="wrong sentences found, %", xlim=(0, 6), ylim=(0, 100))
    axes.set_title(
        f"Proof-reader, one core: law F1 {law:.2f}, {pace:.0f} sentences/s\n(best published CPU figure on law: F1 {PUBLISHED_F1}, 9 sentences/s)",
        fontsize=9,
    )
    axes.legend()
    figure.savefig(sys.argv[2], dpi=120)
    Path(sys.argv[2]).with_suffix(".txt").write_text("\n".join(lines) + "\n", "utf-8")


def lowest(scores: NDArray[np.float64], listed: NDArray[np.bool_], right: NDArray[np.bool_]) -> float:
    """The lowest limit at which no more than the allowed share of right sentences alarms, listed words counted."""
    for limit in np.sort(scores[right & ~listed]):
        if ((scores[right] > limit) | listed[right]).mean() <= ALLOWED:
            return float(limit)
    return 99.0


if __name__ == "__main__":
    main()
