"""Sources: files and folders → chunks, in an order that depends on their names alone."""

from __future__ import annotations

import shutil
import tempfile
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path

from govmedia_screen.archive.readers import databases, tables
from govmedia_screen.archive.readers import json_lines as lines
from govmedia_screen.archive.readers.chunk import LONGEST, SIZE, Chunk, Rejected
from govmedia_screen.documents import ENDINGS
from govmedia_screen.errors import InputError

LINES = (".jsonl", ".ndjson", ".json", ".jsonl.gz", ".ndjson.gz")
CSV = (".csv", ".tsv", ".csv.gz", ".tsv.gz")
XLSX = (".xlsx", ".xlsm")
PARQUET = (".parquet", ".pq")
SQLITE = (".sqlite", ".sqlite3", ".db")
TABLES = (*LINES, *CSV, *XLSX, *PARQUET, *SQLITE)
#: How many documents of a folder are one chunk.
FILES = 256
#: How much of one file in a zip file is unpacked, in bytes.
UNPACKED = 1 << 30


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
            rejected.append(Rejected(name, 0, f"不支持的文件格式 {path.suffix or '（没有扩展名）'}"))
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


def unpacked(path: Path, name: str, given: dict[str, str]) -> Iterator[Chunk]:
    """The chunks of the files in a zip file, each as if it lay in a folder; unpacked one after the other, within bounds."""
    with tempfile.TemporaryDirectory(prefix="govmedia-screen-") as place:
        try:
            with zipfile.ZipFile(path) as packed:
                for number, member in enumerate(packed.infolist()):
                    inside = f"{name}!/{member.filename}"
                    if member.is_dir():
                        continue
                    if member.file_size > UNPACKED or inside.lower().endswith(".zip"):
                        reason = (
                            "压缩包里的压缩包，没有读" if inside.lower().endswith(".zip") else f"解压后超过 {UNPACKED >> 20} MB，没有读"
                        )
                        yield documents([], [Rejected(inside, 0, reason)])
                        continue
                    file = Path(place) / f"{number}{''.join(Path(member.filename).suffixes[-2:])}"
                    with packed.open(member) as source, file.open("wb") as target:
                        shutil.copyfileobj(source, target)
                    for chunk, _ in chunks([(file, inside)], given):
                        yield chunk
                    file.unlink()
        except (zipfile.BadZipFile, OSError, NotImplementedError, RuntimeError, zlib.error, EOFError) as error:
            yield documents([], [Rejected(name, 0, f"压缩包读不下去（{error}）")])


def table(path: Path, name: str, given: dict[str, str]) -> Iterator[Chunk]:
    """The chunks of one file that holds many posts."""
    lower = name.lower()
    if lower.endswith(LINES):
        return lines.read(path, name)
    if lower.endswith(CSV):
        return tables.read_csv(path, name, given)
    if lower.endswith(XLSX):
        return tables.read_xlsx(path, name)
    if lower.endswith(PARQUET):
        return databases.read_parquet(path, name, given)
    return databases.read_sqlite(path, name, given)


def documents(files: list[tuple[str, bytes]], rejected: list[Rejected]) -> Chunk:
    """Documents of a folder as one chunk."""
    return Chunk(files[0][0] if files else rejected[0].source, 0, "files", files, rejected=tuple(rejected))
