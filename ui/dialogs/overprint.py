"""Choosing what goes onto the paper: the whole sheet, only the resolution onto the signed one (套打), or one copy more.

A strip of choices for the print dialog with words for what each does to the paper; printing is not done here.
"""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QRadioButton, QVBoxLayout, QWidget

from ui import theme
from ui.widgets.side_fields import caption

_ONLY = "请把已签名的原件放进纸盒，字面和方向与第一次打印时一样；先用废纸试一张。"
_WHOLE = "新打印的一张代替原来的。"
_WHOLE_SIGNED = "新打印的一张代替签过字的原件：“已签名”“已盖章”取消，请领导在新的一张上重新签名。"
_COPY = "只是多印一份，签过字的原件仍然作数，记录不作改动。"


class OverprintChoice(QWidget):
    """整张打印, 只打解决情况 where the sheet ``can_overprint``, 多印一份 where it ``is_signed``.

    ``changed`` tells whether only the resolution is wanted.
    """

    changed = Signal(bool)

    def __init__(
        self, *, preferred: bool, can_overprint: bool = True, is_signed: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._is_signed = is_signed
        self.whole = _choice("整张重新打印" if is_signed else "整张打印", "print_whole", self)
        self.only = _choice("只打解决情况（套打在已签名的原件上）", "print_resolution_only", self)
        self.copy = _choice("只多印一份", "print_copy", self)
        self.only.setVisible(can_overprint)
        self.copy.setVisible(is_signed)
        group = QButtonGroup(self)
        self._hint = caption("")
        self._hint.setObjectName("print_choice_hint")
        self._hint.setWordWrap(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.dp(4))
        for button in (self.whole, self.only, self.copy):
            group.addButton(button)
            column.addWidget(button)
        column.addWidget(self._hint)
        (self.only if preferred and can_overprint else self.whole).setChecked(True)
        group.buttonToggled.connect(lambda _button, on: self._tell() if on else None)
        self._tell()

    @property
    def resolution_only(self) -> bool:
        """Whether 套打 is chosen."""
        return self.only.isChecked()

    @property
    def is_copy(self) -> bool:
        """Whether the signed sheet stays what counts."""
        return self.copy.isChecked()

    def _tell(self) -> None:
        whole = _WHOLE_SIGNED if self._is_signed else _WHOLE
        self._hint.setText(_ONLY if self.resolution_only else _COPY if self.is_copy else whole)
        self.changed.emit(self.resolution_only)


def _choice(text: str, name: str, parent: QWidget) -> QRadioButton:
    button = QRadioButton(text, parent)
    button.setObjectName(name)
    button.setAccessibleName(text)
    return button
