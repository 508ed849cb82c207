"""Check digits against python-stdnum, and against sums reckoned another way."""

from __future__ import annotations

import random
import string

import pytest

from govmedia_screen.formats import bank_card
from govmedia_screen.formats import hk_tw_id as documents
from govmedia_screen.formats import resident_id

CODE = "0123456789ABCDEFGHJKLMNPQRTUWXY"


def test_credit_codes_against_python_stdnum() -> None:
    """The same verdict on right and on wrong codes."""
    uscc = pytest.importorskip("stdnum.cn.uscc")
    chance = random.Random(5)
    for _ in range(2000):
        body = chance.choice(("91", "12", "52", "93")) + f"{chance.randrange(10**6):06d}" + "".join(chance.choices(CODE, k=9))
        code = body + chance.choice((uscc.calc_check_digit(body), chance.choice(CODE)))

        assert resident_id.is_uscc(code) == uscc.is_valid(code)


def test_cards_against_python_stdnum() -> None:
    """A card number is one that passes there too, and a wrong digit anywhere is seen."""
    luhn = pytest.importorskip("stdnum.luhn")
    chance = random.Random(6)
    for _ in range(1000):
        body = "62" + "".join(chance.choices(string.digits, k=chance.choice((13, 14, 15, 16))))
        number = body + luhn.calc_check_digit(body)
        place = chance.randrange(2, len(number))
        wrong = number[:place] + str((int(number[place]) + chance.randrange(1, 10)) % 10) + number[place + 1 :]

        assert bank_card.is_card(number)
        assert not bank_card.is_card(wrong)


def test_resident_numbers_against_python_stdnum() -> None:
    """The check digit of random bodies, dates and regions left aside."""
    ric = pytest.importorskip("stdnum.cn.ric")
    chance = random.Random(7)
    for _ in range(2000):
        body = "".join(chance.choices(string.digits, k=17))

        assert resident_id.check_digit(body) == ric.calc_check_digit(body + "0")


def test_cards_of_hong_kong_and_taiwan_another_way() -> None:
    """Exactly one check character fits, and it is the one that the sum leaves over."""
    chance = random.Random(8)
    for _ in range(500):
        letter, digits = chance.choice(string.ascii_uppercase), [chance.randrange(10) for _ in range(6)]
        left = (36 * 9 + (ord(letter) - 55) * 8 + sum(digit * (7 - place) for place, digit in enumerate(digits))) % 11
        check = "0" if left == 0 else "A" if left == 1 else str(11 - left)
        fitting = [one for one in "0123456789A" if documents.is_hong_kong_id(letter + "".join(map(str, digits)) + one)]

        assert fitting == [check]
    assert documents.is_taiwan_id("A123456789")
    for _ in range(500):
        body = chance.choice(string.ascii_uppercase) + chance.choice("12") + f"{chance.randrange(10**7):07d}"

        assert sum(documents.is_taiwan_id(body + one) for one in string.digits) == 1
