"""Decode a file as Chinese offices have them: UTF-8, UTF-16, GB 18030 and Big5, with and without a byte order mark."""

from __future__ import annotations

import codecs

from govmedia_screen.errors import InputError
from govmedia_screen.system import lazy

#: Byte order marks with the encoding that they tell; the longer ones first.
MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16-be-sig"))
UTF32 = (codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)
#: What Chinese text is made of: if nearly all characters are such, an encoding without a mark was guessed rightly.
USUAL = lazy.pattern("[\t\n\r -~·\u2010-\u2030\u3000-\u303f\u4e00-\u9fff\uff01-\uffe5]")
HAN = lazy.pattern("[\u4e00-\u9fff]")
#: The share of such characters that is asked for.
NEARLY = 0.9
#: How much of a file is looked at to tell an encoding, in bytes.
LOOK = 1 << 16
#: Marks that stand in any Chinese text.
MARKS_OF_TEXT = frozenset("，。、；：？！（）《》“”‘’「」『』【】—…·　％")


def decode(data: bytes, name: str) -> tuple[str, str]:
    """The text and the encoding it was in; ``encode`` is the way back.

    Line ends stay as they are, so that offsets are the file's own.

    Args:
        data: the file's bytes.
        name: its name, for the message.

    Raises:
        InputError: it is in none of the encodings; the message names the first bad byte.
    """
    if data.startswith(UTF32):
        raise InputError(f"{name}: 是 UTF-32 编码，请另存为 UTF-8")
    for mark, encoding in MARKS:
        if data.startswith(mark):
            try:
                return data[len(mark) :].decode(codec(encoding)), encoding
            except UnicodeDecodeError as error:
                told = encoding.removesuffix("-be-sig")
                raise InputError(f"{name}: 标明是 {told}，但第 {error.start + len(mark)} 字节起无法解码") from None
    try:
        text, bad = data.decode("utf-8"), -1
    except UnicodeDecodeError as error:
        text, bad = "", error.start
    if (bad >= 0 or "\0" in text) and (guess := unmarked(data)):
        return data.decode(guess), guess
    if bad < 0:
        return text, "utf-8"
    try:
        text = data.decode("gb18030")
    except UnicodeDecodeError:
        text = ""
    if b"\0" in data and not usual(text.replace("\0", "")):
        raise InputError(f"{name}: 不是文本文件（含空字节，第 {data.index(0)} 字节）")
    if (traditional := big5(data)) and frequent(traditional, "big5", 0xC9) > frequent(text, "gb2312", 0xD8):
        return traditional, "big5"
    if not text:
        raise InputError(f"{name}: 第 {bad} 字节起既不是 UTF-8 也不是 GB18030，请另存为 UTF-8") from None
    return text, "gb18030"


def encode(text: str, encoding: str) -> bytes:
    """The bytes of a text in an encoding that ``decode`` told, its byte order mark included.

    Raises:
        UnicodeEncodeError: the encoding has no such character.
    """
    mark = next((mark for mark, named in MARKS if named == encoding), b"")
    return mark + text.encode(codec(encoding))


def codec(encoding: str) -> str:
    """Python's codec for the bytes after the mark."""
    return {"utf-8-sig": "utf-8", "utf-16": "utf-16-le", "utf-16-be-sig": "utf-16-be"}.get(encoding, encoding)


def unmarked(data: bytes) -> str | None:
    """UTF-16 without its mark: the byte order in which nearly all of the text is usual Chinese text, or None."""
    if len(data) % 2 or not data:
        return None
    for encoding in ("utf-16-le", "utf-16-be"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if usual(text):
            return encoding
    return None


def usual(text: str) -> bool:
    """Whether nearly all of a text is usual Chinese text."""
    look = text[:LOOK]
    return bool(look) and len(USUAL.findall(look)) >= NEARLY * len(look)


def frequent(text: str, charset: str, last: int) -> float:
    """The share of the characters beyond ASCII that are marks or a charset's frequent Han characters, whose first byte is below ``last``.

    Read by the wrong charset a text becomes rare characters, kana and symbols.
    """
    beyond = [char for char in text[:LOOK] if not char.isascii()]
    usual = sum(1 for char in beyond if char in MARKS_OF_TEXT or (HAN.match(char) and encoded(char, charset)[:1] < bytes([last])))
    return usual / max(1, len(beyond))


def big5(data: bytes) -> str | None:
    """The text, if it is Big5 and nearly all of it usual in that charset."""
    try:
        text = data.decode("big5")
    except UnicodeDecodeError:
        return None
    return text if HAN.search(text) and frequent(text, "big5", 0xC9) >= NEARLY else None


def encoded(char: str, charset: str) -> bytes:
    """A character's bytes; beyond all others if the charset has it not."""
    try:
        return char.encode(charset)
    except UnicodeEncodeError:
        return b"\xff"
