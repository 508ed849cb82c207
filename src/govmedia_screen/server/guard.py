"""The gate before every endpoint: who asks, how much, how often; what happened goes into log and metrics, never what was written.

An ASGI wrapper. It answers 401 and 403 (keys, scopes, foreign pages), 413 (too large), 429 (too often),
503 (too many at once, or too slow) itself, and counts every answer.
"""

from __future__ import annotations

import asyncio
import json
import logging
import time
import traceback
from collections import deque
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any
from urllib.parse import urlsplit

from starlette.exceptions import HTTPException

from govmedia_screen.server import keys, metrics
from govmedia_screen.server.answers import refusal
from govmedia_screen.server.settings import Settings

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]

LOG = logging.getLogger("govmedia_screen.access")
SERVER = logging.getLogger("govmedia_screen.server")
#: The scope that an address needs, by how its path begins; others are open (the page itself, health).
NEEDED = (
    ("/v1/documents", "documents"),
    ("/v1/copies", "documents"),
    ("/v1/submissions", "submit"),
    ("/v1/queue", "review"),
    ("/v1/", "screen"),
    ("/metrics", "metrics"),
)
LOCAL_NAMES = frozenset({"localhost", "127.0.0.1", "::1", "testserver"})
HEADERS = (
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"cache-control", b"no-store"),
    (b"content-security-policy", b"default-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"),
)


class Guard:
    """The gate.

    Args:
        app: what stands behind it.
        settings: the service's settings.
    """

    def __init__(self, app: Callable[[Scope, Receive, Send], Awaitable[None]], settings: Settings) -> None:
        self.app, self.settings = app, settings
        self.keys = keys.load(settings.keys) if settings.keys else ()
        self.under_way = 0
        self.asked: dict[str, deque[float]] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        begin, status = time.perf_counter(), 500
        scope.setdefault("state", {})

        async def noted(message: MutableMapping[str, Any]) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                present = {name for name, _ in message.get("headers", ())}
                message["headers"] = [*message.get("headers", ()), *(one for one in HEADERS if one[0] not in present), *self.allowed(scope)]
            await send(message)

        try:
            await self.passed(scope, receive, noted)
        finally:
            seconds = time.perf_counter() - begin
            key = scope["state"].get("key")
            metrics.seen(scope["method"], route(scope), status, seconds)
            LOG.info(
                json.dumps(
                    {
                        "at": time.strftime("%Y-%m-%dT%H:%M:%S%z"), "method": scope["method"], "path": route(scope), "status": status,
                        "ms": round(seconds * 1e3, 1), "key": key.name if key else None,
                        "personal": bool(scope["state"].get("personal")), "client": (scope.get("client") or ("",))[0],
                    },
                    ensure_ascii=False,
                )
            )  # fmt: skip

    async def passed(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request through, or answer why not."""
        headers = dict(scope["headers"])
        refused = self.refused(scope, headers)
        if refused is None and self.under_way >= self.settings.concurrency:
            refused = refusal(503, "the service is busy; try again")
        if refused is not None:
            await refused(scope, receive, send)
            return
        started = False

        async def sent(message: MutableMapping[str, Any]) -> None:
            nonlocal started
            started = True
            await send(message)

        self.under_way += 1
        metrics.UNDER_WAY.set(self.under_way)
        try:
            async with asyncio.timeout(self.settings.timeout):
                await self.app(scope, self.bounded(receive, headers), sent)
        except TimeoutError:
            if not started:
                await refusal(503, f"not done after {self.settings.timeout:g} s")(scope, receive, send)
        except Exception as error:  # of ours; told and noted without what was sent
            places = " < ".join(f"{frame.name}:{frame.lineno}" for frame in reversed(traceback.extract_tb(error.__traceback__)[-4:]))
            SERVER.error("an endpoint failed: %s at %s", type(error).__name__, places)
        finally:
            self.under_way -= 1
            metrics.UNDER_WAY.set(self.under_way)

    def refused(self, scope: Scope, headers: dict[bytes, bytes]) -> Any:
        """The answer to who may not ask, or None."""
        if not self.is_own(headers):
            return refusal(403, "another page may not call this service; name its origin with --origin")
        if scope["method"] == "OPTIONS":
            return None
        needed = next((name for start, name in NEEDED if scope["path"].startswith(start)), None)
        key = self.key(headers)
        scope["state"]["key"] = key
        if needed is None:
            return None
        if key is None:
            return refusal(401, "give an API key: Authorization: Bearer …")
        if needed not in key.scopes:
            return refusal(403, f"the key {key.name} lacks the scope {needed}")
        if self.settings.rate and not self.is_in_time(key.name):
            return refusal(429, f"more than {self.settings.rate} requests in a minute")
        length = headers.get(b"content-length", b"0")
        if not length.isdigit() or int(length) > self.settings.max_body:
            return refusal(413, f"a request may have {self.settings.max_body} bytes")
        return None

    def key(self, headers: dict[bytes, bytes]) -> keys.Key | None:
        """The key that was given; without a file of keys everybody at this machine has one."""
        if not self.keys:
            return keys.LOCAL
        given = headers.get(b"authorization", b"").decode("latin-1")
        given = given[7:] if given.lower().startswith("bearer ") else headers.get(b"x-api-key", b"").decode("latin-1")
        return keys.of(self.keys, given.strip()) if given else None

    def is_own(self, headers: dict[bytes, bytes]) -> bool:
        """Whether no foreign page asks: a page elsewhere must not use a service that trusts its own machine."""
        host = headers.get(b"host", b"").decode("latin-1")
        if not self.keys and urlsplit(f"//{host}").hostname not in LOCAL_NAMES:
            return False  # a name that was made to point here
        origin = headers.get(b"origin", b"").decode("latin-1")
        return not origin or origin in self.settings.origins or urlsplit(origin).netloc == host

    def allowed(self, scope: Scope) -> list[tuple[bytes, bytes]]:
        """The headers by which a named origin's page may read the answer."""
        origin = dict(scope["headers"]).get(b"origin", b"")
        if origin.decode("latin-1") not in self.settings.origins:
            return []
        return [
            (b"access-control-allow-origin", origin),
            (b"vary", b"origin"),
            (b"access-control-allow-headers", b"authorization, content-type"),
        ]

    def is_in_time(self, name: str) -> bool:
        """Whether a key has not asked too often in the last minute."""
        now, asked = time.monotonic(), self.asked.setdefault(name, deque())
        while asked and asked[0] <= now - 60:
            asked.popleft()
        if len(asked) >= self.settings.rate:
            return False
        asked.append(now)
        return True

    def bounded(self, receive: Receive, headers: dict[bytes, bytes]) -> Receive:
        """The request's body, cut off where it becomes too large, whatever its headers say."""
        if b"content-length" in headers:
            return receive
        taken = 0

        async def counted() -> MutableMapping[str, Any]:
            nonlocal taken
            message = await receive()
            taken += len(message.get("body", b""))
            if taken > self.settings.max_body:
                raise HTTPException(413, f"a request may have {self.settings.max_body} bytes")
            return message

        return counted


def route(scope: Scope) -> str:
    """The address as its pattern: what callers put into it is in no log and no metric."""
    found = scope.get("route")
    return str(getattr(found, "path", "")) or ("/v1/…" if scope["path"].startswith("/v1/") else "…")
