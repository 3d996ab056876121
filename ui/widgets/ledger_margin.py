"""What stands beside the ledger on the desk and is never printed: each row's state.

Only painting; which state a visit has is domain's.
"""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPainter

from jiafang_desktop.domain.visits import STATUSES
from ui import theme
from ui.widgets.phase import paint_phase

_GLYPH_PX = 14


def paint_margin_head(painter: QPainter, rect: QRect) -> None:
    """The heading over the states, at the height of the table's head."""
    painter.setFont(theme.font(12))
    painter.setPen(theme.color("ink2"))
    painter.drawText(rect, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, "办理状态\n不印在纸上")


def paint_margin_row(painter: QPainter, rect: QRect, status: str) -> None:
    """A row's glyph and word."""
    glyph = theme.dp(_GLYPH_PX)
    circle = QRect(rect.left(), rect.center().y() - glyph // 2, glyph, glyph)
    painter.save()
    paint_phase(painter, circle, status)
    painter.restore()
    painter.setFont(theme.font(12))
    painter.setPen(theme.color("ink3" if status == "void" else "ink2"))
    words = rect.adjusted(glyph + theme.dp(6), 0, 0, 0)
    painter.drawText(words, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, STATUSES[status])
