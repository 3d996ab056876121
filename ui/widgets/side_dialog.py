"""The frame of a small dialog that asks for something: head, sentence, fields, one primary and 取消.

Plain messages and errors are ui.dialogs.message's.
"""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from jiafang_desktop.common import clock
from jiafang_desktop.common.errors import UserError
from ui import theme
from ui.models.typed_date import dotted, read_date
from ui.widgets import buttons, fields
from ui.widgets.side_fields import hairline, tint_caption

_WIDTH_PX = 480


class FormDialog(QDialog):
    """480 wide; ``body`` takes the fields. :meth:`check` refuses with a sentence, else the dialog is accepted."""

    def __init__(self, head: str, sentence: str, *, accept_text: str, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setAccessibleName(head)
        self.setWindowTitle(head)
        self.setMinimumWidth(theme.dp(_WIDTH_PX))
        self.setStyleSheet(f"#{name} {{ background: {theme.color('paper').name()}; }}")
        pad = theme.dp(24)
        column = QVBoxLayout()
        column.setContentsMargins(pad, pad, pad, theme.dp(20))
        column.setSpacing(theme.dp(12))
        title = QLabel(head, self)
        title.setWordWrap(True)
        title.setStyleSheet(f"font-size: {theme.dp(16)}px; font-weight: 700; background: transparent;")
        column.addWidget(title)
        if sentence:
            why = QLabel(sentence, self)
            why.setWordWrap(True)
            column.addWidget(why)
        self.body = QVBoxLayout()
        self.body.setSpacing(theme.dp(10))
        column.addLayout(self.body)
        self._error = QLabel(self)
        self._error.setObjectName("dialog_error")
        self._error.setWordWrap(True)
        tint_caption(self._error, "red")
        self._error.hide()
        column.addWidget(self._error)
        self.foot = QHBoxLayout()
        self.foot.setContentsMargins(pad, theme.dp(16), pad, theme.dp(16))
        self.foot.setSpacing(theme.dp(8))
        self.foot.addStretch(1)
        self.cancel = buttons.plain("取消", "dialog_cancel")
        self.cancel.setAutoDefault(False)
        self.cancel.clicked.connect(self.reject)
        self.ok = buttons.primary(accept_text, "dialog_ok")
        self.ok.setDefault(True)
        self.ok.clicked.connect(self.try_accept)
        self.foot.addWidget(self.cancel)
        self.foot.addWidget(self.ok)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(column, 1)
        whole.addWidget(hairline(self))
        whole.addLayout(self.foot)

    def open(self) -> None:
        """Show it over its window; once answered it is let go of."""
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        super().open()

    def check(self) -> tuple[QWidget, str] | None:
        """The field that is wrong and the sentence saying so, or None."""
        return None

    def try_accept(self) -> None:
        """Accept, or say what is missing and put the focus there."""
        wrong = self.check()
        if wrong is None:
            self._error.hide()
            self.accept()
            return
        field, sentence = wrong
        self._error.setText(sentence)
        self._error.show()
        field.setFocus()


class DateField(QWidget):
    """A date typed the office's way, with what was understood beside it."""

    def __init__(self, name: str, label: str, *, today: bool = False) -> None:
        super().__init__()
        self.edit = fields.line_edit(name, label)
        self.edit.setPlaceholderText("如 11-3、2026.11.3、今天")
        self._read = QLabel(self)
        self._read.hide()
        tint_caption(self._read, "ink2")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.edit, 1)
        row.addWidget(self._read)
        self.edit.textChanged.connect(self._show)
        if today:
            self.edit.setText(dotted(clock.today()))

    def value(self) -> date | UserError | None:
        """The date, None when empty, or the ``UserError``."""
        try:
            return read_date(self.edit.text(), today=clock.today())
        except UserError as error:
            return error

    def _show(self) -> None:
        value = self.value()
        if isinstance(value, UserError):
            self._read.setText(value.message)
        else:
            self._read.setText(dotted(value) if value else "")
        self._read.setVisible(bool(self._read.text()))
        tint_caption(self._read, "red" if isinstance(value, UserError) else "ink2")
