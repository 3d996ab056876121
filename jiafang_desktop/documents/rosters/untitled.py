"""A first row whose titles nobody understands (提交者 | 来自 | 写了什么): told from a person by how it stands out.

Only asked of sheets without a title that names people; what the columns mean is then for a person to say.
"""

from __future__ import annotations

import re

from jiafang_desktop.common.chinese import squeeze
from jiafang_desktop.documents.grids import Cell, SheetGrid, text_of
from jiafang_desktop.domain import roster_text

_SEARCHED_ROWS = 5
_COMPARED_ROWS = 300
_LONGEST_TITLE = 12
_VALUE = re.compile(r"\d{2}|[。！？；，]")  # dates, phones and sentences are no titles
_PERSON_TITLE = re.compile(r"(?:人|者|员|名|名称|姓|对象|信息|用户)$")  # 申请人 and 花名 begin as surnames do


def title_row(grid: SheetGrid, name_column: int) -> int | None:
    """The index of the row of titles above the people of ``name_column``; None where the people begin at once."""
    for at, row in enumerate(grid.rows[:_SEARCHED_ROWS]):
        filled = [(column, cell) for column, cell in enumerate(row) if text_of(cell).strip()]
        if len(filled) < 2:
            continue
        below = grid.rows[at + 1 : at + 1 + _COMPARED_ROWS]
        named = squeeze(text_of(row[name_column])) if name_column < len(row) else ""
        if below and _is_no_person(named) and all(_is_title(cell, column, below) for column, cell in filled):
            return at
        return None
    return None


def _is_no_person(text: str) -> bool:
    return not roster_text.looks_like_name(text) or _PERSON_TITLE.search(text) is not None


def _is_title(cell: Cell, column: int, below: list[list[Cell]]) -> bool:
    """Whether the words are short, say no value, and stand nowhere else in their column."""
    text = squeeze(text_of(cell))
    if not isinstance(cell, str) or len(text) > _LONGEST_TITLE or _VALUE.search(text):
        return False
    return all(column >= len(row) or squeeze(text_of(row[column])) != text for row in below)
