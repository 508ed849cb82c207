"""Grammar of a sentence, as an editor writes it: slots whose words stand in lexicons, and what may lie between them.

A rule's ``sentences`` are templates, one a line::

    {conduct.who}……{conduct.vote}…{数}(票|次) + {conduct.proof}

==============  ===================================================================================
``{list.id}``   any word of that cue list
``{数}`` …      a number, and the other built-in slots of ``BUILT_IN``
``…``           up to eight characters of the same clause
``……``          up to thirty characters of the same sentence
``(甲|乙)``     one of these; ``(甲|乙)?`` one of these or nothing
``(!甲|乙)``    not followed by one of these; ``(<!甲|乙)`` not preceded
`` + ``         both pieces, in any order
==============  ===================================================================================

One of a line's lists is a trigger list: the automaton looks for its words, and the line is tried only where
one stands. So what sets a line to work is part of the line, and never a list kept by hand beside it. Rules for
replies alone (``kinds = ["reply"]``) need none: replies are few and short, and each line is tried on all of them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from govmedia_screen.chinese.sentences import INSIDE
from govmedia_screen.lexicon.any_of import GAP, any_of
from govmedia_screen.lexicon.rule import Cues, Rule
from govmedia_screen.matching.fold import folded
from govmedia_screen.system import lazy

#: What …… in a template stands for; … is what it is in a listed word.
WIDE = f"{INSIDE}{{0,30}}?"
PLUS = " + "
REPLY = ("reply",)
GROUP = re.compile(r"\{[^{}]*\}|\((?:<?!)?[^(){}]*\)\??")
UNPAIRED = re.compile(r"[{}()]")
#: The hundred most common family names (公安部《二〇二〇年全国姓名报告》 and its neighbours), for ``{姓名}`` and ``{某人}``.
FAMILY_NAMES = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗高郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤"
#: Slots that no list of words can hold.
BUILT_IN = {
    "数": r"[0-9〇一二两三四五六七八九十百千万几]{1,8}",
    "钱": r"(?:[¥￥]\s?[0-9][0-9.,]{0,9}|[0-9〇一二两三四五六七八九十百千万几][0-9.,〇一二两三四五六七八九十百千万]{0,9}\s?(?:元|块钱?|万|折|%|/克))",
    "日": r"(?:[0-9]{1,2}月[0-9]{1,2}[日号]|[0-9]{1,2}[日号]|明[天日早晚]|后[天日]|今[天日晚]|昨[天日晚]|本?周[一二三四五六日末]|下周|近日|零点)",
    "人名": r"[\u4e00-\u9fff]{1,3}(?:某某?|书记|县长|市长)",
    "姓名": rf"(?:(?<=[：:、，,；;（(\s是系名])|(?<=单元)|(?<=名单))[{FAMILY_NAMES}][\u4e00-\u9fff]{{1,2}}(?=[、，,。；;（(：:\s]|$)",
    "长": r"[\s\S]{120}",
    "某人": rf"[{FAMILY_NAMES}]某{{1,2}}",
    "联系": r"(?:(?<![0-9])1[3-9][0-9]{9}(?![0-9])|(?<![a-z])(?:v|q|vx|wx|qq|tg|wechat|加?薇|加?微信?|微信号?|威信|扣扣|飞机|电报|蝙蝠)(?:号|:|：|\+|\s){0,3}[a-z0-9_-]{5,20}|https?://|www\.)",
    "首": r"(?:^|(?<=[\n。！？!?；;]))\s{0,4}",
}
TOKEN = re.compile(r"\{([^{}]*)\}|(……)|(…)|\((<?!)?([^()]*)\)(\?)?|([^{}…()]+|.)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Sentence:
    """One line of a rule's grammar, ready to be tried.

    Attributes:
        rule: the rule's id.
        trigger: the trigger list that sets it to work; one of its words stands in every match. None in rules for replies.
        pieces: what must all be found in one window, in any order.
    """

    rule: str
    trigger: str | None
    pieces: tuple[re.Pattern[str], ...]

    def span(self, text: str, start: int, end: int) -> tuple[int, int] | None:
        """From the first to the last code point of all pieces within the window, or None."""
        first, last = end, start
        for piece in self.pieces:
            match = piece.search(text, start, end)
            if match is None:
                return None
            first, last = min(first, match.start()), max(last, match.end())
        return first, last


def slots(line: str) -> list[str]:
    """The ids of the lists that a template names, in their order."""
    return [name for name in re.findall(r"\{([^{}]*)\}", line) if name not in BUILT_IN]


def unsound(line: str, cues: Mapping[str, Cues]) -> str | None:
    """What is wrong with a template's own writing, in Chinese, or None."""
    if UNPAIRED.search(GROUP.sub("", line)):
        return f"句式“{line}”里的括号没有配对，或括号里套了括号"
    unknown = [name for name in slots(line) if name not in cues]
    return f"句式“{line}”里的 {{{unknown[0]}}} 没有这个词表" if unknown else None


def problem(rule: Rule, line: str, cues: Mapping[str, Cues]) -> str | None:
    """What an editor got wrong in a template of a rule, in Chinese, or None."""
    if wrong := unsound(line, cues):
        return wrong
    if trigger_of(line, cues) is None and rule.kinds != REPLY:
        return f"句式“{line}”里至少要有一个 trigger = true 的词表"
    return None


def trigger_of(line: str, cues: Mapping[str, Cues]) -> str | None:
    """The first trigger list that a template names, or None."""
    return next((name for name in slots(line) if name in cues and cues[name].trigger), None)


def compile_sentence(rule: Rule, line: str, cues: Mapping[str, Cues]) -> Sentence:
    """A template as patterns over folded text.

    Raises:
        KeyError: it names a list that there is not.
    """
    return Sentence(rule.id, trigger_of(line, cues), tuple(lazy.pattern(expression(piece, cues)) for piece in line.split(PLUS)))


def expression(piece: str, cues: Mapping[str, Cues]) -> str:
    """One piece of a template as a regular expression."""
    parts = []
    for slot, wide, gap, look, choice, maybe, literal in TOKEN.findall(piece):
        if slot:
            parts.append(BUILT_IN.get(slot) or any_of(cues[slot].words))
        elif wide or gap:
            parts.append(WIDE if wide else GAP)
        elif literal:
            parts.append(re.escape(folded(literal)))
        else:
            words = any_of(folded(choice).split("|"))
            parts.append(f"(?{look}{words})" if look else words + maybe)
    return "".join(parts)
