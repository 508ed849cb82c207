"""The charts of a report: SVG by matplotlib, to stand in a page that fetches nothing."""

from __future__ import annotations

import io
import warnings
from collections.abc import Callable
from typing import Any

from govmedia_screen.archive.inspection import data
from govmedia_screen.archive.inspection.model import LEVELS, Inspection
from govmedia_screen.errors import MissingExtra

COLOURS = {"block": "#b3261e", "review": "#e08a00", "note": "#7a8a99"}


def figures(now: Inspection) -> str:
    """The charts."""
    charts: list[tuple[str, Callable[[Any], None]]] = [
        ("各月发现", lambda axes: stacked(axes, now.months)),
        ("每周发布", lambda axes: weekly(axes, now)),
        ("各类别发现", lambda axes: families(axes, now)),
        ("每百篇送审以上发现最多的账号", lambda axes: worst_accounts(axes, now)),
        ("各平台合格与不合格", lambda axes: platforms(axes, now)),
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


def platforms(axes: Any, now: Inspection) -> None:
    """Accounts of each platform that passed, did not, or gave no data."""
    grid = data.passed_grid("平台", now, lambda one: one.platform)
    names = [row[0] for row in grid.rows]
    bottom = [0] * len(names)
    for label, place, colour in (("合格", 2, "#2e7d5b"), ("不合格", 3, COLOURS["block"]), ("未提供数据", 5, "#c9ced3")):
        heights = [row[place] for row in grid.rows]
        axes.bar(names, heights, bottom=bottom, color=colour, label=label, width=0.5)
        bottom = [below + height for below, height in zip(bottom, heights, strict=True)]
    axes.legend(frameon=False, ncols=3, loc="lower center", bbox_to_anchor=(0.5, 1.0))
