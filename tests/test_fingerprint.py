"""What results depend on: each part of it changes the fingerprint, and what it is not part of does not."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from datetime import date, timedelta
from importlib import resources
from pathlib import Path

import pytest

import govmedia_screen
from govmedia_screen import Post, Screener
from govmedia_screen.classifier.model import Model
from govmedia_screen.cli import main
from govmedia_screen.detectors.wording import confusion_files
from govmedia_screen.errors import ModelError, TableError
from govmedia_screen.finding import Level
from govmedia_screen.fingerprint import parts
from govmedia_screen.ledger.ledger import Ledger
from govmedia_screen.lexicon import lexicon
from govmedia_screen.matching.fold import MAGIC, read
from govmedia_screen.profile import Exemption, Profile

SHIPPED = Path(govmedia_screen.__file__).parent
ROOT = Path(__file__).parent.parent
TELL = "import json; from govmedia_screen import fingerprint as f, profile; from govmedia_screen.lexicon.lexicon import load; print(json.dumps(f.parts(load(), profile.load())))"
RULE = (
    '[[rule]]\nid = "wording.own"\nlevel = "note"\nmessage = "本单位"\nbasis = "本单位"\n'
    "terms = '''\n河道清淤\n'''\nhit = [\"河道清淤\"]\nmiss = [\"今日晴\"]\n"
)


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The package by itself, as it lies in an installation, without the models' weights."""
    folder = tmp_path_factory.mktemp("installed")
    shutil.copytree(SHIPPED, folder / "govmedia_screen", ignore=shutil.ignore_patterns("__pycache__", "lexicons", "models"))
    shutil.copytree(ROOT / "models", folder / "govmedia_screen/models", ignore=shutil.ignore_patterns("data", "weights.npz"))
    (folder / "govmedia_screen/lexicons").mkdir()
    (folder / "govmedia_screen/lexicons/__init__.py").touch()
    (folder / "govmedia_screen/lexicons/own.toml").write_text(RULE, "utf-8")
    return folder


def told(folder: Path) -> dict[str, str]:
    """The parts of the fingerprint of the package in a folder."""
    run = subprocess.run(
        [sys.executable, "-c", TELL], capture_output=True, text=True, check=True, env={**os.environ, "PYTHONPATH": str(folder)}
    )
    found: dict[str, str] = json.loads(run.stdout)
    return found


@pytest.mark.parametrize(
    ("name", "part"),
    [
        ("data/pinyin.txt", "program"),
        ("detectors/link.py", "program"),
        ("models/proofread/config.json", "models"),
        ("models/default/config.json", "models"),
        ("lexicons/own.toml", "lexicons"),
        ("render/html.py", None),
    ],
)
def test_a_changed_file_changes_its_part(installed: Path, name: str, part: str | None) -> None:
    path = installed / "govmedia_screen" / name
    before, content = told(installed), path.read_bytes()
    try:
        path.write_bytes(content + b"\n")
        after = told(installed)
    finally:
        path.write_bytes(content)

    assert {key for key in before if before[key] != after[key]} == ({part} if part else set())


def test_a_changed_fold_table_is_refused() -> None:
    """A wrong file would fold into nonsense without a word."""
    content = resources.files("govmedia_screen").joinpath("data/fold.bin").read_bytes()
    assert read(content).fold[ord("Ａ")] == ord("a")

    for wrong in (b"", content[36:], content[:-8], content[:5000] + b"\x01" + content[5001:], MAGIC + bytes(32)):
        with pytest.raises(TableError, match="折叠表"):
            read(wrong)


@pytest.mark.parametrize(("name", "load"), [("default", Model.load), ("proofread", confusion_files.load)])
def test_a_config_that_was_changed_by_hand_is_refused(tmp_path: Path, name: str, load: Callable[[Path], object]) -> None:
    shutil.copytree(ROOT / "models" / name, tmp_path / name)
    config = tmp_path / name / "config.json"
    load(tmp_path / name)
    config.write_text(config.read_text("utf-8").replace('"format"', '"more": 1,\n  "format"', 1), "utf-8")

    with pytest.raises(ModelError, match=r"config\.json"):
        load(tmp_path / name)


def test_settings_are_part_of_it_and_names_are_not() -> None:
    words = lexicon.load()
    exemption = Exemption("wording.slip", "本地用法", date.max, phrase="帐篷")
    base = parts(words, Profile())
    changed = [
        Profile(families={"wording": False}),
        Profile(levels={"wording.slip": Level.NOTE}),
        Profile(levels={"wording.slip": None}),
        Profile(tiers={Level.NOTE: 2, Level.REVIEW: 2, Level.BLOCK: 3}),
        Profile(family_tiers={"wording": 3}),
        Profile(thresholds={"opinion": 0.5}),
        Profile(max_characters=9),
        Profile(settings={"punctuation": "strict"}),
        Profile(exemptions=(exemption,)),
    ]

    assert {parts(words, one)["settings"] for one in changed}.isdisjoint({base["settings"]})
    assert len({parts(words, one)["settings"] for one in changed}) == len(changed)
    assert parts(words, Profile(name="another", source="elsewhere", families={"wording": True})) == base


def test_what_expires_changes_it_from_that_day_on(tmp_path: Path) -> None:
    yesterday, today = date.today() - timedelta(1), date.today()
    (tmp_path / "own.toml").write_text(RULE + f"until = {today}\n", "utf-8")
    lasting = lexicon.load([tmp_path])
    (tmp_path / "own.toml").write_text(RULE + f"until = {yesterday}\n", "utf-8")
    ended = lexicon.load([tmp_path])

    assert parts(lasting, Profile())["expired"] == parts(lexicon.load(), Profile())["expired"]
    assert parts(ended, Profile())["expired"] != parts(lasting, Profile())["expired"]
    for until, same in ((today, True), (yesterday, False)):
        profile = Profile(exemptions=(Exemption("wording.slip", "本地用法", until, phrase="帐篷"),))
        assert (parts(lasting, profile)["expired"] == parts(lasting, Profile())["expired"]) is same


def test_a_roster_and_a_ledger_and_own_detectors_are_part_of_it(tmp_path: Path) -> None:
    class Own:
        family = "wording"

    (tmp_path / "office").mkdir()
    (tmp_path / "office/own.toml").write_text(RULE, "utf-8")
    without = lexicon.load([tmp_path / "office"])
    (tmp_path / "office/roster.toml").write_text("# 名单\n", "utf-8")
    assert lexicon.load([tmp_path / "office"]).version != without.version
    assert parts(without, Profile(), [Own()])["detectors"] != parts(without, Profile())["detectors"]

    book, profile = Ledger(tmp_path / "ledger.jsonl"), Profile(settings={"ledger": str(tmp_path / "ledger.jsonl")})
    report = Screener().screen("今日晴。")
    book.record("approve", report, "王某", 2)
    first = parts(without, profile)["ledger"]
    assert parts(without, profile)["ledger"] == first
    book.record("approve", report, "王某", 3)
    assert parts(without, profile)["ledger"] != first


def test_report_receipt_and_version_tell_the_same(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    screener = Screener()
    report = screener.screen(Post("今日晴。", title="天气"))
    receipt = Ledger(tmp_path / "ledger.jsonl").record("approve", report, "王某", 2)
    assert main(["--version"]) == 0

    assert screener.fingerprint in capsys.readouterr().out
    assert receipt.versions["fingerprint"] == report.to_dict()["versions"]["fingerprint"] == screener.fingerprint
    assert len(screener.fingerprint) == 16
