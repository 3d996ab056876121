"""The year as blocks: one column a month, three months a quarter, filed visits filled, open ones as outlines.

Read without colour: filled and hollow differ by shape. What the figures are is the service's.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from jiafang_desktop.services.workbench import Month
from ui import theme

_BLOCK_W, _BLOCK_H, _GAP = 15, 11, 3
_MOST = 6  # blocks in a column
_PITCH = 70  # from quarter to quarter
_NAMES = ("一季度", "二季度", "三季度", "四季度")


class YearChart(QWidget):
    """Four quarters side by side, their names and counts below."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("year_chart")
        self._months: tuple[Month, ...] = (Month(),) * 12
        self._present: int | None = None
        self.per_block = 1
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(theme.dp(_MOST * (_BLOCK_H + _GAP) + 66))

    def show_months(self, months: Sequence[Month], *, present_quarter: int | None) -> None:
        """Twelve months; ``present_quarter`` (0–3) is named in bold."""
        self._months, self._present = tuple(months), present_quarter
        most = max((month.visits for month in self._months), default=0)
        self.per_block = max(1, -(-most // _MOST))
        said = [
            f"{name}{sum(month.visits for month in self._months[3 * q : 3 * q + 3])}次" for q, name in enumerate(_NAMES)
        ]
        self.setAccessibleName("本年进度：" + "，".join(said))
        self.update()

    def sizeHint(self) -> QSize:
        """Four quarters wide."""
        return QSize(theme.dp(4 * _PITCH), self.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Blocks upwards from the line."""
        painter = QPainter(self)
        dp = theme.dp
        floor = dp(_MOST * (_BLOCK_H + _GAP) + 4)
        pitch = min(dp(_PITCH), self.width() // 4)
        for quarter, name in enumerate(_NAMES):
            left = quarter * pitch
            months = self._months[3 * quarter : 3 * quarter + 3]
            painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
            painter.fillRect(QRect(left, floor, 3 * dp(_BLOCK_W) + 2 * dp(4), 1), theme.color("edge"))
            for place, month in enumerate(months):
                self._paint_month(painter, left + place * (dp(_BLOCK_W) + dp(4)), floor, month)
            here = quarter == self._present
            painter.setFont(theme.font(12, bold=here))
            painter.setPen(theme.color("ink" if here else "ink2"))
            painter.drawText(QRect(left, floor + dp(4), pitch, dp(18)), Qt.AlignmentFlag.AlignVCenter, name)
            painter.setFont(theme.font(12))
            count = sum(month.visits for month in months)
            painter.drawText(QRect(left, floor + dp(20), pitch, dp(18)), Qt.AlignmentFlag.AlignVCenter, f"{count} 次")
        self._legend(painter, floor + dp(44))

    def _paint_month(self, painter: QPainter, left: int, floor: int, month: Month) -> None:
        dp = theme.dp
        blocks = -(-month.visits // self.per_block)
        filled = month.archived // self.per_block if month.archived < month.visits else blocks
        for place in range(blocks):
            top = floor - (place + 1) * (dp(_BLOCK_H) + dp(_GAP)) + dp(_GAP) - 2
            self._block(painter, QRect(left, top, dp(_BLOCK_W), dp(_BLOCK_H)), full=place < filled)

    def _block(self, painter: QPainter, rect: QRect, *, full: bool) -> None:
        if full:
            painter.fillRect(rect, theme.color("accent"))
        else:
            painter.setPen(QPen(theme.color("accent"), 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(QRectF(rect).adjusted(0, 0, -1, -1))

    def _legend(self, painter: QPainter, top: int) -> None:
        dp, at = theme.dp, 0
        for words, full in (("已归档", True), ("未归档", False)):
            self._block(painter, QRect(at, top + dp(3), dp(14), dp(10)), full=full)
            painter.setFont(theme.font(12))
            painter.setPen(theme.color("ink2"))
            painter.drawText(QRect(at + dp(20), top, dp(60), dp(16)), Qt.AlignmentFlag.AlignVCenter, words)
            at += dp(70)
        if self.per_block > 1:
            painter.drawText(
                QRect(at, top, self.width() - at, dp(16)), Qt.AlignmentFlag.AlignVCenter, f"一格 {self.per_block} 次"
            )
