"""An evaluation for people: a table for the terminal, a page that opens offline."""

from __future__ import annotations

from html import escape

from govmedia_screen.training.data import CLASSES
from govmedia_screen.training.evaluation import Bin, Evaluation, Row

NAMES = {"official": "政务信息", "commercial": "商业推广", "opinion": "个人观点"}
COLOURS = {"commercial": "#b3541e", "opinion": "#2b6cb0"}
SIZE, EDGE = 320, 40
STYLE = """
body{font:15px/1.6 system-ui,"PingFang SC","Microsoft YaHei",sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#222}
table{border-collapse:collapse;margin:.5rem 0 1.5rem;width:100%}th,td{border-bottom:1px solid #ddd;padding:.25rem .6rem;text-align:right}
th:first-child,td:first-child,td.text{text-align:left}td.low{color:#b00020;font-weight:600}figure{display:inline-block;margin:0 1rem 1rem 0}
figcaption{text-align:center;color:#555}
"""
#: A share below this is shown as weak.
WEAK = 0.75


def text(evaluation: Evaluation) -> str:
    """The figures as a table for a terminal."""
    limits = "，".join(f"{NAMES[label]} ≥ {value:.3f}" for label, value in evaluation.thresholds.items())
    lines = [f"模型 {evaluation.model}（阈值：{limits}）", f"各类语料平均准确率：{evaluation.accuracy:.3f}", ""]
    lines.append(f"{'语料':<36}{'类别':<10}{'条数':>6}{'准确率':>8}{'报商业':>8}{'报观点':>8}")
    for row in (*evaluation.classes, *evaluation.bands, *evaluation.kinds, *evaluation.corpora):
        shares = "".join(f"{row.raised[label]:>10.3f}" for label in evaluation.thresholds)
        lines.append(f"{row.name:<38}{NAMES[row.label]:<8}{row.count:>6}{row.accuracy:>10.3f}{shares}")
    lines += ["", "混淆（行：实际，列：判为 " + "、".join(NAMES[name] for name in CLASSES) + "）"]
    lines += [
        f"{NAMES[name]:<8}" + "".join(f"{count:>8}" for count in row) for name, row in zip(CLASSES, evaluation.confusion, strict=True)
    ]
    lines += ["", "判错最有把握的："]
    for mistake in evaluation.mistakes:
        brief = mistake.text.replace("\n", " ")[:50]
        lines.append(f"  {NAMES[mistake.label]}→{NAMES[mistake.predicted]}  {brief}  〔{'、'.join(mistake.evidence)}〕")
    return "\n".join(lines) + "\n"


def html(evaluation: Evaluation) -> str:
    """A page by itself."""
    title = f"模型评测：{escape(evaluation.model)}"
    limits = "，".join(f"{NAMES[label]} {value:.3f}" for label, value in evaluation.thresholds.items())
    parts = [
        f'<!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>{title}</title><style>{STYLE}</style><h1>{title}</h1>',
        f"<p>各类语料平均准确率 <b>{evaluation.accuracy:.3f}</b>；送审阈值：{limits}。</p>",
        "<h2>分类</h2>" + table(evaluation.classes, evaluation.thresholds),
        "<h2>精确率与召回率</h2>" + "".join(picture(label, evaluation) for label in evaluation.thresholds),
        "<h2>校准</h2>" + "".join(calibration(label, evaluation.calibration) for label in evaluation.thresholds),
        "<h2>混淆</h2>" + confusion(evaluation),
        "<h2>按长短</h2>" + table(evaluation.bands, evaluation.thresholds),
        "<h2>按种类</h2>" + table(evaluation.kinds, evaluation.thresholds),
        "<h2>各语料</h2>" + table(evaluation.corpora, evaluation.thresholds),
        "<h2>判错最有把握的</h2>" + errors(evaluation),
    ]
    return "\n".join(parts) + "</html>\n"


def table(rows: tuple[Row, ...], labels: dict[str, float]) -> str:
    """Rows of figures."""
    head = "".join(f"<th>报{NAMES[label]}</th>" for label in labels)
    body = "".join(
        f"<tr><td>{escape(row.name or '（未注明）')}</td><td>{NAMES[row.label]}</td><td>{row.count}</td>"
        f"<td{' class=low' if row.accuracy < WEAK else ''}>{row.accuracy:.3f}</td>"
        + "".join(f"<td>{row.raised[label]:.3f}</td>" for label in labels)
        + "</tr>"
        for row in rows
    )
    return f"<table><tr><th>名称</th><th>类别</th><th>条数</th><th>准确率</th>{head}</tr>{body}</table>"


def picture(label: str, evaluation: Evaluation) -> str:
    """One precision-recall curve, with the place of the model's threshold."""
    points = evaluation.curves[label]
    if not points:
        return ""
    path = " ".join(f"{x(recall):.1f},{y(precision):.1f}" for recall, precision, _ in points)
    limit = evaluation.thresholds[label]
    mark = min(points, key=lambda point: abs(point[2] - limit))
    dot = f'<circle cx="{x(mark[0]):.1f}" cy="{y(mark[1]):.1f}" r="5" fill="{COLOURS[label]}"/>'
    line = f'<polyline points="{path}" fill="none" stroke="{COLOURS[label]}" stroke-width="2"/>'
    return figure(line + dot, "召回率", "精确率", f"{NAMES[label]}（圆点：阈值 {limit:.3f}）")


def calibration(label: str, bins: tuple[Bin, ...]) -> str:
    """What was said against what came true; on the diagonal they agree."""
    mine = [one for one in bins if one.label == label]
    dots = "".join(
        f'<circle cx="{x(one.said):.1f}" cy="{y(one.true):.1f}" r="4" fill="{COLOURS[label]}"><title>{one.count} 条</title></circle>'
        for one in mine
    )
    diagonal = f'<line x1="{x(0)}" y1="{y(0)}" x2="{x(1)}" y2="{y(1)}" stroke="#bbb" stroke-dasharray="4"/>'
    return figure(diagonal + dots, "模型给出的概率", "实际比例", NAMES[label])


def figure(content: str, across: str, up: str, caption: str) -> str:
    """A unit square with its axes named."""
    whole = SIZE + 2 * EDGE
    frame = f'<rect x="{EDGE}" y="{EDGE}" width="{SIZE}" height="{SIZE}" fill="none" stroke="#999"/>'
    names = (
        f'<text x="{whole / 2}" y="{whole - 8}" text-anchor="middle">{across}</text>'
        f'<text x="14" y="{whole / 2}" text-anchor="middle" transform="rotate(-90 14 {whole / 2})">{up}</text>'
    )
    ticks = "".join(
        f'<text x="{x(tick)}" y="{EDGE + SIZE + 16}" text-anchor="middle" font-size="11">{tick}</text>'
        f'<text x="{EDGE - 4}" y="{y(tick) + 4}" text-anchor="end" font-size="11">{tick}</text>'
        for tick in (0, 0.5, 1)
    )
    svg = f'<svg width="{whole}" height="{whole}" role="img" aria-label="{caption}">{frame}{ticks}{content}{names}</svg>'
    return f"<figure>{svg}<figcaption>{caption}</figcaption></figure>"


def x(share: float) -> float:
    """Where a share stands across."""
    return EDGE + share * SIZE


def y(share: float) -> float:
    """Where a share stands upwards."""
    return EDGE + (1 - share) * SIZE


def confusion(evaluation: Evaluation) -> str:
    """True classes down, predicted ones across."""
    head = "".join(f"<th>判为{NAMES[name]}</th>" for name in CLASSES)
    body = "".join(
        f"<tr><td>{NAMES[name]}</td>" + "".join(f"<td>{count}</td>" for count in row) + "</tr>"
        for name, row in zip(CLASSES, evaluation.confusion, strict=True)
    )
    return f"<table><tr><th>实际</th>{head}</tr>{body}</table>"


def errors(evaluation: Evaluation) -> str:
    """The worst mistakes with their evidence."""
    body = "".join(
        f"<tr><td>{NAMES[one.label]} → {NAMES[one.predicted]}</td><td class=text>{escape(one.text[:200])}</td>"
        f"<td class=text>{escape('、'.join(one.evidence))}</td><td>{escape(one.domain)}</td></tr>"
        for one in evaluation.mistakes
    )
    return f"<table><tr><th>实际 → 判为</th><th>文字</th><th>依据</th><th>语料</th></tr>{body}</table>"
