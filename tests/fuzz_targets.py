"""What may be fed with anything: each target takes bytes and fails only by what is a fault. ``make fuzz`` and ``test_fuzz.py`` call them."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable
from functools import cache

from govmedia_screen import Post, Screener
from govmedia_screen.acceptance.waivers import screened
from govmedia_screen.documents import parse_each
from govmedia_screen.errors import ScreenError
from govmedia_screen.lexicon import lexicon
from govmedia_screen.render import FORMATS, renderer
from govmedia_screen.report.report import Report
from govmedia_screen.report.shown import shown

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)


@cache
def screener() -> Screener:
    """One for all."""
    return Screener()


def checked(report: Report) -> None:
    """What holds of every report."""
    for one in report.findings:
        assert report.post.part(one.part)[one.start : one.end] == one.text, one
    assert not any("程序出错" in one.reason or one.fault for one in report.incomplete), report.incomplete
    json.loads(report.to_json())
    for copy in (report.redacted(), report.fixed()):
        assert set(report.post.parts) <= set(copy)
    assert len(shown(report).findings) == len(report.findings)


def text(data: bytes) -> None:
    """A post with title, body and question, alone and in a batch."""
    title, _, rest = data.decode("utf-8", "surrogatepass" if b"\xed" in data else "replace").partition("\x1e")
    body, _, question = rest.partition("\x1e")
    post = Post(body or title, title=title if body else "", question=question or None, kind="reply" if question else "article")
    report = screener().screen(post)
    checked(report)
    assert [one.findings for one in screener().screen_many([post, Post("今日晴。"), post])][::2] == [report.findings] * 2


def read_as(name: str) -> Callable[[bytes], None]:
    """A target that reads a file of that name and screens what is in it."""

    def target(data: bytes) -> None:
        try:
            documents = list(parse_each(data, name))
        except ScreenError:
            return
        for document, report in screened(documents, screener(), None)[0]:
            checked(report)
            for one in report.findings:
                document.locate(one)

    return target


def word(data: bytes) -> None:
    """A Word file whose text is the data: as XML if it is, else inside one paragraph."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as package:
        package.writestr("[Content_Types].xml", TYPES)
        package.writestr("word/document.xml", f'<w:document xmlns:w="{WORD}"><w:body>'.encode() + data + b"</w:body></w:document>")
    read_as("a.docx")(file.getvalue())


def lexicons(data: bytes) -> None:
    """A rule file of an office."""
    try:
        lexicon.read([{"office.toml": data}], "fuzz", ("office",))
    except ScreenError:
        return


def reports(data: bytes) -> None:
    """Every format of a report on a Markdown file."""
    try:
        documents = list(parse_each(data, "a.md"))
    except ScreenError:
        return
    results = [(document, shown(report)) for document, report in screened(documents, screener(), None)[0]]
    for form in FORMATS:
        renderer(form)(results).encode("utf-8", "backslashreplace")


TARGETS: dict[str, Callable[[bytes], None]] = {
    "text": text,
    "markdown": read_as("a.md"),
    "html": read_as("a.html"),
    "mail": read_as("a.eml"),
    "table": read_as("a.csv"),
    "docx": word,
    "lexicon": lexicons,
    "report": reports,
}
