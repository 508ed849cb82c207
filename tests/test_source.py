"""Sources: the list and an office's own, names near to listed ones, reposts."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hang import ends

from screeners import SCREENER
from govmedia_screen import InputError, Post, Screener
from govmedia_screen.lexicon import lexicon as lexicons
from govmedia_screen.detectors.source.news_sources import Sources, is_official, load, read

LISTED = load(lexicons.load())


@pytest.mark.parametrize(
    "name",
    [
        "新华社",
        "新华网",
        "人民日报客户端",
        "人民日报微信公众号",
        "《光明日报》",
        "“学习强国”学习平台",
        "央视新闻",
        "中新网",
        "央视新闻微博",
        "新华每日电讯",
    ],
)
def test_listed(name: str) -> None:
    """Names, aliases and channels of listed sources are found."""
    assert LISTED.find(name)


@pytest.mark.parametrize(
    ("name", "listed"),
    [("新华社网", "新华社"), ("人名日报", "人民日报"), ("人民日报网", "人民日报"), ("新华社资讯", "新华社"), ("光名日报", "光明日报")],
)
def test_near(name: str, listed: str) -> None:
    """A name that is almost a listed one is told apart, and which it is near to."""
    assert LISTED.find(name) is None
    assert LISTED.near(name) == listed


@pytest.mark.parametrize("name", ["大众日报", "长治日报", "榆林日报", "石北县人民政府网", "石北发布", "新民晚报", "红网"])
def test_not_near(name: str) -> None:
    """Names of others are not near misses, whether listed or not."""
    assert LISTED.find(name) or is_official(name) or LISTED.near(name) is None


@pytest.mark.parametrize(
    ("host", "group"), [("www.xinhuanet.com", "新华社"), ("paper.people.com.cn", "人民日报"), ("news.cctv.com", "中央广播电视总台")]
)
def test_owner_of_a_host(host: str, group: str) -> None:
    """A host belongs to whoever owns the domain above it."""
    owner = LISTED.owner(host)

    assert owner
    assert owner.group == group


def office(folder: Path, text: str, encoding: str = "utf-8") -> Screener:
    """A Screener with an office's own list."""
    (folder / "sources.csv").write_text(text, encoding)
    return Screener(lexicons=folder)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_office_list_decides(tmp_path: Path, encoding: str) -> None:
    """With a list of its own an office may repost from it, and nobody else's name passes as a note."""
    screener = office(
        tmp_path, "名称,域名,启用,停用\n石北融媒之窗网,sbrm.example.cn,2025-01-01,\n旧石北网,,2016-01-01,2021-10-20\n", encoding
    )

    def rules(source: str) -> dict[str, str]:
        post = Post(body="各地春耕有序推进。", kind="repost", source=source, published_at="2026-03-02")
        return {one.rule: str(one.level) for one in screener.screen(post).findings if one.family == "source"}

    assert rules("石北融媒之窗网") == {}
    assert rules("旧石北网") == {"source.expired": "review"}
    assert rules("天下奇闻网") == {"source.unlisted": "review"}
    assert rules("新华社") == {}


def test_list_without_names_is_refused(tmp_path: Path) -> None:
    """A list without a column of names is refused, and the message says what it has."""
    path = tmp_path / "sources.csv"
    path.write_text("序号,域名\n1,example.cn\n", "utf-8")

    with pytest.raises(InputError, match=r"名称.*序号"):
        list(read(path))


def test_workbook(tmp_path: Path) -> None:
    """The list may be a workbook with dates in its cells."""
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    book.active.append(["名称", "启用", "停用"])
    book.active.append(["石北融媒之窗网", date(2025, 1, 1), None])
    book.save(tmp_path / "sources.xlsx")

    listed = Sources((row, True) for row in read(tmp_path / "sources.xlsx"))

    assert listed.complete
    source = listed.find("石北融媒之窗网")
    assert source
    assert source.valid(date(2026, 1, 1))
    assert not source.valid(date(2024, 12, 31))


def test_suggestion_and_evidence_of_a_near_miss() -> None:
    """The editor is told which source was probably meant."""
    (finding,) = [one for one in SCREENER.screen("要闻。\n来源：新华社网").findings if one.family == "source"]

    assert (finding.rule, finding.text, finding.evidence) == ("source.near", "新华社网", ("新华社",))


def test_provenance_when_the_profile_demands_it(tmp_path: Path) -> None:
    """With ``provenance = true`` every post must say which department it comes from."""
    profile = tmp_path / "office.toml"
    profile.write_text('extends = "default"\n[settings]\nprovenance = true\n', "utf-8")
    screener = Screener(profile=profile)

    def noted(post: Post) -> bool:
        return any(one.rule == "source.provenance" for one in screener.screen(post).findings)

    assert noted(Post(body="明日起调整公交线路。"))
    assert not noted(Post(body="明日起调整公交线路。", department="县交通运输局"))
    assert not any(one.rule == "source.provenance" for one in Screener().screen("明日起调整公交线路。").findings)


@given(
    st.text(alphabet="来源：转自新华社网络据报道原标题 \n（）《》，。不拟3.5万%年!🙂\ud800", max_size=80),
    st.text(alphabet="来源：转自新华社网络据报道原标题 \n（）《》，。不拟3.5万%年!🙂\ud800", max_size=80),
)
def test_spans_hold(one: str, other: str) -> None:
    """Whatever a repost says, nothing raises and each finding is a slice of its part."""
    post = Post(title=one[:30], body=other, kind="repost", source=one, original_title=other[:30], original_body=one)
    for finding in SCREENER.screen(post).findings:
        assert post.part(finding.part)[finding.start : finding.end] == finding.text


@pytest.mark.parametrize("unit", ["来源：", "转自", "据", "（来源：", "原标题：", "图片来源", "新华社3月1日电", "、", "来源：新华社、"])
def test_time_is_linear(unit: str) -> None:
    """Thirty thousand repetitions come to an end."""
    assert ends(lambda: SCREENER.screen(Post(body=unit * 30_000, kind="repost")))
