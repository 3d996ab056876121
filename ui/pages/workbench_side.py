"""The right column of the 工作台: the year so far, the quarters to be reported, and the roster's size.

Shows; opening is the page's.
"""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from jiafang_desktop.domain.summary import quarter_words
from jiafang_desktop.domain.visits import VisitQuery
from jiafang_desktop.services.workbench import Workbench
from ui import theme
from ui.widgets import buttons
from ui.widgets.backup_card import BackupCard
from ui.widgets.page import hairline, scrolled
from ui.widgets.quarter_rows import QuarterRows
from ui.widgets.year_chart import YearChart


class WorkbenchSide(QWidget):
    """``rows_wanted(title, VisitQuery)`` for a number or a picture, ``quarter_wanted(QuarterReport)``,
    ``roster_wanted``."""

    rows_wanted = Signal(str, object)
    quarter_wanted = Signal(object)
    roster_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.backup = BackupCard()
        self.setObjectName("workbench_side")
        self._year = 0
        self.year = _label("section")
        self.button_visits = buttons.link("共 0 次", "button_year_visits")
        self.button_archived = buttons.link("已归档 0 次", "button_year_archived")
        self.chart = YearChart()
        self.quarters = QuarterRows()
        self.roster = _label("")
        self.button_roster = buttons.link("导入名册", "button_side_roster")
        self._build()
        self._connect()

    def _build(self) -> None:
        dp = theme.dp
        sums = QHBoxLayout()
        sums.setSpacing(dp(12))
        sums.addWidget(self.button_visits)
        sums.addWidget(self.button_archived)
        sums.addStretch(1)
        people = QHBoxLayout()
        people.setSpacing(dp(8))
        people.addWidget(_label("section", "名册"))
        people.addWidget(self.roster)
        people.addStretch(1)
        people.addWidget(self.button_roster)
        self._reports = QWidget()
        reports = QVBoxLayout(self._reports)
        reports.setContentsMargins(0, dp(12), 0, 0)
        reports.setSpacing(0)
        reports.addWidget(hairline())
        reports.addSpacing(dp(8))
        reports.addWidget(_label("section", "季度报送"))
        reports.addSpacing(dp(2))
        reports.addWidget(self.quarters)
        inner = QWidget()
        inner.setObjectName("workbench_side_inner")
        column = QVBoxLayout(inner)
        column.setContentsMargins(dp(24), dp(14), dp(24), dp(12))
        column.setSpacing(0)
        self.year.setFixedHeight(dp(30))
        column.addWidget(self.year)
        column.addLayout(sums)
        column.addSpacing(dp(8))
        column.addWidget(self.chart)
        column.addWidget(self._reports)
        column.addSpacing(dp(12))
        column.addWidget(hairline())
        column.addSpacing(dp(8))
        column.addLayout(people)
        column.addWidget(self.backup)
        column.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(scrolled(inner, "workbench_side_scroll"))

    def _connect(self) -> None:
        year = lambda **more: VisitQuery(year=self._year, **more)  # noqa: E731  (the year shown changes)
        self.button_visits.clicked.connect(lambda: self.rows_wanted.emit(f"{self._year}年家访", year()))
        self.button_archived.clicked.connect(
            lambda: self.rows_wanted.emit(f"{self._year}年已归档", year(statuses=("archived",)))
        )
        self.chart.month_chosen.connect(
            lambda month: self.rows_wanted.emit(f"{self._year}年{month}月家访", year(month=month))
        )
        self.chart.quarter_chosen.connect(
            lambda quarter: self.rows_wanted.emit(f"{quarter_words(self._year, quarter)}家访", year(quarter=quarter))
        )
        self.quarters.chosen.connect(self.quarter_wanted)
        self.button_roster.clicked.connect(self.roster_wanted)

    def show_year(self, bench: Workbench, year: int, *, today: date) -> None:
        """The blocks of ``year``, and the quarters to be reported, whatever year is open."""
        self._year = year
        self.year.setText(f"{year} 年家访")
        self.button_visits.set_words(f"共 {bench.visits} 次")
        self.button_archived.set_words(f"已归档 {bench.archived} 次")
        self.chart.show_months(bench.months, present_month=today.month if year == today.year else None)
        self._reports.setVisible(bool(bench.quarters))
        self.quarters.show_reports(bench.quarters, today=today)

    def show_roster(self, cadres: int) -> None:
        """How many people are known."""
        self.roster.setText(f"共 {cadres} 人" if cadres else "还没有导入名册")
        self.button_roster.set_words("再导入" if cadres else "导入名册")


def _label(role: str, words: str = "") -> QLabel:
    label = QLabel(words)
    if role:
        label.setProperty("role", role)
    return label
