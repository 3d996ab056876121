"""签字盖章: the paper's own life — 打印, 签名, 盖章, 归档 — with the dates it happened (PRODUCT, Lives of things).

State of the paper only: ink is the way to sign. Where the rules allow a pad, side_pad's rows stand below the steps.
"""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from jiafang_desktop.domain.match_code import shown
from jiafang_desktop.domain.visits import Visit
from ui import icons, theme
from ui.widgets.side_fields import caption, section_head, tint_caption
from ui.widgets.side_pad import PadRows

_STATES = (("printed", "已打印", "打印"), ("signed", "已签名", "签名"), ("sealed", "已盖章", "盖章"),
           ("archived", "已归档", "归档"))  # fmt: skip


class PaperSection(QWidget):
    """The steps with their dates; pressing one says only what happened to the sheet."""

    marked = Signal(str, bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.steps = {key: PaperStep(key, words, short, self) for key, words, short in _STATES}
        self._hint = caption("")
        self.pad = PadRows()
        self._code = caption("")
        self._code.setObjectName("match_code")
        self._code.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._code.hide()
        row = QHBoxLayout()
        row.setSpacing(0)
        for key, step in self.steps.items():
            step.clicked.connect(lambda checked, key=key: self.marked.emit(key, bool(checked)))
            row.addWidget(step)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.dp(8))
        column.addWidget(section_head("签字盖章", self))
        column.addLayout(row)
        column.addWidget(self.pad)
        column.addWidget(self._hint)
        column.addWidget(self._code)

    def show_code(self, code: str | None) -> None:
        """The 核对码 of what the sheet says now; none while nothing was ever printed."""
        self._code.setText(f"核对码　{shown(code)}" if code is not None else "")
        self._code.setVisible(code is not None)

    def show_visit(self, visit: Visit | None, *, reprint: bool = False) -> None:
        """The stored visit's paper; ``reprint`` when the content changed after printing."""
        paper = visit.paper if visit else None
        dates = [paper.printed_on, paper.signed_on, paper.sealed_on] if paper else [None, None, None]
        dates.append(visit.archived_on if visit else None)
        live = visit is not None and visit.registered and not visit.deleted and visit.archived_on is None
        for step, day, following in zip(self.steps.values(), dates, [*dates[1:], None], strict=True):
            step.show_day(day, joined=following is not None)
            step.setEnabled(live and step is not self.steps["archived"])
        if visit is None or not visit.registered:
            self._hint.setText("登记后再打印；签名、盖章用笔和公章，这里只记纸到了哪一步")
        elif visit.deleted:
            self._hint.setText(f"已作废：{visit.delete_reason or '没有写原因'}")
        elif reprint:
            self._hint.setText("打印后内容改过，需重印")
        else:
            self._hint.setText(f"纸质件在：{paper.place}" if paper and paper.place else "")
        tint_caption(self._hint, "amber" if reprint and visit is not None and not visit.deleted else "ink2")
        self._hint.setVisible(bool(self._hint.text()))


def state_words(visit: Visit | None) -> str:
    """For the narrow strip: what the paper still lacks."""
    paper = visit.paper if visit else None
    if paper is None or paper.printed_on is None:
        return "未打印"
    if paper.signed_on is None:
        return "差签名"
    return "差盖章" if paper.sealed_on is None else "齐全"


class PaperStep(QAbstractButton):
    """A circle that fills with a tick, its word and its date below, and the line to the next one."""

    def __init__(self, key: str, words: str, short: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._words, self._joined, self._last = words, False, key == "archived"
        self._day: date | None = None
        self.setObjectName(f"mark_{key}")
        self.setText(short)
        self.setAccessibleName(words)
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus if self._last else Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_day(self, day: date | None, *, joined: bool) -> None:
        """When it happened; ``joined``: the next step was taken too."""
        self._day, self._joined = day, joined
        self.setChecked(day is not None)
        self.setAccessibleName(self._words if day is None else f"{self._words} {day.month}.{day.day}")
        self.update()

    def day_words(self) -> str:
        """9.17, or nothing yet."""
        return f"{self._day.month}.{self._day.day}" if self._day else ""

    def sizeHint(self) -> QSize:
        """Circle, word and date under one another."""
        return QSize(theme.dp(64), theme.dp(50))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Line, circle, words; the focus as a ring round the circle."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        dot, edge, done = theme.dp(16), theme.dp(2), self._day is not None
        circle = QRect(edge, edge, dot, dot)
        if not self._last:
            painter.setPen(QPen(theme.color("accent" if self._joined else "line"), max(theme.dp(1), 1)))
            painter.drawLine(circle.right() + theme.dp(5), circle.center().y(), self.width(), circle.center().y())
        painter.setPen(QPen(theme.color("accent" if done else "edge"), max(theme.dp(1), 1)))
        hover = self.underMouse() and self.isEnabled()
        painter.setBrush(theme.color("accent" if done else "desk2" if hover else "paper"))
        painter.drawEllipse(circle.adjusted(1, 1, -1, -1))
        if done:
            painter.drawPixmap(circle.adjusted(2, 2, -2, -2), icons.pixmap("check", 12, "paper"))
        if self.hasFocus():
            painter.setPen(QPen(theme.color("accent"), theme.dp(2)))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawEllipse(circle.adjusted(-1, -1, 1, 1))
        row = theme.dp(15)
        words = QRect(edge, circle.bottom() + theme.dp(2), self.width() - edge, row)
        painter.setFont(theme.font(12, bold=done))
        painter.setPen(theme.color("ink" if done else "ink2"))
        painter.drawText(words, Qt.AlignmentFlag.AlignLeft, self.text())
        painter.setFont(theme.font(12))
        painter.setPen(theme.color("ink2"))
        painter.drawText(words.translated(0, row), Qt.AlignmentFlag.AlignLeft, self.day_words())
