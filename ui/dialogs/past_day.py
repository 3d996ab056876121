"""Asks for a day that has come: of signing, of reporting. Today stands there already.

What happened on it is the page's.
"""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import QWidget

from jiafang_desktop.common import clock
from jiafang_desktop.common.errors import UserError
from ui.widgets import fields
from ui.widgets.side_dialog import DateField, FormDialog


class PastDayDialog(FormDialog):
    """``field`` is the date field's object name and ``label`` the word before it."""

    def __init__(
        self, head: str, sentence: str, *, accept_text: str, name: str, field: str, label: str, parent: QWidget
    ) -> None:
        super().__init__(head, sentence, accept_text=accept_text, name=name, parent=parent)
        self._label = label
        self.day = DateField(field, label, today=True)
        self.body.addWidget(fields.FormRow(label, self.day))
        self.day.edit.setFocus()

    def check(self) -> tuple[QWidget, str] | None:
        """A real day, not after today."""
        value = self.day.value()
        if isinstance(value, UserError):
            return self.day.edit, value.message + value.hint
        if value is None or value > clock.today():
            return self.day.edit, f"请写{self._label}，不能晚于今天。"
        return None

    def on(self) -> date:
        """The day, after acceptance."""
        value = self.day.value()
        assert isinstance(value, date)
        return value
