"""Mutants: one thing in a module is changed, and its tests must notice; those that they let live are printed.

Operators and positions are cosmic-ray's. Every mutant runs its module's tests in a fork of this process, which has
imported what is not ours already, so that a hundred take minutes on one core::

    pip install cosmic-ray && python tools/mutants.py            # a sample of each module
    python tools/mutants.py --sample 0 report/policy.py          # every mutant of one
"""

from __future__ import annotations

import argparse
import difflib
import importlib.util
import os
import random
import signal
import sys
import time
from importlib.abc import MetaPathFinder
from importlib.machinery import SourceFileLoader
from pathlib import Path

from cosmic_ray.mutating import mutate_code
from cosmic_ray.plugins import get_operator

ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "src/govmedia_screen"
#: Module → the tests that cover it.
COVERED = {
    "report/policy.py": ("test_policy.py",),
    "report/masks.py": ("test_masks.py",),
    "lexicon/hits.py": ("test_hits.py",),
    "documents/places.py": ("test_places.py",),
    "formats/rows.py": ("test_rows.py",),
    "archive/ruleset.py": ("test_ruleset.py",),
    "acceptance/baseline.py": ("test_baseline.py",),
    "matching/text.py": ("test_text.py",),
}
#: Where a module has a twin in C, its own lines are what is tried.
ENVIRONMENT = {"matching/text.py": {"GOVMEDIA_SCREEN_NATIVE": "off"}}
#: What is changed: each operator makes a program that somebody could have written by a slip.
OPERATORS = (
    "AddNot", "NumberReplacer", "ReplaceAndWithOr", "ReplaceOrWithAnd", "ReplaceTrueWithFalse", "ReplaceFalseWithTrue",
    "ReplaceBreakWithContinue", "ReplaceContinueWithBreak", "ReplaceUnaryOperator_Delete_Not", "ReplaceUnaryOperator_USub_UAdd",
    "ReplaceBinaryOperator_Add_Sub", "ReplaceBinaryOperator_Sub_Add", "ReplaceBinaryOperator_Mul_Add", "ReplaceBinaryOperator_FloorDiv_Mul",
    *(f"ReplaceComparisonOperator_{pair}" for pair in (
        "Eq_NotEq", "NotEq_Eq", "Lt_LtE", "LtE_Lt", "Gt_GtE", "GtE_Gt", "Is_IsNot", "IsNot_Is",
    )), "ZeroIterationForLoop",
)  # fmt: skip
#: A module whose tests notice less than this share is not proved.
WANTED = 0.9


class Changed(MetaPathFinder):
    """Imports one module from another text."""

    def __init__(self, name: str, path: Path, text: str) -> None:
        self.name, self.path, self.text = name, path, text

    def find_spec(self, name, path=None, target=None):  # noqa: D102
        if name != self.name:
            return None
        text = self.text

        class Loader(SourceFileLoader):
            def get_code(self, fullname):
                return compile(text, self.path, "exec", dont_inherit=True)

        return importlib.util.spec_from_file_location(name, self.path, loader=Loader(name, str(self.path)))


def mutants(text: str) -> list[tuple[str, int, str]]:
    """Every mutant of a module: operator, occurrence, new text."""
    found = []
    for name in OPERATORS:
        operator, occurrence = get_operator(f"core/{name}")(), 0
        while (new := mutate_code(text, operator, occurrence)) is not None:
            if told(text, new):
                found.append((name, occurrence, new))
            occurrence += 1
    return found


def told(text: str, new: str) -> list[str]:
    """The lines that differ, as they were and as they are."""
    lines = difflib.unified_diff(text.splitlines(), new.splitlines(), lineterm="", n=0)
    return [line for line in lines if line[:1] in "+-" and line[:3] not in ("+++", "---")]


def runs(module: str, text: str, limit: int) -> bool:
    """Whether the module's tests pass with that text in its place; what takes too long does not."""
    child = os.fork()
    if not child:
        import pytest

        signal.alarm(limit)
        nothing = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nothing, 1)
        os.dup2(nothing, 2)
        name = "govmedia_screen." + module.removesuffix(".py").replace("/", ".")
        os.environ |= ENVIRONMENT.get(module, {})
        sys.meta_path.insert(0, Changed(name, SOURCE / module, text))
        tests = [str(ROOT / "tests" / one) for one in COVERED[module]]
        try:
            code = pytest.main(
                [
                    "-x",
                    "-q",
                    "-p",
                    "no:cacheprovider",
                    "-p",
                    "no:xdist",
                    "-W",
                    "ignore::pytest.PytestAssertRewriteWarning",
                    "-m",
                    "not slow",
                    *tests,
                ]
            )
        except BaseException:
            code = 1
        os._exit(int(code))
    _, status = os.waitpid(child, 0)
    return status == 0


def main() -> int:
    """Print each module's score and its survivors; 1 if one is below ``WANTED``."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("modules", nargs="*", default=list(COVERED))
    parser.add_argument("--sample", type=int, default=25, help="how many mutants of each module; 0 for all")
    args = parser.parse_args()
    import hypothesis
    import jieba
    import msgspec
    import numpy as np
    import regex

    del hypothesis, jieba, msgspec, np, regex
    os.chdir(ROOT)
    worst = 1.0
    for module in args.modules:
        text = (SOURCE / module).read_text("utf-8")
        begun = time.perf_counter()
        if not runs(module, text, 600):
            print(f"{module}: its tests fail without a mutant")
            return 1
        limit = int(5 * (time.perf_counter() - begun)) + 20
        every = mutants(text)
        some = random.Random(module).sample(every, args.sample) if 0 < args.sample < len(every) else every
        alive = [(name, new) for name, _, new in some if runs(module, new, limit)]
        score = 1 - len(alive) / max(1, len(some))
        worst = min(worst, score)
        print(f"{module}: {score:.0%} of {len(some)} noticed ({len(every)} mutants in all)", flush=True)
        for name, new in alive:
            print(f"    {name}: " + "  ".join(line.strip() for line in told(text, new)), flush=True)
    return int(worst < WANTED)


if __name__ == "__main__":
    sys.exit(main())
