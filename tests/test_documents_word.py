"""Word files: what is printed and what is only in the file, each finding at its own paragraph, cell, note or comment."""

from __future__ import annotations

import pytest
from office import W, numbers, replaced, saved

from screeners import SCREENER
from govmedia_screen import Decision
from govmedia_screen.documents import Document, parse

docx = pytest.importorskip("docx", reason='needs the extra: pip install "govmedia-screen[documents]"')

IDS = numbers(30, seed=11)
TYPES = "[Content_Types].xml"


def found(data: bytes) -> dict[str, tuple[str, str]]:
    """Number → part and label."""
    document = parse(data, "a.docx")
    report = SCREENER.screen(document.post)
    return {one.text: (one.part, document.where(one)) for one in report.findings if one.rule == "privacy.resident-id"}


def of(body: str) -> bytes:
    """A Word file with that body; its prefixes are declared."""
    spaces = (
        f'{W} xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:v="urn:schemas-microsoft-com:vml"'
        ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
        ' xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
    )
    xml = f"<w:document {spaces}><w:body>{body}</w:body></w:document>"
    return replaced(saved(docx.Document()), {"word/document.xml": xml.encode()})


def p(inside: str) -> str:
    return f"<w:p>{inside}</w:p>"


def r(text: str, look: str = "") -> str:
    return f"<w:r>{f'<w:rPr>{look}</w:rPr>' if look else ''}<w:t>{text}</w:t></w:r>"


def deleted(text: str) -> str:
    return f'<w:del w:id="1" w:author="某"><w:r><w:delText>{text}</w:delText></w:r></w:del>'


def inserted(text: str) -> str:
    return f'<w:ins w:id="2" w:author="某">{r(text)}</w:ins>'


def test_paragraphs_tables_notes_headers() -> None:
    file = docx.Document()
    file.add_paragraph("关于某事的通知", style="Title")
    file.add_paragraph("第一段。")
    file.add_paragraph("")
    file.add_paragraph(f"　　身份证号{IDS[0]}。")
    table = file.add_table(3, 3)
    table.rows[1].cells[2].text = f"证件号码{IDS[1]}"
    table.rows[2].cells[0].merge(table.rows[2].cells[1])
    table.rows[2].cells[2].text = f"证号 {IDS[2]}"
    inner = table.rows[0].cells[1].add_table(1, 1)
    inner.rows[0].cells[0].text = f"身份证号{IDS[3]}"
    file.add_paragraph(f"表后身份证号{IDS[4]}")
    file.sections[0].header.paragraphs[0].text = f"页眉身份证号{IDS[5]}"
    file.sections[0].footer.paragraphs[0].text = f"页脚身份证号{IDS[6]}"

    assert found(saved(file)) == {
        IDS[0]: ("body", "第4段第7字"),
        IDS[1]: ("body", "表1第2行第3列第5字"),
        IDS[2]: ("body", "表1第3行第3列第4字"),
        IDS[3]: ("body", "表1第1行第2列第5字"),
        IDS[4]: ("body", "第5段第7字"),
        IDS[5]: ("body", "页眉1第1段第7字"),
        IDS[6]: ("body", "页脚1第1段第7字"),
    }


def test_a_table_is_a_list() -> None:
    file = docx.Document()
    file.add_paragraph("某乡镇低保人员名单")
    table = file.add_table(5, 3)
    for row, cells in enumerate(
        [("姓名", "银行账号", "住址"), *(("李明", f"271001000110900010{number}", "某某村三组") for number in range(4))]
    ):
        for column, text in enumerate(cells):
            table.rows[row].cells[column].text = text

    document = parse(saved(file), "a.docx")
    lists = [one for one in SCREENER.screen(document.post).findings if one.rule == "privacy.list"]

    assert [document.where(one) for one in lists] == ["表1第1行第1列第1字"]
    accounts = [document.where(one) for one in SCREENER.screen(document.post).findings if one.rule == "privacy.bank-account"]
    assert accounts == [f"表1第{row}行第2列第1字" for row in (2, 3, 4, 5)]


def test_tracked_changes_are_read_both_ways() -> None:
    data = of(
        p(r("身份证号") + inserted(IDS[0]) + r("，完。"))
        + p(r("证号") + deleted(IDS[1]) + r("从略，"))
        + p(r(f"身份证号{IDS[2][:10]}") + deleted(IDS[2][10:]) + inserted("********") + r("。"))
        + p(f'<w:moveFrom w:id="3" w:author="某">{r(f"原在此处，身份证号{IDS[3]}")}</w:moveFrom>')
        + p(r(f"未改，身份证号{IDS[4]}，") + deleted("因此") + r("如上。"))
    )

    assert found(data) == {
        IDS[0]: ("body", "第1段第5字（修订中插入的文字）"),
        IDS[1]: ("deleted", "第2段第3字（修订中已删除的文字）"),
        IDS[2]: ("deleted", "第3段第5字"),
        IDS[3]: ("deleted", "第4段第10字（修订中已删除的文字）"),
        IDS[4]: ("body", "第5段第8字"),
    }
    assert parse(data, "a.docx").post.body.split("\n")[1] == "证号从略，"


def test_what_editors_struck_is_not_proofread() -> None:
    data = of(p(r("工作") + deleted("截止目前") + inserted("截至目前") + r("进展顺利。")))

    report = SCREENER.screen(parse(data, "a.docx").post)

    assert report.decision == Decision.PASS, report.findings


def test_comments_are_screened_and_said_to_be_comments() -> None:
    file = docx.Document()
    file.add_paragraph("第一段。")
    runs = file.add_paragraph("第二段，请核。").runs
    file.add_comment(runs, text=f"核对过，身份证号{IDS[0]}", author="某")
    file.add_comment(runs, text="截止目前还没有改。", author="某")

    data = saved(file)

    assert found(data) == {IDS[0]: ("comments", "批注1第2段第9字（批注，不印出来，但在文件里）")}
    assert len(SCREENER.screen(parse(data, "a.docx").post).findings) == 1


def test_hidden_text_is_read_and_said_to_be_hidden() -> None:
    data = of(p(r("明文，") + r(f"身份证号{IDS[0]}", "<w:vanish/>") + r("。") + r(f"证件号码{IDS[1]}", '<w:vanish w:val="0"/>')))

    assert found(data) == {IDS[0]: ("body", "第1段第8字（隐藏文字）"), IDS[1]: ("body", "第1段第31字")}


def box(inside: str) -> str:
    """A text box as Word writes it: the shape, and the same once more for older programs."""
    return (
        f'<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:inline><wps:txbx><w:txbxContent>{inside}</w:txbxContent></wps:txbx></wp:inline></w:drawing></mc:Choice>'
        f"<mc:Fallback><w:pict><v:shape><v:textbox><w:txbxContent>{inside}</w:txbxContent></v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )


def test_text_boxes_word_art_formulas_alternative_texts_fields_and_readings() -> None:
    data = of(
        p(r("甲") + box(p(r("盒中第一段")) + p(r(f"身份证号{IDS[0]}"))))
        + p(f'<w:r><w:pict><v:shape><v:textpath string="艺术字 身份证号{IDS[1]}"/></v:shape></w:pict></w:r>')
        + p(f"<m:oMath><m:r><m:t>证件号码{IDS[2]}</m:t></m:r></m:oMath>")
        + p(f'<w:r><w:drawing><wp:inline><wp:docPr id="1" name="图" descr="照片，身份证号{IDS[3]}"/></wp:inline></w:drawing></w:r>')
        + p(f'<w:r><w:instrText>HYPERLINK "https://example.com/?id={IDS[4]}"</w:instrText></w:r>' + r("链接"))
        + p(
            r("会议")
            + f"<w:r><w:ruby><w:rt>{r('hui')}</w:rt><w:rubyBase>{r(f'身份证号{IDS[5][:9]}')}</w:rubyBase></w:ruby></w:r>"
            + r(IDS[5][9:])
        )
        + p(f'<w:r><w:t>{IDS[6][:6]}</w:t></w:r><w:r><w:t>{IDS[6][6:]}</w:t></w:r><w:bookmarkStart w:id="9" w:name="x"/>')
        + f"<w:sdt><w:sdtContent>{p(r(f'控件身份证号{IDS[7]}'))}</w:sdtContent></w:sdt>"
    )

    told = found(data)

    assert told[IDS[0]] == ("body", "文本框2第1段第5字") or told[IDS[0]][1].startswith("文本框")
    assert told[IDS[1]] == ("body", "第2段第9字（艺术字）")
    assert told[IDS[2]] == ("body", "第3段第5字")
    assert told[IDS[3]] == ("body", "第4段第8字（图片的替代文字）")
    assert told[IDS[4]][0] == "links"
    assert told[IDS[4]][1].startswith("第5段")
    assert told[IDS[5]] == ("body", "第6段第7字")
    assert told[IDS[6]] == ("body", "第7段第1字")
    assert told[IDS[7]] == ("body", "第8段第7字")
    assert parse(data, "a.docx").post.body.count("盒中第一段") == 1


def test_notes_properties_and_links_outside() -> None:
    file = docx.Document()
    file.add_paragraph("正文。")
    file.core_properties.title = f"身份证号{IDS[0]}的材料"
    file.core_properties.comments = ""
    file.part.relate_to("http://0x7f.example/?x=1", docx.opc.constants.RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    notes = f'<w:footnotes {W}><w:footnote w:id="3"><w:p>{r(f"脚注身份证号{IDS[1]}")}</w:p></w:footnote></w:footnotes>'
    data = saved(file)
    import io
    import zipfile

    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        types = packed.read(TYPES).decode()
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
    types = types.replace("</Types>", f'<Override PartName="/word/footnotes.xml" ContentType="{kind}"/></Types>')
    data = replaced(data, {"word/footnotes.xml": notes.encode(), TYPES: types.encode()})

    assert found(data) == {
        IDS[0]: ("properties", "文件属性“标题”第5字（不印出来，但在文件里）"),
        IDS[1]: ("body", "脚注3第7字"),
    }
    assert parse(data, "a.docx").post.links == "http://0x7f.example/?x=1"


@pytest.mark.parametrize(
    ("member", "says"),
    [
        ("word/vbaProject.bin", "带有宏"),
        ("word/embeddings/oleObject1.bin", "嵌有别的文件（oleObject1.bin）"),
        ("word/afchunk.htm", "嵌有别的文件（afchunk.htm）"),
    ],
)
def test_what_is_inside_and_not_read_is_told(member: str, says: str) -> None:
    file = docx.Document()
    file.add_paragraph("今日天气晴好。")

    report = SCREENER.screen(parse(replaced(saved(file), {member: b"\0\1\2"}), "a.docx").post)

    assert report.decision == Decision.REVIEW
    assert says in report.incomplete[0].reason


def test_every_character_of_the_body_comes_from_its_element() -> None:
    from govmedia_screen.documents.word import Reader

    file = docx.Document()
    for number in range(30):
        file.add_paragraph("甲乙").add_run(f"丙{number}\t丁")
    file.add_table(2, 2).rows[1].cells[1].text = "格子"
    reader = Reader(saved(file), "a.docx")

    for start, element in reader.elements["body"]:
        if element.text:
            assert reader.post.body.startswith(element.text, start)


def test_a_picture_without_the_extra_is_not_a_pass(monkeypatch: pytest.MonkeyPatch) -> None:
    pillow = pytest.importorskip("PIL.Image", reason='needs the extra: pip install "govmedia-screen[image]"')
    from govmedia_screen.documents import picture

    monkeypatch.setattr(picture, "ready", lambda: False)
    import io

    image = io.BytesIO()
    pillow.new("RGB", (300, 200), "white").save(image, "PNG")
    image.seek(0)
    file = docx.Document()
    file.add_picture(image)
    document: Document = parse(saved(file), "a.docx")

    report = SCREENER.screen(document.post)

    assert report.decision == Decision.REVIEW
    assert 'pip install "govmedia-screen[image]"' in report.incomplete[0].reason
