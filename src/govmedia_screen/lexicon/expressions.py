"""Right expressions as an editor writes them: one a line, with the years in which it is in use."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

#: The years in which an expression is in use: ``2018-`` or ``2013-2018``.
YEARS = re.compile(r"(?:\d{4})?-(?:\d{4})?\Z")


def expressions_of(rules: str, names: str | Sequence[str], files: Mapping[str, bytes]) -> tuple[tuple[str, ...], list[str]]:
    """The expressions of a rule's files, and what is wrong with them, each ``文件:行: 说明``.

    Args:
        rules: the name of the file that has the rule.
        names: the files of expressions, beside it or at the top of the lexicon; empty for none.
        files: the lexicon's files by name.
    """
    found: dict[str, str] = {}
    problems: list[str] = []
    for given in [names] if isinstance(names, str) else names:
        if not given:
            continue
        beside = f"{rules.rpartition('/')[0]}/{given}".lstrip("/")
        name = beside if beside in files else given
        if name not in files:
            problems.append(f"{rules}:1: 找不到词表文件 {name}")
            continue
        for number, entry in enumerate(files[name].decode("utf-8-sig", "replace").splitlines(), 1):
            words = entry.split()
            if not words or words[0] == "#":
                continue
            if len(words) > 2 or len(words[0]) < 3 or (len(words) == 2 and not YEARS.match(words[1])):
                problems.append(f"{name}:{number}: “{entry}”应写成 表述 或 表述 起年-止年（止年可不写），表述至少三个字")
            elif words[0] in found:
                problems.append(f"{name}:{number}: “{words[0]}”已经列过")
            else:
                found[words[0]] = " ".join(words)
    return tuple(found.values()), problems
