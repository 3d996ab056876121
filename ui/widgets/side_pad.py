"""签字板 beside the paper: who has signed the form on the pad, who may; nothing at all where the rules keep to ink.

It shows rows and tells what is wanted; the dialog and the services are the page's.
"""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from jiafang_desktop.domain.signatures import ROLES
from jiafang_desktop.services.signature_pad import Pad, Place
from ui import theme
from ui.widgets import buttons
from ui.widgets.side_fields import caption, tint_caption


class PadRows(QWidget):
    """A row for each who signs."""

    sign_wanted = Signal(str)
    clear_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("pad_rows")
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(theme.dp(4))
        self.hide()

    def show_pad(self, pad: Pad, *, writable: bool) -> None:
        """These places; the acts only while the record can be written."""
        while (item := self._rows.takeAt(0)) is not None:
            item.widget().hide()
            item.widget().deleteLater()
        for place in pad.places:
            self._rows.addWidget(self._row(place, writable))
        self.setVisible(bool(pad.places))

    def _row(self, place: Place, writable: bool) -> QWidget:
        row, slot = QWidget(self), place.slot
        row.setObjectName(f"pad_row_{slot.key}")
        name = QLabel(slot.name, row)
        state = caption(state_words(place), parent=row)
        state.setWordWrap(False)
        tint_caption(state, "amber" if place.lapsed else "ink2")
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(theme.dp(8))
        line.addWidget(name)
        line.addWidget(state, 1)
        if writable and place.signature is None:
            sign = buttons.link("在签字板上签", f"pad_sign_{slot.key}")
            sign.setAccessibleName(f"请{ROLES[slot.role]}{slot.name}在签字板上签名")
            sign.clicked.connect(lambda: self.sign_wanted.emit(slot.key))
            line.addWidget(sign)
        elif writable:
            clear = buttons.link("清除", f"pad_clear_{slot.key}")
            clear.setAccessibleName(f"清除{slot.name}的签名")
            clear.clicked.connect(lambda: self.clear_wanted.emit(slot.key))
            line.addWidget(clear)
        return row


def state_words(place: Place) -> str:
    """已签 11.24, or what it waits for."""
    role = "记录人　" if place.slot.role == "recorder" else ""
    if place.day is not None:
        return f"{role}已签 {place.day.month}.{place.day.day}"
    return f"{role}签后改过，需重签" if place.lapsed else role.strip()
