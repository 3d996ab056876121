"""待签字清单: which sheets wait for which leader's signature, to be printed and carried round.

Reading and the paper are services.signing's; a row leads to its record.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from jiafang_desktop.domain.changes import Changes
from jiafang_desktop.domain.pages import Sheet
from jiafang_desktop.services import reports, signing
from jiafang_desktop.services.signing import LeaderList
from ui import theme
from ui.context import Context
from ui.dialogs.export_done import save_as
from ui.dialogs.print_dialog import PrintDialog
from ui.models.mentions import mentions
from ui.models.typed_date import dotted
from ui.models.visit_list import spaced
from ui.widgets import buttons, fields
from ui.widgets.chips import ChipBar
from ui.widgets.empty import EmptyState
from ui.widgets.page import Page, hairline
from ui.widgets.table import Column, ListTable

_ALL = "all"
_MOST_CHIPS = 7  # further leaders are found under 全部


@dataclass(frozen=True, slots=True)
class SigningRow:
    """One sheet that one leader has to sign."""

    id: str
    leader: str
    number: str
    visitee: str
    post: str
    day: str
    matter: str
    paper: str
    visit: str


def rows_of(lists: Sequence[LeaderList]) -> list[SigningRow]:
    """Every sheet under each of its leaders."""
    return [
        SigningRow(
            f"{one.leader}:{visit.id}", one.leader, "" if visit.number is None else str(visit.number),
            visit.content.visitee.name, visit.content.visitee.post or "",
            dotted(visit.content.date) if visit.content.date else "", visit.content.matter or "",
            "已打印" if visit.paper.printed_on else "还没打印", visit.id,
        ) for one in lists for visit in one.visits
    ]  # fmt: skip


def sheet(store: Any, leader: str | None) -> Sheet:
    """The list as pages, each leader's on its own."""
    return reports.sheet(signing.report(store, signing.waiting(store, leader=leader)))


class SigningPage(Page):
    """A chip for each leader; 打印清单 prints what is shown."""

    def __init__(self, ctx: Context) -> None:
        super().__init__(ctx)
        self.setObjectName("page_signing")
        self.ctx = ctx
        self.rows: list[SigningRow] = []
        self._lists: Sequence[LeaderList] = ()
        self._leader: str | None = None
        self.set_title("待签字清单", back=("家访", "visits"))
        self.button_word = buttons.quiet("导出 Word", "button_signing_word", icon="file")
        self.button_print = buttons.primary("打印清单", "button_print_signing", icon="print")
        self.button_own = buttons.quiet("个人家访情况", "button_leader_visits")
        self.button_own.setToolTip("这位领导一年去了哪些家，可以打印")
        self.button_own.clicked.connect(self._open_own)
        self.add_action(self.button_own)
        self.add_action(self.button_word)
        self.set_primary(self.button_print)
        self.chips = ChipBar("chips_leaders")
        self.table = ListTable("table_signing", (
            Column("leader", "家访领导", 92, 0, "left", lambda row: spaced(row.leader)),
            Column("number", "序号", 56, 0, "right", lambda row: row.number),
            Column("visitee", "家访对象", 84, 0, "left", lambda row: spaced(row.visitee)),
            Column("post", "职务", 150, 2, "left", lambda row: row.post, caption=True),
            Column("day", "时间", 104, 0, "left", lambda row: row.day),
            Column("matter", "事由", 180, 3, "left", lambda row: row.matter),
            Column("paper", "记录单", 100, 0, "left", lambda row: row.paper),
        ), label="待签字")  # fmt: skip
        self.table.set_rows(())
        self.search = fields.search_edit("field_signing_search", "查找：家访领导或家访对象姓名、拼音首字母、事由")
        self.search.setPlaceholderText("姓名、拼音首字母、事由")
        self.search.setFixedWidth(theme.dp(216))
        top = QHBoxLayout()
        top.setContentsMargins(theme.dp(24), theme.dp(12), theme.dp(24), theme.dp(12))
        top.setSpacing(theme.dp(12))
        top.addWidget(self.chips, 1)
        top.addWidget(self.search)
        inset = QVBoxLayout()
        inset.setContentsMargins(theme.dp(16), 0, theme.dp(14), theme.dp(8))
        inset.addWidget(self.table)
        listing = QWidget()
        column = QVBoxLayout(listing)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(top)
        column.addWidget(hairline())
        column.addLayout(inset, 1)
        self.empty = EmptyState(
            "没有等候签字的记录单", "登记过的家访打印出来请领导签名，还没签回的都列在这里，按领导分开。",
            ways=[("home", "看所有家访", "在列表里打勾，可以一起打印、标记已签字", "打开家访", "button_signing_visits",
                   lambda: self.ctx.open("visits"))],
        )  # fmt: skip
        self.pane = QStackedWidget()
        self.pane.addWidget(listing)
        self.pane.addWidget(self.empty)
        self.pane.hide()  # until the first reading
        self.body.addWidget(self.pane)
        self.chips.chosen.connect(self._choose)
        self.search.textChanged.connect(lambda _text: self._show())
        self.table.activated.connect(self._open)
        self.button_print.clicked.connect(self.print)
        self.button_word.clicked.connect(self.export)

    def opened(self, leader: str | None = None, **_: object) -> None:
        """The page came to the front, perhaps for one leader."""
        self._leader = leader or self._leader
        self.read_again()

    def refresh(self, changes: Changes) -> None:
        """A sheet was signed, printed, registered."""
        if changes.touches("visit", "signature", "rules"):
            self.read_again()

    def read_again(self) -> None:
        """Ask who has to sign what."""
        pending = self.ctx.tasks.run(signing.waiting)
        pending.then(self._read).fail(lambda error: self.ctx.error(error, self))

    def _read(self, lists: Sequence[LeaderList]) -> None:
        self._lists = lists
        self.rows = rows_of(lists)
        if self._leader not in {one.leader for one in lists}:
            self._leader = None
        sheets = len({row.visit for row in self.rows})
        chips: list[tuple[str, str, int, str | None]] = [(_ALL, "全部", sheets, None)]
        most = sorted(lists, key=lambda one: -len(one.visits))[:_MOST_CHIPS]
        chips += [(one.leader, one.leader, len(one.visits), None) for one in lists if one in most]
        self.chips.set_chips(chips)
        self._show()
        self.pane.show()
        self.pane.setCurrentIndex(0 if self.rows else 1)
        for button in (self.button_print, self.button_word):
            button.setEnabled(bool(self.rows))

    def _show(self) -> None:
        self.chips.choose(self._leader or _ALL)
        shown = [
            row for row in self.rows
            if self._leader in (None, row.leader)
            and mentions(self.search.text(), (row.leader, row.visitee), (row.post, row.matter))
        ]  # fmt: skip
        self.table.set_rows(shown)
        self.table.set_message("" if shown else "没有符合条件的记录单，请换个说法。")
        people = 1 if self._leader else len(self._lists)
        self.button_print.set_words(f"打印 {people} 张清单" if people else "打印清单")

    def find(self) -> None:
        """Ctrl+F."""
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    def _choose(self, key: str) -> None:
        self._leader = None if key == _ALL else key
        self._show()

    def _open(self, rec: str) -> None:
        self.ctx.open("visit", visit_id=next(row.visit for row in self.rows if row.id == rec))

    def _open_own(self) -> None:
        """The visits of the leader chosen, else of the one in hand."""
        rec = self.table.current_id()
        row = next((row for row in self.rows if row.id == rec), None)
        leader = self._leader or (row.leader if row is not None else None)
        self.ctx.open("leader_visits", leader=leader, year=self.ctx.year)

    def print(self) -> None:
        """The list of the leader chosen, or one page for each."""
        pending = self.ctx.tasks.run(sheet, self._leader)
        pending.then(self._print).fail(lambda error: self.ctx.error(error, self))

    def _print(self, made: Sheet) -> None:
        PrintDialog(self.ctx, made, "待签字清单", parent=self.window()).open()

    def export(self) -> None:
        """The same as Word."""
        leader = self._leader

        def write(target: Path) -> Any:
            return self.ctx.tasks.run(signing.write, target, leader=leader, renderer=self.ctx.renderer, replace=True)

        save_as(self.ctx, self, head="待签字清单", suggested="待签字清单.docx", suffix=".docx", write=write)
