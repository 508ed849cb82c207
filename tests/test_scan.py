"""Scan: resumed after kill -9, incremental, deterministic; what is taken over equals what is screened anew."""

from __future__ import annotations

import argparse
import json
import os
import re
import sqlite3
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from archives import changes, content, jsonl, posts, rejected, rows

from screeners import SCREENER
from govmedia_screen import InputError, Screener
from govmedia_screen.archive.readers import json_lines as lines
from govmedia_screen.archive.duplicates import contacts, signature
from govmedia_screen.archive.duplicates import write as write_duplicates
from govmedia_screen.archive.ruleset import snapshot, touched
from govmedia_screen.archive.inspection.inspection import inspect
from govmedia_screen.archive.inspection.quarters import Quarter
from govmedia_screen.archive.scan import Summary, scan
from govmedia_screen.system.locks import locked
from govmedia_screen.cli import main
from govmedia_screen.cli import scan as verb
from govmedia_screen.profile import Profile
from govmedia_screen.profile import load as load_profile

KILL = Path(__file__).parent / "data/archive/kill.py"
RULE = """[[rule]]
id = "office.test"
level = "{level}"
message = "{message}"
basis = "测试"
terms = '''
{terms}
'''
hit = ["{hit}"]
miss = ["晴"]
"""


@pytest.fixture(autouse=True)
def small_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Many small parts."""
    monkeypatch.setattr(lines, "SIZE", 40_000)


def office(folder: Path, terms: list[str], level: str = "review", message: str = "测试") -> list[str]:
    """An office's lexicon folder."""
    folder.mkdir(exist_ok=True)
    (folder / "office.toml").write_text(RULE.format(terms="\n".join(terms), level=level, message=message, hit=terms[0]), "utf-8")
    return [str(folder)]


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(os, "fork"), reason="POSIX only")
def test_fifty_kills_change_nothing(tmp_path: Path) -> None:
    """Fifty times kill -9 at a random moment; the result equals an undisturbed scan's byte by byte."""
    source = jsonl(tmp_path / "archive.jsonl", [*posts(600), "no post", {"body": 5}])

    done = subprocess.run([sys.executable, KILL, source, tmp_path, "50", "2"], capture_output=True, text=True, timeout=900, check=False)

    assert done.returncode == 0, done.stderr[-2000:]
    killed, finished = map(int, re.findall(r"killed (\d+) finished (\d+)", done.stdout)[0])
    assert killed >= 50
    assert finished >= 1


@pytest.mark.parametrize("workers", [2, 3])
def test_workers_change_nothing(workers: int, tmp_path: Path) -> None:
    """The same files, byte by byte, whoever does the work."""
    source = jsonl(tmp_path / "a.jsonl", [*posts(300), 5])

    scan([source], tmp_path / "one", SCREENER)
    scan([source], tmp_path / "many", SCREENER, workers=workers)

    assert content(tmp_path / "many") == content(tmp_path / "one")


def test_again_screens_nothing(tmp_path: Path) -> None:
    """A second scan of the same takes everything over."""
    source = jsonl(tmp_path / "a.jsonl", posts(100))
    scan([source], tmp_path / "out", SCREENER)
    before = content(tmp_path / "out")

    summary = scan([source], tmp_path / "out", SCREENER)

    assert (summary.posts, summary.screened) == (100, 0)
    assert content(tmp_path / "out") == before


@pytest.mark.parametrize("where", ["end", "front", "middle"])
def test_only_new_and_changed_posts_are_screened(where: str, tmp_path: Path) -> None:
    """Posts added anywhere, one changed, one gone: the result is that of a scan from nothing."""
    old, new = posts(300), posts(320)[300:]
    source = jsonl(tmp_path / "a.jsonl", old)
    scan([source], tmp_path / "out", SCREENER)
    old[200] = old[200] | {"body": "此件为内部资料，请勿外传。"}
    del old[100]
    place = {"end": 299, "front": 0, "middle": 150}[where]
    jsonl(source, [*old[:place], *new, *old[place:]])

    summary = scan([source], tmp_path / "out", SCREENER)

    scan([source], tmp_path / "anew", SCREENER)
    assert (summary.posts, summary.screened) == (319, 21)
    assert content(tmp_path / "out") == content(tmp_path / "anew")


def test_since(tmp_path: Path) -> None:
    """Only posts of that day and later; those that tell no day are taken."""
    made = posts(200)
    source = jsonl(tmp_path / "a.jsonl", [*made, {"body": "没有日期"}])

    scan([source], tmp_path / "out", SCREENER, since="2026-09-01")

    days = [row["day"] for row in rows(tmp_path / "out", "posts")]
    assert len(days) == sum(row["published_at"] >= "2026-09-01" for row in made) + 1
    assert min(filter(None, days)) >= "2026-09-01"


def rescan(tmp_path: Path, before: list[str], after: list[str], profile: Profile | None = None) -> Summary:
    """Scan with one lexicon folder, then another, into one output; and anew with the second."""
    source = jsonl(tmp_path / "a.jsonl", posts(400))
    scan([source], tmp_path / "out", Screener(lexicons=before))
    after = after or before
    screener = Screener(profile, lexicons=after)
    summary = scan([source], tmp_path / "out", screener)
    scan([source], tmp_path / "anew", screener)
    assert content(tmp_path / "out") == content(tmp_path / "anew")
    return summary


def test_changed_terms_touch_only_posts_that_contain_them(tmp_path: Path) -> None:
    """A term more and a term less: what they find and clear is told, other posts are not screened again."""
    one, two = office(tmp_path / "one", ["公交线路调整"]), office(tmp_path / "two", ["河道清淤"])

    summary = rescan(tmp_path, one, two)

    with_either = sum("公交线路调整" in row["title"] + row["body"] or "河道清淤" in row["title"] + row["body"] for row in posts(400))
    assert summary.screened == with_either
    assert 0 < with_either < 200
    told = set(changes(tmp_path / "out"))
    assert told == {("new", "office.test", "河道清淤"), ("cleared", "office.test", "公交线路调整")}
    assert set(summary.changes) == {"new", "cleared"}


def test_changed_level(tmp_path: Path) -> None:
    """Another level: only posts with findings of that family."""
    one, two = office(tmp_path / "one", ["河道清淤"]), office(tmp_path / "two", ["河道清淤"], level="block")

    summary = rescan(tmp_path, one, two)

    assert {change for change, _, _ in changes(tmp_path / "out")} == {"level"}
    assert 0 < summary.screened < 200


def test_changed_profile(tmp_path: Path) -> None:
    """A rule switched off clears its findings, and only theirs are looked at."""
    folder = office(tmp_path / "one", ["河道清淤"])

    summary = rescan(tmp_path, folder, folder, replace(load_profile(), levels={"office.test": None}))

    assert set(changes(tmp_path / "out")) == {("cleared", "office.test", "河道清淤")}
    assert 0 < summary.screened < 200


def test_accepted_phrases(tmp_path: Path) -> None:
    """A phrase that is declared innocent: only posts that contain it."""
    one, two = office(tmp_path / "one", ["河道清淤"]), office(tmp_path / "two", ["河道清淤"])
    (tmp_path / "two/accept.txt").write_text("河口镇河道清淤\n", "utf-8")

    summary = rescan(tmp_path, one, two)

    assert {change for change, _, _ in changes(tmp_path / "out")} == {"cleared"}
    assert 0 < summary.screened < 100


def test_what_cannot_be_followed_touches_everything(tmp_path: Path) -> None:
    """Thresholds and an office's other files: every post is screened again."""
    base = snapshot(SCREENER)
    for profile in (Profile(thresholds={"commercial": 0.99}), Profile(families={"wording": False}), Profile(max_characters=10)):
        assert touched(base, snapshot(Screener(profile))).everything
    folder = office(tmp_path / "one", ["河道清淤"])
    before = snapshot(Screener(lexicons=folder))
    (tmp_path / "one/roster.toml").write_text("# 名单\n", "utf-8")
    assert touched(before, snapshot(Screener(lexicons=folder))).everything
    assert not touched(base, snapshot(Screener())).everything
    assert base["fingerprint"] == snapshot(Screener())["fingerprint"]


def test_an_abandoned_run_is_no_base(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Parts left by an interrupted run under other rules are never taken over as if they were of the last finished one."""
    source = jsonl(tmp_path / "a.jsonl", posts(200))
    folders = [office(tmp_path / name, [term]) for name, term in (("one", "河道清淤"), ("two", "公交线路调整"), ("three", "秋粮收购"))]

    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    scan([source], tmp_path / "out", Screener(lexicons=folders[0]))
    with pytest.raises(KeyboardInterrupt):
        scan([source], tmp_path / "out", Screener(lexicons=folders[1]), progress=stop)
    screener = Screener(lexicons=folders[2])
    scan([source], tmp_path / "out", screener)

    scan([source], tmp_path / "anew", screener)
    assert content(tmp_path / "out") == content(tmp_path / "anew")


def test_two_scans_do_not_share_a_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The second is refused."""
    monkeypatch.setattr("govmedia_screen.system.locks.PATIENCE", 0.1)
    source = jsonl(tmp_path / "a.jsonl", posts(5))
    (tmp_path / "out").mkdir()

    with locked(tmp_path / "out/.lock", ""), pytest.raises(InputError, match="另一个扫描"):
        scan([source], tmp_path / "out", SCREENER)


def test_a_folder_that_is_not_ours(tmp_path: Path) -> None:
    """A catalogue that is none is not written over."""
    (tmp_path / "out").mkdir()
    (tmp_path / "out/catalogue.sqlite").write_bytes(b"something else entirely, long enough to be read as a header")

    with pytest.raises(InputError, match="catalogue"):
        scan([jsonl(tmp_path / "a.jsonl", posts(5))], tmp_path / "out", SCREENER)


def test_catalogue(tmp_path: Path) -> None:
    """The catalogue can be asked with SQL."""
    scan([jsonl(tmp_path / "a.jsonl", [*posts(200), 5])], tmp_path / "out", SCREENER)

    connection = sqlite3.connect(tmp_path / "out/catalogue.sqlite")
    total = connection.execute("SELECT sum(posts), sum(findings), sum(rejected) FROM parts").fetchone()
    counted = connection.execute("SELECT sum(findings) FROM counts").fetchone()[0]
    connection.close()

    assert total == (200, len(rows(tmp_path / "out", "findings")), 1)
    assert counted == total[1]


def test_duplicates_and_shared_contacts(tmp_path: Path) -> None:
    """The same text in two accounts, slightly changed; one number in three posts."""
    text = next(row["body"] for row in posts(50) if len(row["body"]) > 400)
    made = [row | {"account": f"账号{number}"} for number, row in enumerate(posts(60, seed=3))]
    made[5] |= {"body": text}
    made[30] |= {"body": text.replace("，", "、") + "转自别处。"}
    for number in (1, 2, 3):
        made[number]["body"] += "联系人手机138 0013 8011。"
    source = jsonl(tmp_path / "a.jsonl", made)
    scan([source], tmp_path / "out", SCREENER, traits=True)

    line = write_duplicates(tmp_path / "out")

    groups = [json.loads(one) for one in (tmp_path / "out/duplicates.jsonl").read_text("utf-8").splitlines()]
    assert [group["accounts"] for group in groups] == [{"账号30": 1, "账号5": 1}]
    assert "1 个" in line
    assert contacts("ＱＱ：123456789 微信号abc_123 电话12345 13800138000") == ("QQ 123456789", "微信 abc_123", "手机 13800138000")
    assert signature("太短") == b""


def test_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The verb says what was done and answers as every verb does."""
    source = jsonl(tmp_path / "a.jsonl", [*posts(50), 5])
    parser = argparse.ArgumentParser()
    verb.add(parser)

    code = verb.run(
        parser.parse_args(
            [str(source), "--out", str(tmp_path / "out"), "--workers", "1", "--progress", "always", "--changed-rules", "--duplicates"]
        )
    )

    said = capsys.readouterr()
    assert code == 2
    assert "50 篇" in said.out
    assert "共 51 条 = 审查 50 + 沿用 0 + 读不出 1" in said.out
    assert "应为一个对象" in said.out
    assert "规则没有变化" in said.out
    assert "篇/秒" in said.err
    assert len(rejected(tmp_path / "out")) == 1
    jsonl(source, posts(50))
    assert verb.run(parser.parse_args([str(source), "--out", str(tmp_path / "out"), "--workers", "1", "--fail-on", "note"])) == int(
        bool(rows(tmp_path / "out", "findings"))
    )


DAMAGE = {
    "missing": lambda path: path.unlink(),
    "cut off": lambda path: path.write_bytes(path.read_bytes()[:-20]),
    "flipped": lambda path: path.write_bytes(bytes(byte ^ (1 if 40 <= place < 44 else 0) for place, byte in enumerate(path.read_bytes()))),
    "empty": lambda path: path.write_bytes(b""),
}


@pytest.mark.parametrize("harm", DAMAGE)
@pytest.mark.parametrize("kind", ["posts", "findings"])
def test_a_damaged_part_is_told_by_inspect_and_made_anew_by_scan(tmp_path: Path, kind: str, harm: str) -> None:
    source = jsonl(tmp_path / "a.jsonl", posts(200))
    scan([source], tmp_path / "out", SCREENER)
    whole = content(tmp_path / "out")
    DAMAGE[harm](sorted((tmp_path / "out" / kind).iterdir())[1])

    with pytest.raises(InputError, match="重新运行 scan"):
        inspect(tmp_path / "out", Quarter.of("2026Q3"))
    summary = scan([source], tmp_path / "out", SCREENER)

    assert summary.damaged == 1
    assert content(tmp_path / "out") == whole
    assert summary.screened < summary.posts


def test_a_damaged_catalogue_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = jsonl(tmp_path / "a.jsonl", posts(400))
    scan([source], tmp_path / "out", SCREENER)
    catalogue = tmp_path / "out/catalogue.sqlite"
    data = bytearray(catalogue.read_bytes())
    for place in range(4096, len(data), 4096):
        data[place : place + 200] = bytes(200)
    catalogue.write_bytes(data)

    assert main(["scan", str(source), "--out", str(tmp_path / "out"), "--workers", "1"]) == 2
    assert "catalogue.sqlite" in capsys.readouterr().err
