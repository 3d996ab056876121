"""Pages and acts by their words: what 查找任何内容 offers beside records. Pure; doing them is the desk's.

An act is found by its words, by other words for the same, and by the initials of both.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from jiafang_desktop.common.chinese import pinyin_full, pinyin_initials, squeeze


@dataclass(frozen=True, slots=True)
class Act:
    """Opens ``page`` at ``where``, or does ``verb`` of the desk. ``also``: other words people use for it."""

    words: str
    page: str = ""
    where: Mapping[str, Any] = field(default_factory=dict)
    verb: str = ""
    also: tuple[str, ...] = ()
    keys: str = ""
    told: str = ""


ACTS = (
    Act("登记家访", "visit", {"fresh": True}, also=("新登记家访", "新建家访", "填记录单"), keys="Ctrl+N",
        told="像填纸一样填一份记录单"),
    Act("登记诉求", "concerns", {"new": True}, also=("新登记诉求", "新建诉求"), told="谁反映的、反映什么"),
    Act("登记会议", "files", {"part": "meetings", "new": True}, also=("新登记汇报分析会",),
        told="汇报分析会的会议记录"),
    Act("导入名册", "roster_import", also=("导入干部", "导入人员"), told="Excel、WPS 表格直接导入"),
    Act("导入诉求", "concerns_import", told="Excel 表或复制来的表格"),
    Act("导入往年家访", "visits_import", also=("导入台账", "导入记录单", "历年家访"), told="往年的台账和记录单"),
    Act("打印台账", "ledger", also=("导出台账",), told="附件1，打开后点“打印”"),
    Act("打印待签字清单", "signing", also=("送签", "签字"), told="按领导列出还没签回的"),
    Act("打印记录单", "visits", also=("打印家访", "套打"), told="在列表里打勾后一起打印"),
    Act("打印总结", "summary", also=("导出总结", "报送"), told="家访进展情况、发现的问题"),
    Act("工作台", "workbench", also=("首页", "待办")), Act("诉求", "concerns", also=("困难诉求",)),
    Act("家访", "visits", also=("家访列表", "记录单")), Act("问题办理", "problems", also=("问题",)),
    Act("安排家访", "visits", {"plan": ""}, also=("家访计划",), told="打算去谁家、什么时候去"),
    Act("领导个人家访情况", "leader_visits", also=("领导本人家访",)),
    Act("待签字清单", "signing"), Act("台账", "ledger", also=("家访台账",)),
    Act("总结报送", "summary", also=("季度总结", "零报告")), Act("资料", "files"),
    Act("资料自查", "files", {"part": "inspection"}, also=("检查", "缺件"), told="列出还缺的每一项"),
    Act("汇报分析会", "files", {"part": "meetings"}, also=("会议", "会议记录"), told="会议记录和议定事项"),
    Act("交接", "files", {"part": "handover"}, also=("移交",), told="手头的资料和没办结的事"),
    Act("年度装订", "files", {"part": "inspection"}, told="打开后点“年度装订”"),
    Act("名册", "roster", also=("干部名册", "人员")), Act("设置", "settings", also=("选项",)),
    Act("单位名称", "settings", {"section": "单位"}, also=("改名",), told="设置"),
    Act("台账版式、最小字号、附件号", "settings", {"section": "台账和记录单"}, told="设置"),
    Act("打印位置微调", "settings", {"section": "打印"}, also=("打印偏了",), told="设置"),
    Act("自动锁定、字号、修改密码", "settings", {"section": "使用"}, also=("密码", "字号", "找回单"), told="设置"),
    Act("办理时限与分工", "settings", {"section": "办理时限与分工"}, also=("时限", "期限"), told="设置"),
    Act("领导分工", "settings", {"section": "领导分工"}, also=("分工表",), told="设置"),
    Act("节假日", "settings", {"section": "节假日"}, also=("工作日", "调休"), told="设置"),
    Act("备份", "settings", {"section": "备份"}, also=("恢复", "U盘"), told="设置"),
    Act("数据位置、自检", "settings", {"section": "数据"}, also=("数据",), told="设置"),
    Act("锁上窗口", verb="lock", also=("锁定",), keys="Ctrl+L", told="离开座位时用"),
    Act("这一页的说明", verb="help", also=("帮助",), keys="F1"),
)  # fmt: skip


def acts_for(text: str, *, limit: int = 6) -> tuple[tuple[Act, ...], bool]:
    """Acts whose words have ``text``, those that begin so first; and whether the first is just what was typed."""
    wanted = squeeze(text).lower()
    if not wanted:
        return (), False
    ranked = [(rank, place) for place, act in enumerate(ACTS) if (rank := _rank(act, wanted)) is not None]
    found = tuple(ACTS[place] for _rank_, place in sorted(ranked))
    meant = bool(found) and not wanted.isascii() and len(wanted) > 1 and _rank(found[0], wanted) == 0
    return found[:limit], meant


def _rank(act: Act, wanted: str) -> int | None:
    """0 begins so, 1 has it or sounds so, 2 only other words for it do, None not at all."""
    if act.words.startswith(wanted):
        return 0
    if _sounds(act.words, wanted) or wanted in act.words:
        return 1
    return 2 if any(wanted in words or _sounds(words, wanted) for words in act.also) else None


def _sounds(words: str, wanted: str) -> bool:
    return wanted.isascii() and any(spoken.startswith(wanted) for part in words.split("、") for spoken in _spoken(part))


@lru_cache(maxsize=256)
def _spoken(words: str) -> tuple[str, str]:
    return pinyin_full(words), pinyin_initials(words)
