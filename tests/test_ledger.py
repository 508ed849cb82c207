"""The ledger: nothing can be changed unseen, and what is published is held against what was approved."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest
from archives import changes, jsonl, rows
from hypothesis import given
from hypothesis import strategies as st

from screeners import SCREENER
from govmedia_screen import InputError, Post, Screener
from govmedia_screen import profile as profiles
from govmedia_screen.archive.scan import scan
from govmedia_screen.cli import main
from govmedia_screen.errors import LedgerError
from govmedia_screen.ledger.ledger import Approvals, Ledger
from govmedia_screen.ledger.record import NOTHING, content

AT = datetime.fromisoformat("2026-03-02T09:00:00+08:00")


def filled(path: Path, count: int = 4) -> Ledger:
    """A ledger with some records."""
    ledger = Ledger(path)
    for number in range(count):
        post = Post(f"第{number}号通告：今日晴。", id=number, account="河口镇发布")
        ledger.record("approve" if number % 3 else "return", SCREENER.screen(post), "王某", 1 + number % 3, "张某", f"意见{number}", AT)
    return ledger


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The bytes of a whole ledger."""
    path = tmp_path_factory.mktemp("ledger") / "l.jsonl"
    filled(path)
    return path.read_bytes()


def test_a_receipt_holds_what_was_signed(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path / "l.jsonl")
    report = SCREENER.screen(Post("身份证号11010519491231002X。", id=7, account="河口镇发布"))

    receipt = ledger.record("approve", report, " 王某 ", 2, author="张某", note="已核", at=AT)

    assert (receipt.number, receipt.person, receipt.tier, receipt.required, receipt.decision) == (1, "王某", 2, 3, "block")
    assert receipt.findings == ("privacy.resident-id",)
    assert (receipt.digest, receipt.content, receipt.previous) == (report.digest, content(report.post), NOTHING)
    assert "11010519491231002X" not in ledger.path.read_text("utf-8")
    assert [*ledger.records()] == [receipt]
    assert ledger.verify() == (1, receipt.hash)


@given(st.data())
def test_no_byte_can_be_changed(whole: bytes, tmp_path_factory: pytest.TempPathFactory, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(whole) - 1))
    byte = data.draw(st.integers(0, 255).filter(lambda value: value != whole[place]))
    path = tmp_path_factory.getbasetemp() / "changed.jsonl"
    path.write_bytes(whole[:place] + bytes([byte]) + whole[place + 1 :])

    try:
        found = [*Ledger(path).records()]
    except LedgerError:
        return
    path.write_bytes(whole)  # another way to write the same JSON
    assert found == [*Ledger(path).records()]


@pytest.mark.parametrize(("order", "line"), [((0, 2, 3), 2), ((1, 2, 3), 1), ((0, 2, 1, 3), 2), ((0, 1, 1, 2, 3), 3), ((0, 0, 1, 2, 3), 2)])
def test_no_record_can_be_taken_out_moved_or_doubled(whole: bytes, tmp_path: Path, order: tuple[int, ...], line: int) -> None:
    lines = whole.splitlines(keepends=True)
    path = tmp_path / "l.jsonl"
    path.write_bytes(b"".join(lines[place] for place in order))

    with pytest.raises(LedgerError, match=f"第{line}行接不上"):
        Ledger(path).verify()


def test_what_is_cut_off_is_seen_by_the_anchor(whole: bytes, tmp_path: Path) -> None:
    path = tmp_path / "l.jsonl"
    path.write_bytes(whole)
    count, head = Ledger(path).verify()
    path.write_bytes(b"".join(whole.splitlines(keepends=True)[:-1]))

    assert Ledger(path).verify()[0] == count - 1
    with pytest.raises(LedgerError, match="截短"):
        Ledger(path).verify(head)
    with pytest.raises(LedgerError, match="截短"):
        Ledger(path).verify(head[:4])
    path.write_bytes(whole)
    assert Ledger(path).verify(head[:12]) == (count, head)


def test_a_line_that_power_cut_off(whole: bytes, tmp_path: Path) -> None:
    path = tmp_path / "l.jsonl"
    path.write_bytes(whole[:-20])
    ledger = Ledger(path)
    report = SCREENER.screen("今日晴。")

    with pytest.raises(LedgerError, match=r"第4行不完整.*repair"):
        ledger.verify()
    with pytest.raises(LedgerError, match="repair"):
        ledger.record("approve", report, "王某", 2)
    assert path.read_bytes() == whole[:-20]
    beside = ledger.repair()
    assert beside
    assert whole.splitlines()[-1].startswith(beside.read_bytes().rstrip(b"\n"))
    assert ledger.record("approve", report, "王某", 2).number == 4
    assert ledger.verify()[0] == 4
    assert ledger.repair() is None


def test_several_processes_write_one_chain(tmp_path: Path) -> None:
    path = tmp_path / "l.jsonl"
    code = (
        "import sys; from govmedia_screen import Screener; from govmedia_screen.ledger.ledger import Ledger\n"
        "report = Screener().screen('今日晴。')\n"
        "for _ in range(25): Ledger(sys.argv[1]).record('approve', report, sys.argv[2], 2)"
    )
    running = [subprocess.Popen([sys.executable, "-c", code, str(path), name]) for name in "甲乙丙"]

    assert [one.wait() for one in running] == [0, 0, 0]
    assert Ledger(path).verify()[0] == 75


def test_arguments_must_say_something(tmp_path: Path) -> None:
    report = SCREENER.screen("今日晴。")
    for action, person, tier in (("sign", "王某", 2), ("approve", " ", 2), ("approve", "王某", 4)):
        with pytest.raises(InputError, match="签发"):
            Ledger(tmp_path / "l.jsonl").record(action, report, person, tier)
    with pytest.raises(InputError, match="无法写入"):
        Ledger(tmp_path / "no/l.jsonl").record("approve", report, "王某", 2)
    with pytest.raises(InputError, match="找不到"):
        Ledger(tmp_path / "l.jsonl").verify()
    for line in (b"[]", b"{}", b"1", b"\xff", b'{"findings": 1}', b'{"findings": [], "x": 1}'):
        (tmp_path / "l.jsonl").write_bytes(line + b"\n")
        with pytest.raises(LedgerError, match="第1行不是台账记录"):
            Ledger(tmp_path / "l.jsonl").verify()


@given(st.text(st.characters(exclude_categories=()), max_size=40), st.text(max_size=10))
def test_any_post_can_be_recorded(tmp_path_factory: pytest.TempPathFactory, body: str, title: str) -> None:
    path = tmp_path_factory.getbasetemp() / "any.jsonl"
    path.unlink(missing_ok=True)
    post = Post(body, title=title, id=title, account=title)
    receipt = Ledger(path).record("approve", SCREENER.screen(post), "王某", 3)

    assert [*Ledger(path).records()] == [receipt]
    same, others = Approvals([receipt]).of(post)
    assert (same, others) == ([receipt], [])


@pytest.mark.parametrize(
    ("published", "late"),
    [
        ("2026-03-02 08:59", True), ("2026-03-02T09:00:01", False), ("2026/3/1 8:05", True), ("2026年3月1日", True), ("2026年3月2日", False),
        ("20260301", True), (date(2026, 3, 1), True), (datetime.fromisoformat("2026-03-02T00:30:00+00:00"), True), (None, False), ("昨天", False),
    ],
)  # fmt: skip
def test_what_came_out_before_it_was_approved(tmp_path: Path, published: object, late: bool) -> None:
    receipt = Ledger(tmp_path / "l.jsonl").record("approve", SCREENER.screen("今日晴。"), "王某", 2, at=AT)
    approved = replace(receipt, at=AT.isoformat())

    assert approved.later_than(published) == late  # type: ignore[arg-type]


def test_a_record_may_be_long(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path / "l.jsonl")
    for size in (300_000, 5, 70_000):
        ledger.record("approve", SCREENER.screen("今日晴。"), "王某", 2, note="长" * size)

    assert ledger.verify()[0] == 3


def test_layout_is_not_wording() -> None:
    assert content(Post("第一段。\r\n\r\n第二段。", title="通告")) == content(Post(" 第一段。\n　第\u200b二段。\n", title="通 告"))
    assert content(Post("甲乙", title="丙")) != content(Post("乙", title="丙甲"))


def archived(folder: Path, *bodies: str) -> Path:
    """Published posts."""
    made = [{"id": f"p{number}", "account": "甲", "body": body, "published_at": "2026-03-03"} for number, body in enumerate(bodies)]
    return jsonl(folder / "posts.jsonl", made)


def test_an_archive_is_held_against_the_ledger(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path / "l.jsonl")
    bodies = ("今日晴，气温适宜。", "明日有雨，出门带伞。", "后日转阴，注意添衣。")
    for number, body in enumerate(bodies[:2]):
        ledger.record("approve", SCREENER.screen(Post(body, id=f"p{number}", account="甲")), "王某", 2, at=AT)
    source = archived(tmp_path, bodies[0], "明日有雪，出门带伞。", bodies[2])
    profile = profiles.load()

    def found() -> list[tuple[str, str]]:
        screener = Screener(replace(profile, settings={**profile.settings, "ledger": str(ledger.path)}))
        scan([source], tmp_path / "out", screener)
        return [(row["id"], row["rule"]) for row in rows(tmp_path / "out", "findings")]

    assert found() == [("p1", "approval.changed"), ("p2", "approval.missing")]
    ledger.record("approve", SCREENER.screen(Post(bodies[2], id="p2", account="甲")), "王某", 2, at=AT)
    assert found() == [("p1", "approval.changed")]
    assert changes(tmp_path / "out") == [("cleared", "approval.missing", "")]


def test_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    post, path = tmp_path / "a.md", tmp_path / "l.jsonl"
    post.write_text("身份证号11010519491231002X。\n", "utf-8")

    def said(*args: object) -> tuple[int, str]:
        code = main([str(one) for one in args])
        done = capsys.readouterr()
        return code, done.out + done.err

    code, text = said("ledger", "approve", post, "--ledger", path, "--tier", 1, "--person", "张某")
    assert code == 1
    assert "还须3级签发" in text
    code, text = said("ledger", "approve", post, "--ledger", path, "--tier", 3, "--person", "王某", "--author", "张某")
    assert code == 0
    assert "可以发布" in text
    receipt = text.rpartition("回执 ")[2].strip()
    assert said("ledger", "verify", "--ledger", path)[1].endswith(receipt + "\n")
    assert "approval" not in said("check", post, "--ledger", path)[1]
    post.write_text("身份证号110105194912310021。\n", "utf-8")
    assert "approval.changed" in said("check", post, "--ledger", path)[1]
    code, text = said("ledger", "show", "--ledger", path, "--post", post, "--format", "jsonl")
    assert [json.loads(line)["person"] for line in text.splitlines()] == ["张某", "王某"]
    path.write_text(path.read_text("utf-8").replace("王某", "李某"), "utf-8")
    for verb in (("ledger", "verify"), ("check", post)):
        code, text = said(*verb, "--ledger", path)
        assert code == 2
        assert "第2行的内容与它的校验值不符" in text
