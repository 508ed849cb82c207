"""Pictures of what was measured: ``benchmarks/record/*.csv`` drawn by matplotlib, letters left to the reader's fonts."""

from __future__ import annotations

import csv
import io
import logging
from pathlib import Path

import matplotlib as mpl
from matplotlib.figure import Figure

OURS, OTHERS, BAD = "#3f51b5", "#9fa8da", "#e57373"


def drawn(record: Path) -> dict[str, bytes]:
    """Every picture by its name, as SVG."""
    logging.getLogger("matplotlib.font_manager").setLevel(logging.ERROR)  # where no Chinese font is: the reader's browser has one
    style = {
        "svg.fonttype": "none",
        "svg.hashsalt": "govmedia",
        "font.sans-serif": ["Noto Sans CJK SC", "DejaVu Sans"],
        "axes.spines.top": False,
    }
    with mpl.rc_context({**style, "axes.spines.right": False}):
        return {"speed": speed(record), "official": official(record), "precision": precision(record)}


def rows(path: Path) -> list[dict[str, str]]:
    """A record's rows."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def bars(labels: list[str], values: list[float], colours: list[str], axis: str, form: str) -> bytes:
    """Bars that lie, the first on top, each with its value."""
    figure = Figure(figsize=(8, 0.8 + 0.42 * len(labels)), layout="tight")
    axes = figure.subplots()
    axes.bar_label(axes.barh(labels, values, color=colours, height=0.62), fmt=form, padding=4)
    axes.invert_yaxis()
    axes.set_xlabel(axis)
    axes.margins(x=0.15)
    file = io.BytesIO()
    figure.savefig(file, format="svg", metadata={"Date": None}, transparent=False)
    return file.getvalue()


def speed(record: Path) -> bytes:
    """How many times faster than cutting the same text into words, by length."""
    named = {
        "whole screening, in turns with the peer": "单篇，交替测",
        "whole screening, post after post": "单篇，连着测",
        "screen_many, per post": "批量",
    }
    chosen = [row for row in rows(record / "speed.csv") if row["what"] in named and row["ratio"]]
    labels = [f"{int(row['characters']):,} 字 · {named[row['what']]}" for row in chosen]
    colours = [OURS if "many" in row["what"] else OTHERS for row in chosen]
    return bars(labels, [float(row["ratio"]) for row in chosen], colours, "审完一篇，比 jieba.lcut 切同一篇快几倍", "%.1f×")


def official(record: Path) -> bytes:
    """How much innocent official text is raised for review."""
    named = {
        "posts_official": "央视新闻微博",
        "official_prose": "公文、新闻、答复节选",
        "work_reports": "政府工作报告段落",
        "hard_negatives": "谈买卖、投诉的难例",
        "questions_replies": "对网民的答复",
    }
    chosen = [row for row in rows(record / "quality.csv") if row["corpus"] in named]
    labels = [f"{named[row['corpus']]}（{int(row['posts']):,} 篇）" for row in chosen]
    return bars(
        labels,
        [100 * float(row["raised_share"]) for row in chosen],
        [OURS] * len(chosen),
        "真实官方文字被送审或拦截，%（越少越好）",
        "%.2f %%",
    )


def precision(record: Path) -> bytes:
    """The same terms with and without context: what innocent text is struck."""
    ways = {"terms with context": "词库＋语境", "plain terms (pyahocorasick)": "只做子串匹配"}
    kinds = {"false hits in official text": "官方文字", "false hits in chat": "聊天短信", "cases: innocent sentences": "无辜用例"}
    chosen = [row for row in rows(record / "accuracy.csv") if row["material"] in kinds and row["engine"] in ways]
    labels = [f"{kinds[row['material']]} · {ways[row['engine']]}" for row in chosen]
    colours = [BAD if "plain" in row["engine"] else OURS for row in chosen]
    return bars(labels, [100 * float(row["share"]) for row in chosen], colours, "无辜文字被误伤，%（越少越好）", "%.2f %%")
