"""Whether the archive is looked after every day, and what was found is dealt with at once (第十八条); what a quarter shows (第二十一条).

Settings: ``monitoring_workdays`` (default 1: every working day), ``handling_days`` (default 1).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import pairwise
from typing import NamedTuple

from govmedia_screen.accounts.checks import leveled
from govmedia_screen.accounts.finding import AccountFinding, found
from govmedia_screen.accounts.register import Register
from govmedia_screen.chinese import workdays
from govmedia_screen.lexicon.lexicon import Lexicon
from govmedia_screen.lexicon.lexicon import load as load_lexicon
from govmedia_screen.profile import Profile
from govmedia_screen.profile import load as load_profile

#: What a finding about the whole archive says in place of an account.
ARCHIVE = "（归档）"


class Standing(NamedTuple):
    """A grave finding that stands in the archive.

    Attributes:
        account: whose post it is in.
        rule: the rule.
        first: the day on which a scan first found it.
    """

    account: str
    rule: str
    first: date


def check_monitoring(
    scans: Sequence[date],
    standing: Iterable[Standing],
    lexicon: Lexicon | None = None,
    profile: Profile | None = None,
    since: date | None = None,
    until: date | None = None,
) -> list[AccountFinding]:
    """Findings about daily monitoring.

    Args:
        scans: the days on which the archive was scanned. One scan alone is no monitoring, and nothing is said of it.
        standing: findings of BLOCK that the last scan still found.
        lexicon: the rules; the shipped ones if None.
        profile: the profile; the default if None.
        since: the first day that is looked at; the first scan if None.
        until: the last one; the last scan if None.
    """
    lexicon, profile = lexicon or load_lexicon(), profile or load_profile()
    days = sorted({day for day in scans if until is None or day <= until})
    if len(days) < 2:
        return []
    findings = [*gaps(days, lexicon, int(profile.settings.get("monitoring_workdays", 1)), since, until)]
    findings += unhandled(days[-1], standing, lexicon, int(profile.settings.get("handling_days", 1)))
    return list(leveled(findings, profile))


def gaps(days: Sequence[date], lexicon: Lexicon, limit: int, since: date | None, until: date | None) -> Iterator[AccountFinding]:
    """Working days on which nobody scanned; told once, with the longest."""
    marks = [*days, until] if until and until > days[-1] else [*days]
    spans = [(workdays.between(before, after), before, after) for before, after in pairwise(marks) if since is None or after > since]
    long = [span for span in spans if span[0] > limit]
    if long:
        missed, before, after = max(long, key=lambda span: (span[0], -span[1].toordinal()))
        shown = f"{before.isoformat()}至{after.isoformat()}相隔{missed}个工作日"
        yield found(lexicon["monitoring.gap"], ARCHIVE, "", 0, f"{len(long)}处间断", shown, f"限{limit}个工作日")


def unhandled(last: date, standing: Iterable[Standing], lexicon: Lexicon, limit: int) -> Iterator[AccountFinding]:
    """Grave findings that were known and still stand; told once an account."""
    groups: defaultdict[str, list[Standing]] = defaultdict(list)
    for one in standing:
        if (last - one.first).days > limit:
            groups[one.account].append(one)
    for account, ones in sorted(groups.items()):
        oldest = min(one.first for one in ones)
        rules = "、".join(sorted({one.rule for one in ones})[:5])
        text = f"{len(ones)}处拦截级问题仍在"
        yield found(lexicon["monitoring.unhandled"], account, "", 0, text, f"最早{oldest.isoformat()}发现，至{last.isoformat()}", rules)


def unregistered(names: Iterable[str], register: Register, lexicon: Lexicon) -> Iterator[AccountFinding]:
    """第二条、第六条: accounts that publish and are not in the register."""
    known = {one.name for one in register.accounts}
    for name in sorted(set(names) - known):
        yield found(lexicon["account.unregistered"], name, "", 0, name, "归档里有它的稿件，登记表里没有它")


def absent(register: Register, names: Iterable[str], lexicon: Lexicon) -> Iterator[AccountFinding]:
    """第二十一条: accounts of the register of which the archive holds nothing, so that they could not be inspected."""
    present = set(names)
    for account in register.accounts:
        if account.active and account.name not in present:
            yield found(lexicon["inspection.absent"], account.name, account.platform, account.row, account.name)


def vetoed(account: str, items: Iterable[str], lexicon: Lexicon) -> AccountFinding:
    """第二十一条: things of which one is too many."""
    return found(lexicon["inspection.veto"], account, "", 0, "、".join(sorted(items)), "疑似，须人工核实")
