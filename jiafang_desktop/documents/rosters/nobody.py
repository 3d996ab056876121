"""Rows that are nobody, and why: totals, footers, headings, instructions, examples, repeated titles.

Only rows whose name cell is not plainly a name come here. Reasons are what the clerk reads.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from jiafang_desktop.common.chinese import squeeze
from jiafang_desktop.documents.grids import Cell, SheetGrid, text_of
from jiafang_desktop.documents.rosters import titles, units
from jiafang_desktop.documents.rosters.header import Header, is_repeat
from jiafang_desktop.domain import roster_text

_FOOTER = re.compile(
    r"^(?:填\s*表|填\s*报|制\s*表|审\s*核|复\s*核|审\s*批|经\s*办|统\s*计|报\s*送|联\s*系|单位负责|负\s*责|"
    r"分管领导|主管领导|主要领导|领导签|签\s*[字名章]|盖\s*章|日\s*期|时\s*间|打印|抄\s*[报送]|第\s*\d+\s*页|"
    r"共\s*\d+|"
    r"合\s*计|总\s*计|小\s*计|共\s*计|累\s*计|以上|截\s*[至止]|\d{4}\s*年\s*\d{1,2}\s*月|校对|录入)"
)
_INSTRUCTION = re.compile(
    r"^(?:填表说明|填写说明|填报说明|说\s*明|备\s*注|注\s*[:：释意]|注$|附\s*[:：注]|要\s*求|填写要求|填报要求|"
    r"注意|请|本表|此表|表中|其中|[(（]?\d+[)）]?\s*[.、．:：)）]|[①-⑳]|[一二三四五六七八九十]+\s*[、.．]|[*※★●■])"
)
GROUP = re.compile(
    r"(?:班子|成员|人员|干部|领导|机关|办公室|办|科|股|站|所|室|中心|局|镇|乡|街道|委|部|院|组|处|职工|一线|类|"
    r"公务员|事业|工勤|退休|在职|村|队)(?:[（(].*[)）])?[:：]?$"
)
STATISTIC = re.compile(r"(?:人数|总数|年龄|比例|占比|平均|百分比|总人口|人次)$|^(?:平均|其中|总共|合计|总计|小计|累计)")
_EXAMPLE_ROW = re.compile(
    r"^[（(]?(?:例|例子|示例|样例|范例|举例|填写示例|填写样例|填表示例|样本|例如)\d*[)）]?[:：]?$"
)
# A label whose neighbour is the name of whoever made or signed the table. Posts (负责人) only count with a colon.
_SIGNED = re.compile(
    r"^[（(]?(?:(?:填表|制表|审核|填报|复核|经办|审批|统计|录入|校对|报送|报表|登记|编制|打印)"
    r"(?:人(?:员|签字|签名|签章)?|(?:员|签字|签名|签章)?(?=[:：]))|"
    r"(?:单位|部门)?(?:负责人|主要领导|分管领导|主管领导|联系人|主要负责人|一把手|签字|签名|审定人?|领导签字|书记签字)"
    r"(?:[（(].{1,6}[)）]|签字|签名|签章)?(?=[:：]))[:：]?[)）]?[:：]?$"
)
_COLUMN_MARKS = frozenset("甲乙丙丁戊己庚辛壬癸") | frozenset("一二三四五六七八九十")
_COUNT = re.compile(r"^[(（]?\d+(?:\.0)?[)）.、]?$|^[\u2460-\u2473]$")
_HEADCOUNT = re.compile(r"^[(（]?共?\d+[人名个][)）]?$")
_DATE_LINE = re.compile(r"^\d{4}[-./年]\d{1,2}(?:[-./月]\d{0,2}日?)?(?: \d\d:\d\d.*)?$")
_VACANT = re.compile(r"^(?:空缺|缺编|暂缺|待配|空编|空岗|待补|拟配|缺\d*[人名个]$|缺额)")
_PLAIN_OFFICE = re.compile(r"^[\u4e00-\u9fff]{2}[办所站股室局处庭]$")
_NO_NAME = "没有姓名，无法导入"
_FOOTER_REASON = "表尾的填表人、日期或合计"
_WORDS_REASON = "分组标题或说明文字，不是人"

Filled = Sequence[tuple[int, str]]  # (column, text) of a row's used cells


@dataclass(frozen=True, slots=True)
class Place:
    """Where names and counting numbers stand, how many fields there are, and what may give the unit: headings among
    the people, or the title and 单位：… line of each page of a paged roster."""

    name_at: int
    sequence: int | None
    fields: int
    group_units: bool
    page_units: bool = False


class Nobody:
    """Judges odd rows one after another; remembers the unit of the last heading and whether instructions began."""

    def __init__(self, grid: SheetGrid, header: Header | None, place: Place) -> None:
        self._grid, self._header, self._place = grid, header, place
        self._merged_names = _merged_names(grid, place.name_at)
        self._merged_lines = _merged_lines(grid, place.name_at)
        self.group_unit: str | None = None
        self._page_unit: str | None = None
        self._in_instructions = False

    def reason(self, number: int, row: list[Cell], text: str, filled: Filled) -> str | None:
        """Why the row is nobody (``text`` is its name cell); None when it may be a person."""
        first = filled[0][1]
        if self._header is not None and is_repeat(self._header, row):
            self.turn_page()
            return "重复的表头"
        self._note_page(filled)
        if self._is_key(number, text, filled):
            return "标题下面的栏号或字段代码，不是人"
        if _EXAMPLE_ROW.match(first) or any(
            roster_text.is_placeholder(value)
            for column, value in filled
            if column in (self._place.name_at, filled[0][0])
        ):
            return "模板中的占位文字或填写示例，不是人"
        others = [
            value
            for column, value in filled
            if column != self._place.name_at and not self._counts(column, value) and not _HEADCOUNT.match(value)
        ]
        if not text or roster_text.is_blank(text) or not any(map(_written, text)):
            return self._nameless(number, filled, others, first)
        alone = not others or self._spans(number)
        if self.signs(row):
            return _FOOTER_REASON
        counted = self.numbered(row) and roster_text.looks_like_name(text)  # 冯大局 between 6 and 8 is a person
        return (
            self._total(text, first, others)
            or self._heading(text, alone and not counted)
            or self._words(number, row, text, alone)
        )

    def _is_key(self, number: int, text: str, filled: Filled) -> bool:
        """Just below the header: columns counted off (甲 乙 1 2) or a system's field codes (A0101, XM)."""
        if self._header is None or number > self._grid.numbers[self._header.bottom] + 3 or len(filled) < 2:
            return False
        values = [squeeze(value) for _, value in filled]
        if all(value.isascii() and not value.isdigit() for value in values):
            return True
        return len(filled) > 2 and all(value in _COLUMN_MARKS or value.isdigit() for value in values) and len(text) < 3

    def turn_page(self) -> None:
        """A header begins anew: what stood above it names the unit of the people below."""
        if self._place.page_units and self._page_unit is not None:
            self.group_unit = self._page_unit
        self._page_unit = None

    def _note_page(self, filled: Filled) -> None:
        """Keep the unit a page's title or 单位：… line names until the page's header comes."""
        if not self._place.page_units or len(filled) > 6:
            return
        for index, (_, value) in enumerate(filled):
            if not units.is_maker_line(value):
                unit = units.unit_of_line(value, filled[index + 1][1] if index + 1 < len(filled) else "")
                if unit is not None:
                    self._page_unit = unit
                    return
        title = units.unit_of_title(filled[0][1])
        if title is not None:
            self._page_unit = title

    def signs(self, row: list[Cell]) -> bool:
        """Whether the name is the signature behind 填表人： or 审核人 in a table's foot."""
        at = self._place.name_at
        before = [text_of(cell) for cell in row[:at] if cell != ""]
        return bool(before) and bool(_SIGNED.match(squeeze(before[-1])))

    def _counts(self, column: int, value: str) -> bool:
        """Whether the cell is a row's mere number."""
        return column in (0, self._place.sequence) and bool(_COUNT.match(value))

    def _spans(self, number: int) -> bool:
        """Whether a merged range makes the name cell a line across the table."""
        return number in self._merged_lines

    def _total(self, text: str, first: str, others: Sequence[str]) -> str | None:
        plain = squeeze(text)
        if not others and plain.replace(".", "").isdigit() and len(plain) < 8:
            return "只有数字，没有姓名"
        if (
            _HEADCOUNT.match(plain)
            or (not others and _DATE_LINE.match(plain))
            or (_FOOTER.match(first) and not roster_text.looks_like_name(text))
        ):
            return _FOOTER_REASON
        if STATISTIC.search(plain) or titles.is_known(text):
            return f"“{plain[:12]}”是统计或标题文字，不是人"
        if roster_text.is_not_a_name(plain) or _VACANT.match(plain):
            return f"“{plain}”不是人名"
        if _FOOTER.match(text) and (len(plain) > 4 or not others or "：" in text or ":" in text):
            return _FOOTER_REASON
        return None

    def _heading(self, text: str, alone: bool) -> str | None:
        unit = units.is_unit_heading(text)
        if alone and unit and self._place.group_units:
            self.group_unit = unit
            return f"分组标题（{unit}）"
        return None

    def numbered(self, row: list[Cell]) -> bool:
        """Whether the row carries a counting number, as people's rows do and headings don't."""
        at = self._place.sequence if self._place.sequence is not None else 0
        return at < len(row) and at != self._place.name_at and bool(_COUNT.match(text_of(row[at]).strip()))

    def _words(self, number: int, row: list[Cell], text: str, alone: bool) -> str | None:
        plain = squeeze(text)
        if _INSTRUCTION.match(text) and (alone or len(plain) > 8):
            self._in_instructions = True
            return "填写说明，不是人"
        sentence = any(mark in text for mark in "。；？！") or (
            len(plain) > 8 and any(mark in text for mark in "：:，,、")
        )
        if len(plain) > 22 or sentence:
            return "说明文字，不是人"
        grouped = (bool(GROUP.search(plain)) and not roster_text.looks_like_name(text)) or (
            self._place.fields > 1
            and (roster_text.is_office(plain) or (bool(_PLAIN_OFFICE.match(plain)) and not self.numbered(row)))
        )
        if alone and (self._in_instructions or grouped or self._spans(number)):
            return _WORDS_REASON
        name = roster_text.clean_name(text).name
        if alone and self._place.fields > 1 and roster_text.name_doubt(name) and not plain.isascii():
            return "说明文字，不是人"
        return None if name else _NO_NAME

    def _nameless(self, number: int, filled: Filled, others: Sequence[str], first: str) -> str:
        if number in self._merged_names:
            return "与上一行是同一人（姓名单元格已合并）"
        if not others:
            return "只有序号，没有姓名"
        if _FOOTER.match(first) or any(_FOOTER.match(value) and (":" in value or "：" in value) for _, value in filled):
            return _FOOTER_REASON
        heading = self._heading(first, len(filled) == 1)
        if heading:
            return heading
        if (_INSTRUCTION.match(first) and len(filled) <= 2) or (len(squeeze(first)) > 20 and len(filled) == 1):
            self._in_instructions = True
            return "填写说明，不是人"
        return _WORDS_REASON if len(filled) == 1 else _NO_NAME


def _written(char: str) -> bool:
    """Whether the character can be part of a name; old fonts keep rare ones in the private area."""
    return char.isalnum() or "\ue000" <= char <= "\uf8ff"


def _merged_lines(grid: SheetGrid, column: int) -> set[int]:
    return {
        number
        for merge in grid.merges
        if merge.left <= column <= merge.right and merge.right - merge.left >= 2
        for number in range(merge.top, min(merge.bottom, merge.top + 50) + 1)
    }


def _merged_names(grid: SheetGrid, column: int) -> set[int]:
    return {
        number
        for merge in grid.merges
        if merge.left <= column <= merge.right and merge.bottom > merge.top and merge.bottom - merge.top < 50
        for number in range(merge.top + 1, merge.bottom + 1)
    }
