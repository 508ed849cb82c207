"""The form that reviewers sign: post, findings, who must sign; what must not be shown is not."""

from __future__ import annotations

import io
from datetime import datetime
from pathlib import Path

import pytest

docx = pytest.importorskip("docx", reason="needs the extra documents: make test installs it")

from screeners import WITHOUT_MODEL as SCREENER  # noqa: E402
from govmedia_screen import Post  # noqa: E402
from govmedia_screen.cli import main  # noqa: E402
from govmedia_screen.copies.review_sheet import written  # noqa: E402
from govmedia_screen.documents import Document  # noqa: E402
from govmedia_screen.report.shown import shown  # noqa: E402

ID = "610881199003071231"


def sheet(post: Post, office: str = "") -> object:
    """The form of a post, read again."""
    report = shown(SCREENER.screen(post))
    return docx.Document(io.BytesIO(written([(Document("稿.md", post), report)], office, datetime(2026, 3, 4, 9, 5))))


def text(file: object) -> str:
    """All that stands in it."""
    return "\n".join(
        [one.text for one in file.paragraphs] + [cell.text for table in file.tables for row in table.rows for cell in row.cells]
    )


def test_it_holds_post_findings_tiers_and_lines_to_sign() -> None:
    post = Post(f"工作己经完成。\n证号{ID}。", title="停水通知", kind="notice", account="某县发布", department="某局")
    file = sheet(post, "某县融媒体中心")
    found = text(file)

    assert file.paragraphs[0].text == "某县融媒体中心信息发布审核表"
    for told in (
        "停水通知",
        "公告",
        "某县发布",
        "某局",
        "拦截",
        "3 领导终审",
        "2026-03-04 09:05",
        "疑似错别字",
        "已经",
        "正文 2:3",
        SCREENER.screen(post).digest,
    ):
        assert told in found
    assert ID not in found
    assert "证号610881＊＊＊＊＊＊＊＊1231[2]。" in found
    assert found.count("（须签）") // 1 >= 3
    assert found.count("签名：") >= 3


def test_only_the_tiers_that_must_sign_are_asked() -> None:
    rows = [row.cells[0].text for row in sheet(Post("工作己经完成。")).tables[2].rows]

    assert rows == ["编辑自查\n（须签）", "部门复审\n（须签）", "领导终审\n（免签）"]
    assert "没有发现问题。" in text(sheet(Post("今日天气晴。")))


def test_shading_covers_exactly_the_words() -> None:
    file = sheet(Post("他己经到了，截止目前无事。"))
    shaded = [
        run.text
        for paragraph in file.paragraphs
        for run in paragraph.runs
        if run.element.rPr is not None and run.element.rPr.find(docx.oxml.ns.qn("w:shd")) is not None
    ]

    assert shaded == ["己经", "截止目前"]


def test_odd_characters_do_not_break_it() -> None:
    assert "�" in text(sheet(Post("a\x00b\x1b]己经\ud800\u202e", title="\x07")))


def test_the_command_line_takes_the_name_from_the_profile(tmp_path: Path) -> None:
    (tmp_path / "稿.txt").write_text(f"证号{ID}", "utf-8")
    (tmp_path / "p.toml").write_text('extends = "default"\n[settings]\noffice = "某市政府办"\n', "utf-8")
    target = tmp_path / "表.docx"

    assert main(["check", str(tmp_path / "稿.txt"), "--profile", str(tmp_path / "p.toml"), "--review-sheet", str(target)]) == 1
    file = docx.Document(str(target))
    assert file.paragraphs[0].text == "某市政府办信息发布审核表"
    assert ID not in text(file)
    assert main(["check", str(tmp_path / "稿.txt"), "--review-sheet", str(target), "--show-personal-data"]) == 1
    assert ID in text(docx.Document(str(target)))
