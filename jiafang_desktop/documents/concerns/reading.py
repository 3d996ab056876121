"""A table of people and what they ask for becomes concerns: the roster's reader finds the people, this the rest.

Titles' meaning is in titles, cells' in domain.concern_words. Pure: grids in, a frozen reading out.
"""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from jiafang_desktop.common.chinese import squeeze, tidy
from jiafang_desktop.common.errors import UserError
from jiafang_desktop.documents import rosters
from jiafang_desktop.documents.concerns import titles
from jiafang_desktop.documents.concerns.titles import CONCERN_FIELDS, PERSON_FIELDS
from jiafang_desktop.documents.grids import Cell, DateCell, SheetGrid, Workbook, column_index, column_letter, text_of
from jiafang_desktop.documents.rosters import titles as roster_titles
from jiafang_desktop.documents.rosters.shapes import (
    CellProblem,
    FoundPerson,
    KnownRoster,
    Question,
    RosterOptions,
    RosterReading,
)
from jiafang_desktop.domain import concern_words, roster_numbers
from jiafang_desktop.domain.concerns import ConcernContent

_SEARCHED_ROWS = 120
_SAMPLE = 300
_SAME_PERSON = "与上一行是同一人"  # how the roster's reader begins its reason for merged name cells
_LONGEST_PASTE = 5_000_000


@dataclass(frozen=True, slots=True)
class FoundConcern:
    """One row that is somebody's concern. ``doubtful`` rows need an eye before they may be stored."""

    row: int
    content: ConcernContent
    level: str | None
    problems: tuple[CellProblem, ...] = ()
    doubtful: bool = False


@dataclass(frozen=True, slots=True)
class ConcernReading:
    """What was recognised: ``table`` says where and how (its people are left out), ``concerns`` are the rows."""

    table: RosterReading
    concerns: tuple[FoundConcern, ...]


def pasted(text: str) -> Workbook:
    """Cells copied from a table as a workbook of one sheet.

    Raises:
        UserError: ``not_a_roster`` when nothing was copied, ``too_large``.
    """
    if len(text) > _LONGEST_PASTE:
        raise UserError("too_large", "复制的内容太多。", hint="请改用导入文件。")
    grid = SheetGrid("剪贴板")
    csv.field_size_limit(1_000_000)
    lines = csv.reader(io.StringIO(text.replace("\r\n", "\n").replace("\x00", "")), delimiter="\t")
    for number, cells in enumerate(lines, start=1):
        row: list[Cell] = [cell.strip() for cell in cells]
        while row and row[-1] == "":
            row.pop()
        if row:
            grid.numbers.append(number)
            grid.rows.append(row)
    if not grid.rows:
        raise UserError("not_a_roster", "剪贴板里没有表格内容。", hint="请先在Excel或WPS里选中各行，复制后再粘贴。")
    return Workbook("csv", (grid,))


def read(
    workbook: Workbook, *, options: RosterOptions, known: KnownRoster, source: str, at_county: bool
) -> ConcernReading:
    """Recognise the concerns of a workbook.

    Args:
        options: its ``columns`` may name concern fields too. source: where concerns without a column come from.

    Raises:
        UserError: ``not_a_roster ambiguous_layout not_found unknown_field``, as the roster's reader.
    """
    chosen = _chosen(options)
    people = {name: letters for name, letters in options.columns.items() if name not in CONCERN_FIELDS}
    known = replace(known, column_maps={
        mark: {name: letters for name, letters in kept.items() if name not in CONCERN_FIELDS}
        for mark, kept in known.column_maps.items()
    })  # fmt: skip
    translated = Workbook(workbook.format, tuple(map(_translated, workbook.sheets)))
    table = rosters.read(translated, options=replace(options, columns=people), known=known)
    grid = next(grid for grid in translated.sheets if grid.name == table.sheet)
    return _Table(grid, table, chosen, options, source=source, at_county=at_county).read()


def _chosen(options: RosterOptions) -> dict[str, int]:
    """Concern fields whose column a person named, by option or by answering the question for the text."""
    given = {name: letters for name, letters in options.columns.items() if name in CONCERN_FIELDS}
    answer = options.answers.get("column:text")
    if answer:
        given["text"] = answer.split()[0].rstrip("列")
    for name in options.columns:
        if name not in CONCERN_FIELDS and name not in PERSON_FIELDS and name != "unit_post":
            raise UserError(
                "unknown_field", f"没有叫“{name}”的栏目。",
                hint="可用的栏目：" + " ".join((*PERSON_FIELDS, *CONCERN_FIELDS)), details={"field": name},
            )  # fmt: skip
    found = {}
    for name, letters in given.items():
        try:
            found[name] = column_index(letters)
        except ValueError:
            raise UserError(
                "not_found", f"“{letters}”不是列号。", hint="列号写Excel顶上的字母，例如 text=D。"
            ) from None
    return found


def _translated(grid: SheetGrid) -> SheetGrid:
    """The grid with 诉求人, 反映人 … of its title row called 姓名, so that the roster's reader finds the people."""
    rows = grid.rows
    for at, row in enumerate(rows[:_SEARCHED_ROWS]):
        texts = [cell if isinstance(cell, str) and len(cell) < 40 else "" for cell in row]
        own = sum(1 for text in texts if text and titles.field_of(text) is not None)
        if not own:
            continue
        wanted: dict[str, tuple[int, int]] = {}
        for column, text in enumerate(texts):
            person = titles.person_title(text) if text else None
            if person is not None and (person[0] not in wanted or person[1] < wanted[person[0]][0]):
                wanted[person[0]] = (person[1], column)
        standing = {found[0] for text in texts if text and (found := roster_titles.field_of(text)) is not None}
        fields = {"姓名": "name", "单位": "unit", "职务": "post"}
        changes = {column: title for title, (_, column) in wanted.items() if fields[title] not in standing}
        if any(title == "姓名" for title in changes.values()) or (wanted and changes):
            fresh = [changes.get(column, cell) for column, cell in enumerate(row)]
            rows = [*rows[:at], fresh, *rows[at + 1 :]]
    return grid if rows is grid.rows else replace(grid, rows=rows)


class _Table:
    """One sheet whose people were found: which column says what of their concerns, and the rows."""

    def __init__(
        self, grid: SheetGrid, table: RosterReading, chosen: Mapping[str, int], options: RosterOptions, *, source: str,
        at_county: bool,
    ) -> None:  # fmt: skip
        self.grid, self.table, self.options, self.source, self.at_county = grid, table, options, source, at_county
        self.index = {number: at for at, number in enumerate(grid.numbers)}
        self.start = self.index.get(table.header_row, -1) + 1
        self.merged = {
            (row, merge.left): merge.top
            for merge in grid.merges if merge.left == merge.right and merge.bottom - merge.top < 50
            for row in range(merge.top + 1, merge.bottom + 1)
        }  # fmt: skip
        self.columns = {name: at for name in PERSON_FIELDS if (at := _index(table.columns.get(name))) is not None}
        self.questions = list(table.questions)
        self.notes = list(table.notes)
        self._plan(chosen)

    # ------------------------------------------------------------------------------------ columns

    def _plan(self, chosen: Mapping[str, int]) -> None:
        taken = set(self.columns.values()) | {column_index(item.column) for item in self.table.left_out if item.private}
        found: dict[str, list[tuple[int, int]]] = {}
        for letter, title in self.table.titles.items():
            column = column_index(letter)
            meaning = self._meaning(title) if column not in taken else None
            if meaning is not None:
                found.setdefault(meaning[0], []).append((meaning[1], column))
        for name, candidates in found.items():
            for _, column in sorted(candidates):
                if name == "text" or self._says(name, column):
                    self.columns[name] = column
                    break
                self.notes.append(f"{column_letter(column)}列“{self._title(column)}”看不出{_called(name)}，没有读。")
        for name, column in chosen.items():
            if column not in taken:
                self.columns = {other: at for other, at in self.columns.items() if at != column} | {name: column}
        if "text" not in self.columns:
            self._ask_text(taken)

    def _meaning(self, title: str) -> tuple[str, int] | None:
        whole = titles.field_of(title.replace(" ", ""))
        return whole or titles.field_of(title.split()[-1])

    def _title(self, column: int) -> str:
        return squeeze(self.table.titles.get(column_letter(column), ""))

    def _sample(self, column: int) -> list[Cell]:
        rows = self.grid.rows[self.start : self.start + _SAMPLE]
        return [row[column] for row in rows if column < len(row) and row[column] != ""]

    def _says(self, name: str, column: int) -> bool:
        """Whether a column holds what its title promises: a 级别 of 正科级 is no 困难程度."""
        values = self._sample(column)
        return not values or sum(self._value(name, cell)[0] is not None for cell in values) * 2 >= len(values)

    def _ask_text(self, taken: set[int]) -> None:
        taken = taken | set(self.columns.values())
        lengths = {
            column: sum(len(text_of(cell)) for cell in values) / len(values)
            for column in range(min(self.grid.width, 60))
            if column not in taken and (values := self._sample(column))
        }
        likely = sorted(lengths, key=lambda column: -lengths[column])
        options = tuple(column_letter(column) for column in likely)
        self.questions.append(
            Question("column:text", "missing_column", "看不出哪一列写的是诉求内容，请指明。", options)
        )

    # ------------------------------------------------------------------------------------ rows

    def read(self) -> ConcernReading:
        """The rows in the sheet's order, those of merged name cells with the person above."""
        by_row = {person.row: person for person in self.table.people}
        skipped = []
        for item in self.table.skipped:
            above = by_row.get(item.row - 1) if item.reason.startswith(_SAME_PERSON) else None
            if above is not None and self._cell("text", item.row) != "":
                by_row[item.row] = replace(above, row=item.row)
            else:
                skipped.append(item)
        concerns = tuple(self._concern(by_row[number]) for number in sorted(by_row))
        wanted, mark = (*PERSON_FIELDS, *CONCERN_FIELDS), self.table.fingerprint
        columns = {name: column_letter(self.columns[name]) for name in wanted if name in self.columns}
        table = replace(
            self.table, people=(), skipped=tuple(skipped), columns=columns, questions=tuple(self.questions),
            notes=tuple(dict.fromkeys(self.notes)),
            fingerprint=bare_mark(self.grid) if mark.startswith("none:") else mark,
        )  # fmt: skip
        return ConcernReading(table, concerns)

    def _cell(self, name: str, number: int) -> Cell:
        """A field's cell in a row, that of a range merged downwards where it covers the row."""
        column, at = self.columns.get(name), self.index.get(number)
        if column is None or at is None:
            return ""
        if (number, column) in self.merged:
            at = self.index.get(self.merged[number, column], at)
        row = self.grid.rows[at]
        return row[column] if column < len(row) else ""

    def _concern(self, person: FoundPerson) -> FoundConcern:
        fields = ("name", "unit", "section", "post")
        problems = [problem for problem in person.problems if problem.field in (None, *fields)]
        values: dict[str, Any] = {"source": self.source}
        for name in CONCERN_FIELDS[1:]:
            cell = self._cell(name, person.row)
            if text_of(cell).strip() == "":
                continue
            value, problem = self._value(name, cell)
            if problem is not None:
                shown = roster_numbers.without_id_numbers(tidy(text_of(cell)))[0][:60]
                problems.append(CellProblem(column_letter(self.columns[name]), shown, problem, name))
            if value is not None and value != "":
                values[name] = value
        text = self._text(person.row, problems)
        level = values.pop("level", None)
        content = ConcernContent(
            name=person.content.name, unit=person.content.unit, section=person.content.section,
            post=person.content.post, text=text, **values,
        )  # fmt: skip
        homeless = self.at_county and not content.unit
        if homeless:
            problems.append(CellProblem(None, None, "没有写单位，分不出交给哪个单位", "unit"))
        doubtful = person.doubtful or not text or homeless
        return FoundConcern(person.row, content, level, tuple(problems), doubtful)

    def _text(self, row: int, problems: list[CellProblem]) -> str:
        letter = column_letter(self.columns["text"]) if "text" in self.columns else None
        typed = text_of(self._cell("text", row)).replace("\r\n", "\n").strip()
        lines = [roster_numbers.without_id_numbers(line) for line in typed.split("\n")]
        text = "\n".join(line for line, _ in lines)
        if any(removed for _, removed in lines):
            problems.append(CellProblem(letter, None, "内容里的身份证号码没有保存", "text"))
        if not text.strip():
            problems.append(CellProblem(letter, None, "没有写诉求内容", "text"))
        return text.strip()

    def _value(self, name: str, cell: Cell) -> tuple[Any, str | None]:
        """A cell's value for a field and what is wrong with it; "" says that there is none."""
        text = tidy(text_of(cell))
        if name == "raised_on":
            number = type(cell) in (int, float)
            day = concern_words.day_of(str(cell) if type(cell) is DateCell else text, today=self.options.today,
                                       number=number)  # fmt: skip
            return day.value, day.problem
        if name == "source":
            source = concern_words.source_of(text)
            return source, None if source else "看不出是从哪里来的"
        if name == "level":
            level = "" if not text.strip("/-—无") else concern_words.level_of(text)
            return level, None if level is not None else "看不出困难程度"
        if concern_words.says_nothing(text):
            return "", None
        priority = concern_words.priority_of(text)
        return priority, None if priority else "不是优先家访的情形，按一般情况"


def bare_mark(grid: SheetGrid) -> str:
    """The mark of a layout whose titles nobody understood: what stands in its first row of several cells."""
    several = (row for row in grid.rows[:5] if sum(text_of(cell).strip() != "" for cell in row) > 1)
    words = "\n".join(squeeze(text_of(cell)) for cell in next(several, grid.rows[0] if grid.rows else []))
    return "none:" + hashlib.sha256(words.encode("utf-8", "surrogatepass")).hexdigest()[:24]


def _index(letters: str | None) -> int | None:
    return column_index(letters) if letters else None


def _called(name: str) -> str:
    return titles.FIELD_TITLES[name]
