"""The steps of setting up, one below the other: done ones ticked with their result, the present one bold.

Which step follows is the wizard's.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QFontMetrics, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from ui import icons, theme

WIDTH_PX = 208
_FIRST_PX, _PITCH_PX, _CIRCLE_PX, _LEFT_PX = 106, 52, 22, 24


class Rail(QWidget):
    """``back_wanted(step)``: a done step was clicked and may be looked at again."""

    back_wanted = Signal(int)

    def __init__(self, steps: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("wizard_rail")
        self.setFixedWidth(theme.dp(WIDTH_PX))
        self.setMouseTracking(True)
        self._steps = tuple(steps)
        self._results: dict[int, str] = {}
        self._current, self._locked_to = 0, 0
        self._describe()

    def show_step(self, current: int, *, results: dict[int, str], locked_to: int = 0) -> None:
        """``locked_to`` steps can't be gone back to any more."""
        self._current, self._results, self._locked_to = current, dict(results), locked_to
        self._describe()
        self.update()

    def _describe(self) -> None:
        self.setAccessibleName(f"第 {self._current + 1} 步，共 {len(self._steps)} 步：{self._steps[self._current]}")

    def paintEvent(self, event: QPaintEvent) -> None:
        """Head, circles, words, the line between."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.color("desk"))
        painter.fillRect(QRect(self.width() - 1, 0, 1, self.height()), theme.color("line"))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        dp = theme.dp
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        painter.setPen(theme.color("ink"))
        painter.setFont(theme.font(16, bold=True))
        painter.drawText(QRect(dp(_LEFT_PX), dp(26), self.width(), dp(24)), flags, "首次使用")
        painter.setPen(theme.color("ink2"))
        painter.setFont(theme.font(12))
        painter.drawText(QRect(dp(_LEFT_PX), dp(52), self.width(), dp(18)), flags, "约需 5 分钟")
        for place in range(len(self._steps)):
            self._paint_step(painter, place)

    def _circle(self, place: int) -> QRectF:
        dp = theme.dp
        return QRectF(
            dp(_LEFT_PX) + 0.5, dp(_FIRST_PX) + place * dp(_PITCH_PX) + 0.5, dp(_CIRCLE_PX) - 1.0, dp(_CIRCLE_PX) - 1.0
        )

    def _paint_step(self, painter: QPainter, place: int) -> None:
        dp = theme.dp
        circle, done, here = self._circle(place), place < self._current, place == self._current
        if place + 1 < len(self._steps):
            painter.setPen(QPen(theme.color("accent" if done else "line"), 1))
            x = round(circle.center().x()) + 0.5
            painter.drawLine(int(x), int(circle.bottom()) + dp(4), int(x), int(self._circle(place + 1).top()) - dp(4))
        painter.setPen(QPen(theme.color("accent" if done or here else "edge"), 1.6 if here else 1))
        painter.setBrush(theme.color("accent" if done else "paper" if here else "desk"))
        painter.drawEllipse(circle)
        if done:
            side = dp(14)
            at = QRect(round(circle.center().x()) - side // 2, round(circle.center().y()) - side // 2, side, side)
            painter.drawPixmap(at, icons.pixmap("check", side, "paper"))
        else:
            painter.setFont(theme.font(12, bold=here))
            painter.setPen(theme.color("accent" if here else "ink2"))
            painter.drawText(circle, Qt.AlignmentFlag.AlignCenter, str(place + 1))
        self._paint_words(painter, place, circle)

    def _paint_words(self, painter: QPainter, place: int, circle: QRectF) -> None:
        dp = theme.dp
        here, result = place == self._current, self._results.get(place, "") if place < self._current else ""
        left, room = dp(_LEFT_PX + 32), self.width() - dp(_LEFT_PX + 40)
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        painter.setFont(theme.font(14, bold=here))
        painter.setPen(theme.color("accent" if here else "ink"))
        painter.drawText(QRect(left, int(circle.top()), room, dp(_CIRCLE_PX)), flags, self._steps[place])
        if result:
            painter.setFont(theme.font(12))
            painter.setPen(theme.color("ink2"))
            shown = QFontMetrics(theme.font(12)).elidedText(result, Qt.TextElideMode.ElideRight, room)
            painter.drawText(QRect(left, int(circle.bottom()), room, dp(18)), flags, shown)

    def _step_at(self, y: float) -> int | None:
        place = int((y - theme.dp(_FIRST_PX) + theme.dp(8)) // theme.dp(_PITCH_PX))
        return place if self._locked_to <= place < self._current else None

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """A hand over what can be looked at again."""
        back = self._step_at(event.position().y()) is not None
        self.setCursor(Qt.CursorShape.PointingHandCursor if back else Qt.CursorShape.ArrowCursor)

    def leaveEvent(self, event: QEvent) -> None:
        """Plain again."""
        self.unsetCursor()
        super().leaveEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Back to a done step."""
        place = self._step_at(event.position().y())
        if place is not None:
            self.back_wanted.emit(place)
