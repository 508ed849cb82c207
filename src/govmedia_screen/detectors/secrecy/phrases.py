"""What is not to be known yet, said in passing: bid floors, quotes before opening, exam papers, journeys.

A phrase list cannot hold these: 标底 1280 万元 is a secret and 标底在开标时公布 is a rule; 招标控制价
and 起拍价 are published by law (《招标投标法》《拍卖法》). Each search begins at a trigger word that the
automaton has found and looks at its sentence and the bracket after it only. The words that an editor
reads are in ``lexicons/secrecy/``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from govmedia_screen.chinese.sentences import INSIDE
from govmedia_screen.detectors.base import Reading
from govmedia_screen.matching.text import Text
from govmedia_screen.system import lazy

#: How far a sentence is looked at on either side of a trigger, in code points.
REACH = 80
G = INSIDE
MONEY = r"(?:每?(?:亩|平方米|平米|平|吨|斤|公斤|件|个|人)\s?)?(?:人民币)?\s?[0-9][0-9,.，]{0,14}\s?(?:[万亿]元?|元|%)"
HUSH = r"(?:(?:尚未|未|不|暂不|不对外|请勿对外|不宜)(?:公开|公布|外传)|保密|请勿外|不要(?:外传|对外)|勿外(?:传|泄)|勿(?:公开|泄露|外传|外泄)|控制知悉)"
SOON = r"(?:明天|明日|明早|明晚|后天|后日|今晚|今天(?:上午|下午|晚上)|下周|下星期|本周[一二三四五六日]|周[一二三四五六日]|定于|拟于|将于|[0-9]{1,2}[日号](?:上午|下午|晚))"
DAY = r"(?:明天|明日|明早|后天|后日|今晚|下周|下星期|本周[一二三四五六日]|周[一二三四五六日]|定于|将于)"
WHO = r"(?:(?:省|市|县|区|中央|国家|部|上级|有关)?(?:领导|首长)|书记|省长|市长|县长|区长|部长|厅长|贵宾|外宾|(?:督[查察导]|检查|考核|暗访|巡[视察]|验收|评估|调研)组|省里|市里|上级|上面)"
VISIT = r"(?:视察|调研|检查|考察|督[查察导]|暗访|巡视|验收|考核)"


class Said(NamedTuple):
    """One kind of thing that is said too early.

    Attributes:
        rule: the rule's id.
        says: what gives it away, in one sentence.
        hint: what every way of saying it holds; a quick look before the long one.
        innocent: what in the same sentence says that it is public, past, forbidden or a lesson.
    """

    rule: str
    hint: re.Pattern[str]
    says: re.Pattern[str]
    innocent: re.Pattern[str]


PRICE = Said(
    "secrecy.business",
    lazy.pattern("[0-9]|报价"),
    lazy.pattern(
        rf"(?:标底|(?<!抄)底价|(?:谈判|收购|心理|报价)底线)(?:价格?|金额|价位)?(?:定)?[为是在约：:\s]{{0,3}}{MONEY}(?!起)"
        rf"|(?:最高限价|控制价|保留价|基准价|补偿标准|预算控制数|评估价){G}{{0,20}}{MONEY}{G}{{0,16}}{HUSH}"
        rf"|(?:公司|供应商|投标(?:人|单位|企业)?|竞标(?:人|单位)|厂家|[甲乙丙]方){G}{{0,4}}报价{G}{{0,6}}{MONEY}{G}{{0,60}}?(?:(?:尚未|未|还没)开标|{SOON}{G}{{0,3}}开标|开标前|{HUSH})"
        rf"|(?:开标前|尚未开标|未开标){G}{{0,16}}(?:报价|投标价){G}{{0,20}}{MONEY}"
        rf"|(?:投标(?:人|单位|企业)?|供应商){G}{{0,4}}报价(?:如下|见附件|明细){G}{{0,8}}(?:开标前|{HUSH})"
    ),
    lazy.pattern(
        r"公告|(?<![未不])(?:公示|公布)|成交|中标|流拍|起拍|起始|挂牌|转让|出让方案|竞价|竞买|保证金|开标(?:结果|记录|现场|会|一览)|评审结果|唱标|公开招标|抄底|虚假|广告|特价|优惠|抢购|包邮|首付|户型|限时"
        r"|泄[露漏]|透露|串通|围标|窃取|罪|判[处刑决]|被判|案[件例发]|立案|受贿|处罚|(?:不得|严禁|禁止)(?!外传|对外|外泄|公开|泄露)|规定|办法|条例|例如|比如|举例|假设|如某"
    ),
)
EXAM = Said(
    "secrecy.exam",
    lazy.pattern("考|命题|[明后][天日早晚]|今[晚天]|下周|下星期|周[一二三四五六日]|[定拟将]于|[0-9][日号]"),
    lazy.pattern(
        rf"{DAY}{G}{{0,14}}(?:考试|测试|笔试|面试|(?<!参)考){G}{{0,6}}?(?:题|题目|答案|作文){G}{{0,4}}(?:如下|是|为|(?=[：:])|(?=[0-9]{{1,2}}\s?[-—~.、]))"
        rf"|(?:试题|考题|笔试题目|面试题目?|作文题目?|答案)(?:如下|是|为)?[：:]?{G}{{2,60}}?(?:考前发放|考前勿|考试前勿|考前不得|考前请勿|考前保密|考试前保密|{SOON}{G}{{0,6}}(?:使用|启用|考试|开考|面试|笔试)|考试(?:时间)?(?:为|定于|在){SOON}?)"
        rf"|(?:评分细则|答题要点|参考答案|试题|试卷|答案|监考(?:老师|教师|人员)?名单|考官名单){G}{{0,12}}(?:考前勿|考前请勿|考前不得|考前保密|考试前保密|考前不公开|考试结束前不得)"
        rf"|(?:命题组|命题人|命题专家|命题)(?:成员|人员|老师|教师|专家)?(?:名单)?[：:为是]{{1,2}}[\u4e00-\u9fff]{{2,4}}[、，]"
        rf"|(?:试卷|考卷|试题){G}{{0,6}}(?:将于|定于|拟于|{SOON}){G}{{0,16}}(?:运往|运至|送往|押运|启运)"
    ),
    lazy.pattern(
        r"骗|诈|网传|谣|警惕|轻信|打击|查处|泄[露漏](?:试|考|国|答)|作弊|罪|模拟|练习|竞赛|知识问答|有奖|答题活动|题型|题库|真题|历年|往年|复习|备考|昨|已经?结束|考试结束后|考后|解析"
        r"|(?<!命题)(?:公布|公告|公示)|论文|讲座|征文|演讲|辅导|成绩|防汛|课题|范围|样[题卷]|例题|由省里|入闱|武警|公安|交警|护送|全程"
    ),
)
JOURNEY = Said(
    "secrecy.inspection",
    lazy.pattern(
        "领导|首长|书记|[省市县区部厅]长|贵宾|外宾|组|省里|市里|上[级面]|视察|调研|检查|考察|督[查察导]|暗访|巡视|验收|考核|突击|收网|抓捕|清查"
    ),
    lazy.pattern(
        rf"{WHO}{G}{{0,24}}?{SOON}{G}{{0,24}}?(?:(?:路线|线路|点位|行程)(?:为|是|有|暂定|安排)?[：:—]?(?={G}{{1,30}}[—－、-])|提前(?:打扫|停产|安排|准备|布置|清理)|统一口径)"
        rf"|{SOON}{G}{{0,16}}?{WHO}{G}{{0,24}}?(?:(?:路线|线路|点位|行程)(?:为|是|有|暂定|安排)?[：:—]?(?={G}{{1,30}}[—－、-])|提前(?:打扫|停产|安排|准备|布置|清理)|统一口径|大家注意|都注意)"
        rf"|(?:领导|首长|贵宾|外宾|书记|省长|市长|县长){G}{{0,4}}行程(?:安排)?(?=[：:]\s?[0-9])"
        rf"|(?:领导|首长|贵宾|外宾|{WHO}){G}{{0,3}}(?:{VISIT}|到访|来访)?(?:的)?(?:路线|行程|点位|时间)(?:[、和及]?(?:时间|路线|行程|点位)?)?(?:安排)?{G}{{0,4}}{HUSH}"
        rf"|(?:首长|领导|贵宾){G}{{0,3}}{VISIT}(?:的)?时间(?:定于|定在|为|是|[：:])"
        rf"|(?:外宾|贵宾|首长|领导){G}{{0,4}}(?:车队|乘坐(?:的)?车辆|座驾|专车){G}{{0,10}}?(?:路线|途经|经过|沿)"
        rf"|{VISIT}路线(?:为|是|[：:]|图[：:见])|(?:检查|督查|验收|考核|暗访|视察)(?:的)?点位(?:已定|为|有|是|[：:])|{WHO}的?行程安排(?:如下|表)"
        rf"|(?:明天|明日|今晚|今夜|后天){G}{{0,10}}(?:突击检查|清查行动|收网|统一抓捕|突击行动){G}{{0,20}}(?:集合|[0-9]{{1,2}}点)|{WHO}{G}{{0,6}}{SOON}{G}{{0,4}}(?:入驻|住在|下榻){G}{{0,12}}(?:房间|[0-9]{{3,4}}(?:室|房))"
    ),
    lazy.pattern(
        r"接访|接待日|包案|直播|热线|论坛|开幕|闭幕|仪式|讲座|宣讲|比赛|马拉松|骑行|旅游|红色|研学|医疗队|义诊|病例|患者|航班|列车|车次|公交|地铁|高铁|班车|先后|一行|听取|指出|强调|主持|形式主义|泄[露漏]|严禁|不得(?!外传)|禁止|整治|查处|不打招呼|四不两直|反馈|整改|通报|代表委员|政协委员|人大代表|开放日|招聘|新华社|媒体|据报道|日电|外交部|访华|应邀|历史|红军|抗战"
    ),
)
TRIGGERS = {"secrecy.trigger.price": PRICE, "secrecy.trigger.exam": EXAM, "secrecy.trigger.journey": JOURNEY}


def said(reading: Reading) -> Iterator[tuple[str, Text, int, int]]:
    """Rule, part, start and end of what is said too early; one for each sentence and kind."""
    for cue, kind in TRIGGERS.items():
        done: tuple[Text | None, int] = None, -1
        for text, start, end in reading.cues(cue):
            first, last = text.sentence(start, end, REACH)
            if done[0] is text and start < done[1]:
                continue
            done = text, last
            match = kind.hint.search(text.folded, first, last) and kind.says.search(text.folded, first, last)
            if match and not kind.innocent.search(text.folded, first, last) and not is_listed(reading, text, *match.span()):
                yield kind.rule, text, *match.span()


def is_listed(reading: Reading, text: Text, start: int, end: int) -> bool:
    """Whether a listed phrase stands there, which says it more exactly."""
    return any(hit.text is text and not hit.rule.near and hit.start < end and start < hit.end for hit in reading.hits("secrecy"))
