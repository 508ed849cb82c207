"""Mails (.eml) and saved web pages (.mht) → documents: the text with its subject as title, then each attachment."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from email import message_from_bytes, policy
from email.message import EmailMessage

from govmedia_screen.errors import InputError

#: How many parts of a mail are read.
MOST = 500


def parts(data: bytes, name: str) -> tuple[str, Iterator[tuple[str, bytes]]]:
    """The subject, and file name and bytes of each part that is read: the text first, attachments after it.

    Raises:
        InputError: it is no mail.
    """
    try:
        mail = message_from_bytes(data, policy=policy.default)
        subject = str(mail["subject"] or "")
    except Exception as error:  # the parser of headers raises what it likes on hostile ones
        raise InputError(f"{name}: 邮件读不懂（{type(error).__name__}）") from None
    if not isinstance(mail, EmailMessage):
        raise InputError(f"{name}: 邮件读不懂")
    return subject, pieces(mail, name)


def pieces(mail: EmailMessage, name: str) -> Iterator[tuple[str, bytes]]:
    """The parts, those that only say again in plain text what another says left out."""
    count = 0
    for one in mail.walk():
        if one.is_multipart():
            continue
        count += 1
        if count > MOST:
            raise InputError(f"{name}: 邮件有超过 {MOST} 个部分，没有读完")
        kind = one.get_content_type()
        try:
            given = one.get_filename() or ""
            data = one.get_payload(decode=True)
        except Exception as error:
            raise InputError(f"{name}: 邮件第 {count} 部分读不懂（{type(error).__name__}）") from None
        if not isinstance(data, bytes) or not data.strip():
            continue
        if not given and kind.startswith("text/"):
            charset = one.get_content_charset() or "utf-8"
            with suppress(LookupError, ValueError):  # what cannot be decoded so is decoded by its content, as files are
                data = data.decode(charset).encode("utf-8", "surrogatepass")
            ending = {"text/html": ".html", "text/csv": ".csv", "text/css": ""}.get(kind, ".txt")
            if ending:
                yield f"正文{count}{ending}", data
        else:
            yield given.replace("/", "_").replace("\\", "_") or f"附件{count}", data
