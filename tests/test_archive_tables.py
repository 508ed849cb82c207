"""Tables as offices hand them in: every row is screened or told, no post is counted under a day that is not its own."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from archives import jsonl, rejected, rows

from screeners import SCREENER
from govmedia_screen import InputError
from govmedia_screen.archive.readers.header import header
from govmedia_screen.archive.readers.values import understood
from govmedia_screen.archive.scan import Summary, scan
from govmedia_screen.cli import main

LEAK = "住户证件610881199003071231，请核对。"


def scanned(tmp_path: Path, *sources: Path, **options: Any) -> Summary:
    return scan(sources, tmp_path / "out", SCREENER, **options)


def days(tmp_path: Path) -> list[str | None]:
    return [row["day"] for row in rows(tmp_path / "out", "posts")]


def remarks(tmp_path: Path) -> list[str]:
    return [json.loads(line)["reason"] for line in (tmp_path / "out/remarks.jsonl").read_text("utf-8").splitlines()]


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2026-08-01", "2026-08-01"), ("2026/8/1 8:05", "2026-08-01"), ("20260801", "2026-08-01"), ("20260801083000", "2026-08-01"),
        ("2026年8月1日", "2026-08-01"), ("二〇二六年八月一日", "2026-08-01"), ("26-08-01", "2026-08-01"), ("26.8.1", "2026-08-01"), ("26年8月1日 09:00", "2026-08-01"),
        ("26/08/01", "2026-08-01"), ("98-12-31", "1998-12-31"), (46235, "2026-08-01"), ("46235", "2026-08-01"), (46235.9, "2026-08-01"), ("46235.354167", "2026-08-01"),
        (1785515400, "2026-08-01"), ("1785515400", "2026-08-01"), ("1785515400000", "2026-08-01"), (1785515400000, "2026-08-01"), ("2026-07-31T16:30:00Z", "2026-08-01"),
        ("2026-08-01T00:30:00+08:00", "2026-08-01"), (datetime(2026, 7, 31, 16, 30, tzinfo=UTC), "2026-08-01"), (datetime(2026, 8, 1, 23, 59), "2026-08-01"),
        (date(2026, 8, 1), "2026-08-01"),
        # What tells no day, or two:
        ("0026-08-01", None), ("8/1/26", None), ("08/01/26", None), ("26-13-01", None), ("26-02-30", None), ("2026-13-01", None), ("2026-08", None), ("8月1日", None),
        ("昨天", None), ("26-08.01", None), (7, None), (True, None), (float("nan"), None), (float("inf"), None), (10**30, None), ("99999999999999999999", None), ("2206-08-01", None), (date(26, 8, 1), None),
    ],
)  # fmt: skip
def test_a_day_is_understood_or_it_is_no_day(tmp_path: Path, written: Any, day: str | None) -> None:
    from govmedia_screen.archive.readers.records import day_of

    assert day_of(understood(written)) == day


def test_a_day_that_nobody_can_tell_is_remarked_and_the_post_screened(tmp_path: Path) -> None:
    made = [{"id": "a", "body": LEAK, "published_at": "0026-08-01"}, {"id": "b", "body": "今日晴。", "published_at": "26-08-01"}]

    summary = scanned(tmp_path, jsonl(tmp_path / "a.jsonl", made))

    assert days(tmp_path) == [None, "2026-08-01"]
    assert summary.counts["block"] == 1
    assert summary.rejected == 0
    assert remarks(tmp_path) == ["“published_at”认不出是哪一天，按没有日期处理"]


def book(path: Path, **sheets: list[list[Any]]) -> Path:
    made = openpyxl.Workbook()
    made.remove(made.active)
    for name, content in sheets.items():
        sheet = made.create_sheet(name)
        for row in content:
            sheet.append(row)
    made.save(path)
    return path


def test_captions_merged_headers_and_repeated_headers(tmp_path: Path) -> None:
    content = [
        ["某区政务新媒体稿件汇总"], [None], ["填报：办公室", None, "稿件"], ["账号", "发布时间", None, "正文"], [None] * 4,
        ["某区发布", "26-08-01", "题一", "今日晴。"], ["账号", "发布时间", "稿件", "正文"], ["某区发布", 46236, "题二", "今日阴。"], ["合计", 2],
    ]  # fmt: skip
    assert header([row for row in content if any(row)], {}) == (2, ("账号", "发布时间", "", "正文"))

    summary = scanned(tmp_path, book(tmp_path / "a.xlsx", 八月=content))

    assert [(row["account"], row["day"], row["row"]) for row in rows(tmp_path / "out", "posts")] == [("某区发布", "2026-08-01", 6), ("某区发布", "2026-08-02", 8)]  # fmt: skip
    assert (summary.posts, summary.rejected, summary.read) == (2, 1, 3)


def test_a_sheet_that_nobody_knows_is_told_row_by_row_with_the_way_out(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    known = [["标题", "正文"], ["题", "今日晴。"]]
    source = book(
        tmp_path / "a.xlsx", 甲=known, 乙=[["名目", "所述"], *([number, f"{number}号住户：{LEAK}"] for number in range(30))], 丙=[]
    )

    assert main(["scan", str(source), "--out", str(tmp_path / "out"), "--workers", "1"]) == 2

    told = rejected(tmp_path / "out")
    assert [(one["source"].rpartition("#")[2], one["row"]) for one in told] == [("乙", number) for number in range(2, 32)]
    assert all("“名目”（如 0、1、2）" in one["reason"] and "--map 所述=body" in one["reason"] for one in told)
    assert "共 31 条 = 审查 1 + 沿用 0 + 读不出 30" in capsys.readouterr().out
    assert main(["scan", str(source), "--out", str(tmp_path / "out"), "--workers", "1", "--map", "所述=body"]) == 0
    assert len(rows(tmp_path / "out", "posts")) == 31


@pytest.mark.parametrize("name", ["a.csv", "a.jsonl", "a.sqlite", "a.parquet", "a.json"])
def test_no_table_is_skipped_because_of_its_header(tmp_path: Path, name: str) -> None:
    made = [{"甲": number, "乙": f"第{number}件。"} for number in range(5)]
    path = tmp_path / name
    if name.endswith(".csv"):
        sink = io.StringIO()
        writer = csv.DictWriter(sink, ["甲", "乙"])
        writer.writeheader()
        writer.writerows(made)
        path.write_text(sink.getvalue(), "utf-8")
    elif name.endswith(".sqlite"):
        import sqlite3

        with sqlite3.connect(path) as connection:
            connection.execute("CREATE TABLE 表 (甲, 乙)")
            connection.executemany("INSERT INTO 表 VALUES (:甲, :乙)", made)
        connection.close()
    elif name.endswith(".parquet"):
        import pyarrow as pa
        import pyarrow.parquet as pq

        pq.write_table(pa.Table.from_pylist(made), path)
    elif name.endswith(".jsonl"):
        jsonl(path, made)
    else:
        path.write_text(json.dumps({"RECORDS": made}, ensure_ascii=False), "utf-8")

    summary = scanned(tmp_path, path)

    assert (summary.posts, summary.rejected) == (0, 5)
    assert all("--map 乙=body" in one["reason"] and "第0件" in one["reason"] for one in rejected(tmp_path / "out"))
    assert scanned(tmp_path, path, columns={"乙": "body"}).posts == 5


def test_a_column_of_the_map_that_is_nowhere_is_an_error(tmp_path: Path) -> None:
    source = jsonl(tmp_path / "a.jsonl", [{"文章正文": "今日晴。", "阅读": 5}])

    with pytest.raises(InputError, match="没有“文章正问”这一列，是不是“文章正文”"):
        scanned(tmp_path, source, columns={"文章正问": "body"})
    assert not (tmp_path / "out/posts").exists() or not list((tmp_path / "out/posts").iterdir())


def test_a_table_without_day_or_account_is_told(tmp_path: Path) -> None:
    scanned(
        tmp_path,
        jsonl(tmp_path / "b.jsonl", []),
        book(tmp_path / "a.xlsx", 甲=[["正文", "发出的时候", "阅读量"], ["今日晴。", "2026-08-01", 5]]),
    )

    assert len(remarks(tmp_path)) == 1
    assert "没有认出发布日期和账号的列" in remarks(tmp_path)[0]
    assert "“发出的时候”（如 2026-08-01）" in remarks(tmp_path)[0]


def test_types_of_platforms(tmp_path: Path) -> None:
    kinds = ["图文", "视频", "转发", "答复", "article", "随手拍"]
    made = [{"id": str(place), "正文": "今日晴。", "类型": kind} for place, kind in enumerate(kinds)]

    summary = scanned(tmp_path, jsonl(tmp_path / "a.jsonl", made))

    assert [row["kind"] for row in rows(tmp_path / "out", "posts")] == ["article", "article", "repost", "reply", "article", "article"]
    assert summary.rejected == 0
    assert summary.remarks == [("“类型”是“随手拍”，不是已知的文种，按文章（article）审查", 1)]


def test_names_in_use_elsewhere_and_links(tmp_path: Path) -> None:
    made = [
        {"post_content": "今日晴。", "pub_date": "2026-08-01", "screen_name": "甲", "url": "https://example.cn/1"},
        {"信息内容": "今日晴。", "题名": "题", "用户昵称": "乙", "发文时间": "2026-08-02", "链接": "https://example.cn/2"},
    ]

    scanned(tmp_path, jsonl(tmp_path / "a.jsonl", made))

    assert [(row["account"], row["day"], row["link"]) for row in rows(tmp_path / "out", "posts")] == [
        ("甲", "2026-08-01", "https://example.cn/1"), ("乙", "2026-08-02", "https://example.cn/2"),
    ]  # fmt: skip


def test_zip_names_of_chinese_windows_passwords_and_strangers(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as packed:
        member = zipfile.ZipInfo("稿件.csv".encode("gb18030").decode("cp437"))
        packed.writestr(member, "标题,正文\n题,今日晴。\n".encode("gb18030"))
        packed.writestr("b.rar", b"Rar!")
        packed.writestr("c.txt", "今日阴。")
    data = (tmp_path / "a.zip").read_bytes()
    for flagged in (b"PK\x03\x04", b"PK\x01\x02"):  # the flag that says that names are UTF-8 is not set by Windows
        place = data.find(flagged) + (6 if flagged == b"PK\x03\x04" else 8)
        data = data[: place + 1] + bytes([data[place + 1] & ~0x08]) + data[place + 2 :]

    summary = scanned(tmp_path, tmp_path / "a.zip")

    assert (summary.posts, summary.rejected) == (2, 1)
    assert rejected(tmp_path / "out")[0]["reason"] == "不支持的文件格式 .rar，请先解压，或改为 .zip"


def test_utf16_json_lines_and_wrapped_arrays(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text(
        "".join(json.dumps({"body": f"第{one}件。"}, ensure_ascii=False) + "\n" for one in range(40_000)), "utf-16"
    )
    (tmp_path / "b.json").write_text(json.dumps({"code": 0, "data": [{"body": "今日晴。"}, {"body": "今日阴。"}]}, indent=2), "utf-8")

    summary = scanned(tmp_path, tmp_path / "a.jsonl", tmp_path / "b.json")

    assert (summary.posts, summary.rejected) == (40_002, 0)


def test_nothing_read_is_never_zero(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.jsonl").write_text("\n\n", "utf-8")

    assert main(["scan", str(tmp_path / "a.jsonl"), "--out", str(tmp_path / "out"), "--workers", "1"]) == 2
    assert "没有读到任何稿件" in capsys.readouterr().err


def test_another_source_asks_whether_it_is_to_be_added(tmp_path: Path) -> None:
    one = jsonl(tmp_path / "a.jsonl", [{"id": "a", "body": LEAK}])
    two = jsonl(tmp_path / "b.jsonl", [{"id": "b", "body": "今日晴。"}])
    scanned(tmp_path, one)

    with pytest.raises(InputError, match=r"a\.jsonl.*--add"):
        scanned(tmp_path, two)
    assert [row["id"] for row in rows(tmp_path / "out", "posts")] == ["a"]

    summary = scanned(tmp_path, two, mode="add")
    assert {row["id"] for row in rows(tmp_path / "out", "posts")} == {"a", "b"}
    assert (summary.screened, summary.posts, len(summary.standing)) == (1, 2, 1)

    scanned(tmp_path, one, two)  # the same two once more need no answer
    one.unlink()
    summary = scanned(tmp_path, two, mode="add")
    assert {row["id"] for row in rows(tmp_path / "out", "posts")} == {"a", "b"}
    assert (summary.carried, summary.outdated, len(summary.standing)) == (1, 0, 1)

    summary = scanned(tmp_path, two, mode="replace")
    assert [row["id"] for row in rows(tmp_path / "out", "posts")] == ["b"]
    assert (summary.gone, summary.resolved) == (1, 1)


def test_an_added_source_gives_what_both_at_once_give(tmp_path: Path) -> None:
    from archives import content

    (tmp_path / "pages").mkdir()
    (tmp_path / "pages/a.txt").write_text(LEAK, "utf-8")
    two, three = jsonl(tmp_path / "b.jsonl", [{"body": "今日晴。"}]), tmp_path / "c.txt"
    three.write_text("今日阴。", "utf-8")
    scanned(tmp_path, tmp_path / "pages")
    scanned(tmp_path, two, mode="add")
    scanned(tmp_path, three, mode="add")

    scan([tmp_path / "pages", two, three], tmp_path / "anew", SCREENER)

    assert content(tmp_path / "out") == content(tmp_path / "anew")


def test_a_narrower_scan_loses_nothing_unasked(tmp_path: Path) -> None:
    source = jsonl(tmp_path / "a.jsonl", [{"body": LEAK, "published_at": "2026-05-01"}, {"body": "今日晴。", "published_at": "2026-08-01"}])
    scanned(tmp_path, source)

    with pytest.raises(InputError, match="--since"):
        scanned(tmp_path, source, since="2026-07-01")
    assert scanned(tmp_path, source, since="2026-07-01", mode="replace").skipped == 1


def test_posts_that_are_gone_from_their_source_are_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = jsonl(tmp_path / "a.jsonl", [{"body": LEAK}, {"body": "今日晴。"}])
    scanned(tmp_path, source)
    jsonl(source, [{"body": "今日晴。"}])

    main(["scan", str(source), "--out", str(tmp_path / "out"), "--workers", "1"])

    assert "以前有、这次来源里没有的 1 篇，结果已移除；以前的拦截级问题有 1 处不再出现" in capsys.readouterr().out
