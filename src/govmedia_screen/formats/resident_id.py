"""Resident identity numbers: GB 11643-1999 (18 digits), its 15-digit forerunner, and the numbers built like it.

The residence permits of Hong Kong, Macao and Taiwan residents carry numbers of the same make
with the codes 810000, 820000, 830000; the permanent residence card of foreigners (since
2023-12-01) one that begins with 9.
"""

from __future__ import annotations

from datetime import date
from functools import cache
from importlib import resources

WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CHECKS = "10X98765432"


@cache
def regions() -> frozenset[str]:
    """The six-digit codes of GB/T 2260, abolished ones included."""
    result = set()
    for line in resources.files("govmedia_screen").joinpath("data/region_codes.txt").read_text("utf-8").splitlines():
        if line.startswith("#"):
            continue
        province, *parts = line.split()
        for part in parts:
            first, _, last = part.partition("-")
            result |= {f"{province}{number:04d}" for number in range(int(first), int(last or first) + 1)}
    return frozenset(result)


@cache
def provinces() -> frozenset[str]:
    """The two-digit codes of the provinces."""
    return frozenset(code[:2] for code in regions())


def check_digit(number: str) -> str:
    """The eighteenth digit that the first seventeen demand (ISO 7064 MOD 11-2)."""
    return CHECKS[sum(int(digit) * weight for digit, weight in zip(number, WEIGHTS, strict=False)) % 11]


def is_date(digits: str, first: int = 1900) -> bool:
    """Whether eight digits are a day that somebody can have been born on: from ``first`` to this year."""
    year, month, day = int(digits[:4]), int(digits[4:6]), int(digits[6:8])
    if not first <= year <= date.today().year:
        return False
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


def is_valid(number: str) -> bool:
    """Whether 18 characters have a date of birth and a check digit as GB 11643 asks; the region is not looked at."""
    return is_date(number[6:14]) and check_digit(number) == number[17].upper()


def is_plausible(number: str) -> bool:
    """Whether 18 characters begin like a number of some province and hold a date, right check digit or not."""
    return number[:2] in provinces() and is_date(number[6:14])


def is_foreign(number: str) -> bool:
    """Whether a valid number is that of a foreigner's permanent residence card: 9, then the province that took it in."""
    return number[0] == "9" and number[1:3] in provinces()


def is_old(number: str) -> bool:
    """Whether 15 digits can be a number of the first generation (in use until 2012): a known region, and a date."""
    return number[:6] in regions() and is_date("19" + number[6:12])


def is_uscc(code: str) -> bool:
    """Whether 18 characters are a unified social credit code by GB 32100-2015: of an organisation, so public."""
    alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY"
    values = [alphabet.find(char) for char in code.upper()]
    if len(values) != 18 or -1 in values or code[1] not in "1239" or not code[2:8].isdigit():
        return False
    weights = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
    return (31 - sum(value * weight for value, weight in zip(values, weights, strict=False)) % 31) % 31 == values[17]
