"""The figures beside the quarterly summary: accent with a dotted rule, each opens its rows; the quarter before.

Shows and tells which figure was clicked; counting is services.summary's.
"""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QAbstractButton,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from jiafang_desktop.domain.summary import Figure
from ui import theme
from ui.models.summary_rows import GROUPS, LARGE, QUARTERS, SummaryView, compared
from ui.widgets.page import hairline


class FigureButton(QAbstractButton):
    """A number that opens its rows."""

    def __init__(self, figure: Figure, *, px: int) -> None:
        super().__init__()
        self.figure, self._px = figure, px
        self.setObjectName(f"figure_{figure.name}")
        self.setText(str(figure.value or 0))
        self.setAccessibleName(f"{figure.title} {figure.value or 0}，看是哪几件")
        self.setToolTip("点开看是哪几件" if figure.value else "")
        self.setEnabled(bool(figure.value))
        self.setCursor(Qt.CursorShape.PointingHandCursor if figure.value else Qt.CursorShape.ArrowCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if figure.value else Qt.FocusPolicy.NoFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """As wide as the number."""
        figures = QFontMetrics(theme.font(self._px, bold=True))
        return QSize(figures.horizontalAdvance(self.text()) + 1, figures.height() + theme.dp(4))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Accent, dotted rule below; a plain 0 opens nothing."""
        painter = QPainter(self)
        painter.setFont(theme.font(self._px, bold=True))
        on = self.isEnabled()
        painter.setPen(theme.color("accent_hover" if self.underMouse() and on else "accent" if on else "ink2"))
        room = self.rect().adjusted(0, 0, 0, -theme.dp(3))
        painter.drawText(room, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, self.text())
        if on:
            width = theme.focus_px() if self.hasFocus() else 1
            pen = QPen(theme.color("accent"), width, Qt.PenStyle.DotLine)
            painter.setPen(pen)
            base = self.height() - theme.dp(2)
            painter.drawLine(0, base, self.width() - 1, base)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens too."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)


class SummaryFigures(QWidget):
    """``chosen(Figure)`` tells the one clicked."""

    chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("summary_figures")
        self.setAccessibleName("本季数字")
        self.buttons: dict[str, FigureButton] = {}
        self._inner = QWidget()
        self._scroll = QScrollArea()
        self._scroll.setObjectName("figures_scroll")
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setWidgetResizable(True)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setStyleSheet("#figures_scroll, #figures_inner { background: transparent; }")
        self._scroll.viewport().setAutoFillBackground(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.dp(20), theme.dp(16), theme.dp(16), theme.dp(12))
        column.addWidget(self._scroll)

    def show_view(self, view: SummaryView) -> None:
        """The figures of a quarter."""
        at = self._scroll.verticalScrollBar().value()
        self.buttons = {}
        inner = QWidget()
        inner.setObjectName("figures_inner")
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, theme.dp(8), 0)
        column.setSpacing(theme.dp(10))
        column.addWidget(_label(f"{QUARTERS[view.found.quarter - 1]}季度数字", "section"))
        column.addWidget(_label("点数字看是哪几件", "caption"))
        column.addLayout(self._large(view))
        for title, names in GROUPS:
            shown = [view.found.figures[name] for name in names if view.found.figures[name].value]
            if shown:
                column.addWidget(hairline())
                column.addWidget(_label(title, "head"))
                for figure in shown:
                    column.addLayout(self._line(figure))
        column.addWidget(hairline())
        column.addWidget(_label("与上季相比", "head"))
        for words, change in compared(view):
            column.addLayout(_pair(QLabel(words), QLabel(change)))
        column.addWidget(hairline())
        column.addWidget(_label("不写进总结的", "head"))
        column.addWidget(_label("草稿、修改经过和作废记录\n对领导的意见建议、组织督导情况", "caption"))
        column.addStretch(1)
        self._scroll.setWidget(inner)
        self._inner = inner
        self._scroll.verticalScrollBar().setValue(at)

    def _large(self, view: SummaryView) -> QGridLayout:
        grid = QGridLayout()
        grid.setVerticalSpacing(theme.dp(2))
        for place, (name, words) in enumerate(LARGE):
            row, side = place // 2 * 2, place % 2
            grid.addWidget(self._button(view.found.figures[name], px=20), row, side, Qt.AlignmentFlag.AlignLeft)
            caption = _label(words, "caption")
            caption.setContentsMargins(0, 0, 0, theme.dp(8))
            grid.addWidget(caption, row + 1, side)
        for side in (0, 1):
            grid.setColumnStretch(side, 1)
        return grid

    def _line(self, figure: Figure) -> QHBoxLayout:
        words = QLabel(figure.title)
        words.setWordWrap(True)
        return _pair(words, self._button(figure, px=14))

    def _button(self, figure: Figure, *, px: int) -> FigureButton:
        button = FigureButton(figure, px=px)
        button.clicked.connect(lambda: self.chosen.emit(figure))
        self.buttons[figure.name] = button
        return button


def _pair(words: QLabel, value: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    row.addWidget(words, 1)
    row.addWidget(value, 0, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
    return row


def _label(words: str, role: str) -> QLabel:
    label = QLabel(words)
    label.setProperty("role", role)
    return label
