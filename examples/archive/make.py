"""make.py FOLDER: an invented archive of three accounts over two quarters, and their register, ready for ``scan`` and ``inspect``."""

import csv
import json
import sys
from datetime import date, timedelta
from pathlib import Path

#: account, days between its posts, what it writes in turn
ACCOUNTS = {
    "某县发布": (
        3,
        [
            "县医院门诊楼迁建工程今天封顶，计划明年六月启用。",
            "本周六上午在文化广场举办惠民招聘会，提供岗位六百个。",
            "夏季用电高峰将至，供电部门已完成线路检修。",
        ],
    ),
    "某镇微讯": (
        6,
        ["镇里完成主干道路灯检修。", "截止目前，已发放惠农补贴120万元。", "公示：王某某，身份证号610881199003071231，拟列入临时救助。"],
    ),
    "某局之窗": (40, ["不动产登记大厅延时服务到晚上七点。"]),
}


def posts() -> list[dict[str, str]]:
    """Every account's posts from April to September."""
    made = []
    for account, (pace, texts) in ACCOUNTS.items():
        day, number = date(2026, 4, 1), 0
        while day < date(2026, 10, 1):
            made.append(
                {
                    "id": f"{account}-{number + 1:03}",
                    "account": account,
                    "platform": "微信公众号",
                    "published_at": day.isoformat(),
                    "title": f"{day.month}月{day.day}日动态",
                    "body": texts[number % len(texts)],
                }
            )
            day, number = day + timedelta(days=pace), number + 1
    return made


def main(folder: Path) -> None:
    """Write the archive and the register."""
    folder.mkdir(parents=True, exist_ok=True)
    lines = (json.dumps(post, ensure_ascii=False) for post in posts())
    (folder / "已发布.jsonl").write_text("\n".join(lines) + "\n", "utf-8")
    with (folder / "登记表.csv").open("w", encoding="utf-8-sig", newline="") as file:
        table = csv.writer(file)
        table.writerow(["账号名称", "平台", "主办单位", "状态", "开设日期"])
        for account in ACCOUNTS:
            table.writerow([account, "微信公众号", f"{account[:2]}人民政府办公室", "正常", "2024-03-01"])


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "."))
