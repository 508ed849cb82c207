"""Reports, masks, fixes, policy and profiles."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import posts

from govmedia_screen import Decision, Finding, Level, Post, ProfileError, Screener
from govmedia_screen import profile as profiles
from govmedia_screen.finding import Positions, Traits
from govmedia_screen.report.policy import decide, settle
from govmedia_screen.report.report import Report, clusters

OFFICE = Path(__file__).parent / "data/office"


def finding(
    rule: str, start: int, end: int, level: Level = Level.REVIEW, suggestion: str | None = None, body: str = "一二三四五六七八九十"
) -> Finding:
    traits = Traits(safe=rule.startswith("wording.character"))
    return Finding(rule, level, "body", start, end, body[start:end], "问题", suggestion, "第十二条", traits=traits)


def report(*findings: Finding, body: str = "一二三四五六七八九十") -> Report:
    return Report(Post(body), findings, Decision.REVIEW, 2)


spans = st.lists(
    st.tuples(
        st.integers(0, 9),
        st.integers(1, 4),
        st.sampled_from(["privacy.x", "secrecy.y", "wording.character", "stability.z"]),
        st.sampled_from(Level),
    ),
    max_size=12,
)


@given(spans)
def test_settling_leaves_one_finding_a_place_and_family(made: list[tuple[int, int, str, Level]]) -> None:
    """No two findings of a family overlap, and every one left out is overlapped by a graver or longer or earlier one."""
    some = [finding(rule, start, min(10, start + size), level) for start, size, rule, level in made]
    kept = settle(some)

    for one in kept:
        assert not any(
            other is not one and other.family == one.family and other.start < one.end and one.start < other.end for other in kept
        )
    for one in some:
        assert one in kept or any(o.family == one.family and o.start < one.end and one.start < o.end and o.level >= one.level for o in kept)


@given(spans)
def test_masked_text_holds_no_masked_finding(made: list[tuple[int, int, str, Level]]) -> None:
    """Overlapping findings are masked as one; what is outside stays."""
    some = [finding(rule, start, min(10, start + size)) for start, size, rule, _ in made]
    masked = report(*some).redacted(mask="＊", families=("privacy", "secrecy"))["body"]

    assert len(masked) == 10
    for place, char in enumerate("一二三四五六七八九十"):
        covered = any(one.family in ("privacy", "secrecy") and one.start <= place < one.end for one in some)
        assert masked[place] == ("＊" if covered else char)


@given(spans)
def test_fixes_never_overlap(made: list[tuple[int, int, str, Level]]) -> None:
    """Only safe suggestions are applied, and of overlapping ones one."""
    some = [finding(rule, start, min(10, start + size), suggestion="改") for start, size, rule, _ in made]
    fixed = report(*some).fixed()["body"]

    assert fixed.count("改") == len(clusters(one for one in some if one.family == "wording"))


@given(posts, st.data())
def test_positions(text: str, data: st.DataObject) -> None:
    """Lines, columns and UTF-16 offsets are those that counting gives."""
    offset = data.draw(st.integers(0, len(text)))
    places = Positions(text)

    assert places.utf16(offset) == len(text[:offset].encode("utf-16-le", "surrogatepass")) // 2
    line, column = places.line_column(offset)
    before = text[:offset].replace("\r\n", "\n").replace("\r", "\n")
    if not (text[offset - 1 : offset] == "\r" and text[offset : offset + 1] == "\n"):
        assert (line, column) == (before.count("\n") + 1, len(before) - before.rfind("\n"))


def test_dictionary_has_every_field_even_if_it_is_zero() -> None:
    post = Post("👍线上赌场，加微信abc12345", title="", id=0)
    made = Screener(lexicons=OFFICE).screen(post)

    one = json.loads(made.to_json())

    assert one["id"] == 0
    assert one["schema"] == 1
    assert len(one["digest"]) == 64
    hit = next(found for found in one["findings"] if found["rule"] == "office.test")
    assert (hit["start"], hit["utf16_start"], hit["line"], hit["column"]) == (1, 2, 1, 2)
    assert {"govmedia_screen", "lexicons", "model", "profile", "fingerprint"} == one["versions"].keys()


def test_decisions_and_tiers() -> None:
    """Level decides; the family can ask for a higher signature; what is incomplete is never a pass."""
    profile = profiles.load()

    assert decide([], profile, True) == (Decision.PASS, 0)
    assert decide([finding("wording.x", 0, 1, Level.NOTE)], profile, True) == (Decision.PASS, 1)
    assert decide([finding("wording.x", 0, 1)], profile, True) == (Decision.REVIEW, 2)
    assert decide([finding("secrecy.x", 0, 1)], profile, True) == (Decision.REVIEW, 3)
    assert decide([finding("wording.x", 0, 1, Level.BLOCK)], profile, True) == (Decision.BLOCK, 3)
    assert decide([], profile, False) == (Decision.REVIEW, 2)


def test_profile_lays_over_the_one_it_extends(tmp_path: Path) -> None:
    (tmp_path / "base.toml").write_text('extends = "default"\n[families]\nwording = false\n[levels]\n"stability.abuse" = "off"\n', "utf-8")
    (tmp_path / "own.toml").write_text(
        'extends = "base.toml"\nname = "本局"\n[levels]\n"office.test" = "note"\n[tiers]\nnote = 0\n', "utf-8"
    )

    profile = profiles.load(tmp_path / "own.toml")
    made = Screener(profile, OFFICE).screen("这里有线上赌场，加微信abc12345，攻坚克隆")

    assert (profile.name, profile.on("wording"), profile.on("privacy")) == ("本局", False, True)
    assert [
        (one.rule, str(one.level))
        for one in made.findings
        if one.rule.startswith(("office.", "wording.style-office", "wording.character-office"))
    ] == [("office.test", "note")]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("nmae = 'x'", "p.toml:1: 不认识的键“nmae”，是不是 name"),
        ("extends = 'nothing'", "找不到方案"),
        ("extends = 'p.toml'", "circle"),
        ("[settings]\nreply_workday = 3", r"p.toml:2: settings：不认识的键“reply_workday”，是不是 reply_workdays"),
        ("[settings]\n\nflood = '多'", r"p.toml:3: settings：flood 应写成 不小于 1 的整数"),
        ("[thresholds]\ncomercial = 0.5", "是不是 commercial"),
        ("families = 5", "p.toml:1: families 应写成 一张表"),
        ("[tiers.families]\nprivacy = 9", r"p.toml:2: tiers.families.privacy 应写成 0 到 3 的整数"),
        ("[levels]\n'a.b' = 'severe'", "levels.a.b"),
        ("[tiers]\nblock = 9", "tiers：block 应写成 0 到 3 的整数"),
        ("[families]\nprivacy = 'yes'", "families.privacy"),
        ("[thresholds]\ncommercial = 2", "thresholds：commercial 应写成"),
        ("[limits]\nmax_characters = 0", "max_characters"),
        ("[[exempt]]\nrule = 'a.b'\nphrase = 'x'", "缺少 reason（豁免须写明"),
        ("[[exempt]]\nrule = 'a.b'\nreason = 'x'\nuntil = 2027-01-01", "phrase 或 post"),
        ("not toml", "TOML"),
    ],
)
def test_profile_slips_are_told(tmp_path: Path, text: str, says: str) -> None:
    (tmp_path / "p.toml").write_text(text, "utf-8")

    with pytest.raises(ProfileError, match=says):
        profiles.load(tmp_path / "p.toml")


OWN = """[[rule]]
id = "office.{name}"
level = "review"
message = "示例"
basis = "本单位规定"
{more}
terms = '''
{terms}
'''
hit = ["见{hit}"]
miss = ["没有"]
"""


def own(folder: Path, *rules: tuple[str, str, str]) -> Screener:
    """An office's own rules: name, keys, terms."""
    made = [OWN.format(name=name, more=more, terms=terms, hit=terms.split()[0]) for name, more, terms in rules]
    (folder / "a.toml").write_text("\n".join(made), "utf-8")
    return Screener(lexicons=folder)


def test_an_offices_rule_is_masked_as_it_says(tmp_path: Path) -> None:
    """``mask`` in a rule of any family; without it the family decides."""
    screener = own(
        tmp_path, ("code", "mask = [2, 2]", "甲乙丙丁戊己"), ("plain", "", "庚辛壬癸子丑"), ("all", 'mask = "whole"', "寅卯辰巳午未")
    )

    assert (
        screener.screen("见甲乙丙丁戊己、庚辛壬癸子丑、寅卯辰巳午未。").redacted()["body"] == "见甲乙＊＊戊己、庚辛壬癸子丑、＊＊＊＊＊＊。"
    )


def test_an_offices_rule_is_mended_only_if_it_is_safe(tmp_path: Path) -> None:
    """``safe`` in a rule lets its replacement be put in."""
    screener = own(tmp_path, ("sure", "safe = true", "甲乙丙丁 → 甲乙丙戊"), ("unsure", "", "庚辛壬癸 → 庚辛壬子"))

    assert screener.screen("见甲乙丙丁、庚辛壬癸。").fixed()["body"] == "见甲乙丙戊、庚辛壬癸。"


def test_an_offices_covering_rule_leaves_the_findings_inside_it(tmp_path: Path) -> None:
    """``covers`` in a rule: what stands inside is found as well."""
    rules = [("inside", "", "甲乙丙丁"), ("around", "covers = true", "前后甲乙丙丁前后")]

    assert {one.rule for one in own(tmp_path, *rules).screen("见前后甲乙丙丁前后。").findings} == {"office.inside", "office.around"}
    rules[1] = ("around", "", "前后甲乙丙丁前后")
    assert {one.rule for one in own(tmp_path, *rules).screen("见前后甲乙丙丁前后。").findings} == {"office.around"}
