"""Posts made up in the shape of real ones: weather, traffic, meetings, replies, notices, warnings, and now and then a slip."""

from __future__ import annotations

import json
import random
import sys
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

TOWNS = ["河口镇", "石桥镇", "柳林镇", "青阳街道", "临江街道", "白塔乡", "双河镇", "南关街道", "高坪乡", "东湖街道", "杨家湾镇", "马岭镇"]
OFFICES = [
    "市气象台",
    "市公安局",
    "市教育局",
    "市医保局",
    "市住建局",
    "市市场监管局",
    "市应急管理局",
    "市文化和旅游局",
    "市交通运输局",
    "市农业农村局",
    "市水务局",
    "市民政局",
]
THINGS = [
    "道路改造",
    "老旧小区加装电梯",
    "夏季用电",
    "高考护航",
    "秋粮收购",
    "河道清淤",
    "校园安全",
    "医保缴费",
    "公交线路调整",
    "古树名木保护",
    "农村厕所改造",
    "消防演练",
]
PEOPLE = ["社区工作者", "志愿者", "网格员", "驻村干部", "民警", "医务人员", "教师", "环卫工人"]
OPENINGS = [
    "{day}，记者从{office}获悉，{town}{thing}工作进展顺利，已完成全年任务的{n}%。",
    "近日，{office}在{town}召开{thing}现场推进会，{people}代表参加。",
    "【{thing}有了新进展】{office}发布消息，{day}起，{town}将分三批推进相关工作。",
    "{town}有居民问，{thing}什么时候能轮到自己所在的小区？{office}就此作了说明。",
    "受冷空气影响，预计{day}夜间到次日，{town}有小到中雨，气温下降{k}度左右，请注意添衣。",
    "为进一步做好{thing}，{office}近日印发实施方案，明确了{k}个方面的任务。",
]
MIDDLES = [
    "{people}逐户走访，听取意见{n}条，能当场答复的当场答复，不能当场答复的列入清单。",
    "项目总投资{n}万元，涉及{k}个村，预计年底前投入使用。",
    "负责人介绍，这项工作难在协调，贵在坚持，要让群众看得见变化。",
    "在施工现场，工人们正在铺设管线，机器声此起彼伏，安全员来回巡查。",
    "办理时请带上身份证原件，可到窗口办理，也可在网上提交，{k}个工作日内办结。",
    "{office}提醒，凡是自称客服要求转账的，都不要相信，有疑问可到就近派出所咨询。",
    "今年以来，{town}累计培训{n}人次，带动{k}户家庭增收。",
    "据介绍，{thing}将优先安排需求迫切、条件成熟的地方，其余的逐年实施。",
    "“以前要跑好几趟，现在一次就办好了。”{town}的一位居民说。",
    "下一步，{office}将继续盯紧薄弱环节，定期通报进度，主动接受监督。",
    "路面结冰路段请减速慢行，保持车距，雨雪天气尽量不要前往山区。",
    "本次活动免费参加，名额{n}人，报满为止，请自备饮用水。",
]
CLOSINGS = ["欢迎广大市民提出宝贵意见。", "请相互转告。", "具体安排以正式通知为准。", "（{office}供稿）", "让我们一起守护身边的这份平安。"]
#: About one post in twelve has one of these.
SLIPS = [
    "联系人手机{mobile}，请在上班时间拨打。",
    "本店新品上市，限时五折，加微信vx{n}88abc抢购，手慢无！",
    "我觉得这事办得太离谱了，真是让人气愤，大家评评理。",
    "经{town}政俯研究决定，予以公示。",
    "此件为内部资料，请勿外传。",
    "不转不是中国人，转发本文并集赞{n}个可领取礼品。",
    "姓名：张建国，身份证号：{identity}，住{town}{k}号。",
]
PLATFORMS = ("微信公众号", "微博", "抖音", "政务客户端")


def identity(rng: random.Random) -> str:
    """A resident identity number of nobody, with a right check digit."""
    body = f"610881{rng.randint(1950, 2005)}{rng.randint(1, 12):02}{rng.randint(1, 28):02}{rng.randint(0, 999):03}"
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    return body + "10X98765432"[sum(int(digit) * weight for digit, weight in zip(body, weights, strict=True)) % 11]


def made(count: int, seed: int = 1) -> Iterator[dict[str, str]]:
    """That many posts; the same seed makes the same posts."""
    rng = random.Random(seed)
    begin = date(2026, 7, 1)
    for number in range(count):
        slots = {
            "day": f"{rng.randint(1, 12)}月{rng.randint(1, 28)}日", "office": rng.choice(OFFICES), "town": rng.choice(TOWNS),
            "thing": rng.choice(THINGS), "people": rng.choice(PEOPLE), "n": rng.randint(10, 980), "k": rng.randint(2, 28),
            "mobile": f"13{rng.randint(0, 9)}{rng.randint(10**7, 10**8 - 1)}", "identity": identity(rng),
        }  # fmt: skip
        length = min(int(rng.lognormvariate(1.75, 0.8)) + 1, 60)
        sentences = [rng.choice(OPENINGS), *(rng.choice(MIDDLES) for _ in range(length))]
        if rng.random() < 0.08:
            sentences.insert(rng.randint(1, len(sentences)), rng.choice(SLIPS))
        if rng.random() < 0.6:
            sentences.append(rng.choice(CLOSINGS))
        body = ""
        for place, sentence in enumerate(sentences):
            slots["n"], slots["k"] = rng.randint(10, 980), rng.randint(2, 28)
            body += sentence.format(**slots) + ("\n" if place % 4 == 3 else "")
        account = f"{slots['town']}发布" if rng.random() < 0.5 else f"{slots['office'][1:]}在线"
        yield {
            "id": f"p{number:07}", "title": f"{slots['town']}{slots['thing']}动态（{number}）", "body": body, "account": account,
            "platform": rng.choice(PLATFORMS), "department": slots["office"], "published_at": (begin + timedelta(rng.randint(0, 91))).isoformat(),
        }  # fmt: skip


def write(path: Path, count: int, seed: int = 1) -> None:
    """Write them as JSON lines."""
    with path.open("w", encoding="utf-8") as file:
        for post in made(count, seed):
            file.write(json.dumps(post, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    write(Path(sys.argv[2]), int(sys.argv[1]))
