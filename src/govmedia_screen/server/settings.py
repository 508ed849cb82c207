"""What a service is started with."""

from __future__ import annotations

import ipaddress
import os
from typing import Annotated

import msgspec

from govmedia_screen.errors import InputError

#: The environment variable by which workers are told.
VARIABLE = "GOVMEDIA_SCREEN_SERVER"
Positive = Annotated[int, msgspec.Meta(gt=0)]


class Settings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A service's settings.

    Attributes:
        host: the address to listen on.
        port: the port.
        keys: the file of API keys; only on a loopback address may there be none.
        profile: the office's profile, a path or a shipped name.
        lexicons: the office's lexicon folders.
        reviews: the database of the review queue, a SQLite file or a PostgreSQL address; None for no queue.
        receipt_key: the file of the key that signs receipts; None for unsigned ones.
        workers: processes.
        max_body: the largest request, in bytes.
        max_posts: the most posts in one request.
        concurrency: how many requests a worker has under way at once; further ones are answered 503.
        rate: how many requests a key may make in a minute, in each worker; 0 for no limit.
        timeout: how long one request may take, in seconds.
        origins: origins whose pages may call the service, beside its own.
        log: the file of the access log; None for standard error.
        reload: how often files are looked at for changes, in seconds; 0 for never.
    """

    host: str = "127.0.0.1"
    port: int = 8642
    keys: str | None = None
    profile: str | None = None
    lexicons: tuple[str, ...] = ()
    reviews: str | None = None
    receipt_key: str | None = None
    workers: Positive = 1
    max_body: Positive = 20 << 20
    max_posts: Positive = 1000
    concurrency: Positive = 256
    rate: Annotated[int, msgspec.Meta(ge=0)] = 0
    timeout: float = 30.0
    origins: tuple[str, ...] = ()
    log: str | None = None
    reload: float = 2.0

    @property
    def loopback(self) -> bool:
        """Whether only this machine can reach the service."""
        try:
            return self.host == "localhost" or ipaddress.ip_address(self.host).is_loopback
        except ValueError:
            return False

    def check(self) -> None:
        """Refuse what would be open to everybody.

        Raises:
            InputError: the address can be reached from outside and there are no keys.
        """
        if not self.keys and not self.loopback:
            raise InputError(f"{self.host} 不是本机地址，必须用 --keys 指定密钥文件（govmedia-screen serve --new-key 名称 生成）")

    def store(self) -> None:
        """Leave the settings where workers find them."""
        os.environ[VARIABLE] = msgspec.json.encode(self).decode()


def stored() -> Settings:
    """The settings that this process was started with."""
    return msgspec.json.decode(os.environ.get(VARIABLE, "{}"), type=Settings)
