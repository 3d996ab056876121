"""What buttons have in common that draw themselves: hover shows, Enter opens, arrow keys go to the neighbour.

How one looks is its own paintEvent's.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import QAbstractButton, QWidget

from ui import theme

SIDEWAYS: Mapping[int, int] = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
UP_AND_DOWN: Mapping[int, int] = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}


class PaintedButton(QAbstractButton):
    """``stepped(±1)`` asks for the neighbour by the keys of STEPS."""

    stepped = Signal(int)
    STEPS: ClassVar[Mapping[int, int]] = {}

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)  # painted anew when the mouse comes and goes
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows go to the neighbour, Enter opens as Space does."""
        step = self.STEPS.get(event.key())
        if step is not None:
            self.stepped.emit(step)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def paint_ring(self, painter: QPainter) -> None:
        """Where the keys are: a square frame inside the edge."""
        if self.hasFocus():
            painter.setPen(QPen(theme.color("accent"), theme.focus_px()))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(self.rect().adjusted(1, 1, -1, -1))
