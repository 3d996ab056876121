"""The plain grid a stranger's file becomes: used cells only, numbers as numbers, dates marked as dates.

Shapes and the wording of one cell; reading files is the worker's, finding people is rosters'.
"""

from __future__ import annotations

from dataclasses import dataclass, field


class DateCell(str):
    """A cell the file itself marks as a date, as ISO text (``1975-03-01`` or with a time)."""

    __slots__ = ()


# "" is an empty cell. A formula gives its cached value.
Cell = str | int | float | bool


@dataclass(frozen=True, slots=True)
class Merge:
    """A merged range; rows and columns count from 1 and 0, both ends included."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(slots=True)
class SheetGrid:
    """One sheet. ``numbers[i]`` is the row number Excel shows (from 1) of ``rows[i]``; wholly empty rows are left out
    and cells after a row's last used one too. Treated as read-only once read; a plain dataclass because 50,000 rows are
    appended to it one by one."""

    name: str
    hidden: bool = False
    numbers: list[int] = field(default_factory=list)
    rows: list[list[Cell]] = field(default_factory=list)
    merges: tuple[Merge, ...] = ()
    hidden_rows: frozenset[int] = frozenset()

    @property
    def width(self) -> int:
        """How many columns are used."""
        return max(map(len, self.rows), default=0)


@dataclass(frozen=True, slots=True)
class Workbook:
    """A read file: ``format`` is xlsx, xls, csv, html or xml2003, by content."""

    format: str
    sheets: tuple[SheetGrid, ...]


def text_of(cell: Cell) -> str:
    """A cell as a person reads it: numbers with all their digits, never scientific; whole floats without .0."""
    if type(cell) is str or type(cell) is DateCell:
        return cell
    if type(cell) is float:
        if cell.is_integer() and abs(cell) < 1e17:
            return str(int(cell))
        text = repr(cell)
        if "e" in text or "E" in text:
            from decimal import Decimal

            return format(Decimal(text), "f")
        return text
    if type(cell) is bool:
        return "是" if cell else "否"
    return str(cell)


def column_letter(index: int) -> str:
    """0 → A, 26 → AA."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def column_index(letters: str) -> int:
    """A → 0; ValueError for anything that is no column up to XFD."""
    text = letters.strip().upper()
    if not text or len(text) > 3 or not all("A" <= char <= "Z" for char in text):
        raise ValueError(letters)
    index = 0
    for char in text:
        index = index * 26 + ord(char) - 64
    return index - 1
