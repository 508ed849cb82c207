"""Names of persons beside a number: by surname and length, never by themselves."""

from __future__ import annotations

from functools import cache
from importlib import resources

from govmedia_screen.system import lazy

HAN = "㐀-鿿"
#: Two to four Han, or a name with a middle dot (买买提·艾力).
SHAPE = lazy.pattern(rf"[{HAN}]{{2,4}}\Z|[{HAN}]{{2,8}}[·•][{HAN}]{{2,8}}\Z")
LAST_WORD = lazy.pattern(rf"[{HAN}·•]{{1,17}}\Z")
EDGE = " \t\u3000\n\r，,：:；;、（(）)|｜/—-–=“”\"'．."
SEX = ("男", "女")


@cache
def surnames() -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    """The single and the compound surnames, and words that look like names."""
    lines = resources.files("govmedia_screen").joinpath("data/surnames.txt").read_text("utf-8").splitlines()
    return frozenset(lines[1]), frozenset(lines[2].split()), frozenset(lines[3].split())


def is_name(cell: str) -> bool:
    """Whether a whole cell can be the name of a person."""
    if not SHAPE.match(cell):
        return False
    single, compound, words = surnames()
    if cell in words or "某" in cell:
        return False
    if "·" in cell or "•" in cell:
        return True
    return (cell[0] in single and len(cell) <= 3) or (cell[:2] in compound and len(cell) > 2)


def name_before(left: str, words: tuple[str, ...]) -> tuple[int, int] | None:
    """The span of a name that ends the text, or ends it but for a sex and marks.

    Args:
        left: the text before a number, labels already cut off.
        words: role words that may stand before a name without a mark (户主, 学生, …).
    """
    end = len(left.rstrip(EDGE))
    while left[:end].endswith(SEX) and not left[: end - 1].endswith(("某", "子", "妇")) and left[max(0, end - 2) : end - 1] in EDGE:
        end = len(left[: end - 1].rstrip(EDGE))
    match = LAST_WORD.search(left[:end])
    if not match:
        return None
    word = match[0]
    for size in (4, 3, 2):
        cell = word[-size:]
        if len(cell) == size and is_name(cell) and (len(word) == size or word[:-size].endswith(words)):
            return end - size, end
    if ("·" in word or "•" in word) and is_name(word):
        return match.start(), end
    return None
