"""Bank card numbers: ISO/IEC 7812 (Luhn) and the issuers' prefixes that are used in China."""

from __future__ import annotations

DOUBLED = (0, 2, 4, 6, 8, 1, 3, 5, 7, 9)


def luhn(number: str) -> bool:
    """Whether the digits pass the check of ISO/IEC 7812-1, annex B."""
    total = 0
    for place, char in enumerate(reversed(number)):
        total += DOUBLED[ord(char) - 48] if place & 1 else ord(char) - 48
    return total % 10 == 0


def has_issuer(number: str) -> bool:
    """Whether prefix and length go together: UnionPay 62 and 60/65/9 (16–19), Visa, Mastercard, JCB (16), Amex (15), Diners (14)."""
    size, two = len(number), int(number[:2])
    if two == 62:
        return 16 <= size <= 19
    if number[0] == "4":
        return size in {16, 19}
    if 51 <= two <= 55 or 2221 <= int(number[:4]) <= 2720:
        return size == 16
    if two == 35:
        return size == 16 and 3528 <= int(number[:4]) <= 3589
    if two in {34, 37}:
        return size == 15
    if two in {36, 38, 39} or 300 <= int(number[:3]) <= 305:
        return size == 14
    if two in {60, 65, 64, 56, 58, 50}:
        return size in {16, 18, 19}
    return number[0] == "9" and size in {16, 18, 19} and number[1] in "0145678"


def is_union_pay(number: str) -> bool:
    """Whether prefix and length are of the kind that a card issued in China nearly always has."""
    return number.startswith("62") and len(number) in {16, 17, 18, 19}


def is_card(number: str) -> bool:
    """Whether the digits are certainly made like a card number: prefix, length and check digit."""
    return has_issuer(number) and luhn(number)
