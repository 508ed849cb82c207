"""With and without the compiled core: the same reports, to the last bit."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from array import array
from itertools import accumulate
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govmedia_screen.detectors.stance import spans
from govmedia_screen.system.native import core

ROOT = Path(__file__).parents[1]
CODE = """
import json, sys
from govmedia_screen import Screener
from govmedia_screen.system.native import core
screener = Screener()
texts = json.load(sys.stdin)
reports = [*map(screener.screen, texts), *screener.screen_many(texts)]
json.dump([core is not None, [one.to_dict() | {"versions": None} for one in reports], [screener.classify(text) for text in texts]], sys.stdout)
"""


def texts() -> list[str]:
    """The examples, and the lines of all case files a few at a time: every rule has its say."""
    examples = [path.read_text("utf-8") for path in sorted((ROOT / "examples").glob("*.[tm][xd]*"))]
    lines = [line for path in sorted((ROOT / "tests/cases").glob("*.txt")) for line in path.read_text("utf-8").split("\n")]
    plain = [line.replace("⟦", "").replace("⟧", "").replace("\\n", "\n") for line in lines if line and not line.startswith("#")]
    odd = ["", "\ud800", "\uffff赌博\uffff", "😀" * 50, "\x00", "赌*博\u200b网\u202e站", "1" * 5000]
    return [*examples, *odd, *("\n".join(plain[place : place + 7]) for place in range(0, len(plain), 7))]


def reports(native: str) -> list[object]:
    """What a process of its own says of them."""
    environment = {**os.environ, "GOVMEDIA_SCREEN_NATIVE": native}
    done = subprocess.run(
        [sys.executable, "-c", CODE], input=json.dumps(texts()), capture_output=True, text=True, env=environment, check=True
    )
    said: list[object] = json.loads(done.stdout)
    return said


@pytest.mark.slow
@pytest.mark.skipif(core is None, reason="the compiled core is not installed: no C compiler was at hand")
def test_reports_do_not_depend_on_the_compiled_core() -> None:
    """Every example and every case line, alone and in batches, findings, scores and probabilities; the versions name the core."""
    (compiled, *ours), (plain, *theirs) = reports("on"), reports("off")

    assert (compiled, plain) == (True, False)
    assert len(ours[0]) > 2000
    assert ours == theirs


@pytest.mark.skipif(core is None, reason="the compiled core is not installed: no C compiler was at hand")
@given(st.text(st.sampled_from("甲乙丙。！？；!?;\n\r”’」』）)ab"), min_size=1, max_size=40), st.data())
def test_the_sentences_that_carry_a_score_are_the_same(text: str, data: st.DataObject) -> None:
    """For every text, span and weights, the loop in C chooses what the loop in Python chooses."""
    start = data.draw(st.integers(0, len(text) - 1))
    span = start, data.draw(st.integers(start + 1, len(text)))
    steps = data.draw(st.lists(st.integers(-50, 50), min_size=len(text), max_size=len(text)))
    by_weight, by_length = data.draw(st.floats(0, 1)), data.draw(st.floats(-1, 1))
    sums = memoryview(array("q", accumulate(steps, initial=0)))

    compiled = spans.carried(text, sums, span, by_weight, by_length)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(spans, "core", None)
        assert spans.carried(text, sums, span, by_weight, by_length) == compiled
