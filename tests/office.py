"""Files as offices have them, made by libraries that the readers do not use for reading, with findings planted in known places."""

from __future__ import annotations

import io
import random
import zipfile
from email.message import EmailMessage

from invented import resident_number

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
FILLER = "本周我县各乡镇有序推进环境整治，群众反映良好，有关工作正在按计划开展，具体安排另行通知。"


def numbers(count: int, seed: int = 7) -> list[str]:
    """Invented identity numbers."""
    chance = random.Random(seed)
    return [resident_number(chance).upper() for _ in range(count)]


def saved(file: object) -> bytes:
    """The bytes of what has ``save``."""
    data = io.BytesIO()
    file.save(data)  # type: ignore[attr-defined]
    return data.getvalue()


def zipped(files: dict[str, bytes]) -> bytes:
    """A zip file."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in files.items():
            packed.writestr(name, content)
    return data.getvalue()


def replaced(data: bytes, changes: dict[str, bytes | None]) -> bytes:
    """An Office file with other members; None takes one out."""
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        files = {one.filename: packed.read(one) for one in packed.infolist()}
    files |= {name: content for name, content in changes.items() if content is not None}
    return zipped({name: content for name, content in files.items() if changes.get(name, b"") is not None})


def mail(subject: str, text: str, attachments: dict[str, bytes]) -> bytes:
    """A mail with attachments."""
    message = EmailMessage()
    message["Subject"], message["From"], message["To"] = subject, "a@example.gov.cn", "b@example.gov.cn"
    message.set_content(text)
    for name, content in attachments.items():
        message.add_attachment(content, maintype="application", subtype="octet-stream", filename=name)
    return message.as_bytes()


def pdf(pages: list[list[str]], size: int = 14, **details: str) -> bytes:
    """A PDF of pages of lines, drawn by reportlab; a paragraph is broken where the page ends."""
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.pdfgen.canvas import Canvas

    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    data = io.BytesIO()
    canvas = Canvas(data)
    canvas.setTitle(details.get("title", ""))
    for page in pages:
        canvas.setFont("STSong-Light", size)
        height = 780
        for paragraph in page:
            for line in wrapped(paragraph, 470, size):
                canvas.drawString(60, height, line)
                height -= size + 6
        canvas.showPage()
    canvas.save()
    return data.getvalue()


def wrapped(text: str, wide: int, size: int) -> list[str]:
    """A paragraph's lines, each as full as it goes."""
    lines, line, room = [], "", float(wide)
    for char in text:
        need = size if ord(char) > 0x2E7F else size / 2
        if need > room:
            lines.append(line)
            line, room = "", float(wide)
        line += char
        room -= need
    return [*lines, line]
