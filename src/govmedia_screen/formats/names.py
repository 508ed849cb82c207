"""Names of persons beside a number: by surname and length, never by themselves."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from importlib import resources

from govmedia_screen.formats.resident_id import regions
from govmedia_screen.matching.variants import sounds
from govmedia_screen.system import lazy

HAN = "㐀-鿿"
#: Two to four Han, or a name with a middle dot (买买提·艾力).
SHAPE = lazy.pattern(rf"[{HAN}]{{2,4}}\Z|[{HAN}]{{2,8}}[·•][{HAN}]{{2,8}}\Z")
LAST_WORD = lazy.pattern(rf"[{HAN}·•]{{1,17}}\Z")
EDGE = " \t\u3000\n\r，,：:；;、（(）)|｜/—-–=“”\"'．."
MARKS = re.escape(EDGE)
SEX = ("男", "女")
#: What a person is called by who is not named in full.
TITLES = "主任|科长|书记|局长|所长|站长|队长|老师|经理|先生|女士|同志|师傅|医生|警官|干事|会计|秘书|专员|律师|村长|支书|组长|院长|校长|部长|处长|股长|镇长|乡长"
TITLED_AFTER = lazy.pattern(rf"[ ]?[（(]?(?:联系人[:：]?)?([{HAN}]{{1,3}}(?:{TITLES})|[小老阿][{HAN}]|[{HAN}]{{2,4}})[）)，,；;。\n]")
TITLED_BEFORE = lazy.pattern(
    rf"(?<![{HAN}])(?:[{HAN}]{{0,6}}?(?:联系人|经办人|负责人|联系|找))?([{HAN}]{{1,3}}(?:{TITLES})|[小老阿][{HAN}])[{MARKS}]*\Z"
)
TITLE_END = lazy.pattern(rf"(?:{TITLES})\Z")
CITIZEN = lazy.pattern(
    rf"(?:^|[{MARKS}]|市民|群众|网友|居民|村民|业主|网民|家长|读者|顾客)([{HAN}](?:师傅|女士|先生|大爷|大妈|阿姨|奶奶|爷爷|婆婆|大姐|大哥|老汉|老伯|同学))"
)
NICKNAME = lazy.pattern(r"(?:联系|经办人|联系人|负责人|找)([小老阿][㐀-鿿])(?=[，,、（(:：\s])")
#: Where mail of persons is kept, and last syllables of offices' names.
MAILBOXES = (
    "qq.com",
    "foxmail.com",
    "163.com",
    "126.com",
    "139.com",
    "189.cn",
    "sina.com",
    "sohu.com",
    "yeah.net",
    "gmail.com",
    "hotmail.com",
    "outlook.com",
    "live.com",
    "icloud.com",
    "aliyun.com",
)
OFFICES = frozenset(
    ("ju", "ban", "ke", "wei", "bu", "zhan", "suo", "yuan", "xiao", "zhen", "xiang", "zhongxin", "fabu", "xinfang", "dangan", "jiaoyu")
)


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


def is_titled(word: str) -> bool:
    """Whether a word is a surname with a title (李主任, 徐师傅), a nickname (小王), or a name."""
    single, compound, _ = surnames()
    if word[0] in "小老阿" and len(word) == 2:
        return word[1] in single
    return (
        is_name(word)
        if re.fullmatch(rf"[{HAN}]{{2,4}}", word) and not TITLE_END.search(word)
        else word[0] in single or word[:2] in compound
    )


@cache
def spoken_surnames() -> frozenset[str]:
    """The syllables that surnames are read by."""
    characters = sounds().characters
    return frozenset(characters[char] for char in surnames()[0] if char in characters)


def is_personal_address(address: str) -> bool:
    """Whether an e-mail address is a person's by its own make: digits (a QQ or mobile number), or a surname and a given name in pinyin."""
    name, _, domain = address.partition("@")
    if domain not in MAILBOXES:
        return False
    if name.isdecimal():
        return (domain == "qq.com" and 5 <= len(name) <= 11 and name not in regions()) or (len(name) == 11 and name[0] == "1")
    bare = name.rstrip("0123456789").replace(".", "").replace("_", "").replace("-", "")
    return bare.isalpha() and any(
        read[0] in spoken_surnames() and read[-1] not in OFFICES and "".join(read[-2:]) not in OFFICES for read in readings(bare, 3)
    )


def readings(letters: str, most: int) -> Iterator[list[str]]:
    """The ways to read letters as two to ``most`` syllables of pinyin."""
    syllables = frozenset(sounds().characters.values())
    if not letters:
        return
    for size in range(min(6, len(letters)), 0, -1):
        head, rest = letters[:size], letters[size:]
        if head in syllables:
            if rest in syllables and len(rest) > 1:
                yield [head, rest]
            if most > 2:
                yield from ([head, *more] for more in readings(rest, most - 1))
