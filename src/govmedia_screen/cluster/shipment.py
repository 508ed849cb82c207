"""Shipment: a screener as it travels to the workers of a cluster, and the proof there that it is the same.

An office's lexicon folders travel as content, the profile as it is; the program and the models are installed on every
node. The worker makes the screener anew and holds what it rests on against what the sender had: a node with another
program, model or lexicon refuses to work and names both, instead of finding something else.
"""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import cast

from govmedia_screen.errors import ScreenError
from govmedia_screen.profile import Profile
from govmedia_screen.screener import Screener

#: What may differ between two machines without a difference in what is found: the compiled core gives what Python gives,
#: and a rule may expire between the sending and the work.
FREE = frozenset({"core", "expired"})
#: What the parts of a fingerprint are called in a message.
NAMES = {
    "program": "程序", "models": "模型", "lexicons": "词库", "settings": "方案", "ledger": "台账", "detectors": "自有检测器", "core": "编译核心",
}  # fmt: skip


class DriftError(ScreenError):
    """A worker's program, model, lexicons or profile are not those of the sender; the message names both."""


@dataclass(frozen=True)
class Shipment:
    """Everything that a worker needs.

    Attributes:
        profile: the profile.
        folders: the office's lexicon folders: path in the folder → content.
        extra: detectors of the caller's own.
        parts: what the sender's fingerprint is made of.
    """

    profile: Profile
    folders: tuple[tuple[tuple[str, bytes], ...], ...]
    extra: tuple[object, ...]
    parts: tuple[tuple[str, str], ...]

    @classmethod
    def of(cls, screener: Screener) -> Shipment:
        """A screener, packed."""
        profile, folders, extra = cast("tuple[Profile, tuple[str, ...], tuple[object, ...]]", screener.__reduce__()[1])
        return cls(profile, tuple(packed(one) for one in folders), tuple(extra), tuple(sorted(screener.parts.items())))

    def screener(self) -> Screener:
        """The screener on this machine, made once in each process.

        Raises:
            DriftError: it does not rest on what the sender's rests on.
        """
        if self.parts not in _made:
            _made[self.parts] = unpacked(self)
        return _made[self.parts]


def packed(folder: str | Path) -> tuple[tuple[str, bytes], ...]:
    """The files of a folder, in order."""
    root = Path(folder)
    files = sorted(
        path for path in root.rglob("*") if path.is_file() and not any(part.startswith(".") for part in path.relative_to(root).parts)
    )
    return tuple((path.relative_to(root).as_posix(), path.read_bytes()) for path in files)


#: The screeners that this process has made, by what they rest on.
_made: dict[tuple[tuple[str, str], ...], Screener] = {}


def unpacked(shipment: Shipment) -> Screener:
    """The screener of a shipment."""
    with tempfile.TemporaryDirectory(prefix="govmedia-screen-") as place:
        folders = []
        for number, files in enumerate(shipment.folders):
            root = Path(place) / str(number)
            root.mkdir()
            folders.append(root)
            for name, data in files:
                path = root.joinpath(*PurePosixPath(name).parts)
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(data)
        screener = Screener(shipment.profile, folders, shipment.extra)  # type: ignore[arg-type]
        compare(dict(shipment.parts), screener.parts)
    return screener


def compare(sent: Mapping[str, str], here: Mapping[str, str]) -> None:
    """Hold what a worker's screener rests on against what was sent.

    Raises:
        DriftError: something differs.
    """
    other = [name for name in sorted(sent.keys() | here.keys()) if name not in FREE and sent.get(name) != here.get(name)]
    if other:
        told = "；".join(f"{NAMES.get(name, name)}：发起方 {sent.get(name) or '无'}，本节点 {here.get(name) or '无'}" for name in other)
        raise DriftError(f"本节点与发起方不一致，没有审查（{told}）；请在各节点安装同一版本")
