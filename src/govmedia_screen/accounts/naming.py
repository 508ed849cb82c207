"""Names of accounts (第九条、第十条): short, regular, the sponsor's own, the same on every platform; never a person's, a campaign's or a shop's."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

from govmedia_screen.accounts.finding import AccountFinding, found
from govmedia_screen.accounts.register import Account, Register
from govmedia_screen.formats.names import is_name
from govmedia_screen.lexicon.any_of import any_of
from govmedia_screen.lexicon.lexicon import Lexicon

SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文"
#: Everything in a sponsor's name that does not say what it does.
PLAIN = re.compile(
    r"人民政府|办公室|办公厅|委员会|管理|服务|中心|事业|工作|行政|综合|事务|保障|监督|街道办事处|办事处|[省市县区旗州镇乡局厅委部院所站队办和与]"
)
#: Words of account names that say nothing of the sponsor either.
GENERIC = re.compile(
    r"发布|在线|政务|微博|微信|官方|之声|平台|资讯|网|微|号|融媒|新媒体|公众号|服务|掌上|智慧|您好|这里是|云上|指尖|印象|声音|播报|通|宝|[0-9A-Za-z\W_]"
)
PLACE = re.compile(r"\A[\u4e00-\u9fff]{1,7}?(?:省|自治区|市|县|区|旗|州|镇|乡|街道)")
GOVERNMENT = re.compile(r"人民政府|政府办公室|政府办公厅|宣传部|融媒体|网信办|互联网信息办公室|管委会|管理委员会|街道办|新闻办")
#: 小李说交通, 老王讲安全: a nickname that speaks.
NICKNAME = re.compile(rf"(?:小|老|阿)[{SURNAMES}](?:姐|哥|妹|叔|师傅)?(?:说|聊|讲|看|谈|侃|帮|带你|教你|陪你|话|唠)")
LONGEST = 16


class Naming:
    """Checks names by the lists ``account.*`` of the lexicon."""

    def __init__(self, lexicon: Lexicon, settings: Mapping[str, Any]) -> None:
        self.lexicon = lexicon
        self.platforms = {*lexicon.cue("account.platforms").words, *settings.get("approved_platforms", ())}
        self.campaign = lexicon.cue("account.campaign")
        self.not_campaign = lexicon.cue("account.not-campaign").words
        self.commercial = lexicon.cue("account.commercial")
        titles = any_of(lexicon.cue("account.person-title").words)
        self.person = re.compile(rf"(?:^|[@·])(?:小|老|阿)?[{SURNAMES}][\u4e00-\u9fff]{{0,2}}?{titles}")
        self.suffixes = [plain(word) for word in lexicon.cue("account.platform-suffix").words]
        self.related = [frozenset(line.split("/")) for line in lexicon.cue("account.related").words]

    def of(self, account: Account) -> Iterator[AccountFinding]:
        """What is wrong with one name."""
        name, rules = account.name, self.lexicon

        def finding(rule: str, text: str, *evidence: str) -> AccountFinding:
            return found(rules[rule], name, account.platform, account.row, text, *evidence)

        if account.platform and account.platform not in self.platforms:
            yield finding("account.platform", account["platform"])
        person = self.person.search(name) or self.of_person(account) or self.named_like_one(account)
        if person:
            yield finding("account.personal-name", person if isinstance(person, str) else person[0])
        bare = name
        for innocent in self.not_campaign:
            bare = bare.replace(innocent, "")
        if word := self.campaign.find(bare):
            yield finding("account.campaign", word)
        if word := self.commercial.find(name):
            yield finding("account.name-commercial", word)
        if odd := [char for char in name if unicodedata.category(char) in ("So", "Sk", "Cf", "Co") or char in "★☆◆●~^*#￥$%&!！?？"]:
            yield finding("account.name-form", "".join(odd), "名称里有符号")
        elif len(name) > LONGEST:
            yield finding("account.name-form", name, f"{len(name)}个字，宜在{LONGEST}字以内")
        if not person and account.sponsor and not self.is_related(name, account.sponsor):
            yield finding("account.name", account.sponsor, "看不出与主办单位的关系")
        certified = account["certification"] or account["owner"]
        if certified and account.sponsor and not names_office(certified, account.sponsor):
            yield finding("account.name-certified", certified, account.sponsor)

    @staticmethod
    def of_person(account: Account) -> str | None:
        """The register's own word that it is a person's: registered to a person, named after its staff."""
        if account["owner"].strip() in ("个人", "个人账号", "个人主体"):
            return account["owner"]
        for key in ("staff", "responsible"):
            for person in re.split(r"[、,，;；\s/]+", account[key]):
                if 2 <= len(person) <= 4 and person[0] in SURNAMES and person in account.name:
                    return person
        return None

    def named_like_one(self, account: Account) -> str | None:
        """A name that is nothing but a person's, or a nickname in front: 王建国, 小李说交通."""
        name = account.name
        if NICKNAME.match(name):
            return name
        alone = 2 <= len(name) <= 3 and name[0] in SURNAMES and is_name(name)
        return name if alone and not (account.sponsor and self.is_related(name, account.sponsor)) else None

    def is_related(self, name: str, sponsor: str) -> bool:
        """Whether a name shows what its sponsor is or does."""
        if sponsor in name or name in sponsor:
            return True
        place = PLACE.match(sponsor)
        does = PLAIN.sub("", sponsor[place.end() :] if place else sponsor)
        where = place[0].rstrip("省市县区旗州镇乡街道") if place else ""
        own = GENERIC.sub("", name.replace(where, "") if where else name)
        if set(own) & set(does):
            return True
        if any(any(word in sponsor for word in group) and any(word in name for word in group) for group in self.related):
            return True
        return bool(GOVERNMENT.search(sponsor)) and (where in name if where else True)

    def bare(self, name: str) -> str:
        """A name as names are compared: without what only says on which platform it is."""
        text = plain(name).rstrip("）)】]").replace("（", "").replace("(", "").replace("【", "").replace("[", "")
        longest = max((word for word in self.suffixes if text.endswith(word) and len(word) < len(text)), key=len, default="")
        return text.removesuffix(longest)

    def across(self, register: Register) -> Iterator[AccountFinding]:
        """第十条: one unit's accounts have one name on all platforms."""
        groups: dict[str, list[Account]] = defaultdict(list)
        for account in register.accounts:
            if account.active and account.sponsor:
                groups[account.sponsor].append(account)
        for accounts in groups.values():
            first = accounts[0]
            for account in accounts[1:]:
                if account.platform != first.platform and self.bare(account.name) != self.bare(first.name):
                    yield found(
                        self.lexicon["account.name-differs"],
                        account.name,
                        account.platform,
                        account.row,
                        account.name,
                        f"{first.platform}上名为“{first.name}”",
                    )


def plain(name: str) -> str:
    """A name without spaces, width and case."""
    return "".join(unicodedata.normalize("NFKC", name).split()).casefold()


def names_office(text: str, sponsor: str) -> bool:
    """Whether a certification names the sponsor, in full or without its upper place."""
    text = "".join(text.split())
    place = PLACE.match(sponsor)
    short = sponsor[place.end() :] if place else sponsor
    return sponsor in text or (len(short) >= 3 and short in text)
