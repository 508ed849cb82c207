"""Inspection: one quarter of a scanned archive, by account and unit (第二十一条：每季度检查、通报).

Counts come from the scan's Parquet files, of which only the parts with days of the quarter are read; the register's
checks and the cadence from ``govmedia_screen.accounts``; what must not happen even once (单项否决) from
《政府网站与政务新媒体检查指标》.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from govmedia_screen.accounts import AccountFinding, Register, check, check_cadence, check_monitoring
from govmedia_screen.accounts.checks import leveled
from govmedia_screen.accounts.finding import found
from govmedia_screen.accounts.monitoring import unregistered, vetoed
from govmedia_screen.archive.catalogue import Catalogue
from govmedia_screen.archive.inspection.coverage import Coverage, Key, Keys, coverage
from govmedia_screen.archive.inspection.model import NOBODY, Account, Inspection, Problem
from govmedia_screen.archive.inspection.quarters import Quarter
from govmedia_screen.archive.store import sums
from govmedia_screen.errors import InputError
from govmedia_screen.lexicon.lexicon import Lexicon
from govmedia_screen.lexicon.lexicon import load as load_lexicon
from govmedia_screen.profile import Profile
from govmedia_screen.profile import load as load_profile
from govmedia_screen.report.masks import mask

POST_COLUMNS = ("account", "platform", "department", "day", "id", "link", "key")
FINDING_COLUMNS = (
    "key", "source", "row", "id", "account", "platform", "title", "link", "day", "rule", "family", "level", "part", "text", "message", "basis",
)  # fmt: skip


def inspect(
    folder: str | Path, quarter: Quarter, register: Register | None = None, lexicon: Lexicon | None = None, profile: Profile | None = None,
    today: date | None = None, *, personal_data: bool = False, dead: Sequence[Mapping[str, str]] = (),
) -> Inspection:  # fmt: skip
    """Inspect one quarter of a scanned archive.

    Args:
        folder: the output folder of a scan.
        quarter: which quarter.
        register: the register of accounts; those of which the archive has nothing are named as 未提供数据.
        lexicon: the rules for register and cadence; the shipped ones if None.
        profile: the profile for them; the default if None.
        today: until when a quarter that is still running is looked at.
        personal_data: whether personal data and secrets that were found are told as they stand, instead of masked.
        dead: links that do not open, from ``dead_links``.

    Raises:
        InputError: the folder is not the output of a scan, or a part of it is missing or altered.
    """
    folder = Path(folder)
    if not (folder / "catalogue.sqlite").is_file():
        raise InputError(f"{folder}: 不是扫描的输出目录，请先运行 govmedia-screen scan … --out {folder}")
    lexicon, profile = lexicon or load_lexicon(), profile or load_profile()
    result = Inspection(quarter, names={family: one.name for family, one in lexicon.families.known.items()})
    key_of = Keys(register)
    until = min(quarter.last, today or date.today())
    with closing(Catalogue(folder / "catalogue.sqlite", write=False)) as catalogue:
        spans, rejected = catalogue.spans(), catalogue.rejected_by_source()
        cover = coverage(spans, rejected, key_of)
        first, last = quarter.first.isoformat(), quarter.last.isoformat()
        parts = sorted(name for name, (begin, end) in cover.parts.items() if begin <= last and end >= first)
        if damaged := catalogue.damaged(lambda name: sums(folder, name), set(parts)):
            raise InputError(f"{folder}: 有 {len(damaged)} 个分片缺失或损坏（{damaged[0]} 等），请重新运行 scan，缺的会重做")
        scans, standing = catalogue.monitored()
    result.undated = sum(one.undated for _, one in spans)
    result.rejected = sum(rejected.values())
    accounts = {key: Account(*key, undated=cover.undated[key]) for key in cover.known}
    for row in rows(folder, "posts", POST_COLUMNS, parts, first, last):
        count_post(accounts, result, row, key_of, until)
    settle_units(accounts, register, cover)
    for row in rows(folder, "findings", FINDING_COLUMNS, parts, first, until.isoformat()):
        count_finding(accounts, result, row, key_of, lexicon, personal_data)
    judge_cadence(accounts, result, cover, lexicon, profile, until)
    enrol(register, accounts, result, lexicon, profile, until)
    for finding in check_monitoring(scans, standing, lexicon, profile, quarter.first, until):
        attach(accounts, result, finding)
    for link in dead:
        told = (link.get("account", ""), link.get("platform", ""), link.get("title", ""), link["link"], link["status"], link.get("at", ""))
        result.dead.append(told)
    present = [one for key, one in accounts.items() if one.covered or one.posts]
    for account in present:
        if account.vetoes:
            account.checks += leveled([vetoed(account.name, account.vetoes, lexicon)], profile)
    result.absent = sorted((one for one in accounts.values() if one not in present), key=lambda one: (one.unit, one.name, one.platform))
    result.accounts = ranked(present)
    return result


def rows(folder: Path, name: str, columns: Sequence[str], parts: Sequence[str], first: str, last: str) -> Iterator[dict[str, Any]]:
    """Rows of the posts or findings with a day from ``first`` to ``last``, part by part."""
    from pyarrow import compute, parquet

    for part in parts:
        day = compute.field("day")
        path = folder / name / f"{part}.parquet"
        yield from parquet.read_table(path, columns=list(columns), filters=(day >= first) & (day <= last)).to_pylist()


def identity_of(row: Mapping[str, Any]) -> str:
    """A text that is the same for the same post, whatever is mended in it."""
    known = (row["account"] or "", row["id"]) if row["id"] else (row["link"],) if row["link"] else (row["key"].hex(),)
    return hashlib.blake2b(repr(known).encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


def count_post(accounts: dict[Key, Account], result: Inspection, row: dict[str, Any], key_of: Keys, until: date) -> None:
    """Count one post of the quarter."""
    day = date.fromisoformat(row["day"])
    if day > until:
        result.future += 1
        return
    account = accounts[key_of(row["account"], row["platform"])] if row["account"] else result.unnamed
    account.posts += 1
    account.days.append(day)
    result.identities.add(identity_of(row))
    result.weeks[(day - timedelta(days=day.weekday())).isoformat()] += 1


def settle_units(accounts: dict[Key, Account], register: Register | None, cover: Coverage) -> None:
    """The unit of each account: the register's, else the one that most of its posts name; and whether it is registered."""
    sponsors = {(one.name, one.platform): one.sponsor for one in register.accounts} if register else {}
    by_name = {name: sponsor for (name, _), sponsor in sponsors.items()}
    for key, account in accounts.items():
        named = cover.units[key]
        account.unit = sponsors.get(key) or by_name.get(account.name) or (max(sorted(named), key=lambda unit: named[unit]) if named else "")
        account.registered = register is None or account.name in by_name


def count_finding(
    accounts: dict[Key, Account], result: Inspection, row: dict[str, Any], key_of: Keys, lexicon: Lexicon, personal_data: bool
) -> None:
    """Count one finding of the quarter; from REVIEW up it is a problem."""
    account = accounts[key_of(row["account"], row["platform"])] if row["account"] else result.unnamed
    level, family = row["level"], row["family"]
    account.levels[level] += 1
    account.families[family] += 1
    result.months.setdefault(row["day"][:7], Counter())[level] += 1
    result.families.setdefault(family, Counter())[level] += 1
    if level == "note":
        return
    text, title = row["text"] or "", row["title"] or ""
    shown = text if personal_data else masked(row, lexicon)
    identity = identity_of(row)
    problem = Problem(
        account.name, account.platform, account.unit, family, row["rule"], level, row["message"], row["basis"], shown, row["day"],
        title.replace(text, shown) if text and row["part"] == "title" else title, row["id"] or "", row["link"] or "", row["source"], row["row"],
        identity, hashlib.blake2b(f"{identity}|{row['rule']}|{text}".encode("utf-8", "surrogatepass"), digest_size=8).hexdigest(),
        result.names.get(family, family), (lexicon.veto(row["rule"]) or None) if level == "block" else None,
    )  # fmt: skip
    result.problems.append(problem)
    if problem.veto and account is not result.unnamed:
        account.vetoes[problem.veto] += 1


def masked(row: Mapping[str, Any], lexicon: Lexicon) -> str:
    """The words of a finding as a notice may have them: what it warns of is not told again."""
    text = row["text"] or ""
    rule, family = lexicon.rules.get(row["rule"]), lexicon.families.of(row["family"])
    if rule:
        hides = rule.traits.masked or rule.traits.hidden
        return mask(rule.traits.mask or "whole", text) if hides else text
    return mask("whole", text) if family.masked or family.hidden else text


def judge_cadence(
    accounts: dict[Key, Account], result: Inspection, cover: Coverage, lexicon: Lexicon, profile: Profile, until: date
) -> None:
    """How often each account published, on the days of which there is data; what cannot be judged is remarked."""
    for key, account in accounts.items():
        account.covered = cover.days(key, result.quarter.first, until)
        if account.undated:
            account.remarks.append(f"有{account.undated}篇没有可以辨认的日期，更新频次没有判定")
        unread = sorted(cover.known[key] & cover.unread)
        if unread:
            account.remarks.append(f"{unread[0]} 里有记录读不出，更新频次没有判定")
        if not account.covered:
            continue
        begin, end = account.covered
        if (begin - result.quarter.first).days > 7 or (until - end).days > 7:
            account.remarks.append(f"归档只有{begin.isoformat()}至{end.isoformat()}的数据，其余日子没有判定")
        if account.undated or unread:
            continue
        for finding in check_cadence({key: account.days}, lexicon, profile, begin, end):
            account.checks.append(finding)
            account.vetoes.update(filter(None, [lexicon.veto(finding.rule)]))


def enrol(
    register: Register | None, accounts: dict[Key, Account], result: Inspection, lexicon: Lexicon, profile: Profile, today: date
) -> None:
    """Take the register in: accounts without data, accounts that it does not know, and what it says against each."""
    if register is None:
        return
    open_accounts = [one for one in register.accounts if one.active]
    result.registered = len(open_accounts)
    published = {name for name, _ in accounts}
    nowhere = [name for name, platform in accounts if not platform]
    strangers = [*unregistered([name for name in published if name != NOBODY], register, lexicon)]
    for one in open_accounts:
        key = (one.name, one.platform)
        if key not in accounts and one.name not in nowhere:
            accounts[key] = Account(one.name, one.platform, one.sponsor)
            strangers.append(found(lexicon["inspection.absent"], one.name, one.platform, one.row, one.name))
    for finding in (*check(register, lexicon, profile, today), *leveled(strangers, profile)):
        attach(accounts, result, finding)


def attach(accounts: dict[Key, Account], result: Inspection, finding: AccountFinding) -> None:
    """Put a finding to the account that it is about: on its platform, else to the one of that name with the gravest problems."""
    known = accounts.get((finding.account, finding.platform))
    alike = [one for (name, _), one in accounts.items() if name == finding.account]
    if known is None and alike and (not finding.platform or len(alike) == 1):
        known = max(alike, key=lambda one: (one.levels["block"], one.posts))
    (known.checks if known else result.register).append(finding)


def ranked(accounts: Sequence[Account]) -> list[Account]:
    """The accounts, the best first; equal ones share a rank."""
    result = sorted(accounts, key=lambda one: (*one.order, one.name, one.platform))
    for place, account in enumerate(result):
        equal = place and result[place - 1].order == account.order
        account.rank = result[place - 1].rank if equal else place + 1
    return result
