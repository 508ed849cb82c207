"""No pattern goes back and forth: each is fed what makes bad ones do so, at 10,000, 100,000 and 1,000,000 characters."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator
from importlib import import_module
from typing import Any

import pytest

from hang import ends

from govmedia_screen import Screener
from govmedia_screen.system import lazy
from govmedia_screen.formats.numbers import PATTERNS

PIECES = (
    "1", "1 ", "12-", "1\n", "0", "０", "13812345679", "138 1234 ", "1381234\n5679", "6226 ", "622618 1638", "a@", "a@b.", "a.b-", "A1", "Z", "-", ".", "..",
    "110101199003074477", "1 1 0 1 0 1", "1.", "192.168.", "(0912)", "0912-", "京A1234", "x=", "eyJ", "eyJa.", "sk-a", "a:b@", "a://b:c@", "http://a?", "http://a?b&",
    "password=", "token ", "api_key: ", "-----BEGIN PRIVATE KEY-----", "jdbc:a://", "姓名：", "张三 ", "王小明，", "三", "一三八", "〇", "密", "密 级：", "机 密 ★", "★", "*",
    "秘密\n", "\n", " \t", "　", "份号：1", "特 急\n", "密发〔2023〕", "〔", "3号楼", "3-", "3单元", "人民路3号", "北纬38°", "38.12345", "1990年3月", "张三，13岁", "军字第1", "。", "，", "（",
)  # fmt: skip
#: Searched for in sentences of bounded length only; ``test_sentences`` tests them through the screener.
IN_SENTENCES = ("conduct.phrases", "secrecy.phrases")
MODULES = (
    "formats.keys", "report.masks", "formats.names", "formats.rows", "formats.runs", "formats.dispatch", "formats.numbers",
    "detectors.secrecy.detector", "detectors.secrecy.phrases", "detectors.credential", "detectors.collection", "detectors.conduct.detector", "detectors.conduct.phrases",
    "detectors.keywords", "detectors.privacy.labelled", "detectors.privacy.lists", "detectors.privacy.numbers", "detectors.privacy.phrases",
)  # fmt: skip
SENTENCES = (
    "市长明天路线", "领导路线明天", "公司报价1万元", "标底为1", "明天考试题目", "试题：考前", "检查组明天提前", "首长行程", "开标前报价", "请填写密码", "评论区留言电话", "请各单位务必转发", "关注后方可", "下载率排名",
)  # fmt: skip


def within(value: Any) -> Iterator[Any]:
    """The patterns in a module's value: itself, or those of a tuple or dict."""
    if isinstance(value, (re.Pattern, lazy.Pattern)):
        yield value
    elif isinstance(value, dict):
        for one in value.values():
            yield from within(one)
    elif isinstance(value, (tuple, list)):
        for one in value:
            yield from within(one)


def patterns() -> Iterator[tuple[str, Any]]:
    """Every pattern of the number, secrecy, credential, collection and conduct detectors, with a name for it."""
    seen: set[int] = set()
    for module in MODULES:
        for name, value in vars(import_module(f"govmedia_screen.{module}")).items():
            for place, one in enumerate(within(value)):
                if id(one) not in seen:
                    seen.add(id(one))
                    yield f"{module}.{name}.{place}", one
    for place, one in enumerate(PATTERNS):
        yield f"table.{place}.{one.name}", one.regex


def block(size: int) -> str:
    """A text of that size in which every piece is repeated for an equal share."""
    share = size // len(PIECES)
    return "".join((piece * (share // len(piece) + 1))[:share] for piece in PIECES)


TEXTS = {size: block(size) for size in (10_000, 100_000, 1_000_000)}
#: What patterns over bytes see: ASCII as itself, Han 0x80, anything else 0x81.
BYTES = {
    size: bytes(ord(char) if char < "\x80" else 0x80 if "㐀" <= char <= "鿿" else 0x81 for char in text) for size, text in TEXTS.items()
}


@pytest.mark.parametrize(
    "pattern", [pytest.param(one, id=name) for name, one in patterns() if not any(place in name for place in IN_SENTENCES)]
)
@pytest.mark.parametrize("size", TEXTS)
def test_it_ends(pattern: Any, size: int) -> None:
    """All matches in a block of that size."""
    text = BYTES[size] if isinstance(pattern.pattern, bytes) else TEXTS[size]
    assert ends(lambda: deque(pattern.finditer(text), maxlen=0))


@pytest.mark.parametrize("piece", SENTENCES)
def test_sentences(piece: str) -> None:
    """A sentence without an end is looked at piece by piece."""
    assert ends(lambda: Screener().screen((piece * (100_000 // len(piece) + 1))[:100_000]))


def test_the_guard_stops_what_does_not_end(monkeypatch: pytest.MonkeyPatch) -> None:
    """A pattern that goes back and forth is stopped inside its search."""
    monkeypatch.setattr("hang.LIMIT", 0.2)

    assert not ends(lambda: re.fullmatch("(a|aa)+$", "a" * 60 + "b"))
    assert ends(lambda: re.fullmatch("a+", "a" * 60))
