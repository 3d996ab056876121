"""A round choice with a caption below its word, for few things that are chosen once.

What is chosen is the step's.
"""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy

from ui import theme
from ui.widgets.painted_button import PaintedButton


class Choice(PaintedButton):
    """A round choice with a caption below its word; the chosen one is tinted."""

    def __init__(self, words: str, caption: str, name: str) -> None:
        super().__init__(name)
        self.setText(words)
        self._caption = caption
        self.setAccessibleName(words)
        self.setAccessibleDescription(caption)
        self.setCheckable(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """60 high."""
        return QSize(theme.dp(300), theme.dp(60))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Tint, circle, words."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        dp, on = theme.dp, self.isChecked()
        area = QRectF(self.rect())
        if on or self.underMouse():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("tint" if on else "desk"))
            painter.drawRoundedRect(area, dp(4), dp(4))
        if self.hasFocus():
            painter.setPen(QPen(theme.color("accent"), theme.focus_px()))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(area.adjusted(1, 1, -1, -1), dp(4), dp(4))
        circle = QRectF(dp(16), dp(13), dp(17), dp(17))
        painter.setPen(QPen(theme.color("accent" if on else "edge"), 1.5))
        painter.setBrush(theme.color("paper"))
        painter.drawEllipse(circle)
        if on:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("accent"))
            inset = dp(4)
            painter.drawEllipse(circle.adjusted(inset, inset, -inset, -inset))
        left = dp(44)
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        painter.setFont(theme.font(14, bold=True))
        painter.setPen(theme.color("ink"))
        painter.drawText(QRect(left, dp(9), self.width() - left, dp(24)), flags, self.text())
        painter.setFont(theme.font(12))
        painter.setPen(theme.color("ink2"))
        painter.drawText(QRect(left, dp(32), self.width() - left, dp(18)), flags, self._caption)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows choose the neighbour."""
        group = self.group()
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down) and group is not None:
            others = group.buttons()
            other = others[(others.index(self) + 1) % len(others)]
            other.setFocus(Qt.FocusReason.TabFocusReason)
            other.click()
        else:
            super().keyPressEvent(event)
