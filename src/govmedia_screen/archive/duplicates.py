"""Duplicates: near-identical posts of different accounts, and one contact in many posts.

A signature is a MinHash (datasketch) over the hashed five-character shingles of a post's text without
punctuation and case. Candidates share one of eight bands of it; what is reported agrees in at least 0.8.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from govmedia_screen.archive.store import Traits
from govmedia_screen.errors import InputError, MissingExtra
from govmedia_screen.matching.fold import numbers, tables
from govmedia_screen.post import Post

PERMUTATIONS, BANDS = 32, 8
SHINGLE = 5
#: Shorter texts are not compared: 转发微博 is nobody's work. In code points, punctuation left out.
SHORTEST = 40
#: From which share of equal places two signatures are one text.
ALIKE = 0.8
#: A contact is told of from this many posts on, of at least this many accounts.
CONTACT_POSTS, CONTACT_ACCOUNTS = 3, 2
MOBILE = re.compile(r"(?<![0-9])1[3-9][0-9](?:[ -]?[0-9]{4}){2}(?![0-9])")
ACCOUNT = re.compile(
    r"(微信|薇信|威信|v信|wx|vx|weixin|qq|扣扣)(?:群|号|号码)?[:： +]{0,3}([a-z0-9][a-z0-9_-]{4,19})(?![a-z0-9_-])", re.IGNORECASE
)
SHOWN = 20


@cache
def empty() -> Any:
    """A signature of nothing, whose permutations all others share.

    Raises:
        MissingExtra: datasketch is not installed.
    """
    try:
        from datasketch import MinHash
    except ImportError as error:
        raise MissingExtra("查重", "archive") from error
    return MinHash(num_perm=PERMUTATIONS, hashfunc=int, scheme="affine32")


def traits_of(post: Post) -> Traits:
    """The contacts in a post and the signature of its text; an empty signature if the text is too short."""
    return Traits(contacts(f"{post.title}\n{post.body}"), signature(post.body))


def contacts(text: str) -> tuple[str, ...]:
    """Mobile numbers, and WeChat and QQ accounts named as such."""
    plain = "".join(chr(ord(char) - 0xFEE0) if "！" <= char <= "～" else char for char in text) if not text.isascii() else text
    found = {"手机 " + re.sub("[ -]", "", match[0]) for match in MOBILE.finditer(plain)}
    for match in ACCOUNT.finditer(plain):
        kind = "QQ" if match[1].lower() in {"qq", "扣扣"} else "微信"
        found.add(f"{kind} {match[2].lower()}")
    return tuple(sorted(found))


def signature(text: str) -> bytes:
    """The MinHash of a text, or nothing if it is too short."""
    codes = numbers(tables().fold).take(np.frombuffer(text.encode("utf-32-le", "surrogatepass"), "<u4"), mode="clip")
    codes = codes[codes != 0].astype(np.uint32)
    if codes.size < SHORTEST:
        return b""
    hashes = codes[: codes.size - SHINGLE + 1].copy()
    for place in range(1, SHINGLE):
        hashes *= np.uint32(0x9E3779B1)
        hashes ^= codes[place : codes.size - SHINGLE + 1 + place]
    hashes ^= hashes >> np.uint32(15)
    hashes *= np.uint32(0x85EBCA77)
    one = empty().copy()
    one.update_batch(np.unique(hashes).tolist())
    return bytes(one.hashvalues.astype("<u4").tobytes())


def write(folder: str | Path) -> str:
    """Write ``duplicates.jsonl`` and ``contacts.jsonl`` for a scanned folder; the summary in one line."""
    from govmedia_screen.archive.store import listed

    folder = Path(folder)
    groups, many = list(duplicates(folder)), list(shared_contacts(folder))
    listed(folder / "duplicates.jsonl", groups)
    listed(folder / "contacts.jsonl", many)
    posts = sum(group["posts"] for group in groups)
    return f"跨账号近似重复 {len(groups)} 组 {posts} 篇，见 {folder}/duplicates.jsonl；多篇共用的联系方式 {len(many)} 个，见 {folder}/contacts.jsonl"


def columns(folder: Path, *names: str) -> Iterator[dict[str, Any]]:
    """Rows of the posts of a scanned folder, part by part."""
    from pyarrow import parquet

    if not (folder / "posts").is_dir():
        raise InputError(f"{folder}: 不是扫描的输出目录")
    for path in sorted((folder / "posts").glob("part-*.parquet")):
        yield from parquet.read_table(path, columns=list(names)).to_pylist()


def duplicates(folder: Path) -> Iterator[dict[str, Any]]:
    """Groups of posts of at least two accounts with nearly the same text, the largest first."""
    from pyarrow import parquet

    size = PERMUTATIONS * 4
    sheets, where = [], []
    for number, path in enumerate(sorted((folder / "posts").glob("part-*.parquet"))):
        column = parquet.read_table(path, columns=["signature"]).column("signature").to_pylist()
        kept = [place for place, one in enumerate(column) if one and len(one) == size]
        sheets.append(np.frombuffer(b"".join(column[place] for place in kept), "<u4").reshape(-1, PERMUTATIONS))
        where += [(number, place) for place in kept]
    if not where:
        return
    groups = grouped(np.concatenate(sheets))
    wanted = {where[index]: index for group in groups for index in group}
    rows: dict[int, dict[str, Any]] = {}
    for number, path in enumerate(sorted((folder / "posts").glob("part-*.parquet"))):
        if any(part == number for part, _ in wanted):
            table = parquet.read_table(path, columns=["source", "row", "id", "account", "day", "title"]).to_pylist()
            rows |= {wanted[number, place]: row for place, row in enumerate(table) if (number, place) in wanted}
    told: list[dict[str, Any]] = []
    for group in groups:
        members = sorted((rows[index] for index in group), key=lambda row: (row["day"] or "", row["source"], row["row"]))
        accounts = Counter(row["account"] or "" for row in members)
        if len(accounts) >= 2:
            told.append(
                {"posts": len(members), "accounts": dict(sorted(accounts.items())), "first": members[0], "members": members[:SHOWN]}
            )
    yield from sorted(told, key=lambda one: (-one["posts"], one["first"]["source"], one["first"]["row"]))


def grouped(signatures: NDArray[np.uint32]) -> list[list[int]]:
    """Indices of signatures that agree, in groups of two and more."""
    count, rows = len(signatures), PERMUTATIONS // BANDS
    head = np.arange(count)

    def top(index: int) -> int:
        while head[index] != index:
            head[index] = head[head[index]]
            index = int(head[index])
        return index

    for band in range(BANDS):
        part = np.ascontiguousarray(signatures[:, band * rows : (band + 1) * rows]).view(f"V{rows * 4}").ravel()
        _, inverse = np.unique(part, return_inverse=True)
        order = np.argsort(inverse, kind="stable")
        edges = np.flatnonzero(np.diff(inverse[order], prepend=-1, append=-1))
        for begin, end in zip(edges[:-1].tolist(), edges[1:].tolist(), strict=True):
            if end - begin < 2:
                continue
            first, others = int(order[begin]), order[begin + 1 : end]
            alike = (signatures[others] == signatures[first]).mean(axis=1) >= ALIKE
            for other in others[alike].tolist():
                one, two = sorted((top(first), top(other)))
                head[two] = one
    groups: defaultdict[int, list[int]] = defaultdict(list)
    for index in range(count):
        groups[top(index)].append(index)
    return [group for group in groups.values() if len(group) > 1]


def shared_contacts(folder: Path) -> Iterator[dict[str, Any]]:
    """Contacts that stand in several posts of several accounts, the most frequent first."""
    posts: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in columns(folder, "source", "row", "id", "account", "day", "title", "contacts"):
        for contact in row.pop("contacts") or ():
            posts[contact].append(row)
    for contact, rows in sorted(posts.items(), key=lambda pair: (-len(pair[1]), pair[0])):
        accounts = Counter(row["account"] or "" for row in rows)
        if len(rows) >= CONTACT_POSTS and len(accounts) >= CONTACT_ACCOUNTS:
            yield {"contact": contact, "posts": len(rows), "accounts": dict(sorted(accounts.items())), "members": rows[:SHOWN]}
