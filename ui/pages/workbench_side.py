"""The right column of the 工作台: the year so far, the one next step, and the roster's size.

Shows; opening is the page's.
"""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from jiafang_desktop.services.workbench import Workbench
from ui import theme
from ui.models.todo_words import TodoWords
from ui.widgets import buttons
from ui.widgets.page import hairline
from ui.widgets.year_chart import YearChart


class WorkbenchSide(QWidget):
    """``next_wanted(TodoWords)``, ``roster_wanted``."""

    next_wanted = Signal(object)
    roster_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("workbench_side")
        self._next: TodoWords | None = None
        self.year, self.sum = _label("section"), _label("caption")
        self.chart = YearChart()
        self.next_name, self.next_words, self.next_limit = _label("head"), _label(""), _label("caption")
        self.next_words.setWordWrap(True)
        self.button_next = buttons.plain("办理", "button_next_step")
        self.roster = _label("")
        self.button_roster = buttons.link("导入名册", "button_side_roster")
        self._build()
        self.button_next.clicked.connect(self._go)
        self.button_roster.clicked.connect(self.roster_wanted)

    def _build(self) -> None:
        dp = theme.dp
        self._next_part = QWidget()
        following = QVBoxLayout(self._next_part)
        following.setContentsMargins(0, dp(16), 0, 0)
        following.setSpacing(dp(4))
        following.addWidget(hairline())
        following.addSpacing(dp(12))
        following.addWidget(_label("section", "下一步"))
        following.addSpacing(dp(4))
        line = QHBoxLayout()
        line.addWidget(self.next_name)
        line.addStretch(1)
        line.addWidget(self.next_limit)
        following.addLayout(line)
        following.addWidget(self.next_words)
        following.addSpacing(dp(8))
        following.addWidget(self.button_next, 0, Qt.AlignmentFlag.AlignLeft)
        people = QHBoxLayout()
        people.addWidget(self.roster)
        people.addStretch(1)
        people.addWidget(self.button_roster)
        column = QVBoxLayout(self)
        column.setContentsMargins(dp(24), dp(16), dp(24), dp(16))
        column.setSpacing(0)
        self.year.setFixedHeight(dp(30))
        column.addWidget(self.year)
        column.addWidget(self.sum)
        column.addSpacing(dp(8))
        column.addWidget(self.chart)
        column.addWidget(self._next_part)
        column.addSpacing(dp(20))
        column.addWidget(hairline())
        column.addSpacing(dp(12))
        column.addWidget(_label("section", "名册"))
        column.addSpacing(dp(4))
        column.addLayout(people)
        column.addStretch(1)

    def show_year(self, bench: Workbench, year: int, *, today: date) -> None:
        """The blocks of ``year``."""
        self.year.setText(f"{year} 年家访")
        self.sum.setText(f"共 {bench.visits} 次，已归档 {bench.archived} 次")
        quarter = (today.month - 1) // 3 if year == today.year else None
        self.chart.show_months(bench.months, present_quarter=quarter)

    def show_next(self, words: TodoWords | None) -> None:
        """The most urgent thing."""
        self._next = words
        self._next_part.setVisible(words is not None)
        if words is None:
            return
        self.next_name.setText(words.visitee)
        self.next_words.setText(words.to_do)
        self.next_limit.setText(words.limit)
        role = "red" if words.is_overdue else "caption"
        if self.next_limit.property("role") != role:
            self.next_limit.setProperty("role", role)
            self.next_limit.style().unpolish(self.next_limit)
            self.next_limit.style().polish(self.next_limit)
        self.button_next.set_words(words.act)
        self.button_next.setAccessibleName(f"{words.act}：{words.visitee}")

    def show_roster(self, cadres: int) -> None:
        """How many people are known."""
        self.roster.setText(f"共 {cadres} 人" if cadres else "还没有导入名册")
        self.button_roster.set_words("再导入" if cadres else "导入名册")

    def _go(self) -> None:
        if self._next is not None:
            self.next_wanted.emit(self._next)


def _label(role: str, words: str = "") -> QLabel:
    label = QLabel(words)
    if role:
        label.setProperty("role", role)
    return label
