"""The rows of 查找任何内容: heads of groups, and rows of one line, or two where a piece of text was found.

It never takes the keys; the field above moves it. What rows say is ui.models.find_rows'.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QFrame,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from ui import theme
from ui.models.find_rows import FoundRow
from ui.widgets.phase import GLYPH_PX, paint_phase

_HEAD_PX, _ROW_PX, _TALL_PX, _PAD_PX = 30, 36, 54, 16
_ROW = Qt.ItemDataRole.UserRole
_WORDS = Qt.ItemDataRole(int(_ROW) + 1)
_MIDDLE = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft


class FoundList(QListWidget):
    """``chosen(FoundRow)`` by Enter or a click; ``current_changed(FoundRow or None)``."""

    chosen = Signal(object)
    current_changed = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("found_list")
        self.setAccessibleName("找到的内容")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self.setItemDelegate(_FoundDelegate(self))
        self.setStyleSheet("#found_list { background: transparent; border: none; }")
        self.itemClicked.connect(self._clicked)
        self.currentItemChanged.connect(
            lambda item, _before: self.current_changed.emit(item.data(_ROW) if item else None)
        )

    def show_rows(self, rows: Sequence[FoundRow], text: str) -> None:
        """Fill the list, heads between the groups; the first row is in hand."""
        words = [word for word in text.replace("\u3000", " ").lower().split() if word]
        self.clear()
        group = None
        for row in rows:
            if row.group != group:
                group = row.group
                head = QListWidgetItem(group)
                head.setFlags(Qt.ItemFlag.NoItemFlags)
                self.addItem(head)
            item = QListWidgetItem(row.title)
            item.setData(_ROW, row)
            item.setData(_WORDS, words)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, row.spoken)
            self.addItem(item)
        self.setCurrentRow(1 if rows else -1)
        self.scrollToTop()

    def found(self) -> list[FoundRow]:
        """What is listed."""
        return [self.item(place).data(_ROW) for place in self._places()]

    def current_row(self) -> FoundRow | None:
        """The row in hand."""
        item = self.currentItem()
        row: FoundRow | None = item.data(_ROW) if item is not None else None
        return row

    def step(self, by: int) -> None:
        """The next row, over heads; round at the ends for single steps."""
        places = self._places()
        if not places:
            return
        at = places.index(self.currentRow()) + by if self.currentRow() in places else 0
        at = at % len(places) if abs(by) == 1 else min(max(at, 0), len(places) - 1)
        self.setCurrentRow(places[at])
        if at == 0:
            self.scrollToTop()  # its head too

    def choose_current(self) -> None:
        """Enter."""
        row = self.current_row()
        if row is not None:
            self.chosen.emit(row)

    def fit(self, most: int) -> None:
        """As high as the rows, at most so much."""
        whole = sum(self.sizeHintForRow(place) for place in range(self.count()))
        self.setFixedHeight(max(0, min(whole + theme.dp(8), most)))

    def _places(self) -> list[int]:
        return [place for place in range(self.count()) if self.item(place).data(_ROW) is not None]

    def _clicked(self, item: QListWidgetItem) -> None:
        if item.data(_ROW) is not None:
            self.chosen.emit(item.data(_ROW))


class _FoundDelegate(QStyledItemDelegate):
    """Title bold, where it stands in captions, its state at the right; the found piece below with its word bold."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        row = index.data(_ROW)
        return QSize(0, theme.dp(_HEAD_PX if row is None else _TALL_PX if row.piece else _ROW_PX))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        rect: QRect = option.rect  # type: ignore[attr-defined]  # PySide's stubs leave the option's fields out
        row: FoundRow | None = index.data(_ROW)
        inside = rect.adjusted(theme.dp(_PAD_PX), 0, -theme.dp(_PAD_PX), 0)
        if row is None:
            painter.setFont(theme.font(12))
            painter.setPen(theme.color("ink2"))
            painter.drawText(inside.adjusted(0, theme.dp(6), 0, 0), _MIDDLE, str(index.data()))
            return
        state: Any = option.state  # type: ignore[attr-defined]
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, theme.color("tint"))
            painter.fillRect(QRect(rect.left(), rect.top(), theme.dp(3), rect.height()), theme.color("accent"))
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, theme.color("desk"))
        line = QRect(inside.left(), rect.top(), inside.width(), theme.dp(_ROW_PX))
        if row.piece:
            line.setHeight(theme.dp(32))
            below = QRect(inside.left(), rect.top() + theme.dp(28), inside.width(), theme.dp(20))
            self._paint_piece(painter, below, row.piece, index.data(_WORDS))
        self._paint_line(painter, self._paint_state(painter, line, row), row)

    def _paint_state(self, painter: QPainter, line: QRect, row: FoundRow) -> QRect:
        """State with its glyph, or the keys, at the right; what is left of the line."""
        words = row.state or row.keys
        if not words:
            return line
        painter.setFont(theme.font(12))
        width = painter.fontMetrics().horizontalAdvance(words)
        painter.setPen(theme.color("ink2"))
        painter.drawText(line, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, words)
        if row.phase is not None:
            side = theme.dp(GLYPH_PX)
            width += side + theme.dp(6)
            box = QRect(line.right() - width + 1, line.top() + (line.height() - side) // 2, side, side)
            painter.save()
            paint_phase(painter, box, row.phase)
            painter.restore()
        return line.adjusted(0, 0, -width - theme.dp(16), 0)

    def _paint_line(self, painter: QPainter, line: QRect, row: FoundRow) -> None:
        painter.setFont(theme.font(14, bold=row.is_record))
        painter.setPen(theme.color("ink"))
        figures = painter.fontMetrics()
        title = figures.elidedText(row.title, Qt.TextElideMode.ElideRight, line.width())
        painter.drawText(line, _MIDDLE, title)
        taken = max(figures.horizontalAdvance(title), theme.dp(48)) + theme.dp(14)
        room = line.adjusted(taken, 0, 0, 0)
        if room.width() > theme.dp(24):
            painter.setFont(theme.font(12))
            painter.setPen(theme.color("ink2"))
            figures = painter.fontMetrics()
            painter.drawText(room, _MIDDLE, figures.elidedText(row.detail, Qt.TextElideMode.ElideRight, room.width()))

    def _paint_piece(self, painter: QPainter, below: QRect, piece: str, words: Sequence[str]) -> None:
        """The piece with the first word that stands in it in bold accent."""
        low = piece.lower()
        at, length = next(((low.find(word), len(word)) for word in words if word in low), (0, 0))
        left = below.left()
        parts = ((piece[:at], False), (piece[at : at + length], True), (piece[at + length :], False))
        for part, is_hit in parts:
            painter.setFont(theme.font(12, bold=is_hit))
            painter.setPen(theme.color("accent" if is_hit else "ink2"))
            figures = painter.fontMetrics()
            room = QRect(left, below.top(), below.right() - left, below.height())
            if part and room.width() > 0:
                painter.drawText(room, _MIDDLE, figures.elidedText(part, Qt.TextElideMode.ElideRight, room.width()))
            left += figures.horizontalAdvance(part)
