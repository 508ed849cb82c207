"""Every article has a rule that answers it, and every rule rests on something."""

from __future__ import annotations

import re

from screeners import SCREENER
from govmedia_screen.lexicon_tools.articles import by_article


def test_every_article_is_answered() -> None:
    for (article, _), rules in by_article(SCREENER.lexicon).items():
        assert rules, article


def test_every_rule_answers_an_article() -> None:
    """What a basis names stands in families.toml, so that no rule is left off the list by a slip of the pen."""
    known = SCREENER.lexicon.families.articles
    for rule in SCREENER.rules:
        assert rule.articles, rule.id
        assert set(rule.articles) <= known.keys(), rule.id


def test_every_rule_has_a_basis() -> None:
    for rule in SCREENER.rules:
        assert re.search(r"第[一二三四五六七八九十]+条|GB|《", rule.basis), rule.id
        assert rule.message.strip()
        assert not re.search("[A-Za-z]{12,}", rule.message), rule.id
