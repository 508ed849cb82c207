"""Links (第十六条：聚合办事入口、优化用户体验): judged by how they are written, never fetched.

Malformed, shortened, without encryption where data are entered, on look-alike or other than
government domains, to shops, and with secrets or personal data in them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import Any, ClassVar

from govmedia_screen.detectors.base import Reading
from govmedia_screen.finding import Finding, Level
from govmedia_screen.formats.runs import runs_of
from govmedia_screen.lexicon.lexicon import Lexicon
from govmedia_screen.matching.text import Text
from govmedia_screen.system.lazy import pattern

#: One of these is in every text with a link, right or wrong, that has no dot before a letter.
MARKS = ("ttp", "www", "TTP", "WWW", "ｗｗ", "ttｐ", "ＷＷ")
LINK = pattern(
    rb"(?i)(?<![a-z0-9@._-])(?:(?P<scheme>https?)://(?P<user>[^\s/@?#\x80-\xff]{1,80}@)?|(?<![/:;\\]))"
    rb"(?P<host>(?:[a-z0-9](?:[a-z0-9_-]{0,62}[a-z0-9])?\.){1,8}(?:[a-z]{2,12}|xn--[a-z0-9-]{2,30})|\d{1,3}(?:\.\d{1,3}){3})(?P<port>:\d{1,6})?"
    rb"(?P<path>/[a-z0-9\-._~:/?#\[\]@!$&'()*+,;=%]{0,1000}|\?[a-z0-9\-._~:/?#@!$&'()*+,;=%]{0,1000})?"
)
TLD = frozenset(
    (
        "com",
        "cn",
        "net",
        "org",
        "gov",
        "edu",
        "top",
        "xyz",
        "cc",
        "vip",
        "im",
        "me",
        "info",
        "biz",
        "site",
        "online",
        "shop",
        "club",
        "ink",
        "wang",
        "app",
        "io",
        "co",
        "tv",
        "ly",
        "so",
        "nz",
        "yt",
        "gl",
        "nu",
        "hk",
        "mo",
        "tw",
        "date",
        "mk",
        "gd",
        "in",
        "link",
        "live",
        "pro",
        "cloud",
        "tech",
        "fun",
        "store",
        "work",
        "mobi",
        "asia",
        "icu",
    )
)
#: What somebody meant as a link: a scheme or www with something wrong in it.
BROKEN = pattern(
    r"h{1,2}t{1,3}p{1,2}s?\s{0,2}[:：；;]?\s{0,2}[/／\\＼。]{1,3}\s{0,2}(?=[A-Za-z0-9ａ-ｚ])(?:[A-Za-z0-9.:/／·_\-?=&%]|[，,。](?=(?:gov|com|cn|org|net)(?![a-z]))){3,200}"
    r"|h{1,2}t{1,3}p{1,2}s?(?:[:：；;]\s{0,2})(?=(?:www|[A-Za-z0-9-]{2,30}\.))[A-Za-z0-9./?=&%_-]{3,200}"
    r"|(?<![A-Za-z0-9.])w{2,5}[.,，。．·\s]{1,2}[A-Za-z0-9-]{2,40}(?:\.{1,2}[A-Za-z0-9-]{2,30}|[,，。．·](?:gov|com|cn|org|net|edu)(?![A-Za-z])){1,5}(?:/[A-Za-z0-9./?=&%_-]{0,200})?",
    re.IGNORECASE,
)
RIGHT = pattern(
    r"(?:https?://)?(?:[A-Za-z0-9](?:[A-Za-z0-9_-]{0,62}[A-Za-z0-9])?\.){1,8}[A-Za-z]{2,12}(?::\d{1,5})?(?:[/?#].*)?\Z|https?://\d{1,3}(?:\.\d{1,3}){3}(?::\d{1,5})?(?:[/?#].*)?\Z",
    re.IGNORECASE | re.DOTALL,
)
WRONG_W = pattern(r"w{2}\.|w{4,}\.", re.IGNORECASE)
LIKENESS = pattern(
    r"(?:^|[.-])(?:g0v|gov|gov-cn|govcn|g0vcn|qov|gοv|goν)(?:$|[.-])|gov\.?cn|12306[a-z-]|12333[a-z-]|12345[a-z-]|chinatax[^.]|[^.]gov(?:cn)?\.(?:com|net|cc|top|xyz|vip|org)",
    re.IGNORECASE,
)
FAKE = pattern(r"\.gov\.cn\.|(?:^|[.-])g0v(?:[.-]|$)|(?:^|[.-])qov\.cn|gov-?cn\.|(?:^|\.)gov\.cn-", re.IGNORECASE)
SECRET = pattern(
    r"(?:password|passwd|pwd|pass|token|access_token|secret|apikey|api_key|sessionid|session|jsessionid|sid|auth|ticket|accesskey|ak|sk|sign_key)\Z",
    re.IGNORECASE,
)
PERSONAL = pattern(r"(?:id_?card|idno|idnum|id_?number|cardno|sfzh?m?|zjhm|phone|mobile|tel|sjh(?:m)?|bank_?card|yhkh)\Z", re.IGNORECASE)
PERSONAL_VALUE = pattern(r"\d{17}[\dXx]|\d{15}|1[3-9]\d{9}|62\d{14,17}")
REACH = 24


class LinkDetector:
    """Find links that a citizen should not be sent to."""

    family: ClassVar[str] = "link"
    needs: ClassVar[str] = "runs"

    def __init__(self, lexicon: Lexicon, profile: Any = None) -> None:
        self.lexicon = lexicon

    @cached_property
    def hosts(self) -> dict[str, frozenset[str]]:
        """The listed domains, by list."""
        return {
            name: frozenset(self.lexicon.cue(f"link.{name}").words) for name in ("short", "platform-short", "commercial", "qr", "trusted")
        }

    def find(self, reading: Reading) -> Iterable[Finding]:
        """All findings; a text without five letters or digits in a row, dots among them, costs one look at what all detectors share."""
        findings: list[Finding] = []
        for text in reading.texts:
            if (runs_of(text) is not None and may_have_link(text.raw)) or "www" in text.raw:
                findings += self.links(text)
        return findings

    def links(self, text: Text) -> Iterator[Finding]:
        """The findings of each link of a text, right ones and broken ones."""
        broken: list[tuple[int, int]] = []
        for match in BROKEN.finditer(text.raw):
            surface = match[0].rstrip("，。,.；;：:、 ")
            if (
                (RIGHT.match(surface) and not WRONG_W.match(surface))
                or text.raw[match.end() : match.end() + 1] == "@"
                or not re.search("[A-Za-z]", surface[4:])
            ):
                continue
            broken.append((match.start(), match.start() + len(surface)))
            yield self.lexicon["link.malformed"].finding(text, *broken[-1], suggestion=mended(surface))
        for link in LINK.finditer(text.ascii):
            host = link["host"].decode().lower()
            numeric = host.replace(".", "").isdigit()
            if not self.is_link(link, host, numeric):
                continue
            start, end = link.start(), trimmed_end(link)
            if text.raw[start:end].isascii() and not any(left < end and start < right for left, right in broken):
                yield from self.judge(text, link, host, start, end)

    @staticmethod
    def is_link(match: re.Match[bytes], host: str, numeric: bool) -> bool:
        """Whether it is a link: with scheme or www, or a domain that ends like one."""
        if match["scheme"]:
            return True
        if numeric:
            return False
        last = host.rpartition(".")[2]
        return host.startswith("www.") or last in ("cn", "com", "net", "gov", "org") or (last in TLD and match["path"] is not None)

    def judge(self, text: Text, match: re.Match[bytes], host: str, start: int, end: int) -> Iterator[Finding]:
        """What is wrong with one well-formed link; the gravest thing first, one finding a link but for secrets."""
        rule = self.lexicon
        path = (match["path"] or b"").decode("latin-1")
        around = text.folded[max(0, start - REACH) : start] + " " + text.folded[end : end + REACH]
        yield from self.leaks(text, match, path, start, end)
        if host.replace(".", "").isdigit():
            yield rule["link.address"].finding(text, start, end, evidence=("内网地址",) if private(host) else ())
            return
        official = under(host, self.hosts["trusted"])
        if not official and FAKE.search(host):
            yield rule["link.lookalike"].finding(text, start, end, score=0.95)
        elif not official and LIKENESS.search(host):
            yield rule["link.suspect"].finding(text, start, end)
        elif not official and under(host, self.hosts["commercial"]):
            yield rule["link.commercial"].finding(text, start, end)
        elif not official and under(host, self.hosts["qr"]):
            yield rule["link.qr"].finding(text, start, end)
        elif not official and under(host, self.hosts["short"]) and path.strip("/"):
            yield rule["link.short"].finding(text, start, end)
        elif re.search(r"\.(?:apk|exe|ipa|msi|dmg)(?:$|\?)", path, re.IGNORECASE) and not official:
            yield rule["link.download"].finding(text, start, end)
        elif match["scheme"] and match["scheme"].lower() == b"http" and (cue := self.lexicon.cue("link.sensitive").find(around)):
            yield rule["link.insecure"].finding(text, start, end, suggestion="https" + text.raw[start + 4 : end], evidence=(cue,))
        elif not official and not under(host, self.hosts["platform-short"]) and (cue := self.entry(around)):
            yield rule["link.non-government"].finding(text, start, end, evidence=(cue,))

    def entry(self, around: str) -> str | None:
        """The word that makes it an entry to a service: two of them, or 入口 itself."""
        found = self.lexicon.cue("link.service").find_all(around)
        return found[0] if len(found) >= 2 or "入口" in found else None

    def leaks(self, text: Text, match: re.Match[bytes], path: str, start: int, end: int) -> Iterator[Finding]:
        """Accounts, tokens and personal data in the link."""
        from urllib.parse import parse_qsl

        if match["user"] and b":" in match["user"]:
            yield self.lexicon["link.credential"].finding(text, start, end)
            return
        for key, value in parse_qsl(path.partition("?")[2])[:40]:
            if SECRET.match(key) and len(value) >= 6:
                yield self.lexicon["link.credential"].finding(text, start, end, evidence=(key,))
                return
            if PERSONAL_VALUE.fullmatch(value) and (PERSONAL.match(key) or len(value) == 18):
                level = Level.BLOCK if len(value) >= 15 else Level.REVIEW
                yield self.lexicon["link.personal"].finding(text, start, end, level=level, evidence=(key,))
                return


def may_have_link(raw: str) -> bool:
    """Whether anything in a text could be a link."""
    place = raw.find(".")
    while place >= 0:
        if raw[place + 1 : place + 2].isascii() and raw[place + 1 : place + 2].isalpha():
            return True
        place = raw.find(".", place + 1)
    return any(mark in raw for mark in MARKS)


def trimmed_end(match: re.Match[bytes]) -> int:
    """The link's end without the sentence's own marks."""
    whole = match[0].rstrip(b".,;:!?'")
    while whole.endswith(b")") and whole.count(b")") > whole.count(b"("):
        whole = whole[:-1].rstrip(b".,;:!?'")
    return match.start() + len(whole)


def under(host: str, domains: frozenset[str]) -> bool:
    """Whether a host is one of the domains, or under one."""
    parts = host.split(".")
    return any(".".join(parts[place:]) in domains for place in range(len(parts) - 1))


def private(host: str) -> bool:
    """Whether an IPv4 address is of a network of one's own."""
    from ipaddress import ip_address

    try:
        return ip_address(host).is_private
    except ValueError:
        return False


def mended(surface: str) -> str | None:
    """The link as it was meant, if that is plain."""
    text = "".join(chr(ord(char) - 0xFEE0) if 0xFF01 <= ord(char) <= 0xFF5E else char for char in surface)
    text = re.sub(
        r"[，,。·\s]", ".", re.sub(r"\s*([:：；;./／\\])\s*", r"\1", text.replace("：", ":").replace("；", ":").replace("\\", "/"))
    )
    text = re.sub(r"\.{2,}", ".", text)
    text = re.sub(r"\Ah{1,2}t{1,3}p{1,2}(s?)[.:;]?/{0,3}\.?", r"http\1://", text, flags=re.IGNORECASE)
    text = re.sub(r"\Aw{2,4}\.", "www.", text, flags=re.IGNORECASE)
    return text if RIGHT.match(text) and text != surface else None
