"""Copies of files by what they are."""

from __future__ import annotations

from collections.abc import Callable

from govmedia_screen.copies.masking import Masking
from govmedia_screen.documents import readable
from govmedia_screen.errors import InputError
from govmedia_screen.io.encoding import decode, encode
from govmedia_screen.report.report import Report
from govmedia_screen.system import lazy

#: The beginning of a zip archive, and so of an Office file.
ZIP = b"PK\x03\x04"
#: The beginnings of what is no text and cannot be redacted here.
OTHERS = {
    b"%PDF": "PDF",
    b"\xd0\xcf\x11\xe0": "旧版 Office（.doc、.xls）",
    b"{\\rtf": "RTF",
    b"\x89PNG": "图片",
    b"\xff\xd8\xff": "图片",
    b"GIF8": "图片",
}
#: Mails, whose parts are encoded.
MAIL = lazy.pattern(
    rb"(?:(?:Received|MIME-Version|Message-ID|From|To|Subject|Date|Content-Type):[^\r\n]{0,2000}(?:\r?\n[ \t][^\r\n]{0,2000}){0,50}\r?\n){2}"
)
ENCODED = (".eml", ".mht", ".mhtml", ".msg")


def redacted(data: bytes, name: str, masking: Masking) -> bytes:
    """A file with personal data, secrets and credentials masked; by its content, not by its ending.

    Raises:
        InputError: it cannot be read, or there is no redacting its kind; the message says what to do.
        MissingExtra: what reads it is not installed.
    """
    with readable(name):
        if data.startswith(ZIP):
            from govmedia_screen.copies import office_redaction

            return office_redaction.redacted(data, name, masking)
        return text_redacted(data, name, masking)


def text_redacted(data: bytes, name: str, masking: Masking) -> bytes:
    """A text file redacted, in its own encoding.

    Raises:
        InputError: it is no text, or its encoding does not have the mask.
    """
    from govmedia_screen.copies import text_redaction

    told = next((told for start, told in OTHERS.items() if data.lstrip().startswith(start)), "")
    if told or MAIL.match(data[:20_000]) or name.lower().endswith(ENCODED):
        raise InputError(f"{name}: {told or '邮件'}不能去标识化，请另存为 docx、xlsx、网页或文本后再试")
    text, encoding = decode(data, name)
    new = text_redaction.redacted(text, name, masking)
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
    if data.startswith(ZIP) and b"word/document.xml" in data:
        from govmedia_screen.copies import word_comments

        return word_comments.annotated
    if data.startswith(ZIP) and b"xl/workbook.xml" in data:
        from govmedia_screen.copies import cell_comments

        return cell_comments.annotated
    raise InputError(f"{name}: 批注只能写进 Word（.docx）和 Excel（.xlsx）文件；其他文件请用 --format html")
