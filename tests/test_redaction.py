"""Redacted copies: nothing that was found is left anywhere in the file, and its looks stay."""

from __future__ import annotations

import contextlib
import io
import itertools
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

Image = pytest.importorskip("PIL.Image", reason="needs the development tools: make test installs them")
docx = pytest.importorskip("docx", reason="needs the extra documents: make test installs it")

from docx.oxml.ns import nsdecls  # noqa: E402
from docx.oxml.parser import parse_xml  # noqa: E402
from office_files import characters, everything, saved, tracked, word  # noqa: E402

from screeners import WITHOUT_MODEL as SCREENER  # noqa: E402
from govmedia_screen.cli import main  # noqa: E402
from govmedia_screen.copies.files import annotated, redacted  # noqa: E402
from govmedia_screen.copies.masking import Masking  # noqa: E402
from govmedia_screen.copies.package import Package  # noqa: E402
from govmedia_screen.documents import parse  # noqa: E402
from govmedia_screen.errors import InputError  # noqa: E402

ID, PHONE, OTHER = "610881199003071231", "13812345678", "13987654321"


def through(data: bytes, name: str = "a.docx") -> bytes:
    """A redacted copy; redacting it again changes nothing."""
    new = redacted(data, name, Masking(SCREENER.screen))
    again = Masking(SCREENER.screen)
    redacted(new, name, again)
    assert again.done == []
    return new


def test_a_number_over_many_runs_is_masked_and_the_runs_stay() -> None:
    data = saved(word(("证号610", "881199003", "071", "231，电话138", "1234", "5678。"), "平安。"))
    new = through(data)
    file = docx.Document(io.BytesIO(new))

    assert file.paragraphs[0].text == "证号610881＊＊＊＊＊＊＊＊1231，电话138＊＊＊＊5678。"
    assert [[look for _, look in one] for one in characters(new)] == [[look for _, look in one] for one in characters(data)]


def test_nothing_is_left_anywhere_in_a_word_file() -> None:
    file = word("正文。")
    file.sections[0].header.paragraphs[0].text = f"联系电话{PHONE}"
    table = file.add_table(1, 2)
    table.cell(0, 0).text, table.cell(0, 1).text = "李小明", PHONE
    file.add_comment(file.paragraphs[0].runs, f"证号{ID}", "某编辑", "某")
    changed = file.add_paragraph("电话")
    changed._p.append(tracked("del", OTHER))
    changed._p.append(tracked("ins", "见公告"))
    halves = file.add_paragraph("电话139")
    halves._p.append(tracked("del", "1111"))
    halves._p.append(tracked("ins", "8765"))
    halves.add_run("4321")
    hidden = file.add_paragraph().add_run(f"手机{OTHER}")
    hidden.font.hidden = True
    file.part.relate_to(f"tel:{PHONE}", "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink", is_external=True)
    code = file.add_paragraph()
    code._p.append(parse_xml(f"<w:r {nsdecls('w')}><w:instrText>HYPERLINK tel:{PHONE[:5]}</w:instrText></w:r>"))
    code._p.append(parse_xml(f"<w:r {nsdecls('w')}><w:instrText>{PHONE[5:]}</w:instrText></w:r>"))
    box = file.add_paragraph()
    inner = f"<w:txbxContent><w:p><w:r><w:t>手机{OTHER}</w:t></w:r></w:p></w:txbxContent>"
    space = "xmlns:mc='http://schemas.openxmlformats.org/markup-compatibility/2006'"
    box._p.append(
        parse_xml(
            f"<w:r {nsdecls('w')} {space}><mc:AlternateContent><mc:Choice Requires='wps'>{inner}</mc:Choice><mc:Fallback><w:pict>{inner}</w:pict></mc:Fallback></mc:AlternateContent></w:r>"
        )
    )
    properties = file.core_properties
    properties.author, properties.last_modified_by, properties.subject = "某编辑", "某科长", f"李小明证号{ID}"
    data = saved(file)
    before, left = everything(data), everything(through(data))
    assert all(secret in before for secret in (ID, PHONE, OTHER, "某编辑", "某科长"))

    for secret in (ID, PHONE, OTHER, "13911114321", "某编辑", "某科长"):
        assert secret not in left, secret
    assert "138＊＊＊＊5678" in left
    assert "正文。" in left
    assert "李小明" in left


@settings(max_examples=40, deadline=None)
@given(st.sampled_from([ID, PHONE, "6222021234567890128"]), st.lists(st.integers(0, 40), max_size=8))
def test_wherever_the_runs_are_cut(number: str, cuts: list[int]) -> None:
    text = f"收款人李小明，号码{number}，谢谢。"
    edges = sorted({0, len(text), *(cut for cut in cuts if cut < len(text))})
    data = saved(word([text[start:end] for start, end in itertools.pairwise(edges)]))
    new = redacted(data, "a.docx", Masking(SCREENER.screen))
    whole = redacted(saved(word(text)), "a.docx", Masking(SCREENER.screen))

    assert docx.Document(io.BytesIO(new)).paragraphs[0].text == docx.Document(io.BytesIO(whole)).paragraphs[0].text
    assert number not in everything(new)


def test_what_cannot_be_looked_at_is_told() -> None:
    file = word("电话13812345678")

    picture = io.BytesIO()
    Image.new("RGB", (4, 4)).save(picture, "PNG")
    picture.seek(0)
    file.add_picture(picture)
    masking = Masking(SCREENER.screen)
    redacted(saved(file), "a.docx", masking)

    assert masking.untouched == ["a.docx: 图片 1 个没有看"]


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("a.txt", "手机138-1234-5678\r\n密钥无\r\n", "手机138-＊＊＊＊-5678\r\n密钥无\r\n"),
        ("a.md", f"---\ntitle: 通知\n电话: '{PHONE}'\n---\n**138**1234**5678**<!-- {OTHER} -->", "---\ntitle: 通知\n电话: '138＊＊＊＊5678'\n---\n**138**＊＊＊＊**5678**<!-- 139＊＊＊＊4321 -->"),
        ("a.html", f"<p>证号610881<b>19900307</b>1231 <a href='tel:{PHONE}'>拨打</a> 138&#49;2345678", "<p>证号610881<b>＊＊＊＊＊＊＊＊</b>1231 <a href='tel:138＊＊＊＊5678'>拨打</a> 138＊＊＊＊5678"),
        ("b.html", f"<script>var a = '{PHONE}'</script><img alt=x data-of=\"李小明 {OTHER}\"><!-- {ID} -->平安", "<script>var a = '138＊＊＊＊5678'</script><img alt=x data-of=\"李小明 139＊＊＊＊4321\"><!-- 610881＊＊＊＊＊＊＊＊1231 -->平安"),
    ],
)  # fmt: skip
def test_texts_keep_every_character_that_is_not_masked(name: str, text: str, expected: str) -> None:
    assert through(text.encode(), name).decode() == expected


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030", "utf-16"])
def test_texts_keep_their_encoding(encoding: str) -> None:
    text = f"请各单位于本周五前将材料报送至办公室，联系电话{PHONE}。\r\n此致。\r\n"
    new = through(text.encode(encoding), "a.txt")

    assert new.decode(encoding) == text.replace("1234", "＊＊＊＊")
    assert new[:3] == text.encode(encoding)[:3]


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"%PDF-1.7", "PDF"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" * 200, "老式"),
        (b"PK\x03\x04", "不是有效的"),
        (b"\x89PNG\r\n\x1a\n", "图片"),
    ],
)
def test_other_kinds_are_refused(data: bytes, told: str) -> None:
    with pytest.raises(InputError, match=told):
        redacted(data, "a.docx", Masking(SCREENER.screen))


def test_entities_bombs_and_names_given_twice_are_refused() -> None:
    import zipfile

    def packed(*members: tuple[str, bytes]) -> bytes:
        stream = io.BytesIO()
        with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as file:
            for name, data in (("[Content_Types].xml", b"<Types/>"), *members):
                file.writestr(name, data)
        return stream.getvalue()

    entity = b'<!DOCTYPE a [<!ENTITY b "bb">]><w:document xmlns:w="x">&b;</w:document>'
    for data, told in (
        (packed(("word/document.xml", entity)), "DOCTYPE"),
        (packed(("word/document.xml", b" " * (101 << 20))), "过大"),
        (packed(("word/document.xml", b"<a")), "已损坏"),
        (packed(("a.xml", b"<a/>")), "不是(有效的)? ?Word"),
    ):
        with pytest.raises(InputError, match=told):
            redacted(data, "a.docx", Masking(SCREENER.screen))


def test_the_command_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source, target = tmp_path / "稿.docx", tmp_path / "公开.docx"
    source.write_bytes(saved(word(f"电话{PHONE}")))

    assert main(["redact", str(source), "-o", str(target)]) == 0
    assert "隐去 1 处" in capsys.readouterr().err
    assert PHONE not in parse(target.read_bytes(), "a.docx").post.body
    assert target.stat().st_mode & 0o077 == 0
    assert main(["redact", str(source), "-o", str(source)]) == 2
    assert main(["redact", str(source), "-o", str(target), "--mask", "ab"]) == 2
    assert main(["redact", str(source), str(target), "-o", str(tmp_path / "无")]) == 2
    assert main(["redact", str(tmp_path / "没有.docx"), "-o", str(target)]) == 2


@pytest.mark.parametrize(
    ("member", "told"),
    [("word/afchunk1.html", "其他内容"), ("word/vbaProject.bin", "宏"), ("word/embeddings/oleObject1.bin", "嵌入的对象")],
)
def test_what_a_file_carries_along_is_told(member: str, told: str) -> None:
    package = Package(saved(word("平安。")), "a.docx")
    package.put(member, b"13812345678")
    masking = Masking(SCREENER.screen)
    redacted(package.save(), "a.docx", masking)

    assert masking.untouched == [f"a.docx: {told} 1 个没有看"]


def test_an_office_file_inside_is_redacted_too() -> None:
    package = Package(saved(word("平安。")), "a.docx")
    package.put("word/embeddings/内.docx", saved(word(("电话138", "12345678"))))

    assert PHONE not in everything(through(package.save()))


def test_mails_are_refused() -> None:
    mail = f"From: a@b.cn\r\nSubject: x\r\nContent-Transfer-Encoding: base64\r\n\r\n{PHONE}".encode()
    with pytest.raises(InputError, match="邮件不能去标识化"):
        redacted(mail, "a.eml", Masking(SCREENER.screen))


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_broken_files_are_refused_or_copied_and_nothing_else(draw: st.DataObject) -> None:
    """Bytes cut out of a member of the package: a clear error, or a copy."""
    file = word(("证号610", "881199003071231"))
    file.add_comment(file.paragraphs[0].runs, "平安", "某")
    package = Package(saved(file), "a.docx")
    report = SCREENER.screen(parse(saved(file), "a.docx").post)
    name = draw.draw(st.sampled_from(sorted(package.members)))
    content = package.members[name]
    start = draw.draw(st.integers(0, len(content)))
    package.put(name, content[:start] + content[start + draw.draw(st.integers(0, 60)) :])
    data = package.save()
    for made in (lambda: redacted(data, "a.docx", Masking(SCREENER.screen)), lambda: annotated(data, report, "a.docx")):
        with contextlib.suppress(InputError):
            assert made().startswith(b"PK")
