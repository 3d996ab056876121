"""The moon phases: a small circle that fills as a matter advances, readable without colour, in print and at 150 %.

Only drawing; which state a matter has is domain's. A glyph always stands with its word or its date.
"""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui import theme

GLYPH_PX = 14
# What states of all kinds of matters look like.
_LOOKS = {
    "draft": "dashed", "unreported": "dashed", "missing": "dashed",
    "registered": "ring", "planned": "ring", "writing": "ring", "open": "ring",
    "in_progress": "half", "checking": "half", "triage": "half",
    "ready": "three", "archived": "full", "received": "full", "resolved": "full", "done": "full",
    "void": "barred", "deleted": "barred", "returned": "back", "overdue": "dashed",
    "new": "dashed", "assigned": "ring", "visited": "half", "referred": "away", "declined": "back",
}  # fmt: skip
_INKS = {"dashed": "ink2", "barred": "ink3", "back": "red", "away": "ink2"}


def paint_phase(painter: QPainter, rect: QRect, phase: str, *, ink: QColor | None = None) -> None:
    """Draw the glyph of ``phase`` into the square ``rect`` (its own pen and brush; the caller saves what it needs)."""
    look = _LOOKS.get(phase, "ring")
    color = ink or theme.color("red" if phase == "overdue" else _INKS.get(look, "accent"))
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    side = min(rect.width(), rect.height())
    width = max(side * 1.5 / GLYPH_PX, 1.2)
    circle = QRectF(rect.x() + (rect.width() - side) / 2, rect.y() + (rect.height() - side) / 2, side, side)
    circle.adjust(width / 2, width / 2, -width / 2, -width / 2)
    pen = QPen(color, width)
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    if look == "dashed":
        around = 3.14159 * circle.width() / width  # in pen widths, as dashes are counted
        pen.setDashPattern([around / 8 * 0.62, around / 8 * 0.38])
        painter.setPen(pen)
        painter.drawEllipse(circle)
    elif look == "full":
        painter.setBrush(color)
        painter.drawEllipse(circle)
        _tick(painter, circle, theme.color("paper"), width)
    else:
        painter.drawEllipse(circle)
        _inside(painter, circle, look, color, width)


def _inside(painter: QPainter, circle: QRectF, look: str, color: QColor, width: float) -> None:
    if look in ("half", "three"):
        air = width * 1.25
        inner = circle.adjusted(air, air, -air, -air)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(color)
        if look == "half":
            painter.drawPie(inner, -90 * 16, 180 * 16)
        else:
            painter.drawPie(inner, 90 * 16, -270 * 16)
    elif look == "barred":
        reach = circle.width() * 0.34
        middle = circle.center()
        painter.drawLine(middle + QPointF(-reach, reach), middle + QPointF(reach, -reach))
    elif look in ("back", "away"):
        middle, reach = circle.center(), circle.width() * 0.26
        painter.drawLine(middle + QPointF(-reach, 0), middle + QPointF(reach, 0))
        tail = reach if look == "back" else -reach  # away points to the right: it went to another office
        tip = (QPointF(-tail * 0.1, -reach * 0.9), QPointF(-tail, 0), QPointF(-tail * 0.1, reach * 0.9))
        painter.drawPolyline(QPolygonF([middle + point for point in tip]))


def _tick(painter: QPainter, circle: QRectF, color: QColor, width: float) -> None:
    pen = QPen(color, width * 1.1)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    unit, left, top = circle.width(), circle.left(), circle.top()
    painter.drawPolyline(QPolygonF([
        QPointF(left + unit * 0.27, top + unit * 0.52), QPointF(left + unit * 0.44, top + unit * 0.68),
        QPointF(left + unit * 0.74, top + unit * 0.35),
    ]))  # fmt: skip


class PhaseLabel(QWidget):
    """A glyph, and beside it the word it stands with (none where the caller writes a date itself)."""

    def __init__(self, phase: str = "draft", words: str = "", *, px: int = 14, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._phase, self._words, self._px = phase, words, px
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(words)

    def set_phase(self, phase: str, words: str = "") -> None:
        """Show another state."""
        if (phase, words) != (self._phase, self._words):
            self._phase, self._words = phase, words
            self.setAccessibleName(words)
            self.updateGeometry()
            self.update()

    def sizeHint(self) -> QSize:
        """Glyph, gap and word; as high as a line of its size."""
        font = theme.font(self._px)
        self.setFont(font)
        figures = self.fontMetrics()
        width = theme.dp(GLYPH_PX)
        if self._words:
            width += theme.dp(6) + figures.horizontalAdvance(self._words)
        return QSize(width, max(figures.height(), theme.dp(GLYPH_PX) + 2))

    def paintEvent(self, event: QPaintEvent) -> None:
        """The glyph on the middle of the line, the word after it."""
        painter = QPainter(self)
        side = theme.dp(GLYPH_PX)
        paint_phase(painter, QRect(0, (self.height() - side) // 2, side, side), self._phase)
        if self._words:
            painter.setFont(theme.font(self._px))
            painter.setPen(theme.color("red" if _LOOKS.get(self._phase) == "back" else "ink"))
            words = self.rect().adjusted(side + theme.dp(6), 0, theme.dp(4), 0)
            painter.drawText(words, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, self._words)
