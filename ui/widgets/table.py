"""A list of rows to look through, tick and open: columns as objects, rows from a windowed model, painted here.

Parts: the view with its keys is table_view's, painting table_paint's. What a row says is its columns', which rows there
are the page's.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QModelIndex, QPoint, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.models.windowed import WindowedModel
from ui.widgets.table_paint import HEAD_PX, ROW_PX, ListDelegate, ListHead
from ui.widgets.table_view import ListView

__all__ = ["HEAD_PX", "ROW_PX", "Column", "ListTable"]


@dataclass(frozen=True, slots=True)
class Column:
    """One column: ``width`` px at 100 %, ``weight`` its share of spare width (0: none), ``align`` left or right.

    ``value(row)`` gives its words. ``caption``: 12 px in ink2. ``phase(row)``: the state whose glyph stands in front.
    ``sorts``: a click on its head asks for that order.
    """

    key: str
    title: str
    width: int
    weight: int
    align: str
    value: Callable[[Any], str]
    caption: bool = False
    phase: Callable[[Any], str | None] | None = None
    sorts: bool = False


class ListTable(QWidget):
    """``row_tone(row)`` and ``cell_tone(row, key)`` name an ink for a row or cell (red is bold too), or None."""

    activated = Signal(str)  # Enter, double click: the row's id
    current_changed = Signal(object)  # id of the row in hand, or None
    sort_chosen = Signal(str)  # a column's key
    context_wanted = Signal(str, QPoint)  # id, place on the screen

    def __init__(
        self, name: str, columns: Sequence[Column], *, ticks: bool = False,
        row_tone: Callable[[Any], str | None] | None = None, cell_tone: Callable[[Any, str], str | None] | None = None,
        label: str = "", row_px: int = ROW_PX, parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self.setObjectName(name)
        self.columns = tuple(columns)
        self.ticks = ticks
        self.view = ListView(self, row_px=row_px)
        self.view.setObjectName(f"{name}_rows")
        self.view.setAccessibleName(label or "列表")
        self.head = ListHead(self.columns, ticks=ticks, parent=self.view)
        self.view.setHorizontalHeader(self.head)
        self.view.setItemDelegate(ListDelegate(self.view, self.columns, row_tone=row_tone, cell_tone=cell_tone))
        self.setFocusProxy(self.view)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.view)
        self.head.chosen.connect(self.sort_chosen)

    # -- what is shown -----------------------------------------------------------------------------------------

    @property
    def model(self) -> WindowedModel:
        """The rows."""
        model = self.view.model()
        assert isinstance(model, WindowedModel)
        return model

    def set_model(self, model: WindowedModel) -> None:
        """Show these rows; they keep their ticks and their order."""
        self.view.set_rows(model)
        self.view.selectionModel().currentRowChanged.connect(self._current_changed)
        model.modelReset.connect(self._after_reset)

    def set_rows(self, rows: Sequence[Any]) -> None:
        """Show rows that are all at hand (each has an ``id``), for short lists."""
        if self.view.model() is None:
            self.set_model(WindowedModel(self.columns, lambda _ids, answer: answer(()), self))
        self.model.set_ids([row.id for row in rows], rows=rows)

    def set_message(self, words: str) -> None:
        """A sentence where there are no rows."""
        self.view.set_message(words)

    def set_sort(self, key: str, descending: bool) -> None:
        """Which head carries the mark."""
        self.head.set_sort(key, descending)

    def set_hidden(self, keys: Sequence[str]) -> None:
        """Columns without room; the spare width is shared anew."""
        self.view.set_hidden(frozenset(keys))

    # -- the row in hand ---------------------------------------------------------------------------------------

    def current_id(self) -> str | None:
        """The row in hand."""
        index = self.view.currentIndex()
        model = self.view.model()
        if model is None or not index.isValid() or index.row() >= len(self.model.ids):
            return None
        return self.model.ids[index.row()]

    def set_current(self, name: str | None) -> None:
        """Take a row in hand and into sight."""
        place = self.model.place_of(name) if name is not None else None
        if place is None:
            self.view.setCurrentIndex(QModelIndex())
        elif place != self.view.currentIndex().row():
            self.view.setCurrentIndex(self.model.index(place, self.view.first_column()))

    def _current_changed(self, current: QModelIndex, _before: QModelIndex) -> None:
        self.current_changed.emit(self.model.ids[current.row()] if current.isValid() else None)

    def _after_reset(self) -> None:
        self.view.rows_changed()

    # -- from the view -----------------------------------------------------------------------------------------

    def tell_activated(self, place: int) -> None:
        """A row was opened."""
        self.activated.emit(self.model.ids[place])

    def tell_context(self, place: int, at: QPoint) -> None:
        """A menu is wanted for a row."""
        self.context_wanted.emit(self.model.ids[place], at)
