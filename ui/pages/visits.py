"""家访: every visit of the unit as a list to look through, search, tick and open.

Arranges filters, table and foot bar and keeps them in step with the store. The acts are visits_acts', the words of a
row visit_list's, reading windows of rows services.lists'.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from jiafang_desktop.common import clock
from jiafang_desktop.common.errors import UserError
from jiafang_desktop.domain.changes import Changes
from jiafang_desktop.domain.visits import Visit
from jiafang_desktop.services import lists
from jiafang_desktop.services.lists import VisitIndex
from ui import theme
from ui.context import Context
from ui.models.visit_list import VisitRow, draft_row, row_of
from ui.models.windowed import WindowedModel
from ui.pages import plan_acts
from ui.pages.visits_acts import VisitActs
from ui.pages.visits_bar import TickBar
from ui.pages.visits_columns import HIDDEN_FIRST, SORTED_BY, cell_tone, row_tone, visit_columns
from ui.pages.visits_filters import VisitFilters
from ui.pages.visits_plans import PlansPane
from ui.tasks import Pending
from ui.widgets import buttons
from ui.widgets.dropped import dropped_paths
from ui.widgets.empty import EmptyState
from ui.widgets.page import Page
from ui.widgets.table import ListTable

_COMPACT_BELOW_PX = 940  # of the page's width at 100 %: the table then hides columns in their order (THEME)

_STATES_BY = ("rules", "setting")  # which outcomes let a visit be filed is theirs to say


class VisitsPage(Page):
    """The list. ``opened(text=…, year=…)`` may narrow it from elsewhere."""

    def __init__(self, ctx: Context) -> None:
        super().__init__(ctx)
        self.setObjectName("page_visits")
        self.ctx = ctx
        self._turn = 0  # which question to the store is the present one
        self._leaders: Pending | None = None
        self._order, self._descending = "number", True
        self._has_any = True  # until the first reading
        self.columns = visit_columns()
        self.model = WindowedModel(self.columns, self._fetch, self)
        self.filters = VisitFilters()
        self.table = ListTable("table_visits", self.columns, ticks=True, row_tone=row_tone, cell_tone=cell_tone)
        self.table.set_model(self.model)
        self.bar = TickBar()
        self.acts = VisitActs(self)
        self.plans = PlansPane(ctx)
        self._build()
        self._connect()
        self.filters.fill_times((), year=ctx.year)

    def _build(self) -> None:
        self.set_title("家访")
        self.button_new = buttons.primary("登记家访", "button_new_visit", icon="plus")
        self.button_new.setToolTip("Ctrl+N")
        self.set_primary(self.button_new)
        self.button_problems = buttons.quiet("问题办理", "button_problems")
        self.button_problems.clicked.connect(lambda: self.ctx.open("problems"))
        self.button_signing = buttons.quiet("待签字清单", "button_signing")
        self.button_signing.clicked.connect(lambda: self.ctx.open("signing"))
        self.button_import = buttons.quiet("导入以前的台账", "button_import_visits")
        self.button_import.clicked.connect(self._open_import)
        self.button_plan = buttons.quiet("安排家访", "button_add_plan")
        self.button_plan.clicked.connect(self._arrange)
        for button in (self.button_import, self.button_problems, self.button_signing, self.button_plan):
            self.add_action(button)
        self.setAcceptDrops(True)
        listing = QWidget()
        column = QVBoxLayout(listing)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.filters)
        self.listed = QWidget()
        inset = QVBoxLayout(self.listed)
        inset.setContentsMargins(theme.dp(16), 0, theme.dp(14), 0)
        inset.addWidget(self.table)
        column.addWidget(self.listed, 1)
        column.addWidget(self.plans, 1)
        column.addWidget(self.bar)
        self.plans.hide()
        self.empty = EmptyState(
            "还没有登记家访", "家访回来，照着纸质记录单的样子填，登记后就进台账。",
            ways=[
                ("plus", "登记一次家访", "像填纸一样填，随填随存", "登记家访", "button_new_visit_empty", self.acts_new),
                ("people", "先导入干部名册", "以后填姓名就能带出职务、住址", "导入名册",
                 "button_roster_empty", lambda: self.ctx.open("roster_import")),
                ("ledger", "导入以前的台账和记录单", "Excel、Word 里的旧台账一次读进来，拖到这一页也行", "导入",
                 "button_import_visits_empty", self._open_import),
            ],
        )  # fmt: skip
        self.pane = QStackedWidget()
        self.pane.addWidget(listing)
        self.pane.addWidget(self.empty)
        self.body.addWidget(self.pane)

    def acts_new(self) -> None:
        """登记家访 from the empty page."""
        self.acts.new()

    def _open_import(self) -> None:
        self.ctx.open("visits_import")

    def _connect(self) -> None:
        self.filters.changed.connect(self.read_again)
        self.filters.leader_wanted.connect(
            lambda name: self.ctx.open("leader_visits", leader=name, year=self.filters.query().year)
        )
        self.plans.counted.connect(self._plans_counted)
        self.table.activated.connect(self._activated)
        self.table.sort_chosen.connect(self._sort_chosen)
        self.table.context_wanted.connect(self._context_wanted)
        self.model.ticks_changed.connect(self._show_ticked)
        self.button_new.clicked.connect(self.acts.new)
        bar, acts = self.bar, self.acts
        bar.button_none.clicked.connect(lambda: self.model.tick(tuple(self.model.ticked), on=False))
        bar.button_print.clicked.connect(lambda: acts.print(self.ticked_visits()))
        bar.button_signed.clicked.connect(lambda: acts.mark_signed(self.ticked_visits()))
        bar.button_place.clicked.connect(lambda: acts.set_place(self.ticked_visits()))
        bar.button_restore.clicked.connect(lambda: acts.restore_several(self.ticked_visits()))
        bar.button_export.clicked.connect(lambda: acts.export_menu(self.ticked_visits(), bar.button_export))
        self.ctx.year_changed.connect(self._year_changed)
        for keys, act in (("Ctrl+N", self.acts.new), ("Delete", self._delete), ("Ctrl+P", self._print_current)):
            shortcut = QShortcut(QKeySequence(keys), self.table if keys == "Delete" else self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)

    # -- reading -----------------------------------------------------------------------------------------------

    def opened(
        self, text: str | None = None, year: int | None = None, every_year: bool = False, plan: str | None = None,
        **_: object,
    ) -> None:  # fmt: skip
        """The page came to the front: look again, drafts are not announced. ``year`` or ``every_year`` to show.

        ``plan`` is a planned visit to take in hand, "" shows what is planned.
        """
        if plan is not None:
            self.filters.choose_plans()
        elif text is not None or year is not None or every_year:
            self.filters.leave_plans()
        self.plans.read_again(plan or "")
        if text is not None:
            self.filters.look_for(text)
        if year is not None or every_year:
            self.filters.fill_times(() if year is None else (year,), year=self.ctx.year)
            self.filters.choose_year(year)
        self.read_again()

    def refresh(self, changes: Changes) -> None:
        """Something was written: the rows it names are read again, and the order with them."""
        if changes.touches("visit", "plan"):
            self.plans.read_again()
        if changes.touches("visit", "problem", *_STATES_BY):
            self.model.forget(None if changes.touches("problem", *_STATES_BY) else changes.ids("visit"))
            self.read_again()

    def read_again(self) -> None:
        """Ask which visits are to be shown."""
        self._turn += 1
        turn = self._turn
        pending = self.ctx.tasks.run(
            lists.visit_index, self.filters.query(), order=self._order, descending=self._descending,
            overdue_only=self.filters.overdue_only,
        )  # fmt: skip
        pending.then(lambda found: self._found(turn, found)).fail(lambda error: self.ctx.error(error, self))

    def _found(self, turn: int, index: VisitIndex) -> None:
        if turn != self._turn:
            return
        today = clock.today()
        drafts = [draft_row(draft.key, draft.content, today=today) for draft in index.drafts]
        current = self.table.current_id()
        self.model.set_ids(index.ids.with_first(row.id for row in drafts), rows=drafts)
        if current is not None and self.model.place_of(current) is not None:
            self.table.set_current(current)
        self.filters.fill_times(index.years, year=self.ctx.year)
        self.filters.show_counts(index.facets, shown=len(self.model.ids))
        self.table.set_sort(self._order, self._descending)
        self._has_any = index.has_any
        self._show_pane()
        self.table.set_message("" if self.model.ids else self._why_empty())
        self._read_leaders()

    def _show_pane(self) -> None:
        """The list of visits or of plans, or the first steps where there is neither."""
        plans = self.filters.shows_plans
        self.listed.setVisible(not plans)
        self.plans.setVisible(plans)
        shown = self._has_any or self.filters.is_narrowed() or plans or bool(self.plans.rows)
        self.pane.setCurrentIndex(0 if shown else 1)
        if plans:
            self.bar.hide()
        else:
            self._show_ticked()

    def _plans_counted(self, count: int) -> None:
        self.filters.show_plans(count)
        self._show_pane()

    def _arrange(self) -> None:
        """安排家访: the new plan is shown in its list."""

        def show(rec: str) -> None:
            self.filters.choose_plans()
            self.plans.read_again(rec)
            self.read_again()

        plan_acts.arrange(self.ctx, self, done=show)

    def _why_empty(self) -> str:
        if self.filters.shows_void:
            return "没有作废的家访。"
        if self.filters.is_narrowed():
            return "没有符合条件的家访，请换个说法，或放宽筛选。"
        return "这段时间还没有家访。"

    def _read_leaders(self) -> None:
        year = self.filters.query().year
        if self._leaders is not None:
            self._leaders.cancel()
        self._leaders = self.ctx.tasks.run(lists.leaders_in_steps, year=year).then(self.filters.fill_leaders)

    def _fetch(self, ids: tuple[str, ...], answer: Callable[[Sequence[VisitRow]], None]) -> None:
        def show(found: Sequence[Visit]) -> None:
            today = clock.today()
            answer([row_of(visit, today=today) for visit in found])

        def failed(error: UserError) -> None:
            answer(())
            self.ctx.error(error, self)

        self.ctx.tasks.run(lists.visit_window, ids).then(show).fail(failed)

    # -- what the clerk does -----------------------------------------------------------------------------------

    def current_row(self) -> VisitRow | None:
        """The row in hand."""
        name = self.table.current_id()
        place = self.model.place_of(name) if name is not None else None
        row: VisitRow | None = self.model.row(place) if place is not None else None
        return row

    def ticked_visits(self) -> tuple[str, ...]:
        """Ticked records in the list's order; drafts have no paper."""
        return tuple(name for name in self.model.ticked_in_order() if not name.startswith("draft:"))

    def _show_ticked(self) -> None:
        visits = len(self.ticked_visits())
        self.bar.show_ticked(visits, len(self.model.ticked) - visits, void=self.filters.shows_void)

    def _activated(self, name: str) -> None:
        place = self.model.place_of(name)
        row = self.model.row(place) if place is not None else None
        if row is not None:
            self.acts.open(row)

    def _delete(self) -> None:
        row = self.current_row()
        if row is not None:
            self.acts.remove(row)

    def _print_current(self) -> None:
        row = self.current_row()
        ids = self.ticked_visits() or ((row.id,) if row is not None and row.draft_key is None else ())
        self.acts.print(ids)

    def _context_wanted(self, name: str, at: QPoint) -> None:
        place = self.model.place_of(name)
        row = self.model.row(place) if place is not None else None
        if row is not None:
            self.acts.menu(row, at)

    def _sort_chosen(self, key: str) -> None:
        order = SORTED_BY.get(key)
        if order is None:
            return
        self._descending = not self._descending if order == self._order else order != "visitee"
        self._order = order
        self.read_again()

    def _year_changed(self, year: int) -> None:
        self.filters.fill_times((), year=year)
        self.filters.choose_year(year)
        self.read_again()

    def find(self) -> None:
        """Ctrl+F."""
        self.filters.find()

    # -- old papers dropped here -------------------------------------------------------------------------------

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Ledgers and forms, or a folder of them."""
        if dropped_paths(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Look at them before they are registered."""
        paths = dropped_paths(event.mimeData())
        if paths:
            event.acceptProposedAction()
            self.ctx.open("visits_import", paths=paths)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where it is narrow the table hides columns in the set order."""
        super().resizeEvent(event)
        narrow = self.width() < theme.dp(_COMPACT_BELOW_PX)
        self.table.set_hidden(HIDDEN_FIRST[:2] if narrow else ())
