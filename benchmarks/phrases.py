"""Errors made in every listed expression: how many are found, and with the right suggestion.

Usage: ``python benchmarks/phrases.py [--per-kind N] [--rule wording.fixed.politics] [--list]``

Of each expression of the rules with ``expressions`` it makes, at places drawn by a fixed seed, every kind of error: a common
character instead of the right one, one that sounds alike, one left out, one too many, one twice, two in the other order.
Expressions up to four characters get only those that are errors in any case: like sound, one twice inside, other order.

Not counted, since no reader could call it an error from the words alone: what is another listed expression, and what jieba cuts
into words of its dictionary with no more single characters than the right expression has (经济发展 for 经济建设).
"""

from __future__ import annotations

import argparse
import logging
import random
from collections import Counter
from collections.abc import Iterator

import jieba

from govmedia_screen import Screener
from govmedia_screen.matching.likeness import homophones, ranks
from govmedia_screen.matching.variants import sounds

#: Sentences of no meaning of their own round the expression.
CARRIERS = ("{}", "会议强调，{}。", "全县上下围绕“{}”开展讨论", "本次学习的主题：{}；请各单位准备。", "始终坚持{}，抓好落实")
COMMON = 500


def mutants(expression: str, draw: random.Random, each: int) -> Iterator[tuple[str, str]]:
    """Kind and wrong form, ``each`` of every kind."""
    common = list(ranks())[:COMMON]
    syllables, size = sounds().characters, len(expression)
    short = size <= 4
    places = [place for place, char in enumerate(expression) if "\u4e00" <= char <= "\u9fff"]
    for _ in range(each):
        place = draw.choice(places)
        before, char, after = expression[:place], expression[place], expression[place + 1 :]
        alike = [other for other in homophones().get(syllables.get(char, ""), "")[:12] if other != char]
        if alike:
            yield "like sound", before + draw.choice(alike) + after
        inner = draw.choice(places[1:-1])
        if place + 1 < size and place + 1 in places and after[0] != char and size > 3:
            yield "other order", before + after[0] + char + after[1:]
        if not short:
            yield "twice", before + char + char + after
            yield "common character", before + draw.choice(common) + after
            yield "left out", before + after
            yield "too many", expression[:inner] + draw.choice(common) + expression[inner:]
        else:
            yield "twice", expression[:inner] + expression[inner] + expression[inner:]


def is_right(mutant: str, expression: str, known: frozenset[str]) -> bool:
    """Whether a wrong form is right by itself."""
    if mutant == expression or any(
        mutant in other or other in mutant for other in known if other not in expression and len(other) + 1 >= len(mutant)
    ):
        return True
    words, meant = jieba.lcut(mutant), jieba.lcut(expression)
    return all(len(word) == 1 or word in jieba.dt.FREQ for word in words) and sum(len(word) == 1 for word in words) <= sum(
        len(word) == 1 for word in meant
    )


def main() -> None:
    """Count and print."""
    jieba.setLogLevel(logging.ERROR)
    jieba.initialize()
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--per-kind", type=int, default=2)
    parser.add_argument("--rule")
    parser.add_argument("--list", action="store_true", help="print what is missed")
    options = parser.parse_args()
    screener = Screener()
    rules = [rule for rule in screener.rules if rule.expressions]
    known = frozenset(entry.split(" ")[0] for rule in rules for entry in rule.expressions)
    total: Counter[tuple[str, str]] = Counter()
    found: Counter[tuple[str, str]] = Counter()
    righted: Counter[tuple[str, str]] = Counter()
    left = 0
    draw = random.Random(14)
    for rule in rules:
        if options.rule and rule.id != options.rule:
            continue
        cases = []
        for entry in rule.expressions:
            expression = entry.split(" ")[0]
            for kind, mutant in mutants(expression, draw, options.per_kind):
                if (kind != "twice" and kind != "like sound" and is_right(mutant, expression, known)) or mutant in known:
                    left += 1
                    continue
                carrier = draw.choice(CARRIERS)
                start = carrier.index("{}")
                cases.append((kind, expression, mutant, carrier.format(mutant), start))
        for (kind, expression, mutant, text, start), report in zip(cases, screener.screen_many(case[3] for case in cases), strict=True):
            over = [
                one for one in report.findings if one.start < start + len(mutant) and one.end > start and one.rule.startswith("wording.")
            ]
            good = any(
                one.suggestion and text[: one.start] + one.suggestion + text[one.end :] == text.replace(mutant, expression, 1)
                for one in over
            )
            for key in ((rule.id, kind), ("all", kind), (rule.id, "all"), ("all", "all")):
                total[key] += 1
                found[key] += bool(over)
                righted[key] += good
            if options.list and not good:
                print(f"{kind:16} {expression} → {mutant}  {'；'.join(f'{one.text}→{one.suggestion}' for one in over)}")
    print(f"{len(known)} expressions, {total['all', 'all']} errors; {left} that are right by themselves not counted")
    for owner, kind in sorted(total, key=lambda key: (key[0] != "all", key)):
        count = total[owner, kind]
        print(f"{owner:24} {kind:18} {count:6}  found {found[owner, kind] / count:6.1%}  righted {righted[owner, kind] / count:6.1%}")


if __name__ == "__main__":
    main()
