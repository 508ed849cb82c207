"""Parts that do not make up the total beside them, in a sentence and in a table.

Only what parses fully is judged: in a sentence at least three parts of one unit right before 共计, 合计 or 总计;
in a table a column whose cells are all numbers. Rounded parts may miss their total by half a unit each.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from govmedia_screen.system.lazy import pattern

SCALES = {"": 1.0, "万": 1e4, "亿": 1e8, "万亿": 1e12}
FIGURE = r"(?P<figure>\d{1,3}(?:,\d{3}){1,4}(?:\.\d{1,4})?|\d{1,12}(?:\.\d{1,6})?)(?P<scale>万亿|[万亿])?"
TOTAL = pattern(rf"(?:共计|合计|总计)[：:为达]?{FIGURE}(?P<unit>[\u4e00-\u9fff])")
PART = pattern(rf"[^\d]{{0,20}}{FIGURE}(?P<unit>[\u4e00-\u9fff])[^\d、，,]{{0,3}}")
#: What makes of a list something else than the parts of its total.
LOOSE = pattern("[等比占增减升降均每约近余超逾多]|其中|累计|以上|以下|分别|总投资|至|到")
STOPS = "。；;：:！？\n"
PARTED = pattern(r"[、，]|,(?!\d{3})")
PRIZES = pattern(
    r"(?<![奖\d.,])(?P<total>\d{1,5})(?P<unit>[个名件项篇幅部人组份首])[^；\d]{0,16}?"
    r"(?P<list>(?:(?:特等|特别|金)奖\d{1,4}(?P=unit)[、，])?一等奖\d{1,4}(?P=unit)[、，]二等奖\d{1,4}(?P=unit)[、，和]三等奖\d{1,4}(?P=unit)"
    r"(?:[、，和](?:优秀|优胜|入围|提名|鼓励|优异|纪念|组织|优秀组织)奖\d{1,4}(?P=unit)){0,3})(?=[。；！）)\n]|\Z)"
)
NAMES = ("合计", "总计", "共计", "小计")
CELL = pattern(r"[-+]?(?:\d{1,3}(?:,\d{3}){1,5}|\d{1,15})(?:\.\d{1,8})?")
#: Columns whose cells do not add up.
UNSUMMED = pattern("[率比均价号年]|排名|名次|序|占|指数|%|％|单位|密度|标准|系数|税|折")
#: A row that heads others.
RANKED = pattern(r"[一二三四五六七八九十]{1,2}[、.．]|[（(][一二三四五六七八九十]{1,2}[）)]")
#: How many characters a row may have, and how many rows a table.
LONGEST_ROW, MOST_ROWS = 400, 200


def in_sentence(raw: str, start: int) -> Iterator[tuple[int, int, str]]:
    """A total right after its parts that they do not make up: where, and what they make."""
    match = TOTAL.match(raw, start)
    if not match:
        return
    begin = max(max(raw.rfind(stop, max(0, start - 200), start) for stop in STOPS) + 1, start - 200, 0)
    before = raw[begin:start].rstrip("，, ")
    if LOOSE.search(before):
        return
    pieces = PARTED.split(before)
    parts: list[re.Match[str]] = []
    for piece in reversed(pieces):
        part = PART.fullmatch(piece)
        if not part or part["unit"] != match["unit"]:
            break
        parts.append(part)
    rest = "".join(pieces[: len(pieces) - len(parts)])
    if len(parts) < 3 or any(char.isdigit() for char in rest):
        return
    values = [value(part) for part in parts]
    total = value(match)
    grains = [grain(figure) for figure in (match, *parts)]
    slack = 0.0 if set(grains) == {1.0} else sum(grains) / 2  # rounded figures
    made = 0.0
    for size, one in enumerate(values, 1):
        made += one
        if size >= 2 and abs(made - total) <= slack + 1e-6:
            return
    yield begin + before.index(pieces[len(pieces) - len(parts)]), match.end(), f"合计应为{made:g}"


def prizes(raw: str, start: int) -> Iterator[tuple[int, int, str]]:
    """Prizes by grade that do not make up the number of all; ``start`` is that of 一等奖."""
    for match in PRIZES.finditer(raw, max(0, start - 40), start + 120):
        made = sum(map(int, re.findall(r"\d+", match["list"])))
        if made != int(match["total"]):
            yield *match.span(), f"合计应为{made}"


def value(match: re.Match[str]) -> float:
    """What a figure amounts to."""
    return float(match["figure"].replace(",", "")) * SCALES[match["scale"] or ""]


def grain(match: re.Match[str]) -> float:
    """The unit of a figure's last place."""
    return float(SCALES[match["scale"] or ""] / 10 ** len(match["figure"].partition(".")[2]))


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a table.

    Attributes:
        text: what stands in it, without spaces around.
        start: where that begins in the part.
    """

    text: str
    start: int

    @property
    def number(self) -> float | None:
        """Its number, 0 for an empty one or a dash, None for anything else."""
        if self.text in ("", "-", "—", "——", "－", "/", "0"):
            return 0.0
        return float(self.text.replace(",", "")) if CELL.fullmatch(self.text) else None


def in_table(raw: str, place: int) -> Iterator[tuple[int, int, str]]:
    """Totals of the table that has 合计 at ``place`` which their column does not make up: where, and what it makes."""
    rows = table_around(raw, place)
    last = next((number for number, row in enumerate(rows) if row[0].start <= place <= row[-1].start + len(row[-1].text)), 0)
    if len(rows) < 5 or not last:
        return
    total = rows[last]
    label = next((number for number, cell in enumerate(total) if plain(cell.text) in NAMES), -1)
    body = rows[1:last] if last > 1 else rows[2:]
    if label < 0 or plain(total[label].text) == "小计" or not is_flat(body, label):
        return
    for column in range(label + 1, len(total)):
        if UNSUMMED.search(rows[0][column].text) or rows[0][column].number is not None:
            continue
        made = column_sums(body, column, label)
        given = total[column].number
        if made and given and all(abs(one - given) > slack_of(body, column) for one in made):
            cell = total[column]
            yield cell.start, cell.start + len(cell.text), f"合计应为{made[0]:.10g}"


def is_flat(body: Sequence[Sequence[Cell]], label: int) -> bool:
    """Whether no row is a part of another (其中, 一、 above 1.), subtotals apart."""
    labels = [plain(cell.text) for row in body for cell in row[: label + 1] if plain(cell.text) not in NAMES]
    ranked = [bool(RANKED.match(one)) for one in labels]
    return not any(one.startswith("其中") or one in NAMES[:3] for one in labels) and (not any(ranked) or all(ranked))


def column_sums(body: Sequence[Sequence[Cell]], column: int, label: int) -> tuple[float, ...]:
    """What a column's cells make: all of them, or, where there are subtotals, either kind; nothing if one is no number."""
    plain_cells: list[float] = []
    subtotals: list[float] = []
    for row in body:
        number = row[column].number
        if number is None:
            return ()
        (subtotals if any(plain(cell.text) == "小计" for cell in row[: label + 2]) else plain_cells).append(number)
    if sum(number != 0 for number in plain_cells) < 3:
        return ()
    return (sum(plain_cells), sum(subtotals)) if subtotals else (sum(plain_cells),)


def slack_of(body: Sequence[Sequence[Cell]], column: int) -> float:
    """How far a total may be off because its parts are rounded."""
    places = max(len(row[column].text.partition(".")[2]) for row in body)
    return 0.5 * (len(body) + 1) / 10**places if places else 1e-6


def table_around(raw: str, place: int) -> list[list[Cell]]:
    """The rows around a place that have as many cells as its own; separated by | or tabs."""
    begin = raw.rfind("\n", 0, place) + 1
    first = cells(raw, begin)
    if len(first) < 2:
        return []
    above: list[list[Cell]] = []
    below: list[list[Cell]] = []
    at = begin
    while at > 0 and len(above) < MOST_ROWS:
        at = raw.rfind("\n", 0, at - 1) + 1
        row = cells(raw, at)
        if len(row) != len(first) and not is_rule(row):
            break
        if not is_rule(row):
            above.append(row)
    at = raw.find("\n", begin) + 1
    while at and len(below) < MOST_ROWS and len(row := cells(raw, at)) == len(first):
        below.append(row)
        at = raw.find("\n", at) + 1
    return [*reversed(above), first, *below]


def cells(raw: str, start: int) -> list[Cell]:
    """The cells of the line that begins at ``start``."""
    end = raw.find("\n", start)
    line = raw[start : end if end >= 0 else len(raw)]
    mark = "|" if "|" in line else "\t"
    if len(line) > LONGEST_ROW or mark not in line:
        return []
    found, at = [], start
    for piece in line.split(mark):
        found.append(Cell(piece.strip(), at + len(piece) - len(piece.lstrip())))
        at += len(piece) + 1
    if mark == "|" and not found[0].text and len(found) > 2:
        found = found[1:]
    if mark == "|" and not found[-1].text and line.rstrip().endswith("|"):
        found = found[:-1]
    return found


def is_rule(row: Sequence[Cell]) -> bool:
    """Whether a row is the line under a Markdown table's head."""
    return bool(row) and all(cell.text and not cell.text.strip(":-") for cell in row)


def plain(text: str) -> str:
    """A cell's label without the spaces and the stars that set it off (合　计, **合计**)."""
    return re.sub(r"[\s*_　：:]", "", text)
