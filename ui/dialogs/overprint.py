"""Choosing what goes onto the paper: the whole sheet, or only the resolution onto the signed one (套打).

A strip of two choices for the print dialog with words for what each does to the paper; printing is not done here.
"""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QRadioButton, QVBoxLayout, QWidget

from ui import theme
from ui.widgets.side_fields import caption


class OverprintChoice(QWidget):
    """整张打印 or 只打解决情况; ``changed`` tells whether only the resolution is wanted."""

    changed = Signal(bool)

    def __init__(self, *, preferred: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.whole = _choice("整张打印", "print_whole", self)
        self.only = _choice("只打解决情况（套打在已签名的原件上）", "print_resolution_only", self)
        group = QButtonGroup(self)
        group.addButton(self.whole)
        group.addButton(self.only)
        self._hint = caption("")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.dp(4))
        for widget in (self.whole, self.only, self._hint):
            column.addWidget(widget)
        (self.only if preferred else self.whole).setChecked(True)
        self.only.toggled.connect(self._tell)
        self._tell(preferred)

    @property
    def resolution_only(self) -> bool:
        """Whether 套打 is chosen."""
        return self.only.isChecked()

    def _tell(self, only: bool) -> None:
        self._hint.setText(
            "请把已签名的原件放进纸盒，字面和方向与第一次打印时一样；先用废纸试一张。"
            if only else "重新打印整张，需要领导重新签名。"
        )  # fmt: skip
        self.changed.emit(only)


def _choice(text: str, name: str, parent: QWidget) -> QRadioButton:
    button = QRadioButton(text, parent)
    button.setObjectName(name)
    button.setAccessibleName(text)
    return button
