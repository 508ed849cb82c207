"""Word with the findings as comments on exactly the words that they are about; nothing else in the file changes."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from govmedia_screen.copies.anchors import Anchors
from govmedia_screen.copies.remarks import AUTHOR, INITIALS, gaps, remark
from govmedia_screen.copies.runs import FALLBACK, PARAGRAPH, RUN, SPACE, W, pieces, run_of, whole_runs
from govmedia_screen.errors import InputError, MissingExtra
from govmedia_screen.report.report import Report

#: Word shows comments of the main text only; what stands elsewhere is commented where the text refers to it.
REFERENCES = {"footnotes": "footnoteReference", "endnotes": "endnoteReference", "comments": "commentReference"}
NAMES = {"header": "页眉", "footer": "页脚", "footnotes": "脚注", "endnotes": "尾注", "comments": "批注"}
DELETED = (f"{W}del", f"{W}moveFrom")
BOX = f"{W}txbxContent"
KIND = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph as it is printed, or as it was before tracked changes.

    Attributes:
        element: the paragraph.
        text: its text.
        story: ``body``, or where else it stands, as content types call it.
        deleted: whether it is the text before tracked changes.
    """

    element: Any
    text: str
    story: str = "body"
    deleted: bool = False


def annotated(data: bytes, report: Report, name: str) -> bytes:
    """The file with a comment for every finding, and for everything that could not be screened.

    A finding in a header, a note, a text box or another comment is told where the text refers to it; one that
    cannot be found again at the beginning, with its words.

    Raises:
        InputError: it is not a Word file.
        MissingExtra: python-docx is not installed.
    """
    try:
        import docx
    except ImportError:
        raise MissingExtra("写 Word 批注", "documents") from None
    from govmedia_screen.documents.bounds import opened

    opened(data, name).close()
    try:
        file = docx.Document(io.BytesIO(data))
    except Exception as error:  # python-docx raises what its parsers raise
        raise InputError(f"{name}: 不是有效的 Word 文件（{error}）") from None
    lines = list(lines_of(file))
    put = Comments(file).put
    post = report.post
    anchors = Anchors({part: post.part(part) for part in post.parts}, [line.text for line in lines])
    for text in gaps(report):
        put(*beginning(file), text)
    for finding in report.findings:
        spots = anchors.of(finding)
        told = remark(finding)
        if spots is None:
            words = [f"原文：{finding.text[:60]}"] if finding.text else []
            put(*beginning(file), [told[0], *words, *told[1:]])
            continue
        (first, start), (last, end) = spots
        line = lines[first]
        if line.story == "body" and lines[last].story == "body":
            runs = stretch(line, start, lines[last], end)
            put(*(runs or beginning(file)), told)
        else:
            where = NAMES.get(line.story, line.story)
            put(*(referring(file, line) or beginning(file)), [f"（{where}“{finding.text[:60]}”）{told[0]}", *told[1:]])
    stream = io.BytesIO()
    file.save(stream)
    return stream.getvalue()


def lines_of(file: Any) -> Iterator[Line]:
    """Every paragraph: of the text, then of headers, footers, notes and comments; deleted text behind each."""
    from lxml import etree

    yield from paragraphs(file.element.body, "body")
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    for part in file.part.package.iter_parts():
        story = str(part.content_type).removesuffix("+xml").rpartition(".")[2]
        if story in NAMES:
            root = getattr(part, "element", None)
            yield from paragraphs(etree.fromstring(part.blob, parser) if root is None else root, story)


def paragraphs(root: Any, story: str) -> Iterator[Line]:
    """The paragraphs of one story."""
    for element in root.iter(PARAGRAPH):
        if any(ancestor.tag == FALLBACK for ancestor in element.iterancestors()):
            continue
        yield Line(element, "".join(text for _, text in pieces(element)), story)
        if next(element.iter(*DELETED), None) is not None:
            yield Line(element, "".join(text for _, text in pieces(element, deleted=True)), story, deleted=True)


def stretch(first: Line, start: int, last: Line, end: int) -> tuple[Any, Any] | None:
    """The first and last run of a finding, cut to its edges; of a place without width the character beside it."""
    if first is last and start >= end:
        start, end = (start - 1, start) if start else (0, 1)
    if first is last:
        runs = whole_runs(first.element, start, end, first.deleted)
        return outside(*runs) if runs else None
    stop = whole_runs(last.element, 0, end, last.deleted)
    begin = whole_runs(first.element, start, len(first.text), first.deleted)
    return outside(begin[0], stop[1]) if begin and stop else None


def outside(first: Any, last: Any) -> tuple[Any, Any]:
    """The runs, or those that hold the text box they stand in."""

    def out(run: Any) -> Any:
        boxes = [one for one in run.iterancestors() if one.tag == BOX]
        return run_of(boxes[-1]) if boxes and run_of(boxes[-1]) is not None else run

    return out(first), out(last)


def referring(file: Any, line: Line) -> tuple[Any, Any] | None:
    """The run of the text that refers to a note or comment."""
    wanted = REFERENCES.get(line.story)
    holder = next((one for one in line.element.iterancestors() if one.get(f"{W}id") is not None), None)
    if wanted is None or holder is None:
        return None
    for reference in file.element.body.iter(f"{W}{wanted}"):
        if reference.get(f"{W}id") == holder.get(f"{W}id") and (run := run_of(reference)) is not None:
            return outside(run, run)
    return None


def beginning(file: Any) -> tuple[Any, Any]:
    """The first run of the text; one is made if there is none."""
    for run in file.element.body.iter(RUN):
        if run_of(run) is run and not any(one.tag in (BOX, *DELETED) for one in run.iterancestors()):
            return run, run
    paragraph = file.paragraphs[0] if file.paragraphs else file.add_paragraph()
    made = paragraph.add_run().element
    return made, made


class Comments:
    """The comments of a file, numbered here: python-docx looks through all of them for each new one."""

    def __init__(self, file: Any) -> None:
        file.comments  # noqa: B018 - makes the part where there is none
        self.root = next(part.element for part in file.part.package.iter_parts() if part.content_type == KIND)
        self.number = max((int(one.get(f"{W}id")) for one in self.root), default=-1) + 1
        self.date = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")

    def put(self, first: Any, last: Any, lines: Sequence[str]) -> None:
        """Add a comment that spans from the first run to the last one."""
        number = {f"{W}id": str(self.number)}
        self.number += 1
        comment = made(self.root, "comment", **number, **{f"{W}author": AUTHOR, f"{W}date": self.date, f"{W}initials": INITIALS})
        for line in lines:
            text = made(made(made(comment, "p"), "r"), "t")
            text.text = line
            text.set(SPACE, "preserve")
        first.addprevious(made(None, "commentRangeStart", **number))
        reference = made(None, "r")
        made(reference, "commentReference", **number)
        behind = next((one for one in last.iterancestors() if one.tag in DELETED), last)
        behind.addnext(reference)
        behind.addnext(made(None, "commentRangeEnd", **number))


def made(parent: Any, tag: str, **attributes: str) -> Any:
    """An element, appended to its parent if one is given."""
    from docx.oxml.parser import OxmlElement

    element = OxmlElement(f"w:{tag}", attrs=attributes)
    if parent is not None:
        parent.append(element)
    return element
