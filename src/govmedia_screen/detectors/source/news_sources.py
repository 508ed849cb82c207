"""The list of news sources that may be reposted from (第十三条(二)): an office's ``sources.csv`` or ``.xlsx`` over the shipped starter.

The national list (互联网新闻信息稿源单位名单, June 2025: 1,451 units) is imported by each office
into its own lexicon folder. What ships names central media and a few more, and says so.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path

from govmedia_screen.chinese.dates import read_date
from govmedia_screen.lexicon.lexicon import SHIPPED, Lexicon
from govmedia_screen.system.lazy import pattern

COLUMNS = {
    "name": ("名称", "稿源名称", "单位名称", "稿源单位", "name"),
    "aliases": ("别名", "简称", "aliases"),
    "domains": ("域名", "网址", "domain", "domains"),
    "category": ("类别", "category"),
    "group": ("所属", "主管主办", "主办单位", "group"),
    "since": ("启用", "启用日期", "since"),
    "until": ("停用", "停用日期", "until"),
    "state": ("状态", "state"),
}
#: What may follow a source's name and is still that source.
CHANNEL = pattern(
    r"(?:官方)?(?:客户端|新闻客户端|微信公众号|公众号|微信|微博|官微|视频号|抖音号|APP|App|app|新媒体|网站|官网|融媒体|记者.*|评论员|评论部|社论|电头|电)\Z|(?:微信|微博|客户端)[:：].*\Z"
)
WRAPPING = "《》“”\"'‘’「」『』【】[]（）() \t\u3000·@"
#: Names of organs of Party and state, whose own sites and accounts may be reposted.
OFFICIAL = pattern(
    r"(?:人民政府|政府网|政府网站|政府门户网站|门户网站|办公厅|办公室|委员会|[局厅委部署办]|法院|检察院|人大|政协|人大常委会|[省市县区州旗]委|组织部|宣传部|统战部|政法委|网信办|网信|融媒体中心|融媒体|融媒"
    r"|发布|政务|纪委监委|纪检监察|公安|交警|消防|消防救援|税务|海关|疾控|疾控中心|气象台|气象|总工会|共青团|团委|妇联|残联|红十字会|科协|侨联|工商联|街道|街道办|街道办事处|镇|乡|镇政府|乡政府|管委会|开发区|监狱|武装部|军分区|中心|电视台|广播电视台|人民广播电台|日报社|银保监会|证监会|人民银行|国家统计局|总局)\Z"
    r"|gov\.cn|^(?:平安|网警|法治|清廉|文明|健康|应急|文旅|教育|学习|中国)[\u4e00-\u9fff]{2,6}\Z"
)
#: What makes a listed name into another, when it follows: 新华社网, 人民日报网.
FAKE_TAIL = pattern(r"(?:网|新闻网|资讯|资讯网|快讯|头条|在线|时讯|报|日报|时报|社|通讯|传媒|中国网|传媒网)\Z")


@dataclass(frozen=True, slots=True)
class Source:
    """One source of the list.

    Attributes:
        name: its name.
        group: whose it is; names of one group stand for one another (新华社, 新华网).
        domains: its sites' domains.
        since: the first day on which it is listed, or None.
        until: the last, or None.
        state: 停用、移除、冻结, or nothing if it is in force.
        office: whether an office's own list has it.
    """

    name: str
    group: str
    category: str = ""
    domains: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None
    state: str = ""
    office: bool = False

    def valid(self, day: date) -> bool:
        """Whether it may be reposted from on that day."""
        return not self.state and (not self.since or self.since <= day) and (not self.until or day <= self.until)


class Sources:
    """All sources by name and domain.

    Attributes:
        complete: whether an office has imported a list of its own, so that what is not listed is not allowed.
    """

    def __init__(self, rows: Iterable[tuple[dict[str, str], bool]]) -> None:
        self.by_name: dict[str, Source] = {}
        self.by_domain: dict[str, Source] = {}
        self.complete = False
        for row, office in rows:
            self.complete |= office
            domains = tuple(filter(None, re.split(r"[;；,，\s]+", row.get("domains", ""))))
            source = Source(
                row["name"], row.get("group") or row["name"], row.get("category", ""), domains,
                read_date(row.get("since")), read_date(row.get("until")), row.get("state", ""), office,
            )  # fmt: skip
            for name in (row["name"], *re.split(r"[;；]", row.get("aliases", ""))):
                if name:
                    self.by_name[plain(name)] = source
            for domain in domains:
                self.by_domain[domain.lower().removeprefix("www.")] = source
        self.central = [name for name, source in self.by_name.items() if source.category.startswith("中央") and len(name) >= 3]

    def find(self, name: str) -> Source | None:
        """The listed source of that name, whatever channel of it is named."""
        bare = plain(name)
        return self.by_name.get(bare) or self.by_name.get(CHANNEL.sub("", bare))

    def owner(self, host: str) -> Source | None:
        """The source whose domain a host is, or is under."""
        parts = host.lower().split(".")
        for place in range(len(parts) - 1):
            if source := self.by_domain.get(".".join(parts[place:])):
                return source
        return None

    def near(self, name: str) -> str | None:
        """The central source that a name looks like without being it."""
        bare = CHANNEL.sub("", plain(name))
        for listed in self.central:
            if bare.startswith(listed) and FAKE_TAIL.match(bare, len(listed)):
                return listed
            if (
                len(bare) == len(listed)
                and sum(a != b for a, b in zip(bare, listed, strict=True)) == 1
                and not bare.endswith(("晚报", "晨报"))
            ):
                return listed
            if len(bare) == len(listed) and len(bare) >= 3 and sorted(bare) == sorted(listed):
                return listed
        return None


def plain(name: str) -> str:
    """A name without marks around it or in it."""
    return re.sub("[《》“”\"'‘’「」『』【】\\s]", "", name.strip(WRAPPING))


def is_official(name: str) -> bool:
    """Whether a name is that of an organ of Party or state."""
    return OFFICIAL.search(CHANNEL.sub("", plain(name))) is not None


def load(lexicon: Lexicon) -> Sources:
    """The shipped starter and the offices' lists in the lexicon's other folders.

    Raises:
        InputError: a list cannot be read, or has no column of names.
    """
    rows: list[tuple[dict[str, str], bool]] = []
    shipped = resources.files(SHIPPED).joinpath("sources.csv")
    if shipped.is_file():
        rows += [(row, False) for row in read(shipped)]
    for path in office_lists(lexicon):
        rows += [(row, True) for row in read(path)]
    return Sources(rows)


def office_lists(lexicon: Lexicon) -> list[Path]:
    """The lists in the offices' own folders, which the lexicon was read from."""
    folders: tuple[str, ...] = getattr(lexicon, "folders", ())
    return [path for folder in folders for name in ("sources.csv", "sources.xlsx") if (path := Path(folder) / name).is_file()]


def read(path: Traversable | Path) -> list[dict[str, str]]:
    """The rows of one list, by the keys of ``COLUMNS``."""
    from govmedia_screen.io import spreadsheet as table

    return [dict(row.cells) for row in table.read(path, COLUMNS, ("name",)).rows if row["name"]]
