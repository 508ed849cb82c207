"""Sources of an output folder: what a scan adds to them or puts in their place, so that no result is lost unasked.

A folder holds the results of the sources that it was made of. A scan of the same ones, or of more, brings it up to date; a
scan of others would drop results, so who wants that must say whether they are to be added or put in place of the old.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Literal

from govmedia_screen.archive.part import Source
from govmedia_screen.archive.readers.chunk import Chunk
from govmedia_screen.archive.readers.files import chunks, expand
from govmedia_screen.errors import InputError

#: What to do with the results of other sources: ask, add to them, put the new in their place.
Mode = Literal["ask", "add", "replace"]
#: How many sources are named in a message.
SHOWN = 3


def source_of(given: str | Path) -> Source:
    """A source as it was given, and as an absolute path."""
    return str(given), str(Path(given).resolve())


def settled(folder: Path, held: Sequence[Source], given: Iterable[str | Path], mode: Mode) -> list[Source]:
    """The sources of a scan, those that the folder keeps first.

    Raises:
        InputError: the scan would drop the results of sources that are not named, and nobody said so.
    """
    new = [source_of(one) for one in given]
    lost = [one for one in held if not any(covers(other[1], one[1]) for other in new)]
    if mode == "replace" or not lost:
        kept: list[Source] = [one for one in held if one[1] in {other[1] for other in new}] if mode != "replace" else []
        return list(dict.fromkeys([*kept, *(one for one in new if one[1] not in {other[1] for other in kept})]))
    if mode == "add":
        return [*held, *(one for one in new if one[1] not in {other[1] for other in held})]
    names = "、".join(given for given, _ in lost[:SHOWN]) + ("等" if len(lost) > SHOWN else "")
    raise InputError(
        f"{folder}: 里面有别的来源的结果（{names}），这次没有扫它们。要加在一起用 --add，要换掉用 --replace（旧结果会删去），或另选 --out 目录"
    )


def covers(folder: str, path: str) -> bool:
    """Whether a source is another, or lies in it."""
    return path == folder or Path(folder) in Path(path).parents


def groups(sources: Sequence[Source]) -> tuple[list[list[tuple[Path, str]]], list[str]]:
    """The files of each source, each file once; and the names of the sources that are gone, whose results are kept.

    Raises:
        InputError: none of them is there.
    """
    found: list[list[tuple[Path, str]]] = []
    gone: list[str] = []
    seen: set[Path] = set()
    for given, absolute in sources:
        place = given if Path(given).exists() else absolute
        if not Path(place).exists():
            gone.append(Path(given).as_posix())
            continue
        files = [
            (path, name if place == given else name.replace(Path(place).as_posix(), Path(given).as_posix(), 1))
            for path, name in expand([place])
        ]
        found.append([(path, name) for path, name in files if path.resolve() not in seen])
        seen |= {path.resolve() for path, _ in found[-1]}
    return found, gone


def all_chunks(files: Sequence[Sequence[tuple[Path, str]]], given: dict[str, str]) -> Iterator[tuple[Chunk, int]]:
    """The chunks of all sources, none of which has documents of two; with the bytes read so far."""
    done = 0
    for group in files:
        for chunk, read in chunks(group, given):
            yield chunk, done + read
        done += sum(path.stat().st_size for path, _ in group)


def check_map(files: Sequence[Sequence[tuple[Path, str]]], given: dict[str, str]) -> None:
    """Make sure that each column of ``--map`` is somewhere.

    Raises:
        InputError: one is in none of the sources' beginnings; the message names the nearest.
    """
    missing = set(given)
    seen: dict[str, None] = {}
    for path, name in (one for group in files for one in group):
        if not missing:
            return
        for names in beginnings(path, name, given):
            seen |= dict.fromkeys(one for one in names if one)
            missing -= set(names)
    if missing:
        from difflib import get_close_matches

        wrong = min(missing)
        near = get_close_matches(wrong, seen, 1, 0.3)
        there = "、".join(list(seen)[:20]) or "（没有表格）"
        raise InputError(
            f"--map {wrong}={given[wrong]}：来源里没有“{wrong}”这一列" + (f"，是不是“{near[0]}”" if near else "") + f"；有的列：{there}"
        )


def beginnings(path: Path, name: str, given: dict[str, str]) -> Iterator[Collection[str]]:
    """The columns' names at the beginning of each table in a file."""
    from govmedia_screen.archive.readers.files import TABLES
    from govmedia_screen.archive.readers.records import names_in

    if not name.lower().endswith((*TABLES, ".zip")):
        return
    tables: set[str] = set()
    for chunk, _ in chunks([(path, name)], given):
        if chunk.source not in tables:
            tables.add(chunk.source)
            yield from names_in(chunk)
