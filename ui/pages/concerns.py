"""诉求: what cadres ask for, as a list by state, with the one in hand beside it.

Arranges filters, table and panel and keeps them in step with the store. The acts are concerns_acts', the words of a
row concern_list's, what is due when the services'.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from jiafang_desktop.common import clock
from jiafang_desktop.domain.changes import Changes
from jiafang_desktop.services import concerns
from jiafang_desktop.services.concerns import ConcernView
from ui import theme
from ui.context import Context
from ui.models.concern_list import ConcernRow, narrowed, row_of, status_counts
from ui.pages.concerns_acts import ConcernActs
from ui.pages.concerns_columns import HIDDEN_FIRST, cell_tone, concern_columns, row_tone
from ui.pages.concerns_filters import ConcernFilters
from ui.pages.concerns_panel import ConcernPanel
from ui.pages.roster_import import dropped_file
from ui.widgets import buttons
from ui.widgets.empty import EmptyState
from ui.widgets.page import Page, hairline
from ui.widgets.table import ListTable

_PANEL_PX, _WIDE_PANEL_PX, _WIDE_FROM_PX, _COMPACT_BELOW_PX = 312, 420, 1500, 940


class ConcernsPage(Page):
    """The list. ``opened(status=, overdue=, unreported=, concern=)`` may narrow it or take one in hand."""

    def __init__(self, ctx: Context) -> None:
        super().__init__(ctx)
        self.setObjectName("page_concerns")
        self.ctx = ctx
        self._turn = self._earlier_turn = 0
        self.rows: list[ConcernRow] = []
        self._wanted: str | None = None
        self.filters = ConcernFilters()
        self.table = ListTable(
            "table_concerns", concern_columns(), row_tone=row_tone, cell_tone=cell_tone, label="诉求"
        )
        self.table.set_rows(())
        self.panel = ConcernPanel()
        self.acts = ConcernActs(self)
        self.setAcceptDrops(True)
        self._build()
        self._connect()

    def _build(self) -> None:
        self.set_title("诉求")
        self.button_paste = buttons.quiet("粘贴", "button_paste_concerns", icon="copy")
        self.button_paste.setToolTip("把从表格里复制的几行诉求粘贴进来，Ctrl+V")
        self.button_paste.setAccessibleDescription("把从表格里复制的几行诉求粘贴进来")
        self.button_import = buttons.quiet("导入", "button_import_concerns", icon="file")
        self.button_new = buttons.primary("登记诉求", "button_new_concern", icon="plus")
        self.button_new.setToolTip("Ctrl+N")
        self.add_action(self.button_paste)
        self.add_action(self.button_import)
        self.set_primary(self.button_new)
        self._parting = QFrame()
        self._parting.setProperty("role", "hairline")
        self._parting.setFixedWidth(1)
        listing = QWidget()
        column = QVBoxLayout(listing)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.filters)
        inset = QVBoxLayout()
        inset.setContentsMargins(theme.dp(16), 0, theme.dp(14), theme.dp(8))
        inset.addWidget(self.table)
        lower = QHBoxLayout()
        lower.setSpacing(0)
        lower.addLayout(inset, 1)
        lower.addWidget(self._parting)
        lower.addWidget(self.panel)
        column.addWidget(hairline())
        column.addLayout(lower, 1)
        self.empty = EmptyState(
            "还没有诉求", "干部和家属反映的困难、意见先登记在这里，研判后安排家访，办完报县委组织部。",
            ways=[
                ("plus", "登记一件诉求", "写明是谁、反映了什么，随后研判由谁办、何时办完", "登记诉求",
                 "button_new_concern_empty", self._new),
                ("file", "导入收集到的诉求", "家访小程序导出的表、各站所报的 Excel，把文件拖到这一页也行", "选择文件",
                 "button_import_concerns_empty", self._import),
                ("copy", "从表格里粘贴", "在 Excel、WPS 里连表头一起复制几行，再到这里粘贴", "粘贴",
                 "button_paste_concerns_empty", self._paste),
            ],
        )  # fmt: skip
        self.pane = QStackedWidget()
        self.pane.addWidget(listing)
        self.pane.addWidget(self.empty)
        self.pane.hide()  # until the first reading
        self.body.addWidget(self.pane)

    def _connect(self) -> None:
        self.filters.changed.connect(self._show)
        self.filters.searched.connect(self.read_again)
        self.table.activated.connect(lambda rec: self._with(rec, self.acts.edit))
        self.table.current_changed.connect(self._current_changed)
        self.table.context_wanted.connect(self._context_wanted)
        self.button_new.clicked.connect(self._new)
        self.button_import.clicked.connect(self._import)
        self.button_paste.clicked.connect(self._paste)
        panel = self.panel
        panel.next_wanted.connect(lambda: self._with(self.table.current_id(), self.acts.next))
        panel.edit_wanted.connect(lambda: self._with(self.table.current_id(), self.acts.edit))
        panel.more_wanted.connect(self._more)
        panel.visit_wanted.connect(lambda rec: self.ctx.open("visit", visit_id=rec))
        panel.concern_wanted.connect(self.show_concern)
        self.ctx.year_changed.connect(self._year_changed)
        for keys, act, within in (
            ("Ctrl+N", self._new, self), ("Ctrl+V", self._paste, self.table),
            ("Delete", lambda: self._with(self.table.current_id(), self.acts.delete), self.table),
            ("Ctrl+Return", lambda: self._with(self.table.current_id(), self.acts.next), self.table),
        ):  # fmt: skip
            shortcut = QShortcut(QKeySequence(keys), within)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)

    # -- reading -----------------------------------------------------------------------------------------------

    def opened(
        self, status: str | None = None, overdue: bool = False, unreported: bool = False, concern: str | None = None,
        new: bool = False, **_: object,
    ) -> None:  # fmt: skip
        """The page came to the front, perhaps narrowed, perhaps about one concern."""
        if concern is not None:
            self.show_concern(concern)
        elif status is not None or overdue or unreported:
            self.filters.choose(status=status or "all", overdue=overdue, unreported=unreported)
        else:
            self.read_again()
        if new:
            self.acts.new()

    def refresh(self, changes: Changes) -> None:
        """Concerns, their visits, the rules, the leaders or the holidays changed."""
        if changes.touches("concern", "visit", "problem", "rules", "leaders", "calendar", "cadre"):
            self.read_again()

    def read_again(self) -> None:
        """Ask for all concerns that fit the words looked for."""
        self._turn += 1
        turn = self._turn
        pending = self.ctx.tasks.run(concerns.listing, query=self.filters.text())
        pending.then(lambda views: self._read(turn, views)).fail(lambda error: self.ctx.error(error, self))

    def _read(self, turn: int, views: Sequence[ConcernView]) -> None:
        if turn != self._turn:
            return
        today = clock.today()
        self.rows = [row_of(view, today=today) for view in reversed(views)]
        self.filters.fill_times([row.view.concern.year for row in self.rows], year=self.ctx.year)
        self._show()
        self.pane.show()
        known = bool(self.rows) or self.filters.is_narrowed()
        self.pane.setCurrentWidget(self.pane.widget(0) if known else self.empty)
        self._look_earlier()
        if not self.filters.text():
            self.ctx.counted.emit("concerns", sum(row.status == "new" for row in self.rows))

    def _show(self) -> None:
        filters = self.filters
        year = filters.time.currentData()
        fitting = narrowed(
            self.rows, year=year, level=filters.level.currentData(), overdue=filters.overdue.isChecked(),
            unreported=filters.unreported.isChecked(),
        )  # fmt: skip
        shown = [row for row in fitting if filters.wants(row.status)]
        current = self._wanted or self.table.current_id()
        self.table.set_rows(shown)
        carried = sum(1 for row in shown if year is not None and row.view.concern.year != year)
        filters.show_counts(status_counts(fitting), shown=len(shown), carried=carried)
        words = "没有符合条件的诉求，请换个说法，或放宽筛选。" if filters.is_narrowed() else "这一年还没有诉求。"
        self.table.set_message("" if shown else words)
        ids = [row.id for row in shown]
        if current in ids:
            self._wanted = None
            self.table.set_current(current)
        elif ids:
            self.table.set_current(ids[0])
        self._show_panel()

    def show_concern(self, rec: str) -> None:
        """Take a concern in hand, whatever the list was narrowed to."""
        self._wanted = rec
        if self.filters.is_narrowed() or not any(row.id == rec for row in self.rows):
            self.filters.time.setCurrentIndex(max(self.filters.time.findData(None), 0))
            self.filters.choose()
        else:
            self._show()

    # -- the one in hand ---------------------------------------------------------------------------------------

    def current_row(self) -> ConcernRow | None:
        """The row in hand."""
        rec = self.table.current_id()
        return next((row for row in self.rows if row.id == rec), None)

    def _current_changed(self, _rec: object) -> None:
        self._show_panel()
        self._look_earlier()

    def _show_panel(self) -> None:
        row = self.current_row()
        narrow = self.width() < theme.dp(_COMPACT_BELOW_PX)
        self.panel.setVisible(row is not None and not narrow)
        self._parting.setVisible(row is not None and not narrow)
        if row is not None:
            self.panel.show_row(row)

    def _look_earlier(self) -> None:
        row = self.current_row()
        if row is None:
            return
        self._earlier_turn += 1
        turn = self._earlier_turn
        pending = self.ctx.tasks.run(concerns.earlier_of, row.view.concern)
        pending.then(lambda found: self.panel.show_earlier(found) if turn == self._earlier_turn else None)

    def _with(self, rec: str | None, act: object) -> None:
        row = next((row for row in self.rows if row.id == rec), None)
        if row is not None and callable(act):
            act(row)

    def _more(self) -> None:
        row = self.current_row()
        if row is not None:
            button = self.panel.button_more
            self.acts.menu(row, button.mapToGlobal(QPoint(0, -theme.dp(4))), whole=False)

    def _context_wanted(self, rec: str, at: QPoint) -> None:
        self._with(rec, lambda row: self.acts.menu(row, at))

    # -- what the clerk does -----------------------------------------------------------------------------------

    def _new(self) -> None:
        self.acts.new()

    def _import(self) -> None:
        self.ctx.open("concerns_import")

    def _paste(self) -> None:
        self.ctx.open("concerns_import", text=QGuiApplication.clipboard().text())

    def _year_changed(self, year: int) -> None:
        self.filters.choose_year(year)
        self.read_again()

    def find(self) -> None:
        """Ctrl+F."""
        self.filters.find()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Narrow: the panel goes, then columns in their order."""
        super().resizeEvent(event)
        narrow = self.width() < theme.dp(_COMPACT_BELOW_PX)
        wide = self.width() >= theme.dp(_WIDE_FROM_PX)
        self.panel.setFixedWidth(theme.dp(_WIDE_PANEL_PX if wide else _PANEL_PX))
        self.table.set_hidden(HIDDEN_FIRST[:1] if narrow else () if wide else HIDDEN_FIRST[:2])
        self._show_panel()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """One file may be dropped."""
        if dropped_file(event.mimeData()) is not None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Read it on the import page."""
        path = dropped_file(event.mimeData())
        if path is not None:
            event.acceptProposedAction()
            self.ctx.open("concerns_import", path=path)
