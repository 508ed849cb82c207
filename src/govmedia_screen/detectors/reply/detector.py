"""Replies to citizens (第十五条：依法依规、态度诚恳、严谨周密，杜绝答非所问、空洞说教、生硬冷漠).

Looks at posts of ``kind="reply"`` only. The phrases are in ``lexicons/reply/``; here is when
they count: a reply that says “not ours” and names who takes it over, with a telephone, evades
nothing. ``question``, ``asked_at`` and ``published_at`` of the post are used where they are given.

Settings: ``reply_workdays`` (working days allowed before ``reply.late``, default 30).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import Any, ClassVar

from govmedia_screen.chinese import workdays
from govmedia_screen.chinese.dates import read_date
from govmedia_screen.chinese.quotations import is_quoted
from govmedia_screen.detectors.base import Reading
from govmedia_screen.detectors.reply.relevance import Relevance
from govmedia_screen.finding import Finding, Level
from govmedia_screen.lexicon.any_of import pattern_of
from govmedia_screen.lexicon.lexicon import Lexicon
from govmedia_screen.matching.text import Text, one
from govmedia_screen.system.lazy import pattern as lazily

SURE = 0.8  # from which on reply.unrelated is at its own level, below it a note
DETAILED = 300  # characters of a reply that goes into the matter, whoever else it names
ACCEPTANCE = 120  # characters of a reply that only says that the matter is taken up, under which number and until when
ACCEPTED = lazily(r"(?:编号|单号|工单|受理号)[^。；\n]{0,6}[0-9A-Za-z-]{3,}")
DEADLINE = lazily(r"[0-9一二三四五六七八九十两]{1,3}(?:个)?(?:工作日|小时|天|日)(?:之)?(?:内|后|前)?")
BARE = 10  # a reply with less Han characters of its own than this says nothing
PHONE = lazily(r"(?<!\d)(?:0\d{2,3}[-－—– ]?\d{7,8}|1[3-9]\d[\d*xX]{8}|[2-8]\d{6,7}|12345|12348|123\d\d|[48]00[- ]?\d{3}[- ]?\d{4})(?!\d)")
DATE = lazily(
    r"\d{1,2}[月日号]|\d{4}年|\d{1,3}(?:个)?(?:工作日|小时|天内|日内|天之内|周内|个月)|[一二三四五六七八九十两]{1,3}(?:个)?(?:工作日|小时|天内|日内|周内|个月|月底|月份|月中旬|月上旬|月下旬)|年底前|月底前|本周|下周|本月|下月"
)
OFFICE = lazily(
    r"[\u4e00-\u9fffA-Za-z\d]{1,12}(?:局|委|厅|办|处|科|队|所|中心|公司|街道|镇|乡|政府|法院|学校|医院|社区|村|县|区|支队|大队|学院|部)"
)
PLACEHOLDER = lazily(
    r"(?<![\dA-Za-zＸ×*])(?:[Xx]{2,}|[Ｘ×]{2,})(?=网友|同志|市民|局|委|单位|部门|年|月|日|市|县|区|镇|乡|街道|路|小区|村|社区|号|元|公司|学校|中心|办)"
    r"|(?<=尊敬的)[XxＸ×]{2,}|(?<=[电话系][：:])[XxＸ×]{3,}|_{3,}|＿{2,}|【[\s　]*】|[（(][\s　]+[）)]|\{\{?[^{}\n]{1,16}\}\}?|\$\{[^}\n]{1,16}\}"
    r"|[【\[](?:单位|部门|姓名|昵称|日期|时间|电话|地址)[】\]]"
    r"|[【\[（(](?:单位名称|部门名称|网友昵称|联系电话|具体内容|答复内容|此处填写[^】\]）)\n]{0,10}|请填写[^】\]）)\n]{0,10}|待补充|待填写)[】\]）)]"
    r"|(?<![\dA-Za-z])[XxＸ×][年月日](?!\d)|某某(?:局|单位|部门|网友)"
)
GREETED = lazily(
    r"\A[\s“\"]{0,4}(?:尊敬的|亲爱的|回复)?([\u4e00-\u9fff]{1,3}?)(先生|女士|小姐|同学)[，,：:、！!\s]{0,3}(?=您|你|$|[，,：:！!])"
)
SURNAME = lazily(
    r"(?:我姓|本人姓|免贵姓)([\u4e00-\u9fff])|(?:^|[\n。，,\s])([\u4e00-\u9fff])(?:先生|女士)(?:[\s。]|$)|(?:我是|本人是|本人叫|我叫)([\u4e00-\u9fff])[\u4e00-\u9fff]{1,2}[，,。\s]"
)
HOME = lazily(
    r"(?:[\dA-Za-z一二三四五六七八九十]{1,4}(?:号楼|栋|幢|座|号院)[\s—-]?)?[\dA-Za-z一二三四五六七八九十]{1,3}(?:单元|门)[\s—-]?[\dA-Za-z一二三四五六七八九十]{1,5}(?:室|号房?|户)?|\d{1,3}(?:号楼|栋|幢|座)[\s—-]?\d{2,5}(?:室|号房?|房)?"
)
NUMBER = lazily(r"(?<!\d)(?:1[3-9]\d{9}|\d{17}[\dXx]|\d{15,16}|62\d{14,17})(?!\d)")
#: What says nothing about the matter: dates, times, the asker's number, names in quotation marks.
TRAIL = lazily(r"\d{4}[年.\-/]\d{1,2}[月.\-/]\d{1,2}日?|[a-zA-Z]{0,4}\d{4,}|“[^”\n]{0,14}”|\d{1,2}:\d{2}(?::\d{2})?")
#: A date at the end of the reply, and a promised day of an answer.
SIGNED = lazily(r"\d{4}[年.\-/]\d{1,2}[月.\-/]\d{1,2}[日号]?\s*\Z")
ANSWERED_BY = lazily(r"前(?:予以)?(?:答复|回复|反馈|办结)")
INFORMANT = lazily(
    r"(?:将|把|已将|已把)(?:您|你|举报人|投诉人|信访人)的?[^。；\n]{0,8}(?:举报|投诉|反映|信访|检举|姓名|联系方式|电话|身份)[^。；\n]{0,10}(?:转给|转交给?|转告|告知|告诉|提供给|发给|交给|反馈给)了?"
    r"[^。；，\n]{0,6}(?:被举报|被投诉|被反映|当事人|对方|该公司|该企业|该校|该单位|该店|该商家|该村|施工方|开发商|老板|负责人|物业)"
)


PHRASES = ("evasion", "cold", "blame", "command", "promise", "handover", "filler")
#: Parts of a good reply and what an editor calls them.
PARTS = {"greeting": "称呼", "found": "核实经过", "ground": "依据", "next": "措施与时限"}


class ReplyDetector:
    """Find what a reply must not say, and what it fails to say."""

    family: ClassVar[str] = "reply"
    needs: ClassVar[str] = "reply"

    def __init__(self, lexicon: Lexicon, profile: Any = None) -> None:
        self.lexicon = lexicon
        self.limit = int(profile.settings.get("reply_workdays", 30)) if profile else 30

    @cached_property
    def relevance(self) -> Relevance:
        """What scores pairs of question and reply."""
        return Relevance(self.lexicon)

    @cached_property
    def phrases(self) -> dict[str, re.Pattern[str]]:
        """The listed phrases, one pattern a list."""
        words = {name: self.lexicon.cue(f"reply.{name}").words for name in PHRASES}
        words["filler"] += self.lexicon.cue("reply.filler-more").words
        return {name: pattern_of(listed) for name, listed in words.items()}

    def find(self, reading: Reading) -> Iterable[Finding]:
        """All findings of one reply; nothing for posts of other kinds."""
        if reading.post.kind != "reply":
            return ()
        return list(self.judge(reading))

    def judge(self, reading: Reading) -> Iterator[Finding]:
        """The findings, rule by rule."""
        post = reading.post
        text = next((text for text in reading.texts if text.part == "body"), None) or one(post.body)
        named = PHONE.search(text.raw) is not None
        said = [*self.said(text, named), *self.personal(text, post.question or ""), *self.said_to(text, post.question or "", post.meta)]
        yield from said
        said += reading.notes.get("reply.sentences", ())
        empty = [] if said else list(self.emptiness(text, named))
        yield from empty
        answered = []
        if post.question and not any(finding.rule == "reply.empty" for finding in empty):
            answered = list(self.answer(text, f"{post.title}\n{post.question}" if post.title else post.question))
            yield from answered
        if not said and not empty and not any(finding.rule == "reply.unrelated" for finding in answered):
            yield from self.missing(text, named)
        yield from self.late(text, post.asked_at, post.published_at)

    def said(self, text: Text, named: bool) -> Iterator[Finding]:
        """Evasion, coldness, blame, command, and holes left in a template."""
        for name in ("cold", "blame", "command"):
            for match in self.phrases[name].finditer(text.folded):
                if not is_quoted(text.raw, match.start(), match.end()):
                    yield self.lexicon[f"reply.{name}"].finding(text, *match.span())
        if len(text.raw) <= DETAILED and not named and not self.phrases["handover"].search(text.folded):
            for match in self.phrases["evasion"].finditer(text.folded):
                yield self.lexicon["reply.evasion"].finding(text, *match.span())
        for match in PLACEHOLDER.finditer(text.raw):
            yield self.lexicon["reply.placeholder"].finding(text, *match.span())
        for match in INFORMANT.finditer(text.raw):
            yield self.lexicon["reply.informant"].finding(text, *match.span())

    def personal(self, text: Text, question: str) -> Iterator[Finding]:
        """Numbers out of the question, and dwellings, repeated in the reply."""
        rule = self.lexicon["reply.personal"]
        private = {match[0] for match in NUMBER.finditer(question)}
        for match in NUMBER.finditer(text.raw):
            if match[0] in private and not text.raw[max(0, match.start() - 12) : match.start()].rstrip("：:").endswith(
                ("单号", "编号", "工单号")
            ):
                yield rule.finding(text, *match.span(), evidence=("提问中的号码",))
        for match in HOME.finditer(text.raw):
            after = text.raw[match.end() : match.end() + 12]
            if re.match(r"的?(?:住户|业主|居民|[\u4e00-\u9fff]{1,2}(?:先生|女士|某))|的?您", after) or (
                len(match[0]) >= 6 and match[0] in question
            ):
                yield rule.finding(text, *match.span(), evidence=("住址门牌",))

    def said_to(self, text: Text, question: str, meta: Any) -> Iterator[Finding]:
        """A greeting by another name than the asker's."""
        greeted = GREETED.match(text.raw)
        if not greeted:
            return
        asker = str(meta.get("asker", "")) if meta else ""
        own = {asker[0]} if asker else {name for match in SURNAME.finditer(question) for name in match.groups() if name}
        if own and greeted[1][0] not in own:
            yield self.lexicon["reply.addressee"].finding(text, greeted.start(1), greeted.end(2), evidence=tuple(sorted(own)))

    def emptiness(self, text: Text, named: bool) -> Iterator[Finding]:
        """A reply of nothing but formulas, or one that only passes the matter on."""
        if len(text.raw) > 160:
            return
        left = self.phrases["filler"].sub(" ", TRAIL.sub(" ", text.folded))
        own = sum(char.isalnum() for char in left)
        handed = self.phrases["handover"].search(text.folded)
        start, end = trimmed(text.raw)
        if named or start == end or "://" in text.raw:
            return
        promise = self.phrases["promise"].search(text.folded)
        dated = DATE.search(SIGNED.sub("", text.raw)) is not None
        if handed and own >= 2:
            if own < 20 and not ANSWERED_BY.search(text.folded):
                yield self.lexicon["reply.handover"].finding(text, handed.start(), end)
        elif promise and own >= 4 and not dated and len(text.raw) <= 120:
            yield self.lexicon["reply.promise"].finding(text, *promise.span())
        elif own < BARE:
            yield self.lexicon["reply.empty"].finding(text, start, end, score=0.8)

    def answer(self, text: Text, question: str) -> Iterator[Finding]:
        """Whether the reply answers what was asked."""
        body = text.folded
        if len(body) <= ACCEPTANCE and ACCEPTED.search(body) and DEADLINE.search(body):
            return
        certainty = self.relevance.unrelated(question, body)
        if certainty is not None:
            about = "、".join(sorted(self.relevance.topics(question)))
            rule, level = self.lexicon["reply.unrelated"], None if certainty >= SURE else Level.NOTE
            yield rule.finding(text, *trimmed(text.raw), level=level, score=certainty, evidence=(about,) if about else ())
            return
        for part in self.relevance.unanswered(question, body):
            yield self.lexicon["reply.unanswered"].finding(text, len(text.raw), len(text.raw), score=0.6, evidence=(part[-40:],))

    def missing(self, text: Text, named: bool) -> Iterator[Finding]:
        """Parts of a good reply that are not there: 称呼、核实、依据、措施、联系方式; told if most are."""
        found = {name: bool(self.lexicon.cue(f"reply.{name}").find(text.folded)) for name in PARTS}
        found["greeting"] = found["greeting"] or text.raw.lstrip().startswith("“")
        lacking = [label for name, label in PARTS.items() if not found[name]]
        if not named and not self.lexicon.cue("reply.contact").find(text.folded):
            lacking.append("联系方式")
        if len(lacking) >= 4:
            yield self.lexicon["reply.missing"].finding(
                text, len(text.raw), len(text.raw), score=0.6, evidence=("缺：" + "、".join(lacking),)
            )

    def late(self, text: Text, asked_at: object, published_at: object) -> Iterator[Finding]:
        """The working days that the answer took."""
        asked, published = read_date(asked_at), read_date(published_at)
        if asked and published and (published - asked).days > self.limit:
            days = workdays.between(asked, published)
            if days > self.limit:
                yield self.lexicon["reply.late"].finding(
                    text, len(text.raw), len(text.raw), evidence=(f"{days}个工作日，期限{self.limit}个工作日",)
                )


def trimmed(raw: str) -> tuple[int, int]:
    """The bounds of a text without white space around it."""
    start = len(raw) - len(raw.lstrip())
    return (start, len(raw.rstrip())) if raw.strip() else (0, 0)
