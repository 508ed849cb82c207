"""The quarterly inspection: counts that can be counted again, and reports that open anywhere."""

from __future__ import annotations

import argparse
from collections import Counter
from datetime import date, timedelta
from html.parser import HTMLParser
from pathlib import Path

import docx
import openpyxl
import pytest
from archives import jsonl, posts, rows

from govmedia_screen import InputError, Screener
from govmedia_screen.accounts import load
from govmedia_screen.archive.inspection.inspection import Inspection, inspect
from govmedia_screen.archive.inspection.html import page
from govmedia_screen.archive.inspection.quarters import Quarter
from govmedia_screen.archive.scan import scan
from govmedia_screen.cli import inspect as verb

TODAY = date(2026, 10, 8)
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
    assert Counter({one.name: one.posts for one in inspected.accounts if one.posts}) == Counter(row["account"] for row in wanted)
    assert {level: inspected.level(level) for level in ("block", "review", "note")} == {
        level: sum(row["level"] == level for row in found) for level in ("block", "review", "note")
    }
    assert sum(counts.total() for counts in inspected.families.values()) == len(found)
    assert sum(inspected.weeks.values()) == len(wanted)


def test_register_and_cadence(inspected: Inspection) -> None:
    """An account of the register without a post is inspected; late filing and silence are told; silence is vetoed."""
    accounts = {one.name: one for one in inspected.accounts}

    assert accounts["沉默局发布"].posts == 0
    assert "内容不更新" in accounts["沉默局发布"].vetoes
    assert "account.filing-late" in {check.rule for check in accounts["河口镇发布"].checks}
    assert accounts["河口镇发布"].unit == "河口镇人民政府"
    assert "内容不更新" not in accounts["勤快镇发布"].vetoes


def test_ranking(inspected: Inspection) -> None:
    """Ranks follow the order; equal accounts share one; vetoed ones are behind all others."""
    orders = [one.order for one in inspected.accounts]
    assert orders == sorted(orders)
    assert [one.rank for one in inspected.accounts] == [orders.index(order) + 1 for order in orders]


def test_worst_posts_have_evidence(inspected: Inspection) -> None:
    """The gravest first, each with what was found and where."""
    assert inspected.worst
    assert all(one["findings"] and one["source"] and one["row"] for one in inspected.worst)
    assert [one["weight"] for one in inspected.worst] == sorted((one["weight"] for one in inspected.worst), reverse=True)
    assert all(item["text"] in item["context"] for one in inspected.worst for item in one["findings"])


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
    assert parser.found == []
    assert parser.tags["svg"] == 4
    assert parser.tags["script"] == parser.tags["img"] == parser.tags["坏"] == 0
    assert "&lt;坏&gt;&amp;发布" in html
    assert "2026年第二季度" in html
    assert page(inspected, before) == html


def test_command(scanned: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Three files: the page, a spreadsheet without formulas, the draft of a notice."""
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
    assert book.sheetnames == ["汇总", "账号排名", "单位", "问题类别", "否决项", "突出文章", "登记与更新"]
    assert all(cell.data_type != "f" for sheet in book for row in sheet.iter_rows() for cell in row)
    text = "\n".join(paragraph.text for paragraph in docx.Document(str(tmp_path / "notice.docx")).paragraphs)
    assert "关于2026年第三季度政务新媒体检查情况的通报" in text
    assert "382篇" in text
    assert "沉默局发布" in text


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
