"""Rows of a ledger that are no visit, and why: totals, footers, headings, void rows, rulings, examples.

Reasons are what the clerk reads. Only rows without a date and a visitee are doubted here, void ones apart.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from jiafang_desktop.common.chinese import halfwidth, squeeze
from jiafang_desktop.documents.history import years
from jiafang_desktop.domain import roster_text

Filled = Sequence[tuple[int, str]]

_VOID = re.compile(
    r"^(?:第?\d{1,4}号?)?[（(【\[]?(?:此|本|该)?(?:行|条|号|次|记录)?(?:已|此号)?(?:作废|注销)[）)】\]。！]*"
)
_VOID_BEHIND = re.compile(r"^.{1,8}[（(【\[](?:已)?作废[）)】\]]$")
_TOTAL = re.compile(
    r"^(?:本页|本年|本季|本月|全年|全部|年度|季度|第?[一二三四]季度|[一二三四五六七八九十\d]{1,2}月份?)?"
    r"(?:合计|总计|小计|共计|累计|总数|总次数)(?:[:：（(\d次人户].*)?$|^(?:共|累计|合计)(?:家访)?\d+(?:人|次|户|条)"
)
_FOOTER = re.compile(
    r"^[（(]?(?:单位)?(?:填表|填报|制表|审核|复核|审批|审定|经办|统计|报送|登记|记录|联系|单位负责|主要负责|负责|分管领导|主管领导|主要领导|"
    r"主要领导签|领导签|签[字名章]|盖章|单位盖章|打印|抄报|抄送|校对|录入|截至|截止)(?:人|员|时间|日期|单位)?.{0,40}$"
)
# Labels that nobody is called, wherever in the row they stand.
_SIGNED = re.compile(
    r"^[（(]?(?:单位)?(?:填表|填报|制表|审核|复核|审批|审定|经办|统计|报送|登记|记录|联系|单位负责|主要负责|负责|分管领导|主管领导|主要领导|校对)"
    r"(?:人|员)?(?:签字|签名|签章)?(?:[:：]|$)"
)
_PAGE = re.compile(r"^[-—–]*(?:第?\d+页)?[,，/／\s]*(?:共\d+页)?[-—–]*$|^[-—–]\d+[-—–]$")
_DATE_LINE = re.compile(r"^(?:日期|时间|填表日期|填报日期)?[:：]?(?:20\d\d)?年\d{0,2}月\d{0,2}日?$")
_WORDS = re.compile(
    r"^(?:填表说明|填写说明|填报说明|说明|注|备注|附注|附|要求|填写要求|注意|请|本表|此表|表中|其中|[(（]?\d+[)）]?[.、．:：)）]|"
    r"[①-⑳]|[一二三四五六七八九十]+[、.．]|[*※★●■])"
)
_SPAN = re.compile(
    r"^(?:20\d\d年?度?)?(?:第?[一二三四1-4]季度|上半年|下半年|\d{1,2}月份?|[一二三四五六七八九十]{1,2}月份?)[:：]?$"
)
_BLANKS = re.compile(r"^[（(]?(?:以下空白|此行空白|空白|以下无正文|以下无|以下为空|此页空白)[）)]?$")
_COLUMN_MARK = re.compile(r"^(?:[(（]?\d{1,2}[)）]?|[甲乙丙丁戊己庚辛壬癸])$")


def void(filled: Filled) -> bool:
    """Whether one of the row's cells strikes the whole row out."""
    words = [squeeze(text) for _, text in filled]
    return any((_VOID.match(word) and len(word) <= 30) or _VOID_BEHIND.match(word) for word in words)


def reason(filled: Filled, *, visitee: str, wide: bool, number_at: int | None) -> str | None:
    """Why a row is no visit; None when it may be one.

    ``visitee`` is the text of its name cell, ``wide`` whether its only words are merged across the table.
    """
    words = [squeeze(halfwidth(text)) for _, text in filled]
    if all(roster_text.is_blank(word) for word in words):
        return "空行"
    rest = [word for (column, _), word in zip(filled, words, strict=True) if column != number_at]
    if len(words) == 1 and re.fullmatch(r"20[0-4]\d(?:\.0|年)?", words[0]):
        return "年度的分组行，不是家访"
    if number_at is not None and all(roster_text.is_blank(word) for word in rest):
        numbers = [word for word in words if not roster_text.is_blank(word)]
        if all(word.strip("第号.、()（）").isdigit() for word in numbers):
            return "只有序号的空行"
    if len(words) >= 4 and all(_COLUMN_MARK.match(word) for word in words):
        return "标题下面的栏号，不是家访"
    if any(_BLANKS.match(word) for word in words):
        return "“以下空白”，不是家访"
    if roster_text.is_placeholder(visitee) or roster_text.is_placeholder(words[0]):
        return "填写示例或空白表样，不是家访"
    if any(_TOTAL.match(word) for word in words[:2]) or _TOTAL.match(squeeze(visitee)):
        return "合计行"
    return _of_words(words, visitee=visitee, wide=wide)


def _of_words(words: list[str], *, visitee: str, wide: bool) -> str | None:
    few = len(words) <= 2 or wide
    joined = "".join(words)
    if (years.is_heading(words[0]) or (few and any(map(years.is_heading, words)))) and (
        few or not visitee or years.says_unit(words[0])
    ):
        return "标题或单位一行，不是家访"
    if few and _PAGE.match(joined):
        return "页码"
    if few and (_SPAN.match(words[0]) or _DATE_LINE.match(joined)):
        return "季度、月份或日期的分组行，不是家访"
    signed = bool(_SIGNED.match(words[0]) or _SIGNED.match(squeeze(halfwidth(visitee))))
    if signed or (not visitee and _FOOTER.match(words[0]) and (len(words[0]) <= 24 or few)):
        return "表尾的填表人、审核人或日期"
    if few and _WORDS.match(words[0]):
        return "说明文字，不是家访"
    if wide:
        return "分组标题或说明文字，不是家访"
    return None
