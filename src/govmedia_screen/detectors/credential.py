"""Passwords, keys, and addresses of inner systems (第二十条：账号密码安全).

Keys are known by the formats of those who hand them out, connection strings and private keys by
their make; a random string by itself is no finding. A password needs the word before it, and a
sentence that gives it rather than asks for one: 请设置8位以上密码 gives nothing away.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any, ClassVar

from govmedia_screen.detectors.base import Reading
from govmedia_screen.finding import Finding, Level
from govmedia_screen.formats import keys
from govmedia_screen.formats.runs import RUN, Runs, runs_of
from govmedia_screen.lexicon.lexicon import Lexicon
from govmedia_screen.matching.text import Text
from govmedia_screen.system import lazy

#: What stands between the word 密码 and a password, and the password itself.
GIVES = lazy.pattern(
    r"(?:[一-鿿]{0,4}?(?:均为|统一为|统一是|默认为|都是|改为|设为|重置为|是|为)\s?[:：]?|[^\S\n]{0,2}[:：=]|[(（【\[“\"「]|\s)\s{0,3}[“\"'「]?"
)
VALUE = lazy.pattern(rb"[!-~]{4,40}")
#: What can follow the word without a mark between: letters and digits mixed.
MIXED = lazy.pattern(rb"(?=[!-~]{0,39}[A-Za-z])(?=[!-~]{0,39}[0-9])[!-~]{6,40}")
PLACEHOLDER = lazy.pattern(
    rb"(?i)[*xX#.?_-]{3,}|<[^>]*>|\{[^}]*\}|\[[^\]]*\]|your_?password|password|passwd|xxx+|https?|www\.|null|none|true|false|\d{1,2}[-~]\d{1,2}"
)
ACCOUNT = lazy.pattern(
    r"(?:账号|帐号|用户名|账户|登录名|登陆名|工号|account|username|user|login|ac)(?:均?为|是|\s)?\s{0,2}[:：=（(]?\s{0,2}[\"“']?[0-9a-z_.@-]{2,40}",
    re.IGNORECASE,
)
BOTH = lazy.pattern(r"(?:账号|帐号|账户|用户名|登录名)[/／和及、与]?$")
SECOND = lazy.pattern(rb"[ ]?[/|,;][ ]?[!-~]{4,40}|[ ][!-~]{4,40}")
DEFAULT = lazy.pattern(
    rb"(?i)(?<![0-9A-Za-z@./])(?:admin|root|administrator|sysadmin|sa|guest|test|oracle|postgres|system)\s{0,2}[/|:]\s{0,2}(?:admin|root|administrator|guest|test|password|passwd|oracle|postgres|manager|(?!(?:19|20)[0-9]{2}(?![0-9]))(?:admin|root|test|pass|abc|a)?@?[0-9]{3,8}[!@#]?)(?![0-9A-Za-z:/.])"
)
#: Without one of these, in small letters, ``DEFAULT`` fits nowhere; much faster to look for.
ACCOUNT_NAME = lazy.pattern(rb"(?:admin|root|administrator|sa|guest|test|oracle|postgres|system)\s{0,2}[/|:]")
INNER = lazy.pattern(
    rb"(?<![0-9.])(?:10|172\.(?:1[6-9]|2[0-9]|3[01])|192\.168)(?:\.[0-9]{1,3}){2}(?:\.[0-9]{1,3})?(?![0-9.])(?:[:][0-9]{2,5})?(?:/[0-9A-Za-z_./?=&%-]{0,200})?"
)
#: Keys, words and addresses have a letter or a dot; most numbers have neither.
MADE_OF = lazy.pattern(rb"[A-Za-z.]")


class CredentialDetector:
    """Find passwords, keys and inner addresses."""

    family: ClassVar[str] = "credential"
    needs: ClassVar[str] = "runs"

    def __init__(self, lexicon: Lexicon, profile: Any = None) -> None:
        self.lexicon = lexicon
        self.advice = lexicon.cue("credential.advice")
        self.public = lexicon.cue("credential.public")
        self.warned = lexicon.cue("credential.warned")
        self.system = lexicon.cue("credential.system")

    def find(self, reading: Reading) -> Iterable[Finding]:
        """The findings of each text; without letters and digits there is nothing to find."""
        findings: list[Finding] = []
        for text in reading.texts:
            runs = runs_of(text)
            if runs is not None:
                findings.extend(self.made(text, runs))
                passwords = [(start, end) for one, start, end in reading.cues("credential.password-label") if one is text]
                if passwords:
                    findings.extend(self.passwords(text, passwords))
            elif reading.cue_hits and reading.cues("credential.password-label"):
                findings.extend(
                    self.passwords(text, [(start, end) for one, start, end in reading.cues("credential.password-label") if one is text])
                )
            if reading.cue_hits and reading.cues("credential.password-label"):
                findings.extend(self.described(text, reading))
        return findings

    def described(self, text: Text, reading: Reading) -> Iterator[Finding]:
        """A password that is described: 初始密码为身份证后六位."""
        for one, start, end in reading.cues("credential.password-label"):
            if (
                one is text
                and (match := DESCRIBED.search(text.folded, max(0, start - 8), end + 40))
                and match.start() <= start < match.end()
            ):
                around = text.folded[max(0, start - 30) : match.end() + 16]
                if not self.warned.find(around):
                    yield self.lexicon["credential.described"].finding(text, *match.span(), evidence=(match[1],))

    def made(self, text: Text, runs: Runs) -> Iterator[Finding]:
        """What is known by how it is made."""
        letters = text.ascii
        if not MADE_OF.search(letters):
            return
        if keys.BEGINNING.search(letters):
            starts = [match.start() for match in RUN.finditer(letters) if match.end() - match.start() >= 2]
            for key in keys.keys_in(letters, starts):
                yield self.lexicon["credential.key"].finding(text, key.start, key.end, evidence=(key.kind,))
        if b"://" in letters:
            yield from self.addresses(text, letters)
        if b"-----BEGIN" in letters:
            for match in keys.PRIVATE_KEY.finditer(letters):
                yield self.lexicon["credential.private-key"].finding(text, *match.span())
        lower = letters.lower()
        if b"key" in lower or b"token" in lower or b"secret" in lower or b"bearer" in lower:
            for match in keys.LABELLED.finditer(letters):
                if keys.is_random(match[1]):
                    yield self.lexicon["credential.token"].finding(text, *match.span(1))
        if (b"/" in letters or b":" in letters or b"|" in letters) and ACCOUNT_NAME.search(lower):
            for match in DEFAULT.finditer(letters):
                window = text.window(*match.span(), 30)
                if not self.advice.find(window):
                    yield self.lexicon["credential.default"].finding(text, *match.span())
        if b"192.168." in letters or b"10." in letters or b"172." in letters:
            yield from self.inner(text, letters)

    def addresses(self, text: Text, letters: bytes) -> Iterator[Finding]:
        """Addresses that carry a password or a session with them."""
        for match in keys.CONNECTION.finditer(letters):
            yield self.lexicon["credential.connection"].finding(text, *match.span())
        for match in keys.JDBC.finditer(letters):
            if keys.PASSWORD_PARAMETER.search(match[0]):
                yield self.lexicon["credential.connection"].finding(text, *match.span())
        for match in keys.WEBHOOK.finditer(letters):
            yield self.lexicon["credential.key"].finding(text, *match.span(), evidence=("机器人 Webhook",))
        for match in keys.TOKEN_PARAMETER.finditer(letters):
            if keys.is_random(match[1]) or keys.PASSWORD_PARAMETER.search(match[0]):
                yield self.lexicon["credential.link"].finding(text, *match.span())

    def inner(self, text: Text, letters: bytes) -> Iterator[Finding]:
        """Private addresses (RFC 1918): of a system with its port or path, or told as an address."""
        for match in INNER.finditer(letters):
            host = match[0].split(b"/")[0].split(b":")[0].split(b".")
            if len(host) != 4 or any(int(part) > 255 for part in host):
                continue
            cue = self.system.find(text.window(*match.span(), 24))
            located = (
                b":" in match[0]
                or b"/" in match[0]
                or letters[max(0, match.start() - 3) : match.start()] == b"://"
                or letters[match.start() - 1 : match.start()] == b"@"
            )
            if cue or located:
                start = match.start()
                yield self.lexicon["credential.intranet"].finding(text, start, match.end(), evidence=(cue,) if cue else ())

    def is_letters_only(self, text: Text, secret: bytes, parted: bool, end: int) -> bool:
        """Whether letters alone are a password: a known one, or what stands behind a colon or an equals sign and is no word of a sentence."""
        if secret.lower() in KNOWN:
            return True
        mark = text.folded[end : end + 3].strip()[:1]
        return parted and mark in (":", "：", "=") and len(secret) <= 20 and not self.is_sentence(text, secret, end)

    @staticmethod
    def is_sentence(text: Text, secret: bytes, end: int) -> bool:
        """Whether more Latin words follow: password: please contact the office."""
        place = text.ascii.find(secret, end)
        rest = text.ascii[place + len(secret) : place + len(secret) + 12]
        return re.match(rb" [A-Za-z]{2,}", rest) is not None

    def passwords(self, text: Text, labels: list[tuple[int, int]]) -> Iterator[Finding]:
        """A password after its label."""
        letters = text.ascii
        for start, end in labels:
            between = GIVES.match(text.folded, end)
            value = VALUE.match(letters, between.end() if between else end)
            if not value or (not between and not MIXED.match(value[0])):
                continue
            secret = value[0].rstrip(b".,;:!?)]}\"'>")
            if (
                len(secret) < 4
                or PLACEHOLDER.fullmatch(secret)
                or len(set(secret)) == 1
                or (secret.isalpha() and not self.is_letters_only(text, secret, between is not None, end))
            ):
                continue
            if secret.startswith((b"http", b"/", b"(", b"\\")) or b"*" in secret:
                continue
            span = value.start(), value.start() + len(secret)
            if BOTH.search(text.folded, max(0, start - 8), start) and (
                second := SECOND.match(letters, span[1])
            ):  # 账号密码：zfb01 / Abc123
                span = span[0], second.end()
            around = text.folded[max(0, start - 30) : span[1] + 16]
            if self.advice.find(around):
                continue
            account = ACCOUNT.search(text.folded, max(0, start - 60), start) or ACCOUNT.search(text.folded, span[1], span[1] + 40)
            public = self.public.find(around)
            level = Level.NOTE if public else Level.BLOCK if account else Level.REVIEW
            yield self.lexicon["credential.password"].finding(
                text, *span, level=level, evidence=tuple(filter(None, (text.raw[start:end], account and account[0], public)))
            )


#: A first password that anybody can work out who knows the person.
DESCRIBED = lazy.pattern(
    r"(?:初始|默认|原始|统一|登录|登陆|查询)?(?:密码|口令)[^，。；！？\n]{0,8}?(?:统一为|默认为|均为|都是|设为|重置为|是|为|[:：])\s?(?:本人|您的|其|学生|考生|职工)?的?"
    r"((?:身份证|证件|手机|电话|学|工|准考证|学籍|社保卡|出生)[^，。；！？\n]{0,6}(?:[后前末]\s?(?:[四六八]|[468])\s?位|年月日|日期|号码?(?![0-9])))"
)
#: Words that are passwords wherever they stand after the label.
KNOWN = frozenset({b"admin", b"root", b"password", b"guest", b"test", b"administrator", b"qwerty", b"letmein", b"welcome"})
