"""台账: 附件1 as it prints, page by page, for a year and unit; searched, copied, opened, printed and exported.

Plans come from services.ledgers, pages are painted by ledger_view; nothing is typed here.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QStackedWidget, QVBoxLayout, QWidget

from jiafang_desktop.domain.changes import Changes
from jiafang_desktop.domain.visits import Visit
from jiafang_desktop.services import ledgers, lists
from ui import theme
from ui.context import Context
from ui.dialogs.export_done import save_as
from ui.dialogs.print_dialog import PrintDialog
from ui.models.ledger_pages import LedgerPages
from ui.tasks import Pending
from ui.widgets import buttons
from ui.widgets.empty import EmptyState
from ui.widgets.ledger_bar import LedgerBar, LedgerFoot
from ui.widgets.ledger_view import LedgerView
from ui.widgets.page import Page

_STATE_BLOCK = 40
_MOST_STATES = 4000


class LedgerPage(Page):
    """The printed ledger on the desk."""

    def __init__(self, ctx: Context) -> None:
        super().__init__(ctx)
        self.setObjectName("page_ledger")
        self.ctx = ctx
        self._turn = 0
        self._planning: Pending | None = None
        self._states: dict[str, str] = {}
        self._asked: set[str] = set()
        self._found: tuple[int, ...] = ()
        self._void: tuple[int, ...] = ()
        self._restored = False  # whether the unit's own layout was taken from the settings
        self.bar = LedgerBar()
        self.view = LedgerView(state_of=self._state_of)
        self.foot = LedgerFoot()
        self._build()
        self._connect()
        self.bar.fill_years((), year=ctx.year)

    def _build(self) -> None:
        self.set_title("台账")
        self.button_excel = buttons.quiet("导出 Excel", "button_export_excel", icon="file")
        self.button_word = buttons.quiet("导出 Word", "button_export_word", icon="file")
        self.button_pdf = buttons.quiet("导出 PDF", "button_export_pdf", icon="file")
        self.button_print = buttons.primary("打印台账", "button_print_ledger", icon="print")
        self.button_import = buttons.quiet("导入以前的台账", "button_import_ledger")
        self.button_import.clicked.connect(self._open_import)
        self.button_leaders = buttons.quiet("领导个人情况", "button_leader_visits")
        self.button_leaders.setToolTip("一位领导一年去了哪些家，可以打印")
        self.button_leaders.clicked.connect(lambda: self.ctx.open("leader_visits", year=self.bar.year.currentData()))
        for button in (
            self.button_import, self.button_leaders, self.button_excel, self.button_word, self.button_pdf,
        ):  # fmt: skip
            self.add_action(button)
        self.set_primary(self.button_print)
        whole = QWidget()
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.bar)
        column.addWidget(_hairline())
        column.addWidget(self.view, 1)
        column.addWidget(_hairline())
        column.addWidget(self.foot)
        self.empty = EmptyState(
            "台账还是空的", "登记过的家访自动进入台账，按附件1的样子一页一页排好。",
            ways=[
                ("plus", "登记一次家访", "登记后这里就有第一行", "登记家访", "button_new_visit_ledger", self._new),
                ("ledger", "导入以前的台账和记录单", "Excel、Word 里的旧台账一次读进来，先看后存", "导入",
                 "button_import_ledger_empty", self._open_import),
            ],
        )  # fmt: skip
        self.pane = QStackedWidget()
        self.pane.addWidget(whole)
        self.pane.addWidget(self.empty)
        self.body.addWidget(self.pane)

    def _connect(self) -> None:
        self.bar.changed.connect(self.read_again)
        self.bar.searched.connect(self._search)
        self.bar.next_found.connect(self._next_found)
        self.bar.page_wanted.connect(lambda step: self.view.show_page(self.view.shown_page() + step))
        self.view.moved.connect(lambda _row, _column: self._show_foot())
        self.view.page_shown.connect(lambda _page: self._show_page())
        self.view.opened.connect(lambda visit_id: self.ctx.open("visit", visit_id=visit_id))
        self.button_excel.clicked.connect(lambda: self.export(".xlsx"))
        self.button_word.clicked.connect(lambda: self.export(".docx"))
        self.button_pdf.clicked.connect(lambda: self.export(".pdf"))
        self.button_print.clicked.connect(self.print)
        self.ctx.year_changed.connect(self._year_changed)
        for keys, act in (("Ctrl+P", self.print), ("Ctrl+N", self._new)):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)

    # -- reading -----------------------------------------------------------------------------------------------

    def opened(self, visit_id: str | None = None, **_: object) -> None:
        """The page came to the front, perhaps with a row to show."""
        self.read_again(keep=visit_id)

    def refresh(self, changes: Changes) -> None:
        """Visits or settings changed: the ledger is planned anew, the row in hand stays."""
        if changes.touches("visit", "problem", "setting"):
            for name in changes.ids("visit"):
                self._states.pop(name, None)
                self._asked.discard(name)
            if changes.touches("problem"):
                self._states.clear()
                self._asked.clear()
            self.read_again()

    def choice(self) -> dict[str, Any]:
        """What the services are asked for."""
        return {
            "year": self.bar.year.currentData(), "quarter": self.bar.quarter.currentData(),
            "variant": self.bar.variant, "unit": self.bar.unit.currentData(), "include_void": self.bar.void.isChecked(),
        }  # fmt: skip

    def read_again(self, keep: str | None = None) -> None:
        """Plan the ledger chosen."""
        self._turn += 1
        turn = self._turn
        pending = self.ctx.tasks.run(lists.ledger_choices)
        pending.then(lambda choices: self._choices_read(turn, choices, keep))
        pending.fail(lambda error: self.ctx.error(error, self))

    def _choices_read(self, turn: int, choices: lists.LedgerChoices, keep: str | None) -> None:
        if turn != self._turn:
            return
        self.bar.fill_years(choices.years, year=self.bar.year.currentData() or self.ctx.year)
        self.bar.fill_units(choices.units)
        if not self._restored:
            self._restored = True
            self.bar.choose_variant(choices.variant)
        self.pane.setCurrentWidget(self.pane.widget(0) if choices.years else self.empty)
        choice = self.choice()
        self.ctx.tasks.run(lists.void_numbers, year=choice["year"], unit=choice["unit"]).then(self._take_void)
        if self._planning is not None:
            self._planning.cancel()
        self._planning = self.ctx.tasks.run(ledgers.planning, **choice)
        self._planning.then(lambda plan: self._planned(turn, plan, keep))
        self._planning.fail(lambda error: self.ctx.error(error, self))

    def _take_void(self, numbers: tuple[int, ...]) -> None:
        self._void = numbers
        self._show_foot()

    def _planned(self, turn: int, plan: Any, keep: str | None) -> None:
        if turn != self._turn:
            return
        pages = LedgerPages(plan)
        before = self.view.pages
        if keep is None and before is not None and before.row_count:
            keep = before.visit_id(self.view.row)
        self.view.set_pages(pages, keep=keep)
        self._search(move=False)
        self._show_page()
        self._show_foot()
        has_rows = pages.row_count > 0
        for button in (self.button_excel, self.button_word, self.button_pdf, self.button_print):
            button.setEnabled(has_rows)

    def _state_of(self, visit_id: str) -> str | None:
        """The row's state beside the paper; asked for in windows the first time it shows."""
        state = self._states.get(visit_id)
        if state is None and visit_id not in self._asked and self.view.pages is not None:
            row = self.view.pages.place_of(visit_id) or 0
            around = range(max(row - 4, 0), min(row + _STATE_BLOCK, self.view.pages.row_count))
            names = [self.view.pages.visit_id(place) for place in around]
            wanted = tuple(name for name in names if name not in self._states and name not in self._asked)
            self._asked.update(wanted)
            self.ctx.tasks.run(lists.visit_window, wanted).then(self._take_states)
        return state

    def _take_states(self, visits: list[Visit]) -> None:
        if len(self._states) > _MOST_STATES:
            self._states.clear()
            self._asked.clear()
        self._states.update((visit.id, visit.status) for visit in visits)
        self.view.refresh_states()

    # -- showing -----------------------------------------------------------------------------------------------

    def _show_page(self) -> None:
        pages = self.view.pages
        if pages is not None:
            self.bar.show_page(self.view.shown_page(), pages.page_count)
            self._show_foot()

    def _show_foot(self) -> None:
        pages = self.view.pages
        if pages is None or not pages.row_count:
            self.foot.show_cell("", "")
            self.foot.show_sum("这段时间没有登记的家访" if pages is not None else "")
            return
        row, column = self.view.row, self.view.column
        number = pages.plan.entries[row].number
        name = "".join(pages.columns[column].heading)
        called = f"第 {number} 号" if number is not None else "未编号"
        self.foot.show_cell(f"{called}　{name}", pages.how_it_breaks(row, column))
        self.foot.show_sum(sum_words(pages, self.view.shown_page(), self._void, self.bar.void.isChecked()))

    # -- searching ---------------------------------------------------------------------------------------------

    def _search(self, move: bool = True) -> None:
        pages = self.view.pages
        if pages is None:
            return
        self._found = pages.find(self.bar.search.text())
        self.view.set_found(self._found)
        if not self.bar.search.text().strip():
            self.bar.show_found("")
        elif not self._found:
            self.bar.show_found("没有找到")
        else:
            self.bar.show_found(f"{len(self._found)} 行")
            if move:
                first = next((row for row in self._found if row >= self.view.row), self._found[0])
                self.view.go_to(first)

    def _next_found(self) -> None:
        if self._found:
            following = next((row for row in self._found if row > self.view.row), self._found[0])
            self.view.go_to(following)
            place = self._found.index(following) + 1
            self.bar.show_found(f"第 {place} / {len(self._found)} 行")

    def find(self) -> None:
        """Ctrl+F."""
        self.bar.search.setFocus()
        self.bar.search.selectAll()

    # -- out of the program ------------------------------------------------------------------------------------

    def print(self) -> None:
        """打印台账: the sheet shown, through the print dialog."""
        pages = self.view.pages
        if pages is not None and pages.row_count:
            PrintDialog(self.ctx, pages.plan.sheet, "台账", parent=self).open()

    def export(self, suffix: str) -> None:
        """Excel, Word or PDF of the ledger shown."""
        choice = self.choice()

        def write(target: Path) -> Any:
            wanted = {"target": target, "renderer": self.ctx.renderer, "replace": True, **choice}
            return self.ctx.tasks.run(ledgers.writing, **wanted)

        quarter = f"第{choice['quarter']}季度" if choice["quarter"] else ""
        name = f"{choice['year']}年{quarter}家访台账{suffix}"
        save_as(self.ctx, self, head="台账", suggested=name, suffix=suffix, write=write)

    def _new(self) -> None:
        self.ctx.open("visit", fresh=True)

    def _open_import(self) -> None:
        self.ctx.open("visits_import")

    def _year_changed(self, year: int) -> None:
        self.bar.fill_years([self.bar.year.itemData(place) for place in range(self.bar.year.count())], year=year)
        self.read_again()


def sum_words(pages: LedgerPages, index: int, void: tuple[int, ...], prints_void: bool) -> str:
    """共 33 次，本页 11 行已满　第 28 号作废，不印."""
    here = len(pages.rows_of(index))
    full = not pages.plan.layout_pages[index].blanks
    words = f"共 {pages.row_count} 次，本页 {here} 行{'已满' if full else ''}"
    if void and not prints_void:
        named = "、".join(str(number) for number in void[:4]) + ("等" if len(void) > 4 else "")
        words += f"　第 {named} 号作废，不印"
    return words


def _hairline() -> QFrame:
    line = QFrame()
    line.setFixedHeight(1)
    line.setStyleSheet(f"background: {theme.color('hair').name()}; border: none;")
    return line
