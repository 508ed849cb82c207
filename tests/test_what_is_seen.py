"""What a reader sees is screened, whatever markup it wears; a replacement touches prose and nothing else."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screeners import SCREENER
from govmedia_screen import Decision, Post
from govmedia_screen.acceptance.fixes import divided, mended
from govmedia_screen.archive.scan import scan
from govmedia_screen.cli import main
from govmedia_screen.documents import of_text, parse
from govmedia_screen.documents.html import visible
from govmedia_screen.documents.markup import seen
from govmedia_screen.ledger.record import content

ID = "11010519491231002X"
X = f"机密★10年，身份证号{ID}"
WRAPPED = [
    "<!-- x --!>{}<!-- -->", "<!-->{}<!-- -->", "<!--->{}<!-- -->", "<![CDATA[ > {} ]]>", "<svg><![CDATA[{}]]></svg>", "<object>{}</object>",
    '<iframe srcdoc="<p>{}</p>"></iframe>', "<xmp><!-- {} --></xmp>", "<textarea><!-- {} --></textarea>", "<title><!-- {} --></title>",
    '<input type=button value="{}">', '<select><option label="{}"></select>', '<style>p::after{{content:"{}"}}</style>', "<style></style foo>{}",
    "<script></script/>{}", "<template>{}</template>", "<noscript><p>{}</p></noscript>", "<svg><style><b>{}</b></style></svg>", "<plaintext>{}",
    "<svg><title>{}</title></svg>", "<video>{}</video>", "<noembed>{}</noembed>", "</>{}", "<p>{}", "<x-y {}", '<a href="tel:1">{}</a>',
    '<meta name=keywords content="{}">', '<img alt="{}">', "<p title='{}'>", "<button value='{}'></button>",
]  # fmt: skip
MARKS = ["**", "__", "~~", "<b>", "</b>", "<span style='x'>", "&amp;", "&#26426;", "\\-", "`", "```\n", "<p>", "</p>", "<br>", "机密", "★", "10年", "138", "1234", "截止目前", "\n", " ", "<", ">", "&", "*"]  # fmt: skip


@pytest.mark.parametrize("page", WRAPPED)
def test_nothing_hides_in_a_tag(page: str) -> None:
    document = of_text(page.format(X), "a.html")
    found = {one.rule: one for one in SCREENER.screen(document.post).findings}

    assert {"secrecy.mark", "privacy.resident-id"} <= found.keys()
    start, end = document.span(found["privacy.resident-id"]) or (0, 0)
    assert ID in document.text[start:end]


@pytest.mark.parametrize("page", ["<!-- {} -->", "<script>var x = '{}'</script>", "<!--\n{}\n-->", "<style>/* {} */</style>"])
def test_what_nobody_sees_is_left_out(page: str) -> None:
    assert ID not in of_text(page.format(X), "a.html").post.body


def test_a_reading_does_not_part_a_word() -> None:
    body = of_text("<p><ruby>身<rt>shen</rt>份<rt>fen</rt></ruby>证号</p>", "a.html").post.body

    assert "身份证号" in body


@pytest.mark.parametrize(
    ("text", "rule", "slice_"),
    [
        (f"<p>身份证号{ID[:6]}<b>{ID[6:]}</b></p>", "privacy.resident-id", f"{ID[:6]}<b>{ID[6:]}"),
        (f"身份证号{ID[:6]}&nbsp;{ID[6:]}", "privacy.resident-id", f"{ID[:6]}&nbsp;{ID[6:]}"),
        ("&#26426;&#23494;★10年", "secrecy.mark", "&#26426;&#23494;★10年"),
        ("电话139**1234**5670", "privacy.mobile", "139**1234**5670"),
        (f"身份证号{ID[:6]}\\-{ID[6:]}", "privacy.resident-id", f"{ID[:6]}\\-{ID[6:]}"),
        ("**2026年11月29日**（星期一）", "wording.number.weekday", "2026年11月29日**（星期一"),
    ],
)
@pytest.mark.parametrize("where", ["body", "title", "summary"])
def test_markup_in_a_text_is_seen_through(text: str, rule: str, slice_: str, where: str) -> None:
    post = Post(text) if where == "body" else Post("晴。", title=text) if where == "title" else Post("晴。", extra_parts={where: text})
    found = [one for one in SCREENER.screen(post).findings if one.rule == rule]

    assert [(one.part, one.text) for one in found] == [(where, slice_)]
    assert getattr(post, where)[found[0].start : found[0].end] == slice_


@pytest.mark.parametrize(
    "text", ["张*三、李*四", "138****5678", "王**、李**", "a < b，c > d & e", "AT&T;", "https://a.cn/?x=1&copy=2", "C:\\Users"]
)
def test_what_is_no_markup_stays(text: str) -> None:
    assert seen(text) is None


@given(st.lists(st.sampled_from(MARKS), max_size=24).map("".join))
def test_every_finding_is_a_slice_of_what_was_handed_over(text: str) -> None:
    report = SCREENER.screen(Post(text, title=text[:9]))

    assert not report.incomplete
    assert all(report.post.part(one.part)[one.start : one.end] == one.text for one in report.findings)
    if found := seen(text):
        shown, places = found
        assert all(0 <= places.span(place, place + 1)[0] <= places.span(place, place + 1)[1] <= len(text) for place in range(len(shown)))


@pytest.mark.parametrize(
    "unit",
    ["<a ", '<a title="', "<!--", "<![CDATA[", "</", "<?", "<noscript><iframe>", "<svg>", "<ruby><rt>一", "**一**", "`", "\\*", "<b>"],
)
def test_reading_is_linear(unit: str) -> None:
    """Eight times as much is read in less than forty times the time, however it nests; a square would take sixty-four."""
    from time import process_time

    def took(count: int) -> float:
        times = []
        for _ in range(3):
            begun = process_time()
            visible(unit * count)
            seen(unit * count)
            times.append(process_time() - begun)
        return min(times)

    assert took(16_000) < 40 * took(2_000) + 0.05


KEYS = ["description", "摘要", "excerpt", "digest", "副标题", "联系人", "keywords", "tags", "作者", "自定义的键"]


@pytest.mark.parametrize("key", KEYS)
@pytest.mark.parametrize(
    "form",
    [
        "---\ntitle: 通知\n{key}: 身份证号{id}\n---\n晴。",
        "---\ntitle: 通知\n{key}: [晴, 身份证号{id}]\n---\n晴。",
        "+++\ntitle='通知'\n\"{key}\"='身份证号{id}'\n+++\n晴。",
    ],
)
def test_published_front_matter_is_screened(key: str, form: str) -> None:
    document = parse(form.format(key=key, id=ID).encode(), "a.md")
    found = [one for one in SCREENER.screen(document.post).findings if one.rule == "privacy.resident-id"]

    assert len(found) == 1
    assert getattr(document.post, found[0].part)[found[0].start : found[0].end] == ID
    if form.startswith("---"):
        assert document.locate(found[0])[0] == 3


@pytest.mark.parametrize("line", ["slug: 11010519491231002X", "url: https://a.cn/11010519491231002X", "layout: 身份证号", "draft: true"])
def test_what_is_for_the_program_is_no_part(line: str) -> None:
    assert parse(f"---\n{line}\n---\n晴。".encode(), "a.md").post.parts == ("title", "body")


def test_a_title_with_a_colon_is_answered_in_chinese() -> None:
    with pytest.raises(Exception, match=r"a\.md:2: .*请给整个值加引号"):
        parse("---\ntitle: 通知: 关于[公示]的事\n---\n".encode(), "a.md")


@pytest.mark.parametrize(
    ("name", "before", "after"),
    [
        ("a.html", "<p><b>截止</b>目前</p>", "<p><b>截至</b>目前</p>"),
        ("a.html", '<p title="截止目前">晴</p>', '<p title="截止目前">晴</p>'),
        ("a.md", "`截止目前`与截止目前", "`截止目前`与截至目前"),
        ("a.md", "```\n截止目前\n```\n", "```\n截止目前\n```\n"),
        ("a.md", "[截止目前](截止目前.html)", "[截至目前](截止目前.html)"),
        ("a.md", "截**止**目前", "截**至**目前"),
        ("a.md", "![图](截止目前.png) 截止目前", "![图](截止目前.png) 截至目前"),
        ("a.txt", "更正：文中“截止目前”应为“截至目前”。", "更正：文中“截止目前”应为“截至目前”。"),
        ("a.txt", "见http://a.cn/截止目前 。截止目前", "见http://a.cn/截止目前 。截至目前"),
    ],
)
def test_a_replacement_touches_prose_only(name: str, before: str, after: str) -> None:
    document = of_text(before, name)
    assert mended(before, divided(document, SCREENER.screen(document.post).findings)[0]) == after


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_a_file_keeps_its_encoding_and_line_ends(tmp_path: Path, encoding: str) -> None:
    path, text = tmp_path / "a.txt", "截止目前，已完成。\r\n会议在市政府召开。\n末行\r"
    path.write_bytes(text.encode(encoding))
    main(["check", "--fix", "-q", str(path)])

    assert path.read_bytes() == text.replace("截止", "截至").encode(encoding)


ROWS = {
    "semicolon.csv": f"标题;正文\n通知;身份证号{ID}\n", "sep.csv": f"sep=;\r\n标题;正文\r\n通知;身份证号{ID}\r\n", "tab.csv": f"标题\t正文\n通知\t身份证号{ID}\n",
    "caption.csv": f"2026年汇总,,\n标题,正文,备注\n通知,身份证号{ID},x\n", "short.csv": f"标题,正文,备注\n通知,身份证号{ID}\n", "array.json": json.dumps([{"body": f"身份证号{ID}"}]),
    "lines.jsonl": f'{{"摘要": "身份证号{ID}", "正文": "晴。"}}\n',
}  # fmt: skip


@pytest.mark.parametrize("name", ROWS)
@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-8-sig"])
@pytest.mark.parametrize("packed", [False, True])
def test_tables_are_read_as_offices_write_them(tmp_path: Path, name: str, encoding: str, packed: bool) -> None:
    path = tmp_path / name
    path.write_bytes(ROWS[name].encode(encoding))
    if packed:
        with zipfile.ZipFile(tmp_path / "a.zip", "w") as file:
            file.write(path, name)
        path = tmp_path / "a.zip"

    summary = scan([path], tmp_path / "out", SCREENER)
    assert (summary.posts, summary.rejected, summary.counts.get("block")) == (1, 0, 1)


def test_a_name_that_stands_twice_is_rejected(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text(f'{{"body": "身份证号{ID}", "body": "晴。"}}\n', "utf-8")
    assert scan([tmp_path / "a.jsonl"], tmp_path / "out", SCREENER).rejected == 1


@pytest.mark.parametrize("form", ["text", "json", "jsonl", "markdown", "html", "sarif", "junit", "github", "gitlab"])
def test_reports_mask_what_they_warn_about(tmp_path: Path, capsys: pytest.CaptureFixture[str], form: str) -> None:
    path = tmp_path / "a.txt"
    path.write_text(f"身份证号{ID}，电话13912345670。", "utf-8")

    assert main(["check", str(path), "--format", form]) == 1
    out = capsys.readouterr().out
    assert ID not in out
    assert "13912345670" not in out
    main(["check", str(path), "--format", "json", "--show-personal-data"])
    whole = json.loads(capsys.readouterr().out)[0]
    main(["check", str(path), "--format", "json"])
    masked = json.loads(capsys.readouterr().out)[0]
    assert ID in json.dumps(whole)
    assert [(one["start"], one["end"]) for one in whole["findings"]] == [(one["start"], one["end"]) for one in masked["findings"]]
    assert whole["digest"] == masked["digest"]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('<p>见<a href="/a">此</a></p>', '<p>见<a href="/b">此</a></p>'),
        ('<img src="a.png">晴', '<img src="b.png">晴'),
        ("<p>晴</p>", "<p>晴</p><script>alert(1)</script>"),
        ("<p>罚款12元</p>", "<p>罚款\u202e12\u202c元</p>"),
        ("<p>1 23</p>", "<p>12 3</p>"),
        ('<p>晴</p><meta name=description content="晴">', '<p>晴</p><meta name=keywords content="晴天">'),
    ],
)
def test_an_approval_is_bound_to_what_is_published(before: str, after: str) -> None:
    assert content(of_text(before, "a.html").post) != content(of_text(after, "a.html").post)


def test_layout_is_no_change() -> None:
    assert content(Post("第一段。\n第二段 。\u200b")) == content(Post("第一段。第二段。"))
    assert SCREENER.screen("晴。").decision is Decision.PASS
