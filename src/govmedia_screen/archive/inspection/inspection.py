"""Inspection: one quarter of a scanned archive, by account and unit (第二十一条：每季度检查、通报).

Counts come from the scan's Parquet files, part by part; the register's checks and the cadence from
``govmedia_screen.accounts``; what must not happen even once (单项否决) from 《政府网站与政务新媒体检查指标》.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from datetime import date
from heapq import nlargest
from pathlib import Path
from typing import Any

from govmedia_screen.accounts import AccountFinding, Register, check, check_cadence, check_monitoring
from govmedia_screen.accounts.checks import leveled
from govmedia_screen.accounts.monitoring import absent, unregistered, vetoed
from govmedia_screen.archive.catalogue import Catalogue
from govmedia_screen.archive.inspection.quarters import Quarter
from govmedia_screen.archive.store import sums
from govmedia_screen.errors import InputError
from govmedia_screen.finding import Level
from govmedia_screen.lexicon.lexicon import Lexicon
from govmedia_screen.lexicon.lexicon import load as load_lexicon
from govmedia_screen.profile import Profile
from govmedia_screen.profile import load as load_profile

LEVELS = ("block", "review", "note")
NOBODY = "（未注明账号）"
WEIGHTS = {"block": 100, "review": 10, "note": 1}
WORST = 30


@dataclass
class Account:
    """One account in one quarter.

    Attributes:
        name: its name.
        unit: the unit that answers for it, by the register, else by its posts.
        platforms: platform → posts.
        posts: how many.
        characters: how many code points they have.
        days: for each platform the days on which it published, one for each post.
        levels: level → findings.
        families: family → findings.
        decisions: decision → posts.
        vetoes: items of which one is too many → findings that suspect it.
        checks: what the register and the cadence say against it.
        rank: its place, 1 is best; accounts that are equal share one.
    """

    name: str
    unit: str = ""
    platforms: Counter[str] = field(default_factory=Counter)
    posts: int = 0
    characters: int = 0
    days: defaultdict[str, list[date]] = field(default_factory=lambda: defaultdict(list))
    levels: Counter[str] = field(default_factory=Counter)
    families: Counter[str] = field(default_factory=Counter)
    decisions: Counter[str] = field(default_factory=Counter)
    vetoes: Counter[str] = field(default_factory=Counter)
    checks: list[AccountFinding] = field(default_factory=list)
    rank: int = 0

    @property
    def per_hundred(self) -> float:
        """Findings of REVIEW and above for each hundred posts."""
        return 100 * (self.levels["block"] + self.levels["review"]) / self.posts if self.posts else 0.0

    @property
    def order(self) -> tuple[float, ...]:
        """Best first: fewest vetoed items; then those that publish at all; then blocks per hundred posts, checks, reviews."""
        grave = sum(one.level >= Level.REVIEW for one in self.checks)
        hundred = 100 / max(self.posts, 1)
        return len(self.vetoes), not self.posts, round(self.levels["block"] * hundred, 2), grave, round(self.levels["review"] * hundred, 2)


@dataclass
class Inspection:
    """One quarter, inspected.

    Attributes:
        quarter: which.
        accounts: by rank, the best first.
        units: unit → its accounts.
        months: month (ISO) → level → findings.
        weeks: Monday (ISO) → posts.
        families: family → level → findings.
        worst: the posts with the gravest findings, each with evidence.
        register: what the register says as a whole, not of one account with posts.
        undated: posts left out because they tell no day.
        names: family → its name.
    """

    quarter: Quarter
    accounts: list[Account] = field(default_factory=list)
    units: dict[str, list[Account]] = field(default_factory=dict)
    months: dict[str, Counter[str]] = field(default_factory=dict)
    weeks: Counter[str] = field(default_factory=Counter)
    families: dict[str, Counter[str]] = field(default_factory=dict)
    worst: list[dict[str, Any]] = field(default_factory=list)
    register: list[AccountFinding] = field(default_factory=list)
    undated: int = 0
    names: dict[str, str] = field(default_factory=dict)

    @property
    def posts(self) -> int:
        """Posts of the quarter."""
        return sum(one.posts for one in self.accounts)

    def level(self, name: str) -> int:
        """Findings of a level."""
        return sum(one.levels[name] for one in self.accounts)

    @property
    def vetoed(self) -> list[Account]:
        """Accounts with something of which one is too many."""
        return [one for one in self.accounts if one.vetoes]


def inspect(
    folder: str | Path, quarter: Quarter, register: Register | None = None, lexicon: Lexicon | None = None, profile: Profile | None = None,
    today: date | None = None,
) -> Inspection:  # fmt: skip
    """Inspect one quarter of a scanned archive.

    Args:
        folder: the output folder of a scan.
        quarter: which quarter.
        register: the register of accounts; its accounts without posts are inspected too.
        lexicon: the rules for register and cadence; the shipped ones if None.
        profile: the profile for them; the default if None.
        today: until when a quarter that is still running is looked at.

    Raises:
        InputError: the folder is not the output of a scan, or a part of it is missing or altered.
    """
    folder = Path(folder)
    if not (folder / "catalogue.sqlite").is_file():
        raise InputError(f"{folder}: 不是扫描的输出目录，请先运行 govmedia-screen scan … --out {folder}")
    with closing(Catalogue(folder / "catalogue.sqlite", write=False)) as catalogue:
        if damaged := catalogue.damaged(lambda name: sums(folder, name)):
            raise InputError(f"{folder}: 有 {len(damaged)} 个分片缺失或损坏（{damaged[0]} 等），请重新运行 scan，缺的会重做")
    result = Inspection(quarter)
    accounts: dict[str, Account] = {}
    units: defaultdict[str, Counter[str]] = defaultdict(Counter)
    until = min(quarter.last, today or date.today())
    for row in rows(folder, "posts", ["account", "platform", "department", "day", "decision", "characters"]):
        day = row["day"]
        if day is None:
            result.undated += 1
        elif quarter.first.isoformat() <= day <= quarter.last.isoformat():
            count_post(accounts, units, result, row)
    lexicon, profile = lexicon or load_lexicon(), profile or load_profile()
    heap = list(count_findings(folder, quarter, accounts, result, lexicon))
    result.names = {family: one.name for family, one in lexicon.families.known.items()}
    result.worst = [row for _, row in nlargest(WORST, heap, key=lambda pair: (pair[0], pair[1]["source"], -pair[1]["row"]))]
    watch(folder, accounts, result, lexicon, profile, until)
    if register:
        enrol(register, accounts, result, lexicon, profile, until)
    for account in accounts.values():
        account.unit = account.unit or (units[account.name].most_common(1)[0][0] if units[account.name] else "")
    dates = {(one.name, platform): days for one in accounts.values() for platform, days in (one.days or {"": []}).items()}
    for finding in check_cadence(dates, lexicon, profile, quarter.first, until):
        accounts[finding.account].checks.append(finding)
        accounts[finding.account].vetoes.update(filter(None, [lexicon.veto(finding.rule)]))
    for account in accounts.values():
        if account.vetoes:
            account.checks += leveled([vetoed(account.name, account.vetoes, lexicon)], profile)
    result.accounts = ranked(accounts.values())
    for account in result.accounts:
        result.units.setdefault(account.unit or "（未注明单位）", []).append(account)
    return result


def rows(folder: Path, name: str, columns: Sequence[str]) -> Iterator[dict[str, Any]]:
    """Rows of the posts or findings, part by part."""
    from pyarrow import parquet

    for path in sorted((folder / name).glob("part-*.parquet")):
        yield from parquet.read_table(path, columns=list(columns)).to_pylist()


def count_post(accounts: dict[str, Account], units: dict[str, Counter[str]], result: Inspection, row: dict[str, Any]) -> None:
    """Count one post of the quarter."""
    name = row["account"] or NOBODY
    account = accounts.setdefault(name, Account(name))
    day = date.fromisoformat(row["day"])
    platform = row["platform"] or ""
    account.posts += 1
    account.characters += row["characters"]
    account.platforms[platform] += 1
    account.days[platform].append(day)
    account.decisions[row["decision"]] += 1
    if row["department"]:
        units[name][row["department"]] += 1
    year, week, _ = day.isocalendar()
    result.weeks[date.fromisocalendar(year, week, 1).isoformat()] += 1


def count_findings(
    folder: Path, quarter: Quarter, accounts: dict[str, Account], result: Inspection, lexicon: Lexicon
) -> Iterator[tuple[int, dict[str, Any]]]:
    """Count the findings of the quarter; the posts that have any, each with its weight and evidence."""
    columns = ["key", "source", "row", "id", "account", "day", "rule", "family", "level", "text", "context", "message"]
    first, last = quarter.first.isoformat(), quarter.last.isoformat()
    post: dict[str, Any] | None = None
    for row in rows(folder, "findings", columns):
        if row["day"] is None or not first <= row["day"] <= last:
            continue
        name, level, family = row["account"] or NOBODY, row["level"], row["family"]
        account = accounts[name]
        account.levels[level] += 1
        account.families[family] += 1
        result.months.setdefault(row["day"][:7], Counter())[level] += 1
        result.families.setdefault(family, Counter())[level] += 1
        if level == "block":
            account.vetoes.update(filter(None, [lexicon.veto(row["rule"])]))
        if post is None or (post["source"], post["row"]) != (row["source"], row["row"]):
            if post:
                yield post["weight"], post
            post = {"account": name, "findings": [], "weight": 0, **{key: row[key] for key in ("source", "row", "id", "day")}}
        post["weight"] += WEIGHTS[level]
        if len(post["findings"]) < 6:
            post["findings"].append({key: row[key] for key in ("rule", "level", "text", "context", "message")})
    if post:
        yield post["weight"], post


def watch(folder: Path, accounts: dict[str, Account], result: Inspection, lexicon: Lexicon, profile: Profile, until: date) -> None:
    """Take in what the scans' own record says: days without one, grave findings that still stand (第十八条)."""
    with closing(Catalogue(folder / "catalogue.sqlite", write=False)) as catalogue:
        scans, standing = catalogue.monitored()
    for finding in check_monitoring(scans, standing, lexicon, profile, result.quarter.first, until):
        known = accounts.get(finding.account or NOBODY)
        (known.checks if known else result.register).append(finding)


def enrol(register: Register, accounts: dict[str, Account], result: Inspection, lexicon: Lexicon, profile: Profile, today: date) -> None:
    """Take the register in: units, accounts without a post, accounts that it does not know, and what it says against each."""
    published = [name for name in accounts if name != NOBODY]
    strangers = [*unregistered(published, register, lexicon), *absent(register, published, lexicon)]
    for one in register.accounts:
        if one.active:
            account = accounts.setdefault(one.name, Account(one.name))
            account.unit = account.unit or one.sponsor
            if one.platform and not account.days:
                account.days[one.platform] = []
    for finding in (*check(register, lexicon, profile, today), *leveled(strangers, profile)):
        known = accounts.get(finding.account)
        (known.checks if known else result.register).append(finding)


def ranked(accounts: Any) -> list[Account]:
    """The accounts, the best first; equal ones share a rank."""
    result = sorted(accounts, key=lambda one: (*one.order, one.name))
    for place, account in enumerate(result):
        equal = place and result[place - 1].order == account.order
        account.rank = result[place - 1].rank if equal else place + 1
    return result
