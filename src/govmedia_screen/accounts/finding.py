"""A finding about an account: not a place in a text but a row of the register."""

from __future__ import annotations

from dataclasses import dataclass

from govmedia_screen.finding import Level
from govmedia_screen.lexicon.rule import Rule


@dataclass(frozen=True, slots=True)
class AccountFinding:
    """One thing that is wrong with one account.

    Attributes:
        rule: the rule's id.
        level: how grave.
        account: the account's name.
        platform: where it is.
        row: its line in the register, from 1; 0 if it comes from an archive.
        text: what was found, in the register's own words.
        message: what is wrong, for an editor.
        basis: the article.
        evidence: dates, other accounts, what is missing.
    """

    rule: str
    level: Level
    account: str
    platform: str
    row: int
    text: str
    message: str
    basis: str
    evidence: tuple[str, ...] = ()

    def to_dict(self) -> dict[str, object]:
        """A JSON-ready dictionary."""
        return {
            "rule": self.rule, "level": str(self.level), "account": self.account, "platform": self.platform, "row": self.row,
            "text": self.text, "message": self.message, "basis": self.basis, "evidence": list(self.evidence),
        }  # fmt: skip


def found(rule: Rule, account: str, platform: str, row: int, text: str, *evidence: str, level: Level | None = None) -> AccountFinding:
    """A finding of a rule."""
    return AccountFinding(
        rule.id,
        rule.level if level is None else level,
        account,
        platform,
        row,
        text,
        rule.message,
        rule.basis,
        tuple(filter(None, evidence)),
    )
