"""What an editor may write in a lexicon: every key of ``[[rule]]`` and ``[[cue]]`` with its type; see lexicons/README.md.

A new key is a field here, a field of ``Rule``, a line in ``File.read_rule`` and a row in lexicons/README.md.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

import msgspec

from govmedia_screen.io.typed import Block, Filled, Lines, Texts

Distance = Annotated[int, msgspec.Meta(ge=1, le=1000)]
Examples = Annotated[list[Filled], msgspec.Meta(min_length=1)]
#: How many letters and digits of a masked finding stay, in front and at the end.
Kept = Annotated[list[Annotated[int, msgspec.Meta(ge=0, le=20)]], msgspec.Meta(min_length=2, max_length=2)]
#: The names of ``matching.fold.Fold`` and ``matching.variants``; a test holds them equal.
FoldName = Literal["width", "case", "traditional", "digits", "invisible", "noise", "homoglyph", "repeat", "letters"]
VariantName = Literal["pinyin", "initials", "letter", "homophone", "sound", "split", "reverse"]

#: Who may accept a finding.
Waive = Literal["author", "profile", "nobody"]
KindName = Literal["article", "repost", "reply", "notice"]


class RuleTable(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """One ``[[rule]]``."""

    id: Filled
    level: Filled
    message: Filled
    basis: Filled
    hit: Examples
    miss: Examples
    suggestion: Filled | None = None
    terms: Block = ""
    words: Texts = ""
    patterns: Block = ""
    unless: Lines = ""
    before: Block = ""
    after: Block = ""
    not_before: Block = ""
    not_after: Block = ""
    near: Lines = ""
    not_near: Lines = ""
    near_distance: Distance = 20
    not_near_distance: Distance = 20
    fold: list[FoldName] | None = None
    variants: list[VariantName] = msgspec.field(default_factory=list)
    boundary: bool | None = None
    context: Literal["plain", "stance"] = "plain"
    quoted: Literal["find", "skip"] = "find"
    expressions: Texts = ""
    since: date | None = None
    until: date | None = None
    covers: bool = False
    safe: bool = False
    mask: Literal["", "person", "phone", "email", "address", "day", "digits", "beginning", "whole"] | Kept = ""
    masked: bool | None = None
    hidden: bool | None = None
    harmful: bool | None = None
    waive: Waive | None = None
    yields: bool = False
    in_list: bool = False
    veto: str | None = None
    sentences: Block = ""
    refuse: Lines = ""
    refuse_post: Lines = ""
    kinds: list[KindName] = msgspec.field(default_factory=list)
    scope: Literal["sentence", "passage", "post", "title"] = "sentence"
    weighed: Block = ""
    enough: Annotated[int, msgspec.Meta(ge=0, le=40)] = 0


class CueTable(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """One ``[[cue]]``."""

    id: Filled
    label: str = ""
    terms: Block = ""
    words: Texts = ""
    trigger: bool = False


class FamilyTable(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """One ``[[family]]`` of families.toml: what holds for its rules where they do not say otherwise."""

    id: Filled
    name: Filled
    about: Block = ""
    masked: bool = False
    hidden: bool = False
    harmful: bool = False
    waive: Waive = "author"
    veto: str = ""


class ArticleTable(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """One ``[[article]]`` of families.toml: an article of the regulation, and what it asks."""

    id: Filled
    asks: Filled
