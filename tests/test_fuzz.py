"""Every input that fuzzing found, and mutations of the seeds: nothing foreign ends in an error of ours."""

from __future__ import annotations

import random
import sys
from pathlib import Path

import pytest
from fuzz_targets import TARGETS

sys.path.insert(0, str(Path(__file__).parent.parent / "tools"))
from fuzz import KEPT, PIECES, mutated, seeds


def test_what_was_found_stays_mended() -> None:
    for path in sorted(KEPT.glob("*/*")):
        TARGETS[path.parent.name](path.read_bytes())


@pytest.mark.parametrize("name", TARGETS)
def test_mutations_end_in_no_error(name: str) -> None:
    chance, pool = random.Random(20260301), seeds(name)
    for _ in range(60):
        TARGETS[name](mutated(chance.choice(pool), chance))


@pytest.mark.parametrize("name", TARGETS)
def test_every_piece_alone(name: str) -> None:
    for piece in PIECES:
        TARGETS[name](piece.encode())
