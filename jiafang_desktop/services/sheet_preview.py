"""What every preview of a stranger's table shows: its questions, and the sheet as it is with what is wrong marked.

Shared by rosters and concerns. What stands in identity-card or ethnicity columns is never shown.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

from jiafang_desktop.documents.grids import SheetGrid, column_index, column_letter, text_of
from jiafang_desktop.documents.rosters.shapes import CellProblem, Question, RosterReading
from jiafang_desktop.domain import roster_numbers

_HIDDEN_TEXT = "（不导入）"
_ETHNIC_TAIL = re.compile(r"[\u4e00-\u9fff]{1,5}族")


class PreviewRow(Protocol):
    """A row of the sheet that was understood."""

    @property
    def row(self) -> int:
        """The number Excel shows."""

    @property
    def status(self) -> str:
        """new, same, changed or check."""

    @property
    def problems(self) -> tuple[CellProblem, ...]:
        """Cells that need an eye."""


@dataclass(frozen=True, slots=True)
class GridLine:
    """A sheet's row as shown: ``kind`` above, header, person or skipped; ``marks`` column index → what is wrong."""

    number: int
    cells: tuple[str, ...]
    kind: str
    status: str | None
    note: str | None
    marks: Mapping[int, str]


class SheetPreview:
    """The part of a preview that is about the sheet; the frozen previews give it their fields."""

    reading: RosterReading
    questions: tuple[Question, ...]
    grid: SheetGrid
    answers: Mapping[str, str]

    def _rows(self) -> Sequence[PreviewRow]:
        raise NotImplementedError

    @property
    def open_questions(self) -> tuple[Question, ...]:
        """Questions that stop the import until they are answered."""
        return tuple(q for q in self.questions if not q.informs and q.id not in self.answers)

    # ------------------------------------------------------------------------------------ the sheet as it is

    @property
    def row_count(self) -> int:
        """How many used rows the sheet has."""
        return len(self.grid.rows)

    @cached_property
    def letters(self) -> tuple[str, ...]:
        """Excel's column letters, as many as are used (at most 200)."""
        return tuple(column_letter(at) for at in range(min(self.grid.width, 200)))

    @cached_property
    def field_of_column(self) -> dict[int, str]:
        """Column index → recognised field (a combined 单位及职务 column says post)."""
        return {column_index(letters): name for name, letters in self.reading.columns.items()}

    @cached_property
    def private_columns(self) -> frozenset[int]:
        """Columns whose content is neither shown nor stored."""
        return frozenset(column_index(item.column) for item in self.reading.left_out if item.private)

    @cached_property
    def _by_row(self) -> tuple[dict[int, PreviewRow], dict[int, str]]:
        return {found.row: found for found in self._rows()}, {item.row: item.reason for item in self.reading.skipped}

    def lines(self, start: int, count: int) -> list[GridLine]:
        """A window of the sheet's used rows, from index ``start``; identity and ethnicity cells are masked."""
        rows, skipped = self._by_row
        found = []
        for at in range(max(start, 0), min(start + count, len(self.grid.rows))):
            number = self.grid.numbers[at]
            person = rows.get(number)
            if number <= self.reading.header_row:
                kind = "header" if number == self.reading.header_row else "above"
            else:
                kind = "person" if person else "skipped"
            marks = {column_index(p.column): p.message for p in person.problems if p.column} if person else {}
            found.append(
                GridLine(
                    number, self._shown(at, kind), kind, person.status if person else None, skipped.get(number), marks
                )
            )
        return found

    def _shown(self, at: int, kind: str) -> tuple[str, ...]:
        row = self.grid.rows[at]
        names = column_index(self.reading.columns.get("name", "A"))
        shown = []
        for column in range(len(self.letters)):
            text = text_of(row[column]) if column < len(row) else ""
            if kind in ("person", "skipped") and text and column in self.private_columns:
                text = _HIDDEN_TEXT
            elif column == names and "族" in text and kind in ("person", "skipped"):
                text = _ETHNIC_TAIL.sub(_HIDDEN_TEXT, text)
            elif len(text) >= 15:
                text = roster_numbers.without_id_numbers(text)[0]
            shown.append(text)
        return tuple(shown)
