"""Check digits of the identity cards of Hong Kong and Taiwan."""

from __future__ import annotations

LETTERS = "ABCDEFGHJKLMNPQRSTUVXYWZIO"  # in the order of their values 10 to 35 on Taiwan's card


def is_hong_kong_id(number: str) -> bool:
    """Whether one or two letters, six digits and a check character agree (``A123456(3)`` without its brackets)."""
    body, check = number[:-1], number[-1]
    letters = body[:-6].rjust(2)
    values = [36 if char == " " else ord(char) - 55 for char in letters] + [int(char) for char in body[-6:]]
    total = sum(value * weight for value, weight in zip(values, range(9, 1, -1), strict=True))
    return (total + (10 if check == "A" else int(check, 16))) % 11 == 0


def is_taiwan_id(number: str) -> bool:
    """Whether a letter and nine digits agree."""
    value = LETTERS.index(number[0]) + 10
    digits = [value // 10, value % 10] + [int(char) for char in number[1:]]
    return sum(digit * weight for digit, weight in zip(digits, (1, 9, 8, 7, 6, 5, 4, 3, 2, 1, 1), strict=True)) % 10 == 0
