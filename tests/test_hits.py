"""From a place in the folded view to a hit that stands: disguises, rivals, edges; each at its limit."""

from __future__ import annotations

from dataclasses import replace

import pytest

from govmedia_screen.lexicon.hits import Hit, disguises, inside, occurrences, repeats, runs_cover, same_class, stretch, trimmed, verify
from govmedia_screen.lexicon.lexicon import Lexicon, load
from govmedia_screen.matching.fold import EVERY, Fold
from govmedia_screen.matching.text import Sheet, Text

RULE = """[[rule]]
id = "bureau.terms"
level = "note"
message = "本单位"
basis = "第十二条"
boundary = false
terms = '''
{terms}
'''
unless = '''
{unless}
'''
hit = ["无"]
miss = ["今日晴"]
"""
TERMS = ("代开发票", "赌博", "嘻嘻哈哈", "vpn", "84消毒", "欧元a")
UNLESS = ("禁止赌博", "赌博机", "反赌博条例")


@pytest.fixture(scope="module")
def lexicon(tmp_path_factory: pytest.TempPathFactory) -> Lexicon:
    folder = tmp_path_factory.mktemp("terms")
    (folder / "a.toml").write_text(RULE.format(terms="\n".join(TERMS), unless="\n".join(UNLESS)), "utf-8")
    return load([folder], shipped=False)


def found(lexicon: Lexicon, raw: str) -> list[tuple[str, Fold]]:
    """What stands in a text: the slices, and the disguises that were needed."""
    sheet = Sheet([raw])
    text = Text("body", raw, sheet, 0)
    hits = []
    for last, number in lexicon.index.matcher.find(sheet.view):
        for entry in lexicon.index.entries(number):
            if entry.rule and (place := verify(entry, sheet, text, last - entry.size, last)):
                hits.append((raw[place[0] : place[1]], place[2]))
    return hits


@pytest.mark.parametrize(
    ("raw", "surface", "disguise"),
    [
        ("可代开发票吗", "代开发票", Fold(0)),
        ("可代開發票吗", "代開發票", Fold.TRADITIONAL),
        ("可代*开发票吗", "代*开发票", Fold.NOISE),
        ("可代\u200b开发票吗", "代\u200b开发票", Fold.INVISIBLE),
        ("可代代开发票吗", "代开发票", Fold(0)),
        ("可赌赌博博吗", "赌赌博博", Fold.REPEAT),
        ("他嘻嘻哈哈地", "嘻嘻哈哈", Fold(0)),
        ("他嘻嘻哈哈哈地", "嘻嘻哈哈", Fold(0)),
        ("用VPN上网", "VPN", Fold.CASE),
        ("用ＶＰＮ上网", "ＶＰＮ", Fold.WIDTH | Fold.CASE),
        ("用84消毒液", "84消毒", Fold(0)),
    ],
)
def test_what_stands(lexicon: Lexicon, raw: str, surface: str, disguise: Fold) -> None:
    assert found(lexicon, raw) == [(surface, disguise)]


@pytest.mark.parametrize(
    "raw",
    [
        "今日晴",
        "禁止赌博",
        "买了赌博机",
        "反赌博条例",
        "禁*止赌*博",
        "xvpn",
        "vpnx",
        "a184消毒",
        "见 https://vpn.example.com 一文",
        "来信 a@vpn.com",
        "见 http://vpn 一文",
        "他嘻哈地",
    ],
)
def test_what_does_not_stand(lexicon: Lexicon, raw: str) -> None:
    assert found(lexicon, raw) == []


def test_a_rival_counts_where_it_lies_over_the_hit(lexicon: Lexicon) -> None:
    assert [surface for surface, _ in found(lexicon, "赌博，禁止赌博")] == ["赌博"]
    assert [surface for surface, _ in found(lexicon, "赌*博，禁*止赌*博")] == ["赌*博"]
    assert [surface for surface, _ in found(lexicon, "止赌博")] == ["赌博"]


@pytest.mark.parametrize(
    ("raw", "start", "second", "term", "wanted"),
    [
        ("研究究竟", 1, 3, "究竟", 2),
        ("研究竟", 1, 2, "究竟", 1),
        ("哈哈哈", 0, 3, "哈哈", 1),
        ("研究 究竟", 1, 4, "究竟", 3),
        ("研究x竟", 1, 3, "究竟", 1),
    ],
)
def test_where_repeats_belong_to_the_word_before(raw: str, start: int, second: int, term: str, wanted: int) -> None:
    assert trimmed(raw, start, second, term) == wanted


@pytest.mark.parametrize(
    ("raw", "start", "plain", "end", "wanted"),
    [
        ("赌赌赌博", 0, 2, 4, True),
        ("赌赌博", 0, 1, 3, False),
        ("赌赌博博", 0, 1, 3, True),
        ("赌博博", 0, 0, 2, False),
        ("赌x赌博", 0, 2, 4, False),
    ],
)
def test_what_is_repeated_on_purpose(raw: str, start: int, plain: int, end: int, wanted: bool) -> None:
    assert repeats(raw, start, plain, end) is wanted


@pytest.mark.parametrize(
    ("raw", "end", "term", "wanted"),
    [("嘻嘻哈哈", 3, "嘻嘻哈哈", 4), ("嘻嘻哈", 3, "嘻嘻哈哈", 3), ("嘻嘻哈*哈", 3, "嘻嘻哈哈", 5), ("嘻嘻哈呀哈", 3, "嘻嘻哈哈", 3), ("嘻哈哈", 2, "嘻哈", 2),
     ("嘻嘻哈哈哈", 3, "嘻嘻哈哈", 4), ("哈哈哈", 1, "哈哈哈", 3)],
)  # fmt: skip
def test_repeats_that_the_term_has_itself(raw: str, end: int, term: str, wanted: int) -> None:
    assert stretch(raw, end, term, EVERY) == wanted


@pytest.mark.parametrize(
    ("surface", "term", "folds", "wanted"),
    [
        ("赌博", "赌博", EVERY, Fold(0)), ("赌*博", "赌博", EVERY, Fold.NOISE), ("赌*博", "赌博", EVERY & ~Fold.NOISE, None),
        ("赌赌博", "赌博", EVERY, Fold.REPEAT), ("赌赌博", "赌博", EVERY & ~Fold.REPEAT, None), ("賭博", "赌博", Fold.TRADITIONAL, Fold.TRADITIONAL),
        ("赌场", "赌博", EVERY, None),
    ],
)  # fmt: skip
def test_disguises(surface: str, term: str, folds: Fold, wanted: Fold | None) -> None:
    assert disguises(surface, term, folds) == wanted


@pytest.mark.parametrize(
    ("seen", "wanted", "covers"),
    [
        ("赌赌博", "赌博", True),
        ("赌博", "赌博", True),
        ("赌博", "赌赌博", False),
        ("赌博赌", "赌博", False),
        ("赌场", "赌博", False),
        ("赌", "赌博", False),
    ],
)
def test_runs(seen: str, wanted: str, covers: bool) -> None:
    assert runs_cover(seen, wanted) is covers


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [("a", "Z", True), ("1", "2", True), ("a", "1", False), ("\x80", "a", False), ("a", " ", False), ("1", "a", False)],
)
def test_letters_go_with_letters(one: str, other: str, same: bool) -> None:
    assert same_class(ord(one), ord(other)) is same


@pytest.mark.parametrize(
    ("phrases", "wanted"),
    [
        (("赌博",), True),
        (("禁赌博",), True),
        (("赌博机",), True),
        (("禁赌",), False),
        (("博机",), False),
        (("机",), False),
        ((), False),
        (("x", "禁赌博机"), True),
    ],
)
def test_an_accepted_phrase_lies_over_the_hit(phrases: tuple[str, ...], wanted: bool) -> None:
    assert inside("赌博机禁赌博机", 4, 6, phrases) is wanted


def test_an_accepted_phrase_may_begin_the_text() -> None:
    assert inside("赌博机", 0, 2, ("赌博机",))
    assert not inside("x赌博机", 1, 3, ("赌博x",))


def test_occurrences_do_not_overlap() -> None:
    assert list(occurrences("aaa", "aa")) == [0]
    assert list(occurrences("abab", "ab")) == [0, 2]
    assert list(occurrences("x", "ab")) == []


@pytest.mark.parametrize(
    ("surface", "term", "disguise", "hidden"),
    [
        ("代开发票", "代开发票", Fold(0), False), ("代開發票", "代开发票", Fold.TRADITIONAL, False), ("代*开发票", "代开发票", Fold.NOISE, True),
        ("代 开发票", "代开发票", Fold.NOISE, False), ("代 开 发 票", "代开发票", Fold.NOISE, True), ("赌 博", "赌博", Fold.NOISE, False),
        ("赌赌博", "赌博", Fold.REPEAT, True),
    ],
)  # fmt: skip
def test_what_is_hidden(lexicon: Lexicon, surface: str, term: str, disguise: Fold, hidden: bool) -> None:
    text = Text("body", surface, Sheet([surface]), 0)
    hit = Hit(lexicon["bureau.terms"], term, None, text, 0, len(surface), disguise)

    assert hit.hidden is hidden
    assert replace(hit, variant="pinyin").hidden
    assert replace(hit, variant="pinyin").labels[0] == "拼音"
    assert hit.is_words
    assert (hit.labels == ()) is (disguise == Fold(0))


def test_words_are_asked_for_where_an_entry_wants_them(lexicon: Lexicon) -> None:
    """As it reads, not as it is hidden."""
    for raw, start, end, disguise, whole in (
        ("严厉打击赌博活动", 4, 6, Fold(0), True), ("处女座运势", 0, 2, Fold(0), False), ("严厉打击赌*博活动", 4, 7, Fold.NOISE, True),
        ("处*女座运势", 0, 3, Fold.NOISE, False),
    ):  # fmt: skip
        text = Text("body", raw, Sheet([raw]), 0)
        hit = Hit(lexicon["bureau.terms"], raw[start:end].replace("*", ""), None, text, start, end, disguise, boundary=True)
        assert hit.is_words is whole, raw
        assert replace(hit, boundary=False).is_words
