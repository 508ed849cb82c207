"""The inspection as web pages: a report with charts for who reads it, and the notice; nothing is fetched, no script runs."""

from __future__ import annotations

from html import escape
from typing import Any

from govmedia_screen.archive.inspection import data
from govmedia_screen.archive.inspection.charts import figures
from govmedia_screen.archive.inspection.data import Grid
from govmedia_screen.archive.inspection.model import Inspection
from govmedia_screen.archive.inspection.notice import Letter, Notice, han_day

STYLE = """
body{font:15px/1.7 "PingFang SC","Microsoft YaHei","Noto Sans CJK SC",sans-serif;color:#222;max-width:1180px;margin:2em auto;padding:0 1em}
h1{font-size:1.6em}h2{font-size:1.2em;margin-top:2em;border-left:4px solid #b3261e;padding-left:.5em}
table{border-collapse:collapse;width:100%;font-size:13px}th,td{border:1px solid #ddd;padding:.3em .5em;text-align:left;vertical-align:top;overflow-wrap:anywhere;min-width:2.5em}
th{background:#f4f4f4}td.n{text-align:right}.wide{overflow-x:auto}caption{font-weight:bold;padding:.4em;caption-side:top}
.cards{display:flex;flex-wrap:wrap;gap:1em}.cards div{border:1px solid #ddd;border-radius:6px;padding:.6em 1.2em}.cards b{display:block;font-size:1.6em}
figure{margin:1em 0;display:inline-block;max-width:100%}figure svg{max-width:100%;height:auto}.remark{color:#666;font-size:13px}
nav a{margin-right:1em}details summary{cursor:pointer;color:#33658a}
@media print{body{margin:0;max-width:none}h2{break-after:avoid}tr{break-inside:avoid}nav{display:none}}
"""
LETTER_STYLE = """
body{font:21px/1.75 FangSong,"FangSong_GB2312","Noto Serif CJK SC",serif;color:#111;max-width:900px;margin:2em auto;padding:0 1em}
.office{color:#c00000;font:bold 40px/1.4 "FZXiaoBiaoSong-B05S",SimSun,"Noto Serif CJK SC",serif;text-align:center;margin:.5em 0 .3em}
.number{text-align:center;border-bottom:3px solid #c00000;padding-bottom:.4em;margin:0}
h1{font:bold 29px/1.5 "FZXiaoBiaoSong-B05S",SimSun,"Noto Serif CJK SC",serif;text-align:center;margin:1.2em 0 .2em}
h2{font:bold 21px/1.75 SimHei,"Noto Sans CJK SC",sans-serif;text-indent:2em;margin:.6em 0 0}p{text-indent:2em;margin:0}p.to,.draft,.number{text-indent:0}
.draft{text-align:center}.sign{text-align:right;padding-right:2em;margin:0}section{margin-top:3em}
.wide{overflow-x:auto;margin:.6em 0}table{border-collapse:collapse;width:100%;font:13px/1.5 "Noto Sans CJK SC","Microsoft YaHei",sans-serif}
caption{font-weight:bold;font-size:16px;padding:.3em}th,td{border:1px solid #333;padding:.25em .4em;vertical-align:top;overflow-wrap:anywhere;min-width:2.2em}
th{background:#f2f2f2}td.n{text-align:center}
@media print{body{margin:0;max-width:none}section{break-before:page}tr{break-inside:avoid}thead{display:table-header-group}}
"""
#: How many rows a table of the report shows before the others are folded away.
OPEN = 40


def document(title: str, style: str, body: str) -> str:
    """A page."""
    return (
        f'<!DOCTYPE html><html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">'
        f"<title>{escape(title)}</title><style>{style}</style></head><body>{body}</body></html>\n"
    )


def page(now: Inspection, before: Inspection | None = None, letter: Letter | None = None) -> str:
    """The report: numbers, charts, every table."""
    letter = letter or Letter.of({})
    title = f"{now.quarter.title}政务新媒体检查报告"
    cards = "".join(f"<div>{escape(name)}<b>{value:,}</b></div>" for name, value in data.totals(now))
    sections = [
        ("图表", figures(now)),
        (
            "不合格名单",
            table(data.veto_grid(now))
            + '<p class="remark">依据《政府网站与政务新媒体检查指标》的单项否决指标，由程序初筛，须人工核实后认定。</p>',
        ),
        (
            "账号检查情况",
            table(data.account_grid(now, before))
            + '<p class="remark">排序：否决项少者在前，没有发布的在后，再依次比较每百篇拦截级发现、登记与更新问题、每百篇送审级发现。没有注明账号的稿件不计。</p>',
        ),
        ("未提供数据的账号", table(data.absent_grid(now)) + '<p class="remark">归档里没有它们的稿件，没有检查，不作评价。</p>'),
        ("运行较好的账号", table(data.good_grid(now))),
        ("各平台", table(data.passed_grid("平台", now, lambda one: one.platform))),
        ("各主办单位", table(data.passed_grid("主办单位", now, lambda one: one.unit))),
        ("问题类别", table(data.family_grid(now, before))),
        ("问题清单", table(data.problem_grid("问题清单", now.problems, 1000))),
        ("登记与更新", table(data.check_grid(now))),
    ]
    if now.recheck:
        sections.append(("上季度未整改的问题", table(data.problem_grid("上季度未整改的问题", now.recheck.remaining))))
    if now.dead:
        sections.append(("打不开的链接", table(data.dead_grid(now))))
    links = "".join(f'<a href="#s{number}">{name}</a>' for number, (name, _) in enumerate(sections))
    body = "".join(f'<h2 id="s{number}">{name}</h2>{content}' for number, (name, content) in enumerate(sections))
    left = (
        (now.undated, "篇没有可以辨认的日期"),
        (now.future, "篇的日期晚于检查之日"),
        (now.unnamed.posts, "篇没有注明账号"),
        (now.rejected, "条记录读不出"),
    )
    said = "，".join(f"{count} {what}" for count, what in left if count)
    remark = f'<p class="remark">另有{said}。</p>' if said else ""
    compared = f"，与{before.quarter.title}比较" if before else ""
    top = (
        f"<h1>{escape(title)}</h1><p>检查期间 {now.quarter.first} 至 {now.quarter.last}{compared}。依据{escape(letter.regulation)}。</p>"
        f'<nav>{links}</nav><div class="cards">{cards}</div>{remark}'
    )
    return document(title, STYLE, top + body)


def letter_page(made: Notice) -> str:
    """The notice as a page that prints as an official document."""
    letter = made.letter
    number = 0
    pieces = [
        f'<div class="office">{escape(letter.office)}</div><p class="number">{escape(letter.number)}</p><h1>{escape(made.title)}</h1>',
        f'<p class="draft">（草稿，经核实、签发后印发）</p><p class="to">{escape(letter.addressee)}：</p>',
    ]
    for block in made.blocks:
        if isinstance(block, Grid):
            number += 1
            pieces.append(table(block, f"表{number}　{block.caption}"))
        else:
            pieces.append(f"<{'h2' if block[0] == 'h' else 'p'}>{escape(block[1])}</{'h2' if block[0] == 'h' else 'p'}>")
    pieces += [
        f"<p>{'附件：' if place == 1 else '　　　'}{place}. {escape(grid.caption)}</p>" for place, grid in enumerate(made.annexes, 1)
    ]
    pieces.append(f'<p>　</p><p class="sign">{escape(letter.office)}</p><p class="sign">{han_day(letter.issued)}</p>')
    pieces += [f"<section><h2>附件{place}</h2>{table(grid, grid.caption)}</section>" for place, grid in enumerate(made.annexes, 1)]
    return document(made.title, LETTER_STYLE, "".join(pieces))


def table(grid: Grid, caption: str = "") -> str:
    """A table; a line that says so if there is nothing in it."""
    if not grid.rows:
        return "<p>无。</p>"
    names = "".join(f"<th>{escape(name)}</th>" for name in grid.head)
    top = f"<caption>{escape(caption)}</caption>" if caption else ""
    whole = bool(caption) or len(grid.rows) <= OPEN
    first, rest = (grid.rows, []) if whole else (grid.rows[:OPEN], grid.rows[OPEN:])
    shown = f'<div class="wide"><table>{top}<thead><tr>{names}</tr></thead><tbody>{lines(first)}</tbody></table></div>'
    if rest:
        more = f'<div class="wide"><table><thead><tr>{names}</tr></thead><tbody>{lines(rest)}</tbody></table></div>'
        shown += f"<details><summary>其余 {len(rest)} 行</summary>{more}</details>"
    return shown


def lines(rows: list[list[Any]]) -> str:
    """The rows of a table."""
    return "".join(
        "<tr>"
        + "".join(f'<td class="n">{cell}</td>' if isinstance(cell, (int, float)) else f"<td>{escape(str(cell or ''))}</td>" for cell in row)
        + "</tr>"
        for row in rows
    )
