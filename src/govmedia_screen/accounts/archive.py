"""The days on which accounts published, out of an archive of posts (JSON lines or a table)."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path

from govmedia_screen.chinese.dates import read_date
from govmedia_screen.errors import InputError
from govmedia_screen.io import spreadsheet as table

#: Posts that do not name their account.
NOBODY = "（未写账号）"
COLUMNS = {
    "account": ("账号", "账号名称", "名称", "account"),
    "platform": ("平台", "平台名称", "platform"),
    "published_at": ("发布日期", "发布时间", "日期", "时间", "published_at"),
}


def dates_of(paths: Iterable[str | Path]) -> dict[tuple[str, str], list[date]]:
    """For each (account, platform) its days of publication.

    Raises:
        InputError: a file cannot be read, or one of its dates cannot be made out; with file and line.
    """
    dates: dict[tuple[str, str], list[date]] = defaultdict(list)
    for path in map(Path, paths):
        for number, account, platform, published in entries(path):
            day = read_date(published)
            if day is None:
                raise InputError(f"{path}:{number}: 发布日期“{published}”无法辨认")
            dates[account or NOBODY, platform].append(day)
    return dates


def entries(path: Path) -> Iterator[tuple[int, str, str, object]]:
    """Line number, account, platform and date of each post."""
    if path.name.lower().endswith((".csv", ".xlsx")):
        for row in table.read(path, COLUMNS, ("published_at",)).rows:
            yield row.number, row["account"], row["platform"], row["published_at"]
        return
    try:
        lines = path.read_bytes().decode("utf-8-sig").splitlines()
    except OSError as error:
        raise InputError(f"{path}: 无法读取（{error.strerror}）") from None
    except UnicodeDecodeError:
        raise InputError(f"{path}: 不是 UTF-8 编码") from None
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            post = json.loads(line)
            yield number, str(post.get("account") or ""), str(post.get("platform") or ""), post.get("published_at")
        except (json.JSONDecodeError, AttributeError):
            raise InputError(f"{path}:{number}: 不是 JSON 对象") from None
