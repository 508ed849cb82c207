"""The endpoints: what comes in is typed (``wire``), what goes out is a report (``answers``)."""

from __future__ import annotations

import io
from typing import TypeVar

import msgspec
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from govmedia_screen.errors import InputError, MissingExtra
from govmedia_screen.post import Post
from govmedia_screen.report.report import Report
from govmedia_screen.server import metrics
from govmedia_screen.server.answers import answer, refusal, shown
from govmedia_screen.server.screening import Screening, rules_of
from govmedia_screen.server.wire import Batch, PostIn, Redact, Table

T = TypeVar("T")


async def typed(request: Request, wanted: type[T]) -> T:
    """The request's JSON as that type.

    Raises:
        HTTPException: 415 or 422, with the place of what is wrong.
    """
    kind = request.headers.get("content-type", "application/json").partition(";")[0].strip()
    if kind != "application/json":
        raise HTTPException(415, "send application/json")
    try:
        return msgspec.json.decode(await request.body(), type=wanted)
    except msgspec.ValidationError as error:
        raise HTTPException(422, str(error)) from None
    except msgspec.DecodeError as error:
        raise HTTPException(422, f"not JSON in UTF-8: {error}") from None
    except UnicodeDecodeError as error:
        raise HTTPException(422, f"not UTF-8: {error.reason}") from None


def posted(given: PostIn) -> Post:
    """The post that was sent.

    Raises:
        HTTPException: 422, a field cannot be what it says.
    """
    try:
        return given.post()
    except (ValueError, TypeError, InputError) as error:
        raise HTTPException(422, str(error)) from None


def personal(request: Request) -> bool:
    """Whether the caller asks to see personal data, and may; it is noted for the log.

    Raises:
        HTTPException: 403, the key lacks the scope.
    """
    if request.query_params.get("personal") not in ("1", "true"):
        return False
    if "personal" not in request.state.key.scopes:
        raise HTTPException(403, f"the key {request.state.key.name} lacks the scope personal")
    request.state.personal = True
    return True


def screening(request: Request) -> Screening:
    """The service's screener."""
    found: Screening = request.app.state.screening
    return found


async def screened(request: Request, posts: list[Post]) -> list[Report]:
    """The reports of some posts, counted."""
    reports = await screening(request).screen(posts)
    for report in reports:
        metrics.POSTS.labels(str(report.decision)).inc()
    return reports


async def screen(request: Request) -> Response:
    """``POST /v1/screen``: one post → its report; ``?fixed=1`` adds the parts with safe replacements."""
    post, wide = posted(await typed(request, PostIn)), personal(request)
    (report,) = await screened(request, [post])
    result = shown(report, wide)
    if request.query_params.get("fixed") in ("1", "true"):
        result["fixed"] = report.fixed()
    return answer(result)


async def screen_batch(request: Request) -> Response:
    """``POST /v1/screen-batch``: posts → reports in their order."""
    batch, most, wide = await typed(request, Batch), request.app.state.settings.max_posts, personal(request)
    if len(batch.posts) > most:
        raise HTTPException(413, f"a request may have {most} posts")
    reports = await screened(request, [posted(one) for one in batch.posts])
    return answer({"reports": [shown(report, wide) for report in reports]})


async def redact(request: Request) -> Response:
    """``POST /v1/redact``: the published parts with personal data, secrets and credentials masked."""
    wanted = await typed(request, Redact)
    (report,) = await screened(request, [posted(wanted.post)])
    return answer(report.redacted(wanted.mask, tuple(wanted.families) if wanted.families is not None else None))


async def documents(request: Request) -> Response:
    """``POST /v1/documents``: files as a form's ``file`` fields → for each its reports, or why it could not be read."""
    from govmedia_screen.documents import parse

    wide = personal(request)
    if not request.headers.get("content-type", "").startswith("multipart/form-data"):
        raise HTTPException(415, "send multipart/form-data with one or more fields named file")
    form = await request.form(max_files=request.app.state.settings.max_posts)
    results: list[dict[str, object]] = []
    for upload in form.getlist("file"):
        if isinstance(upload, str):
            raise HTTPException(422, "file is a file, not text")
        name, data = upload.filename or "file", await upload.read()
        try:
            document = await run_in_threadpool(parse, data, name)
        except (InputError, MissingExtra) as error:
            results.append({"name": name, "error": str(error)})
            continue
        (report,) = await screened(request, [document.post])
        result = shown(report, wide)
        for finding, found in zip(result["findings"], report.findings, strict=True):
            finding["file_line"], finding["file_column"] = document.locate(found)
        results.append({"name": name, "report": result, "title": document.post.title, "body": document.post.body})
    if not results:
        raise HTTPException(422, "there is no field named file")
    return answer({"documents": results})


async def table(request: Request) -> Response:
    """``POST /v1/table``: a table of results as a spreadsheet; what begins like a formula is text."""
    wanted = await typed(request, Table)
    data = await run_in_threadpool(spreadsheet, wanted)
    return Response(data, media_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")


def spreadsheet(wanted: Table) -> bytes:
    """The bytes of an xlsx file."""
    from openpyxl import Workbook
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    book = Workbook()
    sheet = book.active
    table: list[list[str | int]] = [[*wanted.header], *wanted.rows]
    for number, row in enumerate(table, 1):
        for column, value in enumerate(row, 1):
            cell = sheet.cell(number, column)
            if isinstance(value, int):
                cell.value = value
            else:
                cell.value = ILLEGAL_CHARACTERS_RE.sub("", value)[:32_000]
                cell.data_type = "s"
    for column in range(1, len(wanted.header) + 1):
        sheet.cell(1, column).font = Font(bold=True)
        sheet.column_dimensions[get_column_letter(column)].width = 24
    sheet.freeze_panes = "A2"
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


async def rules(request: Request) -> Response:
    """``GET /v1/rules``: every rule in force."""
    return answer({"rules": rules_of(screening(request).screener)})


async def rule(request: Request) -> Response:
    """``GET /v1/rules/{id}``: one rule."""
    found = rules_of(screening(request).screener, [request.path_params["id"]])
    return answer(found[0]) if found else refusal(404, "there is no such rule")


async def health(request: Request) -> Response:
    """``GET /healthz``: whether it works, with which versions; a refused change of the lexicons is told."""
    found = screening(request)
    (report,) = await found.screen([Post("今日天气晴。")])
    state = {"status": "ok", "versions": dict(report.versions)}
    return answer(state | {"problem": found.problem} if found.problem else state)


async def figures(request: Request) -> Response:
    """``GET /metrics``: for Prometheus."""
    data, kind = await run_in_threadpool(metrics.page)
    return Response(data, media_type=kind)
