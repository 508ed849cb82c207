"""Reading archives: every form gives the same posts; whatever is broken costs itself and nothing else."""

from __future__ import annotations

import csv
import gzip
import json
import sqlite3
from pathlib import Path
from typing import Any

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from archives import jsonl, posts, rejected, rows

from screeners import SCREENER
from govmedia_screen import InputError, Post
from govmedia_screen.archive.readers import chunk
from govmedia_screen.archive.readers import tables
from govmedia_screen.archive.readers import json_lines as lines
from govmedia_screen.io.columns import assign, parse_map
from govmedia_screen.archive.readers.records import day_of
from govmedia_screen.archive.scan import scan

GOOD = {"id": "good", "body": "今日晴，气温适宜。"}


def write_csv(path: Path, rows: list[dict[str, Any]], encoding: str = "utf-8") -> Path:
    """A CSV as offices write it."""
    with path.open("w", encoding=encoding, newline="") as file:
        writer = csv.DictWriter(file, rows[0].keys())
        writer.writeheader()
        writer.writerows(rows)
    return path


def write_xlsx(path: Path, rows: list[dict[str, Any]]) -> Path:
    """A workbook with a title above its header."""
    book = openpyxl.Workbook()
    book.active.append(["三季度发布台账"])
    book.active.append(list(rows[0]))
    for row in rows:
        book.active.append(list(row.values()))
    book.save(path)
    return path


def write_sqlite(path: Path, rows: list[dict[str, Any]]) -> Path:
    """A database with a table that is no posts, too."""
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE settings (name TEXT, value TEXT)")
    connection.execute(f'CREATE TABLE "文章" ({", ".join(rows[0])})')
    connection.executemany(f'INSERT INTO "文章" VALUES ({", ".join("?" * len(rows[0]))})', [tuple(row.values()) for row in rows])
    connection.commit()
    connection.close()
    return path


FORMS = {
    "jsonl": jsonl,
    "jsonl.gz": lambda path, rows: path.write_bytes(gzip.compress(jsonl(path.with_suffix(".tmp"), rows).read_bytes())),
    "csv": write_csv,
    "gbk.csv": lambda path, rows: write_csv(path, rows, "gb18030"),
    "bom.csv": lambda path, rows: write_csv(path, rows, "utf-8-sig"),
    "utf16.csv": lambda path, rows: write_csv(path, rows, "utf-16"),
    "xlsx": write_xlsx,
    "parquet": lambda path, rows: pq.write_table(pa.Table.from_pylist(rows), path),
    "sqlite": write_sqlite,
}


@pytest.mark.parametrize("form", FORMS)
def test_every_form_gives_the_same_findings(form: str, tmp_path: Path) -> None:
    """Two hundred posts, some with line ends and quotes, through each format."""
    made = posts(200)
    for number, row in enumerate(made):
        row["body"] = row["body"].rstrip() + ('他说："好,好"\n真好。' if number % 7 == 0 else "")
    path = tmp_path / f"archive.{form}"
    FORMS[form](path, made)

    summary = scan([path], tmp_path / "out", SCREENER)

    reports = [SCREENER.screen(Post(**row)) for row in made]
    found = rows(tmp_path / "out", "findings")
    assert (summary.posts, summary.rejected) == (200, 0)
    wanted = [(report.post.id, one.rule, one.start, one.text) for report in reports for one in report.findings]
    assert [(row["id"], row["rule"], row["start"], row["text"]) for row in found] == wanted
    assert [row["decision"] for row in rows(tmp_path / "out", "posts")] == [str(report.decision) for report in reports]


def reasons(out: Path) -> dict[int, str]:
    """Row → reason."""
    return {row["row"]: row["reason"] for row in rejected(out)}


def test_corrupt_json_lines(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each kind of broken line is told of with its line and reason; every good one is there."""
    monkeypatch.setattr(lines, "SIZE", 300)
    monkeypatch.setattr(lines, "LONGEST", 2000)
    good = json.dumps(GOOD, ensure_ascii=False).encode()
    bad = [
        b'{"id": "truncated", "body": "abc', b"[1, 2]", b'{"body": 5}', b'{"body": null}', b"{}", b'{"body": "\xff\xff"}',
        b"\x00\x01\x02", b"[" * 900, b'{"body": "' + b"a" * 5000 + b'"}', b'{"title": {"a": 1}, "body": "x"}',
    ]  # fmt: skip
    other = [
        '{"正文": "另一种列名", "标题": "题"}'.encode(), b'\xef\xbb\xbf{"body": "marked"}', b'{"text": "lone \\ud800 surrogate"}',
        b'{"body": "numbers", "id": 5, "account": 7}', b'{"body": "x", "kind": "poem"}', b"   ", b"",
    ]  # fmt: skip
    content: list[bytes] = [other[1]]
    wanted = set()
    for line in bad:
        content += [good, line]
        wanted.add(len(content))
    content += [good, *other[:1], *other[2:], good]
    (tmp_path / "a.jsonl").write_bytes(b"\n".join(content))

    summary = scan([tmp_path / "a.jsonl"], tmp_path / "out", SCREENER)

    assert set(reasons(tmp_path / "out")) == wanted
    assert [row["id"] for row in rows(tmp_path / "out", "posts")].count("good") == len(bad) + 2
    assert summary.posts == len(bad) + 2 + 5
    told = " ".join(reasons(tmp_path / "out").values())
    for part in ("JSON", "UTF-8", "超过", "没有正文", "应为一段文字", "应为一个对象"):
        assert part in told


def test_corrupt_csv(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A lost quote, a missing column, bytes of another encoding, a huge field: the rows after them are all there."""
    monkeypatch.setattr(tables, "LONGEST", 3000)
    monkeypatch.setattr(tables, "SIZE", 200)
    text = [
        "id,标题,正文", "1,甲,今日晴。", '2,乙,"丢了后引号', "3,丙,今日晴。", "4,丁", "5,戊,今日晴。", "6,己,多,出,列", "7,庚,今日晴。",
        "8,辛," + "长" * 4000, "9,壬,今日晴。", '10,癸,"有""引号""、\n换行,逗号"', "11,子,今日晴。",
    ]  # fmt: skip
    data = "\n".join(text).encode() + b"\n12,x,\xff\xfe\xfd\n13,y,fine\n" + b'14,z,"truncated'
    (tmp_path / "a.csv").write_bytes(data)

    scan([tmp_path / "a.csv"], tmp_path / "out", SCREENER)

    assert {row["id"] for row in rows(tmp_path / "out", "posts")} == {"1", "3", "5", "7", "9", "10", "11", "13"}
    assert {row["raw"].partition(",")[0] for row in rejected(tmp_path / "out")} >= {"2", "4", "6", "12", "14"}
    assert len(rejected(tmp_path / "out")) == 6


def test_truncated_files(tmp_path: Path) -> None:
    """Files that end too early: what came before the end is there, the rest is told of."""
    whole = gzip.compress(jsonl(tmp_path / "whole.jsonl", posts(3000)).read_bytes())
    (tmp_path / "a.jsonl.gz").write_bytes(whole[: len(whole) // 2])
    pq.write_table(pa.Table.from_pylist(posts(10)), tmp_path / "b.parquet")
    (tmp_path / "b.parquet").write_bytes((tmp_path / "b.parquet").read_bytes()[:-50])
    (tmp_path / "c.xlsx").write_bytes(write_xlsx(tmp_path / "x.tmp.xlsx", posts(5)).read_bytes()[:2000])
    (tmp_path / "d.sqlite").write_bytes(b"SQLite format 3\x00" + b"\xff" * 500)
    names = ["a.jsonl.gz", "b.parquet", "c.xlsx", "d.sqlite"]

    summary = scan([tmp_path / name for name in names], tmp_path / "out", SCREENER)

    assert summary.posts > 500
    assert {Path(row["source"].split("#")[0]).name for row in rejected(tmp_path / "out")} == set(names)


def test_a_folder_of_documents_and_tables(tmp_path: Path) -> None:
    """Documents are posts, tables are many; what is neither is told of; hidden files are not looked at."""
    folder = tmp_path / "archive"
    (folder / "七月").mkdir(parents=True)
    (folder / "七月/甲.txt").write_text("此件为内部资料，请勿外传。", "utf-8")
    (folder / "七月/乙.md").write_text("---\n标题: 题\n账号: 某发布\n---\n今日晴。\n", "utf-8")
    (folder / "七月/空.txt").write_text("", "utf-8")
    (folder / "七月/坏.docx").write_bytes(b"PK\x03\x04broken")
    (folder / "照片.xyz").write_bytes(b"\x89")
    (folder / ".隐藏.txt").write_text("不看", "utf-8")
    jsonl(folder / "b.jsonl", [GOOD])

    scan([folder], tmp_path / "out", SCREENER)

    assert sorted(Path(row["source"]).name for row in rows(tmp_path / "out", "posts")) == ["b.jsonl", "乙.md", "甲.txt"]
    assert sorted(Path(row["source"]).name for row in rejected(tmp_path / "out")) == ["坏.docx", "照片.xyz", "空.txt"]


def test_map_and_aliases() -> None:
    """``--map`` goes before names; of several names for one field the likeliest is taken."""
    assert assign(["content", "正文", "Title", "别的"]) == {"正文": "body", "Title": "title"}
    assert assign(["稿件", "正文"], parse_map(["稿件=正文"])) == {"稿件": "body"}
    for wrong in ("稿件", "=body", "稿件=nothing"):
        with pytest.raises(InputError, match="--map"):
            parse_map([wrong])


@pytest.mark.parametrize(
    ("value", "day"),
    [
        ("2026-07-01", "2026-07-01"), ("2026/7/1 08:00", "2026-07-01"), ("2026年7月1日", "2026-07-01"), ("20260701", "2026-07-01"),
        ("2026-07-01T08:00:00+08:00", "2026-07-01"), ("昨天", None), ("2026-13-01", None), (None, None), ("", None),
    ],
)  # fmt: skip
def test_days(value: str | None, day: str | None) -> None:
    """Dates as offices write them."""
    assert day_of(value) == day


def test_missing_source(tmp_path: Path) -> None:
    """Told in one line."""
    with pytest.raises(InputError, match="找不到"):
        scan([tmp_path / "none.jsonl"], tmp_path / "out", SCREENER)


def test_chunk_digest_sees_everything() -> None:
    """Another source, row, name or byte is another chunk."""
    base = chunk.Chunk("a", 1, "lines", b"x")
    others = [
        chunk.Chunk("b", 1, "lines", b"x"), chunk.Chunk("a", 2, "lines", b"x"), chunk.Chunk("a", 1, "lines", b"y"), chunk.Chunk("a", 1, "lines", b"x", ("n",)),
        chunk.Chunk("a", 1, "files", [("x", b"")]), chunk.Chunk("a", 1, "rows", [(1, ("x",))]),
    ]  # fmt: skip
    assert len({one.digest() for one in [base, *others]}) == 7
