"""Sources: files and folders → chunks, in an order that depends on their names alone."""

from __future__ import annotations

import shutil
import tempfile
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path

from govmedia_screen.archive.readers import databases, sheets, tables
from govmedia_screen.archive.readers import json_lines as lines
from govmedia_screen.archive.readers.chunk import LONGEST, SIZE, Chunk, Rejected
from govmedia_screen.documents import ENDINGS
from govmedia_screen.errors import InputError

LINES = (".jsonl", ".ndjson", ".json", ".jsonl.gz", ".ndjson.gz")
CSV = (".csv", ".tsv", ".csv.gz", ".tsv.gz")
XLSX = (".xlsx", ".xlsm")
#: Workbooks of older programs and of WPS.
OLDER = (".xls", ".et", ".ods", ".xlsb")
PARQUET = (".parquet", ".pq")
SQLITE = (".sqlite", ".sqlite3", ".db")
TABLES = (*LINES, *CSV, *XLSX, *OLDER, *PARQUET, *SQLITE)
#: Endings that are refused, and the way out.
REFUSED = {
    (".doc", ".wps", ".wpt", ".rtf", ".odt"): "请用 Word 或 WPS 另存为 .docx",
    (".pdf", ".ofd", ".caj"): "请提供可以编辑的原稿，或先转成文字",
    (".rar", ".7z", ".tar", ".tgz", ".gz", ".bz2", ".xz"): "请先解压，或改为 .zip",
    (".mdb", ".accdb", ".dbf", ".sql"): "请导出为 .csv 或 .xlsx",
    (".ppt", ".pptx"): "请把文字另存为 .docx",
}
#: How many documents of a folder are one chunk.
FILES = 256
#: How much of one file in a zip file is unpacked, in bytes.
UNPACKED = 1 << 30
BROKEN_ZIP = (zipfile.BadZipFile, OSError, NotImplementedError, RuntimeError, zlib.error, EOFError, ValueError)


def expand(sources: Iterable[str | Path]) -> list[tuple[Path, str]]:
    """The files of the sources, each with its name in the output; folders are walked, hidden files left out.

    Raises:
        InputError: a source does not exist.
    """
    result = []
    for source in sources:
        path = Path(source)
        if path.is_dir():
            inside = sorted(file for file in path.rglob("*") if not any(part.startswith(".") for part in file.relative_to(path).parts))
            result += [(file, file.as_posix()) for file in inside if file.is_file()]
        elif path.is_file():
            result.append((path, path.as_posix()))
        else:
            raise InputError(f"{path}: 找不到文件或文件夹")
    if not result:
        raise InputError("没有可以扫描的文件")
    return list(dict.fromkeys(result))


def chunks(files: Iterable[tuple[Path, str]], given: dict[str, str]) -> Iterator[tuple[Chunk, int]]:
    """The chunks of all files, each with the bytes read of all files when it ends."""
    done = 0
    pending: list[tuple[str, bytes]] = []
    rejected: list[Rejected] = []
    held = 0
    for path, name in files:
        size = path.stat().st_size
        lower = name.lower()
        if lower.endswith(TABLES):
            if pending or rejected:
                yield documents(pending, rejected), done
                pending, rejected, held = [], [], 0
            for chunk in table(path, name, given):
                yield chunk, done + min(chunk.read, size)
        elif lower.endswith(".zip"):
            if pending or rejected:
                yield documents(pending, rejected), done
                pending, rejected, held = [], [], 0
            for chunk in unpacked(path, name, given):
                yield chunk, done
        elif not lower.endswith(ENDINGS):
            rejected.append(Rejected(name, 0, refusal(name)))
        elif size > LONGEST:
            rejected.append(Rejected(name, 0, f"文件超过 {LONGEST >> 20} MB，没有读"))
        else:
            try:
                data = path.read_bytes()
            except OSError as error:
                rejected.append(Rejected(name, 0, f"无法读取（{error.strerror}）"))
            else:
                pending.append((name, data))
                held += len(data)
        done += size
        if len(pending) + len(rejected) >= FILES or held >= SIZE:
            yield documents(pending, rejected), done
            pending, rejected, held = [], [], 0
    if pending or rejected:
        yield documents(pending, rejected), done


def refusal(name: str) -> str:
    """Why a file of that name is not read, and the way out."""
    ending = Path(name).suffix.lower()
    way = next((way for endings, way in REFUSED.items() if ending in endings), "")
    return f"不支持的文件格式 {ending or '（没有扩展名）'}" + (f"，{way}" if way else "")


def member_name(member: zipfile.ZipInfo) -> str:
    """The name of a file in a zip file; Chinese Windows writes it in GB 18030 and does not say so."""
    if not member.flag_bits & 0x800:
        try:
            return member.filename.encode("cp437").decode("gb18030")
        except (UnicodeEncodeError, UnicodeDecodeError):
            pass
    return member.filename


def unpacked(path: Path, name: str, given: dict[str, str]) -> Iterator[Chunk]:
    """The chunks of the files in a zip file, each as if it lay in a folder; unpacked one after the other, within bounds."""
    try:
        packed = zipfile.ZipFile(path)
    except BROKEN_ZIP as error:
        yield documents([], [Rejected(name, 0, f"压缩包读不下去（{error}）")])
        return
    with packed, tempfile.TemporaryDirectory(prefix="govmedia-screen-") as place:
        for number, member in enumerate(packed.infolist()):
            inside = f"{name}!/{member_name(member)}"
            if member.is_dir() or any(part.startswith((".", "__MACOSX")) for part in Path(member.filename).parts):
                continue
            if member.file_size > UNPACKED or inside.lower().endswith(".zip"):
                reason = "压缩包里的压缩包，没有读" if inside.lower().endswith(".zip") else f"解压后超过 {UNPACKED >> 20} MB，没有读"
                yield documents([], [Rejected(inside, 0, reason)])
                continue
            file = Path(place) / f"{number}{''.join(Path(member.filename).suffixes[-2:])}"
            try:
                with packed.open(member) as source, file.open("wb") as target:
                    shutil.copyfileobj(source, target)
            except BROKEN_ZIP as error:
                told = "有密码" if member.flag_bits & 1 else str(error)
                yield documents([], [Rejected(inside, 0, f"压缩包里的这个文件读不出（{told}）")])
                continue
            for chunk, _ in chunks([(file, inside)], given):
                yield chunk
            file.unlink()


def table(path: Path, name: str, given: dict[str, str]) -> Iterator[Chunk]:
    """The chunks of one file that holds many posts."""
    lower = name.lower()
    if lower.endswith(LINES):
        return lines.read(path, name)
    if lower.endswith(CSV):
        return tables.read_csv(path, name, given)
    if lower.endswith(XLSX):
        return sheets.read_xlsx(path, name, given)
    if lower.endswith(OLDER):
        return sheets.read_older(path, name, given)
    if lower.endswith(PARQUET):
        return databases.read_parquet(path, name, given)
    return databases.read_sqlite(path, name, given)


def documents(files: list[tuple[str, bytes]], rejected: list[Rejected]) -> Chunk:
    """Documents of a folder as one chunk."""
    return Chunk(files[0][0] if files else rejected[0].source, 0, "files", files, rejected=tuple(rejected))
