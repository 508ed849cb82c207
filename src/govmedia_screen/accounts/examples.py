"""The examples in the lexicons of rules about accounts: a row of a register, days of publication, days of scanning."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

from govmedia_screen.accounts.cadence import check_cadence
from govmedia_screen.accounts.checks import check
from govmedia_screen.accounts.monitoring import Standing, absent, check_monitoring, unregistered, vetoed
from govmedia_screen.accounts.register import of_rows
from govmedia_screen.chinese.dates import read_date
from govmedia_screen.lexicon.lexicon import Lexicon
from govmedia_screen.profile import Profile

#: The families whose rules are about accounts, not about posts.
ACCOUNT_FAMILIES = frozenset({"account", "cadence", "monitoring", "inspection"})
DATES = re.compile(r"\d{4}-\d{1,2}-\d{1,2}")
#: Fields that are not cells of a row.
OTHER = frozenset({"today", "dates", "scans", "found", "posts_by", "veto"})


def days(text: str) -> list[date]:
    """The dates in a field."""
    return [day for day in map(read_date, DATES.findall(text)) if day]


def example_rules(fields: Mapping[str, str], lexicon: Lexicon, profile: Profile) -> set[str]:
    """The ids of the rules that fire for an example in the lexicon.

    ``dates=2026-03-02 2026-03-20`` is a cadence; ``scans=`` are days of scanning, ``found=`` when a grave finding was
    first found; ``veto=`` an item of the inspection; other fields are a row of a register, ``also_…`` fields a second
    row, ``posts_by=`` who has posts in the archive; ``today`` is the day of the check.
    """
    today = read_date(fields.get("today"))
    if "dates" in fields:
        published = {("示例", "微信"): days(fields["dates"])}
        return {one.rule for one in check_cadence(published, lexicon, profile, until=today or date(2026, 6, 30))}
    if "scans" in fields:
        standing = [Standing("示例", "privacy.resident-id", day) for day in days(fields.get("found", ""))]
        return {one.rule for one in check_monitoring(days(fields["scans"]), standing, lexicon, profile, until=today)}
    if "veto" in fields:
        return {vetoed("示例", fields["veto"].split("，"), lexicon).rule}
    row = {
        "name": "示例",
        "platform": "微信",
        "sponsor": "示例局",
        **{key: value for key, value in fields.items() if not key.startswith("also_") and key not in OTHER},
    }
    rows = [row]
    if also := {key.removeprefix("also_"): value for key, value in fields.items() if key.startswith("also_")}:
        rows.append({**row, **also})
    register = of_rows(rows)
    findings = check(register, lexicon, profile, today or date(2026, 6, 30))
    if names := fields.get("posts_by", "").split():
        findings += [*unregistered(names, register, lexicon), *absent(register, names, lexicon)]
    return {one.rule for one in findings}
