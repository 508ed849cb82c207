"""Baseline: findings that an office has accepted, each with who, why and until when.

An accepted finding is known by its rule, its text and what stands around it in its paragraph,
never by line numbers: text may move about, and what was accepted stays accepted; a word
changed in it or beside it, and it is a new finding.
"""

from __future__ import annotations

import hashlib
import json
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from pathlib import Path
from typing import Annotated, Any

import msgspec

from govmedia_screen.documents import Document
from govmedia_screen.errors import InputError
from govmedia_screen.finding import Finding
from govmedia_screen.io.typed import Filled, wrong
from govmedia_screen.post import Post
from govmedia_screen.profile import Exemption, Profile
from govmedia_screen.report.policy import decide
from govmedia_screen.report.report import Report, is_masked
from govmedia_screen.system import lazy
from govmedia_screen.system.files import read_regular, write_whole

VERSION = 1
#: How many code points on either side of a finding, in its paragraph and without white space, belong to it.
REACH = 12
LOOK = 60
EXCERPT = 40
#: What may be somebody's number or a key.
NUMBER = lazy.pattern(r"[0-9A-Za-z]{6,}")


def fingerprint(post: Post, finding: Finding) -> str:
    """What a finding is known by wherever it moves: 20 hexadecimal digits."""
    text = post.part(finding.part)
    before = text[max(0, finding.start - LOOK) : finding.start].replace("\r", "\n").rpartition("\n")[2]
    after = text[finding.end : finding.end + LOOK].replace("\r", "\n").partition("\n")[0]
    parts = (finding.rule, plain(finding.text), plain(before)[-REACH:], plain(after)[:REACH])
    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:20]


def plain(text: str) -> str:
    """The text without differences of width, case and white space."""
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())


@dataclass(frozen=True, slots=True)
class Accepted:
    """One entry of a baseline.

    Attributes:
        fingerprint: see ``fingerprint``.
        rule: the finding's rule.
        text: the finding, shortened; personal data and secrets are not written down.
        file: where it was when it was accepted, for readers.
        count: how often it may stand in one file.
        who: who accepted it.
        why: why.
        until: the last day on which it is accepted.
    """

    fingerprint: str
    rule: str
    text: str
    file: str
    count: int
    who: str
    why: str
    until: date

    @property
    def exemption(self) -> Exemption:
        """The entry as reports show it."""
        return Exemption(self.rule, f"{self.why}（{self.who}）", self.until, self.text)


class Baseline:
    """The accepted findings of one file, and which of them were needed."""

    def __init__(self, entries: Iterable[Accepted] = (), today: date | None = None) -> None:
        self.entries = {entry.fingerprint: entry for entry in entries}
        self.today = today or date.today()
        self.used: set[str] = set()

    @classmethod
    def load(cls, path: str | Path, today: date | None = None) -> Baseline:
        """Read a baseline.

        Raises:
            InputError: it is missing or not a baseline; the message names the entry.
        """
        try:
            content = json.loads(read_regular(path).decode("utf-8-sig"))
        except (ValueError, RecursionError) as error:
            raise InputError(f"{path}: 不是有效的 JSON（{error}）") from None
        if not isinstance(content, dict) or content.get("version") != VERSION or not isinstance(content.get("accepted"), list):
            raise InputError(f"{path}: 不是第 {VERSION} 版的基线文件（应有 version 和 accepted）")
        return cls((entry_of(one, f"{path}: 第 {number} 条") for number, one in enumerate(content["accepted"], 1)), today)

    def save(self, path: str | Path) -> None:
        """Write the baseline; the same entries give the same bytes."""
        rows = [
            asdict(entry) | {"until": entry.until.isoformat()}
            for entry in sorted(self.entries.values(), key=lambda one: (one.file, one.rule, one.fingerprint))
        ]
        content = json.dumps({"version": VERSION, "accepted": rows}, ensure_ascii=False, indent=2) + "\n"
        write_whole(path, content.encode("utf-8", "backslashreplace"))

    def apply(self, report: Report, profile: Profile) -> Report:
        """The report without its accepted findings; they are among ``exempted``, and the decision is made anew."""
        counts = Counter[str]()
        pairs = []
        for finding in report.findings:
            entry = self.entries.get(fingerprint(report.post, finding))
            if entry is None or entry.rule != finding.rule:
                continue
            self.used.add(entry.fingerprint)
            counts[entry.fingerprint] += 1
            if entry.until >= self.today and counts[entry.fingerprint] <= entry.count:
                pairs.append((finding, entry.exemption))
        return accepting(report, pairs, profile)

    def problems(self, files: Iterable[str] | None = None) -> list[str]:
        """What is to be told: entries that have expired, and entries of these files (None: of all) that nothing needs."""
        wanted = None if files is None else set(files)
        told = []
        for entry in self.entries.values():
            label = f"{entry.file}: 已接受的 {entry.rule}“{entry.text}”"
            if entry.fingerprint in self.used:
                if entry.until < self.today:
                    told.append(f"{label}已于 {entry.until} 到期（{entry.who}：{entry.why}）")
            elif wanted is None or entry.file in wanted:
                told.append(f"{label}没有用到，可用 baseline update 清除")
        return told

    def updated(self, results: Sequence[tuple[Document, Report]], who: str, why: str, until: date) -> Baseline:
        """A baseline that accepts every finding of these reports.

        Entries in force keep their who, why and until; those of these files that nothing needs
        any more are dropped; those of other files stay.
        """
        files = {document.name for document, _ in results}
        kept = {key: entry for key, entry in self.entries.items() if entry.file not in files}
        for document, report in results:
            counts = Counter(fingerprint(report.post, finding) for finding in report.findings)
            for finding in report.findings:
                key = fingerprint(report.post, finding)
                old = kept.get(key) or self.entries.get(key)
                if old and old.until >= self.today:
                    kept[key] = replace(old, count=max(counts[key], old.count if key in kept else 1))
                else:
                    kept[key] = Accepted(key, finding.rule, excerpt(finding), document.name, counts[key], who, why, until)
        return Baseline(kept.values(), self.today)


def excerpt(finding: Finding) -> str:
    """The finding's text as far as it may be written down: numbers and what is private or secret are masked."""
    if is_masked(finding):
        return "＊" * min(len(finding.text), 8)
    text: str = NUMBER.sub("＊", finding.text)
    return text if len(text) <= EXCERPT else text[:EXCERPT] + "…"


class AcceptedTable(msgspec.Struct, forbid_unknown_fields=True):
    """One entry of the file as it is written."""

    fingerprint: str
    rule: str
    text: str
    file: str
    count: Annotated[int, msgspec.Meta(ge=1)]
    who: Filled
    why: Filled
    until: str


def entry_of(row: Any, where: str) -> Accepted:
    """One row of the file, checked."""
    if not isinstance(row, Mapping):
        raise InputError(f"{where}应是一项，有 {'、'.join(AcceptedTable.__struct_fields__)}")
    slips = [message for _, message in wrong(row, AcceptedTable)]
    if slips:
        raise InputError(f"{where}：{'；'.join(slips)}")
    try:
        until = date.fromisoformat(row["until"])
    except ValueError:
        raise InputError(f"{where}：until 应写成日期，如 2027-12-31，不能是 {row['until']}") from None
    return Accepted(**{**row, "until": until})


def accepting(report: Report, pairs: Sequence[tuple[Finding, Exemption]], profile: Profile) -> Report:
    """The report with these findings accepted, decided anew."""
    if not pairs:
        return report
    gone = {id(finding) for finding, _ in pairs}
    left = tuple(finding for finding in report.findings if id(finding) not in gone)
    decision, tier = decide(left, profile, not report.incomplete)
    return replace(report, findings=left, exempted=(*report.exempted, *pairs), decision=decision, review_tier=tier)
