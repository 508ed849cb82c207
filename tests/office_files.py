"""Office files that the tests make with python-docx and openpyxl, and what a test reads out of them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Sequence
from typing import Any

import docx
from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement


def saved(file: Any) -> bytes:
    """The bytes of a document or workbook."""
    stream = io.BytesIO()
    file.save(stream)
    return stream.getvalue()


def word(*paragraphs: Sequence[str] | str) -> Any:
    """A document; each paragraph is a text, or its runs, which are formatted by turns."""
    file = docx.Document()
    for runs in paragraphs:
        paragraph = file.add_paragraph()
        for number, text in enumerate([runs] if isinstance(runs, str) else runs):
            run = paragraph.add_run(text)
            run.bold, run.italic = number % 2 == 0, number % 3 == 0
    return file


def commented(data: bytes) -> list[tuple[str, str]]:
    """The words that every comment stands at, and the comment, in the order of comments."""
    file = docx.Document(io.BytesIO(data))
    words: dict[str, str] = {}
    live: set[str] = set()
    for element in file.element.body.iter():
        number = element.get(qn("w:id")) or ""
        if element.tag == qn("w:commentRangeStart"):
            live.add(number)
            words[number] = ""
        elif element.tag == qn("w:commentRangeEnd"):
            live.remove(number)
        elif element.tag in (qn("w:t"), qn("w:delText")):
            for one in live:
                words[one] += element.text or ""
    references = [one.get(qn("w:id")) for one in file.element.body.iter(qn("w:commentReference"))]
    assert sorted(references) == sorted(str(one.comment_id) for one in file.comments)
    return [(words[str(one.comment_id)], one.text) for one in file.comments]


def characters(data: bytes) -> Iterator[list[tuple[str, bytes]]]:
    """Of every paragraph every character with the properties of its run."""
    from lxml import etree

    for paragraph in docx.Document(io.BytesIO(data)).element.body.iter(qn("w:p")):
        found = []
        for run in paragraph.iter(qn("w:r")):
            if run.find(qn("w:commentReference")) is not None:
                continue
            properties = run.find(qn("w:rPr"))
            look = b"" if properties is None else etree.tostring(properties, method="c14n")
            for child in run:
                if child.tag in (qn("w:t"), qn("w:delText")):
                    found += [(char, look) for char in child.text or ""]
                elif child.tag != qn("w:rPr"):
                    found.append((child.tag, look))
        yield found


def everything(data: bytes) -> str:
    """All that stands in a file's XML, texts of neighbouring elements joined, and all attributes."""
    from lxml import etree

    found = []
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        for name in packed.namelist():
            if name.endswith((".xml", ".rels", ".vml")):
                root = etree.fromstring(packed.read(name))
                found.append("".join(root.itertext()))
                found += [value for element in root.iter("*") for value in element.attrib.values()]
            elif name.endswith((".docx", ".xlsx")):
                found.append(everything(packed.read(name)))
    return "\n".join(found)


def tracked(kind: str, text: str) -> Any:
    """A tracked change of one run: ``ins`` or ``del``."""
    change = OxmlElement(f"w:{kind}", attrs={qn("w:id"): "90", qn("w:author"): "某编辑"})
    run = OxmlElement("w:r")
    holder = OxmlElement("w:t" if kind == "ins" else "w:delText")
    holder.text = text
    run.append(holder)
    change.append(run)
    return change
