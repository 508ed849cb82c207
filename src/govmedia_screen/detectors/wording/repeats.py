"""What stands twice: a mark, a character (发展展), a word at the end of a line and at the beginning of the next.

Words that stand twice side by side (进行进行) are a list, ``lexicons/wording/character-repeat.toml``. A character stands twice rightly where
one word ends with it and the next begins with it (财政政策), and in 一项项, 方方面面, 常常.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from functools import cache

from govmedia_screen.matching.variants import lines
from govmedia_screen.system.lazy import pattern

#: Marks that are never doubled, exactly twice (three full stops are a manner of ellipsis), and
#: characters that stand twice where no word wants it (目的的、落实实施、毕业生生活 do).
TWICE = {
    **{mark: pattern(rf"(?<!{mark}){mark}{mark}(?!{mark})") for mark in "，。；：《"},
    "的": pattern(r"(?<=[\u4e00-\u9fff])(?<![目标端真有众似打中])的的(?![的确士哥姐卡黎])"),
    "了": pattern(r"(?<=[\u4e00-\u9fff])(?<![不没未受为除完知])(?<![不受来舍免]得)了了(?![了解结断无却然之事])"),
    "实": pattern(r"落实实(?![施验际质地体物事行证践现惠心情在用力业])"),
    "生": pattern(r"毕业生生(?![产活源涯态育命日存长病前])"),
    "孙": pattern(r"(?<!子)子孙孙"),
}
#: A word that stands on both sides of a line end has so many characters; the line before it at least so many.
WORDS, SHORTEST_LINE = (4, 3, 2), 5


@cache
def neighbours() -> dict[str, tuple[str, str]]:
    """A character that hardly ever stands twice → what follows it where it does, what precedes it."""
    table = {}
    for line in lines("twice.txt"):
        char, after, *before = line.split(" ")
        table[char] = after, before[0] if before else ""
    return table


def repeated_character(raw: str, place: int) -> tuple[int, int] | None:
    """Where a mark or character stands twice that should not, given that it does at ``place``; with what decides it before it."""
    char = raw[place]
    if twice := TWICE.get(char):
        match = twice.search(raw, max(0, place - 4), place + 4)
        return match.span() if match else None
    if not "\u4e00" <= char <= "\u9fff" or not (beside := neighbours().get(char)):
        return None
    before, after = raw[max(0, place - 2) : place], raw[place + 2 : place + 4]
    if not before or not "\u4e00" <= before[-1] <= "\u9fff" or before[-1] in ("一", char) or after[:1] == char:
        return None
    if (before[:1] == before[-1] and len(before) == 2) or (len(after) == 2 and after[0] == after[1]):  # 方方面面
        return None
    return None if (after[:1] in beside[0] and after) or before[-1] in beside[1] else (place, place + 2)


def across_lines(raw: str, words: Collection[str]) -> Iterator[tuple[int, int]]:
    """Where one of the words, which end no title, ends a line and begins the next once more."""
    end, begin = raw.find("\n"), 0
    while end > 0:
        if end - begin >= SHORTEST_LINE:
            for size in WORDS:
                word = raw[end - size : end]
                if word in words and raw.startswith(word, end + 1):
                    yield end - size, end + 1 + size
                    break
        begin = end + 1
        end = raw.find("\n", begin)
