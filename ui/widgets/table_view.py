"""The view of a list: widths, keys, mouse, ticks, typing ahead, copying.

Painting is table_paint's; what the columns say table's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QModelIndex, QPoint, QRect, Qt
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableView

from ui import theme
from ui.models.windowed import WindowedModel
from ui.widgets import table_keys
from ui.widgets.table_paint import GUTTER_PX, ListDelegate, ring

if TYPE_CHECKING:
    from ui.widgets.table import Column, ListTable

_LEAST_SHARE = 0.6  # a column that gives way keeps this much of its width


class ListView(QTableView):
    """One row in hand, any number ticked."""

    def __init__(self, table: ListTable, *, row_px: int) -> None:
        super().__init__(table)
        self._table = table
        self._rows: WindowedModel | None = None
        self._message = ""
        self._hidden: frozenset[str] = frozenset()
        self._over, self._over_box = -1, False
        self._anchor: int | None = None  # where a range of ticks begins
        self.row_height = theme.dp(row_px)
        self.ahead = table_keys.TypeAhead()
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setMouseTracking(True)
        self.setCornerButtonEnabled(False)
        rows = self.verticalHeader()
        rows.hide()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setMinimumSectionSize(self.row_height)
        rows.setDefaultSectionSize(self.row_height)
        self.viewport().setAutoFillBackground(True)

    # -- rows --------------------------------------------------------------------------------------------------

    def set_rows(self, model: WindowedModel) -> None:
        """Show another model."""
        self._rows = model
        self.setModel(model)
        model.ticks_changed.connect(self._tell_ticks)
        self._apply_hidden()

    def rows_changed(self) -> None:
        """Other ids: what pointed into the old ones is forgotten."""
        self._anchor, self._over = None, -1
        self.ahead.forget()

    @property
    def ticks(self) -> bool:
        """Whether rows can be ticked."""
        return self._table.ticks

    @property
    def rows(self) -> WindowedModel:
        """The model."""
        assert self._rows is not None
        return self._rows

    def count(self) -> int:
        """How many rows there are."""
        return len(self._rows.ids) if self._rows is not None else 0

    def row_object(self, place: int) -> Any | None:
        """The row at a place, None while it is on its way."""
        return self.rows.row(place) if 0 <= place < self.count() else None

    def is_ticked(self, place: int) -> bool:
        """Whether it is."""
        return bool(self.rows.ticked) and self.rows.ids[place] in self.rows.ticked

    def has_bar(self, place: int) -> bool:
        """Ticked rows and, where there are no ticks, the one in hand carry the accent bar."""
        return self.is_ticked(place) if self.ticks else place == self.currentIndex().row()

    def ground_of(self, place: int) -> str | None:
        """tint for what is chosen, desk under the mouse."""
        if self.has_bar(place):
            return "tint"
        return "desk" if place == self._over else None

    def is_box_under_mouse(self, place: int) -> bool:
        """Whether the mouse is over its tick box."""
        return self._over_box and place == self._over

    def _tell_ticks(self) -> None:
        ticked = len(self.rows.ticked)
        self.setAccessibleDescription(f"已选 {ticked} 行" if ticked else "")

    # -- columns -----------------------------------------------------------------------------------------------

    def columns(self) -> tuple[Column, ...]:
        """All of them, hidden ones too."""
        return self._table.columns

    def first_column(self) -> int:
        """The first one shown; it carries the ticks."""
        return next((s for s in range(len(self._table.columns)) if not self.isColumnHidden(s)), 0)

    def set_hidden(self, keys: frozenset[str]) -> None:
        """Hide these."""
        if keys != self._hidden:
            self._hidden = keys
            self._apply_hidden()

    def _apply_hidden(self) -> None:
        if self.model() is not None:
            for section, column in enumerate(self._table.columns):
                self.setColumnHidden(section, column.key in self._hidden)
            self._share_width()

    def _share_width(self) -> None:
        """Spare width goes to the columns by weight, missing width is taken from them alike."""
        shown = [(s, c) for s, c in enumerate(self._table.columns) if not self.isColumnHidden(s)]
        if not shown or self.model() is None:
            return
        gutter = theme.dp(GUTTER_PX) if self.ticks else 0
        widths = {s: theme.dp(c.width) + (gutter if s == shown[0][0] else 0) for s, c in shown}
        weights = {s: c.weight for s, c in shown if c.weight} or {shown[-1][0]: 1}
        spare = self.viewport().width() - sum(widths.values())
        whole = sum(weights.values())
        for section, weight in weights.items():
            share = spare * weight // whole
            widths[section] = max(widths[section] + share, round(widths[section] * _LEAST_SHARE))
        rest = self.viewport().width() - sum(widths.values())
        if 0 < rest <= len(weights):
            widths[max(weights)] += rest  # the px that rounding left over
        for section, width in widths.items():
            self.setColumnWidth(section, width)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the width anew."""
        super().resizeEvent(event)
        self._share_width()

    # -- paint -------------------------------------------------------------------------------------------------

    def set_message(self, words: str) -> None:
        """A sentence where there are no rows."""
        if words != self._message:
            self._message = words
            self.viewport().update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Rows, the ring, or the sentence."""
        super().paintEvent(event)
        if not self.count():
            self._paint_message()
            return
        place = self.currentIndex().row()
        if place >= 0 and self.hasFocus() and self.isActiveWindow():
            painter = QPainter(self.viewport())
            ring(painter, self.row_rect(place).adjusted(0, 0, 0, -1), theme.color("accent"), theme.focus_px())

    def _paint_message(self) -> None:
        painter = QPainter(self.viewport())
        painter.setFont(theme.font(14))
        painter.setPen(theme.color("ink2"))
        room = self.viewport().rect().adjusted(theme.dp(24), theme.dp(56), -theme.dp(24), 0)
        how = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap
        painter.drawText(room, how, self._message)

    def row_rect(self, place: int) -> QRect:
        """A row over the whole width shown."""
        last = max(s for s in range(len(self._table.columns)) if not self.isColumnHidden(s))
        right = self.columnViewportPosition(last) + self.columnWidth(last)
        return QRect(0, self.rowViewportPosition(place), min(right, self.viewport().width()), self.rowHeight(place))

    def update_row(self, place: int) -> None:
        """Paint a row again."""
        if 0 <= place < self.count():
            self.viewport().update(self.row_rect(place))

    def currentChanged(self, current: QModelIndex, previous: QModelIndex) -> None:
        """Both rows are painted again as a whole."""
        super().currentChanged(current, previous)
        self.update_row(previous.row())
        self.update_row(current.row())

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Coming by Tab, a row is in hand at once."""
        super().focusInEvent(event)
        by_key = event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)
        if by_key and self.currentIndex().row() < 0 and self.count():
            self.setCurrentIndex(self.rows.index(max(self.rowAt(0), 0), self.first_column()))
        self.update_row(self.currentIndex().row())

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The ring goes."""
        super().focusOutEvent(event)
        self.update_row(self.currentIndex().row())

    # -- mouse -------------------------------------------------------------------------------------------------

    def _box_at(self, at: QPoint) -> int:
        """The row whose tick box (its whole gutter) is at a point, -1 for none."""
        place = self.rowAt(at.y())
        in_gutter = self.ticks and 0 <= at.x() - self.columnViewportPosition(self.first_column()) < theme.dp(GUTTER_PX)
        return place if in_gutter else -1

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """The gutter ticks (Shift: a range), elsewhere the row is taken in hand."""
        at = event.position().toPoint()
        place = self._box_at(at)
        if place < 0 or event.button() != Qt.MouseButton.LeftButton:
            super().mousePressEvent(event)
            return
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        self.setCurrentIndex(self.rows.index(place, self.first_column()))
        self.tick(place, ranged=bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))
        event.accept()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """A double click opens; on the gutter it is two ticks."""
        at = event.position().toPoint()
        if self._box_at(at) >= 0:
            self.mousePressEvent(event)
            return
        super().mouseDoubleClickEvent(event)
        place = self.rowAt(at.y())
        if event.button() == Qt.MouseButton.LeftButton and place >= 0:
            self._table.tell_activated(place)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """The row under the mouse is grey. A pressed button drags nothing."""
        if not event.buttons():
            super().mouseMoveEvent(event)
        at = event.position().toPoint()
        self._hover(self.rowAt(at.y()), self._box_at(at) >= 0)

    def leaveEvent(self, event: QEvent) -> None:
        """None is."""
        super().leaveEvent(event)
        self._hover(-1, False)

    def _hover(self, place: int, box: bool) -> None:
        if (place, box) != (self._over, self._over_box):
            before, self._over, self._over_box = self._over, place, box
            self.update_row(before)
            self.update_row(place)

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        """What was under the mouse has moved away."""
        super().scrollContentsBy(dx, dy)
        self._hover(-1, False)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """The right button and the menu key ask for a row's menu."""
        place = self.currentIndex().row()
        at = event.globalPos()
        if event.reason() == QContextMenuEvent.Reason.Mouse:
            place = self.rowAt(self.viewport().mapFromGlobal(at).y())
            if place >= 0:
                self.setCurrentIndex(self.rows.index(place, self.first_column()))
        elif place >= 0:
            row = self.row_rect(place)
            at = self.viewport().mapToGlobal(QPoint(row.left() + theme.dp(64), row.bottom()))
        if place >= 0:
            self._table.tell_context(place, at)

    # -- keys --------------------------------------------------------------------------------------------------

    def tick(self, place: int, *, ranged: bool = False) -> None:
        """Turn a row's tick; ``ranged``: all rows from the last one turned become as that one is."""
        rows = self.rows
        if ranged and self._anchor is not None:
            low, high = sorted((self._anchor, place))
            rows.tick(rows.ids[low : high + 1], on=rows.ids[self._anchor] in rows.ticked)
            return
        rows.tick((rows.ids[place],), on=rows.ids[place] not in rows.ticked)
        self._anchor = place

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens, Space ticks, Ctrl+A all, Ctrl+C copies; Home and End go to the ends; letters to a name."""
        key, place = event.key(), self.currentIndex().row()
        shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif event.matches(QKeySequence.StandardKey.SelectAll) and self.ticks:
            self.rows.tick(self.rows.ids, on=True)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and place >= 0:
            self._table.tell_activated(place)
        elif key == Qt.Key.Key_Space and not self.ahead.is_running():
            if place >= 0 and self.ticks:
                self.tick(place, ranged=shift)
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End) and self.count():
            self._go(0 if key == Qt.Key.Key_Home else self.count() - 1)
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            step = theme.dp(40) if key == Qt.Key.Key_Right else -theme.dp(40)
            self.horizontalScrollBar().setValue(self.horizontalScrollBar().value() + step)
        else:
            super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:
        """Letters typed go to the next name (characters, pinyin, initials) or number that begins so."""
        if self.count():
            place = self.ahead.find(search, self)
            if place is not None:
                self._go(place)

    def _go(self, place: int) -> None:
        self.setCurrentIndex(self.rows.index(place, self.first_column()))

    def copy(self) -> None:
        """The ticked rows, else the one in hand, onto the clipboard as Excel takes them."""
        ids = self.rows.ticked_in_order() if self.ticks else ()
        if not ids and self.currentIndex().row() >= 0:
            ids = (self.rows.ids[self.currentIndex().row()],)
        if not ids:
            return
        columns = [c for s, c in enumerate(self._table.columns) if not self.isColumnHidden(s)]
        self.rows.bring(ids, lambda found: QGuiApplication.clipboard().setText(table_keys.as_tsv(found, columns)))

    def delegate(self) -> ListDelegate:
        """The painter of cells."""
        found = self.itemDelegate()
        assert isinstance(found, ListDelegate)
        return found
