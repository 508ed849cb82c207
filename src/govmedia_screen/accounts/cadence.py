"""How often accounts publish: 第十二条 (two updates a week), and the 14 days of 《政府网站与政务新媒体检查指标》.

Settings: ``weekly_updates`` (default 2), ``silence_days`` (default 14), ``idle_days`` (default 30),
``flood`` (updates a day that are a flood, default 30).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from itertools import pairwise
from statistics import median
from typing import Any

from govmedia_screen.accounts.finding import AccountFinding, found
from govmedia_screen.lexicon.lexicon import Lexicon
from govmedia_screen.lexicon.lexicon import load as load_lexicon
from govmedia_screen.profile import Profile
from govmedia_screen.profile import load as load_profile

Where = tuple[str, str]


def check_cadence(
    dates: Mapping[Where, Sequence[date]],
    lexicon: Lexicon | None = None,
    profile: Profile | None = None,
    since: date | None = None,
    until: date | None = None,
) -> list[AccountFinding]:
    """Findings about how often accounts publish.

    Args:
        dates: for each (account, platform) the days on which it published, a day for each update.
        lexicon: the rules; the shipped ones if None.
        profile: the profile; the default if None.
        since: the first day of the time looked at; each account's first update if None.
        until: its last day; today if None.
    """
    from govmedia_screen.accounts.checks import leveled

    lexicon, profile = lexicon or load_lexicon(), profile or load_profile()
    until = until or date.today()
    findings = [
        finding
        for (account, platform), days in dates.items()
        for finding in of_account(account, platform, days, lexicon, profile.settings, since, until)
    ]
    return sorted(leveled(findings, profile), key=lambda one: (one.account, one.platform, one.rule))


def of_account(
    account: str, platform: str, days: Sequence[date], lexicon: Lexicon, settings: Mapping[str, Any], since: date | None, until: date
) -> Iterator[AccountFinding]:
    """The findings about one account."""

    def finding(rule: str, text: str, *evidence: str) -> AccountFinding:
        return found(lexicon[rule], account, platform, 0, text, *evidence)

    inside = sorted(day for day in days if day <= until and (since is None or day >= since))
    start = since or (inside[0] if inside else until)
    wanted = int(settings.get("weekly_updates", 2))
    weeks = thin_weeks(inside, start, until, wanted)
    if weeks:
        shown = "、".join(f"{monday.isoformat()}起一周{count}次" for monday, count in weeks[:6])
        yield finding("cadence.few", f"{len(weeks)}周不足{wanted}次", shown + ("等" if len(weeks) > 6 else ""))
    length, first, last = longest_silence(inside, start if since else None, until)
    limit = int(settings.get("silence_days", 14))
    idle_limit = int(settings.get("idle_days", 30))
    last_day = max((day for day in days if day <= until), default=None)
    if length > limit:
        yield finding("cadence.silent", f"{length}天未更新", f"{first.isoformat()}至{last.isoformat()}", f"限{limit}天")
    if last_day is None or (until - last_day).days > idle_limit:
        gone = f"最近更新 {last_day.isoformat()}" if last_day else "没有更新"
        yield finding("account.idle", gone, f"至{until.isoformat()}，限{idle_limit}天")
    for day, count in floods(inside, int(settings.get("flood", 30))):
        yield finding("cadence.flood", f"{day.isoformat()}发布{count}条")


def thin_weeks(days: Sequence[date], since: date, until: date, wanted: int) -> list[tuple[date, int]]:
    """The whole weeks (Monday to Sunday) with too few updates; a week that begins or ends outside is not counted."""
    counts = Counter(day - timedelta(days=day.weekday()) for day in days)
    monday = since + timedelta(days=-since.weekday() % 7)
    weeks = []
    while monday + timedelta(days=6) <= until:
        if counts[monday] < wanted:
            weeks.append((monday, counts[monday]))
        monday += timedelta(days=7)
    return weeks


def longest_silence(days: Sequence[date], since: date | None, until: date) -> tuple[int, date, date]:
    """The longest time without an update: days without one, and the updates (or bounds) on both sides."""
    marks = [*([since - timedelta(days=1)] if since else []), *days, until + timedelta(days=1)]
    best = (0, until, until)
    for before, after in pairwise(marks):
        quiet = (after - before).days - 1
        if quiet > best[0]:
            best = (quiet, before, after)
    return best


def floods(days: Sequence[date], most: int) -> list[tuple[date, int]]:
    """Days with far more updates than usual: at least ``most`` and ten times the usual day."""
    counts = Counter(days)
    if not counts:
        return []
    usual = median(counts.values())
    return [(day, count) for day, count in sorted(counts.items()) if count >= most and count >= 10 * usual]
