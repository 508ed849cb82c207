"""Decode a file as Chinese offices have them: UTF-8 with and without BOM, UTF-16 with BOM, GB 18030."""

from __future__ import annotations

import codecs

from govmedia_screen.errors import InputError

MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))


def decode(data: bytes, name: str) -> tuple[str, str]:
    """The text and the encoding it was in.

    Line ends stay as they are, so that offsets are the file's own.

    Args:
        data: the file's bytes.
        name: its name, for the message.

    Raises:
        InputError: it is in none of the encodings; the message names the first bad byte.
    """
    for mark, encoding in MARKS:
        if data.startswith(mark):
            try:
                return data.decode(encoding), encoding
            except UnicodeDecodeError as error:
                raise InputError(f"{name}: 标明是 {encoding}，但第 {error.start} 字节起无法解码") from None
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError as error:
        bad = error.start
    if b"\0" in data:
        raise InputError(f"{name}: 不是文本文件（含空字节，第 {data.index(0)} 字节）")
    try:
        return data.decode("gb18030"), "gb18030"
    except UnicodeDecodeError:
        raise InputError(f"{name}: 第 {bad} 字节起既不是 UTF-8 也不是 GB18030，请另存为 UTF-8") from None
