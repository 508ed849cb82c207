"""Training and judging: data refused with its lines, same data same bytes, a shipped model as a start."""

import json
from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("sklearn")

from scipy import sparse

from govmedia_screen.errors import InputError
from govmedia_screen.classifier.model import Model
from govmedia_screen.training.data import read
from govmedia_screen.training.evaluation import evaluate
from govmedia_screen.training.log_count_ratio import leaning
from govmedia_screen.training.leave_one_corpus_out import Ours, calibrated, leave_one_out
from govmedia_screen.training.page import html
from govmedia_screen.training.page import text as as_text
from govmedia_screen.training.train import train

DATA = Path(__file__).parent.parent / "models" / "data"
SMALL = [DATA / "official-commerce.jsonl", DATA / "commercial-news.jsonl", DATA / "opinion-account.jsonl"]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("models") / "small"
    train(SMALL, out, seed=3)
    return out


def test_same_data_and_seed_give_the_same_bytes(folder: Path, tmp_path: Path) -> None:
    train(SMALL, tmp_path / "small", seed=3)

    for name in ("weights.npz", "config.json", "reference.json"):
        assert (tmp_path / "small" / name).read_bytes() == (folder / name).read_bytes()


def test_a_trained_model_tells_its_own_examples_apart(folder: Path) -> None:
    evaluation = evaluate(SMALL, folder)

    assert evaluation.accuracy > 0.95
    assert sum(map(sum, evaluation.confusion)) == len(read(SMALL)) == sum(row.count for row in evaluation.classes)


def test_an_office_teaches_the_shipped_model(tmp_path: Path) -> None:
    house = [
        "本馆文创商店上新，书签、帆布袋凭读者证八折。",
        "文创集市周末开市，手作胸针二十五元一枚。",
        "馆藏年画复制品接受预订，装裱后送货上门。",
    ]
    lines = [{"text": f"{text}第{number}期", "label": "official", "domain": "文创"} for text in house for number in range(8)]
    lines += [{"text": text, "label": label} for text, label in OTHERS]
    data = tmp_path / "office.jsonl"
    data.write_text("".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines), "utf-8")
    before, after = Model.load(), train([data], tmp_path / "own", base="default", name="图书馆")

    assert after.name == "图书馆"
    assert after.classify(house[0])["commercial"] < before.classify(house[0])["commercial"]
    for text, label in OTHERS:
        assert after.classify(text)[label] > 0.5


OTHERS = [
    ("新店开业全场五折，加微信领优惠券，先到先得，手慢无！", "commercial"),
    ("家人们点击小黄车下单，今晚直播间只要九块九！", "commercial"),
    ("首付二十万起，学区现房，销售热线等您来电。", "commercial"),
    ("代理招募，一件代发，月入过万不是梦，想做的私我。", "commercial"),
    ("签约保过，不过全额退费，名额只剩三个，速来报名。", "commercial"),
    ("气死我了，这种服务态度简直让人无语，再也不来了。", "opinion"),
    ("我觉得这事根本不怪他，换成是我也会这么做的。", "opinion"),
    ("今天真的好开心，终于考过了，想抱着每个人哭一场。", "opinion"),
    ("呵呵，又是临时工干的，你们信吗，反正我不信。", "opinion"),
    ("说实话，我挺看不惯这种作秀的，有意思吗？", "opinion"),
]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("{not json", "JSON"),
        ('["text"]', "对象"),
        ('{"text": "短", "label": "official"}', "text"),
        ('{"text": "够长的一段文字", "label": "广告"}', "label"),
        ('{"text": "够长的一段文字"}', "label"),
        ('{"text": "够长的一段文字", "label": "official", "domain": 3}', "domain"),
        ('{"text": "县政府召开会议部署工作", "label": "opinion"}', "official"),
    ],
)
def test_unusable_data_is_refused_with_file_and_line(tmp_path: Path, line: str, said: str) -> None:
    data = tmp_path / "bad.jsonl"
    data.write_text('{"text": "县政府召开会议部署工作", "label": "official"}\n\n' + line + "\n", "utf-8")

    with pytest.raises(InputError, match=rf"bad\.jsonl:3: .*{said}"):
        read([data])


def test_many_problems_are_counted_not_poured_out(tmp_path: Path) -> None:
    data = tmp_path / "bad.jsonl"
    data.write_text("x\n" * 300, "utf-8")

    with pytest.raises(InputError, match="共 300 处") as refused:
        read([data])
    assert len(str(refused.value).splitlines()) < 30


def test_a_class_without_examples_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="opinion"):
        train(SMALL[:2], tmp_path / "out")


def test_missing_and_empty_files_are_refused(tmp_path: Path) -> None:
    tmp_path.joinpath("empty.jsonl").write_text("\n", "utf-8")

    for name in ("empty.jsonl", "missing.jsonl"):
        with pytest.raises(InputError):
            read([tmp_path / name])


def test_other_peoples_words_for_the_labels_and_a_bom(tmp_path: Path) -> None:
    data = tmp_path / "data.jsonl"
    data.write_text('\ufeff{"text": "我觉得不行", "label": "personal_opinion"}\n{"text": "我觉得不行", "label": "opinion"}\n', "utf-8")

    assert [(one.text, one.label) for one in read([data])] == [("我觉得不行", "opinion")]


def test_progress_runs_from_nothing_to_all(tmp_path: Path) -> None:
    seen: list[float] = []
    train(SMALL, tmp_path / "out", progress=lambda stage, done: seen.append(done))

    assert seen == sorted(seen)
    assert (seen[0], seen[-1]) == (0.0, 1.0)


def test_an_evaluation_for_people_and_for_programs() -> None:
    evaluation = evaluate([DATA / "held-out.jsonl"])
    shown, table, record = html(evaluation), as_text(evaluation), json.loads(evaluation.to_json())

    assert record["confusion"] == [list(row) for row in evaluation.confusion]
    assert "http" not in shown.replace("http-equiv", "")
    assert shown.count("<svg") == 4
    for row in evaluation.corpora:
        assert row.name in table
    for label, points in evaluation.curves.items():
        assert points[-1][0] == 1.0, label


def test_texts_kept_aside_from_training() -> None:
    evaluation = evaluate([DATA / "held-out.jsonl"])
    by_class = {row.label: row for row in evaluation.classes}

    assert by_class["official"].raised["commercial"] + by_class["official"].raised["opinion"] <= 0.05
    assert by_class["commercial"].raised["commercial"] >= 0.8
    assert by_class["opinion"].raised["opinion"] >= 0.8


def test_a_corpus_is_judged_by_what_the_others_teach_and_only_if_named() -> None:
    examples = read(SMALL)
    domains = np.array([one.domain for one in examples])
    rows, odds = leave_one_out(examples, Ours(examples), ["softnews", "letter", "price"])
    chances = calibrated(odds, examples)
    judged = np.isin(domains, ["softnews", "letter", "price"])

    assert [(row.name, row.label) for row in rows] == [("price", "official"), ("softnews", "commercial"), ("letter", "opinion")]
    assert (~np.isnan(odds[:, 0]) == judged).all()
    assert (~np.isnan(chances[:, 0]) == judged).all()
    assert ((chances[judged] >= 0) & (chances[judged] <= 1)).all()
    seen = Ours(examples).odds(np.ones(len(examples), dtype=bool), domains == "softnews")
    assert seen[:, 0].mean() > odds[domains == "softnews", 0].mean()  # taught with them, they are surer


def test_a_feature_of_one_side_is_given_more_room_than_one_of_both() -> None:
    rows = sparse.csr_matrix([[0.5, 0.5, 0.0], [0.2, 0.2, 0.0], [0.0, 0.5, 0.5], [0.0, 0.3, 0.0]])
    scale = leaning(rows, np.array([True, True, False, False]), np.full(4, 0.25))

    assert scale[0] > scale[2] > scale[1]
    assert np.isclose(np.mean(np.square(scale)), 1)


def test_texts_kept_aside_are_nowhere_in_the_taught_files() -> None:
    aside = {one.text for one in read(sorted(DATA.glob("held-out*.jsonl")))}
    taught = {one.text for one in read(path for path in sorted(DATA.glob("*.jsonl")) if not path.stem.startswith("held-out"))}

    assert not aside & taught
