"""Keys and passwords by the formats of those who hand them out, and how random a string is."""

from __future__ import annotations

import math
import re
from collections import Counter
from typing import NamedTuple

from govmedia_screen.system import lazy

#: Provider, and the format of its key; each begins a run of letters and digits.
KEYS = (
    ("阿里云 AccessKey", lazy.pattern(rb"(?<![0-9A-Za-z])LTAI[0-9A-Za-z]{12,26}(?![0-9A-Za-z])")),
    ("腾讯云 SecretId", lazy.pattern(rb"(?<![0-9A-Za-z])AKID[0-9A-Za-z]{13,40}(?![0-9A-Za-z])")),
    ("AWS AccessKey", lazy.pattern(rb"(?<![0-9A-Za-z])(?:AKIA|ASIA)[0-9A-Z]{16}(?![0-9A-Za-z])")),
    ("GitHub", lazy.pattern(rb"(?<![0-9A-Za-z])(?:gh[pousr]_[0-9A-Za-z]{36,255}|github_pat_[0-9A-Za-z_]{40,255})(?![0-9A-Za-z])")),
    ("GitLab", lazy.pattern(rb"(?<![0-9A-Za-z])glpat-[0-9A-Za-z_-]{20,64}(?![0-9A-Za-z])")),
    ("Google API", lazy.pattern(rb"(?<![0-9A-Za-z])AIza[0-9A-Za-z_-]{35}(?![0-9A-Za-z])")),
    ("Slack", lazy.pattern(rb"(?<![0-9A-Za-z])xox[baprs]-[0-9A-Za-z-]{10,200}(?![0-9A-Za-z])")),
    ("大模型 API", lazy.pattern(rb"(?<![0-9A-Za-z])sk-(?:proj-|ant-)?[0-9A-Za-z_-]{20,200}(?![0-9A-Za-z])")),
    ("百度智能云", lazy.pattern(rb"(?<![0-9A-Za-z])bce-v3/ALTAK-[0-9A-Za-z]{20,40}/[0-9a-f]{40}(?![0-9A-Za-z])")),
    ("百度智能云", lazy.pattern(rb"(?<![0-9A-Za-z])ALTAK[0-9A-Za-z]{16,32}(?![0-9A-Za-z])")),
    ("微信 AppID 及密钥", lazy.pattern(rb"(?<![0-9A-Za-z])wx[0-9a-f]{16}[ ,;:/|]{1,3}[0-9a-f]{32}(?![0-9A-Za-z])")),
    ("火山引擎", lazy.pattern(rb"(?<![0-9A-Za-z])AKLT[0-9A-Za-z_-]{20,64}(?![0-9A-Za-z])")),
    ("Stripe", lazy.pattern(rb"(?<![0-9A-Za-z])[rs]k_live_[0-9A-Za-z]{16,120}(?![0-9A-Za-z])")),
    ("SendGrid", lazy.pattern(rb"(?<![0-9A-Za-z])SG\.[0-9A-Za-z_-]{16,32}\.[0-9A-Za-z_-]{32,64}(?![0-9A-Za-z])")),
    ("npm", lazy.pattern(rb"(?<![0-9A-Za-z])npm_[0-9A-Za-z]{36}(?![0-9A-Za-z])")),
    ("PyPI", lazy.pattern(rb"(?<![0-9A-Za-z])pypi-AgE[0-9A-Za-z_-]{50,400}(?![0-9A-Za-z])")),
    ("JWT", lazy.pattern(rb"(?<![0-9A-Za-z])eyJ[0-9A-Za-z_-]{10,2000}\.[0-9A-Za-z_-]{10,4000}\.[0-9A-Za-z_-]{10,1000}")),
)
PREFIXES = (
    b"LTAI",
    b"AKID",
    b"AKIA",
    b"ASIA",
    b"ghp_",
    b"gho_",
    b"ghu_",
    b"ghs_",
    b"ghr_",
    b"github_pat_",
    b"glpat-",
    b"AIza",
    b"xox",
    b"sk-",
    b"bce-v3",
    b"eyJ",
    b"ALTAK",
    b"AKLT",
    b"sk_live_",
    b"rk_live_",
    b"SG.",
    b"npm_",
    b"pypi-",
)
#: How every key begins.
BEGINNING = lazy.pattern(b"|".join(PREFIXES))
#: A user and a password inside an address: scheme://user:password@host.
CONNECTION = lazy.pattern(
    rb"(?<![0-9A-Za-z])[A-Za-z][0-9A-Za-z+.]{1,20}://[^\s/@:\x80\x81'\"<>]{0,64}:[^\s/@\x80\x81'\"<>]{2,64}@[0-9A-Za-z.\[\]:-]{3,128}(?:/[0-9A-Za-z._?=&%-]{0,200})?"
)
JDBC = lazy.pattern(rb"jdbc:[a-z0-9:]{2,30}://[^\s\x80\x81'\"<>]{4,300}")
PASSWORD_PARAMETER = lazy.pattern(rb"(?:password|passwd|pwd)=[^&;\s\x80\x81]{3,64}", re.IGNORECASE)
PRIVATE_KEY = lazy.pattern(
    rb"-----BEGIN (?:[A-Z]{2,10} ){0,2}PRIVATE KEY(?: BLOCK)?-----(?:[^\x80\x81-]{0,8000}-----END (?:[A-Z]{2,10} ){0,2}PRIVATE KEY(?: BLOCK)?-----)?"
)
#: An address that carries a session or a robot's key with it.
WEBHOOK = lazy.pattern(
    rb"https?://(?:oapi\.dingtalk\.com/robot/send\?access_token=|qyapi\.weixin\.qq\.com/cgi-bin/webhook/send\?key=|open\.feishu\.cn/open-apis/bot/v2/hook/)[0-9A-Za-z-]{16,80}"
)
TOKEN_PARAMETER = lazy.pattern(
    rb"https?://[^\s\x80\x81'\"<>?]{4,200}\?(?:[^\s\x80\x81'\"<>]{0,200}&)?(?:access_?token|token|sessionid|session|jsessionid|ticket|sign|secret|apikey|api_key|auth|password|pwd)=([^\s&\x80\x81'\"<>]{8,400})",
    re.IGNORECASE,
)
#: A labelled secret: api_key = …, AppSecret：….
LABELLED = lazy.pattern(
    rb"(?<![0-9A-Za-z])(?:(?:api|app|access|secret|client|private|auth|sign)[_-]?(?:key|secret|token)(?:[_-]?(?:id|secret))?|accesskeysecret|accesskeyid|secretkey|secretid|token|bearer|secret)"
    rb"['\"]?\s{0,3}(?:[:=]|\x80{1,3}\s?:?)?\s{0,3}['\"]?([0-9A-Za-z_./+=-]{16,200})(?![0-9A-Za-z])",
    re.IGNORECASE,
)
#: A random string that somebody could really use is above this many bits a character (hexadecimal, other).
HEXADECIMAL, OTHER = 3.0, 3.5


class Key(NamedTuple):
    """A key found: who hands it out, where it begins and ends."""

    kind: str
    start: int
    end: int


def entropy(value: bytes) -> float:
    """Shannon's entropy in bits a character."""
    size = len(value)
    return -sum(count / size * math.log2(count / size) for count in Counter(value).values()) if size else 0.0


def is_random(value: bytes) -> bool:
    """Whether a string has letters and digits and is as random as a key; a word or a file name is not."""
    if not any(48 <= char <= 57 for char in value) or value.isdigit():
        return False
    hexadecimal = re.fullmatch(rb"[0-9A-Fa-f-]+", value) is not None
    return entropy(value) >= (HEXADECIMAL if hexadecimal else OTHER)


def keys_in(letters: bytes, starts: list[int]) -> list[Key]:
    """The providers' keys that begin at one of these places."""
    found = []
    for start in starts:
        if letters.startswith(PREFIXES, start):
            for kind, regex in KEYS:
                match = regex.match(letters, start)
                if match and entropy(match[0]) > 3.0:
                    found.append(Key(kind, *match.span()))
                    break
    return found
