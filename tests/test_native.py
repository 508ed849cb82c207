"""With and without the compiled core: the same reports, to the last bit."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from govmedia_screen.native import core

ROOT = Path(__file__).parents[1]
CODE = """
import json, sys
from govmedia_screen import Screener
from govmedia_screen.native import core
screener = Screener()
texts = json.load(sys.stdin)
reports = [*map(screener.screen, texts), *screener.screen_many(texts)]
json.dump([core is not None, [one.to_dict() for one in reports], [screener.classify(text) for text in texts]], sys.stdout)
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
    """Every example and every case line, alone and in batches, findings, scores and probabilities."""
    (compiled, *ours), (plain, *theirs) = reports("on"), reports("off")

    assert (compiled, plain) == (True, False)
    assert len(ours[0]) > 2000
    assert ours == theirs
