"""Parts after 其中 that exceed their total, or, where two make up the whole, miss it.

Parts may overlap (党员, 妇女) and need not be complete, so only what cannot be is told: one part larger than all; two
or three that shut each other out (省内, 省外, 境外) and together are more; two opposites that are less.
"""

from __future__ import annotations

from collections.abc import Iterator

from govmedia_screen.system.lazy import pattern

SCALES = {None: 1.0, "万": 1e4, "亿": 1e8}
UNIT = "人次|人|户|个|家|件|项|亩|万元|元|名|位|次|处|篇|起|辆|台|公里|吨|所|场|宗|例"
FIGURE = r"\d{1,3}(?:,\d{3}){1,3}(?:\.\d{1,4})?|\d{1,9}(?:\.\d{1,4})?"
WHOLE = pattern(rf"(?<![\d.,])(?P<figure>{FIGURE})(?P<scale>[万亿])?(?P<unit>{UNIT})[^，。；\d]{{0,6}}[，,（(]\Z")
PART = pattern(
    rf"(?P<label>[\u4e00-\u9fff“”]{{1,10}}?)(?P<figure>{FIGURE})(?P<scale>[万亿])?(?P<unit>{UNIT})?(?P<mark>[、，,和]|(?=[。；）)\n])|\Z)"
)
#: Words that shut each other out; the first kind also make up the whole.
OPPOSITES = (
    ("男", "女"),
    ("城镇", "农村"),
    ("城镇", "乡村"),
    ("省内", "省外"),
    ("市内", "市外"),
    ("县内", "县外"),
    ("国内", "国外"),
    ("国内", "境外"),
)
APART = (
    ("省内", "省外", "境外"), ("市内", "省内", "省外"), ("本科", "专科", "硕士", "博士"), ("小学", "初中", "高中"), ("新建", "改建", "扩建", "续建"),
    ("特困", "低保"), ("轻伤", "重伤", "死亡"), ("一级", "二级", "三级"), ("第一产业", "第二产业", "第三产业"),
)  # fmt: skip
#: What makes a part something else than a part.
LOOSE = pattern("[约近超逾余增减降升比占至到每均]|累计|以上|以下|最|同比|环比")
LONGEST = 120
#: Before a figure: it is a change, or one end of a span, not the total.
CHANGE = pattern(r"[增减升降比差多少-]|提高|下调|上调")


def parts(raw: str, start: int, end: int) -> Iterator[tuple[int, int, str]]:
    """The parts after 其中 at ``raw[start:end]`` that do not fit their total: where, and what they make."""
    whole = WHOLE.search(raw, max(0, start - 24), start)
    if not whole or CHANGE.search(raw, max(0, whole.start() - 8), whole.start()) or whole["figure"][0] == "0":
        return
    total = value(whole["figure"], whole["scale"])
    labels: list[str] = []
    values: list[float] = []
    place = end + (raw[end : end + 1] in "：:，,")
    while place - end < LONGEST and (part := PART.match(raw, place)):
        unit = part["unit"]
        if LOOSE.search(part["label"]) or (unit and unit != whole["unit"]):
            return
        labels.append(part["label"])
        values.append(value(part["figure"], part["scale"] or (whole["scale"] if not unit else None)))
        place = part.end()
        if part["mark"] not in ("、", "，", ",", "和"):
            break
    else:
        return
    made = sum(values)
    grain = 0.5 * len(values) * (SCALES[whole["scale"]] / 10 ** len(whole["figure"].partition(".")[2]) if "." in whole["figure"] else 0)
    if any(one > total + 1e-6 for one in values):
        yield whole.start(), place, f"{max(values):g}＞{total:g}"
    elif (fits(labels, OPPOSITES) and len(values) == 2 and abs(made - total) > grain + 1e-6) or (
        fits(labels, APART) and made > total + grain + 1e-6
    ):
        yield whole.start(), place, f"合计{made:g}"


def fits(labels: list[str], sets: tuple[tuple[str, ...], ...]) -> bool:
    """Whether each label names another member of one set."""
    for members in sets:
        named = [[member for member in members if member in label] for label in labels]
        if all(len(found) == 1 for found in named) and len({found[0] for found in named}) == len(labels) >= 2:
            return True
    return False


def value(figure: str, scale: str | None) -> float:
    """What a figure amounts to."""
    return float(figure.replace(",", "")) * SCALES[scale]
