"""Texts as adversaries and editors make them, for the property tests."""

from __future__ import annotations

from hypothesis import strategies as st

TERMS = ("线上赌场", "代开发票", "赌博", "嘻嘻哈哈", "一夜情", "AK-47", "sm", "冰毒现货", "他妈的")
NOISE = ("", "*", " ", "\n", "\u200b", ".", "☆", "😀", "，", "**", "\u202e", "\ufe0f", "\t", "·")
PIECES = (
    *TERMS, "線上賭場", "①夜情", "ｓｍ", "𝐬𝐦", "他妈妈", "smile", "研究", "我有一个大麻烦", "禁止", "警方", "加微信abc12345",
    "610881199001011235", "13812345678", "６１０８８１", "\ud800", "\udfff", "\x00", "\uffff", "\ufffe", "𠮷", "👨‍👩‍👧", "é", "。", "“", "》", "\r\n", "①", "⑩", "ﷺ",
)  # fmt: skip

anything = st.text(st.characters(exclude_categories=()), max_size=60)
disguised = st.builds(
    lambda term, gaps: "".join(char + gap for char, gap in zip(term, gaps, strict=False)),
    st.sampled_from(TERMS),
    st.lists(st.sampled_from(NOISE), min_size=6, max_size=6),
)
posts = st.lists(st.one_of(st.sampled_from(PIECES), st.sampled_from(NOISE), disguised, anything), max_size=12).map("".join)
