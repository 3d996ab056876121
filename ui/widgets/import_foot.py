"""The foot of a review before importing: what 导入 will do, why it can't be pressed, 取消 and 导入.

Words and amounts are the pages'.
"""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from ui import theme
from ui.widgets import buttons
from ui.widgets.side_fields import tint_caption

_HEIGHT_PX = 56


class ImportFoot(QWidget):
    """``button_cancel`` and ``button_import`` are the page's to connect."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedHeight(theme.dp(_HEIGHT_PX))
        self.sum = QLabel()
        self.sum.setObjectName("import_sum")
        self.reason = QLabel()
        self.reason.setObjectName("import_reason")
        self.button_cancel = buttons.plain("取消", "button_cancel_import")
        self.button_import = buttons.primary("导入", "button_import")
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.dp(24), 0, theme.dp(24), 0)
        row.setSpacing(theme.dp(8))
        row.addWidget(self.sum)
        row.addStretch(1)
        row.addWidget(self.reason)
        row.addSpacing(theme.dp(12))
        row.addWidget(self.button_cancel)
        row.addWidget(self.button_import)

    def show_amount(self, amount: int, one: str, *, why: str, must: bool, busy: bool) -> None:
        """导入 3 次; ``why`` it can't be pressed, red where something ``must`` be settled first."""
        self.button_import.set_words(f"导入 {amount} {one}" if amount else "导入")
        self.button_import.setEnabled(not why and not busy)
        self.reason.setText(why)
        tint_caption(self.reason, "red" if must else "ink2")
