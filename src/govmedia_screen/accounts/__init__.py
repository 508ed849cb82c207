"""Accounts: the register of an office's new-media accounts, checked against 第六–十条, how often they publish (第十二条), whether they are looked after (第十八条).

Example:
    >>> from govmedia_screen.accounts import check, load
    >>> findings = check(load("register.csv"))          # doctest: +SKIP
"""

from __future__ import annotations

from govmedia_screen.accounts.cadence import check_cadence
from govmedia_screen.accounts.checks import check
from govmedia_screen.accounts.examples import example_rules
from govmedia_screen.accounts.finding import AccountFinding
from govmedia_screen.accounts.monitoring import Standing, check_monitoring
from govmedia_screen.accounts.register import Account, Register, load

__all__ = ["Account", "AccountFinding", "Register", "Standing", "check", "check_cadence", "check_monitoring", "example_rules", "load"]
