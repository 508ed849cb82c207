"""Generate lists of persons in the manner of 公示 tables, with what must be found in them.

All persons are invented: surnames and given names drawn at random, numbers drawn at random and
given the check digits that their standards ask for. Each list has a heading, a layout out of
fifteen, and things that must not be found: amounts, dates, serial numbers, document numbers,
totals, masked rows between the others, an office's telephone and account.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field

from invented import VILLAGES, card_number, mobile_number, person_name, resident_number

from govmedia_screen.documents import of_text

HEADINGS = (
    "关于2024年度城乡居民最低生活保障对象的公示",
    "某某镇农村危房改造补助对象名单",
    "2024年临时救助资金发放明细",
    "某某街道残疾人两项补贴发放花名册",
    "某某村高龄补贴申领人员信息表",
    "某某县雨露计划补助学生名单公示",
    "耕地地力保护补贴发放登记表",
    "保障性住房摇号结果公示",
)
PLAIN = {"village": ("村组", "村组"), "amount": ("金额（元）", "补助金额"), "batch": ("流水号", "凭证号")}
LABELS = {
    "name": ("姓名", "户主姓名", "申请人"),
    "id": ("身份证号", "身份证号码", "公民身份号码"),
    "card": ("银行卡号", "银行账号", "一卡通账号"),
    "phone": ("联系电话", "手机号", "电话"),
}
RULES = {"id": "privacy.resident-id", "card": "privacy.bank-card", "phone": "privacy.mobile"}


@dataclass
class PublicList:
    """A list and the answer: spans by rule; the span of the rows without their header."""

    layout: str
    text: str = ""
    expected: list[tuple[str, int, int]] = field(default_factory=list)
    rows: tuple[int, int] = (0, 0)

    def write(self, text: str, rule: str | None = None) -> None:
        """Add text, noting it down if it must be found; masked values must not."""
        if rule and "*" not in text:
            self.expected.append((rule, len(self.text), len(self.text) + len(text)))
        self.text += text


Row = dict[str, str]
Layout = Callable[[PublicList, list[str], list[Row], random.Random], None]


def label(column: str, chance: random.Random, place: int = 0) -> str:
    """What a column is called."""
    return chance.choice(LABELS[column]) if column in LABELS else PLAIN[column][place]


def table(
    separator: str,
    header: bool = True,
    numbered: bool = False,
    wide: bool = False,
    edge: str = "",
    merged: bool = False,
    ruled: bool = False,
) -> Layout:
    """Rows of cells parted by one mark; a row of totals at the end of every other table."""

    def lay(out: PublicList, columns: list[str], rows: list[Row], chance: random.Random) -> None:
        if merged:
            out.write(separator.join(["基本信息"] + [""] * (len(columns) - 2) + ["发放信息"]) + "\n")
        if header:
            names = [label(column, chance) for column in columns]
            out.write(edge + separator.join((["序号"] if numbered else []) + names) + edge[::-1] + "\n")
        if ruled:
            out.write(edge + separator.join(["---"] * (len(columns) + numbered)) + edge[::-1] + "\n")
        begin = len(out.text)
        for number, row in enumerate(rows, 1):
            out.write(edge)
            if numbered:
                out.write(f"{number}{separator}")
            for place, column in enumerate(columns):
                out.write(separator if place else "")
                value = row[column]
                if wide and column in RULES:
                    value = value.translate({ord(char): ord(char) + 0xFEE0 for char in "0123456789"})
                out.write(value, RULES.get(column))
            out.write(edge[::-1] + "\n")
        out.rows = begin, len(out.text) - 1 - len(edge)
        if chance.random() < 0.5:
            out.write(edge + separator.join(["合计", f"{len(rows)}人", "36800.00"][: len(columns)]) + edge[::-1] + "\n")

    return lay


def labelled(separator: str, between: str, colon: str = "：") -> Layout:
    """Every value with its label, in lines or in blocks."""

    def lay(out: PublicList, columns: list[str], rows: list[Row], chance: random.Random) -> None:
        names = {column: label(column, chance, 1) for column in columns}
        begin = len(out.text)
        for row in rows:
            for place, column in enumerate(columns):
                out.write((separator if place else "") + names[column] + colon)
                out.write(row[column], RULES.get(column))
            out.write(between)
        out.text = out.text.rstrip("\n")
        out.rows = begin, len(out.text)
        out.write("\n")

    return lay


def running(out: PublicList, columns: list[str], rows: list[Row], chance: random.Random) -> None:
    """One sentence: 张三（610…，138…）、李四（…）."""
    begin = len(out.text)
    for number, row in enumerate(rows):
        out.write(("、" if number else "") + row["name"] + "（")
        for place, column in enumerate([column for column in columns if column != "name"]):
            out.write("，" if place else "")
            out.write(row[column], RULES.get(column))
        out.write("）")
    out.rows = begin, len(out.text)
    out.write("。\n")


def pieces(out: PublicList, columns: list[str], rows: list[Row], chance: random.Random) -> None:
    """Numbers written in pieces, as forms print them."""
    out.write("\t".join(LABELS[column][0] if column in LABELS else PLAIN[column][0] for column in columns) + "\n")
    begin = len(out.text)
    mark = chance.choice((" ", "-"))
    for row in rows:
        for place, column in enumerate(columns):
            out.write("\t" if place else "")
            value = row[column]
            if "*" in value:
                pass
            elif column == "id":
                value = mark.join((value[:6], value[6:14], value[14:]))
            elif column == "phone":
                value = mark.join((value[:3], value[3:7], value[7:]))
            elif column == "card":
                value = mark.join(value[at : at + 4] for at in range(0, len(value), 4))
            out.write(value, RULES.get(column))
        out.write("\n")
    out.rows = begin, len(out.text) - 1


def one_cell_a_line(out: PublicList, columns: list[str], rows: list[Row], chance: random.Random) -> None:
    """A table pasted from a page: each cell a line."""
    for column in columns:
        out.write((LABELS[column][0] if column in LABELS else PLAIN[column][0]) + "\n")
    begin = len(out.text)
    for row in rows:
        for column in columns:
            out.write(row[column], RULES.get(column))
            out.write("\n")
    out.rows = begin, len(out.text) - 1


def page(out: PublicList, columns: list[str], rows: list[Row], chance: random.Random) -> None:
    """A table of a web page, read as the library reads it; some cells hold a paragraph."""
    cells = [[f"<p>{row[column]}</p>" if chance.random() < 0.2 else row[column] for column in columns] for row in rows]
    lines = [
        "".join(f"<th>{label(column, chance)}</th>" for column in columns),
        *("".join(f"<td>{cell}</td>" for cell in row) for row in cells),
    ]
    body = of_text("<table>" + "".join(f"<tr>{line}</tr>\n" for line in lines) + "</table>", "list.html").post.body
    place = 0
    begin = len(out.text) + body.index(rows[0][columns[0]])
    for row in rows:
        for column in columns:
            found = body.index(row[column], place)
            out.write(body[place:found])
            out.write(row[column], RULES.get(column))
            place = found + len(row[column])
    out.rows = begin, len(out.text)
    out.write(body[place:] + "\n")


def side_by_side(out: PublicList, columns: list[str], rows: list[Row], chance: random.Random) -> None:
    """Two persons in a row, as narrow tables are printed."""
    names = [label(column, chance) for column in columns]
    out.write("\t".join(names + names) + "\n")
    begin = len(out.text)
    for number, row in enumerate(rows):
        for place, column in enumerate(columns):
            out.write("\t" if place else "")
            out.write(row[column], RULES.get(column))
        out.write("\n" if number % 2 else "\t")
    out.text = out.text.rstrip()
    out.rows = begin, len(out.text)
    out.write("\n")


LAYOUTS: dict[str, Layout] = {
    "tabs": table("\t", numbered=True),
    "commas": table(","),
    "spaces": table("  "),
    "dun": table("、"),
    "pipes": table(" | ", numbered=True),
    "wide": table("　", wide=True),
    "lines": labelled("，", "\n"),
    "blocks": labelled("\n", "\n\n"),
    "running": running,
    "pieces": pieces,
    "cells": one_cell_a_line,
    "markdown": table(" | ", numbered=True, edge="| ", ruled=True),
    "merged": table("\t", merged=True),
    "page": page,
    "double": side_by_side,
    "bare": table(" ", header=False, numbered=True),
}


def public_list(layout: str, seed: int) -> PublicList:
    """One list of three to twelve rows."""
    chance = random.Random(f"{layout}-{seed}")
    out = PublicList(layout)
    out.write(chance.choice(HEADINGS) + "\n")
    out.write(chance.choice(("", "某政办发〔2024〕17号\n", "根据《社会救助暂行办法》，现将名单公示如下，公示期2024-05-06至2024-05-12：\n")))
    private = chance.choice((["id"], ["id", "phone"], ["id", "card"], ["phone"], ["card"], ["id", "card", "phone"], ["card", "phone"]))
    others = chance.choice(([], ["village"], ["amount"], ["village", "amount"], ["batch"]))
    mixed = [*private, *others]
    if chance.random() < 0.5:
        chance.shuffle(mixed)
    columns = ["name", *mixed]
    rows = [
        {
            "name": person_name(chance),
            "id": resident_number(chance),
            "card": card_number(chance),
            "phone": mobile_number(chance),
            "village": chance.choice(VILLAGES),
            "amount": str(chance.randrange(200, 90_000)),
            "batch": f"20240506{chance.randrange(10**10):011d}",
        }
        for _ in range(chance.randrange(3, 13))
    ]
    for row in rows[3:]:
        if chance.random() < 0.15:
            row |= {
                "id": row["id"][:6] + "********" + row["id"][14:],
                "card": "6222********" + row["card"][-4:],
                "phone": row["phone"][:3] + "****" + row["phone"][7:],
            }
    LAYOUTS[layout](out, columns, rows, chance)
    out.write("\n")
    out.write(
        chance.choice(
            (
                "监督电话：0912-8345678\n",
                "咨询电话：13800138001（工作时间）\n",
                "以上人员证书编号：JY20240506001。如有异议请拨打12345。\n",
                "已脱敏样例：610881********1234，138****5678，6222********1234\n",
                "统一社会信用代码：91110000600037341L\n",
                "户名：某某县财政局　账号：2610881901040000123\n",
            )
        )
    )
    return out
