"""信息发布审核表: what a post says, what was found in it, and who signs for it (第十七条), as a Word form."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from govmedia_screen.copies.remarks import fit
from govmedia_screen.documents import Document
from govmedia_screen.errors import MissingExtra
from govmedia_screen.finding import Finding, Level
from govmedia_screen.render.text import PARTS, TIERS, place
from govmedia_screen.report.report import Report

TITLE = "信息发布审核表"
KINDS = {"article": "原创", "repost": "转载", "reply": "回复留言", "notice": "公告"}
#: Colours of levels, as everywhere; the words say the same.
COLOURS = {Level.NOTE: "1D5FA8", Level.REVIEW: "A15C00", Level.BLOCK: "B3261E"}
SHADES = {Level.NOTE: "DCE9F7", Level.REVIEW: "FBE9CF", Level.BLOCK: "F9DADA"}
#: Type sizes and faces of official documents (GB/T 9704): 小标宋 is seldom installed, 黑体 and 宋体 are.
FACE, HEAD = "宋体", "黑体"
#: Longer findings are cut in the table; in the text they are whole.
LONGEST = 60
A4 = (11906, 16838)
WIDTHS = {4: (2.8, 5.3, 2.8, 5.3), 7: (1.2, 1.4, 2.0, 3.4, 4.6, 2.1, 1.5)}


def written(results: Sequence[tuple[Document, Report]], office: str = "", now: datetime | None = None) -> bytes:
    """The form of every post, each on pages of its own.

    Args:
        results: the documents with their reports; what must not be shown is masked by the caller.
        office: the name of the office, for the heading.
        now: when it was screened.

    Raises:
        MissingExtra: python-docx is not installed.
    """
    try:
        import docx
        from docx.enum.text import WD_BREAK
        from docx.shared import Cm, Twips
    except ImportError:
        raise MissingExtra("写审核表", "documents") from None
    file = docx.Document()
    section = file.sections[0]
    section.page_width, section.page_height = Twips(A4[0]), Twips(A4[1])
    section.left_margin = section.right_margin = Cm(2.4)
    section.top_margin = section.bottom_margin = Cm(2.2)
    faced(file.styles["Normal"], FACE, 10.5)
    file.core_properties.title, file.core_properties.author = TITLE, office
    for number, (document, report) in enumerate(results):
        if number:
            file.paragraphs[-1].add_run().add_break(WD_BREAK.PAGE)
        form(file, document, report, office, now or datetime.now())
    stream = io.BytesIO()
    file.save(stream)
    return stream.getvalue()


def form(file: Any, document: Document, report: Report, office: str, now: datetime) -> None:
    """One post's form."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    head = file.add_paragraph()
    head.alignment = WD_ALIGN_PARAGRAPH.CENTER
    faced(head.add_run(fit(f"{office}{TITLE}")), HEAD, 18)
    post = report.post
    count = sum(len(post.part(part)) for part in post.parts)
    facts = (
        ("稿件标题", post.title or "（无）"), ("文种", KINDS[post.kind]), ("账号、平台", "、".join(filter(None, (post.account, post.platform)))), ("来源", post.source or ""),
        ("提供部门", post.department or ""), ("拟发布时间", str(post.published_at or "")), ("文件", document.name), ("字数", str(count)),
        ("审查结论", report.decision.label), ("审核层级", f"{report.review_tier} {TIERS[report.review_tier]}"), ("审查时间", f"{now:%Y-%m-%d %H:%M}"), ("审查版本", report.versions.get("govmedia_screen", "")),
    )  # fmt: skip
    table = grid(file, 4)
    for (label, value), (other, more) in zip(facts[::2], facts[1::2], strict=True):
        row(table, (label, value, other, more), bold=(0, 2))
    row(table, ("稿件摘要值", f"SHA-256 {report.digest}"), bold=(0,), merged=(1, 3))
    heading(file, "一、审查发现")
    if report.findings:
        table = grid(file, 7)
        row(table, ("序号", "级别", "位置", "原文", "问题", "建议", "处理意见"), bold=range(7))
        repeated(table)
        for number, finding in enumerate(report.findings, 1):
            entry(table, number, document, finding)
    else:
        file.add_paragraph("没有发现问题。")
    for gap in report.incomplete:
        file.add_paragraph(fit(f"未审完：{PARTS.get(gap.part, gap.part)}，{gap.reason}"))
    for finding, exemption in report.exempted:
        file.add_paragraph(fit(f"已豁免：{finding.rule} {finding.text[:LONGEST]}，{exemption.reason}（{exemption.lasts}）"))
    heading(file, "二、审核意见")
    table = grid(file, 4)
    for tier in (1, 2, 3):
        needed = "须签" if tier <= report.review_tier else "免签"
        row(table, (f"{TIERS[tier]}\n（{needed}）", "意见：\n\n\n签名：　　　　　　　　　　　　年　　月　　日"), bold=(0,), merged=(1, 3))
    heading(file, "三、稿件全文")
    for part in post.parts:
        if post.part(part):
            passage(file, part, post.part(part), list(enumerate(report.findings, 1)))


def entry(table: Any, number: int, document: Document, finding: Finding) -> None:
    """A finding's line."""
    text = finding.text if len(finding.text) <= LONGEST else finding.text[: LONGEST - 1] + "…"
    suggestion = "" if finding.suggestion is None else finding.suggestion or "删去"
    what = f"{finding.message}（{finding.basis}）" if finding.basis else finding.message
    cells = row(
        table, (str(number), finding.level.label, place(document, finding), text or "（缺少内容）", what, suggestion, "□已改\n□属实\n□误报")
    )
    coloured(cells[1], SHADES[finding.level])


def passage(file: Any, name: str, text: str, findings: list[tuple[int, Finding]]) -> None:
    """One part in full, findings shaded, each with its number behind it."""
    from docx.shared import RGBColor

    mine = [(number, one) for number, one in findings if one.part == name]
    edges = sorted({0, len(text), *(one.start for _, one in mine), *(one.end for _, one in mine)})
    paragraph = file.add_paragraph()
    if name != "body":
        faced(paragraph.add_run(f"{PARTS.get(name, name)}："), HEAD, 10.5)
    for start, end in zip(edges, [*edges[1:], edges[-1]], strict=True):
        for number, one in mine:
            if (one.end == start and one.start < start) or (one.start == one.end == start):
                mark = paragraph.add_run(f"[{number}]")
                mark.font.superscript = True
                mark.font.color.rgb = RGBColor.from_string(COLOURS[one.level])
        inside = [one for _, one in mine if one.start <= start and end <= one.end and start < end and not one.traits.covers]
        for count, piece in enumerate(text[start:end].replace("\r\n", "\n").replace("\r", "\n").split("\n")):
            if count:
                paragraph = file.add_paragraph()
            if piece:
                run = paragraph.add_run(fit(piece))
                if inside:
                    coloured(run, SHADES[max(one.level for one in inside)])


def heading(file: Any, text: str) -> None:
    """A heading."""
    from docx.shared import Pt

    paragraph = file.add_paragraph()
    paragraph.paragraph_format.space_before = Pt(12)
    paragraph.paragraph_format.keep_with_next = True
    faced(paragraph.add_run(text), HEAD, 12)


def grid(file: Any, columns: int) -> Any:
    """A table with lines."""
    from docx.shared import Cm

    table = file.add_table(0, columns)
    table.style, table.autofit = "Table Grid", False
    for column, width in zip(table.columns, WIDTHS[columns], strict=True):
        column.width = Cm(width)
    return table


def row(table: Any, texts: Sequence[str], bold: Sequence[int] = (), merged: tuple[int, int] | None = None) -> list[Any]:
    """A row of cells; ``merged`` cells are one."""
    from docx.shared import Cm

    cells = list(table.add_row().cells)
    for cell, width in zip(cells, WIDTHS[len(cells)], strict=True):
        cell.width = Cm(width)
    if merged:
        cells[merged[0]].merge(cells[merged[1]])
    for column, text in enumerate(texts):
        run = cells[column].paragraphs[0].add_run(fit(text))
        faced(run, HEAD if column in bold else FACE, 9 if len(cells) > 4 else 10.5)
    return cells


def repeated(table: Any) -> None:
    """The first row stands on every page."""
    from docx.oxml.parser import OxmlElement

    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))  # noqa: SLF001 - python-docx has no other way


def faced(styled: Any, face: str, size: float) -> None:
    """A run or style in a Chinese face."""
    from docx.oxml.ns import qn
    from docx.shared import Pt

    styled.font.name, styled.font.size = face, Pt(size)
    properties = styled.element.get_or_add_rPr()
    properties.rFonts.set(qn("w:eastAsia"), face)


def coloured(target: Any, colour: str) -> None:
    """A cell or run with a ground of that colour."""
    from docx.oxml.ns import qn
    from docx.oxml.parser import OxmlElement

    shade = OxmlElement("w:shd", attrs={qn("w:val"): "clear", qn("w:color"): "auto", qn("w:fill"): colour})
    properties = target._tc.get_or_add_tcPr() if hasattr(target, "_tc") else target.element.get_or_add_rPr()  # noqa: SLF001 - python-docx has no other way
    properties.append(shade)
