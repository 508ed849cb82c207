"""Copies of files by what they are."""

from __future__ import annotations

from collections.abc import Callable

from govmedia_screen.copies.masking import Masking
from govmedia_screen.documents import readable
from govmedia_screen.documents.kinds import kind_of
from govmedia_screen.errors import InputError
from govmedia_screen.io.encoding import decode, encode
from govmedia_screen.report.report import Report

#: The kinds that can be redacted; others are said by name.
OFFICE, TEXTS = ("word", "xlsx"), ("text", "markdown", "html", "table")
NAMES = {"pdf": "PDF", "picture": "图片", "zip": "压缩包", "mail": "邮件", "xls": "老式 Excel 文件", "ods": "ODS 表格"}


def redacted(data: bytes, name: str, masking: Masking) -> bytes:
    """A file with personal data, secrets and credentials masked; by its content, not by its ending.

    Raises:
        InputError: it cannot be read, or there is no redacting its kind; the message says what to do.
        MissingExtra: what reads it is not installed.
    """
    with readable(name):
        kind = kind_of(data, name)
        if kind in OFFICE:
            from govmedia_screen.copies import office_redaction

            return office_redaction.redacted(data, name, masking)
        if kind not in TEXTS:
            raise InputError(f"{name}: {NAMES.get(kind, kind)}不能去标识化，请另存为 docx、xlsx、网页或文本后再试")
        return text_redacted(data, name, kind, masking)


def text_redacted(data: bytes, name: str, kind: str, masking: Masking) -> bytes:
    """A text file redacted, in its own encoding.

    Raises:
        InputError: it is no text, or its encoding does not have the mask.
    """
    from govmedia_screen.copies import text_redaction

    text, encoding = decode(data, name)
    new = text_redaction.redacted(text, name, kind, masking)
    try:
        return data if new == text else encode(new, encoding)
    except UnicodeEncodeError:
        raise InputError(f"{name}: {encoding} 写不出遮盖用的“{masking.mask}”，请用 --mask '*' 再试") from None


def annotated(data: bytes, report: Report, name: str) -> bytes:
    """A file with its findings as comments, by its content.

    Raises:
        InputError: it cannot be read, or there is no annotating its kind.
        MissingExtra: what writes it is not installed.
    """
    with readable(name):
        return annotator(data, name)(data, report, name)


def annotator(data: bytes, name: str) -> Callable[[bytes, Report, str], bytes]:
    """What annotates a file.

    Raises:
        InputError: there is no annotating its kind.
    """
    kind = kind_of(data, name)
    if kind == "word":
        from govmedia_screen.copies import word_comments

        return word_comments.annotated
    if kind == "xlsx":
        from govmedia_screen.copies import cell_comments

        return cell_comments.annotated
    raise InputError(f"{name}: 批注只能写进 Word（.docx）和 Excel（.xlsx）文件；其他文件请用 --format html")
