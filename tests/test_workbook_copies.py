"""Workbooks: findings as comments of their cells, and copies in which nothing that was found is left in any corner."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import zipfile
from pathlib import Path
from typing import Any

import pytest

openpyxl = pytest.importorskip("openpyxl", reason="needs the extra archive: make test installs it")

from office_files import everything, saved  # noqa: E402
from openpyxl.comments import Comment  # noqa: E402
from openpyxl.styles import Font  # noqa: E402

from screeners import WITHOUT_MODEL as SCREENER  # noqa: E402
from govmedia_screen import Post  # noqa: E402
from govmedia_screen.cli import main  # noqa: E402
from govmedia_screen.copies.cell_comments import annotated  # noqa: E402
from govmedia_screen.copies.cells import S  # noqa: E402
from govmedia_screen.copies.files import redacted  # noqa: E402
from govmedia_screen.copies.masking import Masking  # noqa: E402
from govmedia_screen.copies.package import Package  # noqa: E402

ID, PHONE, OTHER = "610881199003071231", "13812345678", "13987654321"


def book() -> Any:
    """A workbook with two sheets, one hidden."""
    made = openpyxl.Workbook()
    sheet = made.active
    sheet.title = "名单"
    sheet.append(["姓名", "身份证号", "电话", "金额"])
    sheet.append(["李小明", ID, int(PHONE), 5])
    sheet["C2"].font = Font(bold=True)
    sheet["A4"] = "工作己经完成，截止目前无事。"
    hidden = made.create_sheet("备用")
    hidden.sheet_state = "hidden"
    hidden["B2"] = f"电话{OTHER}"
    return made


def report_of(data: bytes) -> Any:
    """A report of its cells, row by row."""
    rows = [row for sheet in openpyxl.load_workbook(io.BytesIO(data)) for row in sheet.iter_rows(values_only=True)]
    return SCREENER.screen(Post("\n".join("\t".join("" if cell is None else str(cell) for cell in row) for row in rows)))


def comments(data: bytes) -> dict[str, str]:
    """The comments of a workbook by sheet and cell."""
    return {
        f"{sheet.title}!{cell.coordinate}": cell.comment.text
        for sheet in openpyxl.load_workbook(io.BytesIO(data))
        for row in sheet.iter_rows()
        for cell in row
        if cell.comment
    }


def test_comments_stand_on_the_cells_of_the_findings() -> None:
    data = saved(book())
    new = annotated(data, report_of(data), "a.xlsx")
    found = comments(new)

    assert set(found) == {"名单!B2", "名单!C2", "名单!A4", "备用!B2"}
    assert "公民身份号码" in found["名单!B2"]
    assert found["名单!A4"].count("规则：wording") == 2
    untouched = {"xl/styles.xml", "xl/workbook.xml", "xl/theme/theme1.xml", "docProps/core.xml"}
    with zipfile.ZipFile(io.BytesIO(data)) as before, zipfile.ZipFile(io.BytesIO(new)) as after:
        assert all(before.read(name) == after.read(name) for name in untouched)


def test_comments_that_are_there_stay_and_a_cell_has_one() -> None:
    made = book()
    made["名单"]["A4"].comment = Comment("请核对", "某科长")
    made["名单"]["D2"].comment = Comment("已付", "某科长")
    data = saved(made)
    new = annotated(annotated(data, report_of(data), "a.xlsx"), report_of(data), "a.xlsx")
    found = comments(new)

    assert found["名单!D2"] == "已付"
    assert found["名单!A4"].startswith("请核对\n\n【送审】")
    assert found["名单!A4"].count("wording.character.word") == 2


def test_what_stands_in_no_cell_is_told_on_the_first() -> None:
    new = annotated(saved(book()), SCREENER.screen("会议己经开始"), "a.xlsx")

    assert "原文：己经" in comments(new)["名单!A1"]


def test_nothing_is_left_anywhere_in_a_workbook() -> None:
    made = book()
    sheet = made["名单"]
    sheet["C2"].comment = Comment(f"备用电话{OTHER}", "某科长")
    sheet["E2"] = f'="电话{PHONE}"'
    sheet["F2"] = "=D2*2"
    sheet.oddHeader.center.text = f"联系电话{PHONE}"
    sheet.column_dimensions["B"].hidden = True
    sheet["A4"].hyperlink = f"mailto:{PHONE}@163.com"
    made.defined_names["联系"] = openpyxl.workbook.defined_name.DefinedName("联系", attr_text=f'"{OTHER}"')
    made.properties.creator, made.properties.keywords = "某科长", ID
    data = saved(made)
    before = everything(data)
    masking = Masking(SCREENER.screen)
    new = redacted(data, "a.xlsx", masking)
    left = everything(new)

    for secret in (ID, PHONE, OTHER, "某科长"):
        assert secret in before
        assert secret not in left, secret
    again = openpyxl.load_workbook(io.BytesIO(new))
    sheet = again["名单"]
    assert [cell.value for cell in sheet[2]][:4] == ["李小明", "610881＊＊＊＊＊＊＊＊1231", "138＊＊＊＊5678", 5]
    assert sheet["C2"].font.bold
    assert sheet["F2"].value == "=D2*2"
    assert sheet.column_dimensions["B"].hidden
    assert again["备用"].sheet_state == "hidden"
    once_more = Masking(SCREENER.screen)
    redacted(new, "a.xlsx", once_more)
    assert once_more.done == []


def test_numbers_with_an_exponent_and_shared_strings_in_pieces() -> None:
    """As Excel writes them; openpyxl writes neither."""
    made = openpyxl.Workbook()
    made.active["A1"], made.active["A2"], made.active["A3"] = "TEL", int(PHONE), "TEL"
    package = Package(saved(made), "a.xlsx")
    sheet = package.members["xl/worksheets/sheet1.xml"].replace(PHONE.encode(), b"1.3812345678E10")
    sheet = re.sub(rb't="inlineStr"><is><t>TEL</t></is>', b't="s"><v>0</v>', sheet)
    assert b't="s"' in sheet
    package.put("xl/worksheets/sheet1.xml", sheet)
    pieces = "<r><t>手机139</t></r><r><rPr><b/></rPr><t>8765</t></r><r><t>4321</t></r>"
    package.put("xl/sharedStrings.xml", f'<sst xmlns="{S[1:-1]}"><si>{pieces}</si></sst>'.encode())
    package.relate(
        "xl/workbook.xml", "http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings", "xl/sharedStrings.xml"
    )
    package.declare("application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml", part="xl/sharedStrings.xml")
    data = package.save()
    assert [cell.value for cell in openpyxl.load_workbook(io.BytesIO(data)).active["A"]] == [
        "手机13987654321",
        13812345678,
        "手机13987654321",
    ]
    new = redacted(data, "a.xlsx", Masking(SCREENER.screen))

    assert [cell.value for cell in openpyxl.load_workbook(io.BytesIO(new)).active["A"]] == [
        "手机139＊＊＊＊4321",
        "138＊＊＊＊5678",
        "手机139＊＊＊＊4321",
    ]
    assert "<b/>" in zipfile.ZipFile(io.BytesIO(new)).read("xl/sharedStrings.xml").decode()
    assert "己经" not in comments(annotated(data, SCREENER.screen("手机13987654321"), "a.xlsx"))["Sheet!A1"]


def test_formulas_in_posts_stay_text() -> None:
    """What a finding says goes into comments as text; a cell that was text stays text."""
    made = openpyxl.Workbook()
    made.active["A1"] = "x"
    made.active["A1"].value, made.active["A1"].data_type = "=1+1 己经", "s"
    data = saved(made)
    new = annotated(data, SCREENER.screen("=1+1 己经"), "a.xlsx")
    sheet = openpyxl.load_workbook(io.BytesIO(new)).active

    assert sheet["A1"].data_type == "s"
    assert "己经" in sheet["A1"].value
    assert "规则：wording" in sheet["A1"].comment.text


@pytest.mark.parametrize("kind", ["annotated", "redacted"])
def test_libreoffice_opens_them(tmp_path: Path, kind: str) -> None:
    office = shutil.which("soffice")
    if not office:
        pytest.skip("needs LibreOffice: make test installs it where it may")
    made = book()
    made["名单"]["D2"].comment = Comment("已付", "某科长")
    data = saved(made)
    new = annotated(data, report_of(data), "a.xlsx") if kind == "annotated" else redacted(data, "a.xlsx", Masking(SCREENER.screen))
    (tmp_path / "a.xlsx").write_bytes(new)
    command = [
        office,
        f"-env:UserInstallation={(tmp_path / 'home').as_uri()}",
        "--headless",
        "--convert-to",
        "fods",
        "--outdir",
        str(tmp_path),
        str(tmp_path / "a.xlsx"),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=300)
    text = (tmp_path / "a.fods").read_text("utf-8")
    cells = {
        re.sub(r"<[^>]+>", "", re.sub(r"<office:annotation.*?</office:annotation>", "", one, flags=re.DOTALL)).strip(): one
        for one in re.findall(r"<table:table-cell.*?</table:table-cell>", text, re.DOTALL)
    }

    assert "已付" in cells["5"]
    if kind == "annotated":
        assert "公民身份号码" in cells[ID]
        assert "wording.character.word" in cells["工作己经完成，截止目前无事。"]
    else:
        assert PHONE not in text
        assert "138＊＊＊＊5678" in cells


def test_what_was_read_stands_where_the_reader_says(tmp_path: Path) -> None:
    """The same words in two sheets, one hidden: each comment on its own cell, and the report says which."""
    made = book()
    made["备用"]["C7"] = "工作己经完成，截止目前无事。"
    made["备用"]["C7"].comment = Comment(f"手机{OTHER}", "某科长")
    source, target, report = tmp_path / "a.xlsx", tmp_path / "b.xlsx", tmp_path / "r.html"
    source.write_bytes(saved(made))

    assert main(["check", str(source), "--annotate", str(target), "--format", "html", "--output", str(report)]) == 1
    found = comments(target.read_bytes())
    assert found["名单!A4"].count("规则：wording") == found["备用!C7"].count("规则：wording") == 2
    assert found["备用!C7"].startswith(f"手机{OTHER}")
    assert "privacy.mobile" in found["备用!C7"]
    assert "工作表“备用”C7" in report.read_text("utf-8")
