"""问题办理: what all visits found, open ones by their limits first, with the one in hand beside the list.

Arranges chips, table and panel and asks the problem's verbs; what they allow is services.problems' to say.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QStackedWidget, QVBoxLayout, QWidget

from jiafang_desktop.common import clock
from jiafang_desktop.domain.changes import Changes
from jiafang_desktop.services import problems
from jiafang_desktop.services.problems import ListedProblem
from ui import theme
from ui.context import Context
from ui.dialogs.resolve_problem import ProblemDialog, ProgressDialog, ResolveDialog
from ui.models.problem_list import CHIPS, ProblemRow, chips, fits, mentions, row_of, urgency
from ui.models.visit_list import spaced
from ui.pages.problems_panel import ProblemPanel
from ui.widgets import fields
from ui.widgets.chips import ChipBar
from ui.widgets.empty import EmptyState
from ui.widgets.page import Page, hairline
from ui.widgets.side_fields import caption
from ui.widgets.table import Column, ListTable

_PANEL_PX, _WIDE_PANEL_PX, _WIDE_FROM_PX, _COMPACT_BELOW_PX = 312, 420, 1500, 940


def problem_columns() -> tuple[Column, ...]:
    """序号 家访对象 问题 类别 承办 期限 状态."""
    return (
        Column("number", "序号", 56, 0, "right", lambda row: row.number),
        Column("visitee", "家访对象", 84, 0, "left", lambda row: spaced(row.visitee)),
        Column("text", "问题", 170, 5, "left", lambda row: row.text),
        Column("kind", "类别", 84, 0, "left", lambda row: row.kind, caption=True),
        Column("responsible", "承办", 84, 1, "left", lambda row: row.responsible),
        Column("due", "期限", 140, 0, "left", lambda row: row.due.words),
        Column("status", "状态", 128, 1, "left", lambda row: row.status, phase=lambda row: row.phase),
    )


def read(store: Any, year: int) -> list[ListedProblem]:
    """The year's problems, and the open ones of every year (结转)."""
    found = {one.problem.id: one for one in problems.listing(store, year=year)}
    found |= {one.problem.id: one for one in problems.listing(store, open_only=True)}
    return list(found.values())


def _tone(row: ProblemRow, key: str) -> str | None:
    if key != "due":
        return None
    return "red" if row.due.overdue else "ink3" if row.due.words == "未定时限" else None


class ProblemsPage(Page):
    """The list. ``opened(status=open|overdue|done|all)`` chooses a chip."""

    def __init__(self, ctx: Context) -> None:
        super().__init__(ctx)
        self.setObjectName("page_problems")
        self.ctx = ctx
        self._turn = 0
        self.rows: list[ProblemRow] = []
        self._chip = "open"
        self.chips = ChipBar("chips_problems")
        self.search = fields.search_edit("field_problem_search", "查找问题：姓名、拼音首字母、问题、承办人")
        self.search.setPlaceholderText("姓名、拼音首字母、问题、承办")
        self.search.setFixedWidth(theme.dp(248))
        self.count = caption("")
        self.count.setObjectName("problem_count")
        self.count.setWordWrap(False)
        self.table = ListTable("table_problems", problem_columns(), cell_tone=_tone, label="问题")
        self.table.set_rows(())
        self.panel = ProblemPanel()
        self._build()
        self._connect()

    def _build(self) -> None:
        self._show_title()
        top = QHBoxLayout()
        top.setContentsMargins(theme.dp(24), theme.dp(12), theme.dp(24), theme.dp(12))
        top.setSpacing(theme.dp(12))
        top.addWidget(self.chips, 1)
        top.addWidget(self.count)
        top.addWidget(self.search)
        self._parting = QFrame()
        self._parting.setProperty("role", "hairline")
        self._parting.setFixedWidth(1)
        inset = QVBoxLayout()
        inset.setContentsMargins(theme.dp(16), 0, theme.dp(14), theme.dp(8))
        inset.addWidget(self.table)
        lower = QHBoxLayout()
        lower.setSpacing(0)
        lower.addLayout(inset, 1)
        lower.addWidget(self._parting)
        lower.addWidget(self.panel)
        listing = QWidget()
        column = QVBoxLayout(listing)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(top)
        column.addWidget(hairline())
        column.addLayout(lower, 1)
        self.empty = EmptyState(
            "还没有要办的问题", "家访中发现的困难、意见和苗头，在记录单右边“问题办理”里添加，办到哪一步都看得到。",
            ways=[
                ("home", "从家访记录里添加", "打开一份记录单，在右边添加问题，定下承办人和时限", "打开家访",
                 "button_problems_visits", lambda: self.ctx.open("visits")),
                ("plus", "登记一次家访", "像填纸一样填，随填随存", "登记家访", "button_problems_new",
                 lambda: self.ctx.open("visit", fresh=True)),
            ],
        )  # fmt: skip
        self.pane = QStackedWidget()
        self.pane.addWidget(listing)
        self.pane.addWidget(self.empty)
        self.pane.hide()  # until the first reading
        self.body.addWidget(self.pane)

    def _show_title(self) -> None:
        self.set_title("问题办理", back=("家访", "visits"), caption=f"{self.ctx.year} 年的，和以前没有办结的")

    def _connect(self) -> None:
        self.chips.chosen.connect(self._choose)
        self.search.textChanged.connect(lambda _text: self._show())
        self.table.activated.connect(lambda rec: self._with(self.open, rec))
        self.table.current_changed.connect(lambda _rec: self._show_panel())
        self.table.context_wanted.connect(self._menu)
        for signal, act in (
            (self.panel.open_wanted, self.open), (self.panel.progress_wanted, self.progress),
            (self.panel.resolve_wanted, self.resolve), (self.panel.edit_wanted, self.edit),
            (self.panel.reopen_wanted, self.reopen),
        ):  # fmt: skip
            signal.connect(lambda act=act: self._with(act, self.table.current_id()))
        self.ctx.year_changed.connect(lambda _year: self.read_again())

    # -- reading -----------------------------------------------------------------------------------------------

    def opened(self, status: str | None = None, **_: object) -> None:
        """The page came to the front, perhaps with a chip to choose."""
        if status in CHIPS:
            self._chip = status
            self.search.clear()
        self.read_again()

    def refresh(self, changes: Changes) -> None:
        """A problem or its visit changed."""
        if changes.touches("problem", "visit"):
            self.read_again()

    def read_again(self) -> None:
        """Ask for the problems of the year and what is still open."""
        self._turn += 1
        turn = self._turn
        self._show_title()
        pending = self.ctx.tasks.run(read, self.ctx.year)
        pending.then(lambda found: self._read(turn, found)).fail(lambda error: self.ctx.error(error, self))

    def _read(self, turn: int, found: Sequence[ListedProblem]) -> None:
        if turn != self._turn:
            return
        today = clock.today()
        self.rows = sorted((row_of(one, today=today) for one in found), key=urgency)
        self._show()
        self.pane.show()
        self.pane.setCurrentWidget(self.pane.widget(0) if self.rows else self.empty)

    def _show(self) -> None:
        fitting = [row for row in self.rows if mentions(row, self.search.text())]
        self.chips.set_chips(chips(fitting))
        self.chips.choose(self._chip)
        shown = [row for row in fitting if fits(row, self._chip)]
        current = self.table.current_id()
        self.table.set_rows(shown)
        self._hide_columns()
        words = {"overdue": "没有超期的问题。", "open": "没有未办结的问题。", "done": "还没有办结的问题。"}
        nothing = "没有符合条件的问题，请换个说法。" if self.search.text().strip() else words.get(self._chip, "")
        self.table.set_message("" if shown else nothing)
        self.count.setText(f"共 {len(shown)} 件")
        ids = [row.id for row in shown]
        if ids:
            self.table.set_current(current if current in ids else ids[0])
        self._show_panel()

    def _choose(self, key: str) -> None:
        self._chip = key
        self._show()

    # -- the one in hand ---------------------------------------------------------------------------------------

    def current_row(self) -> ProblemRow | None:
        """The row in hand."""
        rec = self.table.current_id()
        return next((row for row in self.rows if row.id == rec), None)

    def _show_panel(self) -> None:
        row = self.current_row()
        shown = row is not None and self.width() >= theme.dp(_COMPACT_BELOW_PX)
        self.panel.setVisible(shown)
        self._parting.setVisible(shown)
        if row is not None:
            self.panel.show_row(row)

    def _with(self, act: Callable[[ProblemRow], object], rec: str | None) -> None:
        row = next((row for row in self.rows if row.id == rec), None)
        if row is not None:
            act(row)

    def open(self, row: ProblemRow) -> None:
        """The record it was found in."""
        self.ctx.open("visit", visit_id=row.visit_id)

    def progress(self, row: ProblemRow) -> None:
        """跟进了解."""
        dialog = ProgressDialog(row.listed.problem.content.text, self.window())

        def note() -> None:
            made = dialog.note()
            self._write(f"跟进{row.called}", problems.progress, row, text=made.text, on=made.on)

        dialog.accepted.connect(note)
        dialog.open()

    def resolve(self, row: ProblemRow) -> None:
        """办结."""
        dialog = ResolveDialog(row.listed.problem.content.text, self.window())

        def settle() -> None:
            text, outcome, on = dialog.answer()
            self._write(f"办结{row.called}", problems.resolve, row, text=text, on=on, outcome=outcome)

        dialog.accepted.connect(settle)
        dialog.open()

    def edit(self, row: ProblemRow) -> None:
        """Another wording, who handles it, until when."""
        dialog = ProblemDialog(self.window(), known=row.listed.problem.content)
        dialog.accepted.connect(lambda: self._write(f"修改{row.called}", problems.edit, row, content=dialog.content()))
        dialog.open()

    def reopen(self, row: ProblemRow) -> None:
        """Not solved after all."""
        self._write(f"重新办理{row.called}", problems.reopen, row)

    def _write(self, words: str, verb: Callable[..., Any], row: ProblemRow, **named: Any) -> None:
        pending = self.ctx.tasks.run(verb, row.visit_id, row.position, **named, by=self.ctx.operator)
        pending.then(lambda changes: self.ctx.say_undoable(words) if changes.records else None)
        pending.fail(lambda error: self.ctx.error(error, self))

    def _menu(self, rec: str, at: QPoint) -> None:
        self._with(lambda row: self._popup(row, at), rec)

    def _popup(self, row: ProblemRow, at: QPoint) -> None:
        menu = QMenu(self)
        menu.setObjectName("problem_menu")
        acts: list[tuple[str, str, Callable[[ProblemRow], object]]] = [("打开记录单", "menu_open", self.open)]
        if row.is_open and not row.is_fixed:
            acts += [("记跟进…", "menu_progress", self.progress), ("办结…", "menu_resolve", self.resolve),
                     ("修改…", "menu_edit", self.edit)]  # fmt: skip
        elif not row.is_fixed:
            acts.append(("重新办理", "menu_reopen", self.reopen))
        for words, name, act in acts:
            action = QAction(words, menu)
            action.setObjectName(name)
            action.triggered.connect(lambda _=False, act=act: act(row))
            menu.addAction(action)
        menu.popup(at)

    def find(self) -> None:
        """Ctrl+F."""
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Narrow: the panel goes, then 类别."""
        super().resizeEvent(event)
        wide = self.width() >= theme.dp(_WIDE_FROM_PX)
        self.panel.setFixedWidth(theme.dp(_WIDE_PANEL_PX if wide else _PANEL_PX))
        self._hide_columns()
        self._show_panel()

    def _hide_columns(self) -> None:
        narrow = ("kind",) if self.width() < theme.dp(_COMPACT_BELOW_PX) else ()
        self.table.set_hidden((*narrow, "due") if self._chip == "done" else narrow)  # nothing is due there
