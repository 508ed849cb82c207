"""Where content comes from, and whether a repost keeps to its original (第十三条(一)(二)).

A source line has many shapes (来源：, 转自, 据…报道, 电头, （…网）). What is named there, or in
``Post.source``, is held against the list (see ``sources.py``); ``original_title`` and
``original_body``, where they are given, are compared with what is to be published
(see ``titles.py`` and ``bodies.py``).

Settings: ``provenance = true`` notes every post that names no department.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date
from functools import cached_property
from itertools import islice
from typing import Any, ClassVar

from govmedia_screen.chinese.dates import read_date
from govmedia_screen.detectors.base import Reading
from govmedia_screen.detectors.source import news_sources as sources
from govmedia_screen.detectors.source.change import Change, Words
from govmedia_screen.finding import Finding, Level
from govmedia_screen.lexicon.lexicon import Lexicon
from govmedia_screen.matching.fold import folded
from govmedia_screen.matching.text import Text, one
from govmedia_screen.system.lazy import pattern

AFTER = r"(?:^|(?<=[\n\r（(【\[\s\u3000|｜/。；;！!？?”」丨▼↓\u200b]))"
LINE = pattern(
    AFTER
    + r"(?P<label>(?:文章|信息|稿件|新闻|内容|文字|图文|消息|资料|数据|素材|本文|原文)?来源\s{0,3}[：:]|(?:本文|文章|内容|图文|以下内容|以下|信息|资料)?(?:系|均)?(?:转载自|转载于|转自|摘自|转发自|转载)[：:]?(?!请|须|必究|时|本|此|需)|(?:综合|来源综合)[：:])"
    r"[ \t\u3000]{0,4}(?P<name>[^\n\r，。；;|｜（(）)】\]]{0,60})",
    re.MULTILINE,
)
IMAGE = pattern(
    r"(?:图片|配图|图|视频|照片|封面图?|部分图片)(?:来源|源|来自|源于|取自)(?:于)?\s{0,2}[：:]?\s{0,2}(?P<name>网络|互联网|网上|网图|百度图片|百度)"
)
TAIL = pattern(
    r"[\s\u3000]+(?:作者|编辑|记者|责编|责任编辑|审核|校对|监制|时间|发布时间|发布日期|日期|通讯员|文|图|摄影|点击|https?:|www\.|\d{4}[-年/.]).*\Z|(?:https?:|www\.).*\Z|[\s\u3000]+\d{4}[-年/.].*\Z",
    re.DOTALL,
)
BETWEEN = pattern(r"[、/／&＆+＋,]|[\s\u3000]+|(?<=[\u4e00-\u9fff])(?:和|及)(?=[\u4e00-\u9fff])")
DATELINE = pattern(
    r"(?P<name>新华社|中新社|中新网|人民网|央视网|光明网|中国青年网|本报)(?:[\u4e00-\u9fff]{2,10})?\d{1,2}月\d{1,2}日(?:电|讯)"
)
REPORTED = pattern(
    r"(?:据|援引|引自)[《“]?(?P<name>[\u4e00-\u9fffA-Za-z]{2,14})[》”]?(?:客户端|网站|微博|微信公众号)?(?:\d{1,2}月?\d{0,2}日)?(?:报道|消息|发布|通报|电)|记者从(?P<office>[\u4e00-\u9fff]{2,20})获悉"
)
ANONYMOUS = pattern(
    r"据[^。，；\n]{0,6}(?:可靠消息|小道消息|知情人士|内部消息|坊间消息|坊间传闻)(?:人士)?|(?:可靠消息|知情人士|内部消息)(?:人士)?(?:透露|爆料|称)"
)
ORIGINAL = pattern(r"原标题\s{0,2}[：:]")
URL = pattern(r"(?:https?://|www\.)([A-Za-z0-9.-]{3,80})")
OWN = pattern(r"(?:本单位|本站|本网|本号|自主)?原创|本单位\Z|本站\Z|本网\Z")
OFFICE = pattern(
    r"[\u4e00-\u9fff]{2,12}(?:局|委员会|办公室|办公厅|厅|委|部|院|中心|政府|支队|大队|街道办事处|街道|镇|乡|学校|医院|站|所|馆|协会|联合会|集团|公司|银行|电厂|水厂)"
)

#: A text with more source lines than this is no post.
MOST_LINES = 200


class SourceDetector:
    """Find missing, unclear, unlisted and contradictory sources, and reposts that turn their original."""

    family: ClassVar[str] = "source"

    def __init__(self, lexicon: Lexicon, profile: Any = None) -> None:
        self.lexicon = lexicon
        self.demanded = bool(profile and profile.settings.get("provenance", False))
        if sources.office_lists(lexicon):
            self.listed = sources.load(lexicon)  # an office's list that cannot be read is told of at once

    @cached_property
    def listed(self) -> sources.Sources:
        """The list of sources."""
        return sources.load(self.lexicon)

    @cached_property
    def words(self) -> Words:
        """The word lists for comparing with an original."""
        return Words(self.lexicon)

    @cached_property
    def unclear(self) -> frozenset[str]:
        """What is no source at all."""
        return frozenset(self.lexicon.cue("source.unclear").words)

    def find(self, reading: Reading) -> Iterable[Finding]:
        """All findings; nothing for a post that neither names nor needs a source."""
        post = reading.post
        cued = reading.cue_hits is not None and "source.line" in reading.cue_hits
        if (
            not cued
            and post.kind in ("article", "reply")
            and post.source is None
            and post.original_title is None
            and post.original_body is None
            and not self.demanded
        ):
            return ()
        return list(self.judge(reading))

    def judge(self, reading: Reading) -> Iterator[Finding]:
        """The findings, rule by rule."""
        post = reading.post
        body = next((text for text in reading.texts if text.part == "body"), None) or one(post.body)
        raw = body.raw
        lines: list[re.Match[str]] = []
        if "来源" in raw or "转" in raw or "摘自" in raw or "综合" in raw:
            lines = [match for match in islice(LINE.finditer(raw), MOST_LINES) if self.is_line(match)]
        named: list[str] = []
        for match in lines:
            names = split(match["name"])
            named += [name for name, _ in names]
            if not names:
                yield self.lexicon["source.missing"].finding(body, match.start("label"), match.end("label"))
            for name, place in names:
                start = match.start("name") + place
                yield from self.about(name, body, start, start + len(name), post)
            yield from self.linked(match, [name for name, _ in names], body)
        for match in islice(IMAGE.finditer(raw), MOST_LINES) if "网" in raw or "百度" in raw else ():
            yield self.lexicon["source.image"].finding(body, *match.span())
        for match in islice(ANONYMOUS.finditer(raw), MOST_LINES) if "消息" in raw or "知情人士" in raw or "坊间" in raw else ():
            yield self.lexicon["source.anonymous"].finding(body, *match.span())
        if post.source is not None:
            yield from self.declared(post, body, named)
        yield from self.absent(post, body, named, bool(lines))
        if post.original_title or post.original_body:
            yield from self.compared(post, reading, body)

    @staticmethod
    def is_line(match: re.Match[str]) -> bool:
        """Whether it is a source line, not a sentence about sources: 转自 must be followed by a name."""
        return match["label"].rstrip().endswith(("：", ":")) or len(match["name"]) <= 24

    def about(self, name: str, text: Text, start: int, end: int, post: Any) -> Iterator[Finding]:
        """What is to be said of one named source."""
        bare = sources.plain(name)
        found = self.listed.find(bare) or self.listed.find(re.sub(r"(?:综合)?(?:整理|综合|编辑|汇总)\Z", "", bare))
        if found is not None:
            if not found.valid(read_date(post.published_at) or date.today()):
                yield self.lexicon["source.expired"].finding(text, start, end, evidence=(found.state or f"有效期至{found.until}",))
            return
        if OWN.search(bare):
            return
        bare = folded(bare)
        channel = sources.CHANNEL.sub("", bare)
        if (
            bare in self.unclear
            or channel in self.unclear
            or (bare.startswith(("网络", "互联网", "网友")) and len(bare) <= 6)
            or bare.endswith(("网络", "侵删", "整理"))
        ):
            yield self.lexicon["source.unclear"].finding(text, start, end)
        elif any(word in bare for word in self.lexicon.cue("source.foreign").words):
            yield self.lexicon["source.foreign"].finding(text, start, end)
        elif any(
            bare.startswith(word) or (len(word) > 2 and word in bare) for word in self.lexicon.cue("source.platform").words
        ) or bare.endswith(("的微博", "的公众号", "的抖音", "博主", "的朋友圈", "工作室")):
            yield self.lexicon["source.platform"].finding(text, start, end)
        elif near := self.listed.near(bare):
            yield self.lexicon["source.near"].finding(text, start, end, evidence=(near,), score=0.9)
        elif not sources.is_official(bare) and (post.kind == "repost" or self.listed.complete):
            level = Level.REVIEW if self.listed.complete else Level.NOTE
            yield self.lexicon["source.unlisted"].finding(text, start, end, level=level, score=0.7)

    def linked(self, match: re.Match[str], named: list[str], body: Text) -> Iterator[Finding]:
        """A link in the source line that belongs to somebody else."""
        line_end = body.raw.find("\n", match.start(), match.end() + 200)
        url = URL.search(body.raw, match.start(), line_end if line_end >= 0 else match.end() + 200)
        owner = self.listed.owner(url[1]) if url else None
        claimed = next((source for source in map(self.listed.find, named) if source), None)
        if url and owner and claimed and owner.group != claimed.group:
            yield self.lexicon["source.conflict"].finding(body, *url.span(), evidence=(claimed.name, owner.name))

    def declared(self, post: Any, body: Text, named: list[str]) -> Iterator[Finding]:
        """The declared source by itself, and against what the text says."""
        stated = post.source.strip()
        if stated:
            text = one(post.source, "source")
            for name, place in split(stated):
                start = post.source.find(stated) + place
                yield from self.about(name, text, start, start + len(name), post)
            if named and stated and not any(self.same(name, other) for name in named for other, _ in split(stated)):
                place = body.raw.find(named[0])
                yield self.lexicon["source.conflict"].finding(body, place, place + len(named[0]), evidence=(stated,))
        elif post.kind == "repost" and not named:
            yield self.lexicon["source.missing"].finding(body, len(body.raw), len(body.raw))

    def same(self, name: str, other: str) -> bool:
        """Whether two names are of one source."""
        one_, two = self.listed.find(name), self.listed.find(other)
        if one_ and two:
            return one_.group == two.group
        a, b = sources.CHANNEL.sub("", sources.plain(name)), sources.CHANNEL.sub("", sources.plain(other))
        return a in b or b in a

    def absent(self, post: Any, body: Text, named: list[str], line: bool) -> Iterator[Finding]:
        """No source where one is needed, an “original” that carries an agency's dateline, no department."""
        own = next((name for name in named if OWN.search(name)), None) or (post.source if post.source and OWN.search(post.source) else None)
        reposted = ORIGINAL.search(body.raw) if "原标题" in body.raw else None
        needed = post.source is None and not line and (post.kind == "repost" or reposted)
        dateline = DATELINE.search(body.raw[:400]) if own or needed else None
        agency = dateline is not None and dateline["name"] != "本报"
        if own and dateline and agency:
            yield self.lexicon["source.conflict"].finding(body, *dateline.span(), evidence=(own,))
        if needed and not agency and not REPORTED.search(body.raw):
            start, end = reposted.span() if reposted else (len(body.raw), len(body.raw))
            yield self.lexicon["source.missing"].finding(body, start, end)
        asked = self.demanded and not (post.department or named or post.source)
        if asked and not any(OFFICE.search(text) for text in (body.raw, post.title, post.account or "")):
            yield self.lexicon["source.provenance"].finding(body, len(body.raw), len(body.raw))

    def compared(self, post: Any, reading: Reading, body: Text) -> Iterator[Finding]:
        """Title and body against the originals."""
        from govmedia_screen.detectors.source.bodies import body_changes  # only a post with an original needs it
        from govmedia_screen.detectors.source.titles import title_changes  # only a post with an original needs it

        title = next((text for text in reading.texts if text.part == "title"), None)
        if title and post.original_title:
            for change in title_changes(post.original_title, title.raw, self.words, post.original_body or ""):
                level = Level.NOTE if change.kind == "changed" and change.end - change.start < 2 else None
                yield self.changed("title", change, title, level)
        elif title and post.original_body and post.kind == "repost":
            yield self.lexicon["source.title-unknown"].finding(title, 0, len(title.raw))
        if post.original_body and body.raw.strip():
            for change in body_changes(post.original_body, body.raw, self.words):
                yield self.changed("body", change, body, None)

    def changed(self, part: str, change: Change, text: Text, level: Level | None) -> Finding:
        """One change as a finding; the original's words are its evidence."""
        rule = self.lexicon[f"source.{part}-{change.kind}"]
        return rule.finding(text, change.start, change.end, level=level, evidence=(change.old,) if change.old else (), score=0.85)


def split(text: str) -> list[tuple[str, int]]:
    """The names in a source line, each with its place; 综合 before names, dates, authors and links left out."""
    text = TAIL.sub("", text)
    names: list[tuple[str, int]] = []
    start = 0
    for match in (*BETWEEN.finditer(text), None):
        end = match.start() if match else len(text)
        piece = text[start:end]
        name = piece.strip(sources.WRAPPING + "：:—-")
        if name:
            place = start + piece.find(name)
            prefix = re.match(r"综合(?:自|整理自)?(?=[\u4e00-\u9fff]{3})(?!整理|网络)", name)
            if prefix:
                name, place = name[prefix.end() :], place + prefix.end()
            name = re.sub(r"(?:等)?(?:报道|消息|等)\Z", "", name) or name
            names.append((name, place))
        start = match.end() if match else end
    return names[:8]
