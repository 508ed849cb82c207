"""The whole line: what goes in comes out, exact, whatever it is."""

from __future__ import annotations

import pickle
import subprocess
import sys
import threading
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import posts

from govmedia_screen import Decision, Finding, Level, Post, Screener
from govmedia_screen.profile import Profile

OFFICE = Path(__file__).parent / "data/office"
SCREENER = Screener(lexicons=OFFICE)


def found(text: str) -> list[tuple[str, str]]:
    """Surface and level of each finding of the office's test rules."""
    return [(one.text, str(one.level)) for one in SCREENER.screen(text).findings if one.rule.startswith("office.")]


@settings(max_examples=300)
@given(posts, posts)
def test_every_finding_is_the_slice(title: str, body: str) -> None:
    """``getattr(post, part)[start:end] == text`` for every text; findings are sorted; reports serialise."""
    post = Post(title=title, body=body)

    report = SCREENER.screen(post)

    for one in report.findings:
        assert getattr(post, one.part)[one.start : one.end] == one.text
    keys = [(one.part != "title", one.start, one.end, one.rule) for one in report.findings]
    assert keys == sorted(keys)
    report.to_json().encode()


@settings(max_examples=60)
@given(st.lists(st.builds(Post, title=posts, body=posts), max_size=8))
def test_batch_is_the_same_as_one_by_one(many: list[Post]) -> None:
    """Neighbours on the sheet change nothing."""
    together = list(SCREENER.screen_many(many))

    assert [report.to_dict() for report in together] == [SCREENER.screen(post).to_dict() for post in many]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("线上赌场，加微信abc12345", [("线上赌场", "block")]),
        ("这里提到线上赌场", [("线上赌场", "review")]),
        ("线*上*赌*场", [("线*上*赌*场", "block")]),
        ("線上賭場", [("線上賭場", "review")]),
        ("线\n上\n赌\n场", [("线\n上\n赌\n场", "block")]),
        ("线\u200b上赌😀场", [("线\u200b上赌😀场", "block")]),
        ("线上，赌场", []),
        ("我有一个大麻烦", []),
        ("大麻籽油", []),
        ("口服三黄片", []),
        ("𝐬𝐦服务", [("𝐬𝐦", "block")]),
        ("smile SMART", []),
        ("①夜情", [("①夜情", "block")]),
        ("嘻嘻哈哈", [("嘻嘻哈哈", "review")]),
        ("嘻哈文化", []),
        ("加+V了解", [("+V", "review")]),
        ("https://a.cn/sm/ sm@qq.com", []),
        ("《关于整治线上赌场的通知》", []),
    ],
)
def test_disguises_and_traps(text: str, expected: list[tuple[str, str]]) -> None:
    """Seen through where hidden, left alone where innocent."""
    assert found(text) == expected


@pytest.mark.parametrize(
    "text",
    ["", " ", "\n" * 1000, "😀" * 500, "\ud800" * 10, "\x00" * 100, "\uffff\uffff", "　", "é" * 50],
    ids=["empty", "blank", "lines", "emoji", "surrogates", "nul", "noncharacters", "wide-space", "combining"],
)
def test_odd_texts_pass(text: str) -> None:
    """A report, no exception."""
    assert SCREENER.screen(text).decision is Decision.PASS


@pytest.mark.parametrize("unit", ["8", "线上赌场", "今天天气很好，适合出行。", "“", "a", "61088119900101123", "1 ", "。"])
def test_cost_is_linear(unit: str) -> None:
    """Five megabytes cost about five times what one does: counted in calls of Python functions, not in seconds."""

    def calls(size: int) -> int:
        text, count = (unit * (size // len(unit)))[:size], 0

        def trace(frame: object, event: str, arg: object) -> None:
            nonlocal count
            count += event in ("call", "c_call")

        sys.setprofile(trace)
        try:
            SCREENER.screen(text)
        finally:
            sys.setprofile(None)
        return count

    small, large = calls(20_000), calls(100_000)

    assert large <= small * 5 * 1.5 + 2000


def test_large_text_gives_a_report() -> None:
    """Five megabytes of ordinary text, and one of one digit."""
    assert SCREENER.screen("今天天气很好，适合出行。\n" * 140_000).versions["profile"] == "default"
    assert SCREENER.screen("7" * 1_000_000).incomplete == ()


def test_over_limit_is_never_a_pass(tmp_path: Path) -> None:
    """What was not read needs a reader."""
    (tmp_path / "p.toml").write_text('extends = "default"\n[limits]\nmax_characters = 10\n', "utf-8")

    report = Screener(tmp_path / "p.toml").screen("一" * 11)

    assert report.decision is Decision.REVIEW
    assert report.review_tier == 2
    assert report.incomplete[0].start == 10


def test_import_is_light() -> None:
    """Importing the package and screening a clean post loads neither jieba nor scikit-learn."""
    code = (
        "import sys, govmedia_screen\n"
        "assert not {'jieba', 'sklearn', 'scipy', 'pandas'} & sys.modules.keys()\n"
        "govmedia_screen.Screener().screen('市政府召开常务会议，研究部署防汛工作。')\n"
        "assert not {'jieba', 'sklearn', 'scipy', 'pandas'} & sys.modules.keys(), 'screening'\n"
    )

    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_pickles_and_threads() -> None:
    """A Screener travels to workers and is shared between threads."""
    copy = pickle.loads(pickle.dumps(SCREENER))
    text = "线上赌场，加微信abc12345"
    answers: list[int] = []
    threads = [threading.Thread(target=lambda: answers.extend(len(SCREENER.screen(text).findings) for _ in range(50))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert copy.screen(text).to_dict() == SCREENER.screen(text).to_dict()
    assert answers == [len(copy.screen(text).findings)] * 200


def test_own_detector_is_called() -> None:
    """``extra`` takes detectors of the caller's own."""

    class Shouting:
        family = "office"

        def find(self, reading):  # noqa: ANN001, ANN202
            place = reading.body.find("！！！")
            if place >= 0:
                yield Finding("office.shouting", Level.NOTE, "body", place, place + 3, "！！！", "叹号太多")

    report = Screener(extra=[Shouting()]).screen("注意！！！")

    assert [one.rule for one in report.findings if one.family == "office"] == ["office.shouting"]


def test_exemptions(tmp_path: Path) -> None:
    """An exemption in force takes the finding away and is told; an expired or unused one is told too."""
    (tmp_path / "p.toml").write_text(
        'extends = "default"\n'
        '[[exempt]]\nrule = "office.test"\nphrase = "线上赌场"\nreason = "案例教育片名"\nuntil = 2999-01-01\n'
        '[[exempt]]\nrule = "office"\nphrase = "大麻"\nreason = "旧"\nuntil = 2001-01-01\n',
        "utf-8",
    )
    screener = Screener(tmp_path / "p.toml", OFFICE)

    report = screener.screen("这里提到线上赌场")

    assert report.decision is Decision.PASS
    assert report.exempted[0][1].reason == "案例教育片名"
    assert [one.until for one in screener.unused_exemptions()] == [date(2001, 1, 1)]


@pytest.mark.parametrize("post", [3, None, b"bytes"])
def test_wrong_type_is_told(post: object) -> None:
    """What is not a post is a TypeError."""
    with pytest.raises(TypeError, match="Post or a str"):
        SCREENER.screen(post)  # type: ignore[arg-type]


def test_wrong_kind_is_told() -> None:
    """The message names the kinds."""
    with pytest.raises(ValueError, match="article, repost, reply, notice"):
        Post("x", kind="blog")


def test_own_patterns_are_bounded_in_time(tmp_path: Path) -> None:
    """An office's pattern finds what it describes; one that overruns is told and never a pass."""
    rule = '[[rule]]\nid = "office.number"\nlevel = "note"\nmessage = "内部编号"\nbasis = "第二十条"\npatterns = \'\'\'\n{}\n\'\'\'\nhit = ["编号NB-2026-0001"]\nmiss = ["无"]\n'
    (tmp_path / "a.toml").write_text(rule.format(r"NB-\d{4}-\d{4}"), "utf-8")
    assert [one.text for one in Screener(lexicons=tmp_path).screen("见编号NB-2026-0042。").findings if one.rule == "office.number"] == [
        "NB-2026-0042"
    ]

    (tmp_path / "a.toml").write_text(rule.format(r"(?:NB-)?(?:a|a|aa)+b"), "utf-8")
    report = Screener(lexicons=tmp_path).screen("a" * 5000)

    assert report.decision is Decision.REVIEW
    assert "office.number" in report.incomplete[0].reason


def test_another_profile_takes_the_lexicon_over() -> None:
    """``under`` gives what a Screener made anew gives, without reading the lexicon again; ``reload`` reads it."""
    profile = Profile(name="strict", settings={"punctuation": "strict"})
    other, anew = SCREENER.under(profile), Screener(profile, OFFICE)
    post = Post('他说:"好",走了. 攻坚克隆')

    assert other.lexicon is SCREENER.lexicon
    assert other.fingerprint == anew.fingerprint != SCREENER.fingerprint
    assert other.screen(post).findings == anew.screen(post).findings != SCREENER.screen(post).findings
    other.reload()
    assert other.lexicon is not SCREENER.lexicon
    assert other.profile == profile
