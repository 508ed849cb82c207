"""The shipped profiles, and the verb that proves, shows and compares profiles."""

from __future__ import annotations

from pathlib import Path

import pytest

from govmedia_screen import Post, Screener
from govmedia_screen.cli import main
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

    assert {str(one.level) for one in Screener().screen(post).findings if one.rule == "source.missing"} == {"review"}
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
