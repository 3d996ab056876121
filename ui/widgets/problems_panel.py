"""问题办理 beside the paper: each problem with its moon, its limit and the acts on it.

It shows rows and tells what is wanted; the dialogs and the services are the page's.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from jiafang_desktop.common import clock
from ui import theme
from ui.models.visit_form import VisitForm
from ui.widgets import buttons, fields
from ui.widgets.phase import PhaseLabel
from ui.widgets.problems_rows import ProblemRow
from ui.widgets.side_fields import caption, section_head, tie_check, tint_caption


class ProblemsSection(QWidget):
    """The list, ＋ 添加, and 未反映需解决的问题 while there is none."""

    add_wanted = Signal()
    edit_wanted = Signal(int)
    progress_wanted = Signal(int)
    resolve_wanted = Signal(int)
    remove_wanted = Signal(int)

    def __init__(self, form: VisitForm, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.add_button = buttons.link("＋ 添加", "button_add_problem")
        self.add_button.setAccessibleName("添加问题")
        self.add_button.clicked.connect(self.add_wanted)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(theme.dp(8))
        self.nothing = fields.check_box("check_nothing_to_solve", "本次家访未反映需解决的问题")
        tie_check(self.nothing, form, "nothing_to_solve", label="未反映需解决的问题")
        head = QHBoxLayout()
        head.addWidget(section_head("问题办理", self))
        head.addStretch(1)
        head.addWidget(self.add_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.dp(8))
        column.addLayout(head)
        column.addLayout(self._rows)
        column.addWidget(self.nothing)
        self._shown: tuple[tuple[ProblemRow, ...], bool] | None = None

    def show_rows(self, rows: Sequence[ProblemRow], *, writable: bool = True) -> None:
        """Show these problems; acts are offered while ``writable``."""
        if self._shown == (tuple(rows), writable):
            return
        self._shown = (tuple(rows), writable)
        while (item := self._rows.takeAt(0)) is not None:
            item.widget().hide()
            item.widget().deleteLater()
        for row in rows:
            self._rows.addWidget(self._row_widget(row, writable))
        self.nothing.setVisible(not rows)
        self.nothing.setEnabled(writable)
        self.add_button.setVisible(writable)

    def _row_widget(self, row: ProblemRow, writable: bool) -> QWidget:
        widget = QWidget(self)
        widget.setObjectName(f"problem_{row.position}")
        text = QLabel(row.content.text, widget)
        text.setWordWrap(True)
        text.setStyleSheet(f"font-size: {theme.dp(14)}px; background: transparent;")
        late = row.overdue_days(clock.today()) > 0
        due = QLabel(row.due_words(clock.today()), widget)
        due.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignRight)
        tint_caption(due, "red" if late else "ink2", bold=late)
        top = QHBoxLayout()
        top.setSpacing(theme.dp(6))
        moon = PhaseLabel(row.phase)
        moon.setAccessibleName("已办结" if not row.is_open else "办理中")
        top.addWidget(moon, 0, Qt.AlignmentFlag.AlignTop)
        top.addWidget(text, 1)
        top.addWidget(due, 0)
        column = QVBoxLayout(widget)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(top)
        small = caption(row.small_words())
        small.setContentsMargins(theme.dp(20), 0, 0, 0)
        column.addWidget(small)
        if writable:
            below = QHBoxLayout()
            below.setContentsMargins(theme.dp(20), 0, 0, 0)
            below.setSpacing(theme.dp(16))
            for button in self._acts(row):
                below.addWidget(button)
            below.addStretch(1)
            column.addLayout(below)
        widget.setToolTip(row.resolution or "")
        return widget

    def _acts(self, row: ProblemRow) -> list[QPushButton]:
        offered = [("修改", "edit", self.edit_wanted), ("删去", "remove", self.remove_wanted)]
        if row.is_open:
            offered = [("跟进", "progress", self.progress_wanted), ("办结", "resolve", self.resolve_wanted), *offered]
        found = []
        for text, verb, signal in offered:
            button = buttons.link(text, f"problem_{row.position}_{verb}")
            button.setAccessibleName(f"{text}：{row.content.text[:12]}")
            button.clicked.connect(partial(_emit, signal, row.position))
            found.append(button)
        return found


def _emit(signal: object, position: int, _checked: bool = False) -> None:
    signal.emit(position)  # type: ignore[attr-defined]  # a bound Signal
