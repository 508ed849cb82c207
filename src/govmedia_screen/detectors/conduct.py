"""Conduct of accounts (第十九条): bought fans and data, forced likes and downloads, following as a condition of a service.

Each search begins at a trigger word (点赞、转发、关注、粉丝…) and looks at its sentence only. A
sentence that forbids, cancels or rebukes such things is none of them; nor is one that invites.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, ClassVar

from govmedia_screen import lazy
from govmedia_screen.detectors.base import Reading
from govmedia_screen.finding import Finding
from govmedia_screen.lexicon import Lexicon
from govmedia_screen.text import Text

WHO = r"(?:各单位|各部门|各科室|各支部|各乡镇|各街道|各镇|各村|各社区|各校|各学校|各班|各级|各地|各组|各中心|全体|全员|全县|全市|全镇|全局|全校|人人|每人|每名|每位|每个人|每户|所有|干部|职工|党员|教职工|教师|老师|学生|家长|网格员|工作人员|同志|员工|群众|村民|居民|用户|师生|粉丝|成员)"
MUST = (
    r"(?:务必|必须|须|需(?!求)|一律|确保|要求|应当|应(?![用急对])|动员|组织|发动|督促|强制|全部|均要|都要|要全|要求|限|坚决做到|落实到人)"
)
ACT = r"(?:点赞|转发(?![^，。；！？\n]{0,14}(?:通知|》|〔|意见的|精神|公告|通报|文件|方案|办法))|转评赞|转赞评|分享到|分享朋友圈|转到朋友圈|发朋友圈|点[“\"]?在看|点“?赞|一键三连|留言支持|评论支持|刷评论|跟帖|发表评论|集赞|评论区[^，。；\n]{0,8}留言)"
FOLLOW = r"(?:关注(?=[^，。；！？\n]{0,12}(?:公众号|订阅号|服务号|视频号|抖音号|账号|帐号|官微|微信|微博|本号|快手|头条号|新媒体|发布[”\"」]?|率|截图))|(?:公众号|视频号|抖音号|账号|官微|微信号|本号)[^，。；！？\n]{0,6}关注|扫码关注|关注我们|(?:未|已)关注)"
LOAD = r"(?:下载(?:并)?(?:安装|注册)?|安装(?:并)?(?:注册)?|注册(?:并)?(?:登录|认证)?)"
APP = r"(?:app|客户端|小程序|应用|软件|平台|公众号|学习平台|[“\"][^”\"\n]{1,12}[”\"])"
TARGET = r"(?:百分之百|100%|全覆盖|不少于|不低于|至少|达到|完成率|次以上|条以上|个以上|户以上|人以上|个赞|[0-9]{1,5}(?:次|条|个|人|户|遍))"
METRIC = r"(?:关注率|关注量|关注人数|关注数|安装率|下载率|下载量|下载数|注册率|注册量|激活率|转发率|转发量|转发数|转发情况|转发次数|点赞率|点赞量|点赞数|点赞情况|阅读量|阅读数|播放量|浏览量|粉丝数|粉丝量|评论数|在看数|在线时长|学习时长|学习积分|登录天数|登录次数|打卡天数|打卡次数|打卡情况|打卡积分|投票数)"
PENALTY = r"(?:通报|约谈|扣[0-9]{0,3}分|扣除|扣绩效|扣发|取消评优|追责|问责|批评|检讨|提醒谈话|考核|评优|评先|评比|绩效|排名|排序|末位|一票否决|加[0-9]{1,3}分|可加|计分|记分|奖惩|年终)"
SERVICE = r"(?:办理|入场|进场|进入|领奖|办证|取票|取药|进入|入住|就餐|参赛|领证|领取|查询|预约|参加|参与|缴费|发放|享受|申请|申领|报名|入学|报到|入园|进入|接种|挂号|就诊|登记|受理|打印|使用|查看|查分|办事|补贴|补助|业务|手续|成绩|医保|社保|取号|核销|兑换|开具)"
AFTER = r"(?:后方可|后才能|后才可|后再|之后方可|之后才|之后再|方可|方能|才能|才可以|才可|否则不能|否则不予|否则无法|否则不)"
G = r"[^。；！？\n]"
DOING = rf"(?:{ACT}|{FOLLOW}|(?:下载|安装|注册)(?={G}{{0,10}}?(?:{APP}|任务|率|量|人数|人员|注册))|未(?:点赞|转发|关注|下载|安装|注册|打卡)|打卡(?![地点]|发放|到|到账|景)|学习积分|积分(?=排名|低|不|达|靠后|公示)|学时)"
SANCTION = r"(?:通报(?!表扬)|约谈|扣发|扣除|扣分|扣[0-9]{1,3}分|扣绩效|考核|评优|评先|加分|排名|挂钩|末位|问责|检讨|提醒谈话|取消[^，。；\n]{0,6}资格)"
EVERYBODY = r"(?:人人|个个|户户|家家|全员|全体|一人一条|一个不漏|一人不漏|不漏一人|一户不漏|不得遗漏|立即|迅速|火速)"
SENT = r"(?:上报|报送|发给|发至|发到|发在|发群|上传|反馈|登记|备查|存档|上交|交至|交给|打卡|接龙)"

PATTERNS = {
    "conduct.precondition": (
        rf"(?:(?:先|须|需|必须|请先|务必|凡)?{G}{{0,4}}(?:关注|下载|安装|注册|点赞|转发|集赞|加入){G}{{0,16}}?{AFTER}{G}{{0,10}}?{SERVICE})"
        rf"|(?:未(?:关注|下载|安装|注册|点赞|转发){G}{{0,14}}?(?:不予|不得|不能|不给|无法|不准|暂停|拒绝|不再){G}{{0,8}}?{SERVICE})"
        rf"|(?:{SERVICE}{G}{{0,8}}?(?:前|时|的)?{G}{{0,4}}?(?:须|需|必须|要|应)先{G}{{0,4}}?(?:关注|下载|安装|注册){G}{{0,12}}?(?:公众号|账号|视频号|抖音号|app|客户端|本号|官微|微信))"
        rf"|(?:不(?:关注|下载|安装|注册|点赞|转发){G}{{0,12}}?(?:不给|不予|不发|不能|不准|不得|不办|不让|无法|别想|一律不){G}{{0,8}})"
        rf"|(?:(?:关注|下载|安装|注册){G}{{0,12}}?(?:否则|不然){G}{{0,6}}?(?:影响|不能|不予|无法|停发|暂停){G}{{0,8}})"
        rf"|(?:(?:先|须先|请先){G}{{0,2}}(?:关注|下载|安装|注册|转发|点赞){G}{{0,12}}?再{G}{{0,4}}?{SERVICE})"
        rf"|(?:凭{G}{{0,6}}(?:关注|点赞|转发|集赞|下载){G}{{0,6}}(?:截图|记录|页面){G}{{0,8}}{SERVICE})"
        rf"|(?:(?:出示|提供|凭){G}{{0,4}}已?(?:关注|点赞|转发|下载)(?:公众号)?{G}{{0,4}}(?:截图|页面|记录){G}{{0,10}}{SERVICE})"
    ),
    "conduct.appraisal": (
        rf"(?:{METRIC}{G}{{0,16}}?(?:纳入|列入|作为|计入|与|按|低于|不足|未达|达不到|不达标|不低于|不少于|不得少于|达到|排名|通报|考核|挂钩|靠后){G}{{0,14}}?(?:{PENALTY}|整改|重新组织|挂钩))"
        rf"|(?:{METRIC}{G}{{0,10}}?(?:不足|未达|达不到|不低于|不少于|不得少于|不得低于|须达|要达|必须达|应达){G}{{0,6}}?(?:[0-9]{{1,3}}%|百分之|[0-9]{{1,6}}(?:次|个|人|万|分)))"
        rf"|(?:{METRIC}{G}{{0,6}}(?:排名|通报|考核|评比|按月排|按周排|按日排)|(?:按|对|将|以){METRIC}{G}{{0,10}}(?:排名|通报|考核|评先|评优|扣分|奖惩))"
        rf"|(?:(?:未|不|没有)(?:点赞|转发|关注|下载|安装|注册|打卡|登录|集赞){G}{{0,14}}?{PENALTY})"
        rf"|(?:(?:点赞|转发|关注|下载|安装|注册|打卡|集赞){G}{{0,10}}?(?:纳入|列入|计入|作为|可加[0-9]{{1,3}}分|加[0-9]{{1,3}}分|得[0-9]{{1,3}}分|积[0-9]{{1,3}}分){G}{{0,10}}?(?:{PENALTY}|依据|指标|分))"
        rf"|(?:{DOING}{G}{{0,20}}?{SANCTION})|(?:{SANCTION}{G}{{0,8}}?{DOING})"
        rf"|(?:(?:学习)?积分{G}{{0,8}}?(?:须|要|必须|不低于|不少于|不得低于|达到){G}{{0,4}}?[0-9]{{1,4}}分)"
        rf"|(?:连续[0-9一二三四五六七八九十]{{1,3}}(?:天|日|周){G}{{0,4}}未(?:登录|打卡|点赞|转发|签到){G}{{0,10}}{PENALTY})"
        rf"|(?:(?:每日|每天|每周){G}{{0,6}}(?:打卡|学习){G}{{0,10}}积分{G}{{0,6}}(?:低于|不足|未达){G}{{0,8}}{PENALTY})"
    ),
    "conduct.proof": (
        rf"(?:{DOING}{G}{{0,20}}?(?:截图|人数|人员名单|名单|完成情况){G}{{0,10}}?(?:{SENT}|统计|汇总))|(?:(?:统计|汇总|上报|反馈|报送|登记|排查){G}{{0,10}}?未?(?:点赞|转发|关注|下载|安装|注册){G}{{0,6}}?(?:人员|人数|名单|情况|截图))"
        rf"|(?:(?:观看|收看|收听|听课|看直播){G}{{0,14}}?截图{G}{{0,8}}?{SENT})|(?:(?:观看|收看|收听){G}{{0,10}}?(?:上传|发送|反馈|上报){G}{{0,3}}?截图)|(?:投票{G}{{0,14}}?截图{G}{{0,8}}?{SENT})|"
        rf"(?:(?:点赞|转发|关注|下载|安装|注册|打卡|集赞|在看|朋友圈|留言|投票){G}{{0,12}}?截图{G}{{0,14}}?(?:上报|报送|上交|发至|发到|发在|发送|上传|备查|反馈|交至|交给|接龙|报|存档|群))"
        rf"|(?:截图{G}{{0,8}}?(?:上报|报送|发至|发到|上传|反馈){G}{{0,8}}?(?:点赞|转发|关注|安装|下载)(?:情况|完成)?)"
        rf"|(?:(?:上报|报送|统计|汇总){G}{{0,8}}?(?:点赞|转发|关注|下载|安装|注册)(?:情况|人数|名单|数量|截图|进度))"
        rf"|(?:(?:点赞|转发|关注|下载|安装|注册){G}{{0,8}}?(?:接龙|报数|签字确认))"
    ),
    "conduct.forced-share": (
        rf"(?:{EVERYBODY}[^。；！？\n#【报]{{0,6}}?(?:都)?{ACT})|(?:{ACT}{G}{{0,10}}?(?:一个不漏|一人不漏|不得遗漏|不漏一人|一人一条|全覆盖))|"
        rf"(?:{WHO}{G}{{0,10}}?{MUST}{G}{{0,16}}?{ACT})|(?:{MUST}{G}{{0,10}}?{WHO}{G}{{0,12}}?{ACT})"
        rf"|(?:(?:务必|一律|确保|强制|要求){G}{{0,14}}?{ACT})|(?:必须{G}{{0,14}}?(?!点赞){ACT})|(?:{WHO}{G}{{0,8}}?{ACT}{G}{{0,8}}?{TARGET})|(?:{ACT}{G}{{0,10}}?(?:任务|指标|完成率|不少于|不低于|至少|人均){G}{{0,6}}[0-9]{{0,5}})"
        rf"|(?:请(?:大家|各位|全体|全员|所有){G}{{0,6}}(?:立即|马上|速|赶紧){G}{{0,4}}{ACT})|(?:把{G}{{0,12}}转发到{G}{{0,6}}(?:三|五|十|[0-9]{{1,3}})个(?:以上)?(?:微信)?群)"
    ),
    "conduct.forced-follow": (
        rf"(?:(?:人人|个个|户户|全员){G}{{0,4}}关注)|"
        rf"(?:{WHO}{G}{{0,12}}?(?:{MUST}|人人){G}{{0,12}}?{FOLLOW})|(?:{MUST}{G}{{0,12}}?(?:人人|全员|全部|{WHO}){G}{{0,4}}?{FOLLOW})|(?:(?:务必|必须|一律|强制){G}{{0,8}}?{FOLLOW})"
        rf"|(?:(?:每人|每名{G}{{0,6}}|每户|每位{G}{{0,6}}){G}{{0,4}}(?:须|需|至少|必须|要|负责)?{G}{{0,4}}(?:发展|增加|新增|拉|推荐|完成|动员){G}{{0,6}}[0-9一二三四五六七八九十百]{{1,5}}(?:名|个|位|人){G}{{0,4}}(?:粉丝|关注))"
        rf"|(?:(?:公众号|账号|视频号|抖音号){G}{{0,6}}(?:涨粉|增粉|吸粉|拉粉)(?:任务|指标|目标)?{G}{{0,6}}(?:分解|下达|每|任务|指标))"
    ),
    "conduct.forced-download": (
        rf"(?:(?:人人|户户|全员|每户(?:必须)?){G}{{0,4}}(?:下载|安装(?!电|燃|水|报警|监控|路灯|太阳))(?!燃气))|(?:(?:完成|分解|下达){G}{{0,8}}?(?:下载|注册)(?:注册)?任务)|(?:(?:app|小程序|客户端|平台){G}{{0,4}}(?:安装|下载|注册|推广)任务)|"
        rf"(?:{WHO}{G}{{0,12}}?{MUST}{G}{{0,12}}?{LOAD}{G}{{0,14}}?{APP})|(?:{MUST}{G}{{0,6}}?{WHO}{G}{{0,8}}?(?:下载|注册|安装(?={G}{{0,14}}?{APP})))|(?:(?:务必|必须|一律|强制|确保){G}{{0,8}}?(?:下载|安装){G}{{0,14}}?{APP})"
        rf"|(?:(?:推广|动员|发展|完成){G}{{0,4}}(?:下载|安装|注册){G}{{0,4}}[0-9]{{1,6}}(?:户|人|个|台|次))|(?:{WHO}{G}{{0,6}}(?:下载|安装|注册){G}{{0,12}}?{APP}{G}{{0,8}}?{TARGET})"
    ),
    "conduct.check-in": (
        rf"(?:(?:全员|全体|强制|要求)[^，。；！？\n]{{0,8}}?打卡(?:学习|签到|上传|积分))|(?:(?:每天|每日)(?:签到)?打卡[^。；！？\n]{{0,6}}(?:积分|学习|上传|签到))|(?:并(?:每天|每日)打卡)|"
        rf"(?:{WHO}{G}{{0,10}}?(?:{MUST}|每天|每日){G}{{0,10}}?打卡{G}{{0,8}}?(?:上传|学习|积分|签到|app|截图|平台))"
        rf"|(?:(?:每日|每天){G}{{0,6}}(?:须|需|必须|要){G}{{0,8}}(?:打卡|上传{G}{{0,6}}(?:照片|轨迹|定位)))|(?:(?:工作照片|工作轨迹|走访照片|定位|轨迹|工作痕迹){G}{{0,8}}(?:每日|每天|实时){G}{{0,4}}上传)"
        rf"|(?:未(?:打卡|接龙)(?:的)?(?:一律)?视为{G}{{0,8}})"
    ),
    "conduct.bait": (
        rf"(?:(?:转发|分享|集赞|点赞|关注|注册|邀请好友){G}{{0,14}}?(?:(?:免费|即可|可|就能|均可|就)?(?:领取|领|送|得|获得|获赠|兑换|抽取)){G}{{0,8}}?(?:红包|话费|礼品|流量|现金|充电宝|奖品|礼包|礼物|大米|鸡蛋|食用油|洗衣液|毛巾|雨伞|水杯|门票|优惠券|购物卡))"
        rf"|(?:集(?:满|齐|够)?[0-9一二三四五六七八九十百]{{1,4}}个?赞)|(?:集赞(?:有礼|送礼|领奖))|(?:转发有礼)"
    ),
    "conduct.scare": r"(?:看完必转)|(?:不转后悔)|(?:不转不是(?:中国人|人|[^。；！？\n]{0,6}人))|(?:(?:速看|快看|赶紧看)[，！!]{0,2}(?:马上|很快|即将|随时)(?:被?删|就删|删除))|(?:为了(?:家人|孩子|亲人)[^。；！？\n]{0,8}(?:请|赶紧|一定)?(?:转发|转))|(?:所有人都在转)|(?:看到(?:的|后)?(?:请|必须|一定)(?:转|转发)(?:起来|出去)?)|(?:(?:转发|转)(?:出去)?(?:救|功德|积德|好运|发财|财运))",
    "conduct.bought-data": (
        r"(?:(?:请|找|雇|购买|花钱买|买)[^。；！？\n]{0,4}水军)|(?:水军[^。；！？\n]{0,8}(?:接单|好评|控评|价格|元|报价))|(?:(?:吸粉|千粉|万粉)[^。；！？\n]{0,8}(?:服务|套餐|[0-9]{1,5}元))|"
        rf"(?:(?:购买|采购|买(?!卖)|代刷|刷|出售|代投|代点|批量|低价|秒刷|快速|花钱|付费){G}{{0,8}}?(?:粉丝|阅读量|播放量|点赞量?|评论量?|在看|人气|票数|投票|转发量|关注量|直播间人数|赞评|流量数据)(?!灯牌|者|的(?:企业|人|公司|行为)))"
        r"|(?:僵尸粉|真人粉|活粉|死粉|机器粉|包粉)[^。；！？\n]{0,10}(?:元|块|价|套餐|批发|秒到|单)|(?:[0-9]{1,5}元[^。；！？\n]{0,4}[0-9千万]{1,6}(?:个)?(?:粉丝|粉|赞|阅读|播放|票))"
        r"|(?:(?:互粉|互关|互赞|互看|互转)(?:互[^，。；\n]{1,2})?(?:群|[0-9]|每天|一下|吗|加))|(?:互助群[^。；！？\n]{0,10}(?:互看|互赞|互粉|互关))"
        r"|(?:(?:涨粉|增粉|刷粉|刷赞|刷量|刷票|代投票|投票刷票|刷阅读|刷播放|控评|转评赞)[^。；！？\n]{0,10}(?:套餐|软件|服务|业务|平台|工作室|价格|元|包|保证|量大|接单|联系|神器|机器人))"
        r"|(?:人气机器人|在线人数可调|点赞机器人|刷票机器人|数据维护[：:][^。；！？\n]{0,12}(?:粉丝|点赞|评论))|(?:(?:播放量|阅读量|粉丝|点赞|票数)[^。；！？\n]{0,3}(?:代刷|秒刷|包刷))|(?:找人代投|每票[0-9.]{1,5}元)"
        r"|(?:(?:增加|提升|虚增|做高|补足|充)[^。；！？\n]{0,6}(?:阅读|粉丝|点赞|播放)(?:数据|数量|量)[^。；！？\n]{0,12}(?:经费|费用|列支|第三方|公司|外包))|(?:第三方[^。；！？\n]{0,6}(?:购买|刷|增加)[^。；！？\n]{0,6}(?:粉丝|阅读|点赞|播放|数据))"
    ),
    "conduct.account-trade": r"(?:(?:公众号|视频号|抖音号|政务号|官方账号|本账号|本号|账号)[^。；！？\n]{0,6}(?:出租|出售|转让|租赁|外租|月租))|(?:(?:出租|出售|转让|租售)[^。；！？\n]{0,4}(?:公众号|视频号|抖音号|政务号|官方账号|本号))|(?:(?:直播带货|带货)[^。；！？\n]{0,12}(?:佣金|提成|归个人))|(?:(?:个人微信收款码|个人收款码|私人收款码)[^。；！？\n]{0,10})|(?:(?:企业号|政务微信号|公众号|官方账号|政务号|本号|账号)[^。；！？\n]{0,10}(?:承接软文|承接广告|广告位招租|收取广告费|代运营费))|(?:(?:出租|出售|转让)[^。；！？\n]{0,4}企业号)|(?:代运营账号[^。；！？\n]{0,10})|(?:委托个人(?:全权)?运营[^。；！？\n]{0,6})",
}
COMPILED = {rule: lazy.pattern(pattern) for rule, pattern in PATTERNS.items()}
#: Words of which one must stand in the sentence for a pattern to be worth trying.
NEEDS = {
    "conduct.precondition": (
        "方可",
        "方能",
        "才能",
        "才可",
        "后再",
        "后才",
        "否则",
        "再",
        "未关注",
        "未下载",
        "未安装",
        "未注册",
        "未点赞",
        "未转发",
        "须先",
        "需先",
        "必须先",
        "要先",
        "应先",
        "请先",
        "凭",
        "出示",
        "提供",
        "不",
    ),
    "conduct.appraisal": (
        "通报",
        "约谈",
        "扣",
        "考核",
        "评优",
        "评先",
        "评比",
        "绩效",
        "排名",
        "排序",
        "追责",
        "问责",
        "批评",
        "检讨",
        "谈话",
        "加分",
        "加",
        "得",
        "积",
        "挂钩",
        "整改",
        "不低于",
        "不少于",
        "不足",
        "达不到",
        "未达",
        "须达",
        "要达",
        "应达",
        "重新组织",
        "奖惩",
        "一票否决",
        "末位",
        "按月排",
        "按周排",
        "按日排",
        "取消",
    ),
    "conduct.proof": ("截图", "上报", "报送", "统计", "汇总", "接龙", "报数", "签字", "反馈", "登记", "上传"),
    "conduct.forced-share": (
        "务必",
        "必须",
        "须",
        "需",
        "一律",
        "确保",
        "要求",
        "应",
        "动员",
        "组织",
        "发动",
        "督促",
        "强制",
        "全部",
        "均要",
        "都要",
        "要全",
        "限",
        "每人",
        "每名",
        "每位",
        "不少于",
        "不低于",
        "至少",
        "人均",
        "完成率",
        "任务",
        "指标",
        "立即",
        "马上",
        "速",
        "赶紧",
        "群",
        "次",
        "条",
        "个",
        "全覆盖",
        "100%",
        "人人",
        "个个",
        "户户",
        "全员",
        "全体",
        "不漏",
        "遗漏",
        "迅速",
        "火速",
        "一人一",
    ),
    "conduct.forced-follow": (
        "务必",
        "必须",
        "须",
        "需",
        "一律",
        "确保",
        "要求",
        "动员",
        "组织",
        "发动",
        "督促",
        "强制",
        "全部",
        "人人",
        "每人",
        "每名",
        "每户",
        "每位",
        "任务",
        "指标",
        "应",
        "限",
        "个个",
        "户户",
        "全员",
    ),
    "conduct.forced-download": (
        "务必",
        "必须",
        "须",
        "需",
        "一律",
        "确保",
        "要求",
        "动员",
        "组织",
        "发动",
        "督促",
        "强制",
        "全部",
        "推广",
        "发展",
        "完成",
        "应",
        "限",
        "不少于",
        "不低于",
        "至少",
        "100%",
        "全覆盖",
        "任务",
        "户户",
        "全员",
        "人人",
        "每户",
    ),
    "conduct.check-in": ("打卡", "上传", "接龙"),
    "conduct.bought-data": (
        "水军",
        "粉",
        "刷",
        "买",
        "代",
        "互",
        "票",
        "机器人",
        "数据",
        "控评",
        "转评赞",
        "第三方",
        "批量",
        "低价",
        "付费",
        "出售",
    ),
    "conduct.bait": ("领", "送", "得", "获", "兑", "抽", "集", "礼"),
}
#: Which patterns a trigger list sets to work.
TRIGGERS = {
    "conduct.trigger.share": (
        "conduct.precondition",
        "conduct.appraisal",
        "conduct.proof",
        "conduct.bait",
        "conduct.bought-data",
        "conduct.forced-share",
        "conduct.check-in",
    ),
    "conduct.trigger.follow": ("conduct.precondition", "conduct.appraisal", "conduct.proof", "conduct.bait", "conduct.forced-follow"),
    "conduct.trigger.load": ("conduct.precondition", "conduct.appraisal", "conduct.proof", "conduct.bait", "conduct.forced-download"),
    "conduct.trigger.check-in": ("conduct.appraisal", "conduct.proof", "conduct.check-in"),
    "conduct.trigger.data": ("conduct.bought-data", "conduct.appraisal", "conduct.forced-follow"),
    "conduct.trigger.account": ("conduct.account-trade",),
    "conduct.trigger.scare": ("conduct.scare",),
}
#: Rules whose phrases have exclamation marks inside.
WIDE = frozenset({"conduct.scare"})
#: Rules whose own phrases refuse something (未关注的不予办理), and words that turn the others round.
REFUSALS = frozenset({"conduct.precondition", "conduct.appraisal", "conduct.scare", "conduct.check-in"})
FORBIDS = lazy.pattern("不得(?!遗漏|少|低)|严禁|禁止|不准|不要|取消|无需|不再")
BREAK = lazy.pattern(r"[。；！？!?;\n]")
#: How far a sentence is looked at on either side of a trigger; a trigger in the first half of what was looked at is done.
REACH = 90


class ConductDetector:
    """Find what accounts must not do to be followed, liked and shared."""

    family: ClassVar[str] = "conduct"

    def __init__(self, lexicon: Lexicon, profile: Any = None) -> None:
        self.lexicon = lexicon
        self.rebuke = lexicon.cue("conduct.rebuke")

    def find(self, reading: Reading) -> Iterable[Finding]:
        """The findings, one for each clause and rule."""
        if not reading.cue_hits or reading.cue_hits.keys().isdisjoint(TRIGGERS):
            return ()
        return [*self.look(reading)]

    def look(self, reading: Reading) -> Iterator[Finding]:
        """Look at the sentence of each trigger."""
        done: dict[tuple[int, str], tuple[int, int]] = {}
        for cue, rules in TRIGGERS.items():
            for text, start, end in reading.cues(cue):
                if rules[0] in WIDE:
                    first, last = max(0, start - REACH // 4), end + REACH // 4
                else:
                    first, last = clause(text, start, end)
                said = text.folded[first:last]
                for rule in rules:
                    begun, judged = done.get((text.index, rule), (-1, 0))
                    if first == begun or end <= judged - REACH // 2:
                        continue
                    done[text.index, rule] = first, last
                    if rule not in NEEDS or any(word in said for word in NEEDS[rule]):
                        yield from self.judge(rule, text, first, last)

    def judge(self, rule: str, text: Text, first: int, last: int) -> Iterator[Finding]:
        """The first place in a sentence that the rule's pattern fits, unless the sentence rebukes it."""
        folded = text.folded
        match = COMPILED[rule].search(folded, first, last)
        if not match:
            return
        before, after = folded[max(first, match.start() - 40) : match.start()], folded[match.end() : min(last, match.end() + 30)]
        if self.rebuke.find(before + "\n" + after) or (rule not in REFUSALS and FORBIDS.search(match[0])):
            return
        start, end = match.span()
        while start < end and folded[start] in "，, 、：:":
            start += 1
        yield self.lexicon[rule].finding(text, start, end, score=0.8)


def clause(text: Text, start: int, end: int) -> tuple[int, int]:
    """The sentence around a trigger, no more than ``REACH`` code points to either side."""
    folded = text.folded
    first = max(0, start - REACH)
    for match in BREAK.finditer(folded, first, start):
        first = match.end()
    stop = BREAK.search(folded, end, end + REACH)
    return first, stop.start() if stop else min(len(folded), end + REACH)
