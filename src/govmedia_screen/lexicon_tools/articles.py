"""The regulation's articles and the rules that answer them: 《神木市政务新媒体管理办法》(神政办发〔2022〕10号)."""

from __future__ import annotations

from govmedia_screen.lexicon.lexicon import Lexicon
from govmedia_screen.lexicon.rule import Rule


def by_article(lexicon: Lexicon) -> dict[tuple[str, str], list[Rule]]:
    """Every article and what it asks, with the rules whose basis it is, by their ids."""
    rules = sorted(lexicon, key=lambda rule: rule.id)
    return {(article, asks): [rule for rule in rules if article in rule.articles] for article, asks in lexicon.families.articles.items()}
