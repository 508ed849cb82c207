"""Tools for an office's lexicon: format it, bring words in, take words out, and say what a change changes."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from pathlib import Path

from govmedia_screen.errors import InputError, MissingExtra
from govmedia_screen.finding import Finding
from govmedia_screen.io.encoding import decode
from govmedia_screen.lexicon.rule import Rule
from govmedia_screen.post import Post
from govmedia_screen.screener import Screener
from govmedia_screen.system.files import write_whole

COLUMNS = ("规则号", "级别", "词条", "改为", "问题", "依据")
SKELETON = """# 由 {source} 导入。请补全 message、basis 和例句，再运行：govmedia-screen lexicon check {folder}

[[rule]]
id      = "{rule}"
level   = "review"
message = "本单位词库：请核对"
basis   = "第十二条"
words   = "words/{name}.txt"
hit     = ["{first}"]
miss    = ["今日天气晴"]
"""


def format_folder(folder: str | Path) -> list[str]:
    """Put word lists in order: UTF-8, Unix line ends, no blanks around words, no doubles, sorted; remarks stay at the top.

    Returns:
        The names of the files that changed.
    """
    changed = []
    root = Path(folder)
    for path in sorted([*root.glob("words/*.txt"), *root.glob("*/words/*.txt"), *root.glob("shared/*.txt"), *root.glob("accept.txt")]):
        data = path.read_bytes()
        lines = [line.strip(" \t\u3000") for line in decode(data, str(path))[0].splitlines()]
        remarks = [line for line in lines if line.startswith("# ") or line == "#"]
        words = sorted({line for line in lines if line} - set(remarks))
        new = "\n".join([*remarks, *words, ""]).encode()
        if new != data:
            write_whole(path, new)
            changed.append(str(path.relative_to(root)))
    return changed


def words_of(path: str | Path) -> list[tuple[str, str]]:
    """The words of a list as offices have them: txt or csv in any usual encoding, or the first sheet of an xlsx.

    The first column, or the one headed 词条, 敏感词, 错误 or word, is the word; a column headed 改为, 正确 or
    replacement is what to write instead.

    Raises:
        InputError: it cannot be read.
        MissingExtra: an xlsx without the extra ``archive``.
    """
    path = Path(path)
    if not path.is_file():
        raise InputError(f"{path}: 找不到文件")
    if path.suffix.lower() == ".xlsx":
        try:
            import openpyxl
        except ModuleNotFoundError:
            raise MissingExtra("读写 xlsx 词表", "archive") from None
        book = openpyxl.load_workbook(path, read_only=True, data_only=True)
        rows = [["" if cell is None else str(cell) for cell in row] for row in book.worksheets[0].iter_rows(values_only=True)]
    else:
        text = decode(path.read_bytes(), str(path))[0]
        rows = list(csv.reader(text.splitlines())) if path.suffix.lower() == ".csv" else [line.split("\t") for line in text.splitlines()]
    word, right = 0, -1
    if rows and (heads := [cell.strip() for cell in rows[0]]) and set(heads) & {"词条", "敏感词", "错误", "word", "规则号"}:
        word = next((heads.index(name) for name in ("词条", "敏感词", "错误", "word") if name in heads), 0)
        right = next((heads.index(name) for name in ("改为", "正确", "replacement") if name in heads), -1)
        rows = rows[1:]
    found: dict[str, str] = {}
    for row in rows:
        if len(row) > word and (term := row[word].strip(" \t\u3000\ufeff")) and not term.startswith("# "):
            found.setdefault(term, row[right].strip() if 0 <= right < len(row) else "")
    return list(found.items())


def bring_in(source: str | Path, folder: str | Path, rule: str) -> tuple[int, list[str]]:
    """Import a word list into a lexicon folder as a rule of its own.

    Returns:
        How many words came in, and those that were left out, each with the reason.
    """
    folder = Path(folder)
    name = rule.replace(".", "-")
    taken, left = [], []
    for term, right in words_of(source):
        if len(term) < 2:
            left.append(f"{term}：只有一个字，容易误伤")
        else:
            taken.append(f"{term} → {right}" if right and right != term else term)
    if not taken:
        raise InputError(f"{source}: 没有可用的词")
    (folder / "words").mkdir(parents=True, exist_ok=True)
    write_whole(folder / f"words/{name}.txt", "\n".join([*sorted(taken), ""]).encode())
    target = folder / f"{name}.toml"
    if not target.exists():
        first = taken[0].split(" → ")[0]
        write_whole(target, SKELETON.format(source=Path(source).name, folder=folder, rule=rule, name=name, first=first).encode())
    return len(taken), left


def take_out(rules: Iterable[Rule], target: str | Path) -> int:
    """Export every term of the rules to xlsx, csv or txt; how many rows were written.

    Raises:
        MissingExtra: an xlsx without the extra ``archive``.
    """
    target = Path(target)
    rows = [(rule.id, rule.level.label, term, right or "", rule.message, rule.basis) for rule in rules for term, right in rule.terms]
    if target.suffix.lower() == ".xlsx":
        try:
            import openpyxl
        except ModuleNotFoundError:
            raise MissingExtra("读写 xlsx 词表", "archive") from None
        book = openpyxl.Workbook(write_only=True)
        sheet = book.create_sheet("词库")
        for row in (COLUMNS, *rows):
            sheet.append(["'" + cell if cell[:1] in ("=", "+", "-", "@") else cell for cell in row])
        book.save(target)
    elif target.suffix.lower() == ".csv":
        with target.open("w", encoding="utf-8-sig", newline="") as file:
            csv.writer(file).writerows((COLUMNS, *rows))
    else:
        write_whole(target, "".join(f"{term} → {right}\n" if right else f"{term}\n" for _, _, term, right, _, _ in rows).encode())
    return len(rows)


def compare(old: Screener, new: Screener, posts: Sequence[Post]) -> list[str]:
    """What would change on these posts, in words: rules that came, went or moved, and every finding gained or lost."""
    before, after = ({rule.id: rule for rule in one.rules} for one in (old, new))
    lines = [f"新增规则 {name}（{after[name].level.label}，{len(after[name].terms)} 词）" for name in sorted(after.keys() - before.keys())]
    lines += [f"删去规则 {name}" for name in sorted(before.keys() - after.keys())]
    for name in sorted(before.keys() & after.keys()):
        one, two = before[name], after[name]
        gained, lost = ({term for term, _ in a.terms} - {term for term, _ in b.terms} for a, b in ((two, one), (one, two)))
        if one.level != two.level:
            lines.append(f"规则 {name} 的级别由{one.level.label}改为{two.level.label}")
        if gained or lost:
            some = "、".join(sorted(gained)[:5])
            lines.append(f"规则 {name} 增加 {len(gained)} 词{f'（{some}…）' if some else ''}，减少 {len(lost)} 词")
    added = removed = 0
    moved: list[str] = []
    for post, first, second in zip(posts, old.screen_many(posts), new.screen_many(posts), strict=True):
        gone, come = set(first.findings) - set(second.findings), set(second.findings) - set(first.findings)
        added, removed = added + len(come), removed + len(gone)
        moved += [f"  {post.id}: 新增 {told(one)}" for one in sorted(come, key=lambda one: (one.part, one.start))]
        moved += [f"  {post.id}: 不再报 {told(one)}" for one in sorted(gone, key=lambda one: (one.part, one.start))]
        if first.decision != second.decision:
            moved.append(f"  {post.id}: 结论由{first.decision.label}变为{second.decision.label}")
    lines.append(f"在 {len(posts)} 篇稿件上：新增 {added} 处发现，不再报 {removed} 处")
    return lines + moved


def told(finding: Finding) -> str:
    """A finding in a few words."""
    return f"{finding.level.label} {finding.rule}“{finding.text[:30]}”"
