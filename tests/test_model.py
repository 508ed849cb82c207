"""The classifier's numbers: the same alone and in a batch, the same as recorded, never from a broken file."""

import json
import shutil
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hang import ends

from govmedia_screen.errors import ModelError
from govmedia_screen.classifier.files import find, write
from govmedia_screen.classifier.model import LABELS, Model
from govmedia_screen.classifier.numpy_scorer import Arrays, both
from govmedia_screen.detectors.base import Reading
from govmedia_screen.detectors.stance import StanceDetector
from govmedia_screen.finding import Finding
from govmedia_screen.lexicon import lexicon
from govmedia_screen.matching.text import Sheet, one
from govmedia_screen.post import Post

MODEL = Model.load()
DETECTOR = StanceDetector(lexicon.load())
PIECES = st.sampled_from(
    ["全场五折", "我觉得", "县教育局", "通知", "！！", "\n", "\n\n", "2024年", "😀", "\ud800", "\uffff", "\x00", " ", "加微信", "”", ""]
)
PARTS = st.lists(st.one_of(st.text(max_size=80), st.lists(PIECES, max_size=30).map("".join)), min_size=1, max_size=12)


def alone(text: str) -> tuple[dict[str, float], list[tuple[int, int, int]]]:
    sheet = Sheet([text])
    scan = MODEL.scan(sheet.joined, sheet.starts)
    return scan.probabilities(0), sorted(scan.raised.get(0, []))


def findings(text: str) -> list[Finding]:
    """What becomes of a text that the scan may have raised."""
    alone = one(text)
    return list(DETECTOR.find(Reading(Post(text), (alone,), MODEL.scan(alone.sheet.joined, alone.sheet.starts))))


@settings(max_examples=200)
@given(PARTS)
def test_a_part_scores_the_same_alone_and_in_any_batch(parts: list[str]) -> None:
    sheet = Sheet(parts)
    scan = MODEL.scan(sheet.joined, sheet.starts)

    for place, part in enumerate(parts):
        assert (scan.probabilities(place), sorted(scan.raised.get(place, []))) == alone(part)


@settings(max_examples=200)
@given(PARTS)
def test_numpy_and_the_compiled_core_give_the_same_numbers(parts: list[str]) -> None:
    joined, twin = Sheet(parts).joined, Arrays(MODEL.symbols, MODEL.weights, MODEL.bits, MODEL.heads)
    (sums, raised), (others, also) = MODEL.scorer.scan(joined), twin.scan(joined)

    assert (sums, sorted(raised)) == (others, sorted(also))
    for part in parts:
        ours, theirs = MODEL.scorer.running(part, [(1, 3)]), twin.running(part, [(1, 3)])
        assert [list(ours[0]), list(ours[1])] == [theirs[0], theirs[1]]


@settings(max_examples=100)
@given(st.text(max_size=200))
def test_classify_is_the_scan_of_one_part_and_gives_probabilities(text: str) -> None:
    scores = MODEL.classify(text)

    assert tuple(scores) == LABELS
    assert scores == alone(text)[0]
    assert all(0 <= score <= 1 for score in scores.values())


def test_running_sums_end_in_to_the_score_where_no_feature_occurs_twice() -> None:
    text = "全场五折！加微信领券，先到得。\n县教育局通知：招生报名开始"
    sheet = Sheet([text])
    scan = MODEL.scan(sheet.joined, sheet.starts)

    assert len(set(text)) == len(text)
    assert [sums[-1] for sums in scan.scorer.running(text, [])] == list(scan.sums[0])


@pytest.mark.parametrize("total", [(0, 0), (5, -7), (-1, 0), (-(2**30), 2**30), (2**31 - 1, -(2**31) + 1)])
def test_two_sums_in_one_integer_come_apart_again(total: tuple[int, int]) -> None:
    assert both(np.array([total[0] + (total[1] << 32)])).tolist() == [list(total)]


def test_recorded_scores_are_computed() -> None:
    recorded = json.loads(find("default").joinpath("reference.json").read_bytes())["scores"]

    assert len(recorded) >= 5
    for row in recorded:
        scores = MODEL.classify(row["text"])
        assert scores == pytest.approx({label: row[label] for label in LABELS}, abs=1e-9)


def test_digits_width_case_and_traditional_forms_do_not_matter() -> None:
    first = "本店ABC新品3.8折，电话13800000001，今日特價"
    second = "本店xyz新品９.５折，电话18912345678，今日特价"

    assert MODEL.classify(first) == MODEL.classify(second)


def test_repetition_is_heard_once() -> None:
    once, often = (Sheet(["快来买！" * times]) for times in (2, 50))

    assert MODEL.scan(once.joined, once.starts).sums[0] == MODEL.scan(often.joined, often.starts).sums[0]


@pytest.mark.parametrize("text", ["", "\n", "\uffff", "\ud83d", "😀😀", "😀" * 300, "\x00", "0" * 5000, "。！？", "好"])
def test_texts_without_words_raise_nothing(text: str) -> None:
    assert findings(text) == []


def test_a_long_text_ends() -> None:
    sheet = Sheet(["县政府召开会议，部署下半年工作。\n" * 160_000])
    assert ends(lambda: MODEL.scan(sheet.joined, sheet.starts))
    assert findings(sheet.parts[0]) == []


def test_an_offices_own_thresholds() -> None:
    strict = MODEL.at({"commercial": 0.9999})
    text = "开业大酬宾！全场五折起，进店就送精美礼品，加微信预约还能再减50元，先到先得！"
    sheet = Sheet([text])

    assert MODEL.scan(sheet.joined, sheet.starts).raised
    assert strict.thresholds == {**MODEL.thresholds, "commercial": 0.9999}
    assert strict.heads[1] == MODEL.heads[1]
    assert strict.classify(text) == MODEL.classify(text)
    assert MODEL.at({"commercial": 1.0}).scan(sheet.joined, sheet.starts).raised == {}


def copied(folder: Path) -> Path:
    shutil.copytree(str(find("default")), folder)
    return folder


def test_a_folder_of_ones_own_is_loaded_by_path(tmp_path: Path) -> None:
    assert Model.load(copied(tmp_path / "own")).classify("通知") == MODEL.classify("通知")


@pytest.mark.parametrize("file", ["weights.npz", "reference.json"])
def test_an_altered_file_is_refused(tmp_path: Path, file: str) -> None:
    folder = copied(tmp_path / "own")
    content = bytearray(folder.joinpath(file).read_bytes())
    content[len(content) // 2] ^= 1
    folder.joinpath(file).write_bytes(bytes(content))

    with pytest.raises(ModelError, match=file):
        Model.load(folder)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"format": 99}, "格式"),
        ({"labels": ["a", "b"]}, "不完整"),
        ({"bits": 4}, "不完整"),
        ({"slopes": {"commercial": 1.0, "opinion": 1.0}}, "算不出"),
        ({"thresholds": {}}, "不完整"),
    ],
)
def test_settings_that_do_not_fit_are_refused(tmp_path: Path, change: dict[str, object], said: str) -> None:
    folder = copied(tmp_path / "own")
    config = json.loads((folder / "config.json").read_text("utf-8"))
    write(folder, {**config, **change}, {name: (folder / name).read_bytes() for name in ("weights.npz", "reference.json")})

    with pytest.raises(ModelError, match=said):
        Model.load(folder)


def test_a_missing_model_is_refused_and_the_shipped_ones_are_named() -> None:
    with pytest.raises(ModelError, match="default"):
        Model.load("no-such-model")


def test_the_model_is_small_and_loads_fast() -> None:
    size = sum(len(find("default").joinpath(name).read_bytes()) for name in ("weights.npz", "config.json", "reference.json"))

    assert size < 2_000_000
