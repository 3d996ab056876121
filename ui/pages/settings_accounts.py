"""The 经办人 section of 设置: who may open the data, with which rights, and who is at work now.

While there is one it says in a sentence what a second one brings, and shows nothing of rights. Who may change what is
services.accounts' to say; closing the data for somebody else is the window's.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QPoint
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from jiafang_desktop.common.errors import UserError
from jiafang_desktop.domain import accounts as rules
from jiafang_desktop.domain.accounts import Account
from jiafang_desktop.services import accounts
from ui import theme
from ui.context import Context
from ui.dialogs.account_form import AccountForm, EnableForm, RightsForm
from ui.dialogs.message import confirm
from ui.models.account_words import ALONE, AccountRow, account_rows
from ui.widgets import buttons
from ui.widgets.side_fields import caption
from ui.widgets.table import HEAD_PX, ROW_PX, Column, ListTable

_MOST_SHOWN = 6


def account_columns() -> tuple[Column, ...]:
    """姓名 权限 状态."""
    return (
        Column("name", "姓名", 130, 2, "left", lambda row: row.account.name),
        Column("rights", "权限", 220, 3, "left", lambda row: row.rights),
        Column("state", "状态", 110, 0, "left", lambda row: row.state, caption=True),
    )


def standing(store: Any) -> tuple[list[Account], Account]:
    """All of them, and who opened the data."""
    return accounts.listing(store), accounts.current(store)


class AccountsSection(QWidget):
    """A sentence while there is one, else the list with its acts below."""

    def __init__(self, ctx: Context) -> None:
        super().__init__()
        self.setObjectName("settings_accounts")
        self.ctx = ctx
        self.rows: list[AccountRow] = []
        self.current: Account | None = None
        self.words = caption(ALONE)
        self.words.setObjectName("accounts_words")
        self.table = ListTable(
            "table_accounts", account_columns(), label="经办人",
            row_tone=lambda row: "ink3" if row.account.disabled else None,
        )  # fmt: skip
        self.table.set_rows(())
        self.button_add = buttons.plain("增加经办人", "button_add_account", icon="plus")
        self.button_rights = buttons.quiet("更改权限", "button_account_rights", icon="pen")
        self.button_disable = buttons.quiet("停用", "button_disable_account")
        self.button_enable = buttons.quiet("恢复使用", "button_enable_account")
        self.button_switch = buttons.plain("换人登录", "button_switch_account", icon="person")
        foot = QHBoxLayout()
        foot.setSpacing(theme.dp(8))
        for button in (self.button_add, self.button_rights, self.button_disable, self.button_enable):
            foot.addWidget(button)
        foot.addStretch(1)
        foot.addWidget(self.button_switch)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.dp(10))
        column.addWidget(self.words)
        column.addWidget(self.table)
        column.addLayout(foot)
        self._connect()
        self._show()

    def _connect(self) -> None:
        self.button_add.clicked.connect(self.add)
        self.button_switch.clicked.connect(self.ctx.switch_wanted)
        for button, act in (
            (self.button_rights, self.change_rights), (self.button_disable, self.disable),
            (self.button_enable, self.enable),
        ):  # fmt: skip
            button.clicked.connect(lambda _=False, act=act: self._with(act))
        self.table.current_changed.connect(lambda _rec: self._show_buttons())
        self.table.activated.connect(lambda _rec: self._with(self._usual))
        self.table.context_wanted.connect(lambda _rec, at: self._with(lambda row: self._menu(row, at)))

    # -- showing -----------------------------------------------------------------------------------------------

    def read_again(self) -> None:
        """Show what is stored."""
        self.ctx.tasks.run(standing).then(lambda found: self.take(*found)).fail(self._refused)

    def take(self, found: Sequence[Account], current: Account) -> None:
        """Show these accounts; ``current`` is at work."""
        before = self.table.current_id()
        self.current = current
        self.rows = account_rows(found, current=current)
        self._show()
        self.table.set_current(before)

    def _show(self) -> None:
        several = len(self.rows) > 1
        if several:
            self.table.set_rows(self.rows)
            lines = min(len(self.rows), _MOST_SHOWN)
            self.table.setFixedHeight(theme.dp(HEAD_PX + lines * ROW_PX) + 2)
        self.table.setVisible(several)
        self.button_switch.setVisible(several)
        self.words.setText(self._sentence() if several else ALONE)
        self.words.setVisible(bool(self.words.text()))
        self._show_buttons()

    def _sentence(self) -> str:
        """Why somebody only looks; nothing for who may change them."""
        try:
            rules.require_manager(self._current())
        except UserError as error:
            return error.message + error.hint
        return ""

    def _show_buttons(self) -> None:
        several, row = len(self.rows) > 1, self.row()
        manages = self.current is not None and self.current.manages
        self.button_add.setVisible(manages)
        self.button_rights.setVisible(several and manages)
        self.button_disable.setVisible(several)
        self.button_rights.setEnabled(row is not None and not row.account.owner and not row.account.disabled)
        self.button_rights.setToolTip("最初设置本程序的经办人总有全部权限" if row and row.account.owner else "")
        self.button_disable.setEnabled(row is not None and self._may_disable(row))
        self.button_enable.setVisible(manages and row is not None and row.account.disabled)

    def _may_disable(self, row: AccountRow) -> bool:
        return not row.account.disabled and (row.is_current or self._current().manages)

    def _current(self) -> Account:
        assert self.current is not None
        return self.current

    def row(self) -> AccountRow | None:
        """The account in hand."""
        rec = self.table.current_id()
        return next((row for row in self.rows if row.id == rec), None)

    # -- acts --------------------------------------------------------------------------------------------------

    def _with(self, act: Callable[[AccountRow], object]) -> None:
        row = self.row()
        if row is not None:
            act(row)

    def add(self) -> None:
        """One more."""
        AccountForm(self.ctx, self).open()

    def change_rights(self, row: AccountRow) -> None:
        """Other rights."""
        RightsForm(self.ctx, row.account, self).open()

    def enable(self, row: AccountRow) -> None:
        """In use again."""
        EnableForm(self.ctx, row.account, self).open()

    def disable(self, row: AccountRow) -> None:
        """停用, asked once; who puts himself out is at the door afterwards."""
        name, himself = row.account.name, row.is_current
        what = "程序马上关上数据，回到输密码的地方。" if himself else ""
        confirm(
            f"停用{name}的账户", f"{name}的密码不再能打开数据。{what}登记过的内容都在，仍写这个名字；以后可恢复。",
            accept="停用", name="dialog_disable_account", parent=self, act=lambda: self._disable(row),
        )  # fmt: skip

    def _disable(self, row: AccountRow) -> None:
        pending = self.ctx.tasks.run(accounts.disable, row.id, by=self.ctx.operator)
        pending.then(lambda _: self._disabled(row)).fail(self._refused)

    def _disabled(self, row: AccountRow) -> None:
        self.ctx.say(f"已停用{row.account.name}的账户")
        if row.is_current:
            self.ctx.switch_wanted.emit()

    def _refused(self, error: UserError) -> None:
        self.ctx.error(error, self)

    def _usual(self, row: AccountRow) -> None:
        """What a double click does: the one act beside the list that is open for this row."""
        if self.button_enable.isVisible():
            self.enable(row)
        elif self.button_rights.isVisible() and self.button_rights.isEnabled():
            self.change_rights(row)

    def _menu(self, row: AccountRow, at: QPoint) -> None:
        menu = QMenu(self)
        menu.setObjectName("account_menu")
        for button, words, name, act in (
            (self.button_rights, "更改权限…", "menu_rights", self.change_rights),
            (self.button_disable, "停用…", "menu_disable", self.disable),
            (self.button_enable, "恢复使用…", "menu_enable", self.enable),
        ):
            if button.isVisible() and button.isEnabled():
                action = QAction(words, menu)
                action.setObjectName(name)
                action.triggered.connect(lambda _=False, act=act: act(row))
                menu.addAction(action)
        if not menu.isEmpty():
            menu.popup(at)
