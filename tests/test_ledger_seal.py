"""A ledger made anew by an insider is seen by its seal; a renamed file is still the post that was approved."""

from __future__ import annotations

import json
from dataclasses import asdict, replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govmedia_screen import InputError, Post, Screener
from govmedia_screen import profile as profiles
from govmedia_screen.cli import main
from govmedia_screen.errors import LedgerError
from govmedia_screen.ledger.ledger import Approvals, Ledger
from govmedia_screen.ledger.likeness import likely, sketch
from govmedia_screen.ledger.record import Record, written
from govmedia_screen.ledger.seal import VARIABLE, Seals, key_of

SCREENER = Screener()
KEY = b"0123456789abcdef-elsewhere"
NOTICE = "县供水所定于周六上午检修城南管网，届时南门街、书院巷一带停水四小时，请住户提前储水，维修费每户12元。"


def filled(path: Path, count: int = 4) -> Ledger:
    """A ledger with some records."""
    ledger = Ledger(path)
    for number in range(count):
        ledger.record("approve", SCREENER.screen(Post(f"第{number}号通告：今日晴。", id=number)), "王某", 2)
    return ledger


def forged(ledger: Ledger, **values: object) -> None:
    """What an insider does: change every record, compute the chain anew, write it over."""
    lines, previous = [], "0" * 64
    for record in list(ledger.records()):
        bare = replace(record, previous=previous, **values)  # type: ignore[arg-type]
        done = Record(**(asdict(bare) | {"hash": bare.sealed()}))
        lines.append(written(done) + "\n")
        previous = done.hash
    ledger.path.write_text("".join(lines), "utf-8")


def test_a_chain_made_anew_is_seen_by_its_seal(tmp_path: Path) -> None:
    ledger = filled(tmp_path / "l.jsonl")
    seals = Seals(ledger, KEY)
    first = seals.add()
    filled(tmp_path / "l.jsonl", 1)
    assert seals.add().number == 5
    assert seals.checked().previous == first.code

    forged(ledger, person="李局长")

    assert ledger.verify()[0] == 5  # the chain alone does not tell
    with pytest.raises(LedgerError, match="重算"):
        seals.checked()
    with pytest.raises(LedgerError, match="重算"):
        seals.add()
    with pytest.raises(LedgerError, match="密钥不对"):
        Seals(ledger, KEY + b"x").checked()
    seals.path.unlink()
    with pytest.raises(LedgerError, match="没有封存记录"):
        seals.checked()


@given(st.data())
def test_no_byte_of_a_seal_can_be_changed(tmp_path_factory: pytest.TempPathFactory, data: st.DataObject) -> None:
    folder = tmp_path_factory.mktemp("seal")
    seals = Seals(filled(folder / "l.jsonl", 1), KEY)
    seals.add()
    seals.add()
    whole = seals.path.read_bytes()
    place = data.draw(st.integers(0, len(whole) - 1))
    byte = data.draw(st.integers(0, 255).filter(lambda value: value != whole[place]))
    seals.path.write_bytes(whole[:place] + bytes([byte]) + whole[place + 1 :])

    try:
        last = seals.checked()
    except LedgerError:
        return
    seals.path.write_bytes(whole)  # another way to write the same JSON
    assert last == seals.checked()


def test_a_key_is_long_and_kept_elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    away = tmp_path / "away"
    away.mkdir()
    (away / "key").write_bytes(KEY + b"\n")
    (away / "short").write_bytes(b"1234")
    (tmp_path / "key").write_bytes(KEY)
    ledger = tmp_path / "l.jsonl"

    assert key_of(ledger, str(away / "key")) == KEY
    assert key_of(ledger, None) == b""
    with pytest.raises(InputError, match="同一文件夹"):
        key_of(ledger, str(tmp_path / "key"))
    with pytest.raises(InputError, match="太短"):
        key_of(ledger, str(away / "short"))
    monkeypatch.setenv(VARIABLE, KEY.decode())
    assert key_of(ledger, None) == KEY
    monkeypatch.setenv(VARIABLE, "1234")
    with pytest.raises(InputError, match="太短"):
        key_of(ledger, None)


def test_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    ledger, key = filled(tmp_path / "l.jsonl"), tmp_path / "away" / "key"
    key.parent.mkdir()
    key.write_bytes(KEY)

    def said(*args: object) -> tuple[int, str]:
        code = main(["ledger", *map(str, args), "--ledger", str(ledger.path)])
        done = capsys.readouterr()
        return code, done.out + done.err

    code, slip = said("seal")
    assert code == 0
    assert "签字" in slip
    anchor = slip.partition("校验值　")[2].partition("\n")[0]  # in groups of four, as it stands on paper
    assert said("verify", "--anchor", anchor)[0] == 0
    assert said("seal", "--key", key)[0] == 0
    filled(ledger.path, 1)
    code, text = said("verify", "--key", key)
    assert code == 0
    assert "到第4条" in text
    assert "其后 1 条尚未封存" in text
    forged(ledger, tier=3)
    assert said("verify")[0] == 0
    for options in (("--key", key), ("--anchor", anchor)):
        assert said("verify", *options)[0] == 2


@pytest.mark.parametrize("ending", [b"\n", b"\r\n", b"\n \n\n", b"\r\n\r\n"])
@pytest.mark.parametrize("crlf", [False, True])
def test_blank_lines_and_line_ends_are_no_change(tmp_path: Path, ending: bytes, crlf: bool) -> None:
    ledger = filled(tmp_path / "l.jsonl", 2)
    data = ledger.path.read_bytes()
    ledger.path.write_bytes((data.replace(b"\n", b"\r\n") if crlf else data) + ending)

    assert ledger.verify()[0] == 2
    assert ledger.repair() is None
    filled(tmp_path / "l.jsonl", 1)
    assert ledger.verify()[0] == 3


def test_a_line_after_a_blank_one_is_named_by_its_place_in_the_file(tmp_path: Path) -> None:
    ledger = filled(tmp_path / "l.jsonl", 2)
    lines = ledger.path.read_bytes().splitlines(keepends=True)
    ledger.path.write_bytes(lines[0] + b"\n" + lines[1].replace("王某".encode(), b"x"))

    with pytest.raises(LedgerError, match="第3行"):
        ledger.verify()


def rules(ledger: Ledger, post: Post) -> set[str]:
    """What the ledger says of a post."""
    profile = profiles.load()
    screener = Screener(replace(profile, settings={**profile.settings, "ledger": str(ledger.path)}))
    return {one.rule for one in screener.screen(post).findings if one.family == "approval"}


def test_a_renamed_file_is_still_the_post_that_was_approved(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path / "l.jsonl")
    ledger.record("approve", SCREENER.screen(Post(NOTICE, id="停水通知.md")), "王某", 3)
    changed = NOTICE.replace("12元", "12000元")

    assert rules(ledger, Post(NOTICE, id="改名.md")) == set()
    assert rules(ledger, Post(changed, id="停水通知.md")) == {"approval.changed"}
    assert rules(ledger, Post(changed, id="改名.md")) == {"approval.changed"}
    assert rules(ledger, Post(changed, id="2026-017")) == {"approval.missing"}  # another post, as its office says
    assert rules(ledger, Post("全县中小学将于九月一日开学，请家长提前办理入学手续，具体安排由各校另行通知。", id="改名.md")) == {
        "approval.missing"
    }


def test_records_of_before_sketches_still_verify(tmp_path: Path) -> None:
    ledger = filled(tmp_path / "l.jsonl")
    ledger.record("approve", SCREENER.screen(Post(NOTICE, id="a.md")), "王某", 3)
    forged(ledger, sketch="")

    assert "sketch" not in json.loads(ledger.path.read_bytes().splitlines()[-1])
    assert ledger.verify()[0] == 5
    assert Approvals(ledger.records()).of(Post(NOTICE, id="b.md"))[0]


@given(st.text(min_size=24, max_size=300), st.integers(0, 299), st.characters())
def test_one_character_more_is_nearly_the_same_text(body: str, place: int, char: str) -> None:
    longer = Post(NOTICE * 2 + body)
    changed = Post(longer.body[:place] + char + longer.body[place:])

    assert likely(sketch(longer), sketch(changed))
    assert not likely(sketch(longer), sketch(Post("".join(chr(0x4E00 + number) for number in range(200)))))
