"""Bounds of what is unpacked: a file's own word on its sizes is not taken."""

from __future__ import annotations

import io
import zipfile
import zlib

from govmedia_screen.errors import InputError

#: How much a file of XML may unpack to, in bytes; a book of a million characters has a fifth of it.
XML = 64 << 20
#: The same of a workbook: a hundred thousand rows of ten columns have a third of it.
SHEETS = 320 << 20
#: How many files a container may hold.
MEMBERS = 20_000
STEP = 1 << 20
BROKEN = (zipfile.BadZipFile, zlib.error, OSError, EOFError, NotImplementedError, RuntimeError, ValueError, KeyError)


def opened(data: bytes, name: str, limit: int = XML) -> zipfile.ZipFile:
    """A container whose XML is known to stay within bounds when it is unpacked.

    Raises:
        InputError: it is broken, encrypted, or unpacks beyond bounds.
    """
    try:
        packed = zipfile.ZipFile(io.BytesIO(data))
        members = packed.infolist()
    except BROKEN as error:
        raise InputError(f"{name}: 不是有效的 Word、Excel 文件或压缩包（{error}）") from None
    if len(members) > MEMBERS:
        raise InputError(f"{name}: 里面有 {len(members)} 个文件，至多 {MEMBERS} 个，没有读")
    if any(one.flag_bits & 1 for one in members):
        raise InputError(f"{name}: 文件加了密码，请去掉密码再审")
    size = 0
    for one in members:
        if one.filename.lower().endswith((".xml", ".rels", ".vml")):
            size += one.file_size
    if size > limit:
        raise InputError(f"{name}: 解压后过大（文字部分 {size >> 20} MB，至多 {limit >> 20} MB），没有读")
    return packed


def unpacked(packed: zipfile.ZipFile, member: str | zipfile.ZipInfo, limit: int) -> bytes:
    """A member's bytes, at most ``limit`` of them.

    Raises:
        InputError: it is longer.
        zipfile.BadZipFile: and what else ``BROKEN`` names: it is broken.
    """
    pieces, size = [], 0
    with packed.open(member) as source:
        while piece := source.read(STEP):
            size += len(piece)
            if size > limit:
                raise InputError(f"解压后超过 {limit >> 20} MB，没有读")
            pieces.append(piece)
    return b"".join(pieces)
