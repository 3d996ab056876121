"""The pad: what a pen, a finger or the mouse draws in a frame of 30 × 13, kept as strokes in whole units.

It knows no record and keeps nothing; how strokes are checked and bound is domain.signatures'.
"""

from __future__ import annotations

import math

from PySide6.QtCore import QEvent, QPointF, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QMouseEvent, QPainter, QPaintEvent, QPen, QTabletEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from jiafang_desktop.domain.pages import Stroke
from jiafang_desktop.domain.signatures import PAD_MM, PAD_UNITS, UNITS_PER_MM, Line, Point, smoothed
from jiafang_desktop.paper.painting import paint_strokes
from ui import theme

_MOUSE_WIDTH = 45  # as a pen of 0.45 mm writes
_LIGHT, _HEAVY = 22, 80  # a tablet's pen, from the least pressure to the most
_NEAREST = 10  # a tenth of a millimetre: nearer points say nothing more
_LINE_AT = 0.76  # of the height, a faint line to write on
_EMPTY = "在此签名"


class SignaturePad(QWidget):
    """``changed`` after every stroke drawn or taken back. Backspace takes the last one back, Delete all."""

    changed = Signal()

    def __init__(self, label: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("signature_pad")
        self.setAccessibleName(label)
        self.setAccessibleDescription("用笔或鼠标在框内签名；退格撤去一笔，Delete 清除重写")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._lines: list[list[Point]] = []
        self._drawing = False

    @property
    def strokes(self) -> tuple[Line, ...]:
        """What was drawn."""
        return tuple(tuple(line) for line in self._lines)

    def set_width(self, width_px: int) -> None:
        """As wide as there is room, in the proportions of the place on paper."""
        self.setFixedSize(QSize(width_px, round(width_px * PAD_MM[1] / PAD_MM[0])))

    def clear(self) -> None:
        """Nothing drawn."""
        if self._lines:
            self._lines.clear()
            self._tell()

    def take_back(self) -> None:
        """Without the last stroke."""
        if self._lines:
            self._lines.pop()
            self._tell()

    def _tell(self) -> None:
        self.update()
        self.changed.emit()

    # -- drawing -----------------------------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A stroke begins."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._begin(event.position(), _MOUSE_WIDTH)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """And goes on."""
        self._go_on(event.position(), _MOUSE_WIDTH)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """And ends."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._end()

    def tabletEvent(self, event: QTabletEvent) -> None:
        """The same with a pen, as wide as it is pressed."""
        width = round(_LIGHT + (_HEAVY - _LIGHT) * min(max(event.pressure(), 0.0), 1.0))
        if event.type() == QEvent.Type.TabletPress:
            self._begin(event.position(), width)
        elif event.type() == QEvent.Type.TabletMove:
            self._go_on(event.position(), width)
        else:
            self._end()
        event.accept()

    def _begin(self, at: QPointF, width: int) -> None:
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        self._drawing = True
        self._lines.append([self._units(at, width)])
        self.update()

    def _go_on(self, at: QPointF, width: int) -> None:
        if not self._drawing:
            return
        point = self._units(at, width)
        if math.dist(point[:2], self._lines[-1][-1][:2]) >= _NEAREST:
            self._lines[-1].append(point)
            self.update()

    def _end(self) -> None:
        if self._drawing:
            self._drawing = False
            self._tell()

    def _units(self, at: QPointF, width: int) -> Point:
        """A place on the widget in the pad's units; what leaves the frame stays at its edge."""
        scale = PAD_UNITS[0] / max(self.width(), 1)
        x, y = (min(max(round(value * scale), 0), most) for value, most in zip(at.toTuple(), PAD_UNITS, strict=True))
        return x, y, width

    # -- keys and looks ----------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Backspace or Ctrl+Z, Delete."""
        if event.key() == Qt.Key.Key_Backspace or event.matches(QKeySequence.StandardKey.Undo):
            self.take_back()
        elif event.key() == Qt.Key.Key_Delete:
            self.clear()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paper, a line to write on, the strokes, the ring when it has the keys."""
        painter = QPainter(self)
        frame = self.rect().adjusted(0, 0, -1, -1)
        painter.fillRect(frame, theme.color("paper"))
        self._paint_ground(painter, frame)
        strokes = [
            Stroke(tuple((x / UNITS_PER_MM, y / UNITS_PER_MM, width / UNITS_PER_MM) for x, y, width in smoothed(line)))
            for line in self._lines
        ]
        paint_strokes(painter, strokes, px_per_mm=self.width() / PAD_MM[0])
        ring = self.hasFocus()
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(theme.color("accent" if ring else "edge"), theme.dp(2) if ring else 1))
        painter.drawRect(frame.adjusted(1, 1, -1, -1) if ring else frame)

    def _paint_ground(self, painter: QPainter, frame: QRect) -> None:
        y, margin = round(frame.height() * _LINE_AT), theme.dp(20)
        painter.setPen(QPen(theme.color("line"), 1, Qt.PenStyle.DashLine))
        painter.drawLine(margin, y, frame.width() - margin, y)
        if not self._lines:
            painter.setPen(theme.color("ink2"))
            painter.setFont(theme.font(14))
            painter.drawText(frame, Qt.AlignmentFlag.AlignCenter, _EMPTY)
