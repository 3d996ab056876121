"""Column titles of a list of concerns: the concern's own fields, and other words for a person's name, unit and post.

The person's columns are found by the roster's reader, which speaks of 姓名; here its many other names are translated.
"""

from __future__ import annotations

import re

from jiafang_desktop.documents.rosters import titles as roster_titles

CONCERN_FIELDS = ("text", "raised_on", "source", "priority", "level")
PERSON_FIELDS = ("name", "unit", "section", "post")
FIELD_TITLES = {
    "name": "姓名", "unit": "单位", "section": "内设机构", "post": "职务", "text": "诉求内容", "raised_on": "反映时间",
    "source": "来源", "priority": "优先情形", "level": "困难程度",
}  # fmt: skip

# Known titles by field, best first: of two columns for one field the earlier word wins.
_WORDS = {
    "text": "诉求内容 困难诉求 诉求事项 主要诉求 具体诉求 诉求详情 诉求描述 诉求情况 个人诉求 干部诉求 职工诉求 诉求 "
    "反映问题 反映内容 反映事项 反映的问题 问题描述 问题内容 困难内容 困难情况 具体困难 主要困难 存在困难 困难描述 "
    "困难问题 困难及诉求 诉求及建议 具体内容 事项内容 需求内容 需求 问题 事项 困难 内容 详情 反映情况 具体情况 "
    "情况描述 情况说明 text",
    "raised_on": "反映时间 反映日期 诉求时间 诉求日期 提出时间 提出日期 提交时间 提交日期 上报时间 上报日期 收集时间 "
    "填报时间 填报日期 登记时间 登记日期 创建时间 受理时间 受理日期 时间 日期 raisedon",
    "source": "来源 诉求来源 信息来源 问题来源 反映渠道 诉求渠道 来源渠道 渠道 反映途径 途径 收集渠道 收集方式 "
    "反映方式 提交方式 source",
    "priority": "优先情形 优先家访情形 家访情形 诉求类别 诉求类型 诉求分类 困难类别 困难类型 问题类别 问题类型 "
    "事项类别 情形 类别 类型 分类 priority",
    "level": "困难程度 困难级别 困难等级 诉求级别 诉求等级 诉求程度 问题级别 办理级别 研判级别 难易程度 困难层次 级别 "
    "等级 程度 level",
}  # fmt: skip
_PEOPLE = {
    "姓名": "诉求人 诉求人姓名 诉求对象 反映人 反映人姓名 反映干部 反映对象 提出人 提出人姓名 干部职工姓名 干部职工 "
    "当事人 当事人姓名 受访人 来访人 申请人 申请人姓名 提交人 提交人姓名 填报人 填报人姓名 上报人 求助人",
    "单位": "反映人单位 诉求人单位 反映单位 诉求单位 申请人单位 提交人单位 提出人单位 干部单位 干部所在单位",
    "职务": "反映人职务 诉求人职务 申请人职务 提交人职务 提出人职务 干部职务",
}  # fmt: skip
_FIELD_OF = {word: (name, rank) for name, words in _WORDS.items() for rank, word in enumerate(words.split())}
_PERSON_OF = {word: (title, rank) for title, words in _PEOPLE.items() for rank, word in enumerate(words.split())}
_TEXT_LIKE = re.compile(r"诉求|反映.*(?:问题|内容)|困难")
_NOT_TEXT = re.compile(
    r"时间|日期|人$|姓名|单位|来源|渠道|类别|类型|级|程度|编号|序号|电话|状态|结果|办理|解决|答复|领导|方式|是否|数$"
)


def field_of(title: str) -> tuple[str, int] | None:
    """The concern's field a title means and its rank (0 is the best word)."""
    text = roster_titles.plain(title)
    if text in _FIELD_OF:
        return _FIELD_OF[text]
    if 2 < len(text) <= 16 and _TEXT_LIKE.search(text) and not _NOT_TEXT.search(text):
        return "text", 60
    return None


def person_title(title: str) -> tuple[str, int] | None:
    """The roster's word for a title that names the person otherwise (诉求人 → 姓名), and its rank."""
    return _PERSON_OF.get(roster_titles.plain(title))
