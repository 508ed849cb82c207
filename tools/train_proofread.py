"""Make ``models/proofread``: counts of official prose, confusion sets, and the weights that judge a change.

Usage: ``python tools/train_proofread.py DATA DECOMPOSITION OUT``

DATA is a folder of ``*.jsonl`` with ``text``, ``title``, ``question`` or ``reply``, and
``typo_pairs.jsonl`` with ``src`` and ``tgt``; DECOMPOSITION is cjk-decomp's table (``字:a(部,件)``). The
pairs are split by their right sentence: one half fits the weights and joins the counts, the
other is only measured. Needs pypinyin and scikit-learn; what is shipped is numbers.
"""

from __future__ import annotations

import hashlib
import json
import re
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from pypinyin import Style, pinyin
from sklearn.linear_model import LogisticRegression

from govmedia_screen.detectors.wording.confusion_model import KINDS, Model, candidates, crossed, features
from govmedia_screen.detectors.wording.ngrams import PAIR_BITS, TRIPLE_BITS, Ngrams, fill
from govmedia_screen.matching import fold as folding

MARKS = "，。、；：！？（）《》“”"
HALF_MARKS = dict(zip(",;:!?()", "，；：！？（）", strict=True))
#: Components too common to make two characters alike.
RADICALS = set("亻氵扌口女忄木艹讠纟钅⻊足月日目火土石竹⺮虫⻏阝犭禾米衤礻疒宀穴广尸辶车马鱼鸟⻖⺼王刂力又人心一二十丨丶丿乙亅𠂉亠")


def fold(text: str) -> int:
    """Which half a sentence is in."""
    return hashlib.md5(text.encode()).digest()[0] & 1


def simple(char: str) -> str:
    """The character in its simplified form."""
    return folding.fold(char, folding.Fold.TRADITIONAL)


def texts(data: Path) -> Iterator[str]:
    """Every text of the folder but the pairs."""
    for path in sorted(data.glob("*.jsonl")):
        if path.name in ("typo_pairs.jsonl", "sms_labelled.jsonl", "cjk_lint_cases.jsonl"):
            continue
        for line in path.open(encoding="utf-8"):
            row = json.loads(line)
            yield from (row[key] for key in ("text", "reply", "question", "title") if row.get(key))


def alphabet(corpus: list[str]) -> tuple[NDArray[np.uint16], str]:
    """Code point → number, and the characters by number; 0 is anything else."""
    codes = np.concatenate([np.frombuffer(text.encode("utf-16-le", "replace"), "<u2") for text in corpus])
    counts = np.bincount(codes, minlength=65536)
    table = np.zeros(65536, np.uint16)
    chars = " " + MARKS + "0A"
    for number, char in enumerate(chars):
        table[ord(char)] = number
    table[ord(" ")] = 0
    for half, full in HALF_MARKS.items():
        table[ord(half)] = table[ord(full)]
    for char in "0123456789０１２３４５６７８９%％.":
        table[ord(char)] = chars.index("0")
    for code in range(26):
        table[65 + code] = table[97 + code] = chars.index("A")
    han = [code for code in np.argsort(-counts) if 0x4E00 <= code <= 0x9FFF and counts[code] >= 3][:5800]
    for code in han:
        table[code] = len(chars)
        chars += chr(code)
    return table, chars


def count(table: NDArray[np.uint16], chars: str, corpus: list[str]) -> Ngrams:
    """Counts of one, two and three characters."""
    codes = np.frombuffer("\n".join(corpus).encode("utf-16-le", "replace"), "<u2")
    ids = table[codes].astype(np.uint32)
    one = np.bincount(ids, minlength=len(chars)).astype(np.uint32)
    first, second, third = ids[:-2], ids[1:-1], ids[2:]
    size = np.uint64(len(chars))
    pairs, pair_counts = np.unique((ids[:-1].astype(np.uint64) * size + ids[1:])[(ids[:-1] > 0) & (ids[1:] > 0)], return_counts=True)
    whole = (first > 0) & (second > 0) & (third > 0)
    threes, three_counts = np.unique(((first.astype(np.uint64) * size + second) * size + third)[whole], return_counts=True)
    two = fill(PAIR_BITS, pair_counts, (pairs // size).astype(np.uint32), (pairs % size).astype(np.uint32))
    parts = [part.astype(np.uint32) for part in (threes // size // size, threes // size % size, threes % size)]
    three = fill(TRIPLE_BITS, three_counts, *parts)
    return Ngrams(one, two, three)


def confusions(
    chars: str, decomposition: Path, one: NDArray[np.uint32]
) -> tuple[NDArray[np.uint32], NDArray[np.uint16], NDArray[np.uint8]]:
    """For each character those it is mistaken for: same sound, same syllable, near sound, like shape."""
    begin = chars.index("A") + 1
    parts: dict[str, list[str]] = {}
    for line in decomposition.open(encoding="utf-8"):
        if match := re.match(r"(.+?):[^(]*\(([^)]*)\)", line.strip()):
            parts[match[1]] = [part for part in match[2].split(",") if part]

    def components(char: str) -> set[str]:
        found: set[str] = set()
        for part in parts.get(char, ()):
            found |= {inner for inner in parts.get(part, ()) if not inner.isdigit()} if part.isdigit() else {part}
        return found - RADICALS

    def near(syllable: str) -> str:
        for long, short in (("zh", "z"), ("ch", "c"), ("sh", "s")):
            if syllable.startswith(long):
                syllable = short + syllable[2:]
        syllable = "l" + syllable[1:] if syllable.startswith("n") else syllable
        return syllable[:-1] if syllable.endswith("ng") else syllable

    sounds = {char: set(pinyin(char, style=Style.TONE3, heteronym=True)[0]) for char in chars[begin:]}
    groups: tuple[defaultdict[str, set[str]], ...] = (defaultdict(set), defaultdict(set), defaultdict(set), defaultdict(set))
    own = {}
    for char in chars[begin:]:
        syllables = {sound.rstrip("12345") for sound in sounds[char]}
        own[char] = (sounds[char], syllables, {near(syllable) for syllable in syllables}, components(char) | {char})
        for group, names in zip(groups, own[char], strict=True):
            for name in names:
                group[name].add(char)
    number = {char: place for place, char in enumerate(chars)}
    starts, targets, kinds = [0], [], []
    for char in chars:
        found: dict[str, int] = {}
        for kind, (group, names) in enumerate(zip(groups, own.get(char, ((),) * 4), strict=True)):
            for name in names:
                if kind < 3 or len(group[name]) < 60:
                    for other in group[name]:
                        found.setdefault(other, kind)
                        if kind == 3 and found[other] == 2:
                            found[other] = 1
        found.pop(char, None)
        for other, kind in found.items():
            if one[number[other]] >= 20 and simple(other) != simple(char):
                targets.append(number[other])
                kinds.append(kind)
        starts.append(len(targets))
    return np.array(starts, np.uint32), np.array(targets, np.uint16), np.array(kinds, np.uint8)


def fit(model: Model, pairs: list[tuple[str, str]]) -> tuple[NDArray[np.float64], float, NDArray[np.float64], NDArray[np.float64]]:
    """Weights, bias, means and deviations over the candidates of the pairs."""
    rows, wanted = [], []
    for wrong, right in pairs:
        found = candidates(model, wrong)
        if found is None:
            continue
        rows.append(features(found))
        wanted += [wrong[place] != right[place] if len(wrong) == len(right) else False for place in found.places.tolist()]
    matrix = np.concatenate(rows)
    mean, deviation = matrix.mean(0), matrix.std(0) + 1e-9
    fitted = LogisticRegression(C=0.03, max_iter=4000).fit(crossed((matrix - mean) / deviation), np.array(wanted))
    return fitted.coef_[0], float(fitted.intercept_[0]), mean, deviation


def main() -> None:
    """Train, measure, write."""
    data, decomposition, out = map(Path, sys.argv[1:4])
    corpus = list(dict.fromkeys(texts(data)))
    pairs = [(row["src"], row["tgt"], row["domain"]) for row in map(json.loads, (data / "typo_pairs.jsonl").open(encoding="utf-8"))]
    table, chars = alphabet(corpus)
    plain = count(table, chars, corpus)
    model = Model(table, chars, plain, *confusions(chars, decomposition, plain.one))
    dev = [(wrong, right) for wrong, right, _ in pairs if not fold(right)]
    weights, bias, mean, deviation = fit(model, dev)
    model.ngrams = count(table, chars, corpus + [right for _, right in dev])
    model.judge(weights, bias, mean, deviation)
    scores = [(domain, wrong != right, model.best(wrong)) for wrong, right, domain in pairs if fold(right)]
    right = sorted((score for _, wrong, score in scores if not wrong), reverse=True)
    curve = {}
    for share in (0.002, 0.0045, 0.01, 0.02, 0.05):
        limit = right[int(len(right) * share)]
        curve[share] = {
            domain: round(float(np.mean([score > limit for name, wrong, score in scores if wrong and name == domain])), 4)
            for domain in sorted({name for name, _, _ in scores})
        }
        curve[share]["limit"] = round(float(limit), 3)
        print(share, curve[share])
    model.save(out, curve[0.0045]["limit"], round(right[0] + 0.5, 3), KINDS, {"curve": curve})


if __name__ == "__main__":
    main()
