"""计划家访 in the 家访 page: whom somebody means to visit, which days have passed, which visits were made.

Shows the list and its chips; what is done with a plan is plan_acts' and services.plans'.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from jiafang_desktop.services import plans
from jiafang_desktop.services.plans import PlanView
from ui import theme
from ui.context import Context
from ui.dialogs.archive import ReasonDialog
from ui.dialogs.plan_form import PlanForm
from ui.models.plan_list import CHIPS, PlanRow, narrowed, row_of
from ui.models.visit_list import spaced
from ui.pages import plan_acts
from ui.widgets import buttons
from ui.widgets.chips import ChipBar
from ui.widgets.table import Column, ListTable

_NOTHING = {
    "open": "没有待家访的计划。点“安排家访”，记下准备去谁家、哪天去。", "near": "7 日内没有计划。",
    "passed": "没有过了计划日还没去的。", "done": "还没有按计划去过的。", "dropped": "没有取消的计划。",
}  # fmt: skip


class PlansPane(QWidget):
    """``counted(n)`` tells how many wait."""

    counted = Signal(int)

    def __init__(self, ctx: Context) -> None:
        super().__init__()
        self.setObjectName("pane_plans")
        self.ctx = ctx
        self.rows: list[PlanRow] = []
        self._chip, self._wanted = "open", ""
        self.chips = ChipBar("chips_plans")
        self.button_record = buttons.plain("登记这次家访", "button_record_plan")
        self.table = ListTable("table_plans", (
            Column("when", "计划时间", 116, 0, "left", lambda row: row.when),
            Column("day", "哪一天", 150, 0, "left", lambda row: row.day, caption=True),
            Column("visitee", "家访对象", 84, 0, "left", lambda row: spaced(row.visitee)),
            Column("post", "职务", 150, 2, "left", lambda row: row.post, caption=True),
            Column("leaders", "家访领导", 100, 1, "left", lambda row: row.leaders),
            Column("note", "说明", 150, 3, "left", lambda row: row.note),
            Column("state", "状态", 170, 0, "left", lambda row: row.state, phase=lambda row: row.glyph),
        ), cell_tone=_tone, label="计划家访")  # fmt: skip
        self.table.set_rows(())
        top = QHBoxLayout()
        top.setContentsMargins(theme.dp(24), theme.dp(4), theme.dp(24), theme.dp(8))
        top.setSpacing(theme.dp(8))
        top.addWidget(self.chips, 1)
        top.addWidget(self.button_record)
        inset = QVBoxLayout()
        inset.setContentsMargins(theme.dp(16), 0, theme.dp(14), theme.dp(8))
        inset.addWidget(self.table)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(top)
        column.addLayout(inset, 1)
        self.chips.chosen.connect(self.choose)
        self.button_record.clicked.connect(lambda: self._with(self.record))
        self.table.activated.connect(lambda _rec: self._with(self.open))
        self.table.context_wanted.connect(self._menu)
        self.table.current_changed.connect(lambda _rec: self._show_next())
        shortcut = QShortcut(QKeySequence("Delete"), self.table)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(lambda: self._with(self.drop))

    # -- reading -----------------------------------------------------------------------------------------------

    def read_again(self, wanted: str = "") -> None:
        """Every plan; ``wanted`` is taken in hand, whatever its state."""
        self._wanted = wanted or self._wanted
        self.ctx.tasks.run(plans.listing).then(self._read).fail(lambda error: self.ctx.error(error, self))

    def _read(self, found: Sequence[PlanView]) -> None:
        self.rows = [row_of(view) for view in found]
        row = next((row for row in self.rows if row.id == self._wanted), None)
        if row is not None:
            self._chip = row.status
        self._show(row.id if row is not None else self.table.current_id())
        self._wanted = ""
        self.counted.emit(len(narrowed(self.rows, "open")))

    def choose(self, chip: str) -> None:
        """Which of them are shown."""
        self._chip = chip.removeprefix("plan_")
        self._show(None)

    def _show(self, current: str | None) -> None:
        self.chips.set_chips([
            (f"plan_{key}", words, len(narrowed(self.rows, key)), glyph) for key, words, glyph in CHIPS
        ])  # fmt: skip
        self.chips.choose(f"plan_{self._chip}")
        shown = narrowed(self.rows, self._chip)
        self.table.set_rows(shown)
        self.table.set_message("" if shown else _NOTHING[self._chip])
        known = {row.id for row in shown}
        if shown:
            self.table.set_current(current if current in known else shown[0].id)
        self._show_next()

    def current(self) -> PlanRow | None:
        """The plan in hand."""
        rec = self.table.current_id()
        return next((row for row in self.rows if row.id == rec), None)

    def _show_next(self) -> None:
        row = self.current()
        self.button_record.setVisible(row is not None and row.status == "open")

    def _with(self, act: Callable[[PlanRow], object]) -> None:
        row = self.current()
        if row is not None:
            act(row)

    # -- acts --------------------------------------------------------------------------------------------------

    def add(self) -> None:
        """安排家访."""
        plan_acts.arrange(self.ctx, self, done=self.read_again)

    def open(self, row: PlanRow) -> None:
        """What was planned; of one that is done the visit."""
        if row.view.plan.visit is not None:
            self.ctx.open("visit", visit_id=row.view.plan.visit.id)
        else:
            self.edit(row)

    def record(self, row: PlanRow) -> None:
        """登记家访, filled from the plan."""
        plan_acts.record(self.ctx, row.id, self)

    def edit(self, row: PlanRow) -> None:
        """Another day, other leaders."""
        form = PlanForm(self.ctx, row.view.plan, parent=self.window())
        form.saved.connect(lambda _rec: self.ctx.say_undoable("修改计划"))
        form.open()

    def drop(self, row: PlanRow) -> None:
        """取消: it is not to be made after all."""
        if row.status != "open":
            return
        dialog = ReasonDialog(
            "取消这次计划", "取消后列在“已取消”里，可以恢复。请写明原因。", accept_text="取消计划",
            name="dialog_drop_plan", label="原因", parent=self.window(),
        )  # fmt: skip
        dialog.accepted.connect(lambda: self._write("取消计划", plans.drop, row.id, reason=dialog.reason()))
        dialog.open()

    def _menu(self, rec: str, at: QPoint) -> None:
        row = next(row for row in self.rows if row.id == rec)
        menu = QMenu(self)
        menu.setObjectName("plan_menu")
        for words, name, act in self._entries(row):
            action = QAction(words, menu)
            action.setObjectName(name)
            action.triggered.connect(lambda _=False, act=act: act())
            menu.addAction(action)
        menu.popup(at)

    def _entries(self, row: PlanRow) -> list[tuple[str, str, Callable[[], object]]]:
        if row.status == "done":
            return [
                ("打开家访", "menu_open_visit", lambda: self.open(row)),
                ("不是按这次计划去的", "menu_undone", lambda: self._write("撤下计划的家访", plans.undone, row.id)),
            ]  # fmt: skip
        if row.status == "dropped":
            return [("恢复", "menu_reopen_plan", lambda: self._write("恢复计划", plans.reopen, row.id))]
        concern = row.view.plan.content.concern
        entries: list[tuple[str, str, Callable[[], object]]] = [
            ("登记家访", "menu_record", lambda: self.record(row)),
            ("修改…", "menu_edit_plan", lambda: self.edit(row)),
            ("家访前一页纸…", "menu_previsit", lambda: plan_acts.show_previsit(self.ctx, row.id, self)),
            ("取消…", "menu_drop_plan", lambda: self.drop(row)),
        ]
        if concern is not None:
            entries.insert(3, ("看诉求", "menu_concern", lambda: self.ctx.open("concerns", concern=concern)))
        return entries

    def _write(self, words: str, verb: Callable[..., Any], *args: Any, **named: Any) -> None:
        pending = self.ctx.tasks.run(verb, *args, **named, by=self.ctx.operator)
        pending.then(lambda _done: self.ctx.say_undoable(words)).fail(lambda error: self.ctx.error(error, self))


def _tone(row: PlanRow, key: str) -> str | None:
    """A day that passed is grey: nobody set a limit."""
    return "ink3" if key in ("when", "state") and row.view.has_passed else None
