"""What the regulation asks of accounts: 第六条 filing, 第七条 conditions, 第八条 one a platform, 第九条 and 第十条 names.

Settings: ``filing_workdays`` (default 5), ``idle_days`` (default 30), ``approved_platforms`` (a list
added to ``lexicons/account/``).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from govmedia_screen.accounts.finding import AccountFinding, found
from govmedia_screen.accounts.naming import Naming
from govmedia_screen.accounts.register import EVENTS, Account, Register
from govmedia_screen.chinese import workdays
from govmedia_screen.finding import Level
from govmedia_screen.lexicon.lexicon import Lexicon
from govmedia_screen.lexicon.lexicon import load as load_lexicon
from govmedia_screen.profile import Profile
from govmedia_screen.profile import load as load_profile

#: 第七条: the column of each condition and its name.
CONDITIONS = {"body": "管理机构", "staff": "专职管理人员", "funds": "经费保障", "rules": "管理制度", "approval": "部门负责人同意"}
#: 非兼职 is no 兼职.
DENIED = re.compile("[非不无未](?:是|得|属)?兼.?")
NONE = frozenset(("无", "否", "没有", "未", "未定", "待定", "不详", "暂无", "/", "-", "—", "×", "0", "空", "不同意"))


def check(
    register: Register, lexicon: Lexicon | None = None, profile: Profile | None = None, today: date | None = None
) -> list[AccountFinding]:
    """Every finding of a register, by row; levels and switches are the profile's.

    Args:
        register: the accounts.
        lexicon: the rules; the shipped ones if None.
        profile: the profile; the default if None.
        today: the day of the check; today if None.
    """
    lexicon, profile = lexicon or load_lexicon(), profile or load_profile()
    today = today or date.today()
    naming = Naming(lexicon, profile.settings)
    findings = [*missing_columns(register, lexicon), *duplicates(register, lexicon), *naming.across(register)]
    for account in register.accounts:
        findings += filing(account, lexicon, profile.settings, today)
        findings += closed(account, lexicon)
        if account.active:
            findings += sponsored(account, lexicon)
            findings += conditions(account, register, lexicon)
            findings += idle(account, lexicon, profile.settings, today)
            findings += naming.of(account)
    return sorted(leveled(findings, profile), key=lambda one: (one.row, one.rule))


def leveled(findings: list[AccountFinding], profile: Profile) -> Iterator[AccountFinding]:
    """The findings at the profile's levels, those switched off left out."""
    from dataclasses import replace

    for finding in findings:
        level = profile.levels.get(finding.rule, finding.level)
        if profile.on(finding.rule.partition(".")[0]) and level is not None:
            yield finding if level == finding.level else replace(finding, level=level)


def filing(account: Account, lexicon: Lexicon, settings: Mapping[str, Any], today: date) -> Iterator[AccountFinding]:
    """第六条: opening, change, stop and cancellation are filed within five working days."""
    limit = int(settings.get("filing_workdays", 5))
    rule = lexicon["account.filing-late"]
    for event, filed, word in EVENTS:
        happened = account.day(event)
        if happened is None:
            if account[event]:
                yield found(lexicon["account.date"], account.name, account.platform, account.row, account[event], f"{word}日期")
            continue
        reported = account.day(filed)
        if reported is None and account[filed] and account[filed] not in NONE:
            yield found(lexicon["account.date"], account.name, account.platform, account.row, account[filed], f"{word}备案日期")
            continue
        if reported is not None and reported < happened:
            text = f"{word} {happened.isoformat()}，备案 {reported.isoformat()}"
            yield found(lexicon["account.filing-order"], account.name, account.platform, account.row, text)
            continue
        days = workdays.between(happened, reported or today)
        if days > limit:
            text = f"{word} {happened.isoformat()}，{'备案 ' + reported.isoformat() if reported else '至今未备案'}"
            exact = "" if workdays.known(happened.year) else "未计节假日调休"
            yield found(
                rule,
                account.name,
                account.platform,
                account.row,
                text,
                f"相隔{days}个工作日，期限{limit}个工作日",
                f"最迟{workdays.add(happened, limit).isoformat()}",
                exact,
            )


def closed(account: Account, lexicon: Lexicon) -> Iterator[AccountFinding]:
    """第六条: an account that is closed has a day on which it was, and a filing of it."""
    if account.active or account["stopped"] or account["cancelled"]:
        return
    filed = account["stopped_filed"] or account["cancelled_filed"]
    lacking = "没有写关停、注销日期" + ("" if filed else "，也没有备案日期")
    yield found(lexicon["account.closed-undated"], account.name, account.platform, account.row, account["status"], lacking)


def sponsored(account: Account, lexicon: Lexicon) -> Iterator[AccountFinding]:
    """第二条: only administrative organs and institutions with administrative functions have such accounts."""
    ending = next((word for word in lexicon.cue("account.not-office").words if account.sponsor.endswith(word)), None)
    if ending:
        yield found(lexicon["account.sponsor"], account.name, account.platform, account.row, account.sponsor, ending)


def missing_columns(register: Register, lexicon: Lexicon) -> Iterator[AccountFinding]:
    """第七条: conditions that the register does not even ask for; told once."""
    lacking = [name for key, name in CONDITIONS.items() if key not in register.columns]
    if lacking and register.accounts:
        yield found(lexicon["account.incomplete"], "（登记表）", "", 1, "、".join(lacking), "登记表没有这些列", level=Level.NOTE)


def conditions(account: Account, register: Register, lexicon: Lexicon) -> Iterator[AccountFinding]:
    """第七条: managing body, staff, funds, rules, the head's consent."""
    lacking = [name for key, name in CONDITIONS.items() if key in register.columns and (not account[key] or account[key] in NONE)]
    if not account.sponsor:
        lacking.insert(0, "主办单位")
    if lacking:
        yield found(lexicon["account.incomplete"], account.name, account.platform, account.row, "、".join(lacking), "未填或为无")
    if word := lexicon.cue("account.part-time").find(DENIED.sub("", account["staff"])):
        yield found(lexicon["account.part-time"], account.name, account.platform, account.row, account["staff"], word)


def duplicates(register: Register, lexicon: Lexicon) -> Iterator[AccountFinding]:
    """第八条: one account a unit and platform."""
    groups: dict[tuple[str, str], list[Account]] = defaultdict(list)
    for account in register.accounts:
        if account.active and account.sponsor and account.platform:
            groups[account.sponsor, account.platform].append(account)
    for accounts in groups.values():
        for account in accounts[1:]:
            others = "、".join(other.name for other in accounts if other is not account)
            yield found(
                lexicon["account.duplicate"],
                account.name,
                account.platform,
                account.row,
                account.sponsor,
                f"同一单位在{account.platform}已有：{others}",
            )


def idle(account: Account, lexicon: Lexicon, settings: Mapping[str, Any], today: date) -> Iterator[AccountFinding]:
    """第八条: accounts that nobody keeps up."""
    updated = account.day("updated")
    limit = int(settings.get("idle_days", 30))
    if updated and (today - updated).days > limit:
        yield found(
            lexicon["account.idle"],
            account.name,
            account.platform,
            account.row,
            account["updated"],
            f"{(today - updated).days}天未更新，限{limit}天",
        )
