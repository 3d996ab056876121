"""换密码找回单: the password, a new sheet shown and printed, and only then the old one is void.

A sheet that was never put away must not cost the old one its worth, so the new key is used last.
"""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from jiafang_desktop.common.errors import UserError
from jiafang_desktop.services import session
from ui import theme
from ui.context import Context
from ui.first_run.after import RecoveryPanel
from ui.widgets import fields
from ui.widgets.side_dialog import FormDialog

_LABEL_PX, _WIDTH_PX = 88, 640
_SENTENCE = "旧单丢了或可能被人看过，就换一张。新单启用后，旧单作废；换之前做的备份和副本里，旧单仍能用，请一并收好。"


class RecoveryDialog(FormDialog):
    """First the password; then the new sheet, which is in force once it was put away."""

    def __init__(self, ctx: Context, parent: QWidget) -> None:
        super().__init__(
            "换密码找回单", _SENTENCE, accept_text="做一张新的", name="dialog_recovery", parent=parent.window()
        )
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._ctx = ctx
        self._key = ""
        self.present = fields.password_edit("field_present_password", "现在的密码")
        self.ask = fields.FormRow("现在的密码", self.present, label_px=_LABEL_PX)
        self.panel = RecoveryPanel()
        self.kept = fields.check_box("check_recovery_kept", "新单已经打印（或抄写）好，并装入信封封存")
        for widget in (self.ask, self.panel, self.kept):
            self.body.addWidget(widget)
        self.panel.hide()
        self.kept.hide()
        self.kept.toggled.connect(lambda on: self.ok.setEnabled(on))
        self.finished.connect(lambda _result: self.panel.forget())
        self.present.setFocus()

    def try_accept(self) -> None:
        """The password, then the sheet, then its use."""
        self._error.hide()
        if self._key:
            self._use()
        elif not self.present.text():
            self._say("请输入现在的密码。")
        else:
            self.ok.setEnabled(False)
            pending = self._ctx.tasks.run(session.confirm_password, self.present.text())
            pending.then(lambda _: self._make()).fail(self._refused)

    def _make(self) -> None:
        self._ctx.tasks.run(session.new_recovery_key).then(self._show).fail(self._refused)

    def _show(self, printed: str) -> None:
        self._key = printed
        self.ask.hide()
        self.setMinimumWidth(theme.dp(_WIDTH_PX))
        self.panel.show_key(self._ctx, printed)
        self.panel.show()
        self.kept.show()
        self.ok.setText("启用新单，旧单作废")
        self.ok.setAccessibleName("启用新单，旧单作废")
        self.ok.setEnabled(False)
        self.adjustSize()
        self.panel.button_print.setFocus()

    def _use(self) -> None:
        self.ok.setEnabled(False)
        self._ctx.tasks.run(session.use_recovery_key, self._key).then(lambda _: self._done()).fail(self._refused)

    def _done(self) -> None:
        self.accept()
        self._ctx.say("新的密码找回单已启用，旧单作废，请销毁")

    def _refused(self, error: UserError) -> None:
        self.ok.setEnabled(True)
        self._say(error.message + error.hint)

    def _say(self, words: str) -> None:
        self._error.setText(words)
        self._error.show()
        if not self._key:
            self.present.setFocus()
