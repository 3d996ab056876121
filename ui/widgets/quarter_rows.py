"""季度报送 beside the 工作台: a line for each quarter, with a ring or a tick, its name, and until when or since when.

Every line opens the summary of its quarter. Which quarters there are is services.quarters'.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from jiafang_desktop.services.quarters import QuarterReport
from ui import icons, theme
from ui.models.todo_words import quarter_state, quarter_when
from ui.widgets.painted_button import PaintedButton

_ROW_PX, _RING_PX = 30, 14


class _Quarter(PaintedButton):
    """One line."""

    def __init__(self, report: QuarterReport, *, today: date) -> None:
        super().__init__(f"quarter_{report.key}")
        self._report, self._when = report, quarter_when(report, today=today)
        self.setText(quarter_state(report))
        self.setAccessibleName(f"{self.text()}，{self._when}，打开总结报送")
        self.setToolTip("打开这一季的总结报送")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(theme.dp(_ROW_PX))

    def sizeHint(self) -> QSize:
        """As wide as the column."""
        return QSize(theme.dp(200), theme.dp(_ROW_PX))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Ring or tick, the quarter, and at the right edge the day."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        dp, report = theme.dp, self._report
        if self.underMouse():
            painter.fillRect(self.rect(), theme.color("tint"))
        side = dp(_RING_PX)
        ring = QRectF(1, (self.height() - side) / 2, side, side)
        late = report.is_overdue
        painter.setPen(QPen(theme.color("red" if late else "accent"), max(1.5, dp(1.5))))
        if report.reported_on is not None:
            painter.setBrush(theme.color("accent"))
            painter.drawEllipse(ring)
            tick = icons.pixmap("check", dp(10), "paper")
            painter.drawPixmap(ring.adjusted(dp(2), dp(2), -dp(2), -dp(2)).toRect(), tick)
        else:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawEllipse(ring)
        small, word = theme.font(12, bold=late), theme.font(14, bold=report.is_due)
        when = QFontMetrics(small).horizontalAdvance(self._when) + 1
        left = side + dp(8)
        painter.setFont(word)
        painter.setPen(theme.color("ink" if report.has_ended else "ink2"))
        shown = QFontMetrics(word).elidedText(
            self.text(), Qt.TextElideMode.ElideRight, self.width() - left - when - dp(6)
        )
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.drawText(QRect(left, 0, self.width() - left, self.height()), middle, shown)
        painter.setFont(small)
        painter.setPen(theme.color("red" if late else "ink2" if report.is_rule or report.reported_on else "ink3"))
        painter.drawText(QRect(self.width() - when, 0, when, self.height()), middle, self._when)
        self.paint_ring(painter)


class QuarterRows(QWidget):
    """``chosen(QuarterReport)``."""

    chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("quarter_rows")
        self.setAccessibleName("季度报送")
        self.rows: list[_Quarter] = []
        self._shown: tuple[object, ...] = ()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)

    def show_reports(self, reports: Sequence[QuarterReport], *, today: date) -> None:
        """Other lines; the same ones keep the keys."""
        if self._shown == (today, *reports):
            return
        self._shown = (today, *reports)
        for row in self.rows:
            self._column.removeWidget(row)
            row.hide()
            row.deleteLater()
        self.rows = []
        for report in reports:
            row = _Quarter(report, today=today)
            row.clicked.connect(lambda _=False, report=report: self.chosen.emit(report))
            self._column.addWidget(row)
            self.rows.append(row)
