"""The endpoints that give files back: annotated, redacted, and the form that reviewers sign."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ParamSpec, TypeVar
from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from govmedia_screen.copies import files, review_sheet
from govmedia_screen.copies.masking import Masking
from govmedia_screen.documents import Document, parse
from govmedia_screen.errors import InputError, MissingExtra
from govmedia_screen.report.report import Report
from govmedia_screen.report.shown import shown
from govmedia_screen.screener import Screener
from govmedia_screen.server.endpoints import personal, posted, screened, screening, typed
from govmedia_screen.server.wire import PostIn

P = ParamSpec("P")
T = TypeVar("T")
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
#: What a copy is called, before the file's ending.
NAMES = {"annotated": "批注", "redacted": "去标识化", "sheet": "审核表"}


def office(request: Request) -> str:
    """The office's name for the form's heading."""
    return str(screening(request).profile.settings.get("office", ""))


async def form(request: Request) -> Response:
    """``POST /v1/review-sheet``: a post → the form that reviewers sign (docx)."""
    post, wide = posted(await typed(request, PostIn)), personal(request)
    (report,) = await screened(request, [post])
    document = Document(str(post.id or post.title or "稿件"), post)
    return given(await made(sheet, [(document, report)], office(request), wide), "审核表.docx", WORD)


async def copy(request: Request) -> Response:
    """``POST /v1/copies/{what}``: a form's ``file`` → its copy, annotated or redacted, or the form that reviewers sign."""
    what, wide = request.path_params["what"], personal(request)
    if what not in NAMES:
        raise HTTPException(404, f"there is no such copy; {', '.join(NAMES)}")
    if not request.headers.get("content-type", "").startswith("multipart/form-data"):
        raise HTTPException(415, "send multipart/form-data with one field named file")
    upload = (await request.form(max_files=1)).get("file")
    if not isinstance(upload, UploadFile):
        raise HTTPException(422, "there is no file in a field named file")
    name, data = upload.filename or "file", await upload.read()
    stem, dot, ending = name.rpartition(".")
    target = f"{stem if dot else name}-{NAMES[what]}.{'docx' if what == 'sheet' else ending if dot else 'txt'}"
    if what == "redacted":
        return given(await made(redacted, data, name, screening(request).screener), target)
    document = await made(parse, data, name)
    (report,) = await screened(request, [document.post])
    if what == "sheet":
        return given(await made(sheet, [(document, report)], office(request), wide), target, WORD)
    return given(await made(files.annotated, data, report, name), target)


async def made(make: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """What a function makes, in a thread.

    Raises:
        HTTPException: 422, the file cannot be read or copied so.
    """
    try:
        return await run_in_threadpool(make, *args, **kwargs)
    except (InputError, MissingExtra) as error:
        raise HTTPException(422, str(error)) from None


def redacted(data: bytes, name: str, screener: Screener) -> bytes:
    """The redacted copy of a file."""
    return files.redacted(data, name, Masking(screener.screen))


def sheet(results: Sequence[tuple[Document, Report]], name: str, wide: bool) -> bytes:
    """The form, personal data masked unless it may be shown."""
    return review_sheet.written([(document, report if wide else shown(report)) for document, report in results], name)


def given(data: bytes, name: str, kind: str = "application/octet-stream") -> Response:
    """A file to be saved under a name."""
    return Response(data, media_type=kind, headers={"Content-Disposition": f"attachment; filename*=UTF-8''{quote(name)}"})
