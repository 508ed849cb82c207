"""Entries: one word or phrase a line, as editors write them, and what an entry can have wrong."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

#: What an entry can have wrong, looked for in a whole block at once; only then is each entry looked at.
HIDDEN = "\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u2064\u2066-\u206f\ue000-\uf8ff\ufeff\ufff9-\ufffb"
SUSPECT = re.compile(
    rf"[{HIDDEN}，、；,;\U000e0000-\U000e007f]|^[ \t\u3000]*[\"“'‘＂]|^[ \t\u3000]*\S[ \t\u3000]*(?:→|$)|→.*→", re.MULTILINE
)
ARROW = re.compile(r"\s*→\s*")
BLANK = " \t\u3000"


def fault(word: str, pairs: bool) -> str | None:
    """Why an entry cannot be meant as it stands, or None.

    Args:
        word: the entry.
        pairs: whether it is a term, maybe with a replacement: ``错 → 对``.
    """
    hidden = next((char for char in word if unicodedata.category(char) in {"Cf", "Cc", "Co"}), None)
    if hidden:
        return f"词条“{word}”里有不可见字符 U+{ord(hidden):04X}，请删去重输"
    left = ARROW.split(word)[0] if pairs else word
    if len(word) >= 2 and word[0] + word[-1] in ('""', "“”", "''", "‘’", "＂＂"):
        return f"词条“{word}”不要加引号，一行一个词即可"
    if pairs and len(ARROW.split(word)) > 2:
        return f"词条“{word}”有不止一个 →"
    if pairs and re.search("[，、；,;]", left) and len(left) < 40:
        return f"“{word}”像是几个词写在一行，请一行一个词"
    if pairs and len(left) < 2:
        return f"词条“{word}”只有一个字，容易误伤，请写完整的词"
    return None


def sound(words: Iterable[tuple[int, str]], where: str, pairs: bool, problems: list[str]) -> list[str]:
    """The words, each with its line, that can be meant; what is wrong with the others goes to ``problems``."""
    kept = []
    for line, word in words:
        if said := fault(word, pairs):
            problems.append(f"{where}:{line}: {said}")
        else:
            kept.append(word)
    return kept


def listed(name: str, content: bytes, problems: list[str], pairs: bool = True) -> list[str]:
    """The words of a file, one a line; ``# `` begins a remark. What is wrong goes to ``problems``."""
    try:
        text = content.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        problems.append(f"{name}:1: 不是 UTF-8 编码（第 {error.start} 字节），请另存为 UTF-8")
        return []
    words = [
        (number, word)
        for number, entry in enumerate(text.split("\n"), 1)
        if (word := entry.strip(BLANK)) and word != "#" and not word.startswith("# ")
    ]
    if not SUSPECT.search("\n".join([word for _, word in words])):
        return [word for _, word in words]
    return sound(words, name, pairs, problems)
