"""Files read and written so that nothing is lost: only regular files are read, and what is written is whole or not there."""

from __future__ import annotations

import contextlib
import os
import stat
import tempfile
from pathlib import Path

from govmedia_screen.errors import InputError

#: What new files may be: of the user alone. Reports and results name people.
PRIVATE = 0o600
KINDS = (
    (stat.S_ISDIR, "是文件夹"),
    (stat.S_ISFIFO, "是管道，请改用 - 从标准输入读"),
    (stat.S_ISSOCK, "是套接字"),
    (stat.S_ISCHR, "是设备"),
    (stat.S_ISBLK, "是设备"),
)


def why(error: OSError) -> str:
    """A system's error in Chinese where it is one of the usual ones."""
    known = {
        "ENOENT": "找不到文件", "EACCES": "没有权限", "EPERM": "没有权限", "EISDIR": "是文件夹", "ENOTDIR": "路径中间有一段不是文件夹",
        "ENOSPC": "磁盘已满", "EDQUOT": "磁盘限额已满", "EFBIG": "超过允许的文件大小", "EROFS": "磁盘只读", "ELOOP": "符号链接成环",
        "ENAMETOOLONG": "文件名太长", "EIO": "磁盘读写出错", "EMFILE": "打开的文件太多",
    }  # fmt: skip
    import errno

    return known.get(errno.errorcode.get(error.errno or 0, ""), error.strerror or type(error).__name__)


def read_regular(path: str | Path) -> bytes:
    """The bytes of a regular file.

    Raises:
        InputError: it is missing, cannot be read, or is no regular file (reading a pipe would wait for ever).
    """
    path = Path(path)
    try:
        mode = path.stat().st_mode
        for is_kind, told in KINDS:
            if is_kind(mode):
                raise InputError(f"{path}: {told}")
        return path.read_bytes()
    except OSError as error:
        raise InputError(f"{path}: {'' if error.errno == 2 else '无法读取，'}{why(error)}") from None


def write_whole(path: str | Path, data: bytes) -> None:
    """Write a file beside its place, make sure of it, and only then move it there.

    Whatever happens, the old content or the new one is there, whole. A link stays a link, an old file keeps its mode, a
    new one is the user's alone.

    Raises:
        InputError: it cannot be written; the old content is untouched.
    """
    target = Path(path)
    beside = ""
    try:
        target = target.resolve()
        mode = stat.S_IMODE(target.stat().st_mode) if target.exists() else PRIVATE
        if target.exists() and not target.is_file():  # a device such as /dev/stdout
            target.write_bytes(data)
            return
        handle, beside = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name[:40]}.")
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        Path(beside).chmod(mode)
        Path(beside).replace(target)
    except OSError as error:
        if beside:
            with contextlib.suppress(OSError):
                Path(beside).unlink()
        raise InputError(f"{path}: 无法写入（{why(error)}）") from None
