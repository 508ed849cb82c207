"""API keys: a TOML file of names, hashes and scopes. The keys themselves are in no file of ours."""

from __future__ import annotations

import hashlib
import hmac
import secrets
import tomllib
from collections.abc import Iterable
from pathlib import Path

import msgspec

from govmedia_screen.errors import InputError

#: What a key may be good for.
SCOPES = {
    "screen": "审查稿件、看规则",
    "documents": "上传文件",
    "submit": "送审、查询自己的稿件",
    "review": "审定、退回",
    "personal": "查看结果里的个人信息原文（会记入日志）",
    "metrics": "读取运行指标",
}


class Key(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One key.

    Attributes:
        name: whose it is; it stands in the log and in the ledger.
        sha256: the hash of the key.
        scopes: what it is good for.
        tier: the review tier at which its holder may sign, 0 for none.
    """

    name: str
    sha256: str
    scopes: tuple[str, ...] = ("screen",)
    tier: int = 0


#: Who asks where no keys are: somebody at this very machine.
LOCAL = Key("本机", "", tuple(SCOPES), 3)


class File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The file: ``[[key]]`` tables."""

    key: tuple[Key, ...] = ()


def load(path: str | Path) -> tuple[Key, ...]:
    """The keys of a file.

    Raises:
        InputError: it cannot be read, or an entry means nothing; says which.
    """
    try:
        keys = msgspec.convert(tomllib.loads(Path(path).read_text("utf-8-sig")), File).key
    except OSError as error:
        raise InputError(f"{path}: 无法读取密钥文件（{error.strerror}）") from None
    except (ValueError, msgspec.ValidationError) as error:
        raise InputError(f"{path}: 密钥文件有误（{error}）") from None
    for number, key in enumerate(keys, 1):
        unknown = set(key.scopes) - set(SCOPES)
        if unknown or not key.name.strip() or len(key.sha256) != 64 or key.tier not in (0, 1, 2, 3):
            raise InputError(f"{path}: 第{number}个密钥有误；scopes 可用 {'、'.join(SCOPES)}，sha256 为 64 位，tier 为 0–3")
    if not keys:
        raise InputError(f"{path}: 密钥文件里一个密钥也没有")
    return keys


def of(keys: Iterable[Key], given: str) -> Key | None:
    """The key that a caller has given, or None; every entry is compared, in constant time."""
    digest, found = hashed(given), None
    for key in keys:
        if hmac.compare_digest(digest, key.sha256):
            found = key
    return found


def hashed(key: str) -> str:
    """The hash that stands in the file."""
    return hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()


def made(name: str, scopes: Iterable[str], tier: int = 0) -> tuple[str, str]:
    """A new key, and the entry for the file."""
    key = f"gms_{secrets.token_urlsafe(32)}"
    listed = ", ".join(f'"{scope}"' for scope in scopes)
    quoted = name.replace("\\", "\\\\").replace('"', '\\"')
    return key, f'[[key]]\nname = "{quoted}"\nsha256 = "{hashed(key)}"\nscopes = [{listed}]\ntier = {tier}\n'
