"""Ages, shares and changes of rates: arithmetic decides, whatever the numbers."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from govmedia_screen.detectors.wording.plausible import ages, births, points, shares


@given(st.integers(1, 60), st.integers(1, 30))
def test_percentage_points(before: int, gap: int) -> None:
    """The difference of two rates is points; what the rate grew by is percent; points are never told."""
    text = f"覆盖率由{before}%提高到{before + gap}%，提高{gap}%。"
    wrong = abs(gap / before * 100 - gap) > 0.06

    assert [(text[start:end], figure) for start, end, figure in points(text)] == [(f"{gap}%", str(gap))] * wrong
    assert list(points(text.replace(f"提高{gap}%", f"提高{gap}个百分点"))) == []


@given(st.lists(st.integers(1, 60), min_size=3, max_size=6))
def test_shares_of_one_whole(values: list[int]) -> None:
    """With all the rest named they make a hundred; of kinds alone they may be fewer, never more; rounding is let pass."""
    kinds = "、".join(f"{name}类占{value}%" for name, value in zip("甲乙丙丁戊己", values, strict=False))
    rest = "、".join(f"{name}占{value}%" for name, value in zip([*"甲乙丙丁戊"[: len(values) - 1], "其他"], values, strict=False))
    total, slack = sum(values), 0.51 * len(values)

    assert [found[2] for found in shares(f"按类别分，{kinds}。")] == [total] * (total > 100 + slack)
    assert [found[2] for found in shares(f"按类别分，{rest}。")] == [total] * (abs(total - 100) > slack)


@given(st.integers(60, 400))
def test_ages(age: int) -> None:
    """Nobody is over a hundred and twenty-two; trees are."""
    text = f"现年{age}岁的村民张某"

    assert [text[start:end] for start, end in ages(text)] == [f"{age}岁"] * (age > 122)
    assert list(ages(f"村口那棵古槐已{age}岁")) == []


@given(st.integers(1880, 2010), st.integers(0, 130))
def test_births(first: int, span: int) -> None:
    """People wanted are not born a lifetime apart, nor later than their ages allow."""
    text = f"报名条件：{first}年1月1日至{first + span}年12月31日期间出生。"
    aged = f"报名条件：18周岁以上、35周岁以下（{first}年1月1日至{first + span}年12月31日期间出生）。"

    assert len(list(births(text))) == (span >= 100 and first + span <= 2099)
    assert len(list(births(aged))) == (abs(span - 17) > 1 and first + span <= 2099)
