"""备份 in the right column of the 工作台: when the last one was, and what should be done about it or the second place.

Shows; asking and opening are the page's.
"""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from jiafang_desktop.services.backups import Last
from ui import theme
from ui.models.backup_words import advice, own_words, second_words
from ui.widgets import buttons
from ui.widgets.page import hairline


class BackupCard(QWidget):
    """``wanted``: to the settings' backups. Hidden while there is nothing to back up."""

    wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("backup_card")
        self.own, self.todo = _label("backup_own", "caption"), _label("backup_todo", "warn")
        self.todo.setWordWrap(True)
        self.button = buttons.link("查看", "button_side_backup")
        self.button.setAccessibleName("查看备份")
        self.button.clicked.connect(self.wanted)
        head = QLabel("备份")
        head.setProperty("role", "section")
        dp = theme.dp
        column = QVBoxLayout(self)
        column.setContentsMargins(0, dp(14), 0, 0)
        column.setSpacing(0)
        column.addWidget(hairline())
        column.addSpacing(dp(10))
        top = QHBoxLayout()
        top.setSpacing(dp(12))
        top.addWidget(head)
        top.addWidget(self.own, 1)
        top.addWidget(self.button)
        column.addLayout(top)
        column.addWidget(self.todo)
        self.hide()

    def show_last(self, last: Last, now: datetime) -> None:
        """How it stands; the second place is spoken of only where something is to be done about it."""
        self.setVisible(not last.nothing_yet)
        self.own.setText(own_words(last, now))
        self.own.setToolTip(f"第二处：{second_words(last, now)}")
        words = advice(last, now)
        self.todo.setText(words)
        self.todo.setVisible(bool(words))


def _label(name: str, role: str = "") -> QLabel:
    label = QLabel()
    label.setObjectName(name)
    if role:
        label.setProperty("role", role)
    return label
