"""What a statistical doubt must not touch: names, titles and quotations, numerals, terms, traditional characters.

Asked only of the few characters that the model doubts, so that jieba is loaded when the first of them is seen.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from govmedia_screen.system.cache import private
from govmedia_screen.system.lazy import pattern

NUMERALS = frozenset("〇零一二三四五六七八九十百千万亿两几0123456789０１２３４５６７８９.．%％")
#: Opening marks of what is quoted or named, with their closing ones; a longer quotation is ordinary text.
QUOTES = {"《": "》", "“": "”", "‘": "’", "「": "」", "『": "』", "〈": "〉"}
LONGEST_QUOTE = 20
TITLE = (
    "书记|主任|局长|县长|市长|省长|镇长|乡长|区长|村长|处长|科长|队长|院长|校长|所长|站长|部长|厅长|行长|会长|团长|组长|委员|代表|先生|女士|同志"
    "|记者|教授|医生|护士|老师|民警|村民|居民|市民|职工|战士|法官|检察官|律师|通讯员|作者|编辑|摄影|供稿|撰文|经理|董事长|总裁|研究员|院士|主席|总理"
)
BEFORE = pattern(rf"(?:{TITLE}|[：、/]|名叫|叫做|姓名)\s?\Z")
AFTER = pattern(rf"\s?(?:{TITLE}|说|表示|介绍|告诉|[（(/、]|等人)")
REACH = 12


@cache
def tagger() -> Any:
    """The tagger of jieba, loaded when first asked."""
    import logging

    import jieba
    import jieba.posseg

    jieba.setLogLevel(logging.ERROR)
    jieba.posseg.dt.tokenizer.tmp_dir = str(private("jieba"))
    return jieba.posseg.dt


def is_protected(raw: str, place: int, folded: str) -> bool:
    """Whether the character at ``place`` is left alone whatever the model says.

    Args:
        raw: the text.
        place: where the doubtful character stands.
        folded: the text with traditional characters folded, of the same length.
    """
    char = raw[place]
    if folded[place] != char:
        return True
    if char in NUMERALS and not NUMERALS.isdisjoint(raw[place - 1 : place] + raw[place + 1 : place + 2]):
        return True
    if is_named(raw, place):
        return True
    around = raw[max(0, place - 1) : place + 2]
    if len(around) == 3 and raw.count(around) > 1:  # used twice: a term or a name
        return True
    return is_term(raw, place)


def is_named(raw: str, place: int) -> bool:
    """Whether it stands in a title or in a short quotation."""
    for opening, closing in QUOTES.items():
        start = raw.rfind(opening, max(0, place - LONGEST_QUOTE), place)
        if start >= 0:
            end = raw.find(closing, start, start + LONGEST_QUOTE + 2)
            if end > place:
                return True
    return False


def is_term(raw: str, place: int) -> bool:
    """Whether it belongs to a longer word of the dictionary, or to a name beside a title."""
    start = max(0, place - REACH)
    jieba = tagger()
    for word, tag in jieba.cut(raw[start : place + REACH]):
        end = start + len(word)
        if start <= place < end:
            if len(word) >= 3 and jieba.word_tag_tab.get(word):
                return True
            return tag.startswith("nr") and 2 <= len(word) <= 4 and bool(BEFORE.search(raw, 0, start) or AFTER.match(raw, end))
        start = end
    return False
