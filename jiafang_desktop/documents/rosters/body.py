"""Rows below the header become people, or are nobody for a reason said in Chinese.

Speed matters: each distinct cell text is cleaned once. Columns are chosen before (columns); who is already on the
roster is decided after (domain.identity).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date

from jiafang_desktop.common.chinese import squeeze, tidy
from jiafang_desktop.documents.grids import Cell, DateCell, SheetGrid, column_letter, text_of
from jiafang_desktop.documents.rosters import titles, units
from jiafang_desktop.documents.rosters.header import Header, is_repeat
from jiafang_desktop.documents.rosters.shapes import CellProblem, FoundPerson, SkippedRow
from jiafang_desktop.domain import roster_text
from jiafang_desktop.domain.cadres import CadreContent

_FOOTER = re.compile(
    r"^(?:填\s*表|填\s*报|制\s*表|审\s*核|复\s*核|审\s*批|经\s*办|统\s*计|报\s*送|联\s*系|单位负责|负\s*责|分管领导|主管领导|主要领导|领导签|签\s*[字名章]|盖\s*章|日\s*期|时\s*间|打印|抄\s*[报送]|第\s*\d+\s*页|共\s*\d+|"
    r"合\s*计|总\s*计|小\s*计|共\s*计|累\s*计|以上|截\s*[至止]|\d{4}\s*年\s*\d{1,2}\s*月|校对|录入)"
)
_INSTRUCTION = re.compile(
    r"^(?:填表说明|填写说明|填报说明|说\s*明|备\s*注|注\s*[:：释意]|注$|附\s*[:：注]|要\s*求|填写要求|填报要求|注意|请|本表|此表|表中|其中|[(（]?\d+[)）]?\s*[.、．:：)）]|[①-⑳]|[一二三四五六七八九十]+\s*[、.．]|[*※★●■])"
)
_GROUP = re.compile(
    r"(?:班子|成员|人员|干部|领导|机关|办公室|办|科|股|站|所|室|中心|局|镇|乡|街道|委|部|院|组|处|职工|一线|类|公务员|事业|工勤|退休|在职|村|队)(?:[（(].*[)）])?[:：]?$"
)
_DITTO = frozenset(("同上", "〃", "″", '"', "”", "“", "''", "同前", "々", "ditto", "同左"))
_FILLED_DOWN = ("unit", "section", "managed_by", "staff_type", "post", "address", "unit_post")
_STATISTIC = re.compile(
    r"(?:人数|总数|年龄|比例|占比|平均|百分比|总人口|人次)$|^(?:平均|其中|总共|合计|总计|小计|累计)"
)
_EXAMPLE_MARKS = frozenset("例示样范举如（(")
_EXAMPLE_ROW = re.compile(
    r"^[（(]?(?:例|例子|示例|样例|范例|举例|填写示例|填写样例|填表示例|样本|例如)\d*[)）]?[:：]?$"
)
_EXAMPLE_REMARK = re.compile(r"^(?:此行|本行|该行|这行|以上)?.{0,3}(?:示例|样例|范例)(?:行|数据|$).{0,10}$|^例$")
_NUMERAL_CUT = re.compile(r"^\d+(?:\.0)?$")


@dataclass(frozen=True, slots=True)
class BodyContext:
    """What rows are read with: field → column, the default unit, known units for splitting, today, csv or not."""

    fields: Mapping[str, int]
    sequence: int | None
    default_unit: str | None
    group_units: bool
    known_units: Collection[str]
    today: date
    untyped: bool


Cleaned = tuple[str | None, str | None, str | None]  # value, original text where cleaning changed it, problem
Cleaner = Callable[[Cell], Cleaned]


@dataclass(frozen=True, slots=True)
class BodyReading:
    """The rows of one table; ``next_header`` is the index of a row where another table with other titles begins."""

    people: list[FoundPerson]
    skipped: list[SkippedRow]
    next_header: int | None


def read_rows(grid: SheetGrid, header: Header | None, context: BodyContext, *, start: int | None = None) -> BodyReading:
    """Every row after the header (or from row index ``start``), up to the next table of other titles."""
    return _Reader(grid, header, context, start).read()


class _Reader:
    def __init__(self, grid: SheetGrid, header: Header | None, context: BodyContext, start: int | None) -> None:
        self.grid, self.header, self.context = grid, header, context
        self.start = start if start is not None else header.bottom + 1 if header else 0
        self.name_at = context.fields["name"]
        self.plain_fields: list[tuple[str, int, str, dict[Cell, Cleaned], Cleaner, bool]] = []
        for name, column in context.fields.items():
            if name not in ("name", "unit_post"):
                texts: dict[Cell, Cleaned] = {}
                cleaner = _cached(self._cleaner(name, column), texts)
                self.plain_fields.append((name, column, column_letter(column), texts, cleaner, name in _FILLED_DOWN))
        self.unit_post_at = context.fields.get("unit_post")
        self.fill = _filled_down(grid, context.fields, self.start)
        self.merged_names = _merged_names(grid, self.name_at)
        self.names: dict[Cell, roster_text.CleanName | None] = {}
        self.splits: dict[str, tuple[str | None, str | None, bool]] = {}
        self.people: list[FoundPerson] = []
        self.skipped: list[SkippedRow] = []
        self.above: dict[str, Cell] = {}
        self.group_unit: str | None = None
        self.in_instructions = False
        self.carries_units = self._unit_given_once_per_group()

    # ------------------------------------------------------------------------------------ the walk

    def read(self) -> BodyReading:
        grid, name_at, names = self.grid, self.name_at, self.names
        expected = grid.numbers[self.start - 1] + 1 if self.start else 1
        for at in range(self.start, len(grid.rows)):
            number, row = grid.numbers[at], grid.rows[at]
            if number > expected:
                self._gap(expected, number)
            expected = number + 1
            raw = row[name_at] if len(row) > name_at else ""
            try:
                name = names[raw]
            except KeyError:
                name = names[raw] = _certain_name(raw)
            first = row[0] if row else ""
            if name is not None and (type(first) is not str or first[:1] not in _EXAMPLE_MARKS or not first):
                self._person(number, row, name, raw)
            elif self._other_header(row):
                return BodyReading(self.people, self.skipped, at)
            else:
                self._odd_row(number, row, raw)
        while self.skipped and self.skipped[-1].reason.startswith("空行"):
            self.skipped.pop()  # what follows the last written row is no gap
        return BodyReading(self.people, self.skipped, None)

    def _other_header(self, row: list[Cell]) -> bool:
        """Whether the row titles a further table whose names stand in another column."""
        if self.header is None or len(row) < 2 or is_repeat(self.header, row):
            return False
        names = [at for at, cell in enumerate(row[:60]) if type(cell) is str and cell and titles.exactly_name(cell)]
        if not names or self.name_at in names:
            return False
        return sum(type(cell) is str and cell != "" and titles.is_known(cell) for cell in row[:60]) >= 3

    def _gap(self, first: int, following: int) -> None:
        if following - first > 20:
            self.skipped.append(SkippedRow(first, f"空行（第{first}至{following - 1}行）"))
        else:
            self.skipped.extend(SkippedRow(number, "空行") for number in range(first, following))

    def _skip(self, number: int, reason: str) -> None:
        self.skipped.append(SkippedRow(number, reason))

    def _odd_row(self, number: int, row: list[Cell], raw: Cell) -> None:
        """A row whose name cell is not plainly one person's name."""
        texts = [(column, text_of(cell).strip()) for column, cell in enumerate(row)]
        filled = [(column, text) for column, text in texts if text]
        if not filled:
            self._skip(number, "空行")
            return
        reason = self._nobody(number, row, text_of(raw).strip(), filled)
        if reason is not None:
            self._skip(number, reason)
            return
        name = roster_text.clean_name(text_of(raw))
        self._person(number, row, name, raw)

    def _nobody(self, number: int, row: list[Cell], text: str, filled: list[tuple[int, str]]) -> str | None:
        first = filled[0][1]
        if self.header is not None and is_repeat(self.header, row):
            return "重复的表头"
        if _EXAMPLE_ROW.match(first) or any(
            roster_text.is_placeholder(value) and column in (self.name_at, filled[0][0]) for column, value in filled
        ):
            return "模板中的占位文字或填写示例，不是人"
        others = [value for column, value in filled if column != self.name_at and not self._counts(column, value)]
        if not text or roster_text.is_blank(text):
            return self._nameless(number, filled, others, first)
        plain = squeeze(text)
        if re.match(r"^共?\d+[人名个]$", plain) or (_FOOTER.match(first) and not roster_text.looks_like_name(text)):
            return "表尾的填表人、日期或合计"
        if _STATISTIC.search(plain) or titles.is_known(text):
            return f"“{plain[:12]}”是统计或标题文字，不是人"
        if roster_text.is_not_a_name(plain) or re.match(r"^(?:空缺|缺编|暂缺|待配)", plain):
            return f"“{plain}”不是人名"
        if _FOOTER.match(text) and (len(plain) > 4 or not others or "：" in text or ":" in text):
            return "表尾的填表人、日期或合计"
        alone = not others or self._spans(number, self.name_at)
        unit = units.is_unit_heading(text)
        if alone and unit and self.context.group_units:
            self.group_unit = unit
            return f"分组标题（{unit}）"
        if _INSTRUCTION.match(text) and (alone or len(plain) > 8):
            self.in_instructions = True
            return "填写说明，不是人"
        if (
            len(plain) > 22
            or any(mark in text for mark in "。；？！")
            or (len(plain) > 8 and any(mark in text for mark in "：:，,、"))
        ):
            return "说明文字，不是人"
        if alone and (
            self.in_instructions
            or (_GROUP.search(plain) and not roster_text.looks_like_name(text))
            or self._spans(number, self.name_at)
        ):
            return "分组标题或说明文字，不是人"
        if (
            alone
            and len(self.context.fields) > 1
            and roster_text.name_doubt(roster_text.clean_name(text).name)
            and not plain.isascii()
        ):
            return "说明文字，不是人"
        if not roster_text.clean_name(text).name:
            return "没有姓名，无法导入"
        return None

    def _nameless(self, number: int, filled: list[tuple[int, str]], others: list[str], first: str) -> str:
        if number in self.merged_names:
            return "与上一行是同一人（姓名单元格已合并）"
        if not others:
            return "只有序号，没有姓名"
        joined = squeeze(first)
        if _FOOTER.match(first) or any(_FOOTER.match(value) and (":" in value or "：" in value) for _, value in filled):
            return "表尾的填表人、日期或合计"
        unit = units.is_unit_heading(first)
        if len(filled) == 1 and unit and self.context.group_units:
            self.group_unit = unit
            return f"分组标题（{unit}）"
        if _INSTRUCTION.match(first) and len(filled) <= 2 or len(joined) > 20 and len(filled) == 1:
            self.in_instructions = True
            return "填写说明，不是人"
        if len(filled) == 1:
            return "分组标题或说明文字，不是人"
        return "没有姓名，无法导入"

    def _counts(self, column: int, value: str) -> bool:
        """Whether the cell is a row's mere number."""
        return column in (0, self.context.sequence) and bool(_NUMERAL_CUT.match(value))

    def _spans(self, number: int, column: int) -> bool:
        """Whether a merged range makes the name cell a line across the table."""
        return any(
            merge.top <= number <= merge.bottom
            and merge.left <= column <= merge.right
            and merge.right - merge.left >= 2
            for merge in self.grid.merges
        )

    # ------------------------------------------------------------------------------------ one person

    def _person(self, number: int, row: list[Cell], name: roster_text.CleanName, raw: Cell) -> None:
        values: dict[str, str | None] = {}
        originals: dict[str, str] = {}
        problems: list[CellProblem] = []
        width = len(row)
        for field, column, letter, texts, cleaner, filled_down in self.plain_fields:
            cell = row[column] if column < width else ""
            if filled_down:
                if cell == "":
                    cell = self._from_above(field, number, column)
                elif cell in _DITTO:
                    cell = self.above.get(field, "")
                self.above[field] = cell or self.above.get(field, "")
            if cell == "":
                continue
            cleaned = texts.get(cell) if type(cell) is str else None
            value, original, problem = cleaner(cell) if cleaned is None else cleaned
            if value is not None:
                values[field] = value
            if original is not None:
                originals[field] = original
            if problem is not None:
                problems.append(CellProblem(letter, _shown(cell), problem, field))
        if self.unit_post_at is not None:
            self._split(number, row, values, originals, problems)
        if _EXAMPLE_REMARK.search(values.get("remark") or ""):
            self._skip(number, "填写示例，不是人")
            return
        alone = not values
        if "unit" not in values:
            unit = self.group_unit or self.context.default_unit
            if unit:
                values["unit"] = unit
            elif "unit" in self.context.fields:
                problems.append(CellProblem(column_letter(self.context.fields["unit"]), None, "没有填单位", "unit"))
        self._name_marks(name, raw, values, originals, problems)
        doubtful = name.doubt is not None
        if not doubtful and alone and name.name[:1] not in roster_text.SURNAMES and len(self.context.fields) > 1:
            doubtful = True
            problems.append(
                CellProblem(column_letter(self.name_at), name.name, "这一行只有一个词，请核对是不是人名", "name")
            )
        self.people.append(
            FoundPerson(number, CadreContent(name=name.name, originals=originals, **values), tuple(problems), doubtful)
        )  # type: ignore[arg-type]  # keys are CADRE_FIELDS

    def _name_marks(
        self,
        name: roster_text.CleanName,
        raw: Cell,
        values: dict[str, str | None],
        originals: dict[str, str],
        problems: list[CellProblem],
    ) -> None:
        if raw == name.name and name.doubt is None:
            return
        letter = column_letter(self.name_at)
        if name.doubt is not None:
            problems.append(CellProblem(letter, _shown(raw), name.doubt, "name"))
        if name.note is not None:
            problems.append(CellProblem(letter, None if name.private else _shown(raw), name.note, "name"))
        if raw != name.name and not name.private:
            originals["name"] = text_of(raw)
        if name.gender is not None:
            if values.get("gender") not in (None, name.gender):
                problems.append(CellProblem(letter, _shown(raw), "姓名后写的性别与性别栏不一致，请核对", "gender"))
            else:
                values["gender"] = name.gender

    def _from_above(self, field: str, number: int, column: int) -> Cell:
        covered = self.fill.get((number, column))
        if covered is not None:
            return covered
        if field in ("unit", "unit_post") and self.carries_units and field == "unit":
            return self.above.get(field, "")
        return ""

    def _split(
        self,
        number: int,
        row: list[Cell],
        values: dict[str, str | None],
        originals: dict[str, str],
        problems: list[CellProblem],
    ) -> None:
        column = self.unit_post_at
        assert column is not None
        cell: Cell = row[column] if column < len(row) else ""
        cell = self.fill.get((number, column), "") if cell == "" else cell
        cell = self.above.get("unit_post", "") if cell in _DITTO else cell
        text = roster_text.without_id_numbers(text_of(cell))[0].strip()
        if not text or roster_text.is_blank(text):
            return
        self.above["unit_post"] = cell
        found = self.splits.get(text)
        if found is None:
            found = self.splits[text] = units.split_unit_post(text, self.context.known_units)
        unit, post, certain = found
        if unit and "unit" not in values:
            values["unit"] = unit
            originals["unit"] = text
        if post and "post" not in values:
            values["post"] = post
            if post != text:
                originals["post"] = text
        if not certain:
            problems.append(CellProblem(column_letter(column), text, "分不清单位和职务，整段存为职务，请核对", "post"))

    # ------------------------------------------------------------------------------------ cleaning

    def _cleaner(self, field: str, column: int) -> Cleaner:
        if field == "birth_date":
            return self._birth_cleaner(column)
        return _CLEANERS.get(field, _text)

    def _birth_cleaner(self, column: int) -> Cleaner:
        """How this column writes months decides what 1980.1 means; dates all on the 1st are months."""
        whole_months, unpadded, padded = True, False, False
        for row in self.grid.rows[self.start :]:
            cell = row[column] if column < len(row) else ""
            if cell == "":
                continue
            if type(cell) is DateCell:
                whole_months = whole_months and cell[8:10] == "01"
            else:
                text = text_of(cell)
                if len(text) == 6 and text[4] == "." and text[5] in "23456789":
                    unpadded = True
                elif len(text) == 7 and text[4] == "." and text[5] == "0":
                    padded = True
        today, untyped = self.context.today, self.context.untyped

        def clean(cell: Cell) -> Cleaned:
            if type(cell) is DateCell:
                found = roster_text.clean_birth(cell[:7] if whole_months else cell[:10], today=today)
                return found.value, None, found.problem
            text = text_of(cell)
            if roster_text.is_blank(text):
                return None, None, None
            number = not isinstance(cell, str) or (untyped and bool(re.match(r"^\d+(\.\d+)?$", text)))
            found = roster_text.clean_birth(text, today=today, number=number, unpadded=unpadded, padded=padded)
            return found.value, text if text != found.value else None, found.problem

        return clean

    def _unit_given_once_per_group(self) -> bool:
        """Whether the unit column is filled only where a group begins, without merging."""
        column = self.context.fields.get("unit")
        if column is None:
            return False
        filled = [
            bool(text_of(row[column]).strip()) if column < len(row) else False
            for row in self.grid.rows[self.start : self.start + 400]
        ]
        return bool(filled) and filled[0] and sum(filled) * 2 < len(filled)


def _certain_name(raw: Cell) -> roster_text.CleanName | None:
    """The clean name when the cell is plainly one person's; None sends the row to a closer look."""
    if type(raw) is not str or not raw or roster_text.is_placeholder(raw) or not roster_text.looks_like_name(raw):
        return None
    name = roster_text.clean_name(raw)
    if name.doubt is not None or roster_text.is_not_a_name(name.name) or titles.exactly_name(raw):
        return None
    if titles.is_known(raw) or (len(name.name) > 2 and name.name.endswith(("镇", "乡", "街道", "局"))):
        return None
    if len(name.name) > 3 and _STATISTIC.search(name.name):
        return None
    return name if len(name.name) <= 3 or not _GROUP.search(name.name) else None


def _shown(cell: Cell) -> str | None:
    """A cell's text for a problem line, identity numbers cut out."""
    text, cut = roster_text.without_id_numbers(tidy(text_of(cell)))
    return ("（身份证号码不显示）" + text if cut else text)[:200] or None


def _cached(clean: Cleaner, texts: dict[Cell, Cleaned]) -> Cleaner:
    others: dict[tuple[type, Cell], Cleaned] = {}  # 1 == 1.0 == True, and a date cell equals its text

    def cached(cell: Cell) -> Cleaned:
        if type(cell) is str:
            found = texts.get(cell)
            if found is None:
                found = texts[cell] = clean(cell)
            return found
        key = (type(cell), cell)
        found = others.get(key)
        if found is None:
            found = others[key] = clean(cell)
        return found

    return cached


def _text(cell: Cell) -> Cleaned:
    raw = text_of(cell)
    text = tidy(raw)
    if roster_text.is_blank(text):
        return None, None, None
    kept, cut = roster_text.without_id_numbers(text)
    if cut:
        return kept or None, None, "这里有身份证号码，已去掉，不保存"
    if not kept.isascii():
        kept = _without_inner_spaces(kept)
    return kept, raw if raw != kept else None, None


def _without_inner_spaces(text: str) -> str:
    return re.sub(r"(?<=[^\x00-\x7f]) (?=[^\x00-\x7f])", "", text)


def _unit(cell: Cell) -> Cleaned:
    value, original, problem = _text(cell)
    return (units.clean_unit(value) if value else None), original, problem


def _checked(clean: Callable[[str], tuple[str | None, str | None]]) -> Cleaner:
    def cleaner(cell: Cell) -> Cleaned:
        text = text_of(cell)
        if roster_text.is_blank(text):
            return None, None, None
        value, problem = clean(text)
        kept = (
            text
            if value != text
            and not roster_text.looks_like_id_number(text)
            and not roster_text.without_id_numbers(text)[1]
            else None
        )
        return value, kept, problem

    return cleaner


def _person_name(cell: Cell) -> Cleaned:
    text = text_of(cell)
    if roster_text.is_blank(text):
        return None, None, None
    if re.match(r"^(?:未婚|离异|离婚|丧偶|单身|已故|去世|无配偶|未结婚)", squeeze(text)):
        return None, text, f"配偶栏写的是“{squeeze(text)[:6]}”，没有存为姓名"
    found = roster_text.clean_name(roster_text.without_id_numbers(text)[0])
    return found.name or None, text if found.name != text and not found.private else None, found.doubt


_CLEANERS: dict[str, Cleaner] = {
    "unit": _unit,
    "phone": _checked(roster_text.clean_phone),
    "employee_no": _checked(roster_text.clean_number),
    "gender": _checked(roster_text.clean_gender),
    "spouse_name": _person_name,
}


def _filled_down(grid: SheetGrid, fields: Mapping[str, int], start: int) -> dict[tuple[int, int], Cell]:
    """(row number, column) → value of the merged range's first cell, for columns where a merge means "the same"."""
    columns = {column for field, column in fields.items() if field in _FILLED_DOWN}
    first = grid.numbers[start] if start < len(grid.numbers) else 0
    index: dict[int, int] | None = None
    fill: dict[tuple[int, int], Cell] = {}
    for merge in grid.merges:
        if (
            merge.bottom == merge.top
            or merge.bottom < first
            or not columns.intersection(range(merge.left, merge.right + 1))
        ):
            continue
        if merge.bottom - merge.top > 60_000:
            continue
        if index is None:
            index = {number: at for at, number in enumerate(grid.numbers)}
        at = index.get(merge.top)
        row = grid.rows[at] if at is not None else []
        value = row[merge.left] if merge.left < len(row) else ""
        if value != "" and merge.left in columns:
            for number in range(merge.top + 1, merge.bottom + 1):
                fill[(number, merge.left)] = value
    return fill


def _merged_names(grid: SheetGrid, column: int) -> set[int]:
    return {
        number
        for merge in grid.merges
        if merge.left <= column <= merge.right and merge.bottom > merge.top and merge.bottom - merge.top < 50
        for number in range(merge.top + 1, merge.bottom + 1)
    }
