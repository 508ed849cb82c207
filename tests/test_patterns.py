"""Numbers: check digits against values reckoned elsewhere, dispatch against the plain loop, long repeats."""

from __future__ import annotations

import random
import re
from datetime import date
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from hang import ends

from screeners import SCREENER
from govmedia_screen.lexicon.any_of import pattern_of
from govmedia_screen.formats import bank_card
from govmedia_screen.formats import dispatch
from govmedia_screen.formats import hk_tw_id as documents
from govmedia_screen.report import masks
from govmedia_screen.formats import phone
from govmedia_screen.formats import resident_id
from govmedia_screen.matching.fold import projected
from govmedia_screen.formats.names import is_name
from govmedia_screen.formats.runs import chains_of, projections, scan, spans

PIECES = st.sampled_from(
    [
        *"0123456789 -\n.\t",
        "X",
        "x",
        "A",
        "K",
        "京",
        "张",
        "。",
        "@",
        "+",
        "*",
        "(",
        ")",
        "（",
        "）",
        "–",
        "\u200b",
        "\ufe0f\u20e3",
        "*",
        "/",
        "、",
        "幺",
        "٣",
        "０",
        "①",
        "三",
        "110101199003074477",
        "6226181638235948",
        "13812345679",
        "1381234",
        "5679",
        "610881",
        "19900307",
        "0912",
        "8345678",
        "ID",
        "tel",
        "86",
        "京A12345",
        "a@b.cn",
        "192.168.1.1",
        "(0912)8345678",
        "0912)",
        "a.b-c@d-e.com.cn",
        "a+b@c.cn",
        "a@b.c",
        "@",
        "...",
        "P174468(6)",
        "陕K",
        "B1234学",
        "6226 1816 3823 5948",
        "622618",
        "E42900880",
        "\U0001f600",
    ]
)
#: Read off the standards' own examples and off python-stdnum's and hutool's tests, or reckoned by hand.
RESIDENTS = (
    "11010519491231002X",
    "440524188001010014",
    "360426199101010071",
    "412723199010050012",
    "110102199101010078",
    "33010219200403064X",
    "81000019980902013X",
    "820000200009100032",
    "932682198501010017",
)
BROKEN_RESIDENTS = ("110105194912310021", "110105194902310025", "110105199913010020", "11010518991231002X", "110101199003074470")
CARDS = ("4111111111111111", "5555555555554444", "378282246310005", "3530111333300000", "6226181638235948", "6231841638235705485")
BROKEN_CARDS = ("4111111111111112", "6226181638235949", "1234567812345670", "411111111111111", "9999999999999995")
CREDIT_CODES = ("91110000600037341L", "121200004013590816", "91310112087994932F", "913101203509708598")


@pytest.mark.parametrize("number", RESIDENTS)
def test_resident_numbers(number: str) -> None:
    assert resident_id.check_digit(number) == number[17]
    for place in range(17):  # ISO 7064 MOD 11-2 finds every single wrong digit
        wrong = number[:place] + str((int(number[place]) + 1) % 10) + number[place + 1 :]
        assert resident_id.check_digit(wrong) != number[17]


@pytest.mark.parametrize("number", BROKEN_RESIDENTS)
def test_broken_resident_numbers(number: str) -> None:
    assert not resident_id.is_valid(number)


@given(st.integers(0, 10**17 - 1))
def test_check_digit_is_the_polynomial_of_the_standard(body: int) -> None:
    """ISO 7064 MOD 11-2: the digits, read to the base 2, leave 1 modulo 11."""
    number = f"{body:017d}"
    check = resident_id.check_digit(number)
    values = [*map(int, number), 10 if check == "X" else int(check)]
    remainder = 0
    for value in values:
        remainder = (remainder * 2 + value) % 11

    assert remainder == 1


@given(st.text("0123456789", min_size=1, max_size=19))
def test_luhn_takes_exactly_one_last_digit(body: str) -> None:
    assert sum(bank_card.luhn(body + last) for last in "0123456789") == 1


@pytest.mark.parametrize("number", CARDS)
def test_cards(number: str) -> None:
    assert bank_card.is_card(number)


@pytest.mark.parametrize("number", BROKEN_CARDS)
def test_broken_cards(number: str) -> None:
    assert not bank_card.is_card(number)


@pytest.mark.parametrize("code", CREDIT_CODES)
def test_credit_codes(code: str) -> None:
    assert resident_id.is_uscc(code)
    wrong = code[:9] + ("0" if code[9] != "0" else "1") + code[10:]
    assert not resident_id.is_uscc(wrong)


def test_against_python_stdnum() -> None:
    """The same verdict on random numbers, where that library is installed."""
    ric = pytest.importorskip("stdnum.cn.ric")
    luhn = pytest.importorskip("stdnum.luhn")
    chance = random.Random(4)
    regions = sorted(resident_id.regions())
    for _ in range(2000):
        body = (
            chance.choice(regions)
            + date.fromordinal(chance.randrange(700_000, 735_000)).strftime("%Y%m%d")
            + f"{chance.randrange(1000):03d}"
        )
        number = body + chance.choice("0123456789X")
        assert (resident_id.check_digit(number) == number[17]) == (ric.calc_check_digit(number) == number[17])
        digits = str(chance.randrange(10**15, 10**19))
        assert bank_card.luhn(digits) == luhn.is_valid(digits)


def test_mobile_segments_against_phonenumbers() -> None:
    """Every segment that we take is a mobile number there too, but for those allotted later (19x, 16x, 14x)."""
    phonenumbers = pytest.importorskip("phonenumbers")
    for segment in sorted(phone.SEGMENTS):
        number = phonenumbers.parse(f"+86{segment}12345678")
        assert phonenumbers.is_possible_number(number)
        if segment[:2] in {"13", "15", "18"}:
            assert phonenumbers.is_valid_number(number), segment


@pytest.mark.parametrize(
    ("area", "number", "good"),
    [
        ("010", "82345678", True),
        ("0912", "8345678", True),
        ("0912", "834567", False),
        ("010", "8234567", False),
        ("0100", "8234567", False),
        ("029", "88345678", True),
    ],
)
def test_fixed_lines(area: str, number: str, good: bool) -> None:
    assert phone.is_fixed_line(area, number) == good


def test_cards_of_hong_kong_and_taiwan() -> None:
    assert documents.is_hong_kong_id("P1744686")
    assert not documents.is_hong_kong_id("P1744685")
    assert documents.is_taiwan_id("A123456789")
    assert not documents.is_taiwan_id("A123456788")


def test_regions_hold_abolished_ones() -> None:
    assert {"110103", "612722", "610881", "810000"} <= resident_id.regions()
    assert "009999" not in resident_id.regions()


def test_names() -> None:
    assert all(map(is_name, ("张三", "欧阳娜娜", "王小明", "买买提·艾力")))
    assert not any(map(is_name, ("张", "单位", "张某某", "金额", "某某", "abc", "东门社区居")))


@settings(max_examples=1500)
@given(st.lists(PIECES, max_size=40).map("".join))
@example("张三 110101199003074477 13812345679")
@example("6226 1816 3823 5948 100")
@example("1\n3812345679 138 1234\n5679")
def test_dispatch_is_the_plain_loop(text: str) -> None:
    """Choosing patterns by run finds what trying every pattern everywhere finds."""
    runs = scan(text)
    letters = projected(text, projections()[1]).replace(b"\x01", b"")

    assert (dispatch.find(runs) if runs else []) == dispatch.plain(letters)


@given(st.lists(PIECES, max_size=40).map("".join))
@example("1 1 1 1 1")
@example("11111    11111")
@example("一二三四五六七八九〇一")
@example("\ud800" * 12)
def test_chains_are_found_alike_with_and_without_the_compiled_core(text: str) -> None:
    """One pass in C finds what two regular expressions find."""
    runs = scan(text)
    classes, letters = projections()

    for seen in {text, runs.text if runs else text}:
        assert spans(projected(seen, classes)) == chains_of(seen, classes)
    assert runs is None or runs.letters == projected(text, letters).replace(b"\x01", b"")


ADVERSARIAL = [
    "1",
    "1 ",
    "12-",
    "1\n",
    "13812345679",
    "138 1234 ",
    "6226 ",
    "a@",
    "a.",
    "A1",
    "110101199003074477",
    "1.",
    "192.168.",
    "姓名：",
    "三",
    "一三八",
    "x=",
    "eyJ",
    "a:b@",
    "http://a?",
    "密码：a",
    "★密",
    "转发",
    "须关注",
    "家住3栋",
    "请填写身份证、",
    "北纬38°",
    "张三，13岁",
    "\n秘密",
    "王小明 ",
]


@pytest.mark.parametrize("piece", ADVERSARIAL)
def test_a_hundred_thousand_characters(piece: str) -> None:
    """Repeats that make bad patterns go back and forth, through all detectors together."""
    assert ends(lambda: SCREENER.screen((piece * (100_000 // len(piece) + 1))[:100_000]))


def test_patterns_never_raise() -> None:
    for text in ("", "\ud800" * 20, "\0" * 20, "1" * 5000, "🙂" * 500, "１" * 40):
        report = SCREENER.screen(text)

        assert all(report.post.body[one.start : one.end] == one.text for one in report.findings)


@pytest.mark.parametrize(
    ("rule", "text", "masked"),
    [
        ("privacy.resident-id", "110101199003074477", "110101＊＊＊＊＊＊＊＊4477"),
        ("privacy.resident-id", "110101 19900307 4477", "110101 ＊＊＊＊＊＊＊＊ 4477"),
        ("privacy.mobile", "13812345679", "138＊＊＊＊5679"),
        ("privacy.mobile", "+86 138-1234-5679", "+86 138-＊＊＊＊-5679"),
        ("privacy.mobile", "一三八一二三四五六七九", "一三八＊＊＊＊五六七九"),
        ("privacy.bank-card", "6226 1816 3823 5948", "＊＊＊＊ ＊＊＊＊ ＊＊＊＊ 5948"),
        ("privacy.email", "lisi@163.com", "l＊＊＊@163.com"),
        ("privacy.health", "李建国，患有精神分裂症", "李＊＊，患有精神分裂症"),
        ("privacy.address", "人民路12号3号楼2单元", "人民路＊＊＊＊＊＊＊＊＊"),
        ("privacy.birth-date", "1990年3月7日", "1990年＊月＊日"),
        ("credential.password", "Shenmu@2024", "＊＊＊＊＊＊＊＊＊＊＊"),
    ],
)
def test_masks(rule: str, text: str, masked: str) -> None:
    how = SCREENER.lexicon[rule].mask
    assert masks.mask(how, text) == masked
    assert masks.mask(how, masked) == masked
    assert len(masks.mask(how, text, "*")) == len(text)


def test_collection_words_make_a_pattern() -> None:
    assert pattern_of(["报名…填写"]).search("报名时请填写")
    assert not pattern_of(["报名…填写"]).search("报名，请填写")


CASES = sorted(
    path for path in Path(__file__).parent.glob("cases/*.txt") if path.stem.split("-")[0] in {"privacy", "secrecy", "credential"}
)


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
@pytest.mark.parametrize("mask", ["＊", "*", "█"])
def test_what_is_redacted_is_clean(path: Path, mask: str) -> None:
    """Masked, every case of these families gives none of their findings, and masking again changes nothing."""
    masked_families = {"privacy", "secrecy", "credential"}
    for line in path.read_text("utf-8").splitlines():
        if "⟦" not in line or line.startswith("#"):
            continue
        text = re.sub(r"⟦(.+?)\|[\w.-]+(?:\|\w+)?⟧", r"\1", line)
        text = re.sub(r"\\(n|t|u[0-9a-f]{4})", lambda match: {"n": "\n", "t": "\t"}.get(match[1]) or chr(int(match[1][1:], 16)), text)
        body = SCREENER.screen(text).redacted(mask)["body"]
        again = SCREENER.screen(body)

        assert len(body) == len(text)
        assert not [finding for finding in again.findings if finding.family in masked_families], line
        assert again.redacted(mask)["body"] == body
