"""Arrays of an ``.npz`` file as plain bytes, for where numpy is not wanted: importing it takes longer than reading a model."""

from __future__ import annotations

import io
import re
import zipfile

HEADER = re.compile(rb"'descr': *'(?P<kind>[<|=>]?[a-z][0-9]+)', *'fortran_order': *False, *'shape': *\((?P<shape>[0-9, ]*)\)")


def arrays(content: bytes) -> dict[str, tuple[str, tuple[int, ...], bytes]]:
    """Each array's element kind (as numpy writes it, ``<i2``), shape and bytes, by name.

    Raises:
        ValueError: the file is not such a one, or holds an array in Fortran's order.
    """
    result = {}
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as file:
            for name in file.namelist():
                result[name.removesuffix(".npy")] = array(file.read(name))
    except zipfile.BadZipFile as error:
        raise ValueError(str(error)) from error
    return result


def array(content: bytes) -> tuple[str, tuple[int, ...], bytes]:
    """One array's element kind, shape and bytes.

    Raises:
        ValueError: the bytes are not an array in numpy's format, version 1.
    """
    if content[:7] != b"\x93NUMPY\x01":
        raise ValueError("not a numpy array of format 1")
    end = 10 + int.from_bytes(content[8:10], "little")
    header = HEADER.search(content[:end])
    if header is None:
        raise ValueError(f"cannot read the header {content[10:end]!r}")
    shape = tuple(int(size) for size in header["shape"].replace(b" ", b"").split(b",") if size)
    return header["kind"].decode(), shape, content[end:]
