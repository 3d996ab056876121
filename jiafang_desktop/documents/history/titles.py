"""What a column's title or a form's label means, whatever spaces, line breaks and brackets stand in it.

Words only; which of two columns called 职务 is whose stands in header.
"""

from __future__ import annotations

import re
from functools import lru_cache

from jiafang_desktop.common.chinese import halfwidth, squeeze

_ASIDE = re.compile(r"[（(【\[][^（）()【】\[\]]*[）)】\]]")
_BRACKETS = re.compile(r"[（(【\[）)】\]]")
_MARKS = re.compile(r"[\\/／＼╲╱⟍、，,：:·.。*＊\-—_|&和与及]+")
_WHEN = r"(?:时间|日期|年月日)"
_WHAT = r"(?:内容|事由|事项|情况)"
_BOTH = re.compile(rf"^(?:家访|走访)?(?:主要)?(?:{_WHAT}(?:家访|走访)?{_WHEN}|{_WHEN}(?:家访|走访)?(?:主要)?{_WHAT})$")

# First match wins; each is tried on the title without spaces, brackets and marks.
_FIELDS: tuple[tuple[str, str], ...] = (
    ("number", r"^(?:家访|登记|顺)?(?:序号|编号)$|^(?:号|序|顺序|No|NO|№|档案号|流水号|顺序号)$"),
    ("ignored", r"签[名字章]|盖章|手机|电话|联系方式|身份证|民族|性别|年龄|出生|学历|政治面貌|填表|照片|附件"),
    ("date_matter", _BOTH.pattern),
    ("ignored", r"(?:办结|解决|反馈|回访|整改|完成|归档).{0,2}(?:时间|日期|时限)"),
    ("recorder", r"记录人|记录员"),
    ("spouse_name", r"^(?:配偶|爱人)(?:姓名|名字)?$"),
    ("spouse_work", r"(?:配偶|爱人).*(?:单位|职务|工作)"),
    ("visitee_both", r"(?:对象|被访|受访|被走访|被家访).*(?:姓名职务|姓名单位职务|姓名职级)"),
    ("visitee_post", r"(?:对象|被访|受访|被走访|被家访|干部).*(?:职务|职级|职位)"),
    ("visitee_unit", r"(?:对象|被访|受访|被走访|被家访|干部).*(?:单位|部门)"),
    ("leader_both", r"(?:领导|家访人|走访人|访谈人).*(?:姓名职务|姓名职级)"),
    ("leader_post", r"(?:领导|家访人|走访人|访谈人).*(?:职务|职级|职位)"),
    ("address", r"住址|家庭地址|家庭所在地|^地址$|现住地"),
    ("place", r"地点"),
    ("met", r"受访人员|参加人员|在场人员|陪同"),
    ("visitee_name", r"对象|被访|受访|被走访|被家访|被谈话|(?:^|家访|走访|谈话)干部(?:姓名)?$"),
    ("leader_name", r"(?:家访|走访|谈话|带队)领导|^领导(?:姓名|干部|干部姓名)?$|领导姓名|家访成员"),
    ("leader_name", r"^(?:家访|走访|访谈|谈话)(?:人|人员|人姓名)$"),
    ("date", rf"{_WHEN}$"),
    ("year", r"^年$"),
    ("month", r"^月$"),
    ("day", r"^日$"),
    ("account", r"(?:家访|走访|谈话|访谈)(?:的)?(?:主要)?(?:情况|记录)(?:记录)?$|^情况记录$|^记录$"),
    ("resolution", r"解决|办理|落实|整改|处理|反馈|办结"),
    ("trouble", r"诉求|困难|问题|意见|建议|需求|需要"),
    ("matter", r"内容|事由|事项|原因|缘由|目的|主要情况|^情况$|简要情况"),
    ("remark", r"^备注|^说明$|^附注|^备考"),
    ("ways", r"方式|形式"),
    ("unit", r"(?:家访|填报|报送|上报|台账)单位"),
    ("name", r"^(?:干部)?(?:姓名|名字)$"),
    ("post", r"^(?:现任|所任|工作)?(?:单位)?(?:职务|职级|职务职级|职位|单位职务)$"),
    ("visitee_unit", r"^(?:工作|所在)?(?:单位|部门)(?:名称)?$"),
)  # fmt: skip
_COMPILED = tuple((field, re.compile(pattern)) for field, pattern in _FIELDS)
_LONGEST = 22

_LABELS_OF: dict[str, str] = {
    "visitee_name": (
        "家访对象姓名 家访对象 对象姓名 被访人姓名 被家访人姓名 被家访人 被家访干部姓名 "
        "被家访对象 家访干部姓名 受访人姓名 受访干部 姓名"
    ),
    "visitee_post": "家访对象职务",
    "post": "职务 职级 现任职务 单位及职务 单位职务",
    "work": "工作单位及职务 工作单位职务 工作单位",
    "spouse_work": "配偶工作单位及职务 配偶工作单位 配偶单位及职务 配偶单位职务 配偶职务 爱人工作单位及职务",
    "address": "家庭住址 家庭地址 住址 现住址 地址",
    "spouse_name": "配偶姓名 配偶 爱人姓名",
    "account": "家访情况记录 家访情况 情况记录 家访记录 家访内容记录 走访情况记录",
    "resolution": (
        "家访问题解决情况 问题解决情况 解决情况 家访问题解决 问题办理情况 存在问题及解决情况 问题及解决情况 "
        "反映问题及解决情况 发现问题及解决情况 家访发现问题及解决情况 问题处理情况 落实情况 办理情况"
    ),
    "leader_name": "家访领导姓名 家访领导 领导姓名 走访领导 家访人姓名 家访人",
    "leader_post": "家访领导职务 领导职务 家访人职务",
    "leader_signature": "家访领导签名 领导签名 家访领导签字 领导签字",
    "recorder": "家访记录人签名 记录人签名 家访记录人签字 记录人签字 记录人 家访记录人",
    "date": "家访时间 家访日期 时间 日期 走访时间",
    "matter": "家访事由 事由 家访原因 家访内容",
    "place": "家访地点 地点",
    "met": "受访人员",
    "remark": "备注",
    "number": "序号 编号",
    "unit": "单位 填报单位",
}
_CONTINUED = re.compile(r"[（(]?(?:续|接上页|续上页|续前页)[）)]?$")
_FORM_LONG = ("account", "resolution")
# Labels that stand inside a form's table, never in the title over it.
FORM_BODY = frozenset(_LABELS_OF) - {"unit", "number", "date"}


def plain(text: str) -> str:
    """A title without spaces, brackets and marks; 内容╲时间 becomes 内容时间."""
    return _MARKS.sub("", _ASIDE.sub("", halfwidth(squeeze(text))))


_LABELS = {plain(word): field for field, words in _LABELS_OF.items() for word in words.split()}


@lru_cache(maxsize=4096)
def field_of(title: str) -> str | None:
    """A ledger column's field; ``name`` and ``post`` where the title alone does not say whose; None for no title."""
    if len(squeeze(title)) > _LONGEST + 8:
        return None
    text = plain(title)
    open_words = _MARKS.sub("", _BRACKETS.sub("", halfwidth(squeeze(title))))
    if _BOTH.match(open_words):  # 时间（内容） too
        return "date_matter"
    if not text or len(text) > _LONGEST or any(char.isdigit() for char in text):
        return None
    return next((field for field, pattern in _COMPILED if pattern.search(text)), None)


@lru_cache(maxsize=4096)
def label_of(text: str) -> tuple[str, bool] | None:
    """A form's label: its field, and whether it stands on a 续页; None for other words."""
    if len(text) > 60:
        return None
    words = squeeze(halfwidth(text)).rstrip(":。.、")
    shown = _CONTINUED.sub("", words)
    name = plain(shown)
    field = _LABELS.get(name) or _LABELS.get(plain(words))
    if field is None and "家访" not in name and len(name) in (5, 6, 7, 8):
        field = _LABELS.get("家访" + name)
    return (field, shown != words and field in _FORM_LONG) if field else None


def inline_label(text: str) -> tuple[str, str] | None:
    """家访对象姓名：张建国 in one cell: the field and the value."""
    found = re.match(r"^\s*([^:：\n]{2,14}?)\s*[:：]\s*(.*)$", text, re.DOTALL)
    if found is None:
        return None
    label = label_of(found.group(1))
    return (label[0], found.group(2).strip()) if label else None
