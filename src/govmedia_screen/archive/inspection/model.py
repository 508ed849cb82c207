"""What an inspection finds: accounts, problems that can be traced to rows, and what is to be said of them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date

from govmedia_screen.accounts import AccountFinding
from govmedia_screen.archive.inspection.quarters import Quarter
from govmedia_screen.finding import Level

LEVELS = ("block", "review", "note")
NOBODY = "（未注明账号）"
#: How many accounts are named as good examples.
EXAMPLES = 5
#: Fewer posts in a quarter are no example: 第十二条 asks for two a week.
LEAST_POSTS = 24


@dataclass(frozen=True, slots=True)
class Problem:
    """One finding at REVIEW or above in a post of the quarter.

    Attributes:
        account, platform, unit: whose post it is in.
        family, rule, level, message, basis: what is wrong.
        text: the words, personal data and secrets masked unless they were asked for.
        day, title, post, link: the post: its day (ISO), title, id, address.
        source, row: where it stands in the archive.
        identity: the same for the same post, even if its text was mended.
        mark: the same for the same problem in the same post.
        kind: the family's name.
        veto: the item of the national indicators that it suspects, of which one is too many.
    """

    account: str
    platform: str
    unit: str
    family: str
    rule: str
    level: str
    message: str
    basis: str
    text: str
    day: str
    title: str
    post: str
    link: str
    source: str
    row: int
    identity: str = ""
    mark: str = ""
    kind: str = ""
    veto: str | None = None

    @property
    def where(self) -> str:
        """The row of the archive."""
        return f"{self.source}:{self.row}" if self.row else self.source


@dataclass
class Account:
    """One account on one platform in one quarter.

    Attributes:
        name: its name.
        platform: its platform, by its usual name.
        unit: the unit that answers for it, by the register, else by its posts.
        registered: whether the register has it; True if there is no register.
        posts: how many in the quarter.
        undated: posts of it that tell no day, in the whole archive.
        days: the days on which it published, one for each post.
        levels: level → findings.
        families: family → findings.
        vetoes: items of which one is too many → findings that suspect it.
        checks: what the register and the cadence say against it.
        covered: the days of the quarter of which the archive has data from the sources that hold it.
        remarks: what could not be judged, and why.
        rank: its place, 1 is best; accounts that are equal share one.
    """

    name: str
    platform: str = ""
    unit: str = ""
    registered: bool = True
    posts: int = 0
    undated: int = 0
    days: list[date] = field(default_factory=list)
    levels: Counter[str] = field(default_factory=Counter)
    families: Counter[str] = field(default_factory=Counter)
    vetoes: Counter[str] = field(default_factory=Counter)
    checks: list[AccountFinding] = field(default_factory=list)
    covered: tuple[date, date] | None = None
    remarks: list[str] = field(default_factory=list)
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

    @property
    def praiseworthy(self) -> bool:
        """Whether nothing at all is said against it, and enough is known of it."""
        spotless = not (self.vetoes or self.checks or self.remarks or self.levels["block"] or self.levels["review"])
        return spotless and self.registered and not self.undated and self.posts >= LEAST_POSTS

    @property
    def merit(self) -> str:
        """Why it is a good example."""
        gap = max(((after - before).days - 1 for before, after in zip(sorted(self.days), sorted(self.days)[1:], strict=False)), default=0)
        return f"发布{self.posts}篇，更新间隔最长{max(gap, 0)}天，没有发现须拦截、送审的内容，登记与更新没有问题"


@dataclass
class Recheck:
    """What became of the problems of an earlier quarter.

    Attributes:
        quarter: which.
        recorded: whether that inspection left its list; without it only what is still found is known.
        total: how many there were.
        mended: how many are no longer found in their posts.
        removed: how many are in posts that the archive has no longer.
        remaining: those that still stand.
    """

    quarter: Quarter
    recorded: bool
    total: int
    mended: int
    removed: int
    remaining: list[Problem]


@dataclass
class Inspection:
    """One quarter, inspected.

    Attributes:
        quarter: which.
        accounts: the accounts of which there is data, by rank, the best first.
        absent: accounts of the register of which there is none: 未提供数据.
        unnamed: the posts that name no account; they are nobody's, and ranked with nobody.
        problems: every finding at REVIEW and above, in the order of the archive.
        months: month (ISO) → level → findings.
        weeks: Monday (ISO) → posts.
        families: family → level → findings.
        register: what the register and the scans say as a whole, not of one account.
        undated: posts of the archive left out because they tell no day.
        future: posts left out because their day has not come yet.
        rejected: records of the archive that could not be read.
        registered: how many accounts the register has that are open; None without one.
        identities: the posts of the quarter.
        recheck: what became of an earlier quarter's problems.
        names: family → its name.
        dead: links that do not open: each as account, platform, title, link, what was seen, when.
    """

    quarter: Quarter
    accounts: list[Account] = field(default_factory=list)
    absent: list[Account] = field(default_factory=list)
    unnamed: Account = field(default_factory=lambda: Account(NOBODY))
    problems: list[Problem] = field(default_factory=list)
    months: dict[str, Counter[str]] = field(default_factory=dict)
    weeks: Counter[str] = field(default_factory=Counter)
    families: dict[str, Counter[str]] = field(default_factory=dict)
    register: list[AccountFinding] = field(default_factory=list)
    undated: int = 0
    future: int = 0
    rejected: int = 0
    registered: int | None = None
    identities: set[str] = field(default_factory=set)
    recheck: Recheck | None = None
    names: dict[str, str] = field(default_factory=dict)
    dead: list[tuple[str, ...]] = field(default_factory=list)

    @property
    def posts(self) -> int:
        """Posts of the quarter."""
        return sum(one.posts for one in self.accounts) + self.unnamed.posts

    def level(self, name: str) -> int:
        """Findings of a level."""
        return sum(counts[name] for counts in self.families.values())

    @property
    def vetoed(self) -> list[Account]:
        """Accounts with something of which one is too many."""
        return [one for one in self.accounts if one.vetoes]

    @property
    def praised(self) -> list[Account]:
        """The good examples: accounts against which nothing is said, those with the most posts first."""
        blamed = {one.account for one in self.problems} | {name for name, *_ in self.dead}
        good = [one for one in self.accounts if one.praiseworthy and one.name not in blamed]
        return sorted(good, key=lambda one: (-one.posts, one.name, one.platform))[:EXAMPLES]

    @property
    def units(self) -> dict[str, list[Account]]:
        """Unit → its accounts with data."""
        result: dict[str, list[Account]] = {}
        for account in self.accounts:
            result.setdefault(account.unit or "（未注明单位）", []).append(account)
        return result
