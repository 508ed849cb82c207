"""Document numbers: every well-formed one stands, every other is led back to it, and fixing is idempotent."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screeners import SCREENER
from govmedia_screen import Decision, Level

ISSUERS = st.sampled_from(["国办发", "神政办发", "苏政办函", "财税", "法发", "市监字", "国函"])
YEARS = st.integers(1949, 2035)
SERIALS = st.integers(1, 99999)


def of(text: str) -> list[str]:
    """The rules of the family's findings."""
    return [one.rule for one in SCREENER.screen(text).findings if one.rule.startswith("wording.document")]


@given(ISSUERS, YEARS, SERIALS)
def test_due_form_is_never_reported(issuer: str, year: int, serial: int) -> None:
    """Hexagonal brackets, four digits, no 第, no zero."""
    assert of(f"根据{issuer}〔{year}〕{serial}号文件") == []


@given(
    ISSUERS.filter(lambda issuer: issuer[-1] != "字"),
    YEARS,
    SERIALS,
    st.sampled_from(["()", "（）", "[]", "［］", "【】"]),
    st.sampled_from(["", "第"]),
)
def test_other_brackets_are_led_back(issuer: str, year: int, serial: int, brackets: str, ordinal: str) -> None:
    """The suggestion is the due form, and a text that is fixed stays as it is."""
    text = f"根据{issuer}{brackets[0]}{year}{brackets[1]}{ordinal}{serial}号文件"
    report = SCREENER.screen(text)
    fixed = report.fixed()["body"]

    assert of(text) == ["wording.document.number"]
    assert fixed == f"根据{issuer}〔{year}〕{serial}号文件"
    assert SCREENER.screen(fixed).fixed()["body"] == fixed


def test_damaged_number_is_for_review() -> None:
    """The bracket lost, year and serial run together: found, never blocked."""
    report = SCREENER.screen("根据《意见》（国办发〔2018123号），结合实际，制定本办法。")

    assert [(one.rule, one.text, one.suggestion) for one in report.findings] == [
        ("wording.document.damaged", "〔2018123号", "〔2018〕123号")
    ]
    assert report.findings[0].level == Level.REVIEW
    assert report.decision == Decision.REVIEW


@pytest.mark.parametrize(
    "text",
    [
        "中华人民共和国国务院令第711号",
        "财政部公告2024年第10号",
        "（2018）京01民终123号",
        "路政告知字〔2017〕第049号",
        "住在建设路(2020)5号楼",
        "见附件（2022）",
        "电话(0912)8350123号码",
        "2018123号",
    ],
)
def test_numbers_of_other_kinds(text: str) -> None:
    """Orders, notices, cases, certificates, houses and telephones have forms of their own."""
    assert of(text) == []
