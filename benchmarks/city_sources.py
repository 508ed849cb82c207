"""The files in which a made-up city keeps its posts: every shape that offices hand in, well and badly kept."""

from __future__ import annotations

import csv
import gzip
import io
import json
import sqlite3
import zipfile
from collections.abc import Callable
from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

Row = dict[str, Any]
#: The columns of a well-kept table, in order.
OURS = {
    "id": "编号",
    "account": "账号",
    "platform": "平台",
    "department": "主办单位",
    "title": "标题",
    "body": "正文",
    "published_at": "发布时间",
}
#: What other systems call them.
ELSEWHERE = {"id": "post_id", "account": "account_name", "platform": "platform", "department": "dept", "title": "post_title", "body": "post_content", "published_at": "pub_date"}  # fmt: skip
VENDOR = {"id": "信息编号", "account": "用户昵称", "platform": "发布平台", "department": "所属单位", "title": "题名", "body": "信息内容", "published_at": "发文时间"}  # fmt: skip
#: Names that nobody can know.
UNKNOWN = {"id": "甲", "account": "乙", "platform": "丙", "department": "丁", "title": "戊", "body": "己", "published_at": "庚"}
CHINA = timezone(timedelta(hours=8))


def named(rows: list[Row], names: dict[str, str], day: Callable[[str], Any] = str) -> list[Row]:
    """Rows under those column names, their dates written by ``day``."""
    return [{name: day(row[key]) if key == "published_at" else row[key] for key, name in names.items()} for row in rows]


def table(rows: list[Row], delimiter: str = ",", above: str = "") -> str:
    """Rows as CSV."""
    sink = io.StringIO()
    sink.write(above)
    writer = csv.DictWriter(sink, list(rows[0]), delimiter=delimiter, lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(rows)
    return sink.getvalue()


def lines(rows: list[Row]) -> str:
    """Rows as JSON lines."""
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


def two_digits(day: str) -> str:
    """26-08-01."""
    return day[2:]


def serial(day: str) -> int:
    """The number by which Excel keeps a day."""
    return (date.fromisoformat(day) - date(1899, 12, 30)).days


def unix(day: str) -> int:
    """Seconds since 1970 at half past midnight in China, when it is still the day before in Greenwich."""
    return int(datetime.combine(date.fromisoformat(day), datetime.min.time(), CHINA).timestamp()) + 1800


def han(day: str) -> str:
    """2026年8月1日."""
    year, month, number = day.split("-")
    return f"{year}年{int(month)}月{int(number)}日 08:30"


def workbook(path: Path, sheets: dict[str, list[list[Any]]], merged: tuple[str, ...] = ()) -> None:
    """A workbook of rows of cells."""
    import openpyxl

    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
        for cells in merged:
            sheet.merge_cells(cells)
    book.save(path)


def cells(rows: list[Row]) -> list[list[Any]]:
    """Rows with their header as rows of cells."""
    return [list(rows[0]), *(list(row.values()) for row in rows)]


def folder_of_pages(path: Path, rows: list[Row]) -> None:
    """Each post as a web page with the meta elements that government sites have."""
    path.mkdir()
    for row in rows:
        meta = "".join(f'<meta name="{name}" content="{row[key]}">' for name, key in (("SiteName", "account"), ("PubDate", "published_at")))
        page = f"<!DOCTYPE html><html><head><title>{row['title']}</title>{meta}</head><body><p>{row['body']}</p></body></html>"
        (path / f"{row['id']}.html").write_text(page, "utf-8")


def database(path: Path, rows: list[Row]) -> None:
    """A database with the posts, and a table of something else."""
    with sqlite3.connect(path) as connection:
        made = named(rows, OURS)
        connection.execute(f"CREATE TABLE 稿件 ({', '.join(f'{chr(34)}{name}{chr(34)} TEXT' for name in made[0])})")
        connection.executemany(f"INSERT INTO 稿件 VALUES ({', '.join('?' * len(made[0]))})", [tuple(row.values()) for row in made])
    connection.close()


def parquet(path: Path, rows: list[Row]) -> None:
    """A Parquet file with timestamps in universal time."""
    import pyarrow
    from pyarrow import parquet as files

    made = pyarrow.Table.from_pylist(named(rows, {key: key for key in OURS}))
    stamps = pyarrow.array([datetime.fromtimestamp(unix(row["published_at"]), CHINA) for row in rows], pyarrow.timestamp("s", "UTC"))
    files.write_table(made.set_column(made.column_names.index("published_at"), "published_at", stamps), path)


def marked_up(row: Row) -> Row:
    """A post as a content system stores it: paragraphs, and a mark in the middle of every long number."""
    body = "".join(f"<p>{line}</p>" for line in row["body"].split("\n"))
    for place in range(len(body) - 18, 0, -1):
        if body[place : place + 17].isdigit():
            body = f"{body[: place + 6]}<b>{body[place + 6 : place + 10]}</b>{body[place + 10 :]}"
            break
    return row | {"body": body}


def with_kinds(rows: list[Row]) -> list[Row]:
    """Posts with a column of types as platforms have them."""
    types = ("图文", "视频", "转发", "长图文", "原创")
    return [row | {"类型": types[number % len(types)]} for number, row in enumerate(named(rows, OURS))]


def half_empty(rows: list[Row]) -> str:
    """A table whose last cells are missing where they are empty, with empty lines and a sum at its end."""
    names = {**OURS, "remark": "备注"}
    text = table([{**row, "备注": ""} for row in named(rows, OURS)]).replace(",\r\n", "\r\n")
    return text.replace("\r\n", "\r\n\r\n", 3) + f"合计,{len(rows)}{',' * (len(names) - 3)}\r\n"


def zipped(path: Path, rows: list[Row]) -> None:
    """A zip file of two tables."""
    half = len(rows) // 2 or 1
    with zipfile.ZipFile(path, "w") as packed:
        for number, some in enumerate((rows[:half], rows[half:])):
            if some:
                packed.writestr(f"{number}.csv", "\ufeff" + table(named(some, OURS)))


#: Name of the file or folder → what writes it. What comes first is needed most in a small city.
SHAPES: dict[str, Callable[[Path, list[Row]], object]] = {
    "plain.jsonl": lambda path, rows: path.write_text(lines(rows), "utf-8"),
    "two-digit-years.xlsx": lambda path, rows: workbook(path, {"稿件": cells(named(rows, OURS, two_digits))}),
    "serials.xlsx": lambda path, rows: workbook(path, {"稿件": cells(named(rows, OURS, serial))}),
    "captioned.csv": lambda path, rows: path.write_text(
        table(named(rows, OURS, han), above="2026年政务新媒体稿件汇总表,,,,,,\r\n填报单位：示例,,,,,,\r\n"), "utf-8-sig"
    ),
    "vendor.xlsx": lambda path, rows: workbook(path, {"导出": [["某平台信息导出表"], [], *cells(named(rows, VENDOR))]}, ("A1:G1",)),
    "elsewhere.csv": lambda path, rows: path.write_text(table(named(rows, ELSEWHERE)), "utf-8"),
    "html.jsonl": lambda path, rows: path.write_text(lines(list(map(marked_up, rows))), "utf-8"),
    "types.csv": lambda path, rows: path.write_text(table(with_kinds(rows)), "gb18030"),
    "semicolons.csv": lambda path, rows: path.write_text(table(named(rows, OURS), ";"), "gb18030", newline=""),
    "unix.jsonl": lambda path, rows: path.write_text(lines(named(rows, {key: key for key in OURS}, unix)), "utf-8"),
    "array.json": lambda path, rows: path.write_text(json.dumps(rows, ensure_ascii=False, indent=1), "utf-8"),
    "half-empty.csv": lambda path, rows: path.write_text(half_empty(rows), "utf-8", newline=""),
    "gb.jsonl": lambda path, rows: path.write_text(lines(rows), "gb18030"),
    "tabs.tsv": lambda path, rows: path.write_text(table(named(rows, OURS), "\t"), "utf-8", newline=""),
    "milliseconds.csv": lambda path, rows: path.write_text(table(named(rows, ELSEWHERE, lambda day: f"{unix(day)}000")), "utf-8"),
    "utf16.csv": lambda path, rows: path.write_text(table(named(rows, OURS), "\t"), "utf-16", newline=""),
    "days.xlsx": lambda path, rows: workbook(path, {"稿件": cells(named(rows, OURS, datetime.fromisoformat)), "说明": []}),
    "packed.jsonl.gz": lambda path, rows: path.write_bytes(gzip.compress(lines(rows).encode())),
    "zipped.zip": zipped,
    "posts.sqlite": database,
    "stamps.parquet": parquet,
    "pages": folder_of_pages,
    "sep.csv": lambda path, rows: path.write_text(table(named(rows, OURS), ";", "sep=;\r\n"), "utf-8-sig", newline=""),
}


def unknown_database(path: Path, rows: list[Row]) -> None:
    """A database whose table nobody can read."""
    with sqlite3.connect(path) as connection:
        made = named(rows, UNKNOWN)
        connection.execute(f"CREATE TABLE 表 ({', '.join(made[0])})")
        connection.executemany(f"INSERT INTO 表 VALUES ({', '.join('?' * len(made[0]))})", [tuple(row.values()) for row in made])
    connection.close()


def unknown_parquet(path: Path, rows: list[Row]) -> None:
    """A Parquet file whose columns nobody can read."""
    import pyarrow
    from pyarrow import parquet as files

    files.write_table(pyarrow.Table.from_pylist(named(rows, UNKNOWN)), path)


#: Shapes of which no post can be read, only each row told.
UNREADABLE: dict[str, Callable[[Path, list[Row]], object]] = {
    "unknown.xlsx": lambda path, rows: workbook(path, {"表一": cells(named(rows, UNKNOWN))}),
    "unknown.csv": lambda path, rows: path.write_text(table(named(rows, UNKNOWN)), "utf-8"),
    "unknown.jsonl": lambda path, rows: path.write_text(lines(named(rows, UNKNOWN)), "utf-8"),
    "unknown.sqlite": unknown_database,
    "unknown.parquet": unknown_parquet,
}
