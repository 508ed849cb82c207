"""Copies of files that another program has written: LibreOffice cuts runs, shares strings and keeps properties in its own way."""

from __future__ import annotations

import io
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

docx = pytest.importorskip("docx", reason="needs the extra documents: make test installs it")
openpyxl = pytest.importorskip("openpyxl", reason="needs the extra archive: make test installs it")

from office_files import characters, commented, everything, saved, tracked, word  # noqa: E402
from openpyxl.comments import Comment  # noqa: E402

from screeners import WITHOUT_MODEL as SCREENER  # noqa: E402
from govmedia_screen import Post  # noqa: E402
from govmedia_screen.copies.files import annotated, redacted  # noqa: E402
from govmedia_screen.copies.masking import Masking  # noqa: E402
from govmedia_screen.documents import parse  # noqa: E402

ID, PHONE, OTHER, THIRD = "610881199003071231", "13812345678", "13987654321", "13700001111"
FILTERS = {".docx": "docx:MS Word 2007 XML", ".xlsx": "xlsx:Calc MS Excel 2007 XML"}


def rewritten(data: bytes, name: str, folder: Path) -> bytes:
    """The file as LibreOffice writes it."""
    office = shutil.which("soffice")
    if not office:
        pytest.skip("needs LibreOffice: make test installs it where it may")
    (folder / name).write_bytes(data)
    command = [
        office,
        f"-env:UserInstallation={(folder / 'home').as_uri()}",
        "--headless",
        "--convert-to",
        FILTERS[Path(name).suffix],
        "--outdir",
        str(folder / "out"),
        str(folder / name),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=300)
    return (folder / "out" / name).read_bytes()


def document() -> Any:
    """A Word file with something in every corner."""
    file = word(("证号610", "881199003", "071231"), "工作己经完成，截止目前无事。")
    file.sections[0].header.paragraphs[0].text = f"联系电话{PHONE}"
    file.add_comment(file.paragraphs[0].runs, f"手机{OTHER}", "某科长")
    table = file.add_table(2, 2)
    for cell, text in zip([cell for row in table.rows for cell in row.cells], ("姓名", "电话", "李小明", THIRD), strict=True):
        cell.text = text
    changed = file.add_paragraph("会议")
    changed._p.append(tracked("del", "己经"))
    changed._p.append(tracked("ins", "己经"))
    changed.add_run("结束")
    return file


def test_word_as_libreoffice_writes_it(tmp_path: Path) -> None:
    data = rewritten(saved(document()), "a.docx", tmp_path)
    new = annotated(data, SCREENER.screen(parse(data, "a.docx").post), "a.docx")
    found = [words for words, text in commented(new) if "规则：" in text]

    assert [words for words in found if words in (ID, "己经", "截止目前", THIRD)] == [ID, "己经", "截止目前", THIRD, "己经"]
    assert list(characters(new)) == list(characters(data))
    left = everything(redacted(data, "a.docx", Masking(SCREENER.screen)))
    for secret in (ID, PHONE, OTHER, THIRD, "某科长"):
        assert secret in everything(data)
        assert secret not in left


def test_excel_as_libreoffice_writes_it(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for row in (["姓名", "电话"], ["李小明", int(PHONE)], ["王建国", ID], ["工作己经完成", None]):
        book.active.append(row)
    book.active["A2"].comment = Comment(f"手机{OTHER}", "某科长")
    data = rewritten(saved(book), "a.xlsx", tmp_path)
    assert b"sharedStrings" in data
    report = SCREENER.screen(Post(f"姓名\t电话\n李小明\t{PHONE}\n王建国\t{ID}\n工作己经完成"))
    sheet = openpyxl.load_workbook(io.BytesIO(annotated(data, report, "a.xlsx"))).active
    comments = {cell.coordinate: cell.comment.text for row in sheet.iter_rows() for cell in row if cell.comment}
    assert set(comments) == {"A2", "B2", "B3", "A4"}
    assert comments["A2"] == f"手机{OTHER}"
    assert "wording.character.word" in comments["A4"]
    new = redacted(data, "a.xlsx", Masking(SCREENER.screen))

    assert [cell.value for cell in openpyxl.load_workbook(io.BytesIO(new)).active["B"]] == [
        "电话",
        "138＊＊＊＊5678",
        "610881＊＊＊＊＊＊＊＊1231",
        None,
    ]
    for secret in (ID, PHONE, OTHER, "某科长"):
        assert secret not in everything(new)
