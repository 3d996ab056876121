"""The bar at the foot of the 家访 list while rows are ticked: how many, and what can be done with them.

Words and buttons; the acts are visits_acts'.
"""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from ui import theme
from ui.widgets import buttons


class TickBar(QWidget):
    """Hidden while nothing is ticked."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("tick_bar")
        self.setAccessibleName("选中的家访")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedHeight(theme.dp(50))
        self.count = QLabel()
        self.count.setObjectName("tick_count")
        self.button_none = buttons.link("取消选择", "button_untick")
        self.button_export = buttons.quiet("导出", "button_export_ticked", icon="file")
        self.button_signed = buttons.quiet("标记已签字", "button_mark_signed", icon="pen")
        self.button_place = buttons.quiet("登记存放位置", "button_paper_place", icon="archive")
        self.button_print = buttons.plain("打印", "button_print_ticked", icon="print")
        self.button_restore = buttons.plain("恢复", "button_restore_ticked", icon="undo")
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.dp(24), 0, theme.dp(24), 0)
        row.setSpacing(theme.dp(12))
        row.addWidget(self.count)
        row.addWidget(self.button_none)
        row.addStretch(1)
        self._of_papers = (self.button_export, self.button_signed, self.button_place, self.button_print)
        for button in (*self._of_papers, self.button_restore):
            row.addWidget(button)
        self.hide()

    def show_ticked(self, visits: int, drafts: int, *, void: bool = False) -> None:
        """How many are ticked; drafts among them have no paper yet, ``void`` ones can only be brought back."""
        self.setVisible(bool(visits or drafts))
        tint, accent, line = (theme.color(token).name() for token in ("tint", "accent", "hair"))
        radius = theme.dp(6) - 1
        self.setStyleSheet(
            f"#tick_bar {{ background: {tint}; border-top: 1px solid {line};"
            f" border-bottom-left-radius: {radius}px; border-bottom-right-radius: {radius}px; }}"
            f"#tick_count {{ color: {accent}; font-weight: 700; background: transparent; }}"
        )
        self.count.setText(f"已选 {visits + drafts} 次" + (f"，其中草稿 {drafts} 次" if drafts else ""))
        self.button_print.setText(f" 打印 {visits} 张" if visits else " 打印")
        self.button_print.setAccessibleName(f"打印 {visits} 张")
        for button in self._of_papers:
            button.setEnabled(visits > 0)
            button.setVisible(not void)
        self.button_restore.set_words(f"恢复 {visits} 份")
        self.button_restore.setVisible(void)
