"""The shipped profiles, and the verb that proves, shows and compares profiles."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from screeners import SCREENER
from govmedia_screen import Post, ProfileError, Screener
from govmedia_screen.cli import main
from govmedia_screen.detectors.base import Reading
from govmedia_screen.finding import Finding, Level
from govmedia_screen.profile import shipped
from govmedia_screen.lexicon_tools.profiles import differences, problems


@pytest.mark.parametrize("name", shipped())
def test_shipped_profiles_name_what_exists(name: str) -> None:
    """Every rule and family in a shipped profile exists."""
    assert problems(name) == []


def test_there_are_three() -> None:
    """The regulation, the national indicators, drafts."""
    assert set(shipped()) == {"default", "indicators", "draft"}


def test_indicators_leave_sources_alone() -> None:
    """Sources are no indicator; empty replies are."""
    screener = Screener(profile="indicators")

    assert not any(one.family == "source" for one in screener.screen(Post(body="夏粮丰收。", kind="repost")).findings)
    assert any(one.rule == "reply.empty" for one in screener.screen(Post(body="已阅。", kind="reply")).findings)


def test_drafts_are_let_pass_with_notes() -> None:
    """A repost without a source is for review; as a draft it is a note."""
    post = Post(body="夏粮丰收。", kind="repost")

    assert {str(one.level) for one in SCREENER.screen(post).findings if one.rule == "source.missing"} == {"review"}
    assert {str(one.level) for one in Screener(profile="draft").screen(post).findings if one.rule == "source.missing"} == {"note"}


def test_differences() -> None:
    """A difference is told with both values, and none between a profile and itself."""
    assert differences("default", "default") == []
    assert "tiers.review: 2 → 1" in differences("default", "draft")


def test_problems_are_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """An unknown rule, an unknown family and an exemption that has run out are all told."""
    path = tmp_path / "office.toml"
    path.write_text(
        'extends = "default"\n[levels]\n"source.mising" = "off"\n[families]\nsauce = false\n'
        '[[exempt]]\nrule = "source.missing"\nphrase = "夏粮"\nreason = "示例"\nuntil = 2020-01-01\n',
        "utf-8",
    )

    assert main(["profile", "check", str(path)]) == 1
    out = capsys.readouterr().out
    assert "source.mising" in out
    assert "source.missing" in out
    assert "sauce" in out
    assert "2020-01-01" in out
    assert main(["profile", "check", "default"]) == 0
    assert main(["profile", "diff", "default", "draft"]) == 1
    assert main(["profile", "show", "draft"]) == 0
    assert main(["profile", "diff", "default"]) == 2


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ('[levels]\n\n"source.mising" = "off"\n', r"p.toml:3: levels 里的规则 source.mising 不存在，是不是 source.missing"),
        ("[families]\nprivcy = false\n", r"p.toml:2: families 里的家族 privcy 不存在，是不是 privacy"),
        ("[tiers.families]\nsecresy = 3\n", r"p.toml:2: tiers.families 里的家族 secresy 不存在，是不是 secrecy"),
        ('[settings]\nwaivable = ["privacy.mobil"]\n', "waivable 里的规则 privacy.mobil 不存在，是不是 privacy.mobile"),
        (
            '[[exempt]]\nrule = "wording.slipp"\nphrase = "帐篷"\nreason = "示例"\nuntil = 2099-01-01\n',
            "p.toml:2: 豁免的规则 wording.slipp 不存在",
        ),
    ],
)
def test_a_screener_and_check_refuse_names_that_nobody_has(
    tmp_path: Path, text: str, says: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """A slip of the pen would leave a rule on that the office believes to be off, or the other way round."""
    (tmp_path / "p.toml").write_text(text, "utf-8")
    (tmp_path / "a.txt").write_text("今日晴。", "utf-8")

    with pytest.raises(ProfileError, match=says):
        Screener(tmp_path / "p.toml")
    assert main(["check", "--profile", str(tmp_path / "p.toml"), str(tmp_path / "a.txt")]) == 2
    assert re.search(says, capsys.readouterr().err)


def test_rules_of_own_detectors_and_own_settings_may_be_named(tmp_path: Path) -> None:
    class Own:
        family = "bureau"

        def find(self, reading: Reading) -> list[Finding]:
            return [Finding("bureau.own", Level.BLOCK, "body", 0, 2, reading.body[:2], "本单位的")]

    (tmp_path / "p.toml").write_text('[levels]\n"bureau.own" = "note"\n[settings.own]\nanything = 5\n', "utf-8")

    (found,) = Screener(tmp_path / "p.toml", extra=[Own()]).screen("今日晴。").findings
    assert found.level == Level.NOTE
