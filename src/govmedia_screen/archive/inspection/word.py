"""The notice as a Word file in the layout of official documents (GB/T 9704—2012)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from govmedia_screen.archive.inspection.data import Grid
from govmedia_screen.archive.inspection.notice import Notice, han_day
from govmedia_screen.errors import MissingExtra

#: The standard's fonts: title, text, headings.
TITLE, TEXT, HEADING = "方正小标宋简体", "仿宋_GB2312", "黑体"
#: The margins of a page in millimetres: top, right, bottom, left; and the width that is left for the text.
MARGINS, WIDTH = (37, 26, 35, 28), 156
#: A page of annexes lies across.
ACROSS = (28, 20, 22, 20)
ACROSS_WIDTH = 257
RED = "C00000"
#: So many rows of a table stay with its head.
KEPT = 3


def write_word(path: Path, made: Notice) -> None:
    """Write the notice; a person checks, completes and signs it.

    Raises:
        MissingExtra: python-docx is not installed.
    """
    try:
        import docx
    except ImportError as error:
        raise MissingExtra("通报稿", "archive") from error
    writer = Writer(docx.Document())
    writer.page(writer.document.sections[0], 210, 297, MARGINS)
    letter = made.letter
    writer.paragraph(letter.office, font=TITLE, size=32, centre=True, colour=RED, bold=True)
    writer.paragraph(letter.number, centre=True, line=RED)
    writer.paragraph("")
    writer.paragraph(made.title, font=TITLE, size=22, centre=True)
    writer.paragraph("（草稿，经核实、签发后印发）", font="楷体_GB2312", centre=True)
    writer.paragraph(f"{letter.addressee}：")
    number = 0
    for block in made.blocks:
        if isinstance(block, Grid):
            number += 1
            writer.grid(block, f"表{number}　{block.caption}", WIDTH)
        elif block[0] == "h":
            writer.paragraph(block[1], font=HEADING, indent=True, keep=True)
        else:
            writer.paragraph(block[1], indent=True)
    for place, grid in enumerate(made.annexes, 1):
        writer.paragraph(f"{'附件：' if place == 1 else '　　　'}{place}. {grid.caption}", indent=True)
    writer.paragraph("")
    writer.paragraph(letter.office, right=2)
    writer.paragraph(han_day(letter.issued), right=2)
    if made.annexes:
        writer.across()
    for place, grid in enumerate(made.annexes, 1):
        writer.paragraph(f"附件{place}", font=HEADING, keep=True, new_page=place > 1)
        writer.grid(grid, grid.caption, ACROSS_WIDTH)
    writer.document.save(str(path))


class Writer:
    """Writes paragraphs and tables into a document."""

    def __init__(self, document: Any) -> None:
        from docx.shared import Pt

        self.document = document
        normal = document.styles["Normal"]
        normal.font.size = Pt(16)
        self.fonts(normal.element.get_or_add_rPr(), TEXT)
        normal.paragraph_format.line_spacing = Pt(28)
        normal.paragraph_format.space_after = Pt(0)

    def fonts(self, properties: Any, name: str) -> None:
        """Set the font of all scripts."""
        from docx.oxml.ns import qn

        found = properties.get_or_add_rFonts()
        for script in ("w:eastAsia", "w:ascii", "w:hAnsi"):
            found.set(qn(script), name)

    def page(self, section: Any, width: int, height: int, margins: tuple[int, int, int, int]) -> None:
        """A page's size and margins, and its number at the foot."""
        from docx.enum.text import WD_ALIGN_PARAGRAPH
        from docx.shared import Mm, Pt

        section.page_width, section.page_height = Mm(width), Mm(height)
        section.top_margin, section.right_margin, section.bottom_margin, section.left_margin = map(Mm, margins)
        section.footer.is_linked_to_previous = False
        foot = section.footer.paragraphs[0]
        foot.alignment = WD_ALIGN_PARAGRAPH.CENTER
        for text in ("— ", "PAGE", " —"):
            run = foot.add_run("" if text == "PAGE" else text)
            run.font.size = Pt(14)
            if text == "PAGE":
                self.field(run, text)

    def field(self, run: Any, code: str) -> None:
        """A field that the reader's program fills in."""
        from docx.oxml import OxmlElement
        from docx.oxml.ns import qn

        for kind, text in (("begin", None), (None, code), ("end", None)):
            element = OxmlElement("w:instrText" if text else "w:fldChar")
            if text:
                element.text = text
            else:
                element.set(qn("w:fldCharType"), kind)
            run.element.append(element)

    def paragraph(
        self, text: str, *, font: str = "", size: int = 16, centre: bool = False, indent: bool = False, right: int = 0, bold: bool = False,
        keep: bool = False, colour: str = "", line: str = "", new_page: bool = False,
    ) -> None:  # fmt: skip
        """A paragraph; ``line`` is the colour of a line below it, ``right`` how many characters it stands off the right margin."""
        from docx.enum.text import WD_ALIGN_PARAGRAPH
        from docx.shared import Pt, RGBColor

        one = self.document.add_paragraph()
        run = one.add_run(xml_safe(text))
        run.font.size, run.bold = Pt(size), bold
        if font:
            self.fonts(run.element.get_or_add_rPr(), font)
        if colour:
            run.font.color.rgb = RGBColor.from_string(colour)
        shape = one.paragraph_format
        if size > 20:
            shape.line_spacing = Pt(size * 1.5)
        if centre:
            one.alignment = WD_ALIGN_PARAGRAPH.CENTER
        if right:
            one.alignment, shape.right_indent = WD_ALIGN_PARAGRAPH.RIGHT, Pt(16 * right)
        if indent:
            shape.first_line_indent = Pt(size * 2)
        shape.keep_with_next, shape.page_break_before = keep, new_page
        if line:
            self.line_below(one, line)

    def line_below(self, paragraph: Any, colour: str) -> None:
        """A line below a paragraph."""
        from docx.oxml import OxmlElement
        from docx.oxml.ns import qn

        border, bottom = OxmlElement("w:pBdr"), OxmlElement("w:bottom")
        for key, value in (("val", "single"), ("sz", "18"), ("space", "6"), ("color", colour)):
            bottom.set(qn(f"w:{key}"), value)
        border.append(bottom)
        paragraph._p.get_or_add_pPr().append(border)  # noqa: SLF001  (python-docx has no borders)

    def across(self) -> None:
        """From here on pages lie across."""
        from docx.enum.section import WD_ORIENT, WD_SECTION

        section = self.document.add_section(WD_SECTION.NEW_PAGE)
        section.orientation = WD_ORIENT.LANDSCAPE
        self.page(section, 297, 210, ACROSS)

    def grid(self, grid: Grid, caption: str, width: int) -> None:
        """A table under its caption, its head repeated on each page."""
        from docx.enum.table import WD_TABLE_ALIGNMENT
        from docx.oxml import OxmlElement
        from docx.shared import Mm

        self.paragraph(caption, font=HEADING, size=12, centre=True, keep=True)
        table = self.document.add_table(rows=0, cols=len(grid.head), style="Table Grid")
        table.alignment, table.autofit = WD_TABLE_ALIGNMENT.CENTER, False
        widths = [Mm(width * one / sum(grid.widths)) for one in grid.widths]
        for column, one in zip(table.columns, widths, strict=True):
            column.width = one
        for number, row in enumerate((grid.head, *grid.rows)):
            line = table.add_row()
            properties = line._tr.get_or_add_trPr()  # noqa: SLF001  (nor rows that stay whole)
            properties.append(OxmlElement("w:cantSplit"))
            if number == 0:
                properties.append(OxmlElement("w:tblHeader"))
            for cell, value, one in zip(line.cells, row, widths, strict=True):
                cell.width = one
                self.fill(cell, value, head=number == 0, keep=number < min(KEPT, len(grid.rows)))
        if width == WIDTH:  # text follows; behind a table of an annex the next page begins
            self.paragraph("", size=8)

    def fill(self, cell: Any, value: Any, *, head: bool, keep: bool) -> None:
        """Fill a cell; ``keep`` keeps its row on one page with the next."""
        from docx.enum.text import WD_ALIGN_PARAGRAPH
        from docx.shared import Pt

        paragraph = cell.paragraphs[0]
        paragraph.paragraph_format.line_spacing, paragraph.paragraph_format.keep_with_next = 1.0, keep
        run = paragraph.add_run(xml_safe(str(value if value not in (None, "") else "—")))
        run.font.size, run.bold = Pt(9 if not head else 9.5), head
        if head or isinstance(value, (int, float)):
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER


def xml_safe(text: str) -> str:
    """Text without the characters that XML cannot hold."""
    return "".join(
        char for char in text if char in "\n\t" or (char >= " " and char not in "\ufffe\uffff" and not "\ud800" <= char <= "\udfff")
    )
