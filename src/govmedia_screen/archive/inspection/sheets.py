"""An inspection's tables as a workbook."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from govmedia_screen.archive.inspection.data import Grid
from govmedia_screen.errors import MissingExtra

#: Characters that make a spreadsheet take a text for a formula.
FORMULA = ("=", "+", "-", "@", "\t", "\r")
#: How wide a column is for each unit of its width, in characters.
UNIT, NARROWEST, WIDEST = 1.6, 8, 60


def write_sheets(path: Path, grids: Sequence[Grid], above: Sequence[str] = ()) -> None:
    """One table to a sheet, ready to print; ``above`` are lines over the first table.

    Raises:
        MissingExtra: openpyxl is not installed.
    """
    try:
        from openpyxl import Workbook
        from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
        from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
        from openpyxl.utils import get_column_letter
    except ImportError as error:
        raise MissingExtra("检查表格", "archive") from error
    book = Workbook()
    book.remove(book.active)
    thin = Side(style="thin", color="999999")
    for place, grid in enumerate(grids):
        sheet = book.create_sheet(grid.caption[:31])
        lines = list(above) if place == 0 else []
        for number, line in enumerate(lines, 1):
            sheet.cell(number, 1, ILLEGAL_CHARACTERS_RE.sub("", line)).font = Font(bold=number == 1, size=14 if number == 1 else 10)
            sheet.merge_cells(start_row=number, start_column=1, end_row=number, end_column=max(2, len(grid.head)))
            sheet.cell(number, 1).alignment = Alignment(horizontal="center" if number == 1 else "left", vertical="center", wrap_text=True)
            sheet.row_dimensions[number].height = 28 if number == 1 else 16 * (1 + len(line) // 60)
        head = len(lines) + 1
        for row_number, row in enumerate((grid.head, *grid.rows), head):
            for column, value in enumerate(row, 1):
                cell = sheet.cell(row_number, column)
                cell.value = ILLEGAL_CHARACTERS_RE.sub("", value) if isinstance(value, str) else value
                if isinstance(value, str) and value.startswith(FORMULA):
                    cell.data_type = "s"
                cell.border = Border(thin, thin, thin, thin)
                cell.alignment = Alignment(
                    vertical="center" if row_number == head else "top", wrap_text=True, horizontal="center" if row_number == head else None
                )
                if row_number == head:
                    cell.font, cell.fill = Font(bold=True), PatternFill("solid", fgColor="EFEFEF")
        for column, width in enumerate(grid.widths, 1):
            sheet.column_dimensions[get_column_letter(column)].width = min(max(width * UNIT, NARROWEST), WIDEST)
        sheet.freeze_panes = f"A{head + 1}"
        sheet.print_title_rows = f"{head}:{head}"
        sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", sheet.PAPERSIZE_A4
        sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
        sheet.sheet_properties.pageSetUpPr.fitToPage = True
    book.save(path)
