"""Dialogs of 经办人: adding one, changing rights, and a fresh password for one who comes back.

They ask and show what the services refuse; who may do it, and what follows, the services decide.
"""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtWidgets import QCheckBox, QLabel, QVBoxLayout, QWidget

from jiafang_desktop.common.errors import UserError
from jiafang_desktop.domain.accounts import RIGHTS, Account
from jiafang_desktop.services import accounts
from ui import theme
from ui.context import Context
from ui.first_run.strength import strength
from ui.models.account_words import RIGHT_SENTENCES
from ui.tasks import Pending
from ui.widgets import fields
from ui.widgets.side_dialog import FormDialog
from ui.widgets.side_fields import caption

_LABEL_PX = 88


class _AccountDialog(FormDialog):
    """Closes once the store took it; a refusal is said at its field."""

    def __init__(self, ctx: Context, head: str, sentence: str, *, accept_text: str, name: str, parent: QWidget) -> None:
        super().__init__(head, sentence, accept_text=accept_text, name=name, parent=parent.window())
        self.setWindowTitle("经办人")  # titles of windows name nobody
        self.ctx = ctx
        self._at: dict[str, QWidget] = {}  # a refusal's code: the field it is about

    def _wait_for(self, pending: Pending, said: str) -> None:
        self.ok.setEnabled(False)
        pending.then(lambda _: self._done(said)).fail(self._refused)

    def _done(self, said: str) -> None:
        self.accept()
        self.ctx.say(said)

    def _refused(self, error: UserError) -> None:
        self.ok.setEnabled(True)
        self._error.setText(error.message + error.hint)
        self._error.show()
        field = self._at.get(error.code)
        if field is not None:
            field.setFocus()


class AccountForm(_AccountDialog):
    """增加经办人: name, password twice, rights."""

    def __init__(self, ctx: Context, parent: QWidget) -> None:
        super().__init__(
            ctx, "增加经办人", "以后他用自己的密码打开，改动记在他名下。密码请他本人来输，别人不必知道。",
            accept_text="增加", name="dialog_account", parent=parent,
        )  # fmt: skip
        self.name = fields.line_edit("field_account_name", "姓名")
        self.body.addWidget(fields.FormRow("姓名", self.name, label_px=_LABEL_PX))
        self.password = _NewPassword(self.body, "密码")
        self.rights = _Rights((), indent_px=_LABEL_PX)
        self.body.addWidget(self.rights)
        self._at = {"bad_input": self.name, "name_taken": self.name, "weak_password": self.password.first,
                    "password_taken": self.password.first}  # fmt: skip
        self.name.setFocus()

    def check(self) -> tuple[QWidget, str] | None:
        """A name, and a password typed twice alike."""
        if not self.name.text().strip():
            return self.name, "请写姓名。"
        return self.password.check()

    def try_accept(self) -> None:
        """Add the account."""
        if self.check() is not None:
            super().try_accept()
            return
        name = self.name.text().strip()
        self._wait_for(
            self.ctx.tasks.run(
                accounts.add, name, self.password.first.text(), self.rights.chosen(), by=self.ctx.operator
            ),
            f"已增加经办人{name}",
        )


class RightsForm(_AccountDialog):
    """更改权限."""

    def __init__(self, ctx: Context, account: Account, parent: QWidget) -> None:
        super().__init__(
            ctx, f"更改{account.name}的权限", "改了以后马上生效。他填过的内容，他自己总看得到。",
            accept_text="保存", name="dialog_rights", parent=parent,
        )  # fmt: skip
        self._account = account
        self.rights = _Rights(account.rights)
        self.body.addWidget(self.rights)
        self.rights.boxes["sensitive"].setFocus()

    def try_accept(self) -> None:
        """Keep them."""
        self._wait_for(
            self.ctx.tasks.run(
                accounts.set_rights, self._account.id, self.rights.chosen(), by=self.ctx.operator
            ),
            f"已更改{self._account.name}的权限",
        )  # fmt: skip


class EnableForm(_AccountDialog):
    """恢复使用, under a new password."""

    def __init__(self, ctx: Context, account: Account, parent: QWidget) -> None:
        super().__init__(
            ctx, f"恢复{account.name}的账户", "原来的密码不再用，请他本人另设一个。权限和停用前一样。",
            accept_text="恢复使用", name="dialog_enable_account", parent=parent,
        )  # fmt: skip
        self._account = account
        self.password = _NewPassword(self.body, "新密码")
        self._at = dict.fromkeys(("weak_password", "password_taken"), self.password.first)
        self.password.first.setFocus()

    def check(self) -> tuple[QWidget, str] | None:
        """Typed twice alike."""
        return self.password.check()

    def try_accept(self) -> None:
        """In use again."""
        if self.check() is not None:
            super().try_accept()
            return
        self._wait_for(
            self.ctx.tasks.run(
                accounts.enable, self._account.id, self.password.first.text(), by=self.ctx.operator
            ),
            f"已恢复{self._account.name}的账户",
        )  # fmt: skip


class _NewPassword:
    """A password twice, with how good it is; the rows go into ``body``."""

    def __init__(self, body: QVBoxLayout, label: str) -> None:
        self.first = fields.password_edit("field_new_password", label)
        self.again = fields.password_edit("field_new_password_again", f"再输一遍{label}")
        words = QLabel(strength("").words)
        words.setObjectName("password_strength")
        words.setProperty("role", "caption")
        words.setContentsMargins(theme.dp(_LABEL_PX), 0, 0, 0)
        body.addWidget(fields.FormRow(label, self.first, label_px=_LABEL_PX))
        body.addWidget(words)
        body.addWidget(fields.FormRow("再输一遍", self.again, label_px=_LABEL_PX))
        self.first.textChanged.connect(lambda text: words.setText(strength(text).words))

    def check(self) -> tuple[QWidget, str] | None:
        """Good enough, and alike."""
        found = strength(self.first.text())
        if not found.is_enough:
            return self.first, found.words
        if self.first.text() != self.again.text():
            return self.again, "两次输入的密码不一样，请再输一遍。"
        return None


class _Rights(QWidget):
    """A tick per right with what it lets somebody do."""

    def __init__(self, given: Iterable[str], *, indent_px: int = 0) -> None:
        super().__init__()
        self.setObjectName("account_rights")
        self.boxes: dict[str, QCheckBox] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.dp(indent_px), theme.dp(4), 0, 0)
        column.setSpacing(theme.dp(2))
        for right, words in RIGHTS.items():
            box = fields.check_box(f"check_right_{right}", words)
            box.setAccessibleDescription(RIGHT_SENTENCES[right])
            box.setChecked(right in given)
            self.boxes[right] = box
            below = caption(RIGHT_SENTENCES[right])
            below.setContentsMargins(theme.dp(26), 0, 0, theme.dp(6))
            below.setWordWrap(bool(indent_px))  # there is room without; a label that wraps asks for more height
            column.addWidget(box)
            column.addWidget(below)
        rest = caption("登记、打印、归档人人都能办，不用另给权限。两项都有的，也能增减经办人。")
        rest.setWordWrap(bool(indent_px))
        column.addWidget(rest)

    def chosen(self) -> list[str]:
        """The ticked ones."""
        return [right for right, box in self.boxes.items() if box.isChecked()]
