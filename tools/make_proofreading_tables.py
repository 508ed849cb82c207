"""Make ``data/common.txt``, ``data/alike.txt`` and ``data/short_words.txt``: what comparing with right expressions rests on.

Usage: ``python tools/make_proofreading_tables.py FONT``

FONT is a font with simplified characters (Noto Sans CJK SC, OFL): each character is drawn, and two
characters are alike whose drawings are. The order of characters and the words come from jieba's dictionary (MIT).
"""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

import jieba
import numpy as np
from PIL import Image, ImageDraw, ImageFilter, ImageFont

DATA = Path(__file__).parent.parent / "src/govmedia_screen/data"
#: How many characters, by how often words with them are used; a word is kept from that count in jieba's dictionary.
COMMON, USED = 4500, 10
#: Two drawings correlate at least so; a character has at most so many that look like it.
ALIKE, MOST = 0.8, 8


def dictionary() -> dict[str, int]:
    """Jieba's words of Han characters, with their counts."""
    path = Path(jieba.__file__).parent / "dict.txt"
    words = {}
    for line in path.read_text("utf-8").splitlines():
        word, count, _ = line.split()
        if all("\u4e00" <= char <= "\u9fff" for char in word):
            words[word] = int(count)
    return words


def simplified(char: str) -> bool:
    """Whether GB 2312 has the character."""
    return len(char.encode("gb2312", "ignore")) == 2


def drawings(chars: list[str], font: str) -> np.ndarray:
    """Each character drawn small and blurred, as a vector of length 1."""
    face = ImageFont.truetype(font, 44, index=2)
    rows = []
    for char in chars:
        image = Image.new("L", (48, 48), 0)
        ImageDraw.Draw(image).text((2, -10), char, font=face, fill=255)
        row = np.asarray(image.filter(ImageFilter.GaussianBlur(1.6)).resize((24, 24)), np.float32).ravel()
        row -= row.mean()
        rows.append(row / np.linalg.norm(row))
    return np.array(rows)


def main() -> None:
    """Write the three tables."""
    words = dictionary()
    counts: Counter[str] = Counter()
    for word, count in words.items():
        counts.update(dict.fromkeys(word, count))
    chars = [char for char, _ in counts.most_common() if simplified(char)][:COMMON]
    (DATA / "common.txt").write_text(
        "# The common characters, the most used first: characters of jieba's dictionary (MIT). Made by tools/make_proofreading_tables.py.\n"
        + "".join(chars)
        + "\n",
        "utf-8",
    )
    rows = drawings(chars, sys.argv[1])
    likeness = rows @ rows.T
    np.fill_diagonal(likeness, 0)
    lines = []
    for place, char in enumerate(chars):
        order = np.argsort(-likeness[place])[:MOST]
        near = "".join(chars[other] for other in order if likeness[place, other] >= ALIKE)
        if near:
            lines.append(f"{char} {near}")
    (DATA / "alike.txt").write_text(
        "# A character and those that look like it, the likest first, by drawing them in Noto Sans CJK SC. Made by tools/make_proofreading_tables.py.\n"
        + "\n".join(lines)
        + "\n",
        "utf-8",
    )
    kept = sorted(word for word, count in words.items() if len(word) in (2, 3) and count >= USED and all(map(simplified, word)))
    heads: dict[str, list[str]] = {}
    for word in kept:
        heads.setdefault(word[0], []).append(word[1:])
    (DATA / "short_words.txt").write_text(
        "# Words of two and three characters by their first, from jieba's dictionary (MIT). Made by tools/make_proofreading_tables.py.\n"
        + "\n".join(f"{head} {' '.join(rest)}" for head, rest in heads.items())
        + "\n",
        "utf-8",
    )


if __name__ == "__main__":
    main()
