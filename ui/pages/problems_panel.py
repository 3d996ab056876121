"""One problem beside the 问题办理 list: its words, what is known of it, its dated steps, and what can be done.

Shows and tells what is wanted; doing it is the page's.
"""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from ui import theme
from ui.models.problem_list import ProblemRow, facts
from ui.models.typed_date import dotted
from ui.widgets import buttons
from ui.widgets.page import hairline
from ui.widgets.panel_parts import empty, words


class ProblemPanel(QWidget):
    """Signals name what the clerk wants with the problem shown."""

    open_wanted = Signal()
    progress_wanted = Signal()
    resolve_wanted = Signal()
    edit_wanted = Signal()
    reopen_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("problem_panel")
        self.setAccessibleName("问题详情")
        self.name = words("", 16, "ink", bold=True)
        self.text = words("", 14, "ink")
        self.text.setObjectName("problem_text")
        self.steps_head = words("跟进了解", 14, "ink", bold=True)
        self.fixed = words("这次家访已归档，要改请打开记录单，用“更正”。", 12, "ink2")
        self.button_open = buttons.link("打开记录单", "button_problem_visit")
        self.button_edit = buttons.quiet("修改", "button_problem_edit", icon="pen")
        self.button_progress = buttons.quiet("记跟进", "button_problem_progress")
        self.button_resolve = buttons.plain("办结", "button_problem_resolve")
        self.button_reopen = buttons.plain("重新办理", "button_problem_reopen")
        for button, signal in (
            (self.button_open, self.open_wanted), (self.button_edit, self.edit_wanted),
            (self.button_progress, self.progress_wanted), (self.button_resolve, self.resolve_wanted),
            (self.button_reopen, self.reopen_wanted),
        ):  # fmt: skip
            button.clicked.connect(signal)
        self._facts = QGridLayout()
        self._facts.setHorizontalSpacing(theme.dp(12))
        self._facts.setVerticalSpacing(theme.dp(6))
        self._facts.setColumnStretch(1, 1)
        self._steps = QVBoxLayout()
        self._steps.setSpacing(theme.dp(6))
        self._build()

    def _build(self) -> None:
        inner = QWidget()
        inner.setObjectName("problem_inner")
        body = QVBoxLayout(inner)
        body.setContentsMargins(0, 0, theme.dp(8), 0)
        body.setSpacing(theme.dp(10))
        body.addWidget(self.text)
        body.addWidget(hairline())
        body.addLayout(self._facts)
        body.addWidget(self.button_open, 0, Qt.AlignmentFlag.AlignLeft)
        body.addWidget(hairline())
        body.addWidget(self.steps_head)
        body.addLayout(self._steps)
        body.addStretch(1)
        scroll = QScrollArea()
        scroll.setObjectName("problem_scroll")
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(inner)
        scroll.setStyleSheet("#problem_scroll, #problem_inner { background: transparent; }")
        scroll.viewport().setAutoFillBackground(False)
        foot = QHBoxLayout()
        foot.setSpacing(theme.dp(4))
        for button in (self.button_edit, self.button_progress):
            foot.addWidget(button)
        foot.addStretch(1)
        foot.addWidget(self.button_reopen)
        foot.addWidget(self.button_resolve)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.dp(20), theme.dp(16), theme.dp(24), theme.dp(12))
        column.setSpacing(theme.dp(8))
        column.addWidget(self.name)
        column.addWidget(scroll, 1)
        column.addWidget(self.fixed)
        column.addLayout(foot)

    def show_row(self, row: ProblemRow) -> None:
        """Everything of a problem."""
        self.name.setText(row.visitee)
        self.text.setText(row.listed.problem.content.text)
        empty(self._facts)
        for place, (title, text) in enumerate(facts(row)):
            late = title == "期限" and row.due.overdue
            value = words(f"{text}　{row.due.words.split('　')[-1]}" if late else text, 14, "red" if late else "ink",
                           bold=late)  # fmt: skip
            self._facts.addWidget(words(title, 12, "ink2"), place, 0, Qt.AlignmentFlag.AlignTop)
            self._facts.addWidget(value, place, 1)
        empty(self._steps)
        notes = row.listed.problem.progress
        self.steps_head.setText(f"跟进了解 {len(notes)} 次" if notes else "还没有记跟进")
        for note in reversed(notes):
            self._steps.addWidget(words(f"{dotted(note.on)}　{note.text}", 14, "ink"))
        writable = not row.is_fixed
        self.fixed.setVisible(row.is_fixed)
        for button, shown in (
            (self.button_edit, row.is_open), (self.button_progress, row.is_open), (self.button_resolve, row.is_open),
            (self.button_reopen, not row.is_open),
        ):  # fmt: skip
            button.setVisible(writable and shown)
