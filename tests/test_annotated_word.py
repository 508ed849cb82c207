"""Word files with findings as comments: at exactly the words, and nothing else changed."""

from __future__ import annotations

import io
import itertools
import re
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

docx = pytest.importorskip("docx", reason="needs the extra documents: make test installs it")

from docx.oxml.ns import nsdecls  # noqa: E402
from docx.oxml.parser import parse_xml  # noqa: E402
from office_files import characters, commented, saved, tracked, word  # noqa: E402

from screeners import WITHOUT_MODEL as SCREENER  # noqa: E402
from govmedia_screen import Post, Screener  # noqa: E402
from govmedia_screen.cli import main  # noqa: E402
from govmedia_screen.copies.word_comments import annotated  # noqa: E402
from govmedia_screen.documents import parse  # noqa: E402
from govmedia_screen.errors import InputError  # noqa: E402

ID = "610881199003071231"


def through(data: bytes) -> bytes:
    """A file screened and annotated."""
    return annotated(data, SCREENER.screen(parse(data, "a.docx").post), "a.docx")


def test_comments_stand_at_exactly_the_words_across_runs() -> None:
    data = saved(word(("截", "止目", "前，工作己", "经完成。"), "平安。", ("证号610", "881199003", "071231，电话138", "1234", "5678。")))
    new = through(data)

    assert [words for words, _ in commented(new)] == ["截止目前", "己经", ID, "13812345678"]
    assert list(characters(new)) == list(characters(data))
    first = commented(new)[0][1]
    assert "【送审】" in first
    assert "建议：截至目前" in first
    assert "依据：第十二条" in first
    assert "规则：wording.character.phrase" in first


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.sampled_from(["己经", "截止目前", ID, "平安。", "\t", "，", "天气晴朗", "\n"]), min_size=1, max_size=6),
    st.randoms(use_true_random=False),
)
def test_no_character_and_no_look_changes_however_runs_are_cut(texts: list[str], chance: object) -> None:
    paragraphs = []
    for text in "".join(texts).split("\n"):
        cuts = sorted({0, len(text), *(chance.randrange(len(text) + 1) for _ in range(4))})
        paragraphs.append([text[start:end] for start, end in itertools.pairwise(cuts)])
    data = saved(word(*paragraphs))
    report = SCREENER.screen(parse(data, "a.docx").post)
    new = annotated(data, report, "a.docx")

    assert list(characters(new)) == list(characters(data))
    assert [words for words, _ in commented(new) if words] == [one.text.replace("\t", "") for one in report.findings]


def test_the_same_line_twice_is_told_twice_each_at_its_own() -> None:
    new = through(saved(word("甲：己经办结。", "无事。", "甲：己经办结。", "己经。")))
    assert [words for words, _ in commented(new)] == ["己经"] * 3
    file = docx.Document(io.BytesIO(new))
    assert ["commentRangeStart" in one._p.xml for one in file.paragraphs] == [True, False, True, True]


def test_tables_links_tracked_changes_and_text_boxes() -> None:
    file = word("正文。")
    table = file.add_table(1, 2)
    table.cell(0, 0).text, table.cell(0, 1).text = "李小明", "13987654321"
    link = file.add_paragraph("请看")
    link._p.append(
        parse_xml(f"<w:hyperlink {nsdecls('w')} w:anchor='a'><w:r><w:rPr><w:b/></w:rPr><w:t>会议己经结束</w:t></w:r></w:hyperlink>")
    )
    changed = file.add_paragraph("证号610881")
    changed._p.append(tracked("del", "1111"))
    changed._p.append(tracked("ins", "199003"))
    changed.add_run("071231")
    box = file.add_paragraph()
    box._p.append(
        parse_xml(
            f"<w:r {nsdecls('w')}><w:pict><w:txbxContent><w:p><w:r><w:t>框内截止目前</w:t></w:r></w:p></w:txbxContent></w:pict></w:r>"
        )
    )
    data = saved(file)
    new = through(data)
    found = dict.fromkeys(words for words, _ in commented(new))

    assert {"13987654321", "己经", "610881199003071231", "框内截止目前"} <= {words.replace("1111", "") for words in found}
    assert list(characters(new)) == list(characters(data))


def test_headers_and_notes_are_told_where_the_text_refers_to_them() -> None:
    file = word("第一段。", "第二段。")
    file.sections[0].header.paragraphs[0].text = "阅后请勿外传"
    file.add_comment(file.paragraphs[1].runs, "这里己经改过", "某编辑")
    new = through(saved(file))
    found = commented(new)

    assert ("第二段。", "这里己经改过") in found
    assert any(words == "第一段。" and text.startswith("（页眉“请勿外传”）") for words, text in found)


def test_what_is_missing_and_what_was_not_read_is_told_at_the_beginning() -> None:
    data = saved(word("比三个字长"))
    screener = Screener(replace(SCREENER.profile, max_characters=3))
    new = annotated(data, screener.screen(parse(data, "a.docx").post), "a.docx")

    assert [text.startswith("【送审】未审完") for _, text in commented(new)] == [True]
    empty = saved(word())
    report = SCREENER.screen(Post("己经"))
    assert "原文：己经" in commented(annotated(empty, report, "a.docx"))[0][1]


def test_what_is_no_word_file_is_refused() -> None:
    with pytest.raises(InputError, match="不是有效的 Word"):
        annotated(b"PK\x03\x04", SCREENER.screen("无"), "a.docx")


def test_check_writes_the_copy_beside_the_report(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source, target = tmp_path / "稿.docx", tmp_path / "批注.docx"
    source.write_bytes(saved(word("工作己经完成。")))

    assert main(["check", str(source), "--annotate", str(target)]) == 1
    assert [words for words, _ in commented(target.read_bytes())] == ["己经"]
    assert target.stat().st_mode & 0o077 == 0
    before = source.read_bytes()
    assert main(["check", str(source), "--annotate", str(source)]) == 2
    assert source.read_bytes() == before
    assert "请另给一个文件名" in capsys.readouterr().err
    (tmp_path / "a.txt").write_text("己经", "utf-8")
    assert main(["check", str(tmp_path / "a.txt"), "--annotate", str(target)]) == 2


def test_libreoffice_shows_every_comment_at_its_words(tmp_path: Path) -> None:
    """Converted to OpenDocument, whose annotations name the beginning and the end of what they are about."""
    office = shutil.which("soffice")
    if not office:
        pytest.skip("needs LibreOffice: make test installs it where it may")
    data = saved(word(("截", "止目", "前，工作己", "经完成。"), "平安。", ("证号610", "881199003", "071231，电话138", "1234", "5678。")))
    (tmp_path / "a.docx").write_bytes(through(data))
    command = [
        office,
        f"-env:UserInstallation={(tmp_path / 'home').as_uri()}",
        "--headless",
        "--convert-to",
        "fodt",
        "--outdir",
        str(tmp_path),
        str(tmp_path / "a.docx"),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=300)
    text = (tmp_path / "a.fodt").read_text("utf-8")
    body = text[text.index("<office:body") :]
    found = {}
    for opening in re.finditer(r'<office:annotation [^>]*office:name="([^"]+)".*?</office:annotation>', body, re.DOTALL):
        end = body.index(f'<office:annotation-end office:name="{opening[1]}"')
        inside = re.sub(r"<office:annotation .*?</office:annotation>", "", body[opening.end() : end], flags=re.DOTALL)
        found[re.sub(r"<[^>]+>", "", inside).strip()] = re.sub(r"<[^>]+>", "", opening[0])

    assert set(found) == {"截止目前", "己经", ID, "13812345678"}
    assert "公民身份号码" in found[ID]
