"""The endpoints of the review queue (第十七条)."""

from __future__ import annotations

from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from govmedia_screen.errors import InputError, LedgerError
from govmedia_screen.ledger.record import Record
from govmedia_screen.review.queue import Queue, Submission
from govmedia_screen.server.answers import answer, masked
from govmedia_screen.server.endpoints import personal, posted, screened, typed
from govmedia_screen.server.wire import PostIn, Signature
from govmedia_screen.server.wire import Submission as Submitted


def queue(request: Request) -> Queue:
    """The service's queue."""
    found: Queue = request.app.state.queue
    return found


def told(given: Submission, wide: bool) -> dict[str, Any]:
    """A submission as callers see it; personal data masked unless they may see it and ask."""
    post, report = given.post, {name: value for name, value in given.report.items() if name != "redacted"}
    if not wide:
        parts = given.report["redacted"]
        post, report = post | {name: text for name, text in parts.items() if name in post}, report | masked(report, parts)
    return {
        "number": given.number, "at": given.at, "author": given.author, "required": given.required, "state": given.state,
        "post": post, "report": report,
    }  # fmt: skip


def receipt(found: Queue, record: Record) -> dict[str, Any]:
    """A record with its signature."""
    return record.to_dict() | {"signature": found.signature(record)}


async def submit(request: Request) -> Response:
    """``POST /v1/submissions``: screen a post and put it into the queue."""
    given = await typed(request, Submitted)
    (report,) = await screened(request, [posted(given.post)])
    try:
        made = await run_in_threadpool(queue(request).submit, report, given.author)
    except InputError as error:
        raise HTTPException(422, str(error)) from None
    return answer(told(made, wide=False))


async def one(request: Request) -> Response:
    """``GET /v1/submissions/{number}``: a submission and what was decided."""
    wide = personal(request)
    try:
        given = await run_in_threadpool(queue(request).get, request.path_params["number"])
    except InputError as error:
        raise HTTPException(404, str(error)) from None
    return answer(told(given, wide))


async def verify(request: Request) -> Response:
    """``POST /v1/submissions/verify``: whether a text is the text that was approved."""
    post = posted(await typed(request, PostIn))
    try:
        proof = await run_in_threadpool(queue(request).verify, post)
    except LedgerError as error:
        raise HTTPException(409, str(error)) from None
    found = queue(request)
    return answer({"approved": proof.approved, "reason": proof.reason, "receipt": receipt(found, proof.receipt) if proof.receipt else None})


async def waiting(request: Request) -> Response:
    """``GET /v1/queue``: what waits for the holder of this key."""
    wide, key = personal(request), request.state.key
    found = await run_in_threadpool(queue(request).waiting, key.tier)
    return answer({"tier": key.tier, "waiting": [told(given, wide) for given in found]})


async def decide(request: Request) -> Response:
    """``POST /v1/queue/{number}``: approve or return; the answer is the receipt."""
    given, found = await typed(request, Signature), queue(request)
    if given.tier > request.state.key.tier:
        raise HTTPException(403, f"the key {request.state.key.name} may sign at tier {request.state.key.tier}")
    number, opinions = request.path_params["number"], [(one.finding, one.right) for one in given.opinions]
    try:
        await run_in_threadpool(found.get, number)
    except InputError as error:
        raise HTTPException(404, str(error)) from None
    try:
        record = await run_in_threadpool(found.decide, number, given.action, given.person, given.tier, given.note, opinions)
    except (InputError, LedgerError) as error:
        raise HTTPException(409, str(error)) from None
    return answer(receipt(found, record))
