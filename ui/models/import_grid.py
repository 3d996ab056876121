"""The stranger's sheet as the import page shows it: Excel's letters and row numbers, windowed over the preview.

Reads a frozen preview and says what each cell and column is; which words stand in the list beside it is
roster_import_findings', painting is import_grid_view's.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from jiafang_desktop.domain.cadres import CADRE_FIELDS, FIELD_TITLES
from jiafang_desktop.services.concern_import import field_titles
from jiafang_desktop.services.concern_preview import ConcernPreview, PreviewConcern
from jiafang_desktop.services.rosters import PreviewPerson, RosterPreview

LINE_ROLE = int(Qt.ItemDataRole.UserRole)  # the row's GridLine
MARK_ROLE = LINE_ROLE + 1  # "must", "check" or None
_BLOCK = 128
_MOST_BLOCKS = 24
_LAST_COLUMN = 16383  # XFD

UNIT_POST = "unit_post"
CHOICES: tuple[tuple[str, str], ...] = (
    *((name, FIELD_TITLES[name]) for name in CADRE_FIELDS), (UNIT_POST, "单位及职务"),
)  # fmt: skip
CONCERN_CHOICES: tuple[tuple[str, str], ...] = (*field_titles().items(), (UNIT_POST, "单位及职务"))
NO_NAME = "没有姓名，无法导入"  # the reader's word for a row of data nobody's name stands in

_ORDER = tuple(dict.fromkeys(name for name, _ in (*CHOICES, *CONCERN_CHOICES)))

Index = QModelIndex | QPersistentModelIndex
Preview = RosterPreview | ConcernPreview  # both are sheets of strangers, shown alike


def choices_of(preview: Preview) -> tuple[tuple[str, str], ...]:
    """The fields a column may be, with their titles."""
    return CONCERN_CHOICES if isinstance(preview, ConcernPreview) else CHOICES


def rows_of(preview: Preview) -> Sequence[PreviewPerson | PreviewConcern]:
    """The rows that were understood."""
    return preview.concerns if isinstance(preview, ConcernPreview) else preview.people


def nowhere(field: str) -> str:
    """The letters that mean “this field is not imported”: a column at Excel's far edge, where nothing stands.

    Each field has its own, since one column can be only one field.
    """
    return letters_of(_LAST_COLUMN - _ORDER.index(field))


def letters_of(index: int) -> str:
    """0 → A, 26 → AA."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def index_of(letters: str) -> int:
    """A → 0."""
    index = 0
    for char in letters:
        index = index * 26 + ord(char) - 64
    return index - 1


def choose_column(chosen: Mapping[str, str], preview: Preview, *, column: int, field: str | None) -> dict[str, str]:
    """The choice with ``column`` meaning ``field`` (None: 不导入); whatever stood there before gives way."""
    letters = letters_of(column)
    result = dict(chosen)
    for name in fields_of_column(preview, column):
        if name != field:
            result[name] = nowhere(name)
    for name in [name for name, at in result.items() if at == letters]:
        result[name] = nowhere(name)
    if field is not None:
        result[field] = letters
        if field == UNIT_POST:
            result.pop("unit", None)
            result.pop("post", None)
        elif field in ("unit", "post"):
            result.pop(UNIT_POST, None)
    return result


def fields_of_column(preview: Preview, column: int) -> tuple[str, ...]:
    """Fields read from a column; a combined 单位及职务 column is read as ``unit_post``."""
    letters = letters_of(column)
    names = tuple(name for name, at in preview.reading.columns.items() if at == letters)
    return (UNIT_POST,) if set(names) == {"unit", "post"} else names


def column_word(preview: Preview, column: int) -> tuple[str, str]:
    """What a column's chip says and how it looks: ``known``, ``private``, ``left`` or ``ask``."""
    if column in preview.private_columns:
        return "不导入", "private"
    names = fields_of_column(preview, column)
    if names:
        return dict(choices_of(preview))[names[0]], "known"
    if letters_of(column) in _asked_columns(preview):
        return "请选择", "ask"
    return "不导入", "left"


def _asked_columns(preview: Preview) -> frozenset[str]:
    """Columns an open question offers."""
    letters: set[str] = set()
    for question in preview.open_questions:
        if question.id in ("column:name", "column:text"):
            letters |= set(question.options)
    return frozenset(letters)


def private_reason(preview: Preview, column: int) -> str | None:
    """Why a column is not even shown."""
    letters = letters_of(column)
    for item in preview.reading.left_out:
        if item.private and item.column == letters:
            return item.reason
    return None


class ImportGridModel(QAbstractTableModel):
    """Rows of the sheet by their place among the used rows; ``only_marked`` leaves those with something to look at."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.preview: Preview | None = None
        self.only_marked = False
        self._shown: Sequence[int] = range(0)  # places in the sheet, in order
        self._marked: tuple[int, ...] = ()
        self._extra: dict[int, str] = {}  # row number → tone, from outside the cells' own marks
        self._blocks: OrderedDict[int, list[Any]] = OrderedDict()

    def set_preview(self, preview: Preview | None, *, marked_rows: Mapping[int, str] | None = None) -> None:
        """Show another preview; ``marked_rows`` are row numbers with their tone beyond the cells' own problems."""
        self.beginResetModel()
        self.preview = preview
        self._extra = dict(marked_rows or {})
        self._blocks.clear()
        self._marked = () if preview is None else self._places_marked(preview)
        self._show()
        self.endResetModel()

    def set_only_marked(self, only: bool) -> None:
        """Show all rows, or only those with something to look at."""
        if only != self.only_marked:
            self.beginResetModel()
            self.only_marked = only
            self._show()
            self.endResetModel()

    def place_of(self, number: int) -> int | None:
        """The model row of Excel's row ``number``; None when it is not shown."""
        if self.preview is None:
            return None
        numbers = self.preview.grid.numbers
        place = bisect_left(numbers, number)
        if place >= len(numbers) or numbers[place] != number:
            return None
        shown = bisect_left(self._shown, place)
        return shown if shown < len(self._shown) and self._shown[shown] == place else None

    def marked_count(self) -> int:
        """How many rows have something to look at."""
        return len(self._marked)

    def line(self, row: int) -> Any:
        """The GridLine of a model row."""
        assert self.preview is not None
        place = self._shown[row]
        block = place // _BLOCK
        lines = self._blocks.get(block)
        if lines is None:
            lines = self._blocks[block] = self.preview.lines(block * _BLOCK, _BLOCK)
            while len(self._blocks) > _MOST_BLOCKS:
                self._blocks.popitem(last=False)
        else:
            self._blocks.move_to_end(block)
        return lines[place - block * _BLOCK]

    def _show(self) -> None:
        if self.preview is None:
            self._shown = range(0)
        elif self.only_marked:
            numbers = self.preview.grid.numbers
            head_row = self.preview.reading.header_row
            header = [place for place in range(min(len(numbers), 60)) if numbers[place] == head_row]
            self._shown = tuple(sorted({*self._marked, *header}))
        else:
            self._shown = range(self.preview.row_count)

    def _places_marked(self, preview: Preview) -> tuple[int, ...]:
        wanted = {person.row for person in rows_of(preview) if person.problems or person.status == "check"}
        wanted |= {item.row for item in preview.reading.skipped if item.reason == NO_NAME}
        wanted |= self._extra.keys()
        return tuple(place for place, number in enumerate(preview.grid.numbers) if number in wanted)

    # -- Qt's side ---------------------------------------------------------------------------------------------

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  (Qt's own default)
        return 0 if parent.isValid() else len(self._shown)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() or self.preview is None else len(self.preview.letters)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or self.preview is None:
            return None
        line = self.line(index.row())
        if role == Qt.ItemDataRole.DisplayRole:
            return line.cells[index.column()] if index.column() < len(line.cells) else ""
        if role == LINE_ROLE:
            return line
        if role == MARK_ROLE:
            return self._tone(line, index.column())
        if role == Qt.ItemDataRole.ToolTipRole:
            return line.marks.get(index.column()) or self._whole(line, index.column())
        return None

    def _whole(self, line: Any, column: int) -> str | None:
        text = line.cells[column] if column < len(line.cells) else ""
        return text if len(text) > 12 else None

    def _tone(self, line: Any, column: int) -> str | None:
        assert self.preview is not None
        if column in line.marks:
            return "check"
        name_at = self.preview.reading.columns.get("name")
        if name_at is not None and index_of(name_at) == column:
            if line.note == NO_NAME:
                return "must"
            if line.status == "check":
                return "check"
            return self._extra.get(line.number)
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role != Qt.ItemDataRole.DisplayRole or self.preview is None:
            return None
        if orientation == Qt.Orientation.Horizontal:
            return self.preview.letters[section] if 0 <= section < len(self.preview.letters) else None
        return str(self.line(section).number) if 0 <= section < len(self._shown) else None
