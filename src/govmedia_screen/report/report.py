"""Report: the findings of one post, the decision, and the parts with findings masked or mended."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from govmedia_screen.finding import Finding, Level, Positions
from govmedia_screen.post import Post
from govmedia_screen.profile import Exemption
from govmedia_screen.report.masks import beside_tags
from govmedia_screen.report.masks import mask as customary
from govmedia_screen.report.policy import Decision

#: The version of ``to_dict``'s shape; see docs/wire.md.
SCHEMA = 1


@dataclass(frozen=True, slots=True)
class Incomplete:
    """Something that could not be screened.

    Attributes:
        part: the part of the post.
        reason: why, for an editor.
        start: from which code point on.
        fault: whether it is an error of the program, not of the post.
    """

    part: str
    reason: str
    start: int = 0
    fault: bool = False


@dataclass(frozen=True)
class Report:
    """What screening found in one post.

    Attributes:
        post: the post as the caller gave it.
        findings: sorted by part, start, end, rule.
        decision: PASS, REVIEW or BLOCK.
        review_tier: who must sign (分级分类审核): 0 nobody beyond the author, 1 the editor,
            2 the department, 3 the leader in charge.
        incomplete: what could not be screened and why; then the decision is at least REVIEW.
        exempted: findings that an exemption of the profile covers, with it.
        versions: package, lexicons' content hash, model, profile, and the fingerprint of everything that the result depends on.
    """

    post: Post
    findings: tuple[Finding, ...]
    decision: Decision
    review_tier: int
    incomplete: tuple[Incomplete, ...] = ()
    exempted: tuple[tuple[Finding, Exemption], ...] = ()
    versions: Mapping[str, str] = field(default_factory=dict)

    @property
    def digest(self) -> str:
        """SHA-256 of the post's published parts: the same digest is the same text."""
        return digest(self.post)

    def to_dict(self) -> dict[str, Any]:
        """A JSON-ready dictionary; its shape is documented in docs/wire.md and carries a version."""
        post = self.post
        places = {part: Positions(post.part(part)) for part in {one.part for one in self.findings} | {one.part for one, _ in self.exempted}}
        return {
            "schema": SCHEMA,
            "id": post.id,
            "account": post.account,
            "platform": post.platform,
            "kind": post.kind,
            "title": post.title,
            "decision": str(self.decision),
            "review_tier": self.review_tier,
            "findings": [finding.to_dict(places[finding.part]) for finding in self.findings],
            "incomplete": [{"part": one.part, "reason": one.reason, "start": one.start} for one in self.incomplete],
            "exempted": [
                {"finding": finding.to_dict(places[finding.part]), "reason": exemption.reason, "until": exemption.until.isoformat()}
                for finding, exemption in self.exempted
            ],
            "digest": self.digest,
            "versions": dict(self.versions),
        }

    def to_json(self, indent: int | None = None) -> str:
        """``to_dict`` as JSON; lone surrogates are escaped, so that it can always be encoded."""
        text = json.dumps(self.to_dict(), ensure_ascii=False, indent=indent)
        try:
            text.encode()
        except UnicodeEncodeError:
            text = json.dumps(self.to_dict(), ensure_ascii=True, indent=indent)
        return text

    def redacted(self, mask: str = "＊", families: Sequence[str] | None = None) -> dict[str, str]:
        """The published parts with what must not be published masked.

        Identity numbers, phones, cards and names keep what custom keeps (前6后4, 138****5678);
        anything else is masked whole. Overlapping findings are masked as one.

        Args:
            mask: the character to put in place of each hidden one.
            families: whose findings are masked, beside those whose rule says ``mask``; None masks what rules and families say.
        """
        return self.without([one for one in self.findings if is_masked(one, families)], mask)

    def without(self, findings: Sequence[Finding], mask: str = "＊") -> dict[str, str]:
        """The published parts with these findings masked; the question is one of them if there is something to mask in it."""
        parts = (*self.post.parts, *dict.fromkeys(one.part for one in findings if one.part not in self.post.parts))
        return {part: self.edited(part, [one for one in findings if one.part == part], mask) for part in parts}

    def edited(self, part: str, findings: Sequence[Finding], mask: str) -> str:
        """One part with these findings masked."""
        text = self.post.part(part)
        pieces, done = [], 0
        for start, end, group in clusters(one for one in findings if one.end > one.start and not one.traits.covers):
            pieces += [
                text[done:start],
                beside_tags(text[start:end], partial(masked_as, group, mask=mask)),
            ]
            done = end
        return "".join(pieces) + text[done:]

    def fixed(self) -> dict[str, str]:
        """The published parts with safe suggestions applied: certain wrong characters, punctuation, document numbers."""
        result = {}
        for part in self.post.parts:
            text = self.post.part(part)
            pieces, done = [], 0
            for _, _, group in clusters(one for one in self.findings if one.part == part and is_safe(one)):
                one = group[0]
                pieces += [text[done : one.start], str(one.suggestion)]
                done = one.end
            result[part] = "".join(pieces) + text[done:]
        return result

    def at_least(self, level: Level) -> tuple[Finding, ...]:
        """The findings of that level and above."""
        return tuple(one for one in self.findings if one.level >= level)


def passed(post: Post, versions: Mapping[str, str]) -> Report:
    """What ``Report`` gives for a post without findings, in a third of the time."""
    report = object.__new__(Report)
    report.__dict__.update(post=post, findings=(), decision=Decision.PASS, review_tier=0, incomplete=(), exempted=(), versions=versions)
    return report


def masked_as(group: Sequence[Finding], text: str, mask: str) -> str:
    """A text masked as the custom of its one finding has it, or whole where several overlap."""
    return customary(group[0].traits.mask, text, mask) if len(group) == 1 else mask * len(text)


def is_masked(finding: Finding, families: Sequence[str] | None = None) -> bool:
    """Whether a finding is masked in a copy: by what its rule says, or as one of these families."""
    return bool(finding.traits.mask) or (finding.traits.masked if families is None else finding.family in families)


def is_safe(finding: Finding) -> bool:
    """Whether the replacement can be put in without asking."""
    return finding.traits.safe and finding.suggestion not in (None, finding.text)


def clusters(findings: Iterable[Finding]) -> list[tuple[int, int, list[Finding]]]:
    """Findings grouped where they overlap: start, end and members of each group, by place."""
    groups: list[tuple[int, int, list[Finding]]] = []
    for one in sorted(findings, key=lambda finding: (finding.start, finding.end)):
        if groups and one.start < groups[-1][1]:
            start, end, members = groups[-1]
            groups[-1] = (start, max(end, one.end), [*members, one])
        else:
            groups.append((one.start, one.end, [one]))
    return groups


def digest(post: Post) -> str:
    """SHA-256 over title and body, and the names and texts of further parts, each preceded by its length."""
    result = hashlib.sha256()
    for part in (post.title, post.body, *(text for pair in sorted(post.extra_parts.items()) for text in pair)):
        data = part.encode("utf-8", "surrogatepass")
        result.update(len(data).to_bytes(8, "big"))
        result.update(data)
    return result.hexdigest()
