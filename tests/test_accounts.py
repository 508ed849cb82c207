"""The register of accounts: filing in working days, conditions, duplicates, names; and its command."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from govmedia_screen import InputError
from govmedia_screen.chinese import workdays
from govmedia_screen.chinese.dates import read_date
from govmedia_screen.accounts import check, load
from govmedia_screen.accounts.register import of_rows
from govmedia_screen.cli import main

pytest.importorskip("chinese_calendar")
DATA = Path(__file__).parent / "data"
TODAY = date(2026, 6, 30)


@pytest.mark.parametrize(
    ("start", "end", "days"),
    [
        ("2026-03-02", "2026-03-09", 5),  # Monday to Monday
        ("2026-02-12", "2026-02-26", 5),  # over the Spring Festival: the 14th is made up, the 15th–23rd are off
        ("2026-02-12", "2026-02-27", 6),
        ("2025-09-26", "2025-10-09", 4),  # National Day: the 28th is made up, the 1st–8th are off
        ("2026-03-06", "2026-03-08", 0),
        ("2026-03-09", "2026-03-06", -1),
    ],
)
def test_working_days(start: str, end: str, days: int) -> None:
    """Public holidays and make-up workdays count as they are."""
    assert workdays.between(date.fromisoformat(start), date.fromisoformat(end)) == days


def test_unknown_years_fall_back_to_weekdays() -> None:
    """A year without a published calendar has Monday to Friday, and ``known`` says so."""
    assert not workdays.known(2099)
    assert workdays.between(date(2099, 1, 1), date(2099, 1, 8)) == 5


@pytest.mark.parametrize(
    "text", ["2026-03-02", "2026/3/2", "2026.3.2", "2026年3月2日", "20260302", "2026-03-02T08:05:00+08:00", "2026/3/2 8:05"]
)
def test_dates_as_people_write_them(text: str) -> None:
    """One day in seven ways."""
    assert read_date(text) == date(2026, 3, 2)


@pytest.mark.parametrize("text", ["", "去年", "3月2日", "2026-02-30", None, 5, "2026"])
def test_no_dates(text: object) -> None:
    """What is no date is None, never an exception."""
    assert read_date(text) is None


def rules(**cells: str) -> set[str]:
    """The rules that a row with these cells gives, beside the missing columns."""
    row = {"name": "石北教育", "platform": "微信公众号", "sponsor": "石北县教育局", **cells}
    return {one.rule for one in check(of_rows([row]), today=TODAY) if one.account != "（登记表）"}


@pytest.mark.parametrize(
    ("cells", "wanted"),
    [
        ({}, set()),
        ({"opened": "2026-03-02", "opened_filed": "2026-03-09"}, set()),
        ({"opened": "2026-03-02", "opened_filed": "2026-03-10"}, {"account.filing-late"}),
        ({"opened": "2026-03-02"}, {"account.filing-late"}),
        ({"opened": "2026-06-26"}, set()),
        ({"changed": "2026-04-01", "changed_filed": "2026-04-30"}, {"account.filing-late"}),
        ({"stopped": "2026-04-01", "stopped_filed": "2026-04-03"}, set()),
        ({"cancelled": "2026-04-01"}, {"account.filing-late"}),
        ({"opened": "前年"}, {"account.date"}),
        ({"body": "办公室", "staff": "无", "funds": "有", "rules": "有", "approval": "同意"}, {"account.incomplete"}),
        ({"body": "办公室", "staff": "张某", "funds": "有", "rules": "有", "approval": "同意"}, set()),
        ({"updated": "2026-05-01"}, {"account.idle"}),
        ({"updated": "2026-06-20"}, set()),
        ({"updated": "2026-05-01", "status": "已注销"}, {"account.closed-undated"}),
        ({"status": "已注销", "cancelled": "2026-04-01", "cancelled_filed": "2026-04-03"}, set()),
        ({"opened": "2026-03-20", "opened_filed": "2026-03-02"}, {"account.filing-order"}),
        ({"staff": "张某（兼职）"}, {"account.part-time"}),
        ({"staff": "张某（非兼职）"}, set()),
        ({"name": "张老师说教育"}, {"account.personal-name"}),
        ({"name": "李局长在线", "sponsor": "石北县教育局"}, {"account.personal-name"}),
        ({"owner": "个人"}, {"account.personal-name", "account.name-certified"}),
        ({"name": "石北教育王建国", "staff": "王建国、赵敏"}, {"account.personal-name"}),
        ({"platform": "某聊"}, {"account.platform"}),
        ({"name": "石北教育百日行动"}, {"account.campaign"}),
        ({"name": "石北县教师节征文"}, {"account.campaign"}),
        ({"name": "石北教育优惠购"}, {"account.name-commercial"}),
        ({"name": "诗和远方"}, {"account.name"}),
        ({"name": "石北教育★"}, {"account.name-form"}),
        ({"name": "石北县教育局官方政务信息发布与便民服务综合平台"}, {"account.name-form"}),
        ({"certification": "石北县教育局官方微信"}, set()),
        ({"certification": "教育局"}, set()),
        ({"certification": "石北某某传媒有限公司"}, {"account.name-certified"}),
        ({"name": "平安石北", "sponsor": "石北县公安局"}, set()),
        ({"name": "石北发布", "sponsor": "石北县人民政府办公室"}, set()),
        ({"name": "清廉石北", "sponsor": "中共石北县纪律检查委员会 石北县监察委员会"}, set()),
        ({"name": "石桥镇之声", "sponsor": "石北县石桥镇人民政府"}, set()),
        ({"name": "石北文旅", "sponsor": "石北县文化和旅游局"}, set()),
        ({"name": "石北人社", "sponsor": "石北县人力资源和社会保障局"}, set()),
    ],
    ids=str,
)
def test_one_row(cells: dict[str, str], wanted: set[str]) -> None:
    """Each check of 第六–十条 by itself."""
    assert rules(**cells) == wanted


def test_unit_and_platform() -> None:
    """A second account of a unit on a platform, another name elsewhere; cancelled ones do not count."""
    rows = [
        {"name": "石北教育", "platform": "微信订阅号", "sponsor": "石北县教育局"},
        {"name": "石北教育服务", "platform": "微信服务号", "sponsor": "石北县教育局"},
        {"name": "石北教育在线", "platform": "新浪微博", "sponsor": "石北县教育局"},
        {"name": "石北教育老号", "platform": "微信", "sponsor": "石北县教育局", "status": "注销"},
    ]
    found = {(one.rule, one.row) for one in check(of_rows(rows), today=TODAY) if one.rule != "account.incomplete"}

    assert found == {("account.duplicate", 2), ("account.name-differs", 3), ("account.closed-undated", 4)}


def test_register_without_conditions() -> None:
    """A register that does not ask for the conditions of 第七条 is told of once, as a note."""
    (finding,) = check(of_rows([{"name": "石北教育", "platform": "微信", "sponsor": "石北县教育局"}]), today=TODAY)

    assert (finding.rule, finding.row, str(finding.level)) == ("account.incomplete", 1, "note")


def test_csv_and_workbook_agree(tmp_path: Path) -> None:
    """The same register as CSV (UTF-8, GB18030) and XLSX gives the same findings."""
    openpyxl = pytest.importorskip("openpyxl")
    text = (DATA / "register.csv").read_text("utf-8")
    (tmp_path / "gb.csv").write_bytes(text.encode("gb18030"))
    book = openpyxl.Workbook()
    for line in text.splitlines():
        book.active.append(line.split(","))
    book.save(tmp_path / "register.xlsx")
    plain = check(load(DATA / "register.csv"), today=TODAY)

    assert plain
    assert check(load(tmp_path / "gb.csv"), today=TODAY) == plain
    assert check(load(tmp_path / "register.xlsx"), today=TODAY) == plain


def test_missing_column_is_named(tmp_path: Path) -> None:
    """A register without sponsors is refused by name of the column."""
    path = tmp_path / "r.csv"
    path.write_text("账号名称,平台\n石北教育,微信\n", "utf-8")

    with pytest.raises(InputError, match="主办单位"):
        load(path)


@pytest.mark.parametrize("data", [b"", b"\xff\xfe\x00", b"PK\x03\x04broken"])
def test_unreadable_register(tmp_path: Path, data: bytes) -> None:
    """An unreadable register is an InputError, whatever is in it."""
    for name in ("r.csv", "r.xlsx"):
        path = tmp_path / name
        path.write_bytes(data)
        with pytest.raises(InputError):
            load(path)


def test_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Exit code 1 with findings, 0 without, 2 for a missing file; JSON is JSON."""
    assert main(["accounts", str(DATA / "register.csv"), "--today", "2026-06-30", "--format", "json"]) == 1
    findings = json.loads(capsys.readouterr().out)
    assert {"account.duplicate", "account.filing-late", "account.personal-name"} <= {one["rule"] for one in findings}
    clean = tmp_path / "clean.csv"
    clean.write_text(
        "账号名称,平台,主办单位,管理机构,专职管理人员,经费保障,管理制度,负责人同意\n石北教育,微信,石北县教育局,办公室,张某,有,有,同意\n",
        "utf-8",
    )
    assert main(["accounts", str(clean)]) == 0
    assert main(["accounts", str(tmp_path / "none.csv")]) == 2
    assert main(["accounts"]) == 2
    assert main(["accounts", str(clean), "--today", "昨天"]) == 2


def test_posts_in_the_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """``--posts`` checks the cadence; a date that cannot be read is told with its line."""
    posts = tmp_path / "posts.jsonl"
    posts.write_text(
        "".join(
            json.dumps({"account": "石北教育", "platform": "微信", "published_at": day, "body": "x"}) + "\n"
            for day in ("2026-03-02", "2026-04-20")
        ),
        "utf-8",
    )

    assert main(["accounts", "--posts", str(posts), "--today", "2026-04-26"]) == 1
    assert "cadence.silent" in capsys.readouterr().out
    posts.write_text('{"account": "a", "published_at": "？"}\n', "utf-8")
    assert main(["accounts", "--posts", str(posts)]) == 2
    assert "posts.jsonl:1" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("one", "other", "differ"),
    [
        ("石北教育", "石北教育微博", False), ("石北教育", "石北教育APP", False), ("石北教育", "石北教育网", False), ("石北教育（抖音号）", "石北教育", False),
        ("石北教育", "石北校园", True), ("石北教育", "石北教育在线", True), ("互联网", "互联", False),
    ],
)  # fmt: skip
def test_a_suffix_that_only_names_the_platform_is_no_other_name(one: str, other: str, differ: bool) -> None:
    rows = [{"name": one, "platform": "微信", "sponsor": "石北县教育局"}, {"name": other, "platform": "微博", "sponsor": "石北县教育局"}]

    assert ("account.name-differs" in {finding.rule for finding in check(of_rows(rows))}) is differ


@pytest.mark.parametrize(
    ("name", "sponsor", "personal"),
    [
        ("王建国", "石北县水务局", True), ("小李说交通", "石北县交通运输局", True), ("老王讲安全", "石北县应急管理局", True), ("阿陈带你办", "石北县政务服务局", True),
        ("金融办", "石北县金融办公室", False), ("方志", "石北县地方志办公室", False), ("江南", "江南街道办事处", False), ("石北水务", "石北县水务局", False),
        ("小康石北", "石北县乡村振兴局", False),
    ],
)  # fmt: skip
def test_names_that_look_like_a_persons(name: str, sponsor: str, personal: bool) -> None:
    found = {finding.rule for finding in check(of_rows([{"name": name, "platform": "微信", "sponsor": sponsor}]))}

    assert ("account.personal-name" in found) is personal
