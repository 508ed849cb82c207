"""How a value is masked: what stays, what goes, and that masking again changes nothing."""

from __future__ import annotations

import pytest

from govmedia_screen.report.masks import mask


@pytest.mark.parametrize(
    ("how", "text", "wanted"),
    [
        ((6, 4), "610881199001011234", "610881＊＊＊＊＊＊＊＊1234"),
        ((6, 4), "61088119900101123X", "610881＊＊＊＊＊＊＊＊123X"),
        ((6, 4), "6108811234", "＊＊＊＊＊＊＊＊＊＊"),
        ((6, 4), "61088112345", "610881＊2345"),
        ((0, 4), "6222 0212 3456", "＊＊＊＊ ＊＊＊＊ 3456"),
        ((3, 0), "12-34-56", "12-3＊-＊＊"),
        ((3, 4), "138＊＊＊＊5678", "138＊＊＊＊5678"),
        ((1, 1), "一百二", "一＊二"),
        ("person", "李四", "李＊"),
        ("person", "李", "＊"),
        ("person", "欧阳小明", "欧＊＊＊"),
        ("person", "买买提·艾力", "买＊＊·＊＊"),
        ("person", "买买提·艾力同志", "买＊＊·＊＊＊＊"),
        ("person", "李＊", "李＊"),
        ("person", "张三丰2024年", "张＊＊2024年"),
        ("person", "钰钰钰钰", "钰＊＊＊"),
        ("person", "钰钰钰钰a", "钰＊＊钰a"),
        ("person", "钰钰a", "钰＊a"),
        ("person", "abc d", "＊＊＊ ＊"),
        ("phone", "13812345678", "138＊＊＊＊5678"),
        ("phone", "+86 13812345678", "+86 138＊＊＊＊5678"),
        ("phone", "86-138-1234-5678", "86-138-＊＊＊＊-5678"),
        ("phone", "008613812345678", "0086138＊＊＊＊5678"),
        ("email", "lisi@163.com", "l＊＊＊@163.com"),
        ("email", "lisi＠163.com", "l＊＊＊＠163.com"),
        ("email", "l@163.com", "＊@163.com"),
        ("address", "人民路12号3单元", "人民路＊＊＊＊＊＊"),
        ("address", "人民路二十号", "人民路＊＊＊"),
        ("address", "人民路", "＊＊＊"),
        ("address", "人民路＊＊", "人民路＊＊"),
        ("day", "1990年1月2日", "1990年＊月＊日"),
        ("day", "1990-01-02", "1990-＊＊-＊＊"),
        ("day", "90年1月", "＊＊＊＊＊"),
        ("digits", "东经109.5度", "东经＊＊＊.＊度"),
        ("beginning", "138*5678901", "138＊＊＊＊＊＊＊＊"),
        ("beginning", "1381234", "138＊＊＊＊"),
        ("whole", "秘密 文件", "＊＊ ＊＊"),
        ("", "秘密", "＊＊"),
        ("nobody", "秘密", "＊＊"),
    ],
)
def test_masks(how: tuple[int, int] | str, text: str, wanted: str) -> None:
    assert mask(how, text) == wanted
    assert len(wanted) == len(text)
    assert mask(how, wanted) == wanted
