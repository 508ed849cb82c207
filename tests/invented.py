"""Invented persons: names, numbers with the check digits that their standards ask for."""

from __future__ import annotations

import random
from datetime import date, timedelta

SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕"
COMPOUND = ("欧阳", "司马", "上官", "诸葛", "慕容")
DOTTED = ("阿依古丽·买买提", "扎西·多吉", "木合塔尔·吐尔逊", "古丽巴哈尔·艾合买提")
GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超兰霞平刚桂英华玉萍红玲建国海燕春梅志文秀小东晓雪飞鹏波斌"
VILLAGES = ("河东村", "柳树沟村", "新民社区", "前石畔村", "赵家沟村", "东门社区", "大柳塔村", "红旗村")
REGIONS = ("110101", "120104", "130102", "140106", "210102", "320102", "330106", "410103", "420106", "430102", "510104", "610881", "610802", "620102")  # fmt: skip
PREFIXES = ("130", "135", "138", "139", "150", "152", "158", "159", "166", "177", "180", "186", "187", "189", "191", "198")
ISSUERS = ("622202", "622848", "621700", "622700", "623668", "621081", "622588", "621799")


def resident_number(chance: random.Random) -> str:
    """An invented number of 18 characters; the check digit by the sum of GB 11643, written out anew here."""
    day = date(1935, 1, 1) + timedelta(days=chance.randrange(25_000))
    body = chance.choice(REGIONS) + day.strftime("%Y%m%d") + f"{chance.randrange(1000):03d}"
    weight, total = 1, 0
    for char in reversed(body):
        weight = weight * 2 % 11
        total += weight * int(char)
    check = (12 - total % 11) % 11
    return body + (chance.choice("Xx") if check == 10 else str(check))


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
    """An invented name: one in ten with a middle dot, one in ten with a surname of two characters."""
    kind = chance.randrange(10)
    if kind == 0:
        return chance.choice(DOTTED)
    if kind == 1:
        return chance.choice(COMPOUND) + chance.choice(GIVEN)
    return chance.choice(SURNAMES) + "".join(chance.choice(GIVEN) for _ in range(chance.choice((1, 2, 2, 2))))
