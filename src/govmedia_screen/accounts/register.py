"""The register of accounts (账号登记表), from CSV or XLSX, with the column names that offices use."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from govmedia_screen.chinese.dates import read_date
from govmedia_screen.io import spreadsheet as table

#: What may be said of an account, and the names of the column.
COLUMNS: dict[str, tuple[str, ...]] = {
    "name": ("账号名称", "名称", "新媒体名称", "政务新媒体名称", "账号", "公众号名称", "name"),
    "platform": ("平台", "平台名称", "开设平台", "所属平台", "平台类型", "类型", "platform"),
    "sponsor": ("主办单位", "主办单位名称", "开设主体", "单位", "单位名称", "sponsor"),
    "operator": ("承办单位", "运维单位", "operator"),
    "owner": ("认证主体", "注册主体", "账号主体", "主体", "owner"),
    "certification": ("认证信息", "公开认证信息", "认证说明", "简介", "certification"),
    "status": ("状态", "账号状态", "运行状态", "status"),
    "opened": ("开设日期", "开设时间", "开通日期", "开通时间", "注册日期", "opened"),
    "opened_filed": ("开设备案日期", "备案日期", "备案时间", "filed"),
    "changed": ("变更日期", "变更时间", "changed"),
    "changed_filed": ("变更备案日期", "变更备案时间", "changed_filed"),
    "stopped": ("关停日期", "关停时间", "停用日期", "stopped"),
    "stopped_filed": ("关停备案日期", "关停备案时间", "stopped_filed"),
    "cancelled": ("注销日期", "注销时间", "cancelled"),
    "cancelled_filed": ("注销备案日期", "注销备案时间", "cancelled_filed"),
    "body": ("管理机构", "管理部门", "责任科室", "body"),
    "staff": ("专职管理人员", "管理人员", "管理员", "专职人员", "staff"),
    "funds": ("经费保障", "经费", "经费来源", "funds"),
    "rules": ("管理制度", "制度", "规章制度", "rules"),
    "approval": ("部门负责人同意", "负责人同意", "审批", "审批情况", "负责人签字", "approval"),
    "responsible": ("第一责任人", "主要负责人", "分管负责人", "直接责任人", "负责人", "responsible"),
    "updated": ("最近更新", "最近更新日期", "最后更新", "最后更新日期", "最近发布日期", "updated"),
}
#: 开设、变更、关停、注销: the event's column, the filing's column, the word.
EVENTS = (
    ("opened", "opened_filed", "开设"),
    ("changed", "changed_filed", "变更"),
    ("stopped", "stopped_filed", "关停"),
    ("cancelled", "cancelled_filed", "注销"),
)
#: Other names of a platform.
PLATFORMS = {
    "微信公众号": "微信", "微信订阅号": "微信", "微信服务号": "微信", "公众号": "微信", "订阅号": "微信", "服务号": "微信", "政务微信": "微信", "微信": "微信", "wechat": "微信",
    "微信视频号": "微信视频号", "视频号": "微信视频号",
    "新浪微博": "微博", "政务微博": "微博", "腾讯微博": "腾讯微博", "微博": "微博", "weibo": "微博",
    "抖音号": "抖音", "抖音短视频": "抖音", "抖音政务号": "抖音", "快手号": "快手", "今日头条号": "今日头条", "头条号": "今日头条", "头条": "今日头条",
    "移动客户端": "移动客户端", "app": "移动客户端", "客户端": "移动客户端", "政务app": "移动客户端", "b站": "哔哩哔哩", "bilibili": "哔哩哔哩",
    "小程序": "微信小程序",
}  # fmt: skip


def platform_name(text: str) -> str:
    """A platform's usual name."""
    raw = "".join(text.split())
    return PLATFORMS.get(raw.lower(), raw)


@dataclass(frozen=True, slots=True)
class Account:
    """One account of the register: its cells by the keys of ``COLUMNS``, and its line."""

    cells: Mapping[str, str]
    row: int = 0

    def __getitem__(self, key: str) -> str:
        return self.cells.get(key, "")

    @property
    def name(self) -> str:
        """The account's name."""
        return self["name"]

    @property
    def platform(self) -> str:
        """The platform's usual name."""
        return platform_name(self["platform"])

    @property
    def sponsor(self) -> str:
        """The office that answers for it."""
        return "".join(self["sponsor"].split())

    @property
    def active(self) -> bool:
        """Whether it is still open."""
        return not (self["cancelled"] or self["stopped"] or any(word in self["status"] for word in ("注销", "关停", "停用", "停更")))

    def day(self, key: str) -> date | None:
        """The date in a column."""
        return read_date(self[key])


@dataclass(frozen=True, slots=True)
class Register:
    """All accounts, and which columns the register has."""

    accounts: tuple[Account, ...]
    columns: frozenset[str]


def load(path: str | Path) -> Register:
    """Read a register.

    Raises:
        InputError: it cannot be read, or has no column for name, platform or sponsor.
    """
    read = table.read(Path(path), COLUMNS, ("name", "platform", "sponsor"))
    return Register(tuple(Account(row.cells, row.number) for row in read.rows if row["name"]), read.columns)


def of_rows(rows: Iterable[Mapping[str, str]]) -> Register:
    """A register of rows that are already at hand, by the keys of ``COLUMNS``."""
    accounts = tuple(Account(dict(row), number) for number, row in enumerate(rows, 1))
    return Register(accounts, frozenset(key for account in accounts for key in account.cells))
