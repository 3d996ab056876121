"""Shown while the last backup of the day is made: what is going on, and a way to leave at once.

Making it and closing the window are ui.backup_watch's.
"""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from jiafang_desktop.common.progress import Progress
from ui import theme
from ui.widgets import buttons
from ui.widgets.page import hairline

_WIDTH_PX = 440


class ClosingBackup(QDialog):
    """``skip_wanted``: leave without it. × and Esc mean the same."""

    skip_wanted = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("dialog_closing_backup")
        self.setAccessibleName("正在备份，好了就关闭")
        self.setWindowTitle("正在关闭")
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setFixedWidth(theme.dp(_WIDTH_PX))
        self.setStyleSheet(f"#dialog_closing_backup {{ background: {theme.name('paper')}; }}")
        head = QLabel("正在备份，好了就关闭")
        head.setProperty("role", "section")
        self.words = QLabel("正在准备")
        self.words.setObjectName("closing_words")
        self.words.setProperty("role", "second")
        calm = QLabel("填的内容都已经存好。等不及可以跳过，下次打开时会补做。")
        calm.setProperty("role", "caption")
        calm.setWordWrap(True)
        self.button = buttons.plain("跳过备份，直接关闭", "button_skip_backup")
        self.button.clicked.connect(self.reject)
        dp = theme.dp
        upper = QVBoxLayout()
        upper.setContentsMargins(dp(24), dp(24), dp(24), dp(20))
        upper.setSpacing(dp(8))
        for label in (head, self.words, calm):
            upper.addWidget(label)
        foot = QHBoxLayout()
        foot.setContentsMargins(dp(24), dp(14), dp(24), dp(14))
        foot.addStretch(1)
        foot.addWidget(self.button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(upper)
        column.addWidget(hairline())
        column.addLayout(foot)

    def show_step(self, step: Progress) -> None:
        """Where it is."""
        share = f"　{step.done * 100 // step.total}%" if step.total else ""
        self.words.setText(f"{step.stage}{share}")

    def reject(self) -> None:
        """Leave at once."""
        self.skip_wanted.emit()
