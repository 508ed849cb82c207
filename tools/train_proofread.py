"""Make ``models/proofread``: counts of official prose, confusion sets, and the trees that judge a change.

Usage: ``python tools/train_proofread.py DATA DECOMPOSITION OUT``

DATA is a folder of ``*.jsonl`` with ``text``, ``title``, ``question`` or ``reply``, and
``typo_pairs.jsonl`` with ``src`` and ``tgt``; DECOMPOSITION is cjk-decomp's table (``字:a(部,件)``). The
pairs are split by their right sentence: one half fits the trees and joins the counts, the
other is only measured. A part of the official sentences is kept out of the counts while the trees are
fitted: half of them are damaged as people do (like sound, like shape, a word for its homophone), half
stand as they are. Needs pypinyin and scikit-learn; what is shipped is numbers.
"""

from __future__ import annotations

import hashlib
import json
import random
import re
import sys
from collections import Counter, defaultdict
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from pypinyin import Style, pinyin
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.linear_model import LogisticRegression

from govmedia_screen.detectors.wording import confusion_files
from govmedia_screen.detectors.wording.confusion_model import ConfusionModel, Sounds, candidates, ngram_features
from govmedia_screen.detectors.wording.ngrams import FOUR_BITS, PAIR_BITS, TRIPLE_BITS, WORD_BITS, WORD_PAIR_BITS, Ngrams, fill, fours
from govmedia_screen.detectors.wording.trees import Trees
from govmedia_screen.detectors.wording.word_context import BEGIN, END, dictionary, key, shown, word_features
from govmedia_screen.matching import fold as folding

MARKS = "，。、；：！？（）《》“”"
HALF_MARKS = dict(zip(",;:!?()", "，；：！？（）", strict=True))
#: Components too common to make two characters alike.
RADICALS = set("亻氵扌口女忄木艹讠纟钅⻊足月日目火土石竹⺮虫⻏阝犭禾米衤礻疒宀穴广尸辶车马鱼鸟⻖⺼王刂力又人心一二十丨丶丿乙亅𠂉亠")
#: Alike in shape though they share no component of the table.
ALIKE = (
    "休体 木本 白自百 目日曰 大人太犬天夫 王工玉主 力办刀 入人八 己已巳 未末 土士 千干于 壬王 午牛 由甲申田 贝见 毛手 失矢 石右 几凡九 鸟乌 名各 免兔 "
    "住往佳 候侯 徒徙 崇祟 哀衰衷 栗粟 既即 气乞 广厂 令今 冶治 代伐 仓仑 斤斥 凤风 买卖实头 军车 甩用 母毋 束柬 冒昌 师帅 史吏 亨享亭 侍待 蜜密 "
    "载栽裁 孤弧狐 廷延 遗遣 组徂 督瞥 珐法 利和 掴国 底府 费贝 松公 篇局 政攻 公分 同向 问间 困团国因 井开 丢去 上土下 平乎 来米 关美 民氏 为力办 "
    "加如 兄只 占古 曲由 币巾市布 云示 丰非 诉拆折 拔拨 供拱洪 躁燥 俊峻竣 撤撒 戎戒 成戌戍戊 爱受 没设 稻滔 滴摘 篮蓝 雪零 宜宣 官宫营管 宝定 完宗 "
    "守字 按案安 夏复 厉历 厚原 压庄 庆厌 席度 店底 健建 运远 近进 抑迎 还环 这过 送关 退追 选造 通遍"
)
OFFICIAL = ("official_prose.jsonl", "work_reports.jsonl", "posts_official.jsonl")
SENTENCE = re.compile(r"(?<=[。！？；!?;\n])")
#: How much a real pair counts beside a damaged sentence.
WEIGHTS = (4.0, 1.0)
#: Of the changes that the trees accept, how many the sieve must let through.
KEPT = 0.97


def half(text: str) -> int:
    """Which half a sentence is in."""
    return hashlib.md5(text.encode()).digest()[0] & 1


def simple(char: str) -> str:
    """The character in its simplified form."""
    return folding.fold(char, folding.Fold.TRADITIONAL)


def texts(data: Path) -> tuple[list[str], list[str]]:
    """Every text of the folder but the pairs, without the official sentences that are kept out; and these."""
    kept, out = [], []
    for path in sorted(data.glob("*.jsonl")):
        if path.name in ("typo_pairs.jsonl", "sms_labelled.jsonl", "cjk_lint_cases.jsonl"):
            continue
        for line in path.open(encoding="utf-8"):
            row = json.loads(line)
            for name in ("text", "reply", "question", "title"):
                if not row.get(name):
                    continue
                if path.name in OFFICIAL or row.get("label") == "official" or name == "reply":
                    pieces = []
                    for sentence in SENTENCE.split(row[name]):
                        aside = hashlib.md5(sentence.encode()).digest()[1] < 56 and 10 <= len(sentence) <= 120
                        (out if aside else pieces).append(sentence)
                    kept.append("\n".join(pieces))
                else:
                    kept.append(row[name])
    return list(dict.fromkeys(kept)), list(dict.fromkeys(out))


def alphabet(corpus: list[str]) -> tuple[NDArray[np.uint16], str]:
    """Code point → number, and the characters by number; 0 is anything else."""
    codes = np.concatenate([np.frombuffer(text.encode("utf-16-le", "replace"), "<u2") for text in corpus])
    counts = np.bincount(codes, minlength=65536)
    table = np.zeros(65536, np.uint16)
    chars = " " + MARKS + "0A"
    for number, char in enumerate(chars):
        table[ord(char)] = number
    table[ord(" ")] = 0
    for narrow, wide in HALF_MARKS.items():
        table[ord(narrow)] = table[ord(wide)]
    for char in "0123456789０１２３４５６７８９%％.":
        table[ord(char)] = chars.index("0")
    for code in range(26):
        table[65 + code] = table[97 + code] = chars.index("A")
    common = [code for code in np.argsort(-counts) if 0x4E00 <= code <= 0x9FFF and counts[code] >= 3][:5800]
    national = [bytes([high, low]).decode("gb2312", "ignore") for high in range(0xB0, 0xF8) for low in range(0xA1, 0xFF)]
    for code in dict.fromkeys([*common, *(ord(char) for char in sorted(national) if char)]):
        table[code] = len(chars)
        chars += chr(code)
    return table, chars


def count(table: NDArray[np.uint16], chars: str, corpus: list[str], words: tuple[Counter[str], Counter[tuple[str, str]]]) -> Ngrams:
    """Counts of one to four characters, of words and of pairs of words."""
    codes = np.frombuffer("\n".join(corpus).encode("utf-16-le", "replace"), "<u2")
    ids = table[codes].astype(np.uint64)
    size = np.uint64(len(chars))
    one = np.bincount(ids.astype(np.intp), minlength=len(chars)).astype(np.uint32)

    def counted(length: int, least: int) -> tuple[NDArray[np.int64], list[NDArray[np.uint32]]]:
        columns = [ids[start : len(ids) - length + 1 + start] for start in range(length)]
        whole = np.logical_and.reduce([column > 0 for column in columns])
        number = columns[0][whole]
        for column in columns[1:]:
            number = number * size + column[whole]
        keys, counts = np.unique(number, return_counts=True)
        keys, counts = keys[counts >= least], counts[counts >= least]
        parts = [(keys // size ** np.uint64(length - 1 - place) % size).astype(np.uint32) for place in range(length)]
        return counts, parts

    tables = []
    for length, least, bits in ((2, 1, PAIR_BITS), (3, 1, TRIPLE_BITS), (4, 2, FOUR_BITS)):
        counts, parts = counted(length, least)
        tables.append(fill(bits, counts, *(fours(*parts) if length == 4 else parts)))
    single = fill(WORD_BITS, np.array([*words[0].values()]), np.array([key(word) for word in words[0]], np.uint32))
    twice = [(left, right, many) for (left, right), many in words[1].items() if many > 1]
    left, right = (np.array([key(pair[side]) for pair in twice], np.uint32) for side in (0, 1))
    return Ngrams(one, *tables, single, fill(WORD_PAIR_BITS, np.array([many for _, _, many in twice]), left, right))


def segment(corpus: list[str]) -> tuple[Counter[str], Counter[tuple[str, str]]]:
    """How often each word occurs, and each pair of words."""
    jieba, _ = dictionary()
    words: Counter[str] = Counter()
    pairs: Counter[tuple[str, str]] = Counter()
    for text in corpus:
        for line in re.split("[^\u4e00-\u9fff0-9]+", text):
            if len(line) > 1:
                found = list(jieba.cut(line, HMM=False))
                words.update(found)
                edged = [BEGIN, *(shown(word, BEGIN) for word in found), END]
                pairs.update(pairwise(edged))
    return words, pairs


def near(syllable: str) -> str:
    """The syllable as one hears it who does not tell z from zh, n from l, n from ng."""
    for long, short in (("zh", "z"), ("ch", "c"), ("sh", "s")):
        if syllable.startswith(long):
            syllable = short + syllable[2:]
    syllable = "l" + syllable[1:] if syllable.startswith("n") else syllable
    return syllable[:-1] if syllable.endswith("ng") else syllable


def syllables(char: str) -> list[str]:
    """A character's syllables with their tones."""
    return list(dict.fromkeys(pinyin(char, style=Style.TONE3, heteronym=True)[0]))


def sounds(chars: str, words: Counter[str]) -> Sounds:
    """Syllables of the characters, and the words of two characters that occur eight times, by sound."""
    begin = chars.index("A") + 1
    numbers: dict[str, int] = {}
    exact, like = (np.zeros((len(chars), 3), np.uint16) for _ in range(2))
    for place in range(begin, len(chars)):
        plain = list(dict.fromkeys(sound.rstrip("12345") for sound in syllables(chars[place])))[:3]
        for column, syllable in enumerate(plain):
            exact[place, column] = numbers.setdefault(syllable, len(numbers) + 1)
        for column, syllable in enumerate(dict.fromkeys(map(near, plain))):
            like[place, column] = numbers.setdefault("~" + syllable, len(numbers) + 1)
    jieba, _ = dictionary()
    number = {char: place for place, char in enumerate(chars)}
    rows = []
    for word, many in words.items():
        if len(word) == 2 and many >= 8 and jieba.FREQ.get(word) and all(number.get(char, 0) >= begin for char in word):
            one, other = number[word[0]], number[word[1]]
            rows += [(int(x) << 16 | int(y), one, other) for x in like[one] if x for y in like[other] if y]
    rows.sort()
    return Sounds(exact, like, np.array([row[0] for row in rows], np.uint32), np.array([row[1:] for row in rows], np.uint16))


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

    groups: tuple[defaultdict[str, set[str]], ...] = (defaultdict(set), defaultdict(set), defaultdict(set), defaultdict(set))
    own = {}
    for char in chars[begin:]:
        toned = set(syllables(char))
        plain = {sound.rstrip("12345") for sound in toned}
        own[char] = (toned, plain, {near(syllable) for syllable in plain}, components(char) | {char})
        for group, names in zip(groups, own[char], strict=True):
            for name in names:
                group[name].add(char)
    shapes: defaultdict[str, str] = defaultdict(str)
    for group_of in ALIKE.split(" "):
        for char in group_of:
            shapes[char] += group_of
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
        for other in shapes[char]:
            found.setdefault(other, 3)
        found.pop(char, None)
        for other, kind in found.items():
            if one[number[other]] >= 20 and simple(other) != simple(char):
                targets.append(number[other])
                kinds.append(kind)
        starts.append(len(targets))
    return np.array(starts, np.uint32), np.array(targets, np.uint16), np.array(kinds, np.uint8)


class Damage:
    """Makes the slips of people in right sentences: one to three, of like sound, like shape, or a word for its homophone."""

    def __init__(self, model: ConfusionModel, seed: int = 5) -> None:
        self.model, self.random = model, random.Random(seed)
        self.number = {char: place for place, char in enumerate(model.chars)}

    def other(self, char: str, kinds: tuple[int, ...]) -> str | None:
        """A character that it is mistaken for."""
        place, model = self.number.get(char, 0), self.model
        span = slice(model.starts[place], model.starts[place + 1])
        choice = [int(target) for target, kind in zip(model.targets[span], model.kinds[span], strict=True) if kind in kinds]
        return model.chars[self.random.choices(choice, [float(model.ngrams.one[one]) ** 0.4 + 1 for one in choice])[0]] if choice else None

    def homophone(self, word: str) -> str | None:
        """A word that sounds like it."""
        sound = self.model.sounds
        one, other = (self.number.get(char, 0) for char in word)
        wanted = int(sound.near[one, 0]) << 16 | int(sound.near[other, 0])
        begin, end = np.searchsorted(sound.keys, [wanted, wanted + 1])
        choice = [(int(a), int(b)) for a, b in sound.words[begin:end] if a != one and b != other]
        return "".join(self.model.chars[place] for place in self.random.choice(choice)) if choice else None

    def __call__(self, sentence: str) -> str:
        """The sentence with one to three slips."""
        result, used, at = list(sentence), set[int](), 0
        words = []
        for word in dictionary()[0].cut(sentence, HMM=False):
            if len(word) == 2:
                words.append((at, word))
            at += len(word)
        for _ in range(self.random.choices((1, 2, 3), (6, 2.5, 1.5))[0]):
            chance = self.random.random()
            if chance < 0.25 and words:
                place, word = self.random.choice(words)
                new = self.homophone(word)
            else:
                place = self.random.randrange(len(sentence))
                new = self.other(sentence[place], (0, 1) if chance < 0.65 else (2,) if chance < 0.73 else (3,))
            if new and used.isdisjoint(range(place, place + len(new))):
                result[place : place + len(new)] = new
                used |= set(range(place, place + len(new)))
        return "".join(result)


Rows = tuple[NDArray[np.float64], NDArray[np.bool_], NDArray[np.intp]]


def rows(model: ConfusionModel, pairs: list[tuple[str, str]]) -> Rows:
    """Features of every candidate of the wrong sentences, whether something is wrong there, and the number of its sentence."""
    matrices, wanted, owners = [], [], []
    for begin in range(0, len(pairs), 100):
        part = pairs[begin : begin + 100]
        text = "".join(wrong for wrong, _ in part)
        starts = tuple(np.cumsum([0, *(len(wrong) for wrong, _ in part)])[:-1].tolist())
        found = candidates(model, text, starts)
        if found is None:
            continue
        proposals = model.proposals(found)
        matrices.append(np.hstack([ngram_features(model, found), word_features(model.ngrams, text, starts, proposals)]))
        for sentence, place, length, _ in proposals:
            wrong, right = part[sentence]
            at = place - starts[sentence]
            wanted.append(len(wrong) == len(right) and wrong[at : at + length] != right[at : at + length])
            owners.append(begin + sentence)
    return np.concatenate(matrices), np.array(wanted), np.array(owners)


def trees_of(fitted: Any) -> Trees:
    """scikit-learn's trees as arrays."""
    nodes = [predictor[0].nodes for predictor in fitted._predictors]  # noqa: SLF001 - scikit-learn has no other way to them
    sizes = np.cumsum([0, *(len(one) for one in nodes)])
    flat = np.concatenate(nodes)
    base = np.repeat(sizes[:-1], [len(one) for one in nodes])
    leaf = flat["is_leaf"].astype(bool)
    own = np.arange(len(flat))
    return Trees(
        roots=sizes[:-1].astype(np.int32),
        feature=np.where(leaf, -1, flat["feature_idx"]).astype(np.int16),
        threshold=np.where(leaf, 0.0, flat["num_threshold"]).astype(np.float64),
        left=np.where(leaf, own, flat["left"] + base).astype(np.int32),
        right=np.where(leaf, own, flat["right"] + base).astype(np.int32),
        value=np.where(leaf, flat["value"], 0.0).astype(np.float64),
        base=float(np.ravel(fitted._baseline_prediction)[0]),  # noqa: SLF001
        depth=int(flat["depth"].max()),
    )


def surest(scores: NDArray[np.float64], owners: NDArray[np.intp], size: int) -> NDArray[np.float64]:
    """Of each sentence the highest score."""
    best = np.full(size, -99.0)
    np.maximum.at(best, owners, scores)
    return best


REFERENCE = (
    "完善检剑检测体系建设。", "各级各部门要高度重是此项工作。", "加强对账号密码的安全管理。", "今天天气很好", "县里召开春耕备耕工作调度会",
    "请各单位认真落识整改措施", "市民可拨打热线咨询办理流程", "推进简政放权、放管结合", "严厉打击电信网络炸骗犯罪", "做好防汛抗旱准被工作", "abc 123", "，。",
    "群众反映的问题要件件有回应", "提高政务服务水平和办事校率", "加快建设高标准农田", "认真组织开展安全生产大检查，及时消除引患",
)  # fmt: skip


def main() -> None:
    """Train, measure, write."""
    data, decomposition, out = map(Path, sys.argv[1:4])
    corpus, aside = texts(data)
    pairs = [(row["src"], row["tgt"], row["domain"]) for row in map(json.loads, (data / "typo_pairs.jsonl").open(encoding="utf-8"))]
    real = [(wrong, right) for wrong, right, _ in pairs if not half(right)]
    test = [(wrong, right, domain) for wrong, right, domain in pairs if half(right)]
    table, chars = alphabet([*corpus, *aside])
    words = segment(corpus)
    ngrams = count(table, chars, corpus, words)
    model = ConfusionModel(table, chars, ngrams, confusions(chars, decomposition, ngrams.one), sounds(chars, words[0]))
    print("counted", len(chars), len(words[0]), len(words[1]), flush=True)
    damage = Damage(model)
    chosen = damage.random.sample(aside, min(8000, len(aside)))
    made = [(sentence if number % 2 else damage(sentence), sentence) for number, sentence in enumerate(chosen)]
    (x1, y1, _), (x2, y2, _) = rows(model, real), rows(model, made)
    weights = np.concatenate([np.full(len(y1), WEIGHTS[0]), np.full(len(y2), WEIGHTS[1])])
    matrix, wanted = np.vstack([x1, x2]), np.concatenate([y1, y2])
    print("rows", x1.shape, x2.shape, flush=True)
    fitted = HistGradientBoostingClassifier(
        max_iter=400, learning_rate=0.04, max_leaf_nodes=15, max_depth=7, min_samples_leaf=60, l2_regularization=1.0, random_state=0
    ).fit(matrix, wanted, sample_weight=weights)
    model.trees = trees_of(fitted)
    narrow = ngram_features(model, candidates(model, "完善检剑检测体系建设。") or sys.exit("no candidate")).shape[1]
    mean, deviation = matrix[:, :narrow].mean(0), matrix[:, :narrow].std(0) + 1e-9
    linear = LogisticRegression(C=0.03, max_iter=4000).fit((x1[:, :narrow] - mean) / deviation, y1)
    slopes = linear.coef_[0] / deviation
    model.sieve = np.append(slopes, linear.intercept_[0] - mean @ slopes)
    more = [*aside, *(right for _, right in real)]
    extra = segment(more)
    words[0].update(extra[0])
    words[1].update(extra[1])
    model.ngrams = count(table, chars, corpus + more, words)
    model.sounds = sounds(chars, words[0])
    tested, _, owners = rows(model, [(wrong, right) for wrong, right, _ in test])
    scores = model.trees.score(tested)
    assert np.allclose(scores[:500], fitted.decision_function(tested[:500])), "the arrays do not score as the trees do"
    sieved = tested[:, :narrow] @ model.sieve[:-1] + model.sieve[-1]
    best = surest(scores, owners, len(test))
    wrong = np.array([one != other for one, other, _ in test])
    domains = np.array([domain for _, _, domain in test])
    right = np.sort(best[~wrong])[::-1]
    curve: dict[str, dict[str, float]] = {}
    for share in (0.002, 0.0035, 0.005, 0.007, 0.01, 0.02):
        limit = float(right[int(len(right) * share)])
        curve[str(share)] = {name: round(float((best[wrong & (domains == name)] > limit).mean()), 4) for name in sorted(set(domains))}
        curve[str(share)]["limit"] = round(limit, 3)
        print(share, curve[str(share)], flush=True)
    model.limit, model.review = curve["0.01"]["limit"], round(float(right[0]) + 0.5, 3)
    model.sieve_limit = round(float(np.quantile(sieved[scores > curve["0.01"]["limit"]], 1 - KEPT)), 3)
    print("sieve", model.sieve_limit, "kept a sentence", float((sieved[~wrong[owners]] > model.sieve_limit).sum() / (~wrong).sum()))
    out.mkdir(parents=True, exist_ok=True)
    reference = [[text, round(model.best(text), 4)] for text in REFERENCE]
    (out / "reference.json").write_text(
        "[\n" + ",\n".join(" " + json.dumps(row, ensure_ascii=False) for row in reference) + "\n]\n", "utf-8"
    )
    confusion_files.save(model, out, {"curve": curve})


if __name__ == "__main__":
    main()
