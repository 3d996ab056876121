"""Rows below the header become people, or are nobody for a reason said in Chinese.

Speed matters: each distinct cell text is cleaned once. Columns are chosen before (columns); who is already on the
roster is decided after (domain.identity).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from jiafang_desktop.common.chinese import squeeze
from jiafang_desktop.documents.grids import Cell, SheetGrid, column_letter, text_of
from jiafang_desktop.documents.rosters import cells, titles, units
from jiafang_desktop.documents.rosters.header import Header, is_repeat
from jiafang_desktop.documents.rosters.nobody import GROUP, STATISTIC, Nobody, Place
from jiafang_desktop.documents.rosters.shapes import CellProblem, FoundPerson, SkippedRow
from jiafang_desktop.domain import roster_numbers, roster_text
from jiafang_desktop.domain.cadres import CadreContent

_OFFICE_ENDS = (
    "镇", "乡", "街道", "局", "办", "所", "站", "股", "室", "处", "庭", "科", "部", "队", "中心", "委", "组", "院",
    "村", "校", "厅", "公司", "政府", "支部",
)  # fmt: skip
_DITTO = frozenset(("同上", "〃", "″", '"', "”", "“", "''", "同前", "々", "ditto", "同左"))
_DITTO_STARTS = frozenset(word[0] for word in _DITTO) | {" ", "\u3000"}
_FILLED_DOWN = ("unit", "section", "managed_by", "staff_type", "post", "address", "unit_post")
_EXAMPLE_MARKS = frozenset("例示样范举如（(")
_LABEL_ENDS = frozenset("：:人字名章)）员")
_EXAMPLE_REMARK = re.compile(
    r"^(?:此行|本行|该行|这行|此条|以上|上行)?.{0,3}(?:示例|样例|范例)(?:行|数据|$|[，,。；;！（(]).{0,20}$|^例$|"
    r"(?:填报|填写|上报|导入|使用)(?:时|前|后)?请?(?:务必)?(?:删除|删去|删掉)(?:此|本|该)?行?|请(?:删除|删掉)(?:此|本|该)行"
)


@dataclass(frozen=True, slots=True)
class BodyContext:
    """What rows are read with: field → column, the default unit, known units for splitting, today, csv or not."""

    fields: Mapping[str, int]
    sequence: int | None
    default_unit: str | None
    group_units: bool
    page_units: bool
    known_units: Collection[str]
    today: date
    untyped: bool


@dataclass(frozen=True, slots=True)
class BodyReading:
    """The rows of one table; ``next_header`` is the index of a row where another table with other titles begins, and
    ``unit`` the unit its people belong to where something between the tables names it."""

    people: list[FoundPerson]
    skipped: list[SkippedRow]
    next_header: int | None
    unit: str | None


def read_rows(grid: SheetGrid, header: Header | None, context: BodyContext, *, start: int | None = None) -> BodyReading:
    """Every row after the header (or from row index ``start``), up to the next table of other titles."""
    return _Reader(grid, header, context, start).read()


class _Reader:
    def __init__(self, grid: SheetGrid, header: Header | None, context: BodyContext, start: int | None) -> None:
        self.grid, self.header, self.context = grid, header, context
        self.start = start if start is not None else header.bottom + 1 if header else 0
        self.name_at = context.fields["name"]
        self.plain_fields: list[tuple[str, int, str, dict[Cell, cells.Cleaned], cells.Cleaner, bool]] = []
        for name, column in context.fields.items():
            if name not in ("name", "unit_post"):
                texts: dict[Cell, cells.Cleaned] = {}
                cleaner = cells.cached_by(self._cleaner(name, column), texts)
                self.plain_fields.append((name, column, column_letter(column), texts, cleaner, name in _FILLED_DOWN))
        self.unit_post_at = context.fields.get("unit_post")
        self.fill = _filled_down(grid, context.fields, self.start)
        self.first_number = grid.numbers[self.start] if self.start < len(grid.numbers) else 0
        self.names: dict[Cell, roster_text.CleanName | None] = {}
        self.splits: dict[str, tuple[str | None, str | None, bool]] = {}
        self.people: list[FoundPerson] = []
        self.skipped: list[SkippedRow] = []
        self.above: dict[str, Cell] = {}
        place = Place(self.name_at, context.sequence, len(context.fields), context.group_units, context.page_units)
        self.nobody = Nobody(grid, header, place)
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
            if name is not None and not self._looks_odd(row):
                self._person(number, row, name, raw)
            elif self._other_header(row):
                self.nobody.turn_page()
                return BodyReading(self.people, self.skipped, at, self.nobody.group_unit)
            else:
                self._odd_row(number, row, raw)
        last = max(
            self.people[-1].row if self.people else 0,
            *(item.row for item in self.skipped if item.reason[:2] != "空行"),
            0,
        )
        while self.skipped and self.skipped[-1].row > last:
            self.skipped.pop()  # what follows the last written row is no gap
        return BodyReading(self.people, self.skipped, None, None)

    def _looks_odd(self, row: list[Cell]) -> bool:
        """Whether a plain name may still be an example's, or the signature of whoever filled in the table."""
        first = row[0]
        if type(first) is str and first and first[0] in _EXAMPLE_MARKS:
            return True
        at = self.name_at
        while at and row[at - 1] == "":
            at -= 1
        before = row[at - 1] if at else ""
        return type(before) is str and before[-1:] in _LABEL_ENDS and self.nobody.signs(row)

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
        reason = self.nobody.reason(number, row, text_of(raw).strip(), filled)
        if reason is not None:
            self._skip(number, reason)
            return
        name = roster_text.clean_name(roster_numbers.without_id_numbers(text_of(raw))[0])
        self._person(number, row, name, raw)

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
                elif type(cell) is str and cell[0] in _DITTO_STARTS and squeeze(cell) in _DITTO:
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
                problems.append(CellProblem(letter, cells.shown(cell), problem, field))
        if self.unit_post_at is not None:
            self._split(number, row, values, originals, problems)
        remark = values.get("remark")
        if (remark and _EXAMPLE_REMARK.search(remark)) or (
            number <= self.first_number + 5 and any(map(_says_example, row))
        ):
            self._skip(number, "填写示例，不是人")
            return
        alone = not values
        if "unit" not in values:
            unit = self.nobody.group_unit or self.context.default_unit
            if unit:
                values["unit"] = unit
            elif "unit" in self.context.fields:
                problems.append(CellProblem(column_letter(self.context.fields["unit"]), None, "没有填单位", "unit"))
        self._name_marks(name, raw, values, originals, problems)
        doubtful = name.doubt is not None
        # A mere name where people are numbered may be a signature; without a known surname it may be any word.
        strange = name.name[:1] not in roster_text.SURNAMES or self.context.sequence is not None
        if not doubtful and alone and strange and len(self.context.fields) > 1 and not self.nobody.numbered(row):
            doubtful = True
            problems.append(
                CellProblem(column_letter(self.name_at), name.name, "这一行只有一个词，请核对是不是人名", "name")
            )
        self.people.append(
            FoundPerson(number, CadreContent(name=name.name, originals=originals, **values), tuple(problems), doubtful)
        )

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
            problems.append(CellProblem(letter, cells.shown(raw), name.doubt, "name"))
        if name.note is not None:
            problems.append(CellProblem(letter, None if name.private else cells.shown(raw), name.note, "name"))
        if raw != name.name and not name.private:
            originals["name"] = roster_numbers.without_id_numbers(text_of(raw))[0]
        if name.gender is not None:
            if values.get("gender") not in (None, name.gender):
                problems.append(CellProblem(letter, cells.shown(raw), "姓名后写的性别与性别栏不一致，请核对", "gender"))
            else:
                values["gender"] = name.gender
        if name.phone is not None:
            values.setdefault("phone", name.phone)

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
        text = roster_numbers.without_id_numbers(text_of(cell))[0].strip()
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

    def _cleaner(self, field: str, column: int) -> cells.Cleaner:
        context = self.context
        column_cells = (row[column] for row in self.grid.rows[self.start :] if column < len(row))
        return cells.cleaner_for(field, cells=column_cells, today=context.today, untyped=context.untyped)

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
    if (
        name.doubt is not None
        or roster_text.is_not_a_name(name.name)
        or titles.is_word(raw)
        or titles.is_word(name.name)
    ):
        return None
    if (len(raw) > 4 and titles.is_known(raw)) or (len(name.name) > 2 and name.name.endswith(_OFFICE_ENDS)):
        return None
    if len(name.name) > 3 and STATISTIC.search(name.name):
        return None
    return name if len(name.name) <= 3 or not GROUP.search(name.name) else None


def _says_example(cell: Cell) -> bool:
    return type(cell) is str and 3 < len(cell) < 60 and bool(_EXAMPLE_REMARK.search(cell))


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
