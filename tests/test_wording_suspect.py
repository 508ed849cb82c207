"""The statistical proof-reader: a note at most unless an office asks, and as it was recorded."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from govmedia_screen import Level, Screener
from govmedia_screen.detectors.wording.ngrams import PAIR_BITS, Ngrams, fill, look
from govmedia_screen.detectors.wording.exclusions import is_protected
from govmedia_screen.detectors.wording import confusion_files
from govmedia_screen.detectors.wording.confusion_model import candidates
from govmedia_screen.detectors.wording.doubts import sentences
from govmedia_screen.errors import ModelError
from govmedia_screen.profile import Profile
from govmedia_screen.matching.text import one

MODEL = confusion_files.load()
PROFILE = Profile(name="proofread", settings={"proofread": True})
PROOFREAD = Screener(profile=PROFILE)
REFERENCE = json.loads((Path(__file__).parent.parent / "models/proofread/reference.json").read_text("utf-8"))


@pytest.mark.parametrize(("setting", "levels"), [(True, [Level.NOTE]), ("review", [Level.REVIEW]), (False, [])])
def test_an_office_chooses(setting: object, levels: list[Level]) -> None:
    """A note, for review where it is surest, or nothing."""
    screener = Screener(profile=Profile(settings={"proofread": setting}))

    assert [
        one.level for one in screener.screen("各级各部门要高度重是此项工作。").findings if one.rule.startswith("wording.suspect")
    ] == levels


@pytest.mark.parametrize(("wrong", "right"), [("完善检剑检测体系建设。", "验"), ("各级各部门要高度重是此项工作。", "视")])
def test_a_change_is_proposed(wrong: str, right: str) -> None:
    """One character, with what it should be."""
    assert [one.suggestion for one in PROOFREAD.screen(wrong).findings] == [right]


@pytest.mark.parametrize(("text", "score"), REFERENCE)
def test_scores_are_as_recorded(text: str, score: float) -> None:
    """A port or an upgrade of numpy cannot shift a score unseen."""
    assert MODEL.best(text) == pytest.approx(score, abs=1e-3)


@given(st.text(max_size=300))
def test_any_text_is_read(text: str) -> None:
    """Nothing in a text raises, and every place is a place of the text."""
    found = candidates(MODEL, text)

    assert found is None or all(0 <= place < len(text) for place in found.places.tolist())
    starts = sentences(text)
    assert starts[0] == 0
    assert list(starts) == sorted(set(starts))
    assert all(0 < start < len(text) for start in starts[1:])


def test_a_sentence_does_not_see_its_neighbours() -> None:
    """The same sentence has the same scores by itself and among others."""
    wrong = "完善检剑检测体系建设。"
    text = f"今年以来进展顺利。{wrong}群众满意。"
    starts = (0, text.index(wrong), text.index("群众"))
    alone, among = candidates(MODEL, wrong), candidates(MODEL, text, starts)

    assert alone is not None
    assert among is not None
    among = among.only(among.sentences == 1)
    assert MODEL.scores(wrong, (0,), alone)[1].max() == pytest.approx(MODEL.scores(text, starts, among)[1].max())


def test_an_altered_model_is_refused(tmp_path: Path) -> None:
    """Its checksums are verified when it is loaded."""
    shipped = Path(__file__).parent.parent / "models/proofread"
    for name in ("config.json", "reference.json", "weights.npz"):
        (tmp_path / name).write_bytes((shipped / name).read_bytes())
    assert confusion_files.load(tmp_path).limit == MODEL.limit
    content = bytearray((tmp_path / "weights.npz").read_bytes())
    content[len(content) // 2] ^= 1
    (tmp_path / "weights.npz").write_bytes(content)

    with pytest.raises(ModelError, match=r"weights\.npz"):
        confusion_files.load(tmp_path)


def test_counts_come_back() -> None:
    """What is counted is found again, within a level; what is not is not."""
    generator = np.random.default_rng(7)
    keys = generator.choice(5_000_000, 200_000, replace=False).astype(np.uint32)
    first, second = keys // 2500, keys % 2500
    counts = generator.integers(1, 5000, keys.size)
    table = Ngrams(
        np.ones(2500, np.uint32), fill(PAIR_BITS, counts, first, second), *(np.zeros(1 << bits, np.uint16) for bits in (22, 21, 18, 20))
    )
    seen = table.pairs(first, second)
    others = np.setdiff1d(np.arange(5_000_000, dtype=np.uint32), keys)[:100_000]

    assert (seen > 0).mean() > 0.98
    assert (np.abs(np.log2(seen[seen > 0] / counts[seen > 0])) < 0.5).mean() > 0.99
    assert (look(table.two, PAIR_BITS, others // 2500, others % 2500) > 0).mean() < 0.005


def test_a_missing_model_is_an_error(tmp_path: Path) -> None:
    """Never a pass."""
    with pytest.raises(ModelError):
        confusion_files.load(tmp_path)


@pytest.mark.parametrize(
    ("text", "char", "protected"),
    [
        ("完善检剑检测体系建设。", "剑", False),
        ("参观《检剑志》手稿。", "剑", True),
        ("大家都叫它“检剑坊”。", "剑", True),
        ("他说：“完善检剑检测体系建设，是今年全县上下一件要紧的大事。”", "剑", False),
        ("检剑桥与检剑桥头。", "剑", True),
        ("共有三十五户。", "十", True),
        ("一起慢慢好起来。", "起", False),
        ("記者在現場看到檢劍。", "劍", True),
        ("局长王建国介绍。", "建", True),
        ("加强建国体系。", "建", False),
        ("确诊神经炎后。", "经", True),
    ],
)
def test_what_is_protected(text: str, char: str, protected: bool) -> None:
    """Titles, short quotations, terms used twice, numerals, traditional characters, names beside a title, longer words."""
    assert is_protected(text, text.index(char), one(text).folded) == protected
