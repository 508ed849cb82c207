"""The application: endpoints behind the gate, and the page."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable
from importlib import resources
from pathlib import Path

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from govmedia_screen.errors import InputError
from govmedia_screen.review.queue import Queue
from govmedia_screen.server import copies, endpoints, reviewing
from govmedia_screen.server.answers import answer, refusal
from govmedia_screen.server.guard import Guard
from govmedia_screen.server.logs import log_to
from govmedia_screen.server.openapi import described
from govmedia_screen.server.screening import Screening
from govmedia_screen.server.settings import Settings, stored

Endpoint = Callable[[Request], Awaitable[Response]]
#: The page's files and their content types; nothing else is served, and nothing comes from elsewhere.
PAGES = {
    "/": ("index.html", "text/html; charset=utf-8"),
    "/queue": ("queue.html", "text/html; charset=utf-8"),
    "/rules": ("rules.html", "text/html; charset=utf-8"),
    "/style.css": ("style.css", "text/css; charset=utf-8"),
    "/icon.svg": ("icon.svg", "image/svg+xml"),
    "/common.js": ("common.js", "text/javascript; charset=utf-8"),
    "/screen.js": ("screen.js", "text/javascript; charset=utf-8"),
    "/queue.js": ("queue.js", "text/javascript; charset=utf-8"),
    "/rules.js": ("rules.js", "text/javascript; charset=utf-8"),
    "/client.js": ("client.js", "text/javascript; charset=utf-8"),
}


def build(settings: Settings) -> Guard:
    """The application of these settings.

    Raises:
        ScreenError: profile, lexicons, model or keys are refused.
    """
    settings.check()
    screening = Screening(settings)

    @contextlib.asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        following = asyncio.create_task(screening.follow()) if settings.reload else None
        yield
        if following:
            following.cancel()

    routes = [
        Route("/v1/screen", endpoints.screen, methods=["POST"]),
        Route("/v1/screen-batch", endpoints.screen_batch, methods=["POST"]),
        Route("/v1/redact", endpoints.redact, methods=["POST"]),
        Route("/v1/table", endpoints.table, methods=["POST"]),
        Route("/v1/documents", endpoints.documents, methods=["POST"]),
        Route("/v1/copies/{what}", copies.copy, methods=["POST"]),
        Route("/v1/review-sheet", copies.form, methods=["POST"]),
        Route("/v1/rules", endpoints.rules, methods=["GET"]),
        Route("/v1/rules/{id}", endpoints.rule, methods=["GET"]),
        Route("/healthz", endpoints.health, methods=["GET"]),
        Route("/metrics", endpoints.figures, methods=["GET"]),
        Route("/openapi.json", description(settings), methods=["GET"]),
        *(reviews() if settings.reviews else ()),
        *(Route(path, page(*file), methods=["GET"]) for path, file in PAGES.items()),
    ]
    handlers = {HTTPException: refused, Exception: failed}
    app = Starlette(routes=routes, lifespan=lifespan, exception_handlers=handlers)  # type: ignore[arg-type]
    app.state.settings, app.state.screening = settings, screening
    if settings.reviews:
        app.state.queue = Queue(settings.reviews, bool(screening.profile.settings.get("self_approval")), receipt_key(settings))
    return Guard(app, settings)


def from_environment() -> Guard:
    """The application of the settings that this process was started with; what a worker calls."""
    settings = stored()
    log_to(settings.log)
    return build(settings)


def reviews() -> list[Route]:
    """The endpoints of the review queue."""
    return [
        Route("/v1/submissions", reviewing.submit, methods=["POST"]),
        Route("/v1/submissions/verify", reviewing.verify, methods=["POST"]),
        Route("/v1/submissions/{number:int}", reviewing.one, methods=["GET"]),
        Route("/v1/queue", reviewing.waiting, methods=["GET"]),
        Route("/v1/queue/{number:int}", reviewing.decide, methods=["POST"]),
    ]


def receipt_key(settings: Settings) -> bytes | None:
    """The key that signs receipts, or None.

    Raises:
        InputError: its file cannot be read, or holds too little.
    """
    if not settings.receipt_key:
        return None
    try:
        key = Path(settings.receipt_key).read_bytes().strip()
    except OSError as error:
        raise InputError(f"{settings.receipt_key}: 无法读取回执密钥（{error.strerror}）") from None
    if len(key) < 16:
        raise InputError(f"{settings.receipt_key}: 回执密钥至少 16 个字节")
    return key


def page(name: str, kind: str) -> Endpoint:
    """An endpoint that serves one file of the page."""
    data = resources.files("govmedia_screen.server").joinpath("page", name).read_bytes()

    async def serve(request: Request) -> Response:
        return Response(data, media_type=kind, headers={"Cache-Control": "no-cache"})

    return serve


def description(settings: Settings) -> Endpoint:
    """An endpoint that describes the service."""
    value = described(settings.reviews is not None)

    async def serve(request: Request) -> Response:
        return answer(value)

    return serve


async def refused(request: Request, error: HTTPException) -> Response:
    """What an endpoint refuses."""
    return refusal(error.status_code, str(error.detail))


async def failed(request: Request, error: Exception) -> Response:
    """An error of ours; the gate notes it."""
    return refusal(500, f"an error of the service ({type(error).__name__}); it is in the log")
