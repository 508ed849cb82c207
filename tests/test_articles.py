"""Every article has a rule that answers it, and every rule rests on something."""

from __future__ import annotations

import re

from govmedia_screen import Screener
from govmedia_screen.lexicon_tools.articles import ARTICLES, by_article

SCREENER = Screener()


def test_every_article_is_answered() -> None:
    for (article, _), rules in by_article(SCREENER.rules).items():
        assert rules, article


def test_every_named_family_and_rule_exists() -> None:
    known = {rule.id for rule in SCREENER.rules}
    for _, _, names in ARTICLES:
        for name in names:
            assert any(rule == name or rule.startswith((f"{name}.", f"{name}-")) for rule in known), name


def test_every_rule_has_a_basis() -> None:
    for rule in SCREENER.rules:
        assert re.search(r"第[一二三四五六七八九十]+条|GB|《", rule.basis), rule.id
        assert rule.message.strip()
        assert not re.search("[A-Za-z]{12,}", rule.message), rule.id
