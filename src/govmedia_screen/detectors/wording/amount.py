"""Amounts of money in figures and in words (《支付结算办法》附一: 正确填写票据和结算凭证的基本规定)."""

from __future__ import annotations

DIGITS = {char: number for number, char in enumerate("零壹贰叁肆伍陆柒捌玖")}
PLACES = {"拾": 10, "佰": 100, "仟": 1000}


def written(figure: str, scale: str | None) -> float:
    """Yuan of an amount in figures, ``1,234.5`` with 万 or 亿."""
    return float(figure.replace(",", "")) * {"万": 1e4, "亿": 1e8}.get(scale or "", 1)


def read_amount(words: str) -> float | None:
    """Yuan of an amount in words, ``壹佰贰拾万元整``; None if it is not one."""
    body = words.rstrip("整正").replace("圆", "元")
    whole, mark, rest = body.partition("元")
    if not mark or not whole or (whole[0] not in DIGITS and whole[0] != "拾"):
        return None
    total = section = digit = 0
    for char in whole:
        if char in DIGITS:
            digit = DIGITS[char]
        elif char in PLACES:
            section += (digit or (1 if char == "拾" and not section else 0)) * PLACES[char]
            digit = 0
        elif char == "万":
            total += (section + digit) * 10_000
            section = digit = 0
        elif char == "亿":
            total = (total + section + digit) * 100_000_000
            section = digit = 0
        else:
            return None
    cents = 0
    number = 0
    for char in rest:
        if char in DIGITS:
            number = DIGITS[char]
        elif char in "角分":
            cents += number * (10 if char == "角" else 1)
            number = 0
        else:
            return None
    return total + section + digit + cents / 100
