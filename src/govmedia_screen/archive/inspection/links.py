"""Links that do not open, from a list that another program made (a table with 链接 and 状态); nothing is fetched here."""

from __future__ import annotations

import re
from pathlib import Path

from govmedia_screen.io import spreadsheet

COLUMNS = {
    "link": ("链接", "链接地址", "网址", "url", "link"),
    "status": ("状态", "状态码", "结果", "检查结果", "status", "code"),
    "account": ("账号", "账号名称", "account"),
    "platform": ("平台", "platform"),
    "title": ("标题", "稿件", "title"),
    "at": ("检查时间", "时间", "日期", "checked_at", "date"),
}
GOOD = re.compile(r"(?:2|3)\d\d|ok|正常|可访问|有效|能打开|通", re.IGNORECASE)


def dead_links(path: str | Path) -> list[dict[str, str]]:
    """The rows whose link does not open: ``link``, ``status`` and what else the table tells.

    Raises:
        InputError: it cannot be read or has no columns for link and status.
    """
    rows = spreadsheet.read(Path(path), COLUMNS, ("link", "status")).rows
    return [dict(row.cells) for row in rows if row["link"] and not GOOD.fullmatch(row["status"].removesuffix(".0").strip())]
