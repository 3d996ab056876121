"""Painting a list's heads and rows: hairs, tint, ticks, glyphs, words cut short with …

Only paint and hit places; keys and mouse are table_view's. A style sheet on sections or items would lose the alignment
of columns and the sort mark, so none is used.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QHelpEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QToolTip,
    QWidget,
)

from ui import icons, theme
from ui.widgets.fields import paint_box
from ui.widgets.phase import GLYPH_PX, paint_phase

if TYPE_CHECKING:
    from ui.widgets.table import Column
    from ui.widgets.table_view import ListView

HEAD_PX, ROW_PX, GUTTER_PX, PAD_PX, RIGHT_PAD_PX, BAR_PX = 36, 36, 32, 8, 12, 3
_BOX_PX, _BOX_LEFT_PX = 17, 9
_MARK_PX = 12
Index = QModelIndex | QPersistentModelIndex


class ListHead(QHeaderView):
    """12 px heads aligned as their columns, a chevron on the sorted one, edge below. ``chosen(key)`` tells a click."""

    chosen = Signal(str)

    def __init__(self, columns: Sequence[Column], *, ticks: bool, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._columns, self._ticks = columns, ticks
        self._sorted: tuple[str, bool] | None = None
        self._over = -1
        self.setObjectName("list_head")
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self.setMouseTracking(True)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setMinimumSectionSize(theme.dp(24))
        self.setFixedHeight(theme.dp(HEAD_PX))
        self.setFrameShape(QHeaderView.Shape.NoFrame)
        self.sectionClicked.connect(self._clicked)

    def set_sort(self, key: str, descending: bool) -> None:
        """The mark."""
        self._sorted = (key, descending)
        self.viewport().update()

    def _clicked(self, section: int) -> None:
        if self._columns[section].sorts:
            self.chosen.emit(self._columns[section].key)

    def paintEvent(self, event: Any) -> None:
        """Heads, and the rule below all of them."""
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), theme.color("paper"))
        for section, column in enumerate(self._columns):
            if not self.isSectionHidden(section):
                left = self.sectionViewportPosition(section)
                self._paint_head(painter, QRect(left, 0, self.sectionSize(section), self.height()), section, column)
        painter.fillRect(QRect(0, self.height() - 1, self.viewport().width(), 1), theme.color("edge"))

    def _paint_head(self, painter: QPainter, rect: QRect, section: int, column: Column) -> None:
        room = rect.adjusted(theme.dp(PAD_PX), 0, -theme.dp(RIGHT_PAD_PX if column.align == "right" else PAD_PX), 0)
        if self._ticks and section == self._first():
            room.setLeft(room.left() + theme.dp(GUTTER_PX))
        marked = self._sorted is not None and self._sorted[0] == column.key
        painter.setFont(theme.font(12))
        painter.setPen(theme.color("ink" if column.sorts and section == self._over else "ink2"))
        words = painter.fontMetrics().horizontalAdvance(column.title)
        right = column.align == "right"
        side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
        shown = painter.fontMetrics().elidedText(column.title, Qt.TextElideMode.ElideRight, room.width() + 2)
        painter.drawText(room, side | Qt.AlignmentFlag.AlignVCenter, shown)
        if marked and self._sorted is not None:
            mark = theme.dp(_MARK_PX)
            left = room.right() - words - mark - theme.dp(3) if right else room.left() + words + theme.dp(4)
            picture = icons.pixmap("chevron_down" if self._sorted[1] else "chevron_up", mark, "ink2")
            painter.drawPixmap(QPoint(left, (self.height() - mark) // 2), picture)

    def _first(self) -> int:
        return next((s for s in range(len(self._columns)) if not self.isSectionHidden(s)), 0)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """A hand over heads that sort."""
        super().mouseMoveEvent(event)
        over = self.logicalIndexAt(event.position().toPoint())
        if over != self._over:
            self._over = over
            sorts = 0 <= over < len(self._columns) and self._columns[over].sorts
            self.viewport().setCursor(Qt.CursorShape.PointingHandCursor if sorts else Qt.CursorShape.ArrowCursor)
            self.viewport().update()

    def leaveEvent(self, event: QEvent) -> None:
        """Nothing is under the mouse any more."""
        super().leaveEvent(event)
        self._over = -1
        self.viewport().update()


class ListDelegate(QStyledItemDelegate):
    """One cell of a row."""

    def __init__(
        self, view: ListView, columns: Sequence[Column], *, row_tone: Callable[[Any], str | None] | None,
        cell_tone: Callable[[Any, str], str | None] | None,
    ) -> None:  # fmt: skip
        super().__init__(view)
        self._view, self._columns = view, columns
        self._row_tone, self._cell_tone = row_tone, cell_tone

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Rows are of one height."""
        return QSize(0, self._view.row_height)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Ground, hair, tick, glyph, words."""
        view, place, section = self._view, index.row(), index.column()
        rect = QRect(option.rect)  # type: ignore[attr-defined]  # PySide's stubs miss the field
        column = self._columns[section]
        first = section == view.first_column()
        ground = view.ground_of(place)
        if ground is not None:
            painter.fillRect(rect, theme.color(ground))
        painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), theme.color("hair"))
        if first and view.has_bar(place):
            painter.fillRect(QRect(rect.left(), rect.top(), theme.dp(BAR_PX), rect.height() - 1), theme.color("accent"))
        if first and view.ticks:
            paint_box(painter, self.box_rect(rect), on=view.is_ticked(place), hover=view.is_box_under_mouse(place))
        row = view.row_object(place)
        if row is None:
            return
        self._paint_words(painter, self.room(rect, section), row, column)

    def box_rect(self, rect: QRect) -> QRect:
        """The tick box in a row's first cell."""
        side = theme.dp(_BOX_PX)
        return QRect(rect.left() + theme.dp(_BOX_LEFT_PX), rect.top() + (rect.height() - 1 - side) // 2, side, side)

    def room(self, rect: QRect, section: int) -> QRect:
        """Where a cell's words may stand."""
        left, right = theme.dp(PAD_PX), theme.dp(RIGHT_PAD_PX if self._columns[section].align == "right" else PAD_PX)
        gutter = theme.dp(GUTTER_PX) if self._view.ticks and section == self._view.first_column() else 0
        return rect.adjusted(left + gutter, 0, -right, -1)

    def tone(self, row: Any, column: Column) -> tuple[str, bool]:
        """The ink of a cell, and whether bold."""
        own = self._cell_tone(row, column.key) if self._cell_tone is not None else None
        if own is not None:
            return own, own == "red"
        whole = self._row_tone(row) if self._row_tone is not None else None
        return whole or ("ink2" if column.caption else "ink"), False

    def _paint_words(self, painter: QPainter, room: QRect, row: Any, column: Column) -> None:
        ink, bold = self.tone(row, column)
        phase = column.phase(row) if column.phase is not None else None
        if phase is not None:
            side = theme.dp(GLYPH_PX)
            spot = QRect(room.left(), room.top() + (room.height() - side) // 2, side, side)
            painter.save()
            paint_phase(painter, spot, phase)
            painter.restore()
            room = room.adjusted(side + theme.dp(6), 0, 0, 0)
        words = column.value(row)
        if not words:
            return
        painter.setFont(theme.font(12 if column.caption else 14, bold=bold))
        painter.setPen(theme.color(ink))
        shown = words
        if painter.fontMetrics().horizontalAdvance(words) > room.width():
            shown = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, room.width())
        side_flag = Qt.AlignmentFlag.AlignRight if column.align == "right" else Qt.AlignmentFlag.AlignLeft
        painter.drawText(room, side_flag | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, shown)

    def helpEvent(self, event: QHelpEvent, view: QAbstractItemView, option: QStyleOptionViewItem, index: Index) -> bool:
        """The whole words where they were cut short."""
        row = self._view.row_object(index.row()) if index.isValid() else None
        if row is None or event.type() != QEvent.Type.ToolTip:
            return False
        column = self._columns[index.column()]
        words = column.value(row)
        figures = QFontMetrics(theme.font(12 if column.caption else 14, bold=self.tone(row, column)[1]))
        room = self.room(view.visualRect(index), index.column())
        cut = figures.horizontalAdvance(words) > room.width()
        QToolTip.showText(event.globalPos(), words if cut else "", view)
        return True


def ring(painter: QPainter, rect: QRect, color: QColor, width: int) -> None:
    """The focus inside a row."""
    left, top, wide, high = rect.getRect()
    for edge in (
        QRect(left, top, wide, width), QRect(left, top + high - width, wide, width),
        QRect(left, top, width, high), QRect(left + wide - width, top, width, high),
    ):  # fmt: skip
        painter.fillRect(edge, color)
