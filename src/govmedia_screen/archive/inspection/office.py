"""The inspection as a spreadsheet and as the draft of a notice (通报)."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from govmedia_screen.archive.inspection import data
from govmedia_screen.archive.inspection.inspection import Inspection
from govmedia_screen.errors import MissingExtra

#: Characters that make a spreadsheet take a text for a formula.
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def write_xlsx(path: Path, now: Inspection, before: Inspection | None = None) -> None:
    """Every table of the inspection, one to a sheet."""
    try:
        from openpyxl import Workbook
        from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
        from openpyxl.styles import Alignment, Font
    except ImportError as error:
        raise MissingExtra("检查表格", "archive") from error
    book = Workbook()
    book.remove(book.active)
    sheets = [
        ("汇总", (["项目", now.quarter.title], [list(pair) for pair in data.totals(now)])),
        ("账号排名", data.account_table(now, before)), ("单位", data.unit_table(now)), ("问题类别", data.family_table(now, before)),
        ("否决项", data.veto_table(now)), ("突出文章", data.worst_table(now)), ("登记与更新", data.check_table(now)),
    ]  # fmt: skip
    for name, (head, rows) in sheets:
        sheet = book.create_sheet(name)
        sheet.append(head)
        for row in rows:
            sheet.append([ILLEGAL_CHARACTERS_RE.sub("", cell) if isinstance(cell, str) else cell for cell in row])
            for cell in sheet[sheet.max_row]:
                if isinstance(cell.value, str) and cell.value.startswith(FORMULA):
                    cell.data_type = "s"
        for cell in sheet[1]:
            cell.font = Font(bold=True)
        for column in sheet.columns:
            width = max((sum(1 + (char > "\u2e80") for char in str(cell.value or "")) for cell in column), default=8)
            sheet.column_dimensions[column[0].column_letter].width = min(max(width + 2, 8), 60)
            for cell in column:
                cell.alignment = Alignment(vertical="top", wrap_text=width > 58)
        sheet.freeze_panes = "A2"
    book.save(path)


def write_notice(path: Path, now: Inspection, before: Inspection | None = None, today: date | None = None) -> None:
    """The draft of a notice in an official document's shape; a person checks, completes and signs it."""
    try:
        import docx
        from docx.enum.text import WD_ALIGN_PARAGRAPH
        from docx.oxml.ns import qn
        from docx.shared import Pt
    except ImportError as error:
        raise MissingExtra("通报稿", "archive") from error
    document = docx.Document()
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = "仿宋_GB2312", Pt(16)
    normal.element.rPr.rFonts.set(qn("w:eastAsia"), "仿宋_GB2312")
    normal.paragraph_format.line_spacing = Pt(28)

    def paragraph(text: str, *, centre: bool = False, bold: bool = False, size: int = 16, indent: bool = True) -> None:
        one = document.add_paragraph()
        run = one.add_run(text)
        run.bold, run.font.size = bold, Pt(size)
        if centre:
            one.alignment = WD_ALIGN_PARAGRAPH.CENTER
        elif indent:
            one.paragraph_format.first_line_indent = Pt(size * 2)

    paragraph(f"关于{now.quarter.title}政务新媒体检查情况的通报", centre=True, bold=True, size=22)
    paragraph("（草稿，须核实后印发）", centre=True)
    paragraph("各有关单位：", indent=False)
    for text in sentences(now, before):
        heading = text[:2] in {"一、", "二、", "三、", "四、", "五、"}
        paragraph(text, bold=heading)
    head, rows = data.account_table(now, before)
    shown = [0, 1, 2, 4, 5, 6, 8, 9]
    paragraph("附件：账号检查情况", indent=False)
    grid = document.add_table(rows=1, cols=len(shown), style="Table Grid")
    fill(grid.rows[0].cells, [head[place] for place in shown], Pt(10.5))
    for row in rows:
        fill(grid.add_row().cells, [row[place] for place in shown], Pt(10.5))
    stamp = today or date.today()
    closing = document.add_paragraph(f"{stamp.year}年{stamp.month}月{stamp.day}日")
    closing.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    document.save(str(path))


def fill(cells: Any, values: list[Any], size: Any) -> None:
    """Fill a row of a table."""
    for cell, value in zip(cells, values, strict=True):
        cell.text = xml_safe(str(value))
        for paragraph in cell.paragraphs:
            paragraph.paragraph_format.line_spacing = 1
            for run in paragraph.runs:
                run.font.size = size


def xml_safe(text: str) -> str:
    """Text without the characters that XML cannot hold."""
    return "".join(char for char in text if char in "\n\t" or char >= " ")


def sentences(now: Inspection, before: Inspection | None) -> list[str]:
    """The notice, paragraph by paragraph."""
    block, review = now.level("block"), now.level("review")
    text = [
        f"根据《神木市政务新媒体管理办法》第二十一条，对全市政务新媒体{now.quarter.title}的运行情况进行了检查，现将有关情况通报如下。",
        "一、总体情况",
        f"本次共检查账号{len(now.accounts)}个，涉及单位{len(now.units)}家，审查发布内容{now.posts}篇，发现应拦截的问题{block}处、应送审的问题{review}处。",
    ]
    if before:
        past = before.level("block") + before.level("review")
        text.append(
            f"与{before.quarter.title}相比，应拦截和应送审的问题由{past}处变为{block + review}处，发布内容由{before.posts}篇变为{now.posts}篇。"
        )
    if good := data.best(now):
        text.append(f"{'、'.join(one.name for one in good)}等账号运行较为规范。")
    text.append("二、存在问题")
    if now.vetoed:
        text.append("（一）疑似单项否决问题。" + "；".join(f"{one.name}：{'、'.join(sorted(one.vetoes))}" for one in now.vetoed) + "。")
    else:
        text.append("（一）未发现单项否决问题。")
    leading = [row for row in data.family_table(now)[1] if row[-1]][:5]
    if leading:
        text.append("（二）内容问题。较多的是：" + "；".join(f"{row[0]}{row[-1]}处" for row in leading) + "。")
    checks = [f"{check.account}：{check.message}（{check.text}）" for one in now.accounts for check in one.checks]
    if checks:
        text.append(f"（三）登记和更新问题{len(checks)}处。" + "；".join(checks[:10]) + ("等。" if len(checks) > 10 else "。"))
    text += [
        "三、工作要求",
        "有关单位要对照问题逐项核实整改，严格执行先审后发和分级分类审核制度，整改情况于通报印发之日起十个工作日内报送。",
    ]
    return text
