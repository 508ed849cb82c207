"""The inspection as one HTML page: charts are inlined SVG by matplotlib, nothing is fetched."""

from __future__ import annotations

import io
import warnings
from collections.abc import Callable
from html import escape
from typing import Any

from govmedia_screen.archive.inspection import data
from govmedia_screen.archive.inspection.inspection import LEVELS, Inspection
from govmedia_screen.errors import MissingExtra

COLOURS = {"block": "#b3261e", "review": "#e08a00", "note": "#7a8a99"}
STYLE = """
body{font:15px/1.7 "PingFang SC","Microsoft YaHei","Noto Sans CJK SC",sans-serif;color:#222;max-width:1180px;margin:2em auto;padding:0 1em}
h1{font-size:1.6em}h2{font-size:1.2em;margin-top:2em;border-left:4px solid #b3261e;padding-left:.5em}
table{border-collapse:collapse;width:100%;font-size:13px}th,td{border:1px solid #ddd;padding:.3em .5em;text-align:left;vertical-align:top;overflow-wrap:anywhere}
th{background:#f4f4f4;white-space:nowrap}td.n{text-align:right}.wide{overflow-x:auto}
.cards{display:flex;flex-wrap:wrap;gap:1em}.cards div{border:1px solid #ddd;border-radius:6px;padding:.6em 1.2em}.cards b{display:block;font-size:1.6em}
figure{margin:1em 0;display:inline-block;max-width:100%}figure svg{max-width:100%;height:auto}.remark{color:#666;font-size:13px}
@media print{body{margin:0;max-width:none}h2{break-after:avoid}tr{break-inside:avoid}}
"""


def page(now: Inspection, before: Inspection | None = None) -> str:
    """The whole page."""
    title = f"{now.quarter.title}政务新媒体检查报告"
    cards = "".join(f"<div>{escape(name)}<b>{value:,}</b></div>" for name, value in data.totals(now))
    sections = [
        ("趋势", figures(now)),
        (
            "否决项",
            table(*data.veto_table(now))
            + '<p class="remark">依据《政府网站与政务新媒体检查指标》的单项否决指标，由程序初筛，须人工核实后认定。</p>',
        ),
        (
            "账号排名",
            table(*data.account_table(now, before))
            + '<p class="remark">排序：否决项少者在前，没有发布的在后，再依次比较每百篇拦截级发现、登记与更新问题、每百篇送审级发现。</p>',
        ),
        ("单位", table(*data.unit_table(now))),
        ("问题类别", table(*data.family_table(now, before))),
        ("问题突出的文章", table(*data.worst_table(now))),
        ("登记与更新", table(*data.check_table(now))),
    ]
    body = "".join(f"<h2>{name}</h2>{content}" for name, content in sections)
    undated = f'<p class="remark">另有 {now.undated} 篇没有发布日期，未计入。</p>' if now.undated else ""
    compared = f"，与{before.quarter.title}比较" if before else ""
    return (
        f'<!DOCTYPE html><html lang="zh-CN"><head><meta charset="utf-8"><title>{escape(title)}</title><style>{STYLE}</style></head><body>'
        f"<h1>{escape(title)}</h1><p>检查期间 {now.quarter.first} 至 {now.quarter.last}{compared}。依据《神木市政务新媒体管理办法》第二十一条。</p>"
        f'<div class="cards">{cards}</div>{undated}{body}</body></html>\n'
    )


def table(head: list[str], rows: list[list[Any]]) -> str:
    """A table; a line that says so if there is nothing in it."""
    if not rows:
        return "<p>无。</p>"
    names = "".join(f"<th>{escape(name)}</th>" for name in head)
    body = "".join(
        "<tr>"
        + "".join(f'<td class="n">{cell}</td>' if isinstance(cell, (int, float)) else f"<td>{escape(str(cell or ''))}</td>" for cell in row)
        + "</tr>"
        for row in rows
    )
    return f'<div class="wide"><table><thead><tr>{names}</tr></thead><tbody>{body}</tbody></table></div>'


def figures(now: Inspection) -> str:
    """The charts."""
    charts: list[tuple[str, Callable[[Any], None]]] = [
        ("各月发现", lambda axes: stacked(axes, now.months)),
        ("每周发布", lambda axes: weekly(axes, now)),
        ("各类别发现", lambda axes: families(axes, now)),
        ("每百篇送审以上发现最多的账号", lambda axes: worst_accounts(axes, now)),
    ]
    return "".join(f"<figure><figcaption>{name}</figcaption>{drawn(draw)}</figure>" for name, draw in charts)


def drawn(draw: Callable[[Any], None]) -> str:
    """A chart as SVG; its text stays text, in the reader's own fonts."""
    try:
        from matplotlib import rc_context
        from matplotlib.backends.backend_svg import FigureCanvasSVG
        from matplotlib.figure import Figure
    except ImportError as error:
        raise MissingExtra("检查报告的图表", "archive") from error
    fonts = ["PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "sans-serif"]
    with rc_context({"svg.fonttype": "none", "svg.hashsalt": "govmedia", "font.family": fonts, "font.size": 9}), warnings.catch_warnings():
        warnings.simplefilter("ignore")  # glyphs that this machine's fonts lack: the reader's have them
        figure = Figure(figsize=(5.6, 3.2), layout="tight")
        FigureCanvasSVG(figure)
        axes = figure.add_subplot()
        draw(axes)
        axes.spines[["top", "right"]].set_visible(False)
        sink = io.StringIO()
        import logging

        log = logging.getLogger("matplotlib.font_manager")
        quiet, log.disabled = log.disabled, True
        try:
            figure.savefig(sink, format="svg", metadata={"Date": None, "Creator": None})
        finally:
            log.disabled = quiet
    return sink.getvalue().partition("<svg")[1] + sink.getvalue().partition("<svg")[2]


def stacked(axes: Any, months: dict[str, Any]) -> None:
    """Findings of each month by level."""
    names = sorted(months)
    bottom = [0] * len(names)
    for level in reversed(LEVELS):
        heights = [months[name][level] for name in names]
        axes.bar(names, heights, bottom=bottom, color=COLOURS[level], label=data.level_name(level), width=0.5)
        bottom = [below + height for below, height in zip(bottom, heights, strict=True)]
    axes.legend(frameon=False, ncols=len(LEVELS), loc="lower center", bbox_to_anchor=(0.5, 1.0))


def weekly(axes: Any, now: Inspection) -> None:
    """Posts of each week."""
    weeks = sorted(now.weeks)
    axes.plot([week[5:] for week in weeks], [now.weeks[week] for week in weeks], color="#33658a", marker="o", markersize=3)
    axes.set_ylim(bottom=0)
    axes.tick_params(axis="x", rotation=60)


def families(axes: Any, now: Inspection) -> None:
    """Findings of each family by level."""
    names = sorted(now.families, key=lambda name: now.families[name].total())[-12:]
    left = [0] * len(names)
    for level in LEVELS:
        widths = [now.families[name][level] for name in names]
        axes.barh([now.names.get(name, name) for name in names], widths, left=left, color=COLOURS[level])
        left = [before + width for before, width in zip(left, widths, strict=True)]


def worst_accounts(axes: Any, now: Inspection) -> None:
    """The accounts with the most findings for their posts."""
    some = sorted((one for one in now.accounts if one.posts and one.per_hundred), key=lambda one: one.per_hundred)[-12:]
    axes.barh([one.name for one in some], [one.per_hundred for one in some], color="#33658a")
