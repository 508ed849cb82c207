"""Files as offices have them: every planted finding is found, and told where a person finds it."""

from __future__ import annotations

import io
import shutil
import subprocess
from pathlib import Path

import pytest
from office import FILLER, W, mail, numbers, pdf, replaced, saved, zipped

from screeners import SCREENER
from govmedia_screen import Decision, InputError, read_documents
from govmedia_screen.cli import main
from govmedia_screen.documents import parse, parse_each
from govmedia_screen.documents.locations import Location

needs = 'needs the extra: pip install "govmedia-screen[documents]"'
pytest.importorskip("lxml", reason=needs)
docx = pytest.importorskip("docx", reason=needs)
openpyxl = pytest.importorskip("openpyxl", reason=needs)
pytest.importorskip("pypdfium2", reason=needs)
pytest.importorskip("python_calamine", reason=needs)

SOFFICE = shutil.which("soffice")


def places(data: bytes, name: str, rule: str = "privacy.resident-id") -> dict[str, tuple[str, str, str]]:
    """Number → document, part and label of where it was found."""
    found = {}
    for document in parse_each(data, name):
        for one in SCREENER.screen(document.post).findings:
            if one.rule == rule:
                assert document.post.part(one.part)[one.start : one.end] == one.text
                found[one.text] = (document.name, one.part, document.where(one))
    return found


def workbook(ids: list[str]) -> openpyxl.Workbook:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "低保名单"
    sheet.append(["某乡镇低保人员名单"])
    sheet.append(["序号", "姓名", "身份证号"])
    for number, one in enumerate(ids[:4], 1):
        sheet.append([number, "张三李四王五赵六"[2 * number - 2 : 2 * number], one])
    return book


def test_a_workbook_tells_cells_and_what_is_hidden() -> None:
    ids = numbers(9)
    book = workbook(ids)
    sheet = book.active
    sheet.column_dimensions["C"].hidden = True
    sheet.row_dimensions[4].hidden = True
    sheet["B3"].comment = openpyxl.comments.Comment(f"另一号码{ids[4]}", "某人")
    other = book.create_sheet("备用")
    other.sheet_state = "hidden"
    other["AB12"] = f"身份证号 {ids[5]}"
    other["A1"] = "备用资料"
    third = book.create_sheet("页脚")
    third["A1"] = "见页脚"
    third.oddFooter.center.text = f"经办人身份证号{ids[6]}"
    book.properties.description = f"身份证号{ids[7]}"

    found = places(saved(book), "名单.xlsx")

    assert found == {
        ids[0]: ("名单.xlsx", "body", "工作表“低保名单”C3第1字（隐藏的列）"),
        ids[1]: ("名单.xlsx", "body", "工作表“低保名单”C4第1字（隐藏的行、隐藏的列）"),
        ids[2]: ("名单.xlsx", "body", "工作表“低保名单”C5第1字（隐藏的列）"),
        ids[3]: ("名单.xlsx", "body", "工作表“低保名单”C6第1字（隐藏的列）"),
        ids[4]: ("名单.xlsx", "comments", "工作表“低保名单”B3第5字（批注）"),
        ids[5]: ("名单.xlsx", "body", "工作表“备用”AB12第6字（隐藏的工作表）"),
        ids[6]: ("名单.xlsx", "texts", "工作表“页脚”第8字（页眉页脚）"),
        ids[7]: ("名单.xlsx", "properties", "文件属性“备注”第5字（不印出来，但在文件里）"),
    }


def test_a_workbook_of_another_library_has_text_boxes_links_dates_and_long_numbers() -> None:
    xlsxwriter = pytest.importorskip("xlsxwriter", reason="needs the development tools: make test installs them")
    ids = numbers(3)
    data = io.BytesIO()
    book = xlsxwriter.Workbook(data)
    sheet = book.add_worksheet("登记")
    sheet.write(0, 0, "日期")
    sheet.write_datetime(0, 1, __import__("datetime").datetime(2026, 3, 5), book.add_format({"num_format": "yyyy年m月d日"}))
    sheet.write_number(1, 0, 13800001111)
    sheet.write_rich_string(2, 0, "证号", book.add_format({"bold": True}), ids[0][:6], ids[0][6:])
    sheet.insert_textbox(5, 1, f"联系人身份证号{ids[1]}")
    sheet.write_url(3, 0, "https://example.com/a?id=1", string="点这里")
    sheet.write_formula(4, 0, f'="身份证号{ids[2]}"&"某"', None, f"身份证号{ids[2]}某")
    book.close()

    (document,) = parse_each(data.getvalue(), "b.xlsx")

    assert document.post.body.split("\n")[:3] == ["登记", "日期\t2026-03-05", "13800001111"]
    assert document.post.links == "https://example.com/a?id=1"
    found = places(data.getvalue(), "b.xlsx")
    assert found[ids[0]] == ("b.xlsx", "body", "工作表“登记”A3第3字")
    assert found[ids[1]] == ("b.xlsx", "texts", "工作表“登记”第8字（文本框）")
    assert ids[2] in found


def test_a_list_is_a_list_whatever_its_length() -> None:
    """Rules look a page below a header: it stands again above the rows of every page, and no finding is told twice."""
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("名单")
    sheet.append(["姓名", "住址", "银行账号"])
    for number in range(1500):
        sheet.append(["李明", f"某镇某某村第{number}组", f"2710010001109{number:05d}1"])

    (document,) = parse_each(saved(book), "长.xlsx")
    rows = {
        document.location(one).row
        for one in SCREENER.screen(document.post).findings
        if one.rule.startswith("privacy.") and one.text.startswith("27100")
    }

    assert document.post.body.count("银行账号") > 1
    assert rows == set(range(2, 1502))


def test_a_formula_without_a_stored_result_is_not_a_pass() -> None:
    book = openpyxl.Workbook()
    book.active["A1"] = "合计"
    book.active["A2"] = '=CONCATENATE("机密","★10年")'

    (document,) = parse_each(saved(book), "f.xlsx")
    report = SCREENER.screen(document.post)

    assert report.decision >= Decision.REVIEW
    assert "公式没有存下结果" in report.incomplete[0].reason


@pytest.mark.parametrize(("name", "encoding"), [("a.csv", "utf-8"), ("a.csv", "gb18030"), ("a.csv", "utf-16"), ("a.xls", "gb18030")])
@pytest.mark.parametrize("mark", [",", "\t", ";"])
def test_separated_text_tells_cells(name: str, encoding: str, mark: str) -> None:
    ids = numbers(3)
    text = "\r\n".join(mark.join(row) for row in [("姓名", "备注", "证件号码"), ("张三", '"甲\n乙"', ids[0]), ("李四", "", f'="{ids[1]}"')])

    found = places(text.encode(encoding), name)

    assert {number: where[2] for number, where in found.items()} == {ids[0]: "C2第1字", ids[1]: "C3第1字"}


def test_a_pdf_tells_page_and_line_and_joins_broken_lines() -> None:
    pytest.importorskip("reportlab", reason="needs the development tools: make test installs them")
    ids = numbers(40)
    pages = [[f"　　{FILLER}{FILLER[: number % 30]}联系人身份证号{one}，特此说明。", "　　另起一段。"] for number, one in enumerate(ids)]

    data = pdf(pages, title="某某材料")
    found = places(data, "a.pdf")

    assert set(found) == set(ids)
    for number, one in enumerate(ids, 1):
        assert found[one][2].startswith(f"第{number}页第")
    (document,) = parse_each(data, "a.pdf")
    one = next(one for one in SCREENER.screen(document.post).findings if one.text == ids[0])
    place = document.location(one)
    before = pages[0][0][: pages[0][0].index(ids[0])]
    lines = __import__("office").wrapped(pages[0][0], 470, 14)
    row = next(row for row in range(len(lines)) if len("".join(lines[: row + 1])) > len(before))
    assert (place.page, place.line) == (1, row + 1)
    assert place.box is not None
    assert 40 < place.box[0] < 80
    assert abs(place.box[1] - (842 - 780 + row * 20 - 12)) < 8


def test_a_mail_and_an_archive_are_read_part_by_part() -> None:
    ids = numbers(6)
    file = docx.Document()
    file.add_paragraph(f"身份证号{ids[0]}")
    sheet = saved(workbook(ids[1:5]))
    letter = mail("关于名单的函", f"现将材料发上，联系人身份证号{ids[5]}。", {"附件.docx": saved(file), "名单.xlsx": sheet})

    found = places(letter, "来函.eml")
    assert found[ids[0]] == ("来函.eml!/附件.docx", "body", "第1段第5字")
    assert found[ids[1]][0] == "来函.eml!/名单.xlsx"
    assert found[ids[5]][2] == "1:15"
    archive = zipped({"a/来函.eml": letter, "b.txt": "正文".encode(), "坏.docx": b"PK\x03\x04 broken"})
    documents = list(parse_each(archive, "全部.zip"))
    assert [document.name for document in documents] == [
        "全部.zip!/a/来函.eml!/正文1.txt", "全部.zip!/a/来函.eml!/附件.docx", "全部.zip!/a/来函.eml!/名单.xlsx", "全部.zip!/b.txt", "全部.zip!/坏.docx",
    ]  # fmt: skip
    assert documents[0].post.title == "关于名单的函"
    bad = SCREENER.screen(documents[-1].post)
    assert bad.decision == Decision.REVIEW
    assert "不是有效的 Word 文件" in bad.incomplete[0].reason


def test_html_says_what_is_hidden() -> None:
    ids = numbers(2)
    page = f'<html><body><p>证件号码{ids[0]}</p><div style="display: none"><p><b>身份</b>证号{ids[1]}</p></div><p>完</p></body></html>'

    found = places(page.encode(), "a.html")

    assert found[ids[0]][2] == "1:20"
    assert found[ids[1]][2].endswith("（页面上隐藏的文字）")
    for post in read_documents_of(page.encode(), "a.html"):
        origin = post.meta["origin"]
        assert origin.location("body", post.body, post.body.index(ids[1])).state == "页面上隐藏的文字"


def read_documents_of(data: bytes, name: str) -> list:
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / name).write_bytes(data)
        return list(read_documents(folder))


def test_the_posts_of_a_folder_have_their_origin(tmp_path: Path) -> None:
    ids = numbers(5)
    (tmp_path / "a.md").write_text(f"# 通知\n\n正文，身份证号{ids[0]}。\n", "utf-8")
    (tmp_path / "b.xlsx").write_bytes(saved(workbook(ids[1:])))
    (tmp_path / "c.doc").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le"))
    (tmp_path / ".d").write_text("不看", "utf-8")

    posts = list(read_documents(tmp_path))

    assert [Path(post.id).name for post in posts] == ["a.md", "b.xlsx", "c.doc"]
    assert posts[0].meta["origin"].location("body", posts[0].body, posts[0].body.index(ids[0])) == Location(line=3, character=8)
    assert posts[1].meta["origin"].location("body", posts[1].body, posts[1].body.index(ids[1])).cell == "C3"
    assert SCREENER.screen(posts[2]).incomplete[0].reason.startswith("老式 Word 文件，请在 Word 或 WPS 里另存为 .docx")


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("a.rtf", rb"{\rtf1\ansi text}", "RTF 文件，请在 Word 或 WPS 里另存为 .docx"),
        ("a.txt", rb"{\rtf1\ansi text}", "RTF 文件"),
        ("a.doc", rb"{\rtf1\ansi text}", "RTF 文件"),
        ("a.pdf", b"", "是空文件"),
        ("a.doc", b"", "是空文件"),
        ("a.xlsx", b"", "是空文件"),
        ("a.jpg", b"", "是空文件"),
        ("a.wps", b"", "是空文件"),
        ("a.txt", b"", "是空文件"),
        ("a.pdf", b"only text", "不是有效的 PDF"),
        ("a.docx", b"only text", "不是有效的 Word 文件"),
        ("a.wps", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le"), "另存为 .docx"),
        ("a.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "加了密码"),
        ("a.ofd", zipped({"OFD.xml": b"<a/>"}), "另存为 PDF"),
        ("a.rar", b"Rar!\x1a\x07\0abc", "解压"),
        ("b", b"Rar!\x1a\x07\0abc", "解压"),
        ("a.zip", zipped({}), "没有文件"),
    ],
)
def test_what_is_not_read_is_refused_with_the_way_out(
    name: str, data: bytes, says: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / name).write_bytes(data)

    assert main(["check", str(tmp_path / name)]) == 2
    assert says in capsys.readouterr().err


@pytest.mark.parametrize("text", ["\n \n", "<html><body><img src='a.png'></body></html>"])
@pytest.mark.parametrize("name", ["a.txt", "a.html", "a.md"])
def test_a_file_without_a_word_is_never_a_pass(text: str, name: str) -> None:
    if name == "a.html" or not text.startswith("<"):
        report = SCREENER.screen(parse(text.encode(), name).post)

        assert (report.decision, report.incomplete[0].reason) == (Decision.REVIEW, "没有读到文字，可能全是图片；请人工看一遍")


@pytest.mark.parametrize("name", ["x", "x.bin", "x.doc", "x.txt"])
def test_content_tells_before_the_name(name: str) -> None:
    ids = numbers(4)
    file = docx.Document()
    file.add_paragraph(f"身份证号{ids[0]}")

    assert places(saved(file), name)[ids[0]][2] == "第1段第5字"
    assert set(places(saved(workbook(ids)), name)) == set(ids)
    assert set(places(f"<html><body><table><tr><td>身份证号</td><td>{ids[0]}</td></tr></table></body></html>".encode(), name)) == {ids[0]}


def test_folders_are_walked_and_the_empty_one_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    ids = numbers(4)
    (tmp_path / "稿件").mkdir()
    (tmp_path / "稿件" / "名单.xlsx").write_bytes(saved(workbook(ids)))

    assert main(["check", str(tmp_path), "--format", "json"]) == 1
    assert '"cell": "C3"' in capsys.readouterr().out
    (tmp_path / "空").mkdir()
    assert main(["check", str(tmp_path / "空")]) == 2
    assert "文件夹里没有文件" in capsys.readouterr().err


@pytest.mark.skipif(not SOFFICE, reason="no LibreOffice here; tools/system.sh installs it where it may")
@pytest.mark.slow
def test_what_libreoffice_writes_is_read(tmp_path: Path) -> None:
    ids = numbers(5)
    (tmp_path / "名单.xlsx").write_bytes(saved(workbook(ids)))
    file = docx.Document()
    file.add_paragraph("第一段。")
    file.add_paragraph(f"身份证号{ids[4]}，见上。")
    (tmp_path / "文.docx").write_bytes(saved(file))
    for source, wanted in (
        ("名单.xlsx", "xls"),
        ("名单.xlsx", "ods"),
        ("文.docx", "pdf"),
        ("文.docx", "doc"),
        ("文.docx", "docx:MS Word 2007 XML"),
    ):
        command = [
            str(SOFFICE),
            "--headless",
            f"-env:UserInstallation=file://{tmp_path}/profile",
            "--convert-to",
            wanted,
            "--outdir",
            str(tmp_path / "out"),
            str(tmp_path / source),
        ]
        subprocess.run(command, check=True, capture_output=True, timeout=120)

    out = tmp_path / "out"
    for ending in ("xls", "ods"):
        found = places((out / f"名单.{ending}").read_bytes(), f"名单.{ending}")
        assert {one: where[2] for one, where in found.items()} == {
            one: f"工作表“低保名单”C{row}第1字" for row, one in enumerate(ids[:4], 3)
        }
    assert places((out / "文.docx").read_bytes(), "文.docx")[ids[4]][2] == "第2段第5字"
    assert places((out / "文.pdf").read_bytes(), "文.pdf")[ids[4]][2].startswith("第1页第2行第")
    with pytest.raises(InputError, match="老式 Word 文件"):
        parse((out / "文.doc").read_bytes(), "文.doc")


def test_word_xml_of_changes_is_what_the_tests_think() -> None:
    """The helper that changes members keeps a file readable."""
    file = docx.Document()
    file.add_paragraph("甲")
    body = f"<w:document {W}><w:body><w:p><w:r><w:t>乙</w:t></w:r></w:p></w:body></w:document>".encode()

    assert parse(replaced(saved(file), {"word/document.xml": body}), "a.docx").post.body == "乙"
