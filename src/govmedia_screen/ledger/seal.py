"""Seal: what shows that a ledger was made anew by somebody who may write its file.

Whoever may write the ledger can compute its whole chain again. A seal is a line beside the ledger
(``台账.jsonl.seals``) with the number and the hash of the last record, under a key that is kept elsewhere
(HMAC-SHA256, RFC 2104); nobody without the key can write one for another chain. Without a key the same two
values are printed, to be signed and filed on paper, and compared by ``verify(anchor=…)``.

Not covered: records after the last seal, and a ledger cut back together with its seals to an earlier seal;
the latter is seen by the last seal's number, which belongs into the paper file too.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import os
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from govmedia_screen.errors import InputError, LedgerError
from govmedia_screen.io.json_once import once
from govmedia_screen.ledger.ledger import Ledger
from govmedia_screen.system.files import read_regular
from govmedia_screen.system.locks import locked

#: The variable that may hold the key itself.
VARIABLE = "GOVMEDIA_SCREEN_LEDGER_KEY"
#: The least length of a key, in bytes: 128 bits, as RFC 2104 (section 3) asks of no shorter hash than the output's half.
SHORTEST_KEY = 16
#: What the code is computed over begins with this, so that no other use of the key makes a seal.
PURPOSE = "govmedia-screen ledger seal 1"


@dataclass(frozen=True, slots=True)
class Seal:
    """One line of the seals.

    Attributes:
        number: how many records the ledger had.
        head: the hash of the last of them.
        at: when it was sealed (ISO 8601 with offset).
        previous: the code of the seal before, empty at first.
        code: HMAC-SHA256 over all of it.
    """

    number: int
    head: str
    at: str
    previous: str
    code: str = ""

    def coded(self, key: bytes) -> str:
        """The code that this seal must have under a key."""
        text = "\n".join((PURPOSE, str(self.number), self.head, self.at, self.previous))
        return hmac.new(key, text.encode("utf-8", "surrogatepass"), hashlib.sha256).hexdigest()


def key_of(ledger: Path, file: str | None) -> bytes:
    """The key, of a file or of the environment; empty if neither is told.

    Raises:
        InputError: the key is short, or lies beside the ledger, where whoever forges the one finds the other.
    """
    if not file:
        key = os.environ.get(VARIABLE, "").strip().encode("utf-8", "surrogateescape")
        if key and len(key) < SHORTEST_KEY:
            raise InputError(f"环境变量 {VARIABLE} 里的密钥太短，至少 {SHORTEST_KEY} 个字节")
        return key
    path = Path(file)
    if path.resolve().parent == ledger.resolve().parent:
        raise InputError(f"{file}: 密钥与台账放在同一文件夹，能改台账的人也能拿到密钥；请放到别处（另一台机器、U 盘）")
    key = read_regular(file).strip()
    if len(key) < SHORTEST_KEY:
        raise InputError(f"{file}: 密钥太短，至少 {SHORTEST_KEY} 个字节")
    return key


class Seals:
    """The seals of one ledger."""

    def __init__(self, ledger: Ledger, key: bytes) -> None:
        self.ledger = ledger
        self.key = key
        self.path = ledger.path.with_name(f"{ledger.path.name}.seals")

    def add(self, at: datetime | None = None) -> Seal:
        """Check the ledger and its seals, and seal what stands there now.

        Raises:
            LedgerError: the chain is broken, or is not the one that was sealed.
            InputError: there is nothing to seal, or the file cannot be written.
        """
        try:
            with locked(self.path.with_name(f".{self.path.name}.lock"), f"{self.path}: 另一个程序正在封存台账"):
                last = self.checked() if self.path.exists() else None
                number, head = self.ledger.verify()
                if not number:
                    raise InputError(f"{self.ledger.path}: 台账里还没有记录，不必封存")
                moment = (at or datetime.now()).astimezone().isoformat(timespec="seconds")
                bare = Seal(number, head, moment, last.code if last else "")
                seal = Seal(**(asdict(bare) | {"code": bare.coded(self.key)}))
                with self.path.open("ab") as file:
                    file.write(json.dumps(asdict(seal)).encode() + b"\n")
                    file.flush()
                    os.fsync(file.fileno())
        except OSError as error:
            raise InputError(f"{self.path}: 无法写入封存记录（{error.strerror}）") from None
        return seal

    def checked(self) -> Seal:
        """The last seal, if every seal is of this key and of this ledger.

        Raises:
            LedgerError: there is no seal, one was changed, or the ledger is not the one that was sealed; says which.
        """
        hashes = {record.number: record.hash for record in self.ledger.records()}
        last = None
        for place, seal in enumerate(self.seals(), 1):
            if seal.previous != (last.code if last else "") or not hmac.compare_digest(seal.coded(self.key), seal.code):
                raise LedgerError(f"{self.path}: 第{place}个封存记录被改动过，或密钥不对")
            if hashes.get(seal.number) != seal.head:
                raise LedgerError(
                    f"{self.ledger.path}: 与 {seal.at[:16].replace('T', ' ')} 的封存不符，第{seal.number}条以前有记录被改写、删去或整本重算过"
                )
            last = seal
        if last is None:
            raise LedgerError(f"{self.path}: 没有封存记录；从未封存过，或被删去了")
        return last

    def seals(self) -> Iterator[Seal]:
        """Every seal, as it is written.

        Raises:
            LedgerError: a line is no seal.
            InputError: the file cannot be read.
        """
        if not self.path.exists():
            return
        for place, line in enumerate(read_regular(str(self.path)).splitlines(), 1):
            if not line.strip():
                continue
            try:
                seal = Seal(**json.loads(line, object_pairs_hook=once))
                whole = isinstance(seal.number, int) and all(isinstance(one, str) for one in (seal.head, seal.at, seal.previous, seal.code))
            except (ValueError, TypeError, RecursionError):
                whole = False
            if not whole:
                raise LedgerError(f"{self.path}: 第{place}行不是封存记录")
            yield seal


def slip(ledger: Path, number: int, head: str, at: datetime | None = None) -> str:
    """What is printed, signed and filed where there is no key: the hash in groups of four, which people can compare."""
    groups = [head[place : place + 4] for place in range(0, len(head), 4)]
    lines = [" ".join(groups[place : place + 8]) for place in range(0, len(groups), 8)]
    moment = (at or datetime.now()).astimezone()
    return (
        f"审核台账封存单\n台账　　{ledger.name}\n记录　　共 {number} 条\n校验值　{lines[0]}\n　　　　{lines[1]}\n"
        f"时间　　{moment:%Y-%m-%d %H:%M}\n签字　　________________　　________________\n\n"
        f"核对：govmedia-screen ledger verify --ledger {ledger.name} --anchor '{head[:16]}'（校验值至少前 8 位）\n"
    )
