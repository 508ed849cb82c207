"""A made-up city with known truth: is every row accounted for, is nobody vetoed or praised wrongly, is every violation in the right list?

    python benchmarks/city.py [posts] [--accounts 40] [--keep folder]

Forty accounts (some without data, some silent, some not in the register, some whose tables nobody can read) hand in two years
of posts in every shape that ``city_sources`` has. What was planted is known, so what the inspection says can be counted right or wrong.
"""

from __future__ import annotations

import argparse
import json
import random
import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from city_sources import SHAPES, UNREADABLE, workbook
from posts import CLOSINGS, MIDDLES, OPENINGS, PEOPLE, PLATFORMS, THINGS, TOWNS, identity

LAST = date(2026, 9, 30)
#: Family → a sentence of which one is too many, and who would see it.
PLANTED = {
    "privacy": "姓名：张建国，身份证号：{identity}，住{town}。",
    "secrecy": "机密★10年",
    "public-security": "长期出售海洛因，货到付款，联系微信abc{n}。",
}
SECTORS = (
    "教育",
    "公安",
    "医保",
    "住建",
    "交通运输",
    "水务",
    "民政",
    "气象",
    "应急管理",
    "农业农村",
    "市场监管",
    "文旅",
    "卫健",
    "人社",
    "审计",
    "统计",
)


@dataclass
class Account:
    """One account and the truth about it.

    Attributes:
        name, sponsor, platform: as in the register.
        state: ``active``, ``silent`` (three weeks of the last quarter), ``no data``, ``unreadable``, ``stranger`` (not in the register), ``closed``.
        shape: the file that holds its posts.
        rows: its posts.
        planted: id of a post → the family of what is in it.
    """

    name: str
    sponsor: str
    platform: str
    state: str
    shape: str = ""
    rows: list[dict[str, Any]] = field(default_factory=list)
    planted: dict[str, str] = field(default_factory=dict)


def accounts(count: int) -> Iterator[Account]:
    """The accounts of the city; a tenth is out of order in each way."""
    offices = [(f"{town}发布", f"某市{town}{'办事处' if town.endswith('街道') else '人民政府'}") for town in TOWNS] + [
        (f"某市{sector}", f"某市{sector}局") for sector in SECTORS
    ]
    pairs = [(name, sponsor, platform) for platform in PLATFORMS for name, sponsor in offices]
    states = ["no data", "silent", "stranger", "unreadable"]
    for number in range(count):
        name, sponsor, platform = pairs[number]
        if number >= len(offices):
            name = f"{name}{'在线' * (number // len(offices))}"
        state = states[number // 2 % 4] if number % 10 in (0, 5) else "active"
        yield Account(name, sponsor, platform, state)


def filled(count: int, number: int = 40, seed: int = 1) -> list[Account]:
    """Accounts with about ``count`` posts over at most two years that end with the third quarter of 2026."""
    rng = random.Random(seed)
    made = list(accounts(number))
    writing = [one for one in made if one.state != "no data"]
    span = max(92, min(730, int(count / len(writing) / 0.43)))
    each = max(1.0, count / len(writing) / (span * 3 / 7))
    for place, one in enumerate(writing):
        shapes = list(UNREADABLE if one.state == "unreadable" else SHAPES)
        one.shape = shapes[place % len(shapes)]
        for back in range(span - 1, -1, -1):
            day = LAST - timedelta(back)
            quiet = one.state == "silent" and date(2026, 8, 3) <= day <= date(2026, 8, 25)
            if day.weekday() in (0, 2, 4) and not quiet:
                for _ in range(int(each) + (rng.random() < each % 1)):
                    one.rows.append(post(rng, one, f"{place:02}-{len(one.rows):05}", day))
        for family in PLANTED if place % 3 == 0 else ():
            row = rng.choice(one.rows)
            if row["id"] not in one.planted:
                one.planted[row["id"]] = family
                said = PLANTED[family].format(identity=identity(rng), town=rng.choice(TOWNS), n=rng.randint(100, 999))
                row["body"] = f"{said}\n{row['body']}" if family == "secrecy" else row["body"] + "\n" + said
    return made


def post(rng: random.Random, one: Account, name: str, day: date) -> dict[str, Any]:
    """An innocent post."""
    slots = {"office": one.sponsor, "town": rng.choice(TOWNS), "thing": rng.choice(THINGS), "people": rng.choice(PEOPLE), "day": f"{day.month}月{day.day}日"}  # fmt: skip
    sentences = [rng.choice(OPENINGS), *(rng.choice(MIDDLES) for _ in range(rng.randint(1, 4))), rng.choice(CLOSINGS)]
    body = "".join(one.format(**slots, n=rng.randint(10, 980), k=rng.randint(2, 28)) for one in sentences)
    return {
        "id": name, "account": one.name, "platform": one.platform, "department": one.sponsor, "title": f"{slots['town']}{slots['thing']}动态",
        "body": body, "published_at": day.isoformat(),
    }  # fmt: skip


def write(folder: Path, made: list[Account]) -> None:
    """The sources, the register (with a title above its header and merged cells), and some posts that name no account."""
    sources = folder / "sources"
    sources.mkdir(parents=True)
    by_shape: dict[str, list[dict[str, Any]]] = {}
    for one in made:
        by_shape.setdefault(one.shape, []).extend(one.rows)
    for shape, rows in by_shape.items():
        if rows:
            (SHAPES | UNREADABLE)[shape](sources / shape, rows)
    loose = [
        {key: value for key, value in row.items() if key not in ("account", "department")} | {"id": f"x{row['id']}"}
        for row in made[1].rows[:9]
    ]
    (sources / "unnamed.jsonl").write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in loose), "utf-8")
    known = [one for one in made if one.state != "stranger"]
    head = ["主办单位", "账号名称", "平台", "开设日期", "备案日期", "管理机构", "专职管理人员", "经费保障", "管理制度", "部门负责人同意"]
    rows = [[one.sponsor, one.name, one.platform, "2020-01-06", "2020-01-08", "办公室", "张某", "预算内", "有", "同意"] for one in known]
    workbook(folder / "register.xlsx", {"登记表": [["某市政务新媒体账号登记表（2026年9月）"], [], head, *rows]}, ("A1:J1",))


@dataclass
class Verdict:
    """What the inspection got wrong; every number but the first two should be nothing.

    Attributes:
        rows: rows in the sources.
        planted: violations that were planted in rows that can be read.
        unaccounted: rows that are neither screened nor rejected.
        wrong_days: posts counted under another day than theirs.
        wrongly_vetoed, wrongly_praised: accounts, with the quarter.
        missed: planted violations that are not in the list of their account.
        not_vetoed: accounts that should have been.
    """

    rows: int = 0
    planted: int = 0
    unaccounted: int = 0
    wrong_days: int = 0
    wrongly_vetoed: list[str] = field(default_factory=list)
    wrongly_praised: list[str] = field(default_factory=list)
    missed: list[str] = field(default_factory=list)
    not_vetoed: list[str] = field(default_factory=list)


def judged(folder: Path, made: list[Account], quarters: tuple[str, ...], workers: int = 1) -> Verdict:
    """Scan, inspect, compare with the truth."""
    import pyarrow.dataset

    from govmedia_screen import Screener
    from govmedia_screen.accounts import load
    from govmedia_screen.archive.inspection.inspection import inspect
    from govmedia_screen.archive.inspection.quarters import Quarter
    from govmedia_screen.archive.scan import scan

    out = folder / "out"
    summary = scan([folder / "sources"], out, Screener(), workers=workers)
    verdict = Verdict(rows=sum(len(one.rows) for one in made) + 9)
    extra = 1 if any(one.shape == "half-empty.csv" for one in made) else 0  # the sum at the end of that table is a row, too
    verdict.unaccounted = verdict.rows + extra - summary.posts - summary.rejected
    posts = pyarrow.dataset.dataset(out / "posts").to_table(columns=["id", "day", "account"]).to_pylist()
    truth = {row["id"]: row["published_at"] for one in made for row in one.rows}
    known = [(row["id"].split("/")[-1].removesuffix(".html"), row["day"]) for row in posts if row["account"]]
    verdict.wrong_days = sum(truth.get(name) != day for name, day in known)
    register = load(folder / "register.xlsx")
    for text in quarters:
        quarter = Quarter.of(text)
        found = inspect(out, quarter, register, today=date(2026, 10, 8))
        vetoed = {one.name: one for one in found.accounts if one.vetoes}
        praised = {one.name for one in found.praised}
        for one in made:
            days = {row["id"]: row["published_at"] for row in one.rows}
            inside = {
                name: family for name, family in one.planted.items() if quarter.first.isoformat() <= days[name] <= quarter.last.isoformat()
            }
            readable = one.state not in ("no data", "unreadable")
            guilty = readable and (bool(inside) or (one.state == "silent" and text == "2026Q3"))
            if one.name in vetoed and not guilty:
                verdict.wrongly_vetoed.append(f"{text} {one.name}（{one.state}，{one.shape}）{dict(vetoed[one.name].vetoes)}")
            if guilty and one.name not in vetoed:
                verdict.not_vetoed.append(f"{text} {one.name}（{one.shape}）")
            if one.name in praised and (guilty or one.state not in ("active", "silent")):
                verdict.wrongly_praised.append(f"{text} {one.name}（{one.state}）")
            listed = Counter(problem.family for problem in found.problems if problem.account == one.name and problem.level == "block")
            for name, family in inside.items() if readable else ():
                verdict.planted += 1
                told = any(
                    problem.account == one.name and problem.family == family and name in str(problem.post) for problem in found.problems
                )
                if not told:
                    verdict.missed.append(f"{text} {one.name}（{one.shape}）{name} {family}；{dict(listed)}")
    return verdict


def main() -> None:
    """Make a city, inspect it, print what is wrong."""
    parser = argparse.ArgumentParser()
    parser.add_argument("posts", type=int, nargs="?", default=60_000)
    parser.add_argument("--accounts", type=int, default=40)
    parser.add_argument("--workers", type=int, default=1)
    parser.add_argument("--keep", type=Path)
    args = parser.parse_args()
    folder = args.keep or Path(tempfile.mkdtemp())
    made = filled(args.posts, args.accounts)
    write(folder, made)
    verdict = judged(folder, made, ("2024Q4", "2025Q1", "2025Q2", "2025Q3", "2025Q4", "2026Q1", "2026Q2", "2026Q3"), args.workers)
    for name, value in vars(verdict).items():
        print(f"{name:16} {len(value) if isinstance(value, list) else value}")
        for line in value if isinstance(value, list) else ():
            print(f"    {line}")


if __name__ == "__main__":
    main()
