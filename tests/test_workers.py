"""Worker processes: the same reports in the same order, bounded read-ahead, errors that surface."""

from __future__ import annotations

import multiprocessing
import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from extra_detectors import Dies, Fails

from screeners import SCREENER
from govmedia_screen import Decision, Level, Post, Screener
from govmedia_screen.batch import workers as module
from govmedia_screen.profile import Exemption, Profile
from govmedia_screen.batch.workers import AHEAD

TEXTS = [
    "我市召开会议。",
    "加微信vx12345abc抢购，限时五折。",
    "",
    "此件为内部资料，请勿外传。",
    "身份证号：11010519491231002X，住某村。",
    "\ud800坏字",
]
POSTS = [
    Post(body=f"{TEXTS[number % len(TEXTS)]}{number}", title=TEXTS[-number % 4], id=number, meta={"n": number}) for number in range(1000)
]


@pytest.fixture(params=["fork", "spawn"])
def method(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Both ways in which processes are begun."""
    if request.param not in multiprocessing.get_all_start_methods():
        pytest.skip(f"no {request.param} on this system")
    monkeypatch.setattr(module, "context", lambda: multiprocessing.get_context(request.param))
    return str(request.param)


def test_same_reports_in_the_same_order(method: str) -> None:
    """Two workers say what one process says, and give back the caller's own posts."""
    screener = SCREENER

    reports = list(screener.screen_many(POSTS, workers=2))

    assert [report.to_dict() for report in reports] == [report.to_dict() for report in screener.screen_many(POSTS)]
    assert all(report.post is post for report, post in zip(reports, POSTS, strict=True))


def test_reads_no_further_ahead_than_needed() -> None:
    """An endless source is read as far as the reports are asked for, and a few batches more."""
    read = 0

    def endless() -> Iterator[str]:
        nonlocal read
        while True:
            read += 1
            yield "我市召开会议。"

    reports = SCREENER.screen_many(endless(), workers=2)
    for _ in range(300):
        next(reports)
    reports.close()

    assert read <= 300 + 128 * (2 * AHEAD + 3)


def test_a_failing_detector_costs_one_post_in_a_worker_too(method: str) -> None:
    """The post is for review and names the detector; all others are screened."""
    posts = ["我市召开会议。"] * 300 + ["炸"] + ["我市召开会议。"] * 300
    reports = list(Screener(extra=(Fails(),)).screen_many(posts, workers=2))

    assert [place for place, one in enumerate(reports) if one.incomplete] == [300]
    assert reports[300].decision is Decision.REVIEW
    assert "Fails" in reports[300].incomplete[0].reason


def test_a_killed_worker_is_an_error_not_a_pass() -> None:
    """The system kills a worker: the caller is told."""
    reports = Screener(extra=(Dies(),)).screen_many(["我市召开会议。", "炸"], workers=2)

    with pytest.raises(module.BrokenExecutor):
        list(reports)


def test_a_sources_exception_surfaces() -> None:
    """What the caller's iterator raises reaches the caller."""

    def broken() -> Iterator[str]:
        yield from ["我市召开会议。"] * 200
        raise KeyError("source")

    with pytest.raises(KeyError, match="source"):
        list(SCREENER.screen_many(broken(), workers=2))


def test_exemptions_used_in_workers_count_as_used(tmp_path: Path) -> None:
    """``unused_exemptions`` knows what workers needed."""
    rule = "[[rule]]\nid = 'office.test'\nlevel = 'review'\nmessage = '测试'\nbasis = '测试'\nterms = '''\n请勿外传\n'''\nhit = ['请勿外传']\nmiss = ['晴']\n"
    (tmp_path / "office.toml").write_text(rule, "utf-8")
    needed, idle = (Exemption("office.test", "已批准", date(2099, 1, 1), phrase=phrase) for phrase in ("请勿外传", "请勿转发"))
    screener = Screener(Profile(exemptions=(needed, idle)), lexicons=tmp_path)

    reports = list(screener.screen_many(["此件请勿外传。"] * 200, workers=2))

    assert all(exemption == needed for report in reports for _, exemption in report.exempted)
    assert screener.unused_exemptions() == (idle,)


def test_threads_do_not_fork() -> None:
    """Beside other threads processes are spawned: a fork could inherit a lock that nobody will open."""
    stop = threading.Event()
    thread = threading.Thread(target=stop.wait)
    thread.start()
    try:
        assert module.context().get_start_method() == "spawn"
    finally:
        stop.set()
        thread.join()


@pytest.mark.skipif(not hasattr(os, "fork"), reason="POSIX only")
def test_workers_do_not_outlive_their_parent() -> None:
    """Kill -9 of the caller ends its workers, too."""
    code = (
        "import os, time; from govmedia_screen import Screener\n"
        "reports = Screener().screen_many(('今日晴。' for _ in iter(int, 1)), workers=2); next(reports)\n"
        "import multiprocessing; print(*(p.pid for p in multiprocessing.active_children()), flush=True)\n"
        "[None for _ in reports]"
    )
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        children = [int(pid) for pid in process.stdout.readline().split()]
        process.kill()
    assert len(children) == 2

    until = time.monotonic() + 20
    while any(alive(pid) for pid in children) and time.monotonic() < until:
        time.sleep(0.05)

    assert not any(alive(pid) for pid in children)


def alive(pid: int) -> bool:
    """Whether a process still runs (a zombie does not)."""
    try:
        with open(f"/proc/{pid}/stat") as file:
            return file.read().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def test_levels_travel() -> None:
    """What comes back from a worker are the very enumerations."""
    reports = SCREENER.screen_many(["加微信vx12345abc抢购，限时五折。"] * 130, workers=2)

    assert all(isinstance(one.level, Level) for report in reports for one in report.findings)
