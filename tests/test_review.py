"""The review queue: tiers, receipts, the proof, and what happens when processes die or somebody edits the database."""

from __future__ import annotations

import multiprocessing
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from screeners import SCREENER
from govmedia_screen import InputError, Post
from govmedia_screen.errors import LedgerError
from govmedia_screen.ledger.ledger import Ledger
from govmedia_screen.review.queue import Queue

CLEAN = Post("今日天气晴，气温12到20摄氏度。", title="天气", id="a1")
GRAVE = Post("张三身份证号610881199003071231。", title="公示", id="a2")


def postgres_tools() -> Path | None:
    """Where the system keeps PostgreSQL's programs."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    return found[-1].parent if found else None


@pytest.fixture(scope="module")
def postgres() -> Iterator[str]:
    """A server of the test's own; its address."""
    tools = postgres_tools()
    if tools is None:
        pytest.skip("needs PostgreSQL's server: make test installs it where it may")
    pytest.importorskip("psycopg", reason="needs govmedia_screen[postgres]")
    folder = Path(tempfile.mkdtemp(prefix="govmedia-postgres-"))
    who = ["runuser", "-u", "postgres", "--"] if os.getuid() == 0 else []
    if who:
        shutil.chown(folder, "postgres")
    port = 20000 + os.getpid() % 20000
    data, socket = folder / "data", folder
    subprocess.run([*who, str(tools / "initdb"), "-D", str(data), "-A", "trust", "-U", "office"], check=True, capture_output=True, cwd="/")
    command = [*who, str(tools / "postgres"), "-D", str(data), "-p", str(port), "-k", str(socket), "-h", "127.0.0.1"]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd="/")
    import psycopg

    address = f"postgresql://office@127.0.0.1:{port}/postgres"
    for _ in range(100):
        try:
            psycopg.connect(address).close()
            break
        except psycopg.OperationalError:
            time.sleep(0.1)
    yield address
    subprocess.run([*who, str(tools / "pg_ctl"), "-D", str(data), "stop", "-m", "immediate"], check=True, capture_output=True, cwd="/")
    server.wait(20)
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(params=["sqlite", "postgres"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Each kind of database, empty."""
    if request.param == "sqlite":
        yield str(tmp_path / "reviews.sqlite")
        return
    address = request.getfixturevalue("postgres")
    import psycopg

    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute("DROP TABLE IF EXISTS records, submissions, opinions")
    yield address


@pytest.fixture
def queue(place: str) -> Iterator[Queue]:
    made = Queue(place, key=b"0123456789abcdef")
    yield made
    made.close()


def test_who_must_sign_follows_from_what_was_found(queue: Queue) -> None:
    clean, grave = (queue.submit(SCREENER.screen(post), "张某") for post in (CLEAN, GRAVE))

    assert (clean.required, grave.required) == (1, 3)
    assert [one.number for one in queue.waiting(tier=1)] == [clean.number]
    assert [one.number for one in queue.waiting(tier=3)] == [clean.number, grave.number]


def test_a_signature_below_the_tier_is_kept_and_not_enough(queue: Queue) -> None:
    number = queue.submit(SCREENER.screen(GRAVE), "张某").number
    queue.decide(number, "approve", "李某", 1)

    assert queue.get(number).state == "waiting"
    assert "级别不够" in queue.verify(GRAVE).reason
    receipt = queue.decide(number, "approve", "王某", 3)
    assert (queue.get(number).state, queue.verify(GRAVE).approved) == ("approved", True)
    assert queue.verify(GRAVE).receipt == receipt


def test_only_the_approved_text_is_approved(queue: Queue) -> None:
    number = queue.submit(SCREENER.screen(CLEAN), "张某").number
    assert queue.verify(CLEAN).reason == "这份文字没有审定记录"
    queue.decide(number, "approve", "王某", 1)

    assert queue.verify(CLEAN).approved
    changed = queue.verify(Post(CLEAN.body.replace("20", "30"), title="天气", id="a1"))
    assert (changed.approved, changed.reason) == (False, "同一编号审定的是另一份文字")


def test_a_returned_text_is_not_approved(queue: Queue) -> None:
    number = queue.submit(SCREENER.screen(CLEAN), "张某").number
    queue.decide(number, "return", "王某", 2, "数字待核")

    assert queue.verify(CLEAN).reason == "这份文字已被退回"
    with pytest.raises(InputError, match="已经退回"):
        queue.decide(number, "approve", "王某", 2)


def test_nobody_approves_their_own_unless_the_office_lets_them(place: str) -> None:
    queue = Queue(place)
    number = queue.submit(SCREENER.screen(CLEAN), "张某").number
    with pytest.raises(InputError, match="作者不能审定自己的稿件"):
        queue.decide(number, "approve", "张某", 1)
    queue.close()

    lenient = Queue(place, self_approval=True)
    assert lenient.decide(number, "approve", "张某", 1).person == "张某"
    lenient.close()


def test_receipts_are_signed_with_a_key_that_is_kept_elsewhere(queue: Queue, place: str) -> None:
    number = queue.submit(SCREENER.screen(CLEAN), "张某").number
    record = queue.decide(number, "approve", "王某", 1)
    other, none = Queue(place, key=b"another key of it"), Queue(place)

    assert len(queue.signature(record)) == 64
    assert queue.signature(record) != other.signature(record)
    assert none.signature(record) == ""
    other.close()
    none.close()


def test_opinions_on_findings_are_counted_by_rule(queue: Queue) -> None:
    number = queue.submit(SCREENER.screen(GRAVE), "张某").number
    rules = [one["rule"] for one in queue.get(number).report["findings"]]
    queue.decide(number, "approve", "王某", 3, opinions=[(place, place > 0) for place in range(len(rules))])

    assert queue.false_alarms()[0] == (rules[0], 1, 1)


def test_the_export_is_a_ledger(queue: Queue, tmp_path: Path) -> None:
    for number, post in enumerate((CLEAN, GRAVE), 1):
        queue.submit(SCREENER.screen(post), "张某")
        queue.decide(number, "approve", "王某", 3)
    path = tmp_path / "ledger.jsonl"
    path.write_text("".join(f"{line}\n" for line in queue.export()), "utf-8")

    assert Ledger(path).verify() == queue.check()
    assert queue.check()[0] == 2


def fill(path: str, count: int = 5) -> None:
    """A queue with some decisions."""
    queue = Queue(path)
    for number in range(1, count + 1):
        queue.submit(SCREENER.screen(Post(f"第{number}条，今日天气晴。")), "张某")
        queue.decide(number, "approve", "王某", 1)
    queue.close()


@pytest.mark.parametrize(
    "edit",
    [
        "UPDATE records SET line = REPLACE(line, '王某', '李某') WHERE number = 3",
        "DELETE FROM records WHERE number = 2",
        "DELETE FROM records WHERE number = 1",
        "UPDATE records SET line = (SELECT line FROM records WHERE number = 4) WHERE number = 2",
        "INSERT INTO records SELECT 6, line FROM records WHERE number = 5",
    ],
)
def test_whoever_edits_the_database_breaks_the_chain(tmp_path: Path, edit: str) -> None:
    path = str(tmp_path / "reviews.sqlite")
    fill(path)
    with sqlite3.connect(path) as connection:
        if not edit.startswith("INSERT"):
            with pytest.raises(sqlite3.IntegrityError, match="append-only"):
                connection.execute(edit)
        connection.execute("DROP TRIGGER records_stay")
        connection.execute("DROP TRIGGER records_remain")
        connection.execute(edit)
    connection.close()
    queue = Queue(path)

    with pytest.raises(LedgerError):
        queue.check()
    with pytest.raises(LedgerError):
        queue.verify(CLEAN)
    queue.close()


def test_what_is_cut_off_at_the_end_is_seen_by_an_anchor(tmp_path: Path) -> None:
    path = str(tmp_path / "reviews.sqlite")
    fill(path)
    queue = Queue(path)
    _, anchor = queue.check()
    queue.close()
    with sqlite3.connect(path) as connection:
        connection.execute("DROP TRIGGER records_remain")
        connection.execute("DELETE FROM records WHERE number = 5")
    connection.close()
    queue = Queue(path)

    assert queue.check()[0] == 4
    with pytest.raises(LedgerError, match="截短"):
        queue.check(anchor)
    queue.close()


def sign(path: str, first: int, count: int) -> None:
    """Submit and sign in a process of its own."""
    queue = Queue(path)
    for number in range(first, first + count):
        made = queue.submit(SCREENER.screen(Post(f"第{number}条，今日天气晴。")), "张某")
        queue.decide(made.number, "approve", "王某", 1)
    queue.close()


def test_writers_at_the_same_time_lose_nothing(place: str) -> None:
    Queue(place).close()
    context = multiprocessing.get_context("spawn")
    writers = [context.Process(target=sign, args=(place, 100 * number, 20)) for number in range(2)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join(120)
    queue = Queue(place)

    assert [writer.exitcode for writer in writers] == [0, 0]
    assert queue.check()[0] == 40
    queue.close()


KILLED = """
import sys
from govmedia_screen import Post, Screener
from govmedia_screen.review.queue import Queue
screener, queue = Screener(), Queue(sys.argv[1])
while True:
    made = queue.submit(screener.screen(Post("今日天气晴。")), "张某")
    print(queue.decide(made.number, "approve", "王某", 1).hash, flush=True)
"""


@pytest.mark.slow
def test_no_acknowledged_decision_is_lost_to_a_kill(tmp_path: Path) -> None:
    path, told = str(tmp_path / "reviews.sqlite"), []
    for round_ in range(20):
        process = subprocess.Popen([sys.executable, "-c", KILLED, path], stdout=subprocess.PIPE, text=True)
        assert process.stdout
        for _ in range(3 + round_ % 5):
            told.append(process.stdout.readline().strip())
        process.kill()
        told += [line.strip() for line in process.stdout.read().splitlines() if len(line.strip()) == 64]
        process.stdout.close()
        process.wait()
    queue = Queue(path)

    kept = [record.hash for record in queue.records()]
    assert len(told) >= 60
    assert set(told) <= set(kept)
    queue.close()


def test_a_post_of_nothing_can_be_returned(tmp_path: Path) -> None:
    queue = Queue(str(tmp_path / "review.db"))
    number = queue.submit(SCREENER.screen(Post("")), "甲").number

    assert queue.decide(number, "return", "乙", 3).number == 1
