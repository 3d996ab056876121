"""An empty page: a small drawing, what is not there yet, one sentence, and two or three ways in.

The ways' acts are the page's.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from ui import icons, theme
from ui.widgets import buttons
from ui.widgets.page import hairline

_WIDTH_PX = 560
Way = tuple[str, str, str, str, str, Callable[[], object]]
"""Icon, head, caption, the button's words, its object name, what it does."""


class EmptyState(QWidget):
    """``ways``: see :data:`Way`. The button of each is ``self.ways[object name]``."""

    def __init__(self, title: str, sentence: str, *, ways: Sequence[Way] = (), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(title)
        self.ways: dict[str, buttons.Button] = {}
        self.title = QLabel(title)
        self.title.setProperty("role", "title")
        self.title.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.sentence = QLabel(sentence)
        self.sentence.setProperty("role", "second")
        self.sentence.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.sentence.setWordWrap(True)
        column = QVBoxLayout()
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(_Drawing(), 0, Qt.AlignmentFlag.AlignHCenter)
        column.addSpacing(theme.dp(12))
        column.addWidget(self.title)
        column.addSpacing(theme.dp(6))
        column.addWidget(self.sentence)
        column.addSpacing(theme.dp(16))
        for place, way in enumerate(ways):
            if place:
                column.addWidget(hairline())
            column.addWidget(self._way(way))
        box = QWidget()
        box.setLayout(column)
        box.setMaximumWidth(theme.dp(_WIDTH_PX))
        box.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        across = QHBoxLayout()
        across.addStretch(1)
        across.addWidget(box, 1000)
        across.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(theme.dp(24), theme.dp(24), theme.dp(24), theme.dp(24))
        whole.addStretch(4)
        whole.addLayout(across)
        whole.addStretch(5)

    def _way(self, way: Way) -> QWidget:
        icon, head, caption, words, name, act = way
        row = QWidget()
        row.setFixedHeight(theme.dp(73))
        picture = QLabel()
        picture.setPixmap(icons.pixmap(icon, theme.dp(18), "accent"))
        picture.setFixedWidth(theme.dp(34))
        top, below = QLabel(head), QLabel(caption)
        top.setProperty("role", "head")
        below.setProperty("role", "caption")
        texts = QVBoxLayout()
        texts.setSpacing(theme.dp(2))
        texts.addStretch(1)
        texts.addWidget(top)
        texts.addWidget(below)
        texts.addStretch(1)
        button = buttons.plain(words, name)
        button.clicked.connect(lambda: act())
        button.setAccessibleDescription(f"{head}：{caption}")
        self.ways[name] = button
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(0)
        line.addWidget(picture)
        line.addLayout(texts, 1)
        line.addWidget(button)
        return row


class _Drawing(QWidget):
    """Two sheets, one before the other, 120 × 96: what comes onto this page is paper."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedSize(QSize(theme.dp(120), theme.dp(96)))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        unit = theme.scale()
        painter.scale(unit, unit)
        radius = 3.0
        back, front = QRectF(44.5, 4.5, 58, 74), QRectF(20.5, 12.5, 58, 74)
        painter.setPen(QPen(theme.color("edge"), 1.2))
        painter.setBrush(theme.color("paper"))
        painter.drawRoundedRect(back, radius, radius)
        painter.setPen(QPen(theme.color("accent"), 1.4))
        painter.drawRoundedRect(front, radius, radius)
        painter.setPen(QPen(theme.color("line"), 1.6))
        for place, width in enumerate((38, 38, 38, 38, 20)):
            y = front.top() + 16 + place * 11
            painter.drawLine(QPointF(front.left() + 10, y), QPointF(front.left() + 10 + width, y))
