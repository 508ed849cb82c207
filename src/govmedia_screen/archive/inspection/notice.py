"""The notice (通报) as an official document has it, before it becomes Word, a web page or sheets.

Who issues it, under which number, by which law and for which place, and by when things are to be mended comes from the
profile's ``settings``; what is not set is left open as offices do in drafts.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from govmedia_screen.archive.inspection import data
from govmedia_screen.archive.inspection.data import Grid
from govmedia_screen.archive.inspection.model import Inspection
from govmedia_screen.chinese import workdays
from govmedia_screen.finding import Level

#: How many problems the annex of the notice lists; the workbook has all.
LISTED = 300
#: How many units a table in the text may have; more become an annex.
UNITS = 12


@dataclass(frozen=True)
class Letter:
    """What the profile says of the notice.

    Attributes:
        office: who issues it.
        number: its document number.
        addressee: to whom.
        region: of which place's accounts it speaks: 全市.
        regulation: the rules that ask for it, with their article.
        mending: within how many working days things are to be mended.
        contact: whom to ask.
        issued: its date.
    """

    office: str
    number: str
    addressee: str
    region: str
    regulation: str
    mending: int
    contact: str
    issued: date

    @classmethod
    def of(cls, settings: Mapping[str, Any], issued: date | None = None, number: str = "") -> Letter:
        """By a profile's settings."""

        def text(key: str, otherwise: str) -> str:
            return str(settings.get(key) or otherwise)

        day = issued or date.today()
        return cls(
            text("office", "（印发机关）"), number or text("notice_number", f"（发文字号）〔{day.year}〕　号"), text("notice_to", "各有关单位"), text("region", "全市"),
            text("inspection_basis", "《神木市政务新媒体管理办法》第二十一条"), int(settings.get("mending_workdays", 10)), text("notice_contact", ""), day,
        )  # fmt: skip


@dataclass
class Notice:
    """A notice.

    Attributes:
        letter: who, when, to whom.
        title: its title.
        blocks: headings (``h``), paragraphs (``p``) and tables, in order.
        annexes: the tables behind the text.
    """

    letter: Letter
    title: str
    blocks: list[tuple[str, str] | Grid] = field(default_factory=list)
    annexes: list[Grid] = field(default_factory=list)


def han_day(day: date) -> str:
    """2026年10月8日."""
    return f"{day.year}年{day.month}月{day.day}日"


def notice(now: Inspection, letter: Letter, before: Inspection | None = None) -> Notice:
    """The notice of an inspection."""
    quarter = now.quarter
    whose = "" if letter.office.startswith("（") else letter.office
    made = Notice(letter, f"{whose}关于{quarter.title}政务新媒体检查情况的通报")
    say = made.blocks.append
    say(("p", f"根据{letter.regulation}，对{letter.region}政务新媒体{quarter.title}的运行情况进行了检查。现将有关情况通报如下。"))
    say(("h", "一、检查概况"))
    for text in overview(now):
        say(("p", text))
    say(data.passed_grid("平台", now, lambda one: one.platform))
    units = data.passed_grid("主办单位", now, lambda one: one.unit)
    if len(units.rows) <= UNITS:
        say(units)
    else:
        made.annexes.append(units)
    say(("h", "二、不合格名单"))
    vetoes = data.veto_grid(now)
    if vetoes.rows:
        say(("p", f"以下{len(now.vetoed)}个账号出现单项否决事项，不合格。每处均注明证据和在归档中的出处。"))
        say(vetoes)
    else:
        say(("p", "本次检查没有发现单项否决事项。"))
    say(("h", "三、存在的主要问题"))
    problems(now, made, before)
    say(("h", "四、运行较好的账号"))
    good = data.good_grid(now)
    say(good if good.rows else ("p", "本次没有各项都无问题、可作示例的账号。"))
    say(("h", "五、上季度问题整改复查"))
    rechecked(now, made)
    say(("h", "六、整改要求"))
    deadline = workdays.add(letter.issued, letter.mending)
    ask = f"，联系人：{letter.contact}" if letter.contact else ""
    by = f"于{han_day(deadline)}前（通报印发之日起{letter.mending}个工作日内）"
    for text in (
        f"有关单位要对照本通报逐条核实整改，{by}将整改情况书面报送{whose or '本机关'}{ask}。对认定有异议的，可在同一期限内附证据提出。",
        "未提供数据的账号，请一并补报本季度的稿件归档。下一次检查将逐条复查。" if now.absent else "下一次检查将逐条复查。",
    ):
        say(("p", text))
    made.annexes = [data.account_grid(now), *made.annexes, data.list_grid("问题清单", now.problems, LISTED)]
    if now.absent:
        made.annexes.append(data.absent_grid(now))
    if now.dead:
        made.annexes.append(data.dead_grid(now))
    made.annexes = [one for one in made.annexes if one.rows]
    return made


def overview(now: Inspection) -> list[str]:
    """What was inspected, how much of it, and what was left out."""
    checked, failed = len(now.accounts), len(now.vetoed)
    strangers = sum(not one.registered for one in now.accounts)
    registered = f"登记在册、正在运行的账号{now.registered}个" + (f"，另有{strangers}个账号有稿件而没有登记" if strangers else "") if now.registered is not None else ""  # fmt: skip
    period = f"检查期间为{han_day(now.quarter.first)}至{han_day(now.quarter.last)}。{registered + '。' if registered else ''}"
    scope = f"实际检查{checked}个账号，涉及{len(now.units)}个主办单位"
    absent = f"；{len(now.absent)}个账号没有提供数据，未作检查，不作评价" if now.absent else ""
    text = [
        f"{period}{scope}{absent}。期间的稿件全部检查，没有抽样，共{now.posts}篇。",
        f"检查的账号中，合格{checked - failed}个，不合格{failed}个，合格率{data.share(checked - failed, checked)}。",
    ]
    left = [
        f"{count}{what}"
        for count, what in (
            (now.undated, "篇没有可以辨认的日期"),
            (now.future, "篇的日期晚于检查之日"),
            (now.unnamed.posts, "篇没有注明账号，不归入任何账号"),
            (now.rejected, "条记录读不出，已另列"),
        )
        if count
    ]
    if left:
        text.append(f"另有{'，'.join(left)}。")
    return text


def problems(now: Inspection, made: Notice, before: Inspection | None) -> None:
    """The problems, by family, and those of register and cadence."""
    say = made.blocks.append
    block, review = now.level("block"), now.level("review")
    if block + review:
        accounts = len({(one.account, one.platform) for one in now.problems})
        text = f"内容方面，发现须拦截的问题{block}处、须送审的问题{review}处，涉及{accounts}个账号。逐条见附件《问题清单》"
        say(("p", f"{text}{f'（共{len(now.problems)}条，附件列前{LISTED}条，其余见检查表格）' if len(now.problems) > LISTED else ''}。"))
        if before:
            past = before.level("block") + before.level("review")
            say(
                (
                    "p",
                    f"与{before.quarter.title}相比，这两类问题由{past}处变为{block + review}处，稿件由{before.posts}篇变为{now.posts}篇。",
                )
            )
        say(data.family_grid(now, before))
    else:
        say(("p", "内容方面，没有发现须拦截、送审的问题。"))
    checks = data.check_grid(now, Level.REVIEW)
    if checks.rows:
        say(("p", f"登记与更新方面，发现问题{len(checks.rows)}处。"))
        say(checks)
    if now.dead:
        say(("p", f"检查时有{len(now.dead)}个链接打不开，见附件。"))


def rechecked(now: Inspection, made: Notice) -> None:
    """What became of the last quarter's problems."""
    say = made.blocks.append
    seen = now.recheck
    if seen is None:
        say(("p", "归档中没有上一季度的数据，未作复查。"))
        return
    if not seen.total:
        say(("p", f"{seen.quarter.title}没有发现须拦截、送审的问题。"))
        return
    if seen.recorded:
        text = f"{seen.quarter.title}查出的{seen.total}处问题中，已改正{seen.mended}处，稿件已删除或不在归档的{seen.removed}处，仍存在{len(seen.remaining)}处。"
    else:
        text = f"{seen.quarter.title}没有留存当时的检查记录；该季度的稿件现在仍能查出问题{len(seen.remaining)}处。"
    say(("p", text))
    if seen.remaining:
        made.annexes.append(data.list_grid(f"{seen.quarter.title}未整改的问题", seen.remaining, LISTED))
