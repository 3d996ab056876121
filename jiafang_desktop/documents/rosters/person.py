"""One row becomes a person: fields cleaned, merged and ditto cells filled, 单位及职务 taken apart, doubts said.

Most rows of a long roster have nothing odd about them: their columns are cleaned beforehand, each distinct text once,
and such a row costs one look. Which rows are people is body's to say.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import repeat
from typing import Any

from jiafang_desktop.common.chinese import squeeze
from jiafang_desktop.documents.grids import Cell, DateCell, SheetGrid, column_letter, text_of
from jiafang_desktop.documents.rosters import cells, units
from jiafang_desktop.documents.rosters.nobody import Nobody
from jiafang_desktop.documents.rosters.shapes import CellProblem, FoundPerson
from jiafang_desktop.domain import roster_numbers, roster_text
from jiafang_desktop.domain.cadres import CADRE_FIELDS, CadreContent

_DITTO = frozenset(("同上", "〃", "″", '"', "”", "“", "''", "同前", "々", "ditto", "同左"))
_DITTO_STARTS = frozenset(word[0] for word in _DITTO) | {" ", "\u3000"}
_FILLED_DOWN = ("unit", "section", "managed_by", "staff_type", "post", "address", "unit_post")
_EXAMPLE_REMARK = re.compile(
    r"^(?:此行|本行|该行|这行|此条|以上|上行)?.{0,3}(?:示例|样例|范例)(?:行|数据|$|[，,。；;！（(]).{0,20}$|^例$|"
    r"(?:填报|填写|上报|导入|使用)(?:时|前|后)?请?(?:务必)?(?:删除|删去|删掉)(?:此|本|该)?行?|请(?:删除|删掉)(?:此|本|该)行"
)
_MOST_FILLED = 2_000_000  # cells under merged ranges; more is no roster
_EXAMPLE_ROWS = 5  # below the header
_ODD: Any = object()  # a cell that needs a closer look: a problem, an original to keep, a ditto mark


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


class PersonMaker:
    """Makes people of one table's rows; rows are asked for from top to bottom."""

    def __init__(self, grid: SheetGrid, context: BodyContext, start: int, nobody: Nobody) -> None:
        self.grid, self.context, self.start, self.nobody = grid, context, start, nobody
        self.name_at = context.fields["name"]
        self.unit_post_at = context.fields.get("unit_post")
        self.fill = _filled_down(grid, context.fields, start)
        self.carries_units = self._unit_given_once_per_group()
        self.first_number = grid.numbers[start] if start < len(grid.numbers) else 0
        self.splits: dict[str, tuple[str | None, str | None, bool]] = {}
        self.persons: list[int] = []  # row indexes of the people so far
        self.above: dict[str, tuple[int, Cell]] = {}
        self.plain_fields: list[tuple[str, int, str, dict[Cell, cells.Cleaned], cells.Cleaner, bool]] = []
        for name, column in context.fields.items():
            if name not in ("name", "unit_post"):
                texts: dict[Cell, cells.Cleaned] = {}
                cleaner = cells.cached_by(self._cleaner(name, column), texts)
                self.plain_fields.append((name, column, column_letter(column), texts, cleaner, name in _FILLED_DOWN))
        self.unit_column = "unit" in context.fields
        self.keeping: list[tuple[str, int, int]] = []  # field, column, place among a row's clean values
        self.ready = self._ready()

    # ------------------------------------------------------------------------------------ rows with nothing odd

    def _ready(self) -> list[tuple[Any, ...]]:
        """Each row's clean values in CADRE_FIELDS' order, ``_ODD`` where a cell needs a closer look."""
        if self.unit_post_at is not None:
            return []
        columns: dict[str, Iterable[Any]] = {
            field: self._ready_column(field, column, cleaner) for field, column, _, _, cleaner, _ in self.plain_fields
        }
        if not columns:
            return []
        return list(zip(*(columns.get(field, repeat(None)) for field in CADRE_FIELDS[1:]), strict=False))

    def _ready_column(self, field: str, column: int, cleaner: cells.Cleaner) -> list[Any]:
        down = field in _FILLED_DOWN
        blank = _ODD if down and (self.fill or (field == "unit" and self.carries_units)) else None
        values = _Ready(cleaner, down=down, remark=field == "remark")
        values[""] = blank
        of = values.of
        ready = [
            (values[cell] if type(cell := row[column]) is str else of(cell)) if len(row) > column else blank
            for row in self.grid.rows[self.start :]
        ]
        if values.keeps:
            self.keeping.append((field, column, CADRE_FIELDS.index(field) - 1))
        return ready

    def plain(self, at: int, name: roster_text.CleanName, raw: Cell) -> FoundPerson | None:
        """The person of a row with nothing odd in it; None sends it to ``make``."""
        number = self.grid.numbers[at]
        if raw != name.name or not self.ready or number <= self.first_number + _EXAMPLE_ROWS or name.doubt is not None:
            return None
        values = self.ready[at - self.start]
        if _ODD in values or values.count(None) == len(values):
            return None
        if values[0] is None:
            if self.unit_column:
                return None
            values = (self.nobody.group_unit or self.context.default_unit, *values[1:])
        self.persons.append(at)
        originals: dict[str, str] = {}
        row = self.grid.rows[at]
        for field, column, place in self.keeping:
            cell: Cell = row[column] if column < len(row) else ""
            value = values[place]
            if value is not None and value != cell and type(cell) is not DateCell:
                text = text_of(cell)
                if text != value:
                    originals[field] = text
        filled = (*values, originals)
        return FoundPerson(number, CadreContent(name.name, *filled))

    # ------------------------------------------------------------------------------------ one person, cell by cell

    def make(self, at: int, name: roster_text.CleanName, raw: Cell) -> FoundPerson | None:
        """The person of row index ``at``, looked at cell by cell; None for a filled-in example."""
        number, row = self.grid.numbers[at], self.grid.rows[at]
        values: dict[str, str | None] = {}
        originals: dict[str, str] = {}
        problems: list[CellProblem] = []
        width = len(row)
        for field, column, letter, texts, cleaner, filled_down in self.plain_fields:
            cell = row[column] if column < width else ""
            if filled_down:
                if cell == "":
                    cell = self._from_above(field, at, column)
                elif _is_ditto(cell):
                    cell = self._above(field, at, column)
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
            self._split(at, values, originals, problems)
        remark = values.get("remark")
        if (remark and _EXAMPLE_REMARK.search(remark)) or (
            number <= self.first_number + 5 and any(map(_says_example, row))
        ):
            return None
        self.persons.append(at)
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
        content = CadreContent(name=name.name, originals=originals, **values)
        return FoundPerson(number, content, tuple(problems), doubtful)

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

    def _from_above(self, field: str, at: int, column: int) -> Cell:
        covered = self.fill.get((self.grid.numbers[at], column))
        if covered is not None:
            return covered
        return self._above(field, at, column) if field == "unit" and self.carries_units else ""

    def _above(self, field: str, at: int, column: int) -> Cell:
        """What the nearest person above has in a column, ditto marks and blanks passed over."""
        seen, value = self.above.get(field, (-1, ""))
        for before in reversed(self.persons):
            if before <= seen:
                break
            row = self.grid.rows[before]
            cell: Cell = row[column] if column < len(row) else ""
            cell = self.fill.get((self.grid.numbers[before], column), "") if cell == "" else cell
            if cell != "" and not _is_ditto(cell):
                value = cell
                break
        if self.persons:
            self.above[field] = (self.persons[-1], value)
        return value

    def _split(
        self,
        at: int,
        values: dict[str, str | None],
        originals: dict[str, str],
        problems: list[CellProblem],
    ) -> None:
        column = self.unit_post_at
        assert column is not None
        row = self.grid.rows[at]
        cell: Cell = row[column] if column < len(row) else ""
        cell = self.fill.get((self.grid.numbers[at], column), "") if cell == "" else cell
        cell = self._above("unit_post", at, column) if _is_ditto(cell) else cell
        text = roster_numbers.without_id_numbers(text_of(cell))[0].strip()
        if not text or roster_text.is_blank(text):
            return
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


class _Ready(dict[Any, Any]):
    """Text → its clean value, or ``_ODD``; filled as texts are met."""

    def __init__(self, cleaner: cells.Cleaner, *, down: bool, remark: bool) -> None:
        super().__init__()
        self._cleaner, self._down, self._remark = cleaner, down, remark
        self.keeps = False  # whether cleaning changed some text, which then stays beside the value

    def __missing__(self, cell: str) -> Any:
        odd = (self._down and _is_ditto(cell)) or (self._remark and _EXAMPLE_REMARK.search(cell))
        value = self[cell] = _ODD if odd else self.of(cell)
        return value

    def of(self, cell: Cell) -> Any:
        """The value of a cell that is no plain text (numbers and dates may equal one another as keys)."""
        value, original, problem = self._cleaner(cell)
        if problem is not None:
            return _ODD
        if original is None:
            return _ODD if type(cell) is str and value is not None and value != cell else value
        self.keeps = True
        return value if value is not None and original == text_of(cell) else _ODD


def _is_ditto(cell: Cell) -> bool:
    return type(cell) is str and cell[:1] in _DITTO_STARTS and squeeze(cell) in _DITTO


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
        if len(fill) > _MOST_FILLED:
            break
        if index is None:
            index = {number: at for at, number in enumerate(grid.numbers)}
        at = index.get(merge.top)
        if at is None or merge.left not in columns or merge.left >= len(grid.rows[at]):
            continue
        value = grid.rows[at][merge.left]
        for below in range(at + 1, len(grid.numbers)) if value != "" else ():
            if grid.numbers[below] > merge.bottom:
                break
            fill[(grid.numbers[below], merge.left)] = value
    return fill
