"""修改密码: the present one, a new one twice. The 密码找回单 stays as it is.

Slots and keys are the store's.
"""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget

from jiafang_desktop.common.errors import UserError
from jiafang_desktop.services import session
from ui import theme
from ui.context import Context
from ui.first_run.strength import strength
from ui.widgets import fields
from ui.widgets.side_dialog import FormDialog

_LABEL_PX = 88


class PasswordDialog(FormDialog):
    """Closes once the store took the new password."""

    def __init__(self, ctx: Context, parent: QWidget) -> None:
        super().__init__(
            "修改密码",
            "密码找回单不用换，仍然有效。",
            accept_text="改用新密码",
            name="dialog_password",
            parent=parent.window(),
        )
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._ctx = ctx
        self.present = fields.password_edit("field_present_password", "现在的密码")
        self.first = fields.password_edit("field_new_password", "新密码")
        self.again = fields.password_edit("field_new_password_again", "再输一遍新密码")
        self.strength = QLabel(strength("").words)
        self.strength.setObjectName("password_strength")
        self.strength.setProperty("role", "caption")
        self.strength.setContentsMargins(theme.dp(_LABEL_PX), 0, 0, 0)
        for words, field in (("现在的密码", self.present), ("新密码", self.first), ("再输一遍", self.again)):
            self.body.addWidget(fields.FormRow(words, field, label_px=_LABEL_PX))
            if field is self.first:
                self.body.addWidget(self.strength)
        self.first.textChanged.connect(lambda text: self.strength.setText(strength(text).words))
        self.present.setFocus()

    def check(self) -> tuple[QWidget, str] | None:
        """All three, the new ones alike and good enough."""
        found = strength(self.first.text())
        if not self.present.text():
            return self.present, "请输入现在的密码。"
        if not found.is_enough:
            return self.first, found.words
        if self.first.text() != self.again.text():
            return self.again, "两次输入的新密码不一样，请再输一遍。"
        return None

    def try_accept(self) -> None:
        """The present one is tried first."""
        if self.check() is not None:
            super().try_accept()
            return
        self.ok.setEnabled(False)
        pending = self._ctx.tasks.run(session.confirm_password, self.present.text())
        pending.then(lambda _: self._change()).fail(self._refused)

    def _change(self) -> None:
        pending = self._ctx.tasks.run(session.change_password, self.first.text())
        pending.then(lambda _: self._done()).fail(self._refused)

    def _done(self) -> None:
        self.accept()
        self._ctx.say("密码已修改，下次打开时用新密码")

    def _refused(self, error: UserError) -> None:
        self.ok.setEnabled(True)
        self._error.setText(error.message + error.hint)
        self._error.show()
        (self.present if error.code == "wrong_password" else self.first).setFocus()
