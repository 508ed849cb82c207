"""Word (.docx) → post: every paragraph that is printed, one line each; a finding's line is its paragraph."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from typing import Any

from govmedia_screen.errors import InputError, MissingExtra
from govmedia_screen.post import Post

#: What older programs show in place of something newer: the same text once more.
FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
#: How much XML of a file is unpacked at most, in bytes; a book of a million characters has a tenth of it.
UNPACKED = 100 << 20
MARKS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}


def read(data: bytes, name: str) -> Post:
    """The post in a Word file: title by the style Title, then text, tables, text boxes, foot- and endnotes, headers and footers.

    Inserted text that is still tracked counts, deleted text does not.

    Raises:
        InputError: it is not a Word file.
        MissingExtra: python-docx is not installed.
    """
    try:
        import docx
    except ImportError:
        raise MissingExtra("读取 Word 文件", "documents") from None
    within(data, name)
    try:
        file = docx.Document(io.BytesIO(data))
    except (zipfile.BadZipFile, KeyError, ValueError) as error:
        raise InputError(f"{name}: 不是有效的 Word 文件（{error}）") from None
    names = {style.style_id: style.name for style in file.styles}
    title, lines = "", []
    for style, text in paragraphs(file.element.body):
        if not title and text.strip() and names.get(style) == "Title":
            title = text
        else:
            lines.append(text)
    for root in others(file):
        lines += [text for _, text in paragraphs(root) if text.strip()]
    while lines and not lines[-1]:
        lines.pop()
    return Post(body="\n".join(lines), title=title, id=name)


def within(data: bytes, name: str) -> None:
    """Refuse a file that would unpack beyond bounds, before anything is unpacked.

    Raises:
        InputError: it would.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            size = sum(one.file_size for one in packed.infolist() if one.filename.endswith((".xml", ".rels")))
    except zipfile.BadZipFile:
        return  # told by who opens it
    if size > UNPACKED:
        raise InputError(f"{name}: 解压后过大（文字部分 {size >> 20} MB，至多 {UNPACKED >> 20} MB），没有读")


def others(file: Any) -> Iterator[Any]:
    """The roots of headers, footers and notes, each once."""
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    for part in file.part.package.iter_parts():
        kind = part.content_type
        if kind.endswith((".header+xml", ".footer+xml", ".footnotes+xml", ".endnotes+xml")):
            yield etree.fromstring(part.blob, parser)


def paragraphs(root: Any) -> Iterator[tuple[str | None, str]]:
    """Style and text of every paragraph below an element, in order; those of text boxes follow their own."""
    from docx.oxml.ns import qn

    paragraph, run_text, deleted, style = (qn(name) for name in ("w:p", "w:t", "w:delText", "w:pStyle"))
    space = run_text[: run_text.index("}") + 1]

    def own(element: Any) -> Iterator[str]:
        for child in element:
            if child.tag in (paragraph, deleted, FALLBACK) or not isinstance(child.tag, str):
                continue
            if child.tag == run_text:
                yield child.text or ""
            elif child.tag.startswith(space) and child.tag.removeprefix(space) in MARKS:
                yield MARKS[child.tag.removeprefix(space)]
            else:
                yield from own(child)

    for element in root.iter(paragraph):
        if any(ancestor.tag == FALLBACK for ancestor in element.iterancestors()):
            continue
        kind = next((one.get(qn("w:val")) for one in element.iter(style)), None)
        yield kind, "".join(own(element))
