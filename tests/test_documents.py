"""Files → posts: every character of a part can be found again in its file."""

from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govmedia_screen import Finding, InputError, Level
from govmedia_screen.documents import Document, of_text, parse
from govmedia_screen.documents.places import Builder
from govmedia_screen.finding import Traits
from govmedia_screen.io.encoding import decode

YAML = """---
title: "关于\\u5f00展\\"双随机\\"检查的通知"
来源: '县''局'
source_note: NO
文种: 转载
date: 2026-10-01
department: |
  市场科
  督查室
account: >
  本县
  发布
tags: [a, b]
---

正文\t第一行😀，第二句。
<!-- 只给编辑看 -->末行。
"""
HTML = """<!doctype html><html><head><meta name="ContentSource" content="县融媒体中心"><title>页面&amp;标题</title>
<style>p{color:red}</style></head><body><h1>正文标题</h1>
<p>甲&lt;乙&gt;丙
  另起<b>粗</b>体&#20013;<br>换行&nbsp;尾</p><img alt="图片&quot;说明" src="a.png"><!-- 注 -->
<script>var a = "不看";</script><table><tr><td>一</td><td>二</td></tr></table></body></html>
"""


def finding(part: str, start: int, end: int, text: str) -> Finding:
    return Finding("wording.character.word", Level.REVIEW, part, start, end, text, "", traits=Traits(safe=True))


def seen(document: Document, part: str, text: str) -> str:
    """What stands in the file where that text stands in the part."""
    start = document.post.part(part).index(text)
    span = document.span(finding(part, start, start + len(text), text))
    assert span is not None
    return document.text[span[0] : span[1]]


@pytest.mark.parametrize("ending", ["\n", "\r\n"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_yaml_front_matter_fills_the_post(ending: str, encoding: str) -> None:
    document = parse(YAML.replace("\n", ending).encode(encoding), "a.md")
    post = document.post

    assert (post.title, post.source, post.kind, post.published_at) == ('关于开展"双随机"检查的通知', "县'局", "repost", "2026-10-01")
    assert (post.department, post.account) == ("市场科\n督查室\n", "本县 发布\n")
    assert post.meta == {"source_note": "NO", "tags": ["a", "b"]}
    assert "只给编辑看" not in post.body


@pytest.mark.parametrize("ending", ["\n", "\r\n"])
@pytest.mark.parametrize(
    ("part", "text", "written"),
    [
        ("title", "关于开展", "关于\\u5f00展"),
        ("title", '展"双', '展\\"双'),
        ("title", "通知", "通知"),
        ("source", "县'局", "县''局"),
        ("department", "督查室", "督查室"),
        ("account", "本县 发", "本县\n  发"),
        ("body", "第一行😀", "第一行😀"),
        ("body", "。\n末行", "。\n<!-- 只给编辑看 -->末行"),
    ],
)
def test_a_span_of_a_part_is_found_in_the_file(ending: str, part: str, text: str, written: str) -> None:
    document = parse(YAML.replace("\n", ending).encode(), "a.md")
    if part == "body":
        text = text.replace("\n", ending)

    assert seen(document, part, text) == written.replace("\n", ending)


def test_line_and_column_with_tabs_and_wide_characters() -> None:
    document = parse(YAML.replace("\n", "\r\n").encode("utf-8-sig"), "a.md")
    start = document.post.body.index("第二句")

    assert document.region(finding("body", start, start + 3, "第二句")) == ((16, 9), (16, 12))


def test_toml_front_matter() -> None:
    text = "+++\n# 说明\ntitle = \"甲\\\"乙\"\nsource = '''\n县局'''\ndate = 2026-10-01\n[extra]\ntitle = \"别的\"\n+++\n正文"

    document = parse(text.encode(), "a.md")

    assert (document.post.title, document.post.source, document.post.published_at, document.post.body) == (
        '甲"乙',
        "县局",
        "2026-10-01",
        "正文",
    )
    assert seen(document, "title", '"乙') == '\\"乙'
    assert seen(document, "source", "县局") == "县局"
    assert document.locate(finding("source", 0, 2, "县局")) == (5, 1)


@pytest.mark.parametrize("text", ["---\n\n一段话，两条线之间。\n\n---\n后文", "---\n没有闭合: 是\n正文", "+++\n没有闭合\n"])
def test_rules_are_not_front_matter(text: str) -> None:
    assert parse(text.encode(), "a.md").post.body == text


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("---\ntitle: 甲\n来源：乙\n---\n", "a.md:3"),
        ("---\ntitle: 甲\ntitle: 乙\n---\n", "a.md:3: 文件头里 title 写了两次"),
        ("---\ntitle: 甲\nkind: 散文\n---\n", "a.md:3: kind 是“散文”"),
        ("---\ntitle: [甲]\n---\n", "a.md:2: title 应为一段文字"),
        ("---\ntitle: *甲\n---\n", "a.md"),
        ("+++\ntitle = 甲\n+++\n", "a.md:2"),
        ("---\na: " + "[" * 5000 + "\n---\n", "a.md:1: 文件头嵌套过深"),
    ],
)
def test_broken_front_matter_is_told_with_its_line(text: str, says: str) -> None:
    with pytest.raises(InputError, match=r"文件头|只能是|应为") as caught:
        parse(text.encode(), "a.md")

    assert says in str(caught.value)


@pytest.mark.parametrize("before", ["", "\n", "<!-- 稿 -->\n\n"])
def test_first_heading_is_the_title(before: str) -> None:
    document = of_text(f"{before}# 标题 #\n\n正文\n", "a.md")

    assert (document.post.title, document.post.body.strip()) == ("标题", "正文")
    assert seen(document, "title", "标题") == "标题"


def test_html_gives_what_readers_see() -> None:
    document = parse(HTML.encode(), "a.html")

    assert (document.post.title, document.post.source) == ("正文标题", "县融媒体中心")
    assert document.post.body.split("\n") == ["页面&标题", "甲<乙>丙 另起粗体中", "换行\xa0尾", '图片"说明', "一\t二"]


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("面&标", "面&amp;标"),
        ("乙>丙 另", "乙&gt;丙\n  另"),
        ("起粗体中", "起<b>粗</b>体&#20013;"),
        ("\xa0尾", "&nbsp;尾"),
        ("片", "图片&quot;说明"),
        ("二", "二"),
    ],
)
def test_html_spans_lead_back(text: str, written: str) -> None:
    assert seen(parse(HTML.encode(), "a.html"), "body", text) == written


@given(
    st.lists(st.tuples(st.text(st.sampled_from("甲乙丙a "), max_size=5), st.sampled_from(["copy", "code", "lost", "gap"])), max_size=12),
    st.data(),
)
def test_places_lead_back_whatever_the_pieces(runs: list[tuple[str, str]], data: st.DataObject) -> None:
    builder, file = Builder(), ""
    for text, kind in runs:
        if kind == "copy":
            builder.add(text, len(file))
            file += text
        elif kind == "code":
            for char in text:
                code = f"&#{ord(char)};"
                builder.add(char, len(file), len(file) + len(code))
                file += code
        elif kind == "lost":
            file += "x" * len(text)
        else:
            builder.add("\n" * len(text))
    part, places = builder.finish()
    start = data.draw(st.integers(0, len(part)))
    end = data.draw(st.integers(start, len(part)))

    first, last = places.span(start, end)

    assert 0 <= first <= last <= len(file)
    inside = "".join(char for char in part[start:end] if char != "\n")
    cut = file[first:last].replace("x", "")
    for char in set("甲乙丙a "):
        cut = cut.replace(f"&#{ord(char)};", char)
    assert cut == inside


@pytest.mark.parametrize(
    "text",
    [
        "<!--" * 20000,
        "<p " * 20000,
        "&" * 50000,
        "<a b='" * 10000,
        "# " + "#" * 50000 + "x",
        "---\na: b\n" + " \n" * 50000,
        "---\n" + "\r\n" * 5000 + "x\n---\n",
    ],
)
@pytest.mark.parametrize("name", ["a.md", "a.html"])
def test_odd_text_is_read_in_no_time(text: str, name: str) -> None:
    assert of_text(text, name).post.body is not None


def test_word_file_gives_every_printed_paragraph() -> None:
    docx = pytest.importorskip("docx")
    file = docx.Document()
    file.add_paragraph("关于某事的通知", style="Title")
    file.add_paragraph("第一段").add_run("，续\t完")
    file.add_table(1, 2).rows[0].cells[1].text = "表格里的字"
    file.sections[0].footer.paragraphs[0].text = "页脚"
    inserted = file.add_paragraph("末段")._p
    inserted.append(
        docx.oxml.parse_xml(
            '<w:ins xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:r><w:t>修订插入</w:t></w:r></w:ins>'
        )
    )
    inserted.append(
        docx.oxml.parse_xml(
            '<w:del xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:r><w:delText>删去</w:delText></w:r></w:del>'
        )
    )
    data = io.BytesIO()
    file.save(data)

    document = parse(data.getvalue(), "a.docx")

    assert document.post.title == "关于某事的通知"
    assert document.post.body.split("\n") == ["第一段，续\t完", "\t表格里的字", "末段修订插入", "页脚"]
    assert document.post.deleted == "末段删去"
    assert document.locate(finding("body", document.post.body.index("末段"), 0, "")) == (3, 1)


def test_what_only_calls_itself_a_word_file() -> None:
    pytest.importorskip("docx")

    with pytest.raises(InputError, match="不是有效的 Word 文件"):
        parse(b"not a zip", "a.docx")


@pytest.mark.parametrize("encoding", ["big5", "gb18030", "utf-8", "utf-16-le"])
def test_a_text_is_read_in_the_encoding_that_makes_it_usual(encoding: str) -> None:
    text = "各位市民：本市定於十二月一日起調整公共交通票價，請留意公告。如有查詢，請致電熱線。"

    assert decode(text.encode(encoding), "a.txt") == (text, encoding)
