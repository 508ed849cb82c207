"""Generate lists of persons in the manner of 公示 tables, with what must be found in them.

All persons are invented: surnames and given names drawn at random, numbers drawn at random and
given the check digits that their standards ask for. Each list has a heading, a layout out of
ten, and things that must not be found: amounts, dates, document numbers, certificate numbers,
masked values, an office's telephone.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta

SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕"
GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超兰霞平刚桂英华玉萍红玲建国海燕春梅志文秀小东晓雪飞鹏波斌"
VILLAGES = ("河东村", "柳树沟村", "新民社区", "前石畔村", "赵家沟村", "东门社区", "大柳塔村", "红旗村")
REGIONS = (
    "110101",
    "120104",
    "130102",
    "140106",
    "210102",
    "320102",
    "330106",
    "410103",
    "420106",
    "430102",
    "510104",
    "610881",
    "610802",
    "620102",
)
PREFIXES = ("130", "135", "138", "139", "150", "152", "158", "159", "166", "177", "180", "186", "187", "189", "191", "198")
ISSUERS = ("622202", "622848", "621700", "622700", "623668", "621081", "622588", "621799")
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
        """Add text, noting it down if it must be found."""
        if rule:
            self.expected.append((rule, len(self.text), len(self.text) + len(text)))
        self.text += text


def resident_number(chance: random.Random) -> str:
    """An invented number of 18 characters; the check digit by the sum of GB 11643, written out anew here."""
    day = date(1935, 1, 1) + timedelta(days=chance.randrange(25_000))
    body = chance.choice(REGIONS) + day.strftime("%Y%m%d") + f"{chance.randrange(1000):03d}"
    weight, total = 1, 0
    for char in reversed(body):
        weight = weight * 2 % 11
        total += weight * int(char)
    check = (12 - total % 11) % 11
    return body + ("X" if check == 10 else str(check))


def card_number(chance: random.Random) -> str:
    """An invented card number of 19 or 16 digits that passes Luhn."""
    size = chance.choice((19, 19, 19, 16))
    body = chance.choice(ISSUERS)
    body += "".join(str(chance.randrange(10)) for _ in range(size - 1 - len(body)))
    total = sum(sum(divmod(int(char) * (2 - place % 2), 10)) for place, char in enumerate(reversed(body)))
    return body + str(-total % 10)


def mobile_number(chance: random.Random) -> str:
    """An invented mobile number."""
    return chance.choice(PREFIXES) + f"{chance.randrange(1, 99_999_999):08d}"


def person_name(chance: random.Random) -> str:
    """An invented name."""
    return chance.choice(SURNAMES) + "".join(chance.choice(GIVEN) for _ in range(chance.choice((1, 2, 2, 2))))


Row = dict[str, str]
Layout = Callable[[PublicList, list[str], list[Row], random.Random], None]


def table(separator: str, header: bool = True, numbered: bool = False, wide: bool = False) -> Layout:
    """Rows of cells parted by one mark."""

    def lay(out: PublicList, columns: list[str], rows: list[Row], chance: random.Random) -> None:
        if header:
            names = [
                chance.choice(LABELS[column]) if column in LABELS else {"village": "村组", "amount": "金额（元）"}[column]
                for column in columns
            ]
            out.write(separator.join((["序号"] if numbered else []) + names) + "\n")
        begin = len(out.text)
        for number, row in enumerate(rows, 1):
            if numbered:
                out.write(f"{number}{separator}")
            for place, column in enumerate(columns):
                out.write(separator if place else "")
                value = row[column]
                if wide and column in RULES:
                    value = value.translate({ord(char): ord(char) + 0xFEE0 for char in "0123456789"})
                out.write(value, RULES.get(column))
            out.write("\n")
        out.rows = begin, len(out.text) - 1

    return lay


def labelled(separator: str, between: str, colon: str = "：") -> Layout:
    """Every value with its label, in lines or in blocks."""

    def lay(out: PublicList, columns: list[str], rows: list[Row], chance: random.Random) -> None:
        names = {
            column: chance.choice(LABELS[column]) if column in LABELS else {"village": "村组", "amount": "补助金额"}[column]
            for column in columns
        }
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
    out.write("\t".join(LABELS[column][0] if column in LABELS else "备注" for column in columns) + "\n")
    begin = len(out.text)
    mark = chance.choice((" ", "-"))
    for row in rows:
        for place, column in enumerate(columns):
            out.write("\t" if place else "")
            value = row[column]
            if column == "id":
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
        out.write((LABELS[column][0] if column in LABELS else "村组") + "\n")
    begin = len(out.text)
    for row in rows:
        for column in columns:
            out.write(row[column], RULES.get(column))
            out.write("\n")
    out.rows = begin, len(out.text) - 1


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
    "bare": table(" ", header=False, numbered=True),
}


def public_list(layout: str, seed: int) -> PublicList:
    """One list of three to twelve rows."""
    chance = random.Random(f"{layout}-{seed}")
    out = PublicList(layout)
    out.write(chance.choice(HEADINGS) + "\n")
    out.write(chance.choice(("", "某政办发〔2024〕17号\n", "根据《社会救助暂行办法》，现将名单公示如下，公示期2024-05-06至2024-05-12：\n")))
    private = chance.choice((["id"], ["id", "phone"], ["id", "card"], ["phone"], ["card"], ["id", "card", "phone"], ["card", "phone"]))
    others = chance.choice(([], ["village"], ["amount"], ["village", "amount"]))
    columns = ["name", *private, *others]
    rows = [
        {
            "name": person_name(chance),
            "id": resident_number(chance),
            "card": card_number(chance),
            "phone": mobile_number(chance),
            "village": chance.choice(VILLAGES),
            "amount": str(chance.randrange(200, 90_000)),
        }
        for _ in range(chance.randrange(3, 13))
    ]
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
            )
        )
    )
    return out
