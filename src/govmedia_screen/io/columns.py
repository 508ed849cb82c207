"""Columns → posts: which column of a table is which field of Post, by name, in English and Chinese."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import fields
from datetime import date, datetime
from typing import Any

from govmedia_screen.errors import InputError
from govmedia_screen.post import KINDS, Post

#: Keys of front matter → fields of Post. Others go to ``Post.meta``.
NAMES = {
    "title": "title", "标题": "title",
    "kind": "kind", "文种": "kind",
    "source": "source", "来源": "source", "信息来源": "source", "contentsource": "source",
    "original_title": "original_title", "原标题": "original_title",
    "original_body": "original_body", "原文": "original_body",
    "question": "question", "来信": "question", "来信内容": "question", "留言": "question",
    "account": "account", "账号": "account", "sitename": "account",
    "platform": "platform", "平台": "platform",
    "department": "department", "部门": "department", "供稿单位": "department",
    "published_at": "published_at", "date": "published_at", "发布日期": "published_at", "发布时间": "published_at", "pubdate": "published_at",
    "asked_at": "asked_at", "来信日期": "asked_at", "来信时间": "asked_at", "留言时间": "asked_at",
    "id": "id", "编号": "id",
}  # fmt: skip
#: Chinese names of the kinds; of what a platform calls the form of a post (图文, 视频) the text is an article.
KIND_NAMES: dict[str, str] = {
    "文章": "article",
    "原创": "article",
    "转载": "repost",
    "回复": "reply",
    "答复": "reply",
    "公告": "notice",
    "通知": "notice",
    "通告": "notice",
    "转发": "repost",
    "转帖": "repost",
    "转发微博": "repost",
    "留言回复": "reply",
} | dict.fromkeys(
    (
        "图文", "多图文", "单图文", "长图文", "文字", "文本", "图片", "组图", "图集", "视频", "短视频", "小视频", "音频", "语音", "直播", "链接", "动态", "推文",
        "微博", "头条文章", "新闻", "资讯", "稿件", "转评", "海报", "漫画", "h5", "H5", "text", "image", "video", "audio", "news", "link", "post",
    ),
    "article",
)  # fmt: skip
#: Names of further texts that are published with a post → the name of the part.
EXTRA = {
    "summary": "summary", "description": "summary", "excerpt": "summary", "digest": "summary", "abstract": "summary", "intro": "summary",
    "摘要": "summary", "导语": "summary", "简介": "summary", "提要": "summary", "内容提要": "summary", "文章摘要": "summary", "og_description": "summary",
    "subtitle": "subtitle", "副标题": "subtitle", "副题": "subtitle", "引题": "subtitle", "肩题": "subtitle", "短标题": "subtitle",
    "author": "author", "authors": "author", "作者": "author", "编辑": "author", "责任编辑": "author", "撰稿": "author", "记者": "author",
    "tags": "tags", "keywords": "tags", "标签": "tags", "关键词": "tags", "关键字": "tags", "话题": "tags",
    "cover": "cover", "cover_text": "cover", "caption": "cover", "封面": "cover", "封面文字": "cover", "图片说明": "cover", "配图说明": "cover",
    "contact": "contact", "联系人": "contact", "联系方式": "contact", "联系电话": "contact",
}  # fmt: skip
FIELDS = tuple(field.name for field in fields(Post) if field.name not in ("meta", "extra_parts"))
#: The names of those parts.
PARTS = tuple(dict.fromkeys(EXTRA.values()))
#: Column names beyond those of front matter, for each field the likeliest first.
ALIASES = {
    "body": (
        "body", "正文", "内容", "正文内容", "文章内容", "全文", "博文", "微博正文", "回复内容", "text", "content", "信息内容", "稿件内容", "文章正文", "信息正文",
        "稿件正文", "推文内容", "推文正文", "微博内容", "博文内容", "图文内容", "动态内容", "发布内容", "作品内容", "作品描述", "视频描述", "新闻内容", "新闻正文", "文字内容",
        "答复内容", "内容正文", "内容详情", "原创内容", "post_content", "article_content", "news_content", "content_text", "contents", "body_text",
        "full_text", "main_text", "article_body", "post_text", "article_text", "html_content", "content_html", "html", "正文html", "文本", "详情",
    ),
    "title": (
        "title", "标题", "文章标题", "题名", "题目", "信息标题", "稿件标题", "稿件名称", "推文标题", "图文标题", "新闻标题", "作品标题", "作品名称", "文章名称", "信息名称",
        "内容标题", "微博标题", "标题名称", "post_title", "article_title", "news_title", "headline", "subject", "主题",
    ),
    "kind": ("kind", "文种", "类型", "稿件类型", "文章类型", "内容类型", "信息类型", "发布类型", "post_type"),
    "source": ("source", "来源", "信息来源", "稿件来源", "文章来源", "稿源", "转载来源"),
    "original_title": ("original_title", "原标题", "原文标题"),
    "original_body": ("original_body", "原文", "原文内容", "原微博内容"),
    "question": ("question", "来信内容", "来信", "留言", "留言内容", "问题", "提问内容", "咨询内容", "诉求内容"),
    "account": (
        "account", "账号", "账号名称", "帐号", "帐号名称", "账户", "账户名称", "公众号", "公众号名称", "account_name", "用户昵称", "昵称", "账号昵称", "微博昵称", "公众号昵称",
        "发布账号", "发文账号", "所属账号", "新媒体名称", "政务新媒体名称", "媒体名称", "用户名", "用户名称", "author_name", "user_name", "username", "screen_name", "nickname",
        "nick_name", "account_title", "mp_name",
    ),
    "platform": ("platform", "平台", "平台名称", "发布平台", "媒体平台", "所属平台", "平台类型", "发布渠道", "渠道", "platform_name", "channel"),
    "department": (
        "department", "部门", "单位", "主管单位", "主办单位", "供稿单位", "unit", "主办单位名称", "单位名称", "所属单位", "发布单位", "发布机构", "所属部门", "机构名称", "dept",
        "dept_name", "department_name", "unit_name", "org", "org_name", "organization",
    ),
    "published_at": (
        "published_at", "发布时间", "发布日期", "发表时间", "推送时间", "publish_time", "published", "date", "pub_date", "pubdate", "pub_time", "pubtime",
        "publish_date", "publishtime", "publishdate", "published_time", "published_date", "date_published", "post_time", "post_date", "posted_at",
        "发表日期", "推送日期", "发文时间", "发文日期", "发稿时间", "发稿日期", "刊发时间", "刊发日期", "发博时间", "发送时间", "上线时间", "上网时间", "公开时间", "时间", "日期",
        "time", "datetime", "timestamp", "create_time", "created_at", "创建时间",
    ),
    "asked_at": ("asked_at", "来信时间", "来信日期", "留言时间", "提问时间", "留言日期", "咨询时间"),
    "id": (
        "id", "编号", "文章编号", "序号", "post_id", "信息编号", "稿件编号", "作品编号", "微博编号", "article_id", "news_id", "msg_id", "mid", "文章id", "稿件id", "信息id",
        "作品id", "微博id",
    ),
}  # fmt: skip
#: Names of the column with a post's address; it is kept beside the post, for who must look it up.
LINKS = frozenset((
    "链接", "文章链接", "原文链接", "稿件链接", "信息链接", "作品链接", "微博链接", "推文链接", "发布链接", "链接地址", "网址", "文章地址", "访问地址", "url", "link", "href",
    "article_url", "post_url", "content_url", "permalink", "web_url",
))  # fmt: skip
DATES = ("published_at", "asked_at")
MARK = "\ufdd0"  # stands where a reader could not read; never in a text that can be screened


def folded(name: str) -> str:
    """A column's name as names are compared: no case, no white space around, - as _."""
    return name.strip().strip("\ufeff").lower().replace("-", "_").replace(" ", "_")


#: Every known name → its field.
KNOWN = EXTRA | {folded(name): field for name, field in NAMES.items()} | {name: field for field, names in ALIASES.items() for name in names}
_RANK = {name: rank for names in ALIASES.values() for rank, name in enumerate(names)}


def parse_map(pairs: Iterable[str]) -> dict[str, str]:
    """``--map 列=字段`` → column name → field.

    Raises:
        InputError: it is not of that form, or there is no such field.
    """
    result = {}
    for pair in pairs:
        column, equals, field = pair.rpartition("=")
        field = KNOWN.get(folded(field), folded(field))
        if not equals or not column:
            raise InputError(f"--map {pair}：应写成 列名=字段，如 --map 文章正文=body")
        if field not in FIELDS and field not in PARTS:
            raise InputError(f"--map {pair}：没有字段 {field}；可用：{'、'.join((*FIELDS, *PARTS))}")
        result[column.strip()] = field
    return result


def assign(columns: Iterable[str], given: Mapping[str, str] | None = None) -> dict[str, str]:
    """Column name → field of Post, for the columns that have one.

    ``given`` goes first; of several columns that mean the same field the likeliest name is taken.
    """
    given = given or {}
    names = list(columns)
    result = {name: given[name] for name in names if name in given}
    taken = set(result.values())
    best: dict[str, tuple[int, str]] = {}
    for name in names:
        key = folded(name)
        field = KNOWN.get(key)
        if field is None or name in result or field in taken:
            continue
        rank = _RANK.get(key, 50)
        if field not in best or rank < best[field][0]:
            best[field] = (rank, name)
    return result | {name: field for field, (_, name) in best.items()}


def to_post(row: Mapping[str, Any], fields_of: Mapping[str, str], cells: bool = False) -> Post:
    """One row as a Post.

    Args:
        row: column name → value.
        fields_of: column name → field, from ``assign``.
        cells: the row comes from a spreadsheet, whose numbers are texts that look like numbers.

    Raises:
        InputError: the row cannot be a post; the message says why, in Chinese.
    """
    values: dict[str, Any] = {}
    for name, field in fields_of.items():
        value = row.get(name)
        if value is not None and value != "":
            values[field] = value if type(value) is str else other(value, field, cells)
    extra = {part: values.pop(part) for part in PARTS if part in values}
    if extra:
        values["extra_parts"] = extra
    if "body" not in values:
        if "title" not in values:
            raise InputError("没有正文，也没有标题")
        values["body"] = ""
    if "kind" not in values:
        return Post(**values)
    kind = str(values.pop("kind", "article")).strip()
    kind = KIND_NAMES.get(kind, kind)
    if kind not in KINDS:
        raise InputError(f"文种是“{kind[:20]}”，只能是 {'、'.join(KINDS)}（或 {'、'.join(KIND_NAMES)}）")
    return Post(kind=kind, **values)


def other(value: object, field: str, cells: bool) -> Any:
    """A value that is no str, as its field wants it.

    Raises:
        InputError: it is a body or title that is no text, or no single value at all.
    """
    if field in DATES and isinstance(value, (date, datetime)):
        return value
    if isinstance(value, bytes):
        try:
            return value.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            raise InputError(f"{field} 不是 UTF-8 编码（第 {error.start} 字节）") from None
    if field in PARTS and isinstance(value, (list, tuple)):
        return "\n".join(map(str, value))
    if isinstance(value, (dict, list, tuple, set)) or (field in ("body", "title") and not cells):
        raise InputError(f"{field} 应为一段文字，这里是 {type(value).__name__}")
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)
