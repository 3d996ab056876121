"""Rows below the header become people, or are nobody for a reason said in Chinese.

Speed matters: each distinct cell text is cleaned once. Columns are chosen before (columns); who is already on the
roster is decided after (domain.identity).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from jiafang_desktop.documents.grids import Cell, SheetGrid, text_of
from jiafang_desktop.documents.rosters import titles
from jiafang_desktop.documents.rosters.header import Header, is_repeat
from jiafang_desktop.documents.rosters.nobody import GROUP, STATISTIC, Nobody, Place
from jiafang_desktop.documents.rosters.person import BodyContext, PersonMaker
from jiafang_desktop.documents.rosters.shapes import FoundPerson, SkippedRow
from jiafang_desktop.domain import roster_numbers, roster_text

__all__ = ["BodyContext", "BodyReading", "read_rows"]

_OFFICE_ENDS = (
    "镇", "乡", "街道", "局", "办", "所", "站", "股", "室", "处", "庭", "科", "部", "队", "中心", "委", "组", "院",
    "村", "校", "厅", "公司", "政府", "支部",
)  # fmt: skip
_ORDINARY = re.compile(r"[\u4e00-\u9fff]{2,3}")
_EXAMPLE_MARKS = frozenset("例示样范举如（(")
_LABEL_ENDS = frozenset("：:人字名章)）员")


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
        self.names: dict[Cell, roster_text.CleanName | None] = {}
        self.people: list[FoundPerson] = []
        self.skipped: list[SkippedRow] = []
        place = Place(self.name_at, context.sequence, len(context.fields), context.group_units, context.page_units)
        self.nobody = Nobody(grid, header, place)
        self.maker = PersonMaker(grid, context, self.start, self.nobody)

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
                self._person(at, name, raw)
            elif self._other_header(row):
                self.nobody.turn_page()
                return BodyReading(self.people, self.skipped, at, self.nobody.group_unit)
            else:
                self._odd_row(at, raw)
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

    def _person(self, at: int, name: roster_text.CleanName, raw: Cell) -> None:
        person = self.maker.plain(at, name, raw) or self.maker.make(at, name, raw)
        if person is not None:
            self.people.append(person)
        else:
            self._skip(self.grid.numbers[at], "填写示例，不是人")

    def _odd_row(self, at: int, raw: Cell) -> None:
        """A row whose name cell is not plainly one person's name."""
        number, row = self.grid.numbers[at], self.grid.rows[at]
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
        self._person(at, name, raw)


def _certain_name(raw: Cell) -> roster_text.CleanName | None:
    """The clean name when the cell is plainly one person's; None sends the row to a closer look."""
    if type(raw) is not str or not raw:
        return None
    if _ORDINARY.fullmatch(raw) and raw[0] in roster_text.SURNAMES:
        # The many: nothing in them to clean, nothing that could be an office or a word of the table.
        known = roster_text.is_not_a_name(raw) or titles.is_word(raw) or raw.endswith(_OFFICE_ENDS)
        if not known:
            return roster_text.CleanName(raw)
    if roster_text.is_placeholder(raw) or not roster_text.looks_like_name(raw):
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
