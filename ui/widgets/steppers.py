"""Numbers with small arrows of our own: a style sheet on a spin box loses Qt's.

Made through fields.number and fields.decimal.
"""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractSpinBox, QDoubleSpinBox, QSpinBox, QWidget

from ui import icons, theme

_ARROW_PX, _BUTTON_PX = 10, 22


class Number(QSpinBox):
    """A whole number. The wheel turns it only while it has the keys."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Only with the focus."""
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The field, then the arrows."""
        super().paintEvent(event)
        _paint_arrows(self)


class Decimal(QDoubleSpinBox):
    """A number with a point. The wheel turns it only while it has the keys."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Only with the focus."""
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The field, then the arrows."""
        super().paintEvent(event)
        _paint_arrows(self)


def _paint_arrows(box: QAbstractSpinBox) -> None:
    painter = QPainter(box)
    side = theme.dp(_ARROW_PX)
    left = box.width() - theme.dp(_BUTTON_PX) + (theme.dp(_BUTTON_PX) - side) // 2 - 1
    flags = box.stepEnabled()
    for name, top, way in (
        ("chevron_up", box.height() // 2 - side, QAbstractSpinBox.StepEnabledFlag.StepUpEnabled),
        ("chevron_down", box.height() // 2, QAbstractSpinBox.StepEnabledFlag.StepDownEnabled),
    ):
        ink = "ink2" if box.isEnabled() and way in flags else "disabled"
        painter.drawPixmap(QPoint(left, top), icons.pixmap(name, side, ink))
