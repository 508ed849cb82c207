"""Zip files → their members, in memory, within bounds; nothing is ever written."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from contextlib import suppress

from govmedia_screen.documents.bounds import BROKEN, opened, unpacked
from govmedia_screen.errors import InputError

#: How much of one member is unpacked, and of all, in bytes.
MEMBER, ALL = 256 << 20, 2 << 30
#: What is unpacked may be so many times what lies in the file; text is packed to a tenth, a list to a fiftieth.
RATIO = 250
#: Members that are no documents: what systems put beside them.
RUBBISH = ("__MACOSX/", "/.DS_Store", "/Thumbs.db", "desktop.ini")


def members(data: bytes, name: str) -> Iterator[tuple[str, bytes | str]]:
    """Name and bytes of each file, or why it was not read.

    Raises:
        InputError: the archive itself is broken or encrypted.
    """
    total = 0
    with opened(data, name, ALL) as packed:
        for one in packed.infolist():
            inside = called(one)
            if one.is_dir() or any(part in f"/{inside}" for part in RUBBISH):
                continue
            if one.file_size > MEMBER or one.file_size > max(RATIO * max(one.compress_size, 1), 1 << 20):
                yield inside, f"解压后过大（{max(1, one.file_size >> 20)} MB），没有读"
                continue
            total += one.file_size
            if total > ALL:
                raise InputError(f"{name}: 解压后总共超过 {ALL >> 20} MB，没有读完")
            try:
                yield inside, unpacked(packed, one, MEMBER)
            except (InputError, *BROKEN) as error:
                yield inside, f"解不开（{str(error)[:80]}）"


def called(one: zipfile.ZipInfo) -> str:
    """A member's name; those that Chinese systems wrote in GBK without saying so are read as such."""
    name = one.filename
    if not one.flag_bits & 0x800 and not name.isascii():
        with suppress(UnicodeEncodeError, UnicodeDecodeError):
            name = name.encode("cp437").decode("gb18030")
    return name
