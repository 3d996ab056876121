"""The 领导分工 section of 设置: the table of who handles which level, changed one entry at a time.

Every change stores the whole table and can be taken back; finding a person for a concern is domain.routing's.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from jiafang_desktop.common import clock
from jiafang_desktop.common.errors import UserError
from jiafang_desktop.domain.routing import Leader
from jiafang_desktop.domain.rules import ROLES
from jiafang_desktop.services import leaders
from ui import theme
from ui.context import Context
from ui.dialogs.leader_form import LeaderForm
from ui.models.rule_words import LeaderRow, leader_rows
from ui.models.visit_list import spaced
from ui.widgets import buttons, fields
from ui.widgets.side_dialog import DateField, FormDialog
from ui.widgets.table import HEAD_PX, ROW_PX, Column, ListTable

_MOST_SHOWN = 8


def leader_columns() -> tuple[Column, ...]:
    """姓名 职务 分工 范围 任期."""
    return (
        Column("name", "姓名", 84, 0, "left", lambda row: spaced(row.leader.name)),
        Column("post", "职务", 150, 2, "left", lambda row: row.leader.post or "", caption=True),
        Column("role", "分工", 116, 0, "left", lambda row: ROLES[row.leader.role]),
        Column("scope", "范围", 150, 3, "left", lambda row: row.scope or "全部", caption=True),
        Column("term", "任期", 150, 1, "left", lambda row: row.term, caption=True),
    )


class LeadersSection(QWidget):
    """The table with its acts below."""

    def __init__(self, ctx: Context) -> None:
        super().__init__()
        self.setObjectName("settings_leaders")
        self.ctx = ctx
        self.leaders: list[Leader] = []
        self.rows: list[LeaderRow] = []
        self.table = ListTable(
            "table_leaders", leader_columns(), row_tone=lambda row: None if row.is_current else "ink3", label="领导分工"
        )
        self.table.set_rows(())
        self.table.set_message("还没有写分工。写上以后，研判诉求时就知道该由谁办。")
        self.button_add = buttons.plain("添加领导", "button_add_leader", icon="plus")
        self.button_edit = buttons.quiet("修改", "button_edit_leader", icon="pen")
        self.button_end = buttons.quiet("卸任", "button_end_leader")
        self.button_remove = buttons.quiet("删除", "button_remove_leader")
        foot = QHBoxLayout()
        foot.setSpacing(theme.dp(8))
        for button in (self.button_add, self.button_edit, self.button_end, self.button_remove):
            foot.addWidget(button)
        foot.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.dp(10))
        column.addWidget(self.table)
        column.addLayout(foot)
        self._connect()
        self._show()

    def _connect(self) -> None:
        self.button_add.clicked.connect(self.add)
        for button, act in (
            (self.button_edit, self.edit), (self.button_end, self.end), (self.button_remove, self.remove),
        ):  # fmt: skip
            button.clicked.connect(lambda _=False, act=act: self._with(act))
        self.table.activated.connect(lambda _rec: self._with(self.edit))
        self.table.current_changed.connect(lambda _rec: self._show_buttons())
        self.table.context_wanted.connect(lambda _rec, at: self._with(lambda row: self._menu(row, at)))
        shortcut = QShortcut(QKeySequence("Delete"), self.table)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(lambda: self._with(self.remove))

    # -- showing -----------------------------------------------------------------------------------------------

    def read_again(self) -> None:
        """Show what is stored."""
        self.ctx.tasks.run(leaders.listing).then(self._read).fail(lambda error: self.ctx.error(error, self))

    def _read(self, found: Sequence[Leader]) -> None:
        self.leaders = list(found)
        self.rows = leader_rows(self.leaders, today=clock.today())
        self._show()

    def _show(self) -> None:
        self.table.set_rows(self.rows)
        lines = min(max(len(self.rows), 2), _MOST_SHOWN)
        self.table.setFixedHeight(theme.dp(HEAD_PX + lines * ROW_PX) + 2)
        self._show_buttons()

    def _show_buttons(self) -> None:
        row = self.current()
        for button in (self.button_edit, self.button_remove):
            button.setEnabled(row is not None)
        self.button_end.setEnabled(row is not None and row.leader.until is None)

    def current(self) -> LeaderRow | None:
        """The entry in hand."""
        rec = self.table.current_id()
        return next((row for row in self.rows if row.id == rec), None)

    # -- acts --------------------------------------------------------------------------------------------------

    def _with(self, act: Callable[[LeaderRow], object]) -> None:
        row = self.current()
        if row is not None:
            act(row)

    def add(self) -> None:
        """One more entry."""
        form = LeaderForm(self.ctx, parent=self.window())
        form.accepted.connect(lambda: self._save("添加领导分工", [*self.leaders, form.leader()]))
        form.open()

    def edit(self, row: LeaderRow) -> None:
        """Another post, scope or term."""
        form = LeaderForm(self.ctx, row.leader, self.window())
        form.accepted.connect(lambda: self._save("修改领导分工", self._replaced(row, form.leader())))
        form.open()

    def end(self, row: LeaderRow) -> None:
        """卸任: the entry stays, what was his stays his."""
        dialog = _EndDialog(row.leader, self.window())

        def write() -> None:
            until: Any = dialog.day.value()
            self._save("记下卸任", self._replaced(row, replace(row.leader, until=until)))

        dialog.accepted.connect(write)
        dialog.open()

    def remove(self, row: LeaderRow) -> None:
        """Entered by mistake."""
        self._save("删除领导分工", [leader for place, leader in enumerate(self.leaders) if place != row.place])

    def _replaced(self, row: LeaderRow, leader: Leader) -> list[Leader]:
        return [leader if place == row.place else known for place, known in enumerate(self.leaders)]

    def _save(self, words: str, table: list[Leader]) -> None:
        pending = self.ctx.tasks.run(leaders.save, table, by=self.ctx.operator)
        pending.then(lambda changes: self.ctx.say_undoable(words) if changes.records else None)
        pending.fail(lambda error: self.ctx.error(error, self))

    def _menu(self, row: LeaderRow, at: QPoint) -> None:
        menu = QMenu(self)
        menu.setObjectName("leader_menu")
        acts = [("修改…", "menu_edit", self.edit), ("删除", "menu_remove", self.remove)]
        if row.leader.until is None:
            acts.insert(1, ("卸任…", "menu_end", self.end))
        for words, name, act in acts:
            action = QAction(words, menu)
            action.setObjectName(name)
            action.triggered.connect(lambda _=False, act=act: act(row))
            menu.addAction(action)
        menu.popup(at)


class _EndDialog(FormDialog):
    """The last day in office."""

    def __init__(self, leader: Leader, parent: QWidget) -> None:
        super().__init__(
            "记下卸任", "写最后一天在任的日期。以前办的诉求仍算他办的。", accept_text="记下", name="dialog_end_leader",
            parent=parent,
        )  # fmt: skip
        self._since = leader.since
        self.day = DateField("field_leader_last_day", "离任", today=True)
        self.body.addWidget(fields.FormRow("离任", self.day))
        self.day.edit.setFocus()

    def check(self) -> tuple[QWidget, str] | None:
        """A day, not before the first one."""
        value = self.day.value()
        if isinstance(value, UserError):
            return self.day.edit, value.message + value.hint
        if value is None:
            return self.day.edit, "请写离任的日期。"
        if self._since is not None and value < self._since:
            return self.day.edit, "离任早于到任，请核对。"
        return None
