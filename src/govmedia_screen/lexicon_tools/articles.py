"""The regulation's articles and the families of rules that answer them: 《神木市政务新媒体管理办法》(神政办发〔2022〕10号)."""

from __future__ import annotations

from collections.abc import Iterable

from govmedia_screen.lexicon.rule import Rule

#: Article, what it asks, and the families (or rules) that carry it out.
ARTICLES: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("第二条", "行政机关和事业单位在第三方平台的账号与自建应用都在其内", ("account.unregistered", "account.sponsor")),
    ("第六条", "开设、变更、关停、注销须在5个工作日内备案", ("account.filing-late",)),
    ("第七条", "开设条件：机构、人员、经费、制度、同意", ("account.incomplete",)),
    ("第八条", "一单位一平台一账号，整合闲置", ("account.duplicate", "account.idle")),
    ("第九条", "不以个人名义、不在未核准平台、不为专项活动开设", ("account.personal-name", "account.platform", "account.campaign")),
    ("第十条", "名称简洁规范、与职责相关、各平台一致、标明主办单位", ("account.name",)),
    ("第十二条", "准确权威、语义明确、语言规范、每周更新不少于两次", ("wording", "cadence")),
    ("第十三条(一)", "内容由产生政务信息的业务部门提供", ("source.provenance",)),
    ("第十三条(二)", "只转载党政网站和确定的稿源，注明来源，不歪曲篡改", ("source",)),
    ("第十三条(三)", "不发布商业性、违法和危害国家安全、公共安全、经济安全、社会稳定的内容",
     ("commercial", "unlawful", "national-security", "public-security", "economic-security", "stability")),
    ("第十三条(四)", "不擅自发布个人观点、意见及情绪", ("opinion",)),
    ("第十四条", "解读回应，公布真相，辟除谣言", ("stability.rumour",)),
    ("第十五条", "回复依法依规、态度诚恳、严谨周密", ("reply",)),
    ("第十六条", "办事入口便捷可用", ("link",)),
    ("第十七条", "分级分类审核、先审后发", ("approval",)),
    ("第十八条", "日常内容监测，发现问题第一时间处理", ("monitoring",)),
    ("第十九条", "不买粉丝，不强制下载、点赞、转发、关注", ("conduct",)),
    ("第二十条", "账号密码安全，不泄露国家秘密、商业秘密和个人隐私，不超需求获取个人信息", ("privacy", "secrecy", "credential", "collection")),
    ("第二十一条", "每季度检查并通报", ("inspection",)),
)  # fmt: skip


def by_article(rules: Iterable[Rule]) -> dict[tuple[str, str], list[Rule]]:
    """Every article with the rules that answer it."""
    known = list(rules)
    return {
        (article, asks): [rule for rule in known if any(rule.id == name or rule.id.startswith((f"{name}.", f"{name}-")) for name in names)]
        for article, asks, names in ARTICLES
    }
