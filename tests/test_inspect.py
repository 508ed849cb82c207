"""The quarterly inspection: counts that can be counted again, and reports that open anywhere."""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from datetime import date, timedelta
from html.parser import HTMLParser
from importlib import import_module
from pathlib import Path

import docx
import openpyxl
import pytest
from archives import jsonl, posts, rows

from screeners import SCREENER
from govmedia_screen import InputError, Screener
from govmedia_screen.accounts import load
from govmedia_screen.archive.inspection.inspection import inspect
from govmedia_screen.archive.inspection.model import Inspection
from govmedia_screen.archive.inspection.html import page
from govmedia_screen.archive.inspection.quarters import Quarter
from govmedia_screen.archive.scan import scan
from govmedia_screen.cli import inspect as verb
from govmedia_screen.cli import main

TODAY = date(2026, 10, 8)
sys.path.insert(0, str(Path(__file__).parent.parent / "benchmarks"))
REGISTER = """账号名称,平台,主办单位,开设日期,备案日期
河口镇发布,微信公众号,河口镇人民政府,2026-01-05,2026-03-30
沉默局发布,微博,市沉默局,2026-01-05,2026-01-06
"""


@pytest.fixture(scope="module")
def scanned(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Posts of the third quarter, some of the second, one without a day, and an ad."""
    folder = tmp_path_factory.mktemp("inspect")
    made = posts(400)
    for row in made[:50]:
        row["published_at"] = "2026-05-04"
    made += [{"id": "undated", "body": "今日晴。"}, {"id": "x", "account": "<坏>&发布", "body": "=1+1\x07", "published_at": "2026-07-02"}]
    days = (date(2026, 7, 1) + timedelta(days=3 * number) for number in range(31))
    made += [
        {"account": "勤快镇发布", "platform": "微博", "body": f"今日晴，第{day.day}日。", "published_at": day.isoformat()} for day in days
    ]
    scan([jsonl(folder / "a.jsonl", made)], folder / "out", Screener())
    (folder / "register.csv").write_text(REGISTER, "utf-8")
    return folder


@pytest.fixture(scope="module")
def inspected(scanned: Path) -> Inspection:
    """The third quarter."""
    return inspect(scanned / "out", Quarter(2026, 3), load(scanned / "register.csv"), today=TODAY)


def test_counts(scanned: Path, inspected: Inspection) -> None:
    """What the inspection counts is what stands in the files."""
    wanted = [row for row in rows(scanned / "out", "posts") if (row["day"] or "")[5:7] in {"07", "08", "09"}]
    found = [row for row in rows(scanned / "out", "findings") if (row["day"] or "")[5:7] in {"07", "08", "09"}]

    assert inspected.posts == len(wanted) == 382
    assert inspected.undated == 1
    counted = Counter[str]()
    for one in inspected.accounts:
        counted[one.name] += one.posts
    assert +counted == Counter(row["account"] for row in wanted)
    assert {level: inspected.level(level) for level in ("block", "review", "note")} == {
        level: sum(row["level"] == level for row in found) for level in ("block", "review", "note")
    }
    assert sum(counts.total() for counts in inspected.families.values()) == len(found)
    assert sum(inspected.weeks.values()) == len(wanted)


def test_register_and_cadence(inspected: Inspection) -> None:
    """An account of the register of which there is no post was not inspected: it is named as such, and not blamed; late filing is told."""
    accounts = {(one.name, one.platform): one for one in inspected.accounts}

    assert [(one.name, one.platform, one.unit) for one in inspected.absent] == [("沉默局发布", "微博", "市沉默局")]
    assert not inspected.absent[0].vetoes
    assert "沉默局发布" not in {name for name, _ in accounts}
    assert "account.filing-late" in {check.rule for check in accounts["河口镇发布", "微信"].checks}
    assert accounts["河口镇发布", "微信"].unit == "河口镇人民政府"
    assert "内容不更新" not in accounts["勤快镇发布", "微博"].vetoes


def test_ranking(inspected: Inspection) -> None:
    """Ranks follow the order; equal accounts share one; vetoed ones are behind all others."""
    orders = [one.order for one in inspected.accounts]
    assert orders == sorted(orders)
    assert [one.rank for one in inspected.accounts] == [orders.index(order) + 1 for order in orders]


def test_each_problem_can_be_traced(scanned: Path, inspected: Inspection) -> None:
    """Account, post, day and row of each; what it warns of is masked unless it is asked for."""
    lines = (scanned / "a.jsonl").read_text("utf-8").splitlines()
    leaks = [one for one in inspected.problems if one.family == "secrecy"]
    plain = inspect(scanned / "out", Quarter(2026, 3), today=TODAY, personal_data=True).problems

    assert len(inspected.problems) == inspected.level("block") + inspected.level("review")
    assert leaks
    for one, shown in zip(inspected.problems, plain, strict=True):
        row = json.loads(lines[one.row - 1])
        assert (row.get("account"), row["published_at"]) == (one.account, one.day)
        assert shown.text in row["body"] + row.get("title", "")
    assert {char for one in leaks for char in one.text} == {"＊"}


class Fetches(HTMLParser):
    """Everything in a page that would be fetched."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.tags: Counter[str] = Counter()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note what refers elsewhere."""
        self.tags[tag] += 1
        self.found += [value for key, value in attrs if key in {"src", "href", "xlink:href"} and value and not value.startswith("#")]


def test_page_is_self_contained_and_escaped(scanned: Path, inspected: Inspection) -> None:
    """Charts inside, nothing fetched, no script, an account's name cannot become markup; the same twice."""
    before = inspect(scanned / "out", Quarter(2026, 2), today=TODAY)
    html = page(inspected, before)

    parser = Fetches()
    parser.feed(html)
    assert [one for one in parser.found if not one.startswith("data:")] == []
    assert parser.tags["svg"] == 5
    assert parser.tags["script"] == parser.tags["img"] == parser.tags["坏"] == 0
    assert "&lt;坏&gt;&amp;发布" in html
    assert "2026年第二季度" in html
    assert page(inspected, before) == html


def test_command(scanned: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The page, a spreadsheet without formulas, the draft of a notice."""
    parser = argparse.ArgumentParser()
    verb.add(parser)
    arguments = [
        str(scanned / "out"),
        "--quarter",
        "2026Q3",
        "--compare",
        "2026年第二季度",
        "--register",
        str(scanned / "register.csv"),
        "--out",
        str(tmp_path),
        "--today",
        "2026-10-08",
    ]

    code = verb.run(parser.parse_args(arguments))

    assert code == 1
    assert "382 篇" in capsys.readouterr().out
    book = openpyxl.load_workbook(tmp_path / "report.xlsx")
    assert book.sheetnames == [
        "汇总", "账号检查情况", "各平台检查情况", "各主办单位检查情况", "问题类别", "不合格名单", "问题清单", "登记与更新问题", "运行较好的账号", "未提供数据的账号", "上季度未整改",
    ]  # fmt: skip
    assert all(cell.data_type != "f" for sheet in book for row in sheet.iter_rows() for cell in row)
    document = docx.Document(str(tmp_path / "notice.docx"))
    text = "\n".join(paragraph.text for paragraph in document.paragraphs)
    cells = {cell.text for table in document.tables for row in table.rows for cell in row.cells}
    assert "关于2026年第三季度政务新媒体检查情况的通报" in text
    assert "共382篇" in text
    assert "1个账号没有提供数据，未作检查，不作评价" in text
    assert "于2026年10月21日前" in text
    assert "沉默局发布" in cells


PROFILE = """extends = "default"
[settings]
office = "某区人民政府办公室"
region = "某区"
inspection_basis = "《某区政务新媒体管理办法》第九条"
notice_number = "某政办函〔2026〕5号"
"""
CLEAN = "今日晴，气温适宜，请市民合理安排出行。"
LEAK = "住户证件610881199003071231，请核对。"


def daily(account: str, first: date, last: date, **more: str) -> list[dict[str, str]]:
    """A post every second day."""
    return [
        {
            "id": f"{account}{number}",
            "account": account,
            "platform": "微信",
            "body": CLEAN,
            "published_at": (first + timedelta(number)).isoformat(),
            **more,
        }
        for number in range(0, (last - first).days + 1, 2)
    ]


def test_nobody_is_blamed_for_what_was_not_handed_in(tmp_path: Path) -> None:
    """A table that ends in August says nothing of September; the same silence in a table that goes on is one."""
    jsonl(tmp_path / "a.jsonl", daily("甲局发布", date(2026, 7, 1), date(2026, 8, 10)))
    jsonl(
        tmp_path / "b.jsonl",
        daily("乙局发布", date(2026, 7, 1), date(2026, 8, 10)) + daily("丙局发布", date(2026, 7, 1), date(2026, 9, 30)),
    )
    jsonl(
        tmp_path / "c.jsonl",
        daily("丁局发布", date(2026, 7, 1), date(2026, 8, 10))
        + daily("丁局发布", date(2026, 9, 10), date(2026, 9, 30), published_at="昨天"),
    )
    jsonl(tmp_path / "d.jsonl", [{"body": LEAK, "published_at": "2026-08-01"}])
    scan([tmp_path / f"{name}.jsonl" for name in "abcd"], tmp_path / "out", Screener())

    found = inspect(tmp_path / "out", Quarter(2026, 3), today=TODAY)

    accounts = {one.name: one for one in found.accounts}
    assert {name: sorted(one.vetoes) for name, one in accounts.items()} == {
        "甲局发布": [],
        "乙局发布": ["内容不更新"],
        "丙局发布": [],
        "丁局发布": [],
    }
    assert "归档只有2026-07-01至2026-08-10的数据" in accounts["甲局发布"].remarks[0]
    assert "没有可以辨认的日期" in accounts["丁局发布"].remarks[0]
    assert [one.name for one in found.praised] == ["丙局发布"]
    assert (found.unnamed.posts, found.unnamed.levels["block"]) == (1, 1)
    assert [one.account for one in found.problems] == ["（未注明账号）"]


def test_notice_speaks_of_the_offices_own_law_and_rechecks(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Office, place, law and number are the profile's; of last quarter's problems one is mended, one gone, one still there; dead links are told."""
    made = daily("丙局发布", date(2026, 4, 1), date(2026, 9, 30))
    for number, text in enumerate((LEAK, LEAK.replace("请", "再"), LEAK.replace("请", "先"))):
        made[number]["body"] = text
    source, profile = jsonl(tmp_path / "a.jsonl", made), tmp_path / "office.toml"
    profile.write_text(PROFILE, "utf-8")
    (tmp_path / "links.csv").write_text(
        "账号,平台,链接,状态\n丙局发布,微信,https://x.example/1,404\n丙局发布,微信,https://x.example/2,200\n", "utf-8"
    )
    out = str(tmp_path / "out")
    common = ["--profile", str(profile), "--today", "2026-10-08"]
    scan([source], out, SCREENER)
    assert main(["inspect", out, "--quarter", "2026Q2", *common]) == 1
    made[0]["body"] = CLEAN
    jsonl(source, made[:1] + made[2:])
    scan([source], out, SCREENER)

    assert (
        main(["inspect", out, "--quarter", "2026Q3", *common, "--links", str(tmp_path / "links.csv"), "--out", str(tmp_path / "made")]) == 0
    )

    document = docx.Document(str(tmp_path / "made/notice.docx"))
    text = "\n".join(paragraph.text for paragraph in document.paragraphs)
    for wanted in (
        "某区人民政府办公室关于",
        "某政办函〔2026〕5号",
        "《某区政务新媒体管理办法》第九条",
        "对某区政务新媒体",
        "查出的3处问题中，已改正1处，稿件已删除或不在归档的1处，仍存在1处",
        "有1个链接打不开",
    ):
        assert wanted in text
    page_text = (tmp_path / "made/notice.html").read_text("utf-8")
    assert "神木" not in text + page_text + (tmp_path / "made/report.html").read_text("utf-8")
    assert "https://x.example/1" in page_text
    assert "https://x.example/2" not in page_text
    assert "610881199003071231" not in page_text
    assert openpyxl.load_workbook(tmp_path / "made/notice.xlsx").sheetnames[0] == "各平台检查情况"


def test_only_the_quarters_parts_are_read(tmp_path: Path) -> None:
    """A damaged part of another quarter does not matter to this one, and is told by its own."""
    for name, first in (("a", date(2026, 1, 1)), ("b", date(2026, 7, 1))):
        jsonl(tmp_path / f"{name}.jsonl", daily("丙局发布", first, first + timedelta(80)))
    scan([tmp_path / "a.jsonl", tmp_path / "b.jsonl"], tmp_path / "out", Screener())
    min((tmp_path / "out/posts").iterdir()).write_bytes(b"")

    assert inspect(tmp_path / "out", Quarter(2026, 3), today=TODAY).posts == 41
    with pytest.raises(InputError, match="重新运行 scan"):
        inspect(tmp_path / "out", Quarter(2026, 1), today=TODAY)


def test_a_city_whose_truth_is_known(tmp_path: Path) -> None:
    """Every row accounted for, nobody vetoed or praised wrongly, every violation in its account's list."""
    city = import_module("city")
    made = city.filled(400, 12)
    city.write(tmp_path, made)

    verdict = city.judged(tmp_path, made, ("2026Q3",))

    assert verdict.rows > 380
    assert verdict.planted >= 11
    assert {name: value for name, value in vars(verdict).items() if name not in ("rows", "planted") and value} == {}


def test_quarters() -> None:
    """As people write them."""
    assert Quarter.of("2026Q3") == Quarter.of("2026-q3") == Quarter.of("2026年第三季度") == Quarter(2026, 3)
    assert (Quarter(2026, 4).first, Quarter(2026, 4).last) == (date(2026, 10, 1), date(2026, 12, 31))
    for wrong in ("2026Q5", "第三季度", "2026"):
        with pytest.raises(InputError):
            Quarter.of(wrong)


def test_not_scanned(tmp_path: Path) -> None:
    """A folder that no scan wrote."""
    with pytest.raises(InputError, match="scan"):
        inspect(tmp_path, Quarter(2026, 3))
