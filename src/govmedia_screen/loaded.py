"""What a Screener has read from the disk: profile, lexicon, model, and the detectors made of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from govmedia_screen import fingerprint as fingerprints
from govmedia_screen import profile as profiles
from govmedia_screen.classifier.model import Model
from govmedia_screen.detectors import DETECTORS, Detector
from govmedia_screen.detectors.base import Finder, finders_of
from govmedia_screen.errors import ProfileError
from govmedia_screen.lexicon import lexicon as lexicons_module
from govmedia_screen.lexicon.index import Index
from govmedia_screen.lexicon.lexicon import Lexicon
from govmedia_screen.profile import Profile
from govmedia_screen.version import __version__


@dataclass(frozen=True)
class Loaded:
    """Everything read from disk, swapped as a whole by ``reload``."""

    profile: Profile
    lexicon: Lexicon
    index: Index
    model: Model | None
    detectors: tuple[Detector, ...]
    versions: dict[str, str]
    parts: dict[str, str]
    finders: dict[str, tuple[Finder, ...]]


def load(
    given: str | Path | Profile | None, folders: Sequence[str | Path], extra: tuple[Detector, ...], lexicon: Lexicon | None = None
) -> Loaded:
    """Read profile, lexicons and model, and make the detectors.

    Args:
        given: a path, the name of a shipped profile, a Profile, or None for the default.
        folders: an office's own lexicons, layered over the shipped ones.
        extra: detectors of the caller's own.
        lexicon: what the folders hold, where it has been read already.

    Raises:
        ScreenError: something is refused.
    """
    profile = profiles.load(given)
    lexicon = lexicon or lexicons_module.load(Path(folder) for folder in folders)
    if slips := profiles.unknown(profile, lexicon, (one.family for one in extra)):
        raise ProfileError("\n".join(slips))
    stance = profile.on("commercial") or profile.on("opinion")
    model = Model.load().at(profile.thresholds) if stance else None
    detectors = tuple(family(lexicon, profile) for family in DETECTORS) + extra
    versions = {
        "govmedia_screen": __version__,
        "lexicons": lexicon.version,
        "model": model.name if model else "",
        "profile": profile.name,
    }
    parts = fingerprints.parts(lexicon, profile, extra)
    versions["fingerprint"] = fingerprints.fingerprint(parts)
    return Loaded(profile, lexicon, lexicon.index, model, detectors, versions, parts, finders_of(detectors))
