"""签字盖章: the paper's own life — 打印, 签名, 盖章, 归档 — with the dates it happened (PRODUCT, Lives of things).

State of the paper only: ink is the way to sign, nothing is signed here.
"""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from jiafang_desktop.domain.visits import Visit
from ui import icons, theme
from ui.widgets import fields
from ui.widgets.side_fields import caption, section_head

_STATES = (("printed", "已打印", "打印"), ("signed", "已签名", "签名"), ("sealed", "已盖章", "盖章"))


class PaperSection(QWidget):
    """Three ticks with dates over a stepper; ticking says only what happened to the sheet."""

    marked = Signal(str, bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ticks = {key: fields.check_box(f"mark_{key}", words) for key, words, _ in _STATES}
        self._steps = _Stepper(self)
        self._hint = caption("")
        grid = QGridLayout()
        for place, (key, tick) in enumerate(self.ticks.items()):
            tick.clicked.connect(lambda checked, key=key: self.marked.emit(key, bool(checked)))
            grid.addWidget(tick, 0, place)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.dp(8))
        column.addWidget(section_head("签字盖章", self))
        column.addWidget(self._steps)
        column.addLayout(grid)
        column.addWidget(self._hint)

    def show_visit(self, visit: Visit | None, *, reprint: bool = False) -> None:
        """The stored visit's paper; ``reprint`` when the content changed after printing."""
        paper = visit.paper if visit else None
        dates = [paper.printed_on, paper.signed_on, paper.sealed_on] if paper else [None, None, None]
        live = visit is not None and visit.registered and not visit.deleted and visit.archived_on is None
        for (key, words, _), day in zip(_STATES, dates, strict=True):
            self.ticks[key].setChecked(day is not None)
            self.ticks[key].setText(words if day is None else f"{words} {day.month}.{day.day}")
            self.ticks[key].setEnabled(live)
        self._steps.show_dates([*dates, visit.archived_on if visit else None])
        if visit is None or not visit.registered:
            self._hint.setText("登记后再打印；签名、盖章用笔和公章，这里只记纸到了哪一步")
        elif reprint:
            self._hint.setText("打印后内容改过，需重印")
        else:
            self._hint.setText(f"纸质件在：{paper.place}" if paper and paper.place else "")


def state_words(visit: Visit | None) -> str:
    """For the narrow strip: what the paper still lacks."""
    paper = visit.paper if visit else None
    if paper is None or paper.printed_on is None:
        return "未打印"
    if paper.signed_on is None:
        return "差签名"
    return "差盖章" if paper.sealed_on is None else "齐全"


class _Stepper(QWidget):
    """打印—签名—盖章—归档, a filled circle with a tick for each step taken and its date below."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._dates: list[date | None] = [None] * 4

    def show_dates(self, dates: list[date | None]) -> None:
        self._dates = dates
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(theme.dp(260), theme.dp(50))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        dot, part = theme.dp(14), self.width() // 4
        for place, (word, day) in enumerate(zip(("打印", "签名", "盖章", "归档"), self._dates, strict=True)):
            left = place * part
            done = day is not None
            painter.setPen(QPen(theme.color("accent" if done else "edge"), theme.dp(1)))
            if place < 3:
                painter.setPen(QPen(theme.color("accent" if self._dates[place + 1] else "line"), 1))
                painter.drawLine(left + dot + theme.dp(4), dot // 2, left + part - theme.dp(4), dot // 2)
            painter.setPen(QPen(theme.color("accent" if done else "edge"), 1))
            painter.setBrush(theme.color("accent" if done else "paper"))
            painter.drawEllipse(QRect(left, 0, dot, dot).adjusted(1, 1, -1, -1))
            if done:
                painter.drawPixmap(QRect(left + 1, 1, dot - 2, dot - 2), icons.pixmap("check", 12, "paper"))
            painter.setPen(theme.color("ink" if done else "ink2"))
            painter.setFont(theme.font(12, bold=done))
            row = theme.dp(16)
            painter.drawText(QRect(left, dot + theme.dp(2), part, row), Qt.AlignmentFlag.AlignLeft, word)
            painter.setFont(theme.font(12))
            painter.setPen(theme.color("ink2"))
            words = f"{day.month}.{day.day}" if day else ""
            painter.drawText(QRect(left, dot + theme.dp(2) + row, part, row), Qt.AlignmentFlag.AlignLeft, words)
