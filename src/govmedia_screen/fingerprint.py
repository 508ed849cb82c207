"""Fingerprint: one hash of everything that results depend on.

The same fingerprint is the same result for the same post. It stands in every report and receipt,
an archive is screened anew where it changes, and ``govmedia-screen --version`` prints it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from govmedia_screen.classifier.files import checksums
from govmedia_screen.ledger.ledger import Ledger
from govmedia_screen.lexicon.lexicon import Lexicon
from govmedia_screen.profile import Profile
from govmedia_screen.system.native import edition
from govmedia_screen.system.program import program


def parts(lexicon: Lexicon, profile: Profile, extra: Iterable[object] = ()) -> dict[str, str]:
    """What results depend on, each part by itself.

    Args:
        lexicon: the lexicon in force.
        profile: the profile in force.
        extra: detectors of the caller's own.

    Returns:
        ``program``: code and tables, the fold table among them; ``core``: the compiled core; ``models``: all models;
        ``lexicons``: everything in the lexicon folders; ``settings``: the profile; ``expired``: what no longer applies today;
        ``ledger``: the last record of the office's ledger; ``detectors``: the caller's own.
    """
    today = date.today()
    return {
        "program": program(),
        "core": edition(),
        "models": hashed(checksums()),
        "lexicons": lexicon.version,
        "settings": hashed(settings(profile)),
        "expired": hashed(
            [rule.id for rule in lexicon if rule.until and rule.until < today],
            [repr(one) for one in profile.exemptions if one.until < today],
        ),
        "ledger": ledger(profile.settings.get("ledger")),
        "detectors": hashed([f"{type(one).__module__}.{type(one).__qualname__}" for one in extra]),
    }


def fingerprint(of: Mapping[str, str]) -> str:
    """The parts as one hash, 16 hexadecimal digits."""
    return hashed(dict(of))


def settings(profile: Profile) -> dict[str, Any]:
    """What a profile decides, by itself and not by its name or place."""
    return {
        "families": {name: on for name, on in profile.families.items() if not on},
        "levels": {rule: str(level) if level else "off" for rule, level in profile.levels.items()},
        "tiers": {str(level): tier for level, tier in profile.tiers.items()},
        "family_tiers": dict(profile.family_tiers),
        "thresholds": dict(profile.thresholds),
        "max_characters": profile.max_characters,
        "settings": dict(profile.settings),
        "exemptions": sorted(repr(one) for one in profile.exemptions),
    }


def ledger(place: Any) -> str:
    """The last record of the office's ledger of approvals, which holds the hash of all before it."""
    return Ledger(place).verify()[1] if isinstance(place, str) else ""


def hashed(*values: Any) -> str:
    """Plain values as one short hash."""
    text = json.dumps(values, ensure_ascii=True, sort_keys=True, default=str)
    return hashlib.blake2b(text.encode(), digest_size=8).hexdigest()
